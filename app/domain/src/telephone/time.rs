//! When a row holds, and what a site's wall shows at an instant. Every range is half-open.

use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// Local days on which something holds: a transfer entered in February that begins on April 1st is a row like any other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayRange {
    /// First day.
    pub from_on: NaiveDate,
    /// The day after the last; `None` runs on.
    pub until_on: Option<NaiveDate>,
}

impl DayRange {
    /// Every day there is.
    pub const ALWAYS: Self = Self { from_on: NaiveDate::MIN, until_on: None };

    /// From a day on.
    #[must_use]
    pub const fn from(from_on: NaiveDate) -> Self {
        Self { from_on, until_on: None }
    }

    /// Whether the day is in the range.
    #[must_use]
    pub fn contains(self, on: NaiveDate) -> bool {
        self.from_on <= on && self.until_on.is_none_or(|until| on < until)
    }

    /// Whether the ranges share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let begins_before_end = |a: Self, b: Self| b.until_on.is_none_or(|until| a.from_on < until);
        begins_before_end(self, other) && begins_before_end(other, self) && !self.is_empty() && !other.is_empty()
    }

    /// Whether no day is in the range.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self.until_on.is_some_and(|until| until <= self.from_on)
    }
}

/// Instants during which something holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TimeRange {
    /// First instant.
    pub from_at: DateTime<Utc>,
    /// The first instant after it; `None` runs on.
    pub until_at: Option<DateTime<Utc>>,
}

impl TimeRange {
    /// Whether the instant is in the range.
    #[must_use]
    pub fn contains(self, at: DateTime<Utc>) -> bool {
        self.from_at <= at && self.until_at.is_none_or(|until| at < until)
    }

    /// Whether the ranges share an instant.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let begins_before_end = |a: Self, b: Self| b.until_at.is_none_or(|until| a.from_at < until);
        begins_before_end(self, other) && begins_before_end(other, self)
    }

    /// The next instant after `at` at which the range begins or ends.
    #[must_use]
    pub fn next_edge(self, at: DateTime<Utc>) -> Option<DateTime<Utc>> {
        if at < self.from_at { Some(self.from_at) } else { self.until_at.filter(|until| at < *until) }
    }
}

/// From an instant on the site's wall is so many seconds east of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OffsetChange {
    /// The first instant.
    pub from_at: DateTime<Utc>,
    /// Seconds east of UTC.
    pub east_seconds: i32,
}

/// What a site's wall shows. Whoever knows time zones lists the changes of the years in question; here is only arithmetic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SiteClock(Vec<OffsetChange>);

impl SiteClock {
    /// A wall that never changes: Japan is 32,400 seconds east.
    #[must_use]
    pub fn fixed(east_seconds: i32) -> Self {
        Self(vec![OffsetChange { from_at: DateTime::<Utc>::MIN_UTC, east_seconds }])
    }

    /// A wall that changes, for instance to summer time. Before the first change its offset holds too.
    #[must_use]
    pub fn changing(mut changes: Vec<OffsetChange>) -> Self {
        changes.sort_by_key(|change| change.from_at);
        Self(changes)
    }

    /// What the wall shows at an instant.
    #[must_use]
    pub fn wall(&self, at: DateTime<Utc>) -> NaiveDateTime {
        let next = self.0.partition_point(|change| change.from_at <= at);
        let east = self.0.get(next.saturating_sub(1)).map_or(0, |change| change.east_seconds);
        at.naive_utc().checked_add_signed(TimeDelta::seconds(i64::from(east))).unwrap_or(at.naive_utc())
    }

    /// The instant at which the wall shows a time: the first of two, and for an hour that is skipped the one after it.
    #[must_use]
    pub fn instant(&self, wall: NaiveDateTime) -> DateTime<Utc> {
        let at = |east: i32| (wall - TimeDelta::seconds(i64::from(east))).and_utc();
        let mut all: Vec<DateTime<Utc>> = self.0.iter().map(|change| at(change.east_seconds)).collect();
        all.sort_unstable();
        all.iter().copied().find(|instant| self.wall(*instant) == wall).or_else(|| all.last().copied()).unwrap_or_else(|| wall.and_utc())
    }
}
