//! What the house's security is told of an emergency call, and who that is.

use super::*;
use crate::memo::MemoTo;

/// 田中 sits at 12, 佐藤 at 13 with a seat phone and a number of the seat, 鈴木 works from home with a softphone.
fn office() -> Rows {
    let room = device(41, "room-301", DeviceKind::Dect, Owner::House(SITE));
    hall()
        .sits(TANAKA, SEAT_12, "08:50")
        .sits(SATO, SEAT_13, "08:50")
        .with_device(device(31, "soft-suzuki", DeviceKind::Softphone, Owner::Person(SUZUKI)))
        .with_device(room)
        .with_number(number(20, "5013", NumberKind::Seat(SEAT_13)))
        .with_number(number(21, "5301", NumberKind::Room(DeviceId(41))))
        .says(SUZUKI, PresenceState::Telework)
}

fn told(rows: Rows, call: &CallIn) -> EmergencyTold {
    let world = rows.world();
    emergency_notice(&world, call, now()).unwrap().told(&world, call, now())
}

/// `name number device | site floor seat | place`.
fn line(told: &EmergencyTold) -> String {
    format!("{} {} {} | {} {} {} | {:?}", told.name, told.number, told.device, told.site, told.floor, told.seat, told.place)
}

#[test]
fn security_reads_who_and_where() {
    let shown = |from: &str| CallIn { to: "119".into(), from: from.into(), ..CallIn::default() };
    let cases = [
        ("a seat phone and who sits there", inside("seat-3f-13", "119"), "佐藤 次郎 2102 seat-3f-13 | 本庁舎 3階 3F-13 | Telephone"),
        ("a mobile and where its person sits", inside("mob-tanaka", "119"), "田中 花子 2101 mob-tanaka | 本庁舎 3階 3F-12 | Person"),
        ("a mobile of somebody who is nowhere", inside("mob-yamada", "119"), "山田 桜 2104 mob-yamada | 本庁舎   | Unknown"),
        ("a PC telephone at home", inside("soft-suzuki", "119"), "鈴木 一郎 2103 soft-suzuki | 本庁舎   | Afar"),
        ("the fixed telephone of a section", inside("bcp-fukushi", "119"), "福祉課 3100 bcp-fukushi | 本庁舎   | Telephone"),
        ("the telephone of a room", inside("room-301", "119"), " 5301 room-301 | 本庁舎   | Unknown"),
        ("a telephone nobody knows", CallIn { from: "mob-lost".into(), ..inside("mob-lost", "119") }, "  mob-lost | 本庁舎   | Unknown"),
        ("a PBX that tells the number only", shown("2101"), "田中 花子 2101  | 本庁舎 3階 3F-12 | Person"),
        ("a seat's number", shown("5013"), " 5013  | 本庁舎 3階 3F-13 | Telephone"),
        ("a section's number", shown("3100"), " 3100  | 本庁舎   | Unknown"),
        ("a number nobody has", shown("2999"), " 2999  | 本庁舎   | Unknown"),
        ("no number", shown("anonymous"), "   | 本庁舎   | Unknown"),
    ];
    for (name, call, expected) in cases {
        assert_eq!(line(&told(office(), &call)), expected, "{name}");
    }
    let empty = told(hall(), &inside("seat-3f-12", "110"));
    assert_eq!((line(&empty).as_str(), empty.service, empty.dialled.as_str()), (" 2104 seat-3f-12 | 本庁舎 3階 3F-12 | Telephone", Emergency::Police, "110"));
    let own = told(office().with_number(number(22, "8119", NumberKind::Emergency)), &inside("mob-tanaka", "8119"));
    assert_eq!((own.service, own.dialled.as_str()), (Emergency::House, "8119"));
}

#[test]
fn what_a_pbx_calls_an_emergency_is_one() {
    let world = office().world();
    let service = |to: &str| emergency_as_told(&world, &inside("mob-tanaka", to), now()).service;
    let told = ["119", "0119", "0-110", "9*118", "112", "19", "", "１１９番"].map(service);
    let (police, guard, fire, house) = (Emergency::Police, Emergency::CoastGuard, Emergency::Fire, Emergency::House);
    assert_eq!(told, [fire, fire, police, guard, house, house, house, house]);
    assert_eq!(emergency_as_told(&world, &inside("mob-tanaka", "112"), now()).seat, Some(SEAT_12), "and the place is known all the same");
}

#[test]
fn the_house_that_must_know_is_that_of_the_telephone() {
    let mut rows = office();
    rows.houses.push(House { site: SiteId(2), name: "支所".into(), ..rows.houses[0].clone() });
    rows.devices.push(Device { site: SiteId(2), ..device(50, "branch", DeviceKind::FixedBcp, Owner::House(SiteId(2))) });
    let site = |call: CallIn| told(rows.clone(), &call).site;
    assert_eq!(site(CallIn { site: Some(SITE), ..inside("branch", "119") }), "支所");
    assert_eq!(site(CallIn { site: Some(SiteId(2)), from: String::new(), ..inside("nobody", "119") }), "支所");
    assert_eq!(site(CallIn { from: String::new(), ..inside("nobody", "119") }), "本庁舎");
}

#[test]
fn those_who_can_read_it_are_told() {
    let readers = |security: Vec<MemoTo>, gone: &[PersonId]| {
        let mut rows = hall();
        rows.houses[0].security = security;
        let world = rows.world();
        emergency_readers(&world, world.house(SITE).unwrap(), now(), |person| !gone.contains(&person))
    };
    let (fukushi, annai, sato) = (MemoTo::Section(FUKUSHI), MemoTo::Section(ANNAI), MemoTo::Person(SATO));
    assert_eq!(readers(vec![sato, fukushi, sato], &[]), [sato, fukushi], "each once, as they were named");
    assert_eq!(readers(vec![annai, fukushi], &[]), [fukushi], "nobody belongs to 総合案内");
    assert_eq!(readers(vec![MemoTo::Section(SectionId(9)), sato], &[SATO]), [], "a section that is gone and somebody who has left");
    assert_eq!(readers(vec![fukushi], &[TANAKA, SATO, SUZUKI]), [], "everybody of the section has left");
    assert_eq!(readers(vec![], &[]), []);
}

#[test]
fn what_is_told_survives_the_store() {
    let told = told(office(), &inside("seat-3f-13", "119"));
    let text = serde_json::to_string(&told).unwrap();
    assert_eq!(serde_json::from_str::<EmergencyTold>(&text).unwrap(), told);
    for (word, code) in [("\"telephone\"", told.place.code()), ("\"fire\"", told.service.code())] {
        assert!(text.contains(word) && word.contains(code), "{text}");
    }
}
