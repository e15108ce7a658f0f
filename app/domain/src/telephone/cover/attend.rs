//! Who plans to be there: booked hours and turns, without the time people are away.

use super::Planned;
use crate::{
    PersonId,
    telephone::{Presence, PresenceState, SiteClock},
};
use chrono::{NaiveDateTime, NaiveTime, TimeDelta};

/// Somebody is away, by the wall of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Away {
    /// Who.
    pub person: PersonId,
    /// From when.
    pub from: NaiveDateTime,
    /// Until when; `None` while nobody knows.
    pub until: Option<NaiveDateTime>,
}

/// What somebody said about themselves, as far as it takes them from the telephone for longer than a moment. Meetings and
/// do-not-disturb are moments: nobody plans a rota by them. Being out or at home without an end is over with the day.
#[must_use]
pub fn absence(presence: &Presence, clock: &SiteClock) -> Option<Away> {
    let from = clock.wall(presence.span.from_at);
    let until = presence.span.until_at.map(|until| clock.wall(until));
    match presence.state {
        PresenceState::Leave => Some(Away { person: presence.person, from, until }),
        PresenceState::Out | PresenceState::Telework => {
            let midnight = from.date().succ_opt().map(|next| next.and_time(NaiveTime::MIN));
            Some(Away { person: presence.person, from, until: until.or(midnight) })
        }
        PresenceState::Available | PresenceState::Meeting | PresenceState::Dnd => None,
    }
}

/// Booked hours and turns without the time their people are away.
#[must_use]
pub fn planned(coming: &[Planned], away: &[Away]) -> Vec<Planned> {
    let mut rows = coming.to_vec();
    for away in away {
        rows = rows.into_iter().flat_map(|row| if row.person == away.person { without(row, away) } else { vec![row] }).collect();
    }
    rows
}

/// What is left of a row: before the absence, and after it.
fn without(row: Planned, away: &Away) -> Vec<Planned> {
    let midnight = row.on.and_time(NaiveTime::MIN);
    let at = |minute: u16| midnight + TimeDelta::minutes(i64::from(minute));
    let minute = |wall: NaiveDateTime, up: bool| {
        let seconds = (wall - midnight).num_seconds().clamp(0, 24 * 3_600);
        u16::try_from(if up { (seconds + 59) / 60 } else { seconds / 60 }).unwrap_or(0)
    };
    if at(row.until_minute) <= away.from || away.until.is_some_and(|until| until <= at(row.from_minute)) {
        return vec![row];
    }
    let before = Planned { until_minute: minute(away.from, false), ..row };
    let after = away.until.map(|until| Planned { from_minute: minute(until, true), ..row });
    [Some(before), after].into_iter().flatten().filter(|row| row.from_minute < row.until_minute).collect()
}
