//! What pages and programs show of people.

use super::Visibility;
use crate::{FloorId, PersonId, SeatId, SessionId, Slots, account::Role};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};

/// A person named beside a seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Who {
    /// The person.
    pub id: PersonId,
    /// 職員番号.
    pub staff_no: String,
    /// The name shown.
    pub name: String,
    /// Name of the main unit.
    pub unit: Option<String>,
    /// 内線番号.
    pub extension: Option<String>,
    /// Whether the person shares a unit with the viewer.
    pub team: bool,
}

/// The signed-in person, as the header shows them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The person.
    pub id: PersonId,
    /// 職員番号.
    pub staff_no: String,
    /// The name shown.
    pub name: String,
    /// Name of the main unit.
    pub unit: Option<String>,
    /// What they may do.
    pub role: Role,
    /// The floor their home zone is on, or the first floor.
    pub home_floor: Option<FloorId>,
}

/// Where somebody is, as far as the viewer may know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whereabouts {
    /// 着席: at a seat now.
    AtSeat {
        /// The seat and its floor, if the viewer may know.
        place: Option<Place>,
        /// When they came (site wall clock).
        since: Option<NaiveDateTime>,
    },
    /// A seat is booked for now, and the person has not come yet.
    Expected {
        /// The seat and its floor, if the viewer may know.
        place: Option<Place>,
    },
    /// A seat is booked later today.
    Later {
        /// The seat and its floor, if the viewer may know.
        place: Option<Place>,
        /// The slots.
        slots: Slots,
    },
    /// Nothing is known for today.
    Unknown,
}

/// A seat by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
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
}

/// Somebody found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonHit {
    /// The person.
    pub who: Who,
    /// The reading.
    pub kana: String,
    /// 役職 of the main post.
    pub title: String,
    /// Every unit, the main one first.
    pub units: Vec<String>,
    /// Where they are.
    pub whereabouts: Whereabouts,
}

/// The answer to a search.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FindView {
    /// What was asked.
    pub query: String,
    /// Who was found, at most 50.
    pub hits: Vec<PersonHit>,
    /// Whether there were more.
    pub more: bool,
}

/// A signed-in browser, in the person's own list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SessionView {
    /// Its number.
    pub id: SessionId,
    /// Whether it is the one asking.
    pub this: bool,
    /// What the browser called itself.
    pub user_agent: String,
    /// Signed in (site wall clock).
    pub created_at: NaiveDateTime,
    /// Last used (site wall clock).
    pub last_seen_at: NaiveDateTime,
}

/// A trace of somebody having looked a person up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LookUpView {
    /// Who looked.
    pub by: String,
    /// The day; finer than a day is nobody's business.
    pub on: NaiveDate,
    /// How often on that day.
    pub times: u32,
}

/// The account page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountView {
    /// The person.
    pub me: Me,
    /// Signed-in browsers.
    pub sessions: Vec<SessionView>,
    /// Who may see where the person is.
    pub visibility: Visibility,
    /// Whether an administrator has fixed the visibility.
    pub visibility_fixed: bool,
    /// Whether the person has a password of their own (not in the demo or with single sign-on only).
    pub has_password: bool,
    /// Attributes the person asks for in a proposal.
    pub wishes: Vec<String>,
    /// Who looked the person up in the last 90 days.
    pub look_ups: Vec<LookUpView>,
    /// When this was made.
    pub now: DateTime<Utc>,
}
