//! Plane geometry of a floor, in millimetres from the top left corner; x to the right, y down.

use crate::SeatId;
use serde::{Deserialize, Serialize};

/// A place on a floor, millimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// To the right.
    pub x_mm: i32,
    /// Down.
    pub y_mm: i32,
}

/// An upright rectangle, millimetres.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rect {
    /// Left edge.
    pub x_mm: i32,
    /// Top edge.
    pub y_mm: i32,
    /// Width.
    pub width_mm: i32,
    /// Height.
    pub height_mm: i32,
}

/// A seat and where its middle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// The seat.
    pub seat: SeatId,
    /// The middle of its marker.
    pub at: Point,
}

/// An arrow key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// ←
    Left,
    /// →
    Right,
    /// ↑
    Up,
    /// ↓
    Down,
}

impl Point {
    /// Square of the distance, mm².
    #[must_use]
    pub fn distance_squared(self, other: Self) -> i64 {
        let (dx, dy) = (i64::from(self.x_mm) - i64::from(other.x_mm), i64::from(self.y_mm) - i64::from(other.y_mm));
        dx.saturating_mul(dx).saturating_add(dy.saturating_mul(dy))
    }

    /// Distance rounded to whole metres.
    #[must_use]
    pub fn metres_to(self, other: Self) -> u32 {
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "floors are smaller than a kilometre")]
        let metres = ((self.distance_squared(other) as f64).sqrt() / 1000.0).round() as u32;
        metres
    }
}

/// The `count` places nearest to `from`, nearest first; ties in the order of seat numbers.
#[must_use]
pub fn nearest(from: Point, places: &[Placed], count: usize) -> Vec<Placed> {
    let mut sorted = places.to_vec();
    sorted.sort_by_key(|place| (place.at.distance_squared(from), place.seat));
    sorted.truncate(count);
    sorted
}

/// The seat an arrow key goes to: the nearest in that direction, sideways distance counting double
///. `None` at the edge.
#[must_use]
pub fn next_in(direction: Direction, from: Placed, places: &[Placed]) -> Option<SeatId> {
    let right = |to: Point| i64::from(to.x_mm) - i64::from(from.at.x_mm);
    let down = |to: Point| i64::from(to.y_mm) - i64::from(from.at.y_mm);
    let (ahead, aside): (&dyn Fn(Point) -> i64, &dyn Fn(Point) -> i64) = match direction {
        Direction::Left => (&|to| -right(to), &|to| down(to).abs()),
        Direction::Right => (&right, &|to| down(to).abs()),
        Direction::Up => (&|to| -down(to), &|to| right(to).abs()),
        Direction::Down => (&down, &|to| right(to).abs()),
    };
    places
        .iter()
        .filter(|place| place.seat != from.seat && ahead(place.at) > 0 && ahead(place.at) * 2 >= aside(place.at))
        .min_by_key(|place| (ahead(place.at) + 2 * aside(place.at), place.seat))
        .map(|place| place.seat)
}

/// Seats nearer than this on both axes count as one place.
const SAME_PLACE_MM: u32 = 100;

/// Width and height of a seat's marker that lets every seat of a floor be drawn without overlap, at most 1.7 m wide.
/// Seats drawn upon each other (within 0.1 m) cannot be told apart by any size; they are left overlapping.
#[must_use]
pub fn seat_size_mm(places: &[Point]) -> (i32, i32) {
    let (mut width, mut height) = (1_800_u32, 1_500_u32);
    for (index, a) in places.iter().enumerate() {
        for b in &places[index + 1..] {
            let (dx, dy) = (a.x_mm.abs_diff(b.x_mm), a.y_mm.abs_diff(b.y_mm));
            if dx < SAME_PLACE_MM && dy < SAME_PLACE_MM {
                continue;
            }
            // Two markers are apart when they are apart on one axis: shrink the axis on which they are further apart.
            if dx < width && dy < height {
                if dx >= dy { width = dx } else { height = dy }
            }
        }
    }
    // A gap of 8 % keeps borders apart.
    let fit = |mm: u32| i32::try_from(mm * 92 / 100).unwrap_or(i32::MAX);
    (fit(width), fit(height))
}

/// The smallest rectangle around points, with a margin; `None` without points.
#[must_use]
pub fn bounds(points: impl IntoIterator<Item = Point>, margin_mm: i32) -> Option<Rect> {
    let mut points = points.into_iter();
    let first = points.next()?;
    let (mut left, mut top, mut right, mut bottom) = (first.x_mm, first.y_mm, first.x_mm, first.y_mm);
    for point in points {
        left = left.min(point.x_mm);
        right = right.max(point.x_mm);
        top = top.min(point.y_mm);
        bottom = bottom.max(point.y_mm);
    }
    let span = |from: i32, to: i32| to.saturating_sub(from).saturating_add(margin_mm.saturating_mul(2));
    Some(Rect { x_mm: left.saturating_sub(margin_mm), y_mm: top.saturating_sub(margin_mm), width_mm: span(left, right), height_mm: span(top, bottom) })
}
