//! 予約: taking a seat, coming, leaving, and what happens when nobody comes.
//!
//! Every operation has one enum of reasons. A reason carries data, never prose.

mod check_in;
mod release;
mod reserve;
mod series;
mod suggest;
pub mod view;

pub use check_in::{CheckInFacts, CheckInRefusal, SitNow, check_in, sit_now};
pub use release::{EndRefusal, NoShow, cancel, leave, no_show};
pub use reserve::{Held, OnHeld, Reservation, ReserveFacts, ReserveRefusal, SeatFacts, SeatUse, minute_of, opens_at, reserve};
pub use series::{Pattern, Weekdays, days_of};
pub use suggest::{Candidate, Reason, SuggestFacts, Suggestion, suggest};

use crate::{BookingId, PersonId, SeatId, Slots};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// Where a booking is in its life. Only live states hold slots.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Held; nobody has come yet.
    Booked,
    /// 着席: the person came.
    CheckedIn,
    /// Taken back before it began.
    Cancelled,
    /// Given back early by the person who came.
    Released,
    /// Freed because nobody came.
    Expired,
    /// Its last slot is over.
    Done,
}

impl State {
    /// Whether the booking holds its slots.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(self, Self::Booked | Self::CheckedIn)
    }

    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Booked => "booked",
            Self::CheckedIn => "checked_in",
            Self::Cancelled => "cancelled",
            Self::Released => "released",
            Self::Expired => "expired",
            Self::Done => "done",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Booked, Self::CheckedIn, Self::Cancelled, Self::Released, Self::Expired, Self::Done].into_iter().find(|state| state.code() == code)
    }
}

/// A booking as rules see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booking {
    /// Its number.
    pub id: BookingId,
    /// Who holds it.
    pub person: PersonId,
    /// The seat.
    pub seat: SeatId,
    /// The local day.
    pub on: NaiveDate,
    /// The slots it holds now (fewer than were booked once some were freed).
    pub slots: Slots,
    /// Where it is in its life.
    pub state: State,
    /// Wall clock of the site when it was made.
    pub made_at: NaiveDateTime,
}

#[cfg(test)]
mod tests;
