//! A person's number: the seat, presence, delegation, what the person chose, and the section behind.

use super::*;
use PresenceState::{Available, Dnd, Leave, Meeting, Out, Telework};

/// What follows a person of 福祉課 when nobody of the section is there.
const FALLBACK: &str = "person.fallback/section.bcp 20: bcp-fukushi";

/// The town hall, 福祉課 without an overflow.
fn hall() -> Rows {
    super::hall().section(FUKUSHI, |section| section.overflow = None)
}

#[test]
fn the_extension_follows_the_seat() {
    let both = |seat: &str| format!("person.devices 12: {seat} mob-tanaka | {FALLBACK}");
    let mobile = || format!("person.devices 12: mob-tanaka | {FALLBACK}");
    let booked = |rows: Rows, policy: OccupancyFrom| {
        let mut rows = rows;
        rows.houses[0].occupancy_from = policy;
        rows.occupancies.push(Occupancy { person: TANAKA, seat: SEAT_12, span: today("08:30"), source: OccupancySource::Booking });
        rows
    };
    let cases = [
        ("nobody has seen her", hall(), mobile()),
        ("checked in", hall().sits(TANAKA, SEAT_12, "09:02"), both("seat-3f-12")),
        ("moved on: the latest seat", hall().sits(TANAKA, SEAT_12, "09:02").sits(TANAKA, SEAT_13, "09:40"), both("seat-3f-13")),
        ("somebody else has sat down there since", hall().sits(TANAKA, SEAT_12, "09:02").sits(YAMADA, SEAT_12, "09:40"), mobile()),
        ("will come at eleven", hall().sits(TANAKA, SEAT_12, "11:00"), mobile()),
        ("booked, the house wants check-ins", booked(hall(), OccupancyFrom::CheckIn), mobile()),
        ("booked, the house takes bookings", booked(hall(), OccupancyFrom::BookingStart), both("seat-3f-12")),
        ("booked, but somebody came", booked(hall().sits(SATO, SEAT_12, "08:10"), OccupancyFrom::BookingStart).outside_person(), mobile()),
        ("booked here, came there before", booked(hall().sits(TANAKA, SEAT_13, "08:10"), OccupancyFrom::BookingStart), both("seat-3f-13")),
    ];
    for (name, rows, expected) in cases {
        assert_eq!(rows.outside("2101"), expected, "{name}");
    }
}

impl Rows {
    /// Without 佐藤 in the section, who would be there to answer.
    fn outside_person(mut self) -> Self {
        self.members.retain(|member| member.person != SATO);
        self
    }
}

#[test]
fn presence_by_the_source_that_knows_best() {
    use PresenceSource::{Leave as Hr, Manual, Meeting as Calendar};
    let own = format!("person.devices 12: mob-tanaka | {FALLBACK}");
    let silent = FALLBACK.to_owned();
    let cases = [
        ("available by default", hall(), &own),
        ("meeting", hall().does(TANAKA, Meeting, Calendar), &silent),
        ("do not disturb", hall().says(TANAKA, Dnd), &silent),
        ("out", hall().says(TANAKA, Out), &silent),
        ("on leave", hall().does(TANAKA, Leave, Hr), &silent),
        ("manual over leave", hall().does(TANAKA, Leave, Hr).does(TANAKA, Available, Manual), &own),
        ("manual over meeting", hall().does(TANAKA, Meeting, Calendar).does(TANAKA, Available, Manual), &own),
        ("leave over meeting", hall().does(TANAKA, Leave, Hr).does(TANAKA, Available, Calendar), &silent),
        ("teleworking: the mobile may leave the building", hall().says(TANAKA, Telework), &own),
    ];
    for (name, rows, expected) in cases {
        assert_eq!(rows.outside("2101"), *expected, "{name}");
    }
    let seated = hall().sits(TANAKA, SEAT_12, "09:02");
    assert_eq!(seated.clone().does(TANAKA, Meeting, Calendar).outside("2101"), silent, "a meeting silences the seat phone too");
    assert_eq!(seated.does(TANAKA, Telework, Hr).outside("2101"), own, "telework by the calendar: the seat phone stays silent");
    let dect = device(31, "dect-tanaka", DeviceKind::Dect, Owner::Person(TANAKA));
    assert_eq!(hall().with_device(dect).says(TANAKA, Telework).outside("2101"), own, "what stays in the building does not ring at home");
}

#[test]
fn who_passes_do_not_disturb() {
    let own = format!("person.devices 12: mob-tanaka | {FALLBACK}");
    let rows = |allowed: Allowed| hall().says(TANAKA, Dnd).chooses(TANAKA, Settings { allowed: vec![allowed], ..Settings::default() });
    let cases = [
        ("a friend by their device", rows(Allowed::Person(YAMADA)).inside("mob-yamada", "2101"), own.clone()),
        ("somebody else", rows(Allowed::Person(SATO)).inside("mob-yamada", "2101"), FALLBACK.into()),
        ("somebody of the section", rows(Allowed::Section(ZEIMU)).inside("mob-yamada", "2101"), own.clone()),
        ("the section's own phone", rows(Allowed::Section(ZEIMU)).inside("bcp-zeimu", "2101"), own.clone()),
        ("a number outside", rows(Allowed::Tel(tel("+81312345678"))).outside("2101"), own.clone()),
        ("another number outside", rows(Allowed::Tel(tel("+81312345679"))).outside("2101"), FALLBACK.into()),
    ];
    for (name, rings, expected) in cases {
        assert_eq!(rings, expected, "{name}");
    }
    let meeting = hall().does(TANAKA, Meeting, PresenceSource::Meeting);
    let meeting = meeting.chooses(TANAKA, Settings { allowed: vec![Allowed::Person(YAMADA)], ..Settings::default() });
    assert_eq!(meeting.inside("mob-yamada", "2101"), FALLBACK, "the list is for do-not-disturb, not for meetings");
    let claimed = CallIn { from: "2104".into(), ..CallIn { to: "2101".into(), ..CallIn::default() } };
    let plan = decide(&rows(Allowed::Person(YAMADA)).world(), &claimed, now(), &PbxCaps::default());
    assert_eq!(rings(&plan), FALLBACK, "a number in a From header proves nothing");
}

#[test]
fn what_a_person_chose() {
    let seated = || hall().sits(TANAKA, SEAT_12, "09:02").with_device(device(31, "soft-tanaka", DeviceKind::Softphone, Owner::Person(TANAKA)));
    let choose = |settings: Settings| seated().chooses(TANAKA, settings).outside("2101");
    let seat_first = choose(Settings { order: DeviceOrder::SeatFirst, ..Settings::default() });
    assert!(seat_first.starts_with("person.devices 12: seat-3f-12 | person.devices 12: mob-tanaka soft-tanaka | person.fallback/section.bcp"), "{seat_first}");
    let picked = choose(Settings { picked: Some(vec![DeviceId(31)]), ..Settings::default() });
    assert!(picked.starts_with("person.devices 12: seat-3f-12 soft-tanaka | person.fallback/section.bcp"), "{picked}");
    let nothing = choose(Settings { picked: Some(vec![]), order: DeviceOrder::SeatFirst, ..Settings::default() });
    assert!(nothing.starts_with("person.devices 12: seat-3f-12 | person.fallback/section.bcp"), "{nothing}");
    let longer = choose(Settings { ring_ms: Some(20_000), ..Settings::default() });
    assert!(longer.starts_with("person.devices 20: seat-3f-12"), "{longer}");
    let too_short = choose(Settings { ring_ms: Some(2_000), ..Settings::default() });
    assert!(too_short.starts_with("person.devices 8: seat-3f-12"), "a sleeping mobile needs eight seconds: {too_short}");
}

#[test]
fn delegation() {
    use Scope::{All, Inside, Outside};
    let tail = FALLBACK;
    let sato = || format!("delegation/person.devices 12: mob-sato | {tail}");
    let own = || format!("person.devices 12: mob-tanaka | {tail}");
    let chain = |to: PersonId| hall().hands_over(TANAKA, SATO, All).hands_over(SATO, SUZUKI, All).hands_over(SUZUKI, YAMADA, All).hands_over(YAMADA, to, All);
    let cases = [
        ("to a colleague", hall().hands_over(TANAKA, SATO, All), sato()),
        ("calls from outside", hall().hands_over(TANAKA, SATO, Outside), sato()),
        ("only calls from inside", hall().hands_over(TANAKA, SATO, Inside), own()),
        ("to oneself", hall().hands_over(TANAKA, TANAKA, All), own()),
        ("in a circle: cut where it closes", hall().hands_over(TANAKA, SATO, All).hands_over(SATO, TANAKA, All), sato()),
        ("three hand-overs", chain(TANAKA), format!("delegation/person.devices 12: mob-yamada | {tail}")),
        ("a fourth is not followed", chain(TAKAHASHI), format!("delegation/person.devices 12: mob-yamada | {tail}")),
        ("the delegate is in a meeting", hall().hands_over(TANAKA, SATO, All).says(SATO, Meeting), tail.into()),
    ];
    for (name, rows, expected) in cases {
        assert_eq!(rows.outside("2101"), expected, "{name}");
    }
    let there = hall().sits(TANAKA, SEAT_12, "09:02").hands_over(TANAKA, SATO, All).outside("2101");
    assert_eq!(there, sato(), "who has handed over is not rung by way of the section");
    let secretary = hall().hands_over(TANAKA, SATO, All).inside("mob-sato", "2101");
    assert_eq!(secretary, own(), "who answers for somebody can still reach them");
}

#[test]
fn then_the_section() {
    let seated = super::hall().sits(TANAKA, SEAT_12, "09:02").sits(SATO, SEAT_13, "08:50").says(SUZUKI, Telework);
    let all = "person.devices 12: seat-3f-12 mob-tanaka | person.fallback/section.all 15: seat-3f-13 mob-sato mob-suzuki | \
               person.fallback/section.bcp 20: bcp-fukushi | section.overflow/section.bcp 13: bcp-zeimu";
    assert_eq!(seated.clone().outside("2101"), all);
    let meeting = seated.clone().does(SATO, Meeting, PresenceSource::Meeting).outside("2101");
    assert!(meeting.contains("section.all 15: mob-suzuki |"), "{meeting}");
    let colleague = seated.inside("mob-suzuki", "2101");
    assert!(colleague.contains("section.all 15: seat-3f-13 mob-sato |"), "the caller's own telephone does not ring: {colleague}");
    let mut alone = hall();
    alone.members.retain(|member| member.person != TANAKA);
    assert_eq!(alone.outside("2101"), "person.devices 12: mob-tanaka | person.fallback/section.bcp 20: bcp-annai", "without a section, the reception");
    let mut nothing = hall();
    nothing.members.retain(|member| member.person != TANAKA);
    nothing.houses[0].reception = None;
    assert_eq!(nothing.outside("2101"), "person.devices 12: mob-tanaka | house.bcp 20: house", "without a reception, the house phone");
}

#[test]
fn a_call_that_replaces_another_reaches_every_device() {
    let rows = hall().sits(TANAKA, SEAT_12, "09:02").says(TANAKA, Dnd).hands_over(TANAKA, SATO, Scope::All);
    let rows = rows.chooses(TANAKA, Settings { picked: Some(vec![]), ..Settings::default() });
    let call = CallIn { replaces: Replaces::Call, ..inside("mob-yamada", "2101") };
    let plan = decide(&rows.world(), &call, now(), &PbxCaps::default());
    assert_eq!(rings(&plan), "replaces 12: seat-3f-12 mob-tanaka");
    let mut bare = hall();
    bare.devices.retain(|device| device.owner != Owner::Person(TANAKA));
    let plan = decide(&bare.world(), &call, now(), &PbxCaps::default());
    assert_eq!(rings(&plan), FALLBACK, "with nothing to reach, an ordinary call");
}

#[test]
fn the_caller_as_it_is_shown() {
    let mut rows = hall().sits(SATO, SEAT_13, "08:50");
    rows.contacts = vec![
        Contact { tel: tel("+81312345678"), name: "町会".into(), section: None },
        Contact { tel: tel("+81312345678"), name: "木村 様".into(), section: Some(FUKUSHI) },
    ];
    let world = rows.world();
    let shown = |call: &CallIn| {
        let plan = decide(&world, call, now(), &PbxCaps::default());
        (plan.label, plan.caller.name, plan.caller.number)
    };
    let label = |label: &str, name: &str, number: &str| (label.to_owned(), name.to_owned(), number.to_owned());
    let outside_number = "0312345678";
    assert_eq!(shown(&outside("2101")), label("福祉課", "木村 様", outside_number), "what the called section knows");
    assert_eq!(shown(&outside("3200")), label("税務課", "町会", outside_number), "what everybody knows");
    assert_eq!(shown(&inside("mob-yamada", "2101")), label("福祉課", "山田 桜", "2104"));
    assert_eq!(shown(&inside("seat-3f-13", "3200")), label("税務課", "佐藤 次郎", "2102"), "who sits at the seat");
    assert_eq!(shown(&inside("seat-3f-12", "3200")), label("税務課", "総合案内", "2000"), "nobody sits there");
    assert_eq!(shown(&inside("bcp-zeimu", "3100")), label("福祉課", "税務課", "3200"));
    let claimed = CallIn { from_device: None, ..inside("mob-yamada", "2101") };
    assert_eq!(shown(&claimed), label("福祉課", "", "2104"), "no name without a device");
    let hidden = CallIn { from: "anonymous".into(), ..outside("2101") };
    assert_eq!(shown(&hidden), label("福祉課", "", ""));
}
