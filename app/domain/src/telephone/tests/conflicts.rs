//! What is wrong with the rows of a house.

use super::*;
use Conflict::{
    ClosedTargetUnknown, DelegationCycle, DuplicateDevice, DuplicateNumber, DuplicateTel, EmergencyNumberTaken, NobodyOfSecurity, NumberOfNobody,
    NumberWithoutDevice, OverflowCycle, SeatPhoneElsewhere, SectionUncovered, SectionWithoutFixedPhone,
};

fn until(on: &str) -> DayRange {
    DayRange { from_on: NaiveDate::MIN, until_on: Some(day(on)) }
}

fn from(on: &str) -> DayRange {
    DayRange::from(day(on))
}

/// Everything wrong with the town hall after a change. As it stands only 総合案内, a counter without members, is uncovered.
fn conflicts(change: impl Fn(&mut Rows)) -> Vec<Conflict> {
    let mut rows = Rows { known_from_on: day("2026-11-24"), ..hall() };
    rows.members.push(member(ANNAI, TANAKA, Post::Side));
    change(&mut rows);
    Snapshot::build(1, rows).conflicts
}

#[test]
fn a_sound_house_has_none() {
    assert_eq!(conflicts(|_| {}), []);
}

#[test]
fn numbers() {
    let (first, second) = (NumberId(1), NumberId(20));
    let given = |valid: DayRange| move |rows: &mut Rows| rows.numbers.push(Number { valid, ..number(20, "2101", NumberKind::Person(SATO)) });
    assert_eq!(conflicts(given(DayRange::ALWAYS)), [DuplicateNumber { site: SITE, ext: ext("2101"), first, second }]);
    let handed_on = conflicts(|rows| {
        rows.numbers[0].valid = until("2027-04-01");
        given(from("2027-04-01"))(rows);
    });
    assert_eq!(handed_on, [], "the day one ends the other begins");
    let three = conflicts(|rows| {
        rows.numbers[0].valid = until("2027-04-02");
        given(from("2027-04-01"))(rows);
    });
    assert_eq!(three, [DuplicateNumber { site: SITE, ext: ext("2101"), first, second }], "one day together");
    let tels = conflicts(|rows| rows.numbers.iter_mut().take(2).for_each(|number| number.tel = Some(tel("+81355550001"))));
    assert_eq!(tels, [DuplicateTel { tel: tel("+81355550001"), first, second: NumberId(2) }]);
    let taken = conflicts(|rows| rows.numbers.push(number(20, "119", NumberKind::Person(TANAKA))));
    assert_eq!(taken, [EmergencyNumberTaken { number: second, ext: ext("119") }]);
    let nobody = conflicts(|rows| rows.numbers.push(number(20, "2150", NumberKind::Person(PersonId(99)))));
    assert_eq!(nobody, [NumberOfNobody { number: second, ext: ext("2150") }]);
}

#[test]
fn devices() {
    let twice = conflicts(|rows| rows.devices.push(device(31, "mob-tanaka", DeviceKind::Mobile, Owner::Person(SATO))));
    assert_eq!(twice, [DuplicateDevice { target: aor("mob-tanaka"), first: DeviceId(1), second: DeviceId(31) }]);
    let elsewhere =
        [Owner::Person(SATO), Owner::Section(FUKUSHI)].map(|owner| conflicts(move |rows| rows.devices.push(device(31, "desk", DeviceKind::SeatPhone, owner))));
    let misplaced = |name: &str| SeatPhoneElsewhere { device: DeviceId(31), target: aor(name) };
    assert_eq!(elsewhere, [[misplaced("desk")], [misplaced("desk")]]);
    let mobile = conflicts(|rows| rows.devices.push(device(31, "lost", DeviceKind::Mobile, Owner::Seat(SEAT_12))));
    assert_eq!(mobile, [misplaced("lost")]);
    let returned = conflicts(|rows| rows.devices[0].valid = until("2027-03-31"));
    assert_eq!(returned, [NumberWithoutDevice { number: NumberId(1), ext: ext("2101"), from_on: day("2027-03-31") }], "the mobile goes back a day early");
    let broken = conflicts(|rows| rows.devices[0].service = Service::Off);
    assert_eq!(broken, [NumberWithoutDevice { number: NumberId(1), ext: ext("2101"), from_on: day("2026-11-24") }], "not before the rows are known");
    let desk = hall().with_device(device(31, "desk", DeviceKind::SeatPhone, Owner::Person(TANAKA))).outside("2101");
    assert!(!desk.contains("desk"), "and it is not rung: {desk}");
}

#[test]
fn sections() {
    let moved = conflicts(|rows| rows.members.iter_mut().filter(|member| member.section == ZEIMU).for_each(|member| member.valid = until("2027-04-01")));
    assert_eq!(moved, [SectionUncovered { section: ZEIMU, from_on: day("2027-04-01") }], "everybody is transferred and nobody comes");
    let relieved = conflicts(|rows| {
        rows.members.iter_mut().filter(|member| member.section == ZEIMU).for_each(|member| member.valid = until("2027-04-01"));
        rows.members.push(Member { valid: from("2027-04-01"), ..member(ZEIMU, SATO, Post::Main) });
    });
    assert_eq!(relieved, []);
    let bare = conflicts(|rows| rows.devices.retain(|device| device.id != DeviceId(12)));
    assert_eq!(bare, [SectionWithoutFixedPhone { section: FUKUSHI, from_on: day("2026-11-24") }]);
    let dial = Dial::Ext(ext("7000"));
    let duty = conflicts(|rows| rows.sections[0].closed = ClosedTarget::Duty(dial));
    assert_eq!(duty, [ClosedTargetUnknown { section: ANNAI, dial }]);
}

#[test]
fn circles() {
    let delegation = |from, to, scope, span| Delegation { from, to, span, scope };
    let both = |one: (Scope, TimeRange), other: (Scope, TimeRange)| {
        conflicts(|rows| rows.delegations = vec![delegation(SUZUKI, TANAKA, one.0, one.1), delegation(TANAKA, SUZUKI, other.0, other.1)])
    };
    let (morning, afternoon) = (TimeRange { until_at: Some(at("2026-11-24 12:00")), ..today("09:00") }, today("12:00"));
    let circle = vec![DelegationCycle { people: vec![TANAKA, SUZUKI] }];
    assert_eq!(both((Scope::All, morning), (Scope::Inside, morning)), circle);
    assert_eq!(both((Scope::Outside, morning), (Scope::Inside, morning)), [], "no call takes both");
    assert_eq!(both((Scope::All, morning), (Scope::All, afternoon)), [], "never at the same time");
    let round = conflicts(|rows| rows.sections[0].overflow = Some(FUKUSHI));
    assert_eq!(round, [OverflowCycle { sections: vec![ANNAI, FUKUSHI, ZEIMU] }]);
    let own = conflicts(|rows| rows.sections[0].overflow = Some(ANNAI));
    assert_eq!(own, [OverflowCycle { sections: vec![ANNAI] }]);
}

#[test]
fn security() {
    let named = |security: Vec<MemoTo>| conflicts(move |rows| rows.houses[0].security.clone_from(&security));
    let nobody = [NobodyOfSecurity { site: SITE }];
    assert_eq!(named(vec![]), nobody);
    assert_eq!(named(vec![MemoTo::Section(SectionId(9)), MemoTo::Person(PersonId(99))]), nobody, "neither is there");
    assert_eq!(named(vec![MemoTo::Section(SectionId(9)), MemoTo::Person(SATO)]), []);
    let left = conflicts(|rows| {
        rows.houses[0].security = vec![MemoTo::Section(ZEIMU)];
        rows.members.iter_mut().filter(|member| member.section == ZEIMU).for_each(|member| member.valid = until("2026-11-20"));
    });
    assert!(left.contains(&nobody[0]), "{left:?}");
    let without = conflicts(|rows| {
        rows.houses[0].security.clear();
        rows.devices.clear();
    });
    assert!(!without.contains(&nobody[0]), "a house without telephones calls nobody: {without:?}");
}
