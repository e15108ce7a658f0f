//! Several days at once and recurring wishes.

use crate::site::{SitePolicy, day_kind};
use chrono::{Datelike, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A set of weekdays; bit 0 is Monday.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Weekdays(pub u8);

impl Weekdays {
    /// Whether the weekday is in the set.
    #[must_use]
    pub fn contains(self, day: Weekday) -> bool {
        self.0 & (1 << day.num_days_from_monday()) != 0
    }

    /// This set with one more weekday.
    #[must_use]
    pub fn with(self, day: Weekday) -> Self {
        Self(self.0 | 1 << day.num_days_from_monday())
    }
}

/// A recurring wish: these weekdays from a day until (not including) another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pattern {
    /// The weekdays.
    pub weekdays: Weekdays,
    /// First day.
    pub from_on: NaiveDate,
    /// The day after the last; `None` runs on.
    pub until_on: Option<NaiveDate>,
}

/// The open days of a pattern in the half-open range `[from, to)`.
#[must_use]
pub fn days_of(pattern: &Pattern, policy: &SitePolicy, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
    let end = pattern.until_on.map_or(to, |until| until.min(to));
    from.max(pattern.from_on)
        .iter_days()
        .take_while(|day| *day < end)
        .take(400)
        .filter(|day| pattern.weekdays.contains(day.weekday()) && day_kind(policy, *day).is_none())
        .collect()
}
