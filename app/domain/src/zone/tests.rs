//! Home zones, ratio, release time, ordered overflow and lending caps.

use super::*;
use crate::{Slots, UnitId, ZoneId};
use chrono::NaiveDateTime;
use proptest::prelude::*;

const TAX: UnitId = UnitId(1);
const WELFARE: UnitId = UnitId(2);
const HOME: ZoneId = ZoneId(10);
const FIRST: ZoneId = ZoneId(11);
const SECOND: ZoneId = ZoneId(12);
const DAY: Slots = Slots::from_bits(0b11);
const MORNING: Slots = Slots::from_bits(0b01);
const FULL: Slots = Slots::EMPTY;

fn at(text: &str) -> NaiveDateTime {
    text.parse().unwrap()
}

/// Somebody of TAX asks for a zone whose home unit is WELFARE.
fn facts(zone: ZoneId, home_free: Slots, overflow: &[(ZoneId, Slots)], cap: Option<u32>, lent: u32) -> AccessFacts {
    AccessFacts {
        zone: Some(zone),
        lenders: vec![Lender { unit: WELFARE, name: "福祉課".into(), cap, lent }],
        units: vec![TAX],
        homes: vec![ZoneLoad { zone: HOME, free_in: home_free }],
        overflow: overflow.iter().map(|(zone, free_in)| OverflowZone { load: ZoneLoad { zone: *zone, free_in: *free_in } }).collect(),
        opens_at: at("2026-11-20T17:00:00"),
    }
}

#[test]
fn who_comes_to_a_zone_and_how() {
    use Access::{Home, Locked as No, OpenToAll, Overflow, Released};
    let before = at("2026-11-20T16:59:59");
    let release = at("2026-11-20T17:00:00");
    let both = [(FIRST, DAY), (SECOND, DAY)];
    let first_full = [(FIRST, FULL), (SECOND, DAY)];
    let nobody = AccessFacts { lenders: vec![], ..facts(FIRST, FULL, &[], None, 0) };
    let outside = AccessFacts { zone: None, ..nobody.clone() };
    let at_home = AccessFacts { units: vec![WELFARE], ..facts(HOME, FULL, &[], Some(0), 9) };
    let two_posts = AccessFacts { units: vec![TAX, WELFARE], ..facts(HOME, FULL, &[], None, 0) };
    let homeless = AccessFacts { homes: vec![], ..facts(FIRST, FULL, &both, None, 0) };
    let cases: Vec<(&str, AccessFacts, Slots, NaiveDateTime, Access)> = vec![
        ("nobody's home", nobody, DAY, before, OpenToAll),
        ("a seat outside every zone", outside, DAY, before, OpenToAll),
        ("own home, whatever it lends", at_home, DAY, before, Home),
        ("home by a second post", two_posts, DAY, before, Home),
        ("a stranger before the release time", facts(FIRST, FULL, &[], None, 0), DAY, before, No(Locked::NotYours)),
        ("a stranger at the release time", facts(FIRST, DAY, &[], None, 0), DAY, release, Released),
        ("the lending cap ends at the release time", facts(FIRST, FULL, &both, Some(0), 5), DAY, release, Released),
        ("home has room", facts(FIRST, DAY, &both, None, 0), DAY, before, No(Locked::HomeHasRoom)),
        ("home has room in the morning only", facts(FIRST, MORNING, &both, None, 0), DAY, before, Overflow),
        ("home has room in the morning that is wanted", facts(FIRST, MORNING, &both, None, 0), MORNING, before, No(Locked::HomeHasRoom)),
        ("home full, first overflow", facts(FIRST, FULL, &both, None, 0), DAY, before, Overflow),
        ("no home zone at all", homeless, DAY, before, Overflow),
        ("second overflow while the first has room", facts(SECOND, FULL, &both, None, 0), DAY, before, No(Locked::EarlierOverflowHasRoom)),
        ("second overflow when the first is full", facts(SECOND, FULL, &first_full, None, 0), DAY, before, Overflow),
        ("one below the cap", facts(FIRST, FULL, &both, Some(2), 1), DAY, before, Overflow),
        ("at the cap", facts(FIRST, FULL, &both, Some(2), 2), DAY, before, No(Locked::LendingCapReached)),
        ("a unit that lends nothing", facts(FIRST, FULL, &both, Some(0), 0), DAY, before, No(Locked::LendingCapReached)),
    ];
    for (name, facts, wanted, now, expected) in cases {
        assert_eq!(access(&facts, wanted, now), expected, "{name}");
    }
}

#[test]
fn one_lender_at_its_cap_closes_a_shared_zone() {
    let mut shared = facts(FIRST, FULL, &[(FIRST, DAY)], None, 0);
    shared.lenders.push(Lender { unit: UnitId(3), name: "市民課".into(), cap: Some(1), lent: 1 });
    assert_eq!(access(&shared, DAY, at("2026-11-20T09:00:00")), Access::Locked(Locked::LendingCapReached));
}

#[test]
fn seats_planned() {
    let cases: &[(u32, u16, u32)] = &[
        // members, percent, seats
        (0, 70, 0),
        (1, 70, 1),
        (10, 70, 7),
        (11, 70, 8),
        (77, 70, 54),
        (34, 70, 24),
        (23, 70, 17),
        (3, 100, 3),
        (3, 0, 0),
        (3, 150, 5),
        (u32::MAX, u16::MAX, u32::MAX),
    ];
    for (members, percent, seats) in cases {
        assert_eq!(planned_seats(*members, *percent), *seats, "{percent} % of {members}");
    }
    assert_eq!(SeatPlan { members: 10, planned: 7, present: 5 }.surplus(), -2);
    assert_eq!(SeatPlan { members: 10, planned: 7, present: 9 }.surplus(), 2);
}

proptest! {
    /// ⌈x⌉: the least whole number of seats that is not below the ratio.
    #[test]
    fn planned_is_the_ceiling(members in 0_u32..100_000, percent in 0_u16..=300) {
        let (planned, exact) = (u64::from(planned_seats(members, percent)) * 100, u64::from(members) * u64::from(percent));
        prop_assert!(planned >= exact && planned < exact + 100);
    }

    /// From the release time on nobody is locked out, and before it only the person's own home is sure.
    #[test]
    fn release_opens_every_zone(home in any::<u32>(), first in any::<u32>(), cap in 0_u32..3, lent in 0_u32..3, wanted in 1_u32..4) {
        let facts = facts(FIRST, Slots::from_bits(home), &[(FIRST, Slots::from_bits(first))], Some(cap), lent);
        prop_assert_eq!(access(&facts, Slots::from_bits(wanted), facts.opens_at), Access::Released);
    }
}
