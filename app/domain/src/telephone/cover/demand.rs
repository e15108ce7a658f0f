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

/// Half-hours that follow one another and lack as many people: what people read and cover at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoverGap {
    /// The section.
    pub section: SectionId,
    /// The local day.
    pub on: NaiveDate,
    /// First minute.
    pub from_minute: u16,
    /// First minute after it.
    pub until_minute: u16,
    /// How many people plan to be there.
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
    let mut halves = half_hours(std::slice::from_ref(rule), policy, (from_on, until_on), planned);
    halves.retain(|half| half.planned < half.needed);
    halves
}

/// Every half-hour in `[from_on, until_on)` that the rules ask for, with who plans to be there; where several rules ask for one,
/// the one that wants most counts. At most 92 days are looked at.
#[must_use]
pub fn half_hours(rules: &[CoverRule], policy: &SitePolicy, (from_on, until_on): (NaiveDate, NaiveDate), planned: &[Planned]) -> Vec<HalfHour> {
    let stretches = stretches(planned);
    let days = from_on.iter_days().take_while(|on| *on < until_on).take(92);
    let mut found: BTreeMap<(NaiveDate, u16, u16), HalfHour> = BTreeMap::new();
    for on in days {
        let there = stretches.get(&on).map_or(&[][..], Vec::as_slice);
        for half in rules.iter().flat_map(|rule| asked(rule, policy, on, there)) {
            let most = found.entry((half.on, half.from_minute, half.until_minute)).or_insert(half);
            most.needed = most.needed.max(half.needed);
        }
    }
    found.into_values().collect()
}

/// Joins half-hours that follow one another and lack as many people.
#[must_use]
pub fn join(section: SectionId, halves: &[HalfHour]) -> Vec<CoverGap> {
    let mut joined: Vec<CoverGap> = Vec::new();
    for half in halves {
        let gap = CoverGap { section, on: half.on, from_minute: half.from_minute, until_minute: half.until_minute, planned: half.planned, needed: half.needed };
        match joined.last_mut() {
            Some(last) if (last.on, last.until_minute, last.planned, last.needed) == (gap.on, gap.from_minute, gap.planned, gap.needed) => {
                last.until_minute = gap.until_minute;
            }
            _ => joined.push(gap),
        }
    }
    joined
}

/// What the section says when one planned presence goes: about the half-hours that get too few people by it, or fewer still.
#[must_use]
pub fn removing(rule: &CoverRule, policy: &SitePolicy, planned: &[Planned], gone: &Planned) -> CoverVerdict {
    let Some(next) = gone.on.succ_opt() else { return CoverVerdict::Fine };
    let at = planned.iter().position(|row| row == gone);
    let stay: Vec<Planned> = planned.iter().enumerate().filter(|(index, _)| Some(*index) != at).map(|(_, row)| *row).collect();
    changing(rule, policy, (gone.on, next), planned, &stay)
}

/// What the section says when plans change in the half-open range of days: about the half-hours that have fewer people than before
/// and too few. One that was short before and stays as short breaks nothing.
#[must_use]
pub fn changing(rule: &CoverRule, policy: &SitePolicy, days: (NaiveDate, NaiveDate), before: &[Planned], after: &[Planned]) -> CoverVerdict {
    let was = uncovered(rule, policy, days, before);
    let as_short = |half: &HalfHour| was.iter().any(|was| (was.on, was.from_minute) == (half.on, half.from_minute) && was.planned <= half.planned);
    let broken: Vec<HalfHour> = uncovered(rule, policy, days, after).into_iter().filter(|half| !as_short(half)).collect();
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

fn asked(rule: &CoverRule, policy: &SitePolicy, on: NaiveDate, there: &[Stretch]) -> Vec<HalfHour> {
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
            found.push(HalfHour { on, from_minute, until_minute, planned, needed: rule.needed });
            from_minute = until_minute;
        }
    }
    found
}
