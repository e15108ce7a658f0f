//! What a site has decided about its telephones.

use super::{E164, Hours, Numbering, SiteClock, Target};
use crate::{PersonId, SeatId, SectionId, SiteId, memo::MemoTo, site::SitePolicy};
use serde::{Deserialize, Serialize};

/// What makes somebody the occupant of a seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OccupancyFrom {
    /// 着席: only who came.
    CheckIn,
    /// The booking counts from its start until somebody checks in.
    BookingStart,
}

/// One site as its telephones see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct House {
    /// The site.
    pub site: SiteId,
    /// What the label says when nothing better is known.
    pub name: String,
    /// Its wall.
    pub clock: SiteClock,
    /// Its closed days and holidays.
    pub policy: SitePolicy,
    /// How its numbers are written.
    pub numbering: Numbering,
    /// What makes an occupant.
    pub occupancy_from: OccupancyFrom,
    /// The hours of sections that have none of their own.
    pub hours: Vec<Hours>,
    /// The fixed telephone behind everything (総合案内, 宿直室). Every site has one, so no route is ever empty.
    pub house_phone: Target,
    /// The section that answers for rooms, empty seats and people without a section.
    pub reception: Option<SectionId>,
    /// Who looks after the building (守衛, 防災センター) and is told of emergency calls, in the order they were named.
    pub security: Vec<MemoTo>,
}

/// A seat by its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeatLabel {
    /// The seat.
    pub seat: SeatId,
    /// What stands on it (`3F-13`).
    pub label: String,
    /// The name of its floor.
    pub floor: String,
}

/// Whether somebody is in the telephone book.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Listing {
    /// In it.
    Listed,
    /// Not in it; their number works all the same.
    Unlisted,
}

/// A person by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscriber {
    /// The person.
    pub person: PersonId,
    /// The name shown.
    pub name: String,
    /// The reading, by which telephone books are sorted.
    pub kana: String,
    /// Whether the telephone book has them.
    pub listing: Listing,
}

/// Which of a person's devices ring first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeviceOrder {
    /// Seat phone and own devices at once.
    #[default]
    Together,
    /// The seat phone first, then the others.
    SeatFirst,
}

/// Who passes do-not-disturb.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Allowed {
    /// A colleague, known by their device.
    Person(PersonId),
    /// Everybody of a section, known by their device.
    Section(SectionId),
    /// A number of the world.
    Tel(E164),
}

/// What a person chose for their telephone ("my phone").
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// Which devices ring first.
    pub order: DeviceOrder,
    /// How long each stage of own devices rings, milliseconds; `None` is 12 seconds.
    pub ring_ms: Option<u32>,
    /// The own devices that ring; `None` is all of them. The seat phone follows the seat and is not chosen.
    pub picked: Option<Vec<crate::DeviceId>>,
    /// Who passes do-not-disturb.
    pub allowed: Vec<Allowed>,
}

/// Somebody outside whose number a section knows (町会, 業者), shown by name when they call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Their number.
    pub tel: E164,
    /// Their name.
    pub name: String,
    /// The section that may see it; `None` is the whole house.
    pub section: Option<SectionId>,
}
