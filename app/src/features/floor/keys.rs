//! Moving over the map by keyboard: one Tab stop, arrows go to the nearest seat in that direction, Home and End stay
//! in the zone, Page keys change it (`research/japan.md` §3.3 point 2). Pure; the page only carries the focus out.

use domain::{
    SeatId,
    floor::{Direction, Placed, next_in, view::FloorView},
};

/// What a key asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    /// An arrow.
    Towards(Direction),
    /// The first seat of the zone.
    ZoneStart,
    /// The last seat of the zone.
    ZoneEnd,
    /// The first seat of the zone before.
    PreviousZone,
    /// The first seat of the zone after.
    NextZone,
}

impl Move {
    /// Reads the name a browser gives a key.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowLeft" => Self::Towards(Direction::Left),
            "ArrowRight" => Self::Towards(Direction::Right),
            "ArrowUp" => Self::Towards(Direction::Up),
            "ArrowDown" => Self::Towards(Direction::Down),
            "Home" => Self::ZoneStart,
            "End" => Self::ZoneEnd,
            "PageUp" => Self::PreviousZone,
            "PageDown" => Self::NextZone,
            _ => return None,
        })
    }
}

/// Where a key leads from a seat; the seat itself at an edge.
#[must_use]
pub fn target(view: &FloorView, from: SeatId, step: Move) -> SeatId {
    let Some(index) = view.seats.iter().position(|seat| seat.id == from) else { return from };
    let zone = view.seats[index].zone;
    let mut in_zone = view.seats.iter().filter(|seat| seat.zone == zone).map(|seat| seat.id);
    match step {
        Move::Towards(direction) => {
            let places: Vec<Placed> = view.seats.iter().map(|seat| Placed { seat: seat.id, at: seat.at }).collect();
            next_in(direction, places[index], &places).unwrap_or(from)
        }
        Move::ZoneStart => in_zone.next().unwrap_or(from),
        Move::ZoneEnd => in_zone.next_back().unwrap_or(from),
        // The list goes zone by zone, so the neighbour zones begin where the zone changes.
        Move::PreviousZone => {
            let Some(before) = view.seats[..index].iter().rev().map(|seat| seat.zone).find(|other| *other != zone) else {
                return in_zone.next().unwrap_or(from);
            };
            view.seats.iter().find(|seat| seat.zone == before).map_or(from, |seat| seat.id)
        }
        Move::NextZone => view.seats[index..].iter().find(|seat| seat.zone != zone).map(|seat| seat.id).or_else(|| in_zone.next_back()).unwrap_or(from),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::floor::sample::floor;

    // The sample: zone 1 has seats 1 2 / 3 4 in two rows, zone 2 to the right has 5, and 6 stands outside zones.
    fn go(from: i64, key: &str) -> i64 {
        target(&floor(), SeatId(from), Move::from_key(key).expect("a key of the map")).0
    }

    #[test]
    fn arrows_follow_the_drawing() {
        assert_eq!([go(1, "ArrowRight"), go(1, "ArrowDown"), go(4, "ArrowLeft"), go(4, "ArrowUp")], [2, 3, 3, 2]);
        assert_eq!(go(2, "ArrowRight"), 5, "over the zone's border");
        assert_eq!([go(1, "ArrowLeft"), go(1, "ArrowUp")], [1, 1], "the edge holds");
    }

    #[test]
    fn home_and_end_stay_in_the_zone() {
        assert_eq!([go(3, "Home"), go(1, "End"), go(5, "Home"), go(5, "End")], [1, 4, 5, 5]);
    }

    #[test]
    fn page_keys_change_the_zone() {
        assert_eq!([go(2, "PageDown"), go(5, "PageDown"), go(6, "PageUp"), go(5, "PageUp"), go(3, "PageUp")], [5, 6, 5, 1, 1]);
        assert_eq!(go(6, "PageDown"), 6);
    }

    #[test]
    fn letters_are_no_commands() {
        assert_eq!(Move::from_key("a"), None);
        assert_eq!(Move::from_key("Enter"), None);
    }
}
