//! The algebra of slot sets and the words of grids.

use super::*;
use proptest::prelude::*;

fn slots() -> impl Strategy<Value = Slots> {
    any::<u32>().prop_map(Slots::from_bits)
}

proptest! {
    #[test]
    fn sets_obey_their_algebra(a in slots(), b in slots(), c in slots()) {
        prop_assert_eq!(a.union(b), b.union(a));
        prop_assert_eq!(a.both(b), b.both(a));
        prop_assert_eq!(a.union(b).union(c), a.union(b.union(c)));
        prop_assert_eq!(a.both(b.union(c)), a.both(b).union(a.both(c)));
        prop_assert_eq!(a.minus(b).union(a.both(b)), a);
        prop_assert!(a.minus(b).both(b).is_empty());
        prop_assert!(a.union(b).covers(a) && a.covers(a.both(b)));
        prop_assert_eq!(a.covers(b), a.union(b) == a);
        prop_assert_eq!(a.len(), a.minus(b).len() + a.both(b).len());
        prop_assert_eq!(a.iter().collect::<Slots>(), a);
        prop_assert_eq!(a.iter().count(), a.len() as usize);
    }

    #[test]
    fn a_slot_beyond_the_32nd_is_in_no_set(a in slots(), beyond in 32_u8..) {
        prop_assert!(!a.contains(Slot(beyond)));
        prop_assert_eq!(a.with(Slot(beyond)), a);
        prop_assert!(Slots::only(Slot(beyond)).is_empty());
    }

    #[test]
    fn words_name_the_set_they_came_from(bits in any::<u32>()) {
        let grid = Grid::hours(8, 18);
        let slots = Slots::from_bits(bits).both(grid.all());
        let codes = grid.codes(slots);
        prop_assert_eq!(grid.parse(codes.iter().map(String::as_str)), Ok(slots));
    }

    #[test]
    fn remaining_slots_only_become_fewer(early in 0_u16..1440, later in 0_u16..1440) {
        let grid = Grid::half_days();
        let (early, later) = (early.min(later), early.max(later));
        prop_assert!(grid.remaining(early).covers(grid.remaining(later)));
    }
}

#[test]
fn the_slot_under_way_or_next() {
    let grid = Grid::half_days();
    let cases: &[(u16, Option<u8>, u32)] = &[
        // minute, current or next, bits still to come
        (0, Some(0), 0b11),
        (510, Some(0), 0b11),
        (719, Some(0), 0b11),
        (720, Some(1), 0b10),
        (780, Some(1), 0b10),
        (1034, Some(1), 0b10),
        (1035, None, 0),
        (1439, None, 0),
    ];
    for (minute, slot, bits) in cases {
        assert_eq!(grid.current_or_next(*minute), slot.map(Slot), "at minute {minute}");
        assert_eq!(grid.remaining(*minute).bits(), *bits, "at minute {minute}");
    }
}

#[test]
fn an_unknown_word_is_named_with_the_known_ones() {
    let refusal = Grid::half_days().parse(["am", "evening"]).unwrap_err();
    assert_eq!(refusal, UnknownSlot { code: "evening".into(), known: vec!["am".into(), "pm".into()] });
    assert_eq!(Grid::half_days().parse([" pm ", "pm"]), Ok(Slots::only(Slot(1))));
    assert_eq!(Grid::half_days().parse([]), Ok(Slots::EMPTY));
}

#[test]
fn a_stored_grid_is_read_only_when_it_makes_a_day() {
    let time = |code: &str, start_minute, end_minute| SlotTime { code: code.into(), start_minute, end_minute };
    let cases: Vec<(&str, Vec<SlotTime>, Option<GridError>)> = vec![
        ("half-days", Grid::half_days().into(), None),
        ("hours", Grid::hours(0, 24).into(), None),
        ("until midnight", vec![time("all", 0, 1440)], None),
        ("nothing", vec![], Some(GridError::Count(0))),
        ("33 slots", (0..33).map(|at| time(&format!("s{at}"), at, at + 1)).collect(), Some(GridError::Count(33))),
        ("twice one word", vec![time("am", 0, 10), time("am", 10, 20)], Some(GridError::Word("am".into()))),
        ("no word", vec![time(" ", 0, 10)], Some(GridError::Word(" ".into()))),
        ("overlap", vec![time("am", 0, 20), time("pm", 10, 30)], Some(GridError::Hours("pm".into()))),
        ("no length", vec![time("am", 10, 10)], Some(GridError::Hours("am".into()))),
        ("past midnight", vec![time("am", 10, 1441)], Some(GridError::Hours("am".into()))),
    ];
    for (name, times, refusal) in cases {
        let read: Result<Grid, _> = serde_json::from_str(&serde_json::to_string(&times).unwrap());
        assert_eq!(read.map_err(|error| error.to_string()).err(), refusal.as_ref().map(ToString::to_string), "{name}");
        assert_eq!(Grid::try_from(times).err(), refusal, "{name}");
    }
}
