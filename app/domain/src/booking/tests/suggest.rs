//! Which seat is proposed, and why.

use super::*;
use crate::floor::Point;
use Reason::{HomeZone, NotRecent};
use proptest::prelude::*;

/// A seat at `x` metres on one line.
fn candidate(seat: i64, x: i32, home: bool, attributes: &[&str]) -> Candidate {
    let attributes = attributes.iter().map(ToString::to_string).collect();
    Candidate { seat: SeatId(seat), at: metres(x), home, allowed: true, attributes, duty: false }
}

fn metres(x: i32) -> Point {
    Point { x_mm: x * 1000, y_mm: 0 }
}

fn has(attribute: &str) -> Reason {
    Reason::Has { attribute: attribute.into() }
}

fn near(count: u32) -> Reason {
    Reason::NearTeam { count }
}

/// The facts of a case: seats, where the team sits, wishes, recent seats.
fn facts(candidates: Vec<Candidate>, team: &[i32], wishes: &[&str], recent: &[i64]) -> SuggestFacts {
    SuggestFacts {
        candidates,
        team: team.iter().map(|x| metres(*x)).collect(),
        wishes: wishes.iter().map(ToString::to_string).collect(),
        recent: recent.iter().map(|seat| SeatId(*seat)).collect(),
        seed: 5,
    }
}

#[test]
fn the_seat_and_its_reasons() {
    let plain = |seat, x, home| candidate(seat, x, home, &[]);
    let duty = |seat| Candidate { duty: true, ..candidate(seat, 0, true, &["monitor"]) };
    let forbidden = |seat| Candidate { allowed: false, ..candidate(seat, 0, true, &["monitor"]) };
    let cases: Vec<(&str, SuggestFacts, i64, Vec<Reason>)> = vec![
        ("the only one", facts(vec![plain(1, 0, false)], &[], &[], &[]), 1, vec![]),
        ("home before away", facts(vec![plain(1, 0, false), plain(2, 9, true)], &[], &[], &[]), 2, vec![HomeZone]),
        (
            "home before team and wishes",
            facts(vec![candidate(1, 0, false, &["monitor"]), plain(2, 90, true)], &[0, 1, 2], &["monitor"], &[]),
            2,
            vec![HomeZone],
        ),
        ("near the team", facts(vec![plain(1, 0, true), plain(2, 20, true)], &[19, 22, 60], &[], &[]), 2, vec![HomeZone, near(2)]),
        ("four metres are near", facts(vec![plain(1, 0, true), plain(2, 20, true)], &[24], &[], &[]), 2, vec![HomeZone, near(1)]),
        ("more mates are better", facts(vec![plain(1, 0, true), plain(2, 20, true)], &[0, 19, 21], &[], &[]), 2, vec![HomeZone, near(2)]),
        ("what was asked for", facts(vec![plain(1, 0, true), candidate(2, 0, true, &["monitor"])], &[], &["monitor"], &[]), 2, vec![HomeZone, has("monitor")]),
        (
            "the first wish weighs more",
            facts(vec![candidate(1, 0, true, &["window"]), candidate(2, 0, true, &["monitor"])], &[], &["window", "monitor"], &[]),
            1,
            vec![HomeZone, has("window")],
        ),
        (
            "a telephone of any name",
            facts(vec![plain(1, 0, true), candidate(2, 0, true, &["phone:seat-2f-01"])], &[], &["phone"], &[]),
            2,
            vec![HomeZone, has("phone")],
        ),
        (
            "not a word that only begins alike",
            facts(vec![plain(1, 0, true), candidate(2, 20, false, &["monitors"])], &[], &["monitor"], &[]),
            1,
            vec![HomeZone],
        ),
        ("not yesterday's seat", facts(vec![plain(1, 0, true), plain(2, 0, true)], &[], &[], &[1]), 2, vec![HomeZone, NotRecent]),
        ("yesterday's seat is worse than last week's", facts(vec![plain(1, 0, true), plain(2, 0, true)], &[], &[], &[1, 2]), 2, vec![HomeZone]),
        ("a fresh seat before the team", facts(vec![plain(1, 0, true), plain(2, 50, true)], &[0, 1, 2], &[], &[1]), 2, vec![HomeZone, NotRecent]),
        (
            "every reason, in order",
            facts(vec![candidate(1, 0, true, &["window", "monitor"])], &[1], &["monitor", "window"], &[9]),
            1,
            vec![HomeZone, NotRecent, has("monitor"), has("window"), near(1)],
        ),
        ("a duty seat last", facts(vec![duty(1), plain(2, 0, false)], &[0], &["monitor"], &[2]), 2, vec![near(1)]),
        ("a duty seat when nothing else is left", facts(vec![duty(1)], &[], &["monitor"], &[]), 1, vec![HomeZone, has("monitor")]),
        ("only what is allowed", facts(vec![forbidden(1), plain(2, 0, false)], &[], &["monitor"], &[]), 2, vec![]),
    ];
    for (name, facts, seat, reasons) in cases {
        let suggestion = suggest(&facts).unwrap();
        assert_eq!((suggestion.seat, suggestion.reasons), (SeatId(seat), reasons), "{name}");
    }
    assert_eq!(suggest(&facts(vec![forbidden(1)], &[], &[], &[])), None);
    assert_eq!(suggest(&SuggestFacts::default()), None);
}

#[test]
fn equal_seats_are_spread_by_the_seed() {
    let seats: Vec<_> = (1..=20).map(|seat| candidate(seat, 0, true, &[])).collect();
    let chosen: std::collections::BTreeSet<_> =
        (0..200).filter_map(|seed| suggest(&SuggestFacts { seed, ..facts(seats.clone(), &[], &[], &[]) })).map(|suggestion| suggestion.seat).collect();
    assert!(chosen.len() >= 15, "{chosen:?}");
}

fn any_candidate(seat: i64) -> impl Strategy<Value = Candidate> {
    (0..40, any::<bool>(), any::<bool>(), any::<bool>(), any::<bool>()).prop_map(move |(x, home, allowed, duty, monitor)| Candidate {
        allowed,
        duty,
        ..candidate(seat, x, home, if monitor { &["monitor"] } else { &[] })
    })
}

proptest! {
    /// The order in which seats are loaded does not matter, and the seed never beats a better seat.
    #[test]
    fn same_facts_same_answer(candidates in (0_usize..12).prop_flat_map(|count| (0..count).map(|seat| any_candidate(i64::try_from(seat).unwrap())).collect::<Vec<_>>()), seed: u64, other_seed: u64) {
        let mut facts = SuggestFacts { seed, ..facts(candidates, &[3, 9], &["monitor"], &[1, 2]) };
        let first = suggest(&facts);
        facts.candidates.reverse();
        prop_assert_eq!(&suggest(&facts), &first);
        facts.seed = other_seed;
        prop_assert_eq!(suggest(&facts).map(|suggestion| suggestion.score), first.as_ref().map(|suggestion| suggestion.score));
        prop_assert_eq!(first.is_some(), facts.candidates.iter().any(|candidate| candidate.allowed));
        if let Some(suggestion) = first {
            let chosen = facts.candidates.iter().find(|candidate| candidate.seat == suggestion.seat).unwrap();
            let others = || facts.candidates.iter().filter(|candidate| candidate.allowed && !candidate.duty);
            prop_assert!(chosen.allowed && (!chosen.duty || others().next().is_none()));
            prop_assert!(chosen.home || chosen.duty || others().all(|candidate| !candidate.home));
        }
    }
}
