//! What the floor page and its twins (list, program interface) show.

use super::{Point, Rect};
use crate::{
    BookingId, FloorId, SeatId, SiteId, Slot, SlotTime, Slots, UnitId, ZoneId,
    booking::{SeatUse, State, view::DayLabel},
    person::view::Who,
    telephone::CallLinks,
};
use chrono::{NaiveDate, NaiveDateTime};
use serde::{Deserialize, Serialize};

/// One floor in a list of floors.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorHead {
    /// Its number.
    pub id: FloorId,
    /// What people call it: 2階.
    pub name: String,
    /// Its site.
    pub site: SiteId,
    /// What people call the site: 本庁舎.
    pub site_name: String,
    /// How many seats it has.
    pub seats: u32,
}

/// One floor on one day, as one person may see it. One query set, one snapshot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FloorView {
    /// The floor.
    pub floor: FloorHead,
    /// Every floor, for the switch.
    pub floors: Vec<FloorHead>,
    /// Width of the drawing, millimetres.
    pub width_mm: i32,
    /// Height of the drawing, millimetres.
    pub height_mm: i32,
    /// Path of the image beneath the seats, if there is one.
    pub image: Option<String>,
    /// The day shown.
    pub day: DayLabel,
    /// The week's days for the switch; closed and past ones carry their reason.
    pub days: Vec<DayLabel>,
    /// The open day before and after the shown week, for paging.
    pub previous_week_on: NaiveDate,
    /// See `previous_week_on`.
    pub next_week_on: NaiveDate,
    /// Site wall clock when this was made.
    pub now: NaiveDateTime,
    /// The site's slots.
    pub grid: Vec<SlotTime>,
    /// Width and height of a seat marker, millimetres.
    pub seat_size_mm: (i32, i32),
    /// Zones in the order of the drawing.
    pub zones: Vec<ZoneView>,
    /// Seats in the order of the list: zone by zone, then by label.
    pub seats: Vec<SeatView>,
    /// Rooms, to be drawn.
    pub rooms: Vec<RoomView>,
    /// What numbers are the addresses of; whoever serves the page knows.
    pub calls: CallLinks,
    /// The viewer's own bookings on that day, on any floor.
    pub mine: Vec<MyPlace>,
    /// Grows with every change of this floor and day.
    pub version: i64,
}

/// A zone on the drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ZoneView {
    /// Its number.
    pub id: ZoneId,
    /// What people call it.
    pub name: String,
    /// The rectangle around its seats.
    pub area: Rect,
    /// The units at home there.
    pub home_of: Vec<String>,
    /// Whether the viewer is at home there.
    pub mine: bool,
    /// Members of those units, each person once.
    pub members: u32,
    /// Seats of the zone.
    pub seats: u32,
    /// When it opens to everybody for the shown day, if it is a home zone that has not opened yet.
    pub opens_at: Option<NaiveDateTime>,
}

/// A seat on the drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeatView {
    /// Its number.
    pub id: SeatId,
    /// What stands on it: `A01`.
    pub label: String,
    /// The middle of its marker.
    pub at: Point,
    /// Clockwise, degrees.
    pub rotation: i16,
    /// Its zone.
    pub zone: Option<ZoneId>,
    /// What it has: `monitor`, `window`, `phone:seat-3f-12`, ….
    pub attributes: Vec<String>,
    /// What it is for.
    pub seat_use: SeatUse,
    /// One entry for each slot of the grid.
    pub slots: Vec<SlotState>,
}

/// A seat in one slot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SlotState {
    /// Nobody holds it and the viewer may take it.
    Free,
    /// Nobody holds it, but it is kept for its home units until it opens.
    ReservedFor {
        /// The units.
        units: Vec<UnitId>,
    },
    /// Out of use or closed on that day.
    Closed,
    /// The viewer holds it.
    Mine {
        /// The booking.
        booking: BookingId,
        /// Whether they came.
        checked_in: bool,
    },
    /// Somebody holds it and has not come yet.
    Booked {
        /// Who, if the viewer may know.
        who: Option<Who>,
    },
    /// Somebody sits there.
    CheckedIn {
        /// Who, if the viewer may know.
        who: Option<Who>,
    },
}

/// A room on the drawing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomView {
    /// What people call it.
    pub name: String,
    /// Where it is.
    pub area: Rect,
    /// How many people it holds.
    pub capacity: u32,
}

/// A seat the viewer holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MyPlace {
    /// The booking.
    pub booking: BookingId,
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
    /// The day.
    pub on: NaiveDate,
    /// The slots held.
    pub slots: Slots,
    /// Where the booking is in its life.
    pub state: State,
    /// Whether check-in is possible now.
    pub can_check_in: bool,
    /// When check-in opens (site wall clock), if it is still to open.
    pub check_in_opens_at: Option<NaiveDateTime>,
}

impl SeatView {
    /// The state in a slot; a seat that lacks the slot is closed then.
    #[must_use]
    pub fn state_in(&self, slot: Slot) -> &SlotState {
        self.slots.get(usize::from(slot.0)).unwrap_or(&SlotState::Closed)
    }

    /// The slots in which the viewer may take it.
    #[must_use]
    pub fn free_slots(&self) -> Slots {
        (0u8..).zip(&self.slots).filter(|(_, state)| **state == SlotState::Free).map(|(at, _)| Slot(at)).collect()
    }
}
