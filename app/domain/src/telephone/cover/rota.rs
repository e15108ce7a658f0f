//! 当番表: who answers the telephone or sits at the counter when. Fair means that nobody has served more of their share than needed;
//! same facts, same rota.

use super::CoverRefusal;
use crate::{
    PersonId,
    booking::Weekdays,
    site::{SitePolicy, day_kind},
    telephone::DayRange,
};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// A turn to be given to somebody. Minutes count from local midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Duty {
    /// The local day.
    pub on: NaiveDate,
    /// First minute.
    pub from_minute: u16,
    /// First minute after it.
    pub until_minute: u16,
}

impl Duty {
    /// Minutes of the smallest part of a turn: nobody holds two turns in one.
    pub const QUARTER: u16 = 15;

    /// A turn, if its times are quarter-hours of one day in their order.
    ///
    /// # Errors
    /// [`CoverRefusal::Hours`].
    pub const fn new(on: NaiveDate, from_minute: u16, until_minute: u16) -> Result<Self, CoverRefusal> {
        let whole = from_minute.is_multiple_of(Self::QUARTER) && until_minute.is_multiple_of(Self::QUARTER);
        if whole && from_minute < until_minute && until_minute <= 24 * 60 { Ok(Self { on, from_minute, until_minute }) } else { Err(CoverRefusal::Hours) }
    }

    /// Its quarter-hours, counted from midnight.
    pub fn quarters(self) -> impl Iterator<Item = u16> {
        self.from_minute / Self::QUARTER..self.until_minute.div_ceil(Self::QUARTER)
    }

    /// Whether it shares a minute with another one.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.on == other.on && self.meets(other.from_minute, other.until_minute)
    }

    const fn meets(self, from_minute: u16, until_minute: u16) -> bool {
        self.from_minute < until_minute && from_minute < self.until_minute
    }
}

/// When somebody cannot serve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Exclusion {
    /// Leave, a trip, a course.
    Days(DayRange),
    /// Every week.
    Weekdays(Weekdays),
    /// A part of every day: part-timers.
    Hours {
        /// First minute.
        from_minute: u16,
        /// First minute after it.
        until_minute: u16,
    },
}

/// Somebody who may serve.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// Their share: 100 is a full one, a part-timer has less, 0 never serves.
    pub weight_percent: u16,
    /// Turns served before.
    pub served: u32,
    /// The last day of service.
    pub last_on: Option<NaiveDate>,
    /// When they cannot.
    pub exclusions: Vec<Exclusion>,
}

impl Candidate {
    /// Whether they can serve a turn.
    #[must_use]
    pub fn can(&self, duty: &Duty) -> bool {
        let excluded = |exclusion: &Exclusion| match exclusion {
            Exclusion::Days(days) => days.contains(duty.on),
            Exclusion::Weekdays(weekdays) => weekdays.contains(duty.on.weekday()),
            Exclusion::Hours { from_minute, until_minute } => duty.meets(*from_minute, *until_minute),
        };
        self.weight_percent > 0 && !self.exclusions.iter().any(excluded)
    }
}

/// A turn and who serves it; nobody when nobody can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// The turn.
    pub duty: Duty,
    /// Who.
    pub person: Option<PersonId>,
}

/// How often somebody serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Who.
    pub person: PersonId,
    /// Before.
    pub before: u32,
    /// With the proposal.
    pub after: u32,
}

/// A proposal, and what makes it fair.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rota {
    /// The turns, by day.
    pub turns: Vec<Turn>,
    /// The counts, by person.
    pub tallies: Vec<Tally>,
}

/// The turns of the open days in `[from_on, until_on)` on these weekdays, `people` of them for each stretch of the day.
#[must_use]
pub fn duties(policy: &SitePolicy, (from_on, until_on): (NaiveDate, NaiveDate), weekdays: Weekdays, hours: &[(u16, u16)], people: u16) -> Vec<Duty> {
    let days = from_on.iter_days().take_while(|on| *on < until_on).take(92);
    let open = days.filter(|on| weekdays.contains(on.weekday()) && day_kind(policy, *on).is_none());
    open.flat_map(|on| hours.iter().map(move |(from_minute, until_minute)| Duty { on, from_minute: *from_minute, until_minute: *until_minute }))
        .flat_map(|duty| std::iter::repeat_n(duty, usize::from(people)))
        .collect()
}

/// Turns counted for somebody who was not there all the time that is looked at: at least as many as the others had on average while
/// they were away, so that nobody who joins a section serves first for everything that was before them.
#[must_use]
pub fn at_least(served: u32, others_average: u32, away_days: u32, all_days: u32) -> u32 {
    served + others_average * away_days.min(all_days) / all_days.max(1)
}

/// Who could take one turn: first who plans to be there that day anyway, then who has served the least of their share.
#[must_use]
pub fn who_could(duty: &Duty, candidates: &[Candidate], there: &[PersonId]) -> Vec<PersonId> {
    let mut free: Vec<&Candidate> = candidates.iter().filter(|candidate| candidate.can(duty)).collect();
    free.sort_by_key(|candidate| (!there.contains(&candidate.person), share(candidate), candidate.last_on, candidate.person));
    free.into_iter().map(|candidate| candidate.person).collect()
}

/// Proposes who serves when, beside the turns that are given already: whoever has served the least of their share, and of these the
/// one whose last turn is longest ago. Nobody serves twice on a day while somebody else can, and nobody two turns at once.
#[must_use]
pub fn propose(duties: &[Duty], candidates: &[Candidate], given: &[Turn]) -> Rota {
    let mut duties = duties.to_vec();
    duties.sort();
    let mut people: Vec<Candidate> = candidates.to_vec();
    people.sort_by_key(|candidate| candidate.person);
    let mut turns: Vec<Turn> = given.to_vec();
    for duty in duties {
        let on_the_day = |person: PersonId| turns.iter().filter(move |turn| turn.person == Some(person) && turn.duty.on == duty.on);
        let busy = |person: PersonId| on_the_day(person).any(|turn| turn.duty.overlaps(duty));
        let free = people.iter().enumerate().filter(|(_, candidate)| candidate.can(&duty) && !busy(candidate.person));
        let order = |candidate: &Candidate| {
            let again = candidate.last_on == Some(duty.on) || on_the_day(candidate.person).next().is_some();
            (again, share(candidate), candidate.last_on, candidate.person)
        };
        let next = free.min_by_key(|(_, candidate)| order(candidate)).map(|(at, _)| at);
        if let Some(candidate) = next.and_then(|at| people.get_mut(at)) {
            candidate.served += 1;
            candidate.last_on = candidate.last_on.max(Some(duty.on));
        }
        turns.push(Turn { duty, person: next.map(|at| people[at].person) });
    }
    turns.drain(..given.len());
    let before = |person: PersonId| candidates.iter().find(|candidate| candidate.person == person).map_or(0, |candidate| candidate.served);
    let tallies = people.iter().map(|candidate| Tally { person: candidate.person, before: before(candidate.person), after: candidate.served }).collect();
    Rota { turns, tallies }
}

/// Turns served for a full share, in hundredths: who works half the time has served a turn when a full-timer has served two.
fn share(candidate: &Candidate) -> u64 {
    u64::from(candidate.served) * 10_000 / u64::from(candidate.weight_percent.max(1))
}

/// Why two turns are not exchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum SwapRefusal {
    /// There is no such turn, or nobody serves it.
    #[error("no such turn")]
    NoTurn,
    /// One of the two has not agreed.
    #[error("person {person} has not agreed")]
    NotAgreed {
        /// Who.
        person: PersonId,
    },
    /// One of the two cannot serve the other's turn.
    #[error("person {person} cannot serve then")]
    Cannot {
        /// Who.
        person: PersonId,
    },
}

/// Exchanges the people of two turns, if both have agreed and both can.
///
/// # Errors
/// See [`SwapRefusal`].
pub fn swap(turns: &[Turn], (one, other): (usize, usize), agreed: &[PersonId], candidates: &[Candidate]) -> Result<Vec<Turn>, SwapRefusal> {
    let turn = |at: usize| turns.get(at).and_then(|turn| Some((turn.duty, turn.person?))).ok_or(SwapRefusal::NoTurn);
    let ((one_duty, one_person), (other_duty, other_person)) = (turn(one)?, turn(other)?);
    for (person, duty) in [(one_person, other_duty), (other_person, one_duty)] {
        if !agreed.contains(&person) {
            return Err(SwapRefusal::NotAgreed { person });
        }
        let elsewhere = turns
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != one && *at != other)
            .any(|(_, turn)| turn.person == Some(person) && turn.duty.on == duty.on && turn.duty.meets(duty.from_minute, duty.until_minute));
        if elsewhere || !candidates.iter().any(|candidate| candidate.person == person && candidate.can(&duty)) {
            return Err(SwapRefusal::Cannot { person });
        }
    }
    let mut swapped = turns.to_vec();
    swapped[one].person = Some(other_person);
    swapped[other].person = Some(one_person);
    Ok(swapped)
}
