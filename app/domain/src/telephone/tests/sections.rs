//! A section's number: who is there, in which order, the fixed phone, the overflow, and disasters.

use super::*;
use PresenceState::{Dnd, Meeting, Telework};

/// 福祉課 with 田中 and 佐藤 at seats and 鈴木 at home, on duty.
fn staffed() -> Rows {
    hall().sits(TANAKA, SEAT_12, "09:02").sits(SATO, SEAT_13, "08:50").says(SUZUKI, Telework)
}

const TAIL: &str = "section.bcp 20: bcp-fukushi | section.overflow/section.bcp 20: bcp-zeimu";

#[test]
fn everybody_who_is_there() {
    let cases = [
        (
            "all",
            staffed(),
            format!("section.all 15: seat-3f-12 mob-tanaka seat-3f-13 mob-sato mob-suzuki | {TAIL} | section.overflow/section.bcp 5: bcp-annai"),
        ),
        (
            "one in a meeting",
            staffed().says(SATO, Meeting),
            format!("section.all 15: seat-3f-12 mob-tanaka mob-suzuki | {TAIL} | section.overflow/section.bcp 5: bcp-annai"),
        ),
        (
            "one not to be disturbed",
            staffed().says(TANAKA, Dnd),
            format!("section.all 15: seat-3f-13 mob-sato mob-suzuki | {TAIL} | section.overflow/section.bcp 5: bcp-annai"),
        ),
        ("nobody: the fixed phone at once", hall(), format!("{TAIL} | section.overflow/section.bcp 20: bcp-annai")),
    ];
    for (name, rows, expected) in cases {
        assert_eq!(rows.outside("3100"), expected, "{name}");
    }
    let overflow = hall().sits(YAMADA, SEAT_12, "09:02").outside("3100");
    assert!(
        overflow.contains("section.bcp 20: bcp-fukushi | section.overflow/section.all 15: seat-3f-12 mob-yamada | section.overflow/section.bcp 20: bcp-zeimu"),
        "{overflow}"
    );
}

#[test]
fn the_main_number_is_answered_by_its_section() {
    assert_eq!(hall().outside("2000"), "section.bcp 20: bcp-annai");
}

#[test]
fn one_after_another() {
    let ring = |mode: RingMode, change: &dyn Fn(&mut Rows)| {
        let mut rows = staffed().section(FUKUSHI, |section| (section.ring, section.ring_ms) = (mode, 10_000));
        change(&mut rows);
        rows.outside("3100")
    };
    let last = |person| move |rows: &mut Rows| rows.turns.push(Turn { section: FUKUSHI, person });
    let (tanaka, sato, suzuki) = ("10: seat-3f-12 mob-tanaka", "10: seat-3f-13 mob-sato", "10: mob-suzuki");
    let order = |step: &str, stages: [&str; 3]| {
        format!(
            "section.{step} {} | section.{step} {} | section.all {} | section.bcp 20: bcp-fukushi | section.overflow/section.bcp 10: bcp-zeimu",
            stages[0], stages[1], stages[2]
        )
    };
    let cases = [
        ("in the section's order", ring(RingMode::Sequential, &|_| {}), order("sequential", [tanaka, sato, suzuki])),
        (
            "the order is the ranks'",
            ring(RingMode::Sequential, &|rows| rows.members.iter_mut().for_each(|member| member.rank = 9 - u16::try_from(member.person.0).unwrap())),
            order("sequential", [suzuki, sato, tanaka]),
        ),
        ("nobody was rung yet", ring(RingMode::Rotate, &|_| {}), order("rotate", [tanaka, sato, suzuki])),
        ("after the first", ring(RingMode::Rotate, &last(TANAKA)), order("rotate", [sato, suzuki, tanaka])),
        ("after the last", ring(RingMode::Rotate, &last(SUZUKI)), order("rotate", [tanaka, sato, suzuki])),
        ("after somebody who has left", ring(RingMode::Rotate, &last(YAMADA)), order("rotate", [tanaka, sato, suzuki])),
        (
            "who has been idle longest",
            ring(RingMode::LongestIdle, &|rows| {
                rows.idles = vec![Idle { person: TANAKA, since_at: at("2026-11-24 09:50") }, Idle { person: SATO, since_at: at("2026-11-24 09:20") }];
            }),
            order("longest_idle", [suzuki, sato, tanaka]),
        ),
    ];
    for (name, rings, expected) in cases {
        assert_eq!(rings, expected, "{name}");
    }
    let fallback = staffed().section(FUKUSHI, |section| section.ring = RingMode::Rotate).outside("2101");
    assert!(fallback.contains("person.fallback/section.all 15: seat-3f-13 mob-sato mob-suzuki"), "a caller who has waited gets everybody: {fallback}");
}

#[test]
fn devices_of_the_section_itself() {
    let dect = device(31, "dect-fukushi", DeviceKind::Dect, Owner::Section(FUKUSHI));
    let off = Device { service: Service::Off, ..device(32, "dect-old", DeviceKind::Dect, Owner::Section(FUKUSHI)) };
    let rings = hall().with_device(dect).with_device(off).outside("3100");
    assert!(rings.starts_with("section.all 15: dect-fukushi | section.bcp 20: bcp-fukushi"), "{rings}");
}

#[test]
fn the_fixed_phone_is_always_there() {
    let mut bare = hall();
    bare.devices.retain(|device| device.kind != DeviceKind::FixedBcp);
    assert_eq!(bare.clone().outside("3100"), "house.bcp 20: house");
    assert_eq!(bare.clone().outside("2101"), "person.devices 12: mob-tanaka | house.bcp 20: house");
    assert_eq!(bare.inside("house", "2000"), "house.bcp 20: house");
    let calling = hall().inside("bcp-fukushi", "3100");
    assert!(calling.starts_with("section.bcp 20: bcp-fukushi"), "even when it calls its own number: {calling}");
}

#[test]
fn overflow_stops_where_it_began() {
    let circle = hall().section(ZEIMU, |section| section.overflow = Some(FUKUSHI));
    let world = circle.world();
    let plan = decide(&world, &outside("3100"), now(), &PbxCaps::default());
    assert_eq!(rings(&plan), TAIL);
    assert!(plan.why.contains(&Why::OverflowCut { section: FUKUSHI }));
    let own = hall().section(FUKUSHI, |section| section.overflow = Some(FUKUSHI)).outside("3100");
    assert_eq!(own, "section.bcp 20: bcp-fukushi");
}

#[test]
fn in_a_disaster_the_roster_answers() {
    let mut rows = staffed().says(TANAKA, Dnd).switched(Mode::Disaster);
    rows.rosters = [TANAKA, YAMADA].map(|person| OnRoster { section: FUKUSHI, person, valid: DayRange::ALWAYS }).into();
    let night = at("2026-11-24 16:59");
    let roster = "mode.disaster 20: bcp-fukushi seat-3f-12 mob-tanaka mob-yamada | section.overflow/mode.disaster 20: bcp-zeimu | section.overflow/mode.disaster 20: bcp-annai";
    assert_eq!(rows.clone().outside("3100"), roster, "whatever people are doing");
    let closed_day = rows.clone().section(FUKUSHI, |section| section.hours = vec![Hours::office(0, 1)]);
    assert_eq!(rings(&decide(&closed_day.world(), &outside("3100"), night, &PbxCaps::default())), roster, "whatever the hour");
    let person = rows.outside("2101");
    assert!(person.starts_with("person.fallback/mode.disaster 20: bcp-fukushi seat-3f-12"), "a person's number falls back to the roster: {person}");
}
