//! 着席: coming to the seat that was booked, or sitting down at a free one.

use super::{Booking, State, reserve::minute_of};
use crate::{PersonId, Slots, site::SitePolicy};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// What must be known to decide on a check-in.
#[derive(Clone, Copy, Debug)]
pub struct CheckInFacts<'a> {
    /// The site's rules.
    pub policy: &'a SitePolicy,
    /// The booking.
    pub booking: &'a Booking,
    /// Who says they are there.
    pub person: PersonId,
}

/// Why a check-in is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum CheckInRefusal {
    /// Somebody else's booking.
    #[error("not your booking")]
    NotYours,
    /// The window has not opened.
    #[error("check-in opens at {opens_at}")]
    TooEarly {
        /// Site wall clock at which it opens.
        opens_at: NaiveDateTime,
    },
    /// The booked time is over.
    #[error("the booked time is over")]
    TooLate,
    /// Done already.
    #[error("already checked in")]
    AlreadyCheckedIn,
    /// The booking does not hold its seat any more.
    #[error("the booking ended: {state:?}")]
    Ended {
        /// How it ended.
        state: State,
    },
}

impl CheckInRefusal {
    /// The stable word of the reason, as REST says it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotYours => "not_yours",
            Self::TooEarly { .. } => "too_early",
            Self::TooLate => "too_late",
            Self::AlreadyCheckedIn => "already_checked_in",
            Self::Ended { .. } => "ended",
        }
    }
}

/// Decides a check-in. The window opens [`SitePolicy::checkin_opens_minutes`] before the first held slot and closes with
/// the last one; one check-in serves every held slot of the day.
///
/// # Errors
/// See [`CheckInRefusal`].
pub fn check_in(facts: CheckInFacts<'_>, now: NaiveDateTime) -> Result<(), CheckInRefusal> {
    let CheckInFacts { policy, booking, person } = facts;
    if booking.person != person {
        return Err(CheckInRefusal::NotYours);
    }
    match booking.state {
        State::Booked => {}
        State::CheckedIn => return Err(CheckInRefusal::AlreadyCheckedIn),
        state => return Err(CheckInRefusal::Ended { state }),
    }
    let times: Vec<_> = booking.slots.iter().filter_map(|slot| policy.grid.time(slot)).collect();
    let (Some(first), Some(last)) = (times.first(), times.last()) else { return Err(CheckInRefusal::TooLate) };
    let midnight = booking.on.and_time(NaiveTime::MIN);
    let opens_at = midnight + TimeDelta::minutes(i64::from(first.start_minute) - i64::from(policy.checkin_opens_minutes));
    if now < opens_at {
        return Err(CheckInRefusal::TooEarly { opens_at });
    }
    if now >= midnight + TimeDelta::minutes(i64::from(last.end_minute)) {
        return Err(CheckInRefusal::TooLate);
    }
    Ok(())
}

/// Which slots somebody who sits down now takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SitNow {
    /// These: the slot under way (or the next to begin) and those after it while the seat is free.
    Take(Slots),
    /// The seat is taken now; it may be free later.
    Taken,
    /// The working day is over.
    DayOver,
}

/// What sitting down at a seat now means: the slot under way or next to begin, and the following ones up to the first
/// that somebody else holds.
#[must_use]
pub fn sit_now(policy: &SitePolicy, taken: Slots, now: NaiveDateTime) -> SitNow {
    let remaining = policy.grid.remaining(minute_of(now));
    if remaining.is_empty() {
        return SitNow::DayOver;
    }
    let take: Slots = remaining.iter().take_while(|slot| !taken.contains(*slot)).collect();
    if take.is_empty() { SitNow::Taken } else { SitNow::Take(take) }
}
