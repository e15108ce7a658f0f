//! Nearest seats, arrow keys, marker sizes, frames.

use super::*;
use crate::SeatId;
use proptest::prelude::*;
use std::collections::BTreeSet;

fn placed(seat: i64, x_mm: i32, y_mm: i32) -> Placed {
    Placed { seat: SeatId(seat), at: Point { x_mm, y_mm } }
}

/// Two islands of 3 × 2 seats with an aisle between, as on the sample floor.
fn islands() -> Vec<Placed> {
    let mut seats = Vec::new();
    for (at, x) in (0..).zip([0, 1400, 2800, 6000, 7400, 8800]) {
        seats.push(placed(at, x, 0));
        seats.push(placed(at + 10, x, 1200));
    }
    seats
}

#[test]
fn arrows_go_to_the_seat_a_person_means() {
    use Direction::{Down, Left, Right, Up};
    let seats = islands();
    let cases: &[(i64, Direction, Option<i64>)] = &[
        (0, Right, Some(1)),
        (2, Right, Some(3)), // over the aisle
        (3, Left, Some(2)),
        (5, Right, None),
        (0, Left, None),
        (0, Up, None),
        (1, Down, Some(11)),
        (11, Up, Some(1)),
        (15, Down, None),
    ];
    for (from, direction, to) in cases {
        let start = seats.iter().find(|seat| seat.seat.0 == *from).unwrap();
        assert_eq!(next_in(*direction, *start, &seats), to.map(SeatId), "{direction:?} from {from}");
    }
}

#[test]
fn nearest_seats_come_first_and_ties_by_number() {
    let seats = [placed(4, 1000, 0), placed(2, -1000, 0), placed(9, 0, 500), placed(1, 9000, 0)];
    let found: Vec<_> = nearest(Point::default(), &seats, 3).iter().map(|seat| seat.seat.0).collect();
    assert_eq!(found, [9, 2, 4]);
    assert_eq!(nearest(Point::default(), &[], 3), []);
}

#[test]
fn distances_are_whole_metres_and_do_not_overflow() {
    let origin = Point::default();
    assert_eq!(origin.metres_to(Point { x_mm: 3000, y_mm: 4000 }), 5);
    assert_eq!(origin.metres_to(Point { x_mm: 1499, y_mm: 0 }), 1);
    let ends = (Point { x_mm: i32::MIN, y_mm: i32::MIN }, Point { x_mm: i32::MAX, y_mm: i32::MAX });
    assert!(ends.0.metres_to(ends.1) > 3_000_000);
    assert!(bounds([ends.0, ends.1], 100).is_some());
    assert_eq!(bounds([], 100), None);
    assert_eq!(bounds([Point { x_mm: 5, y_mm: 7 }], 2), Some(Rect { x_mm: 3, y_mm: 5, width_mm: 4, height_mm: 4 }));
}

/// Every place reached from the first by arrow keys.
fn reached(seats: &[Placed], from: Placed) -> BTreeSet<SeatId> {
    let mut reached = BTreeSet::from([from.seat]);
    let mut ahead = vec![from];
    while let Some(seat) = ahead.pop() {
        for direction in [Direction::Left, Direction::Right, Direction::Up, Direction::Down] {
            if let Some(next) = next_in(direction, seat, seats).filter(|next| reached.insert(*next)) {
                ahead.extend(seats.iter().filter(|place| place.seat == next));
            }
        }
    }
    reached
}

/// Cells of a grid that hang together: each new cell is beside one of those before.
fn connected_cells() -> impl Strategy<Value = BTreeSet<(i32, i32)>> {
    proptest::collection::vec((any::<proptest::sample::Index>(), 0_usize..4), 0..60).prop_map(|steps| {
        let mut cells = vec![(0, 0)];
        for (index, turn) in steps {
            let (x, y) = cells[index.index(cells.len())];
            let (dx, dy) = [(1, 0), (-1, 0), (0, 1), (0, -1)][turn];
            cells.push((x + dx, y + dy));
        }
        cells.into_iter().collect()
    })
}

proptest! {
    #[test]
    fn arrows_reach_every_seat_of_a_connected_grid(cells in connected_cells(), width in 700..3000, height in 700..3000, start in any::<proptest::sample::Index>()) {
        let seats: Vec<_> = (0..).zip(&cells).map(|(seat, (x, y))| placed(seat, x * width, y * height)).collect();
        let from = seats[start.index(seats.len())];
        prop_assert_eq!(reached(&seats, from).len(), seats.len());
    }

    #[test]
    fn markers_never_overlap(points in proptest::collection::vec((0..40_000, 0..30_000), 0..60)) {
        let points: Vec<_> = points.into_iter().map(|(x_mm, y_mm)| Point { x_mm, y_mm }).collect();
        let (width, height) = seat_size_mm(&points);
        prop_assert!(width > 0 && height > 0 && width <= 1_700);
        for (at, a) in points.iter().enumerate() {
            for b in &points[at + 1..] {
                let (dx, dy) = ((a.x_mm - b.x_mm).abs(), (a.y_mm - b.y_mm).abs());
                let same_place = dx < 100 && dy < 100;
                prop_assert!(same_place || dx >= width || dy >= height, "{a:?} and {b:?} at {width} × {height}");
            }
        }
    }
}

#[test]
fn a_usual_floor_gets_usual_markers() {
    let points: Vec<_> = islands().iter().map(|seat| seat.at).collect();
    assert_eq!(seat_size_mm(&points), (1288, 1104));
    assert_eq!(seat_size_mm(&[]), (1656, 1380));
}
