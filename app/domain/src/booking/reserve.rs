//! Taking a seat: one decision for every door (page, program, series, import).

use super::BookingId;
use crate::{
    PersonId, SeatId, Slots,
    site::{Closed, SitePolicy, day_kind, previous_open_day},
    telephone::cover::CoverGap,
    zone::{Access, AccessFacts, Locked, access},
};
use chrono::{Days, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde::{Deserialize, Serialize};

/// What a seat is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatUse {
    /// Anybody the zone lets in.
    Open,
    /// 窓口・電話番: a place that must be staffed; bookable like any other, and shown as such.
    Duty,
    /// Out of use.
    Closed,
}

impl SeatUse {
    /// The stored word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Duty => "duty",
            Self::Closed => "closed",
        }
    }

    /// Reads the stored word.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Open, Self::Duty, Self::Closed].into_iter().find(|seat_use| seat_use.code() == code)
    }
}

/// The wanted seat.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatFacts {
    /// Its number.
    pub id: SeatId,
    /// What stands on it.
    pub label: String,
    /// What it is for.
    pub seat_use: SeatUse,
}

/// A seat the person already holds on the wanted day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// The booking.
    pub booking: BookingId,
    /// The seat's label.
    pub seat_label: String,
    /// The slots it holds.
    pub slots: Slots,
}

/// What to do when the person already holds another seat in a wanted slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnHeld {
    /// Refuse and name it.
    Refuse,
    /// Give up its wanted slots and take the new seat, both or neither.
    Move,
}

/// What must be known to decide on a seat for a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReserveFacts<'a> {
    /// The site's rules.
    pub policy: &'a SitePolicy,
    /// The wanted seat.
    pub seat: &'a SeatFacts,
    /// Who is to sit there.
    pub person: PersonId,
    /// Whether the person works here on that day (joined, not left).
    pub employed: bool,
    /// Slots of the seat that somebody else's booking holds; what the person holds there is in `held`.
    pub taken: Slots,
    /// Seats the person holds on that day.
    pub held: Vec<Held>,
    /// Slots the person holds from now on, on all days.
    pub held_slots: u32,
    /// Access to the seat's zone.
    pub access: &'a AccessFacts,
}

/// The accepted effect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reservation {
    /// The slots to take.
    pub slots: Slots,
    /// Slots to give back first, by booking.
    pub give_back: Vec<(BookingId, Slots)>,
    /// How the person came to the zone.
    pub access: Access,
}

/// Why a seat cannot be had. Codes are stable: programs rely on them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum ReserveRefusal {
    /// Not one slot was asked for.
    #[error("no slot was asked for")]
    NoSlots,
    /// The day is over.
    #[error("{on} is past")]
    PastDay {
        /// The wanted day.
        on: NaiveDate,
    },
    /// A wanted slot of today is over.
    #[error("the slots {slots:?} are over")]
    SlotOver {
        /// The slots that are over.
        slots: Slots,
    },
    /// The site is closed.
    #[error("closed on {on}: {closed:?}")]
    ClosedDay {
        /// The wanted day.
        on: NaiveDate,
        /// Why it is closed.
        closed: Closed,
        /// The next day that is open.
        next_open_on: NaiveDate,
    },
    /// Beyond the horizon.
    #[error("bookable until {last_on}")]
    TooFarAhead {
        /// The last bookable day.
        last_on: NaiveDate,
    },
    /// The person does not work here on that day.
    #[error("not employed on {on}")]
    NotEmployed {
        /// The wanted day.
        on: NaiveDate,
    },
    /// Out of use.
    #[error("seat {seat_label} is out of use")]
    SeatClosed {
        /// The seat.
        seat_label: String,
    },
    /// Somebody holds it.
    #[error("seat {seat_label} is taken in {slots:?}")]
    SeatTaken {
        /// The seat.
        seat_label: String,
        /// The wanted slots that are taken.
        slots: Slots,
        /// Whether the seat frees at the end of those slots on the same day, minutes from midnight.
        free_from_minute: Option<u16>,
    },
    /// One person, one seat.
    #[error("already at {}", held.seat_label)]
    PersonAlreadySeated {
        /// What the person holds.
        held: Held,
    },
    /// A home zone that is not open to others yet.
    #[error("open to others from {opens_at}: {locked:?}")]
    NotYetOpen {
        /// Site wall clock from which everybody may book.
        opens_at: NaiveDateTime,
        /// The units at home there.
        home_of: Vec<String>,
        /// Why it is not open as overflow either.
        locked: Locked,
    },
    /// The person holds as many slots as one may.
    #[error("holds {held} of {limit} slots")]
    Quota {
        /// Slots held from now on.
        held: u32,
        /// Slots one may hold.
        limit: u32,
    },
    /// No seat at all is free for the wanted slots (answer to "any" and to a zone).
    #[error("no seat is free")]
    NothingFree,
    /// The seat held would be given up, and too few people would be there to answer the telephone. Pages get it in words
    /// (`ApiError::Needed`): the browser need not read it.
    #[error("too few people would be there to answer the telephone")]
    #[serde(skip)]
    Cover {
        /// When, and for which section.
        gaps: Vec<CoverGap>,
    },
}

impl ReserveRefusal {
    /// The stable word of the reason, as REST says it.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoSlots => "no_slots",
            Self::PastDay { .. } => "past_day",
            Self::SlotOver { .. } => "slot_over",
            Self::ClosedDay { .. } => "closed_day",
            Self::TooFarAhead { .. } => "too_far_ahead",
            Self::NotEmployed { .. } => "not_employed",
            Self::SeatClosed { .. } => "seat_closed",
            Self::SeatTaken { .. } => "seat_taken",
            Self::PersonAlreadySeated { .. } => "person_already_seated",
            Self::NotYetOpen { .. } => "not_yet_open",
            Self::Quota { .. } => "quota",
            Self::NothingFree => "nothing_free",
            Self::Cover { .. } => "cover",
        }
    }

    /// Whether other seats help: then the answer carries the nearest free ones.
    #[must_use]
    pub const fn wants_alternatives(&self) -> bool {
        matches!(self, Self::SeatTaken { .. } | Self::SeatClosed { .. } | Self::NotYetOpen { .. } | Self::NothingFree)
    }
}

/// The wall-clock moment from which home zones are open to everybody for a day: the release minute of the open day
/// before, so that Monday's seats open on Friday.
#[must_use]
pub fn opens_at(policy: &SitePolicy, on: NaiveDate) -> NaiveDateTime {
    let minute = u32::from(policy.release_minute.min(24 * 60 - 1));
    let time = NaiveTime::from_hms_opt(minute / 60, minute % 60, 0).unwrap_or(NaiveTime::MIN);
    previous_open_day(policy, on).and_time(time)
}

/// Decides whether a person may take a seat in these slots of a day.
///
/// # Errors
/// The first reason in the order a person would find most useful: the day, the person, the seat, the zone, the quota.
pub fn reserve(on: NaiveDate, wanted: Slots, on_held: OnHeld, facts: &ReserveFacts<'_>, now: NaiveDateTime) -> Result<Reservation, ReserveRefusal> {
    check_day(on, wanted, facts.policy, now)?;
    if !facts.employed {
        return Err(ReserveRefusal::NotEmployed { on });
    }
    let label = || facts.seat.label.clone();
    if facts.seat.seat_use == SeatUse::Closed {
        return Err(ReserveRefusal::SeatClosed { seat_label: label() });
    }
    let clash = facts.taken.both(wanted);
    if !clash.is_empty() {
        let free_from_minute = free_from(facts.policy, facts.taken, wanted);
        return Err(ReserveRefusal::SeatTaken { seat_label: label(), slots: clash, free_from_minute });
    }
    let clashing = || facts.held.iter().filter(|held| !held.slots.both(wanted).is_empty());
    if let (OnHeld::Refuse, Some(held)) = (on_held, clashing().next()) {
        return Err(ReserveRefusal::PersonAlreadySeated { held: held.clone() });
    }
    let access = access(facts.access, wanted, now);
    if let Access::Locked(locked) = access {
        let home_of = facts.access.lenders.iter().map(|lender| lender.name.clone()).collect();
        return Err(ReserveRefusal::NotYetOpen { opens_at: facts.access.opens_at, home_of, locked });
    }
    let give_back: Vec<_> = clashing().map(|held| (held.booking, held.slots.both(wanted))).collect();
    let returned: u32 = give_back.iter().map(|(_, slots)| slots.len()).sum();
    let limit = facts.policy.quota_slots;
    if facts.held_slots.saturating_sub(returned).saturating_add(wanted.len()) > limit {
        return Err(ReserveRefusal::Quota { held: facts.held_slots, limit });
    }
    Ok(Reservation { slots: wanted, give_back, access })
}

/// The part of the decision that only depends on the day.
///
/// # Errors
/// `NoSlots`, `PastDay`, `SlotOver`, `TooFarAhead` or `ClosedDay`.
pub(super) fn check_day(on: NaiveDate, wanted: Slots, policy: &SitePolicy, now: NaiveDateTime) -> Result<(), ReserveRefusal> {
    if wanted.both(policy.grid.all()).is_empty() || !policy.grid.all().covers(wanted) {
        return Err(ReserveRefusal::NoSlots);
    }
    let today = now.date();
    if on < today {
        return Err(ReserveRefusal::PastDay { on });
    }
    if on == today {
        let over = wanted.minus(policy.grid.remaining(minute_of(now)));
        if !over.is_empty() {
            return Err(ReserveRefusal::SlotOver { slots: over });
        }
    }
    let last_on = today.checked_add_days(Days::new(u64::from(policy.horizon_days))).unwrap_or(NaiveDate::MAX);
    if on > last_on {
        return Err(ReserveRefusal::TooFarAhead { last_on });
    }
    match day_kind(policy, on) {
        Some(closed) => Err(ReserveRefusal::ClosedDay { on, closed, next_open_on: crate::site::next_open_day(policy, on) }),
        None => Ok(()),
    }
}

/// Minutes since local midnight.
#[must_use]
pub fn minute_of(now: NaiveDateTime) -> u16 {
    u16::try_from(now.hour() * 60 + now.minute()).unwrap_or(u16::MAX)
}

/// When the seat is free again on the same day after the wanted slots it is taken in.
fn free_from(policy: &SitePolicy, taken: Slots, wanted: Slots) -> Option<u16> {
    let last_taken = taken.both(wanted).iter().last()?;
    policy.grid.all().minus(taken).iter().find(|slot| *slot > last_taken).and_then(|slot| policy.grid.time(slot)).map(|time| time.start_minute)
}
