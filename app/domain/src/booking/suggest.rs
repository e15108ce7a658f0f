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
    /// Where colleagues of the same unit sit on that day, on the candidates' floor.
    pub team: Vec<Point>,
    /// Attributes the person asks for, most wanted first; `phone` is met by `phone:seat-2f-01` too.
    pub wishes: Vec<String>,
    /// Seats the person had lately, newest first.
    pub recent: Vec<SeatId>,
    /// Decides only between equal seats (person and day, for instance), so that people with the same facts are not all
    /// sent to the same seat.
    pub seed: u64,
}

/// Why a seat was proposed, in words of the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
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

/// Being at home outweighs every other wish: the home zone is what the unit was given.
const HOME: i32 = 1_000;
/// Points of a seat the person has not had lately, and what is taken off for the newest, second newest, … seat: team address
/// lives from people not settling (seed 4-1), and yesterday's seat settles most.
const FRESH: i32 = 400;
const STALE: [i32; 5] = [400, 320, 240, 160, 80];
/// Points of each team-mate near by, for three at most: a fourth does not make a place better.
const MATE: i32 = 120;
const MATES_COUNTED: u32 = 3;
/// How near a team-mate must sit.
const NEAR_MM: i64 = 4_000;
/// Points of the first, second, … attribute asked for.
const WISHES: [i32; 4] = [200, 160, 120, 80];
/// A duty seat comes after every other seat.
const DUTY: i32 = -10_000;

/// Proposes one seat: home zone, near today's team-mates, attributes asked for, not the seats of the last days.
/// `None` when no candidate is allowed. Same facts, same answer.
#[must_use]
pub fn suggest(facts: &SuggestFacts) -> Option<Suggestion> {
    let allowed = facts.candidates.iter().filter(|candidate| candidate.allowed);
    let rated = allowed.map(|candidate| (rate(candidate, facts), candidate));
    let ((score, mut weighed), best) = rated.max_by_key(|((score, _), candidate)| (*score, tie_break(facts.seed, candidate.seat), candidate.seat))?;
    // Stable: equal weights keep the order of the rules.
    weighed.sort_by_key(|(points, _)| -points);
    Some(Suggestion { seat: best.seat, score, reasons: weighed.into_iter().map(|(_, reason)| reason).collect() })
}

/// Points of a seat, and what each reason gave.
fn rate(candidate: &Candidate, facts: &SuggestFacts) -> (i32, Vec<(i32, Reason)>) {
    let mut reasons = Vec::new();
    if candidate.home {
        reasons.push((HOME, Reason::HomeZone));
    }
    let stale = facts.recent.iter().position(|seat| *seat == candidate.seat);
    if stale.is_none() && !facts.recent.is_empty() {
        reasons.push((FRESH, Reason::NotRecent));
    }
    let count = facts.team.iter().filter(|mate| mate.distance_squared(candidate.at) <= NEAR_MM * NEAR_MM).count();
    let count = u32::try_from(count).unwrap_or(u32::MAX);
    if count > 0 {
        let points = MATE * i32::try_from(count.min(MATES_COUNTED)).unwrap_or(0);
        reasons.push((points, Reason::NearTeam { count }));
    }
    for (at, wish) in facts.wishes.iter().enumerate() {
        if candidate.attributes.iter().any(|attribute| grants(attribute, wish)) {
            let points = WISHES.get(at).or(WISHES.last()).copied().unwrap_or(0);
            reasons.push((points, Reason::Has { attribute: wish.clone() }));
        }
    }
    let less_stale = stale.map_or(0, |at| FRESH - STALE.get(at).copied().unwrap_or(0));
    let duty = if candidate.duty { DUTY } else { 0 };
    (reasons.iter().map(|(points, _)| points).sum::<i32>() + less_stale + duty, reasons)
}

/// Whether an attribute is what was asked for, by its whole word or the part before the colon.
fn grants(attribute: &str, wish: &str) -> bool {
    attribute.strip_prefix(wish).is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// A number that looks random but is the same for the same seed and seat (`SplitMix64`'s finaliser).
fn tie_break(seed: u64, seat: SeatId) -> u64 {
    let mut z = seed ^ seat.0.unsigned_abs().wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
