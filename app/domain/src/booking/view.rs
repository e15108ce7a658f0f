//! What pages and programs show of bookings.

use super::{Reason, ReserveRefusal, State, Weekdays};
use crate::{BookingId, FloorId, PatternId, SeatId, SlotTime, Slots, floor::view::MyPlace, person::view::Who, site::Closed, telephone::cover::CoverGap};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// A day as a page names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayLabel {
    /// The local day.
    pub on: NaiveDate,
    /// Why it is closed, if it is.
    pub closed: Option<Closed>,
    /// Whether it is today.
    pub today: bool,
    /// Whether it is over.
    pub past: bool,
    /// Whether it is beyond the horizon.
    pub too_far: bool,
}

/// One seat proposed for one day, ready to be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// The day.
    pub on: NaiveDate,
    /// The seat.
    pub seat: SeatId,
    /// Its label.
    pub seat_label: String,
    /// Its zone's name.
    pub zone_name: Option<String>,
    /// Its floor.
    pub floor: FloorId,
    /// The floor's name.
    pub floor_name: String,
    /// The slots.
    pub slots: Slots,
    /// Why this one.
    pub reasons: Vec<Reason>,
}

/// The home page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// Site wall clock.
    pub now: NaiveDateTime,
    /// The site's slots.
    pub grid: Vec<SlotTime>,
    /// The day the proposal is for: today while it can still be used, or the next open day.
    pub for_day: DayLabel,
    /// The proposal; `None` when the day is booked already or nothing is free.
    pub proposal: Option<Proposal>,
    /// Why there is no proposal although the day is not booked.
    pub refusal: Option<ReserveRefusal>,
    /// What the person holds today.
    pub today: Vec<MyPlace>,
    /// This week and, from Friday on, the next: Monday to Friday and every other day with a booking.
    pub week: Vec<WeekDay>,
    /// Seats free on the person's floor today in the slot under way: (free, all).
    pub floor_free: Option<(FloorId, String, u32, u32)>,
    /// Colleagues of the person's main unit who are there today: (present, members).
    pub unit_present: Option<(String, u32, u32)>,
    /// How full the home zone will be on `for_day`, percent of its seats.
    pub home_load_percent: Option<u32>,
}

/// One day of the week list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WeekDay {
    /// The day.
    pub day: DayLabel,
    /// What the person holds on it.
    pub places: Vec<MyPlace>,
}

/// My bookings: a week or a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyBookingsView {
    /// Site wall clock.
    pub now: NaiveDateTime,
    /// The site's slots.
    pub grid: Vec<SlotTime>,
    /// First day shown (a Monday).
    pub from_on: NaiveDate,
    /// The day after the last shown.
    pub to_on: NaiveDate,
    /// The last bookable day.
    pub last_on: NaiveDate,
    /// Every day of the range.
    pub days: Vec<WeekDay>,
    /// Recurring wishes.
    pub patterns: Vec<PatternView>,
}

/// A recurring wish.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PatternView {
    /// Its number.
    pub id: PatternId,
    /// The weekdays.
    pub weekdays: Weekdays,
    /// The slots of each day.
    pub slots: Slots,
    /// First day.
    pub from_on: NaiveDate,
    /// The day after the last, if it ends.
    pub until_on: Option<NaiveDate>,
    /// The seat asked for first, if any.
    pub seat_label: Option<String>,
}

/// A free seat offered instead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// The seat.
    pub seat: SeatId,
    /// Its label.
    pub seat_label: String,
    /// Its floor.
    pub floor: FloorId,
    /// Distance from the wanted seat, whole metres; `None` on another floor.
    pub metres: Option<u32>,
}

/// A refusal as pages and programs get it: the reason and, where it helps, the three nearest free seats.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refused {
    /// Why.
    pub reason: ReserveRefusal,
    /// At most three, nearest first.
    pub alternatives: Vec<Alternative>,
}

/// One booking as programs see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingView {
    /// Its number.
    pub id: BookingId,
    /// Who holds it.
    pub person: Who,
    /// The seat.
    pub seat: SeatId,
    /// Its label.
    pub seat_label: String,
    /// Its floor.
    pub floor: FloorId,
    /// The floor's name.
    pub floor_name: String,
    /// The day.
    pub on: NaiveDate,
    /// Words of the slots held (of those booked, once it ended).
    pub slots: Vec<String>,
    /// Where it is in its life.
    pub state: State,
    /// When too few people are there to answer the telephone now, because of what was just done with it.
    #[serde(skip)]
    pub cover: Vec<CoverGap>,
}

/// What became of one day of several.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayResult {
    /// The day.
    pub on: NaiveDate,
    /// The booking, or why there is none.
    pub outcome: Result<(BookingId, String), Refused>,
}
