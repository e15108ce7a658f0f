//! Giving a seat back: before it begins (cancel), after one came (leave), or because nobody came (no-show).

use super::{Booking, State, reserve::minute_of};
use crate::{
    PersonId, Slots,
    site::{AutoRelease, SitePolicy},
    telephone::cover::CoverGap,
};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, TimeDelta};
use serde::{Deserialize, Serialize};

/// Minutes of a day.
const DAY_MINUTES: u16 = 24 * 60;

/// Why a booking cannot be given back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum EndRefusal {
    /// Somebody else's booking.
    #[error("not your booking")]
    NotYours,
    /// It holds nothing any more.
    #[error("the booking ended: {state:?}")]
    Ended {
        /// How it ended.
        state: State,
    },
    /// Its time is over.
    #[error("the booked time is over")]
    Over,
    /// Too few people would be there to answer the telephone, and the section refuses that. Pages get it in words
    /// (`ApiError::Needed`): the browser need not read it.
    #[error("too few people would be there to answer the telephone")]
    #[serde(skip)]
    Cover {
        /// When, and for which section.
        gaps: Vec<CoverGap>,
    },
}

impl EndRefusal {
    /// The stable word of the reason, as REST says it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotYours => "not_yours",
            Self::Ended { .. } => "ended",
            Self::Over => "over",
            Self::Cover { .. } => "cover",
        }
    }
}

/// Decides a cancellation and how the booking ends: every slot it holds becomes free.
///
/// # Errors
/// See [`EndRefusal`].
pub fn cancel(policy: &SitePolicy, booking: &Booking, person: PersonId, now: NaiveDateTime) -> Result<State, EndRefusal> {
    end(policy, booking, person, now)?;
    Ok(if booking.state == State::CheckedIn { State::Released } else { State::Cancelled })
}

/// Decides an early leave: the person came and goes; what is left of the day becomes free. Who goes during the booked time
/// was there even without having checked in; before it began there is nothing to leave, and the booking is cancelled.
///
/// # Errors
/// See [`EndRefusal`].
pub fn leave(policy: &SitePolicy, booking: &Booking, person: PersonId, now: NaiveDateTime) -> Result<State, EndRefusal> {
    end(policy, booking, person, now)?;
    let begins_at = booking.slots.iter().filter_map(|slot| policy.grid.time(slot)).map(|time| at(booking.on, time.start_minute)).next();
    let begun = begins_at.is_some_and(|begins_at| now >= begins_at);
    Ok(if begun || booking.state == State::CheckedIn { State::Released } else { State::Cancelled })
}

/// Wall clock of a minute of a day; 1440 is the next midnight.
fn at(on: NaiveDate, minute: u16) -> NaiveDateTime {
    on.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute))
}

fn end(policy: &SitePolicy, booking: &Booking, person: PersonId, now: NaiveDateTime) -> Result<(), EndRefusal> {
    if booking.person != person {
        return Err(EndRefusal::NotYours);
    }
    if !booking.state.is_live() {
        return Err(EndRefusal::Ended { state: booking.state });
    }
    let over = booking.on < now.date() || (booking.on == now.date() && booking.slots.both(policy.grid.remaining(minute_of(now))).is_empty());
    if over { Err(EndRefusal::Over) } else { Ok(()) }
}

/// What becomes of a booking as time passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoShow {
    /// Nothing yet; look again at this moment (site wall clock).
    Wait(NaiveDateTime),
    /// These slots become free; later ones are kept, the person may come for them.
    Free(Slots),
    /// The last slot is free now, and the booking with it.
    Expire,
    /// The person came and the last slot is over: the booking is history.
    Finish,
}

/// Decides what a live booking that nobody came to, or whose time is over, does now. A slot waits for its person until the
/// grace time after it began, or after the booking was made if that was later; the following slot is kept. A slot that the
/// site's grid has lost since it was booked waits until the day is over.
#[must_use]
pub fn no_show(policy: &SitePolicy, booking: &Booking, now: NaiveDateTime) -> NoShow {
    let hours = |slot| policy.grid.time(slot).map_or((DAY_MINUTES, DAY_MINUTES), |time| (time.start_minute, time.end_minute));
    let last_end = at(booking.on, booking.slots.iter().map(|slot| hours(slot).1).max().unwrap_or(DAY_MINUTES));
    if booking.state == State::CheckedIn {
        return if now >= last_end { NoShow::Finish } else { NoShow::Wait(last_end) };
    }
    let grace = TimeDelta::minutes(i64::from(policy.grace_minutes));
    let deadline = |start: u16, end: u16| match policy.auto_release {
        AutoRelease::AfterGrace => (at(booking.on, start).max(booking.made_at) + grace).min(at(booking.on, end)),
        AutoRelease::Off => at(booking.on, end),
    };
    let mut free = Slots::EMPTY;
    for slot in booking.slots.iter() {
        let (start, end) = hours(slot);
        let due = deadline(start, end);
        if now < due {
            return if free.is_empty() { NoShow::Wait(due) } else { NoShow::Free(free) };
        }
        free = free.with(slot);
    }
    NoShow::Expire
}
