//! The proposal on the home page: one seat, with the reasons a person would give.

use crate::{SeatId, floor::Point};
use serde::{Deserialize, Serialize};

/// A seat that could be taken for all wanted slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The seat.
    pub seat: SeatId,
    /// Where it stands.
    pub at: Point,
    /// Whether it is in a home zone of the person.
    pub home: bool,
    /// Whether the person may take it at all; others are ignored.
    pub allowed: bool,
    /// What it has (`monitor`, `window`, `phone:…`).
    pub attributes: Vec<String>,
    /// Whether it is a duty seat: never proposed unless nothing else is left.
    pub duty: bool,
}

/// What must be known to propose a seat.
#[derive(Clone, Debug, Default)]
pub struct SuggestFacts {
    /// Free seats.
    pub candidates: Vec<Candidate>,
    /// Where colleagues of the same unit sit on that day.
    pub team: Vec<Point>,
    /// Attributes the person asks for, most wanted first.
    pub wishes: Vec<String>,
    /// Seats the person had lately, newest first.
    pub recent: Vec<SeatId>,
    /// Seats used most by this person; used only to avoid them.
    pub seed: u64,
}

/// Why a seat was proposed, in words of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// In the home zone.
    HomeZone,
    /// So many team-mates sit within four metres.
    NearTeam {
        /// How many.
        count: u32,
    },
    /// It has what was asked for.
    Has {
        /// The attribute.
        attribute: String,
    },
    /// Not one of the seats of the last days.
    NotRecent,
}

/// One proposed seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suggestion {
    /// The seat.
    pub seat: SeatId,
    /// The sum that put it first; larger is better.
    pub score: i32,
    /// Why, most important first.
    pub reasons: Vec<Reason>,
}

/// Proposes one seat: home zone, near today's team-mates, attributes asked for, not the seats of the last days.
/// `None` when no candidate is allowed. Same facts, same answer.
#[must_use]
pub fn suggest(_facts: &SuggestFacts) -> Option<Suggestion> {
    None
}
