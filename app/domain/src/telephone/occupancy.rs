//! Who sits where: the source of every route to a seat phone. Not the booking: only who came is there.

use super::{OccupancyFrom, Snapshot, TimeRange};
use crate::{PersonId, SeatId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;

/// How it is known that somebody sits at a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OccupancySource {
    /// A booking that has begun; counts only where the house says so, and gives way to anybody who came.
    Booking,
    /// 着席.
    CheckIn,
    /// Entered by hand: people with a desk of their own.
    Manual,
}

/// A person at a seat for a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Occupancy {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub seat: SeatId,
    /// When; it ends with check-out, the end of the booking and its grace time, or release.
    pub span: TimeRange,
    /// How it is known.
    pub source: OccupancySource,
}

impl Occupancy {
    /// Who came counts more than who planned to come; then the latest wins. The rest only makes the order total.
    fn weight(&self) -> impl Ord + use<> {
        (self.source != OccupancySource::Booking, self.span.from_at, self.source, Reverse(self.person), Reverse(self.seat))
    }
}

fn latest<'a>(rows: impl Iterator<Item = &'a Occupancy>, policy: OccupancyFrom, at: DateTime<Utc>) -> Option<&'a Occupancy> {
    rows.filter(|row| row.span.contains(at) && (row.source != OccupancySource::Booking || policy == OccupancyFrom::BookingStart))
        .max_by(|a, b| a.weight().cmp(&b.weight()))
}

/// Who sits at a seat.
#[must_use]
pub fn occupant(world: &Snapshot, seat: SeatId, policy: OccupancyFrom, at: DateTime<Utc>) -> Option<&Occupancy> {
    let here = latest(world.occupancies_of_seat(seat), policy, at)?;
    // Who has sat down elsewhere since has left.
    latest(world.occupancies_of_person(here.person), policy, at).filter(|row| row.seat == seat)
}

/// Where a person sits. A seat that somebody else has taken since is theirs now, and the person is nowhere.
#[must_use]
pub fn seat_of(world: &Snapshot, person: PersonId, policy: OccupancyFrom, at: DateTime<Utc>) -> Option<&Occupancy> {
    let mine = latest(world.occupancies_of_person(person), policy, at)?;
    latest(world.occupancies_of_seat(mine.seat), policy, at).filter(|row| row.person == person).map(|_| mine)
}
