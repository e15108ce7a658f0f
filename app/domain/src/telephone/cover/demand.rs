//! Who must be there, who will be, and the half-hours between.

use crate::{
    PersonId, SeatId, SectionId,
    site::{SitePolicy, day_kind},
    telephone::{Hours, Owner, Snapshot, WindowDays},
};
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What happens to a booking, release or leave that breaks the guarantee; the section chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnGap {
    /// It is done, and the section's head is told.
    Warn,
    /// It is refused.
    Refuse,
}

/// So many people who can answer must be there in these hours.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverRule {
    /// The section.
    pub section: SectionId,
    /// How many people.
    pub needed: u16,
    /// In which hours.
    pub hours: Vec<Hours>,
    /// What happens otherwise.
    pub on_gap: OnGap,
}

/// Somebody who can answer plans to be there. Minutes count from local midnight; the end is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Planned {
    /// Who.
    pub person: PersonId,
    /// The local day.
    pub on: NaiveDate,
    /// First minute.
    pub from_minute: u16,
    /// First minute after it.
    pub until_minute: u16,
}

/// A half-hour with too few people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HalfHour {
    /// The local day.
    pub on: NaiveDate,
    /// Its first minute within the hours.
    pub from_minute: u16,
    /// Its first minute after them.
    pub until_minute: u16,
    /// How many people plan to be there all the while.
    pub planned: u16,
    /// How many must.
    pub needed: u16,
}

/// What a section says to somebody going.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CoverVerdict {
    /// Enough people stay.
    Fine,
    /// Too few stay; it is done and told.
    Warn(Vec<HalfHour>),
    /// Too few stay; it is refused.
    Refused(Vec<HalfHour>),
}

/// Whether a person can answer calls on a day: with a device of their own, or with the telephone of the seat they take.
#[must_use]
pub fn can_answer(world: &Snapshot, person: PersonId, seat: Option<SeatId>, on: NaiveDate) -> bool {
    let rings = |owner: Owner| world.devices_of(owner).any(|device| device.rings_on(on));
    rings(Owner::Person(person)) || seat.is_some_and(|seat| rings(Owner::Seat(seat)))
}

/// The half-hours in `[from_on, until_on)` that too few people cover; at most 92 days are looked at.
#[must_use]
pub fn uncovered(rule: &CoverRule, policy: &SitePolicy, (from_on, until_on): (NaiveDate, NaiveDate), planned: &[Planned]) -> Vec<HalfHour> {
    let stretches = stretches(planned);
    let days = from_on.iter_days().take_while(|on| *on < until_on).take(92);
    days.flat_map(|on| gaps(rule, policy, on, stretches.get(&on).map_or(&[], Vec::as_slice))).collect()
}

/// What the section says when one planned presence goes: about the half-hours that get too few people by it, or fewer still.
#[must_use]
pub fn removing(rule: &CoverRule, policy: &SitePolicy, planned: &[Planned], gone: &Planned) -> CoverVerdict {
    let Some(next) = gone.on.succ_opt() else { return CoverVerdict::Fine };
    let days = (gone.on, next);
    let at = planned.iter().position(|row| row == gone);
    let stay: Vec<Planned> = planned.iter().enumerate().filter(|(index, _)| Some(*index) != at).map(|(_, row)| *row).collect();
    let before = uncovered(rule, policy, days, planned);
    let after = uncovered(rule, policy, days, &stay);
    let broken: Vec<HalfHour> = after.into_iter().filter(|half| !before.contains(half)).collect();
    match (broken.is_empty(), rule.on_gap) {
        (true, _) => CoverVerdict::Fine,
        (false, OnGap::Warn) => CoverVerdict::Warn(broken),
        (false, OnGap::Refuse) => CoverVerdict::Refused(broken),
    }
}

/// One person's time of a day without holes: a morning and an afternoon that touch are one.
struct Stretch {
    person: PersonId,
    from_minute: u16,
    until_minute: u16,
}

fn stretches(planned: &[Planned]) -> BTreeMap<NaiveDate, Vec<Stretch>> {
    let mut rows = planned.to_vec();
    rows.sort_by_key(|row| (row.on, row.person, row.from_minute));
    let mut days: BTreeMap<NaiveDate, Vec<Stretch>> = BTreeMap::new();
    for row in rows {
        let day = days.entry(row.on).or_default();
        match day.last_mut() {
            Some(last) if last.person == row.person && row.from_minute <= last.until_minute => last.until_minute = last.until_minute.max(row.until_minute),
            _ => day.push(Stretch { person: row.person, from_minute: row.from_minute, until_minute: row.until_minute }),
        }
    }
    days
}

fn gaps(rule: &CoverRule, policy: &SitePolicy, on: NaiveDate, there: &[Stretch]) -> Vec<HalfHour> {
    let Some(hours) = rule.hours.iter().find(|hours| hours.valid.contains(on)) else { return Vec::new() };
    let open = day_kind(policy, on).is_none();
    let mut found = Vec::new();
    for window in &hours.windows {
        let today = match window.days {
            WindowDays::Always => true,
            WindowDays::OpenDays => open,
            WindowDays::Weekdays(weekdays) => open && weekdays.contains(on.weekday()),
        };
        let mut from_minute = window.from_minute;
        while today && from_minute < window.until_minute.min(24 * 60) {
            let until_minute = (from_minute - from_minute % 30 + 30).min(window.until_minute);
            // One stretch a person covers a half-hour at most, so stretches are people.
            let planned = there.iter().filter(|row| row.from_minute <= from_minute && until_minute <= row.until_minute).count();
            let planned = u16::try_from(planned).unwrap_or(u16::MAX);
            if planned < rule.needed {
                found.push(HalfHour { on, from_minute, until_minute, planned, needed: rule.needed });
            }
            from_minute = until_minute;
        }
    }
    found
}
