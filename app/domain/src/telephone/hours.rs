//! 電話の受付時間: when a section answers the outside world. Closed days and holidays are those of the site.

use super::DayRange;
use crate::{
    booking::Weekdays,
    site::{Closed, SitePolicy, day_kind},
};
use chrono::{Datelike, NaiveDateTime, NaiveTime, TimeDelta, Timelike};
use serde::{Deserialize, Serialize};

/// On which days a window is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowDays {
    /// Every open day of the site, an open Saturday included.
    OpenDays,
    /// These weekdays, when the site is open (木曜延長窓口).
    Weekdays(Weekdays),
    /// Every day, closed ones too.
    Always,
}

/// One open stretch of a day. Minutes count from local midnight; the end is not part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// The days.
    pub days: WindowDays,
    /// First minute.
    pub from_minute: u16,
    /// First minute after it; 1440 is midnight.
    pub until_minute: u16,
}

/// Windows that hold from a day on: hours change with notice (窓口時間の短縮), so they are dated like everything else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hours {
    /// The days on which these hours hold.
    pub valid: DayRange,
    /// The open stretches.
    pub windows: Vec<Window>,
}

impl Hours {
    /// Monday to Friday from one minute of the day to another, holidays closed.
    #[must_use]
    pub fn office(from_minute: u16, until_minute: u16) -> Self {
        Self { valid: DayRange::ALWAYS, windows: vec![Window { days: WindowDays::OpenDays, from_minute, until_minute }] }
    }

    /// Day and night.
    #[must_use]
    pub fn always() -> Self {
        Self { valid: DayRange::ALWAYS, windows: vec![Window { days: WindowDays::Always, from_minute: 0, until_minute: 24 * 60 }] }
    }
}

/// Why nobody answers the outside world now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shut {
    /// The site is closed today.
    Day(Closed),
    /// It is too early or too late.
    Hour,
}

/// Whether hours are open, and when that changes next on the same day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Why it is shut; `None` when it is open.
    pub shut: Option<Shut>,
    /// The next wall-clock moment today at which it changes.
    pub changes_at: Option<NaiveDateTime>,
}

/// Whether the hours that hold today are open. Hours that say nothing about today are open: no call is lost for want of a row.
#[must_use]
pub fn opening(hours: &[Hours], policy: &SitePolicy, wall: NaiveDateTime) -> Opening {
    let on = wall.date();
    let Some(today) = hours.iter().find(|hours| hours.valid.contains(on)) else { return Opening { shut: None, changes_at: None } };
    let closed = day_kind(policy, on);
    let minute = u16::try_from(wall.hour() * 60 + wall.minute()).unwrap_or(u16::MAX);
    let open_today = |window: &&Window| match window.days {
        WindowDays::Always => true,
        WindowDays::OpenDays => closed.is_none(),
        WindowDays::Weekdays(weekdays) => closed.is_none() && weekdays.contains(on.weekday()),
    };
    let windows = || today.windows.iter().filter(open_today);
    let open = windows().any(|window| (window.from_minute..window.until_minute).contains(&minute));
    let edges = windows().flat_map(|window| [window.from_minute, window.until_minute]);
    let next = edges.filter(|edge| *edge > minute).min();
    let shut = if open { None } else { Some(closed.map_or(Shut::Hour, Shut::Day)) };
    Opening { shut, changes_at: next.map(|edge| on.and_time(NaiveTime::MIN) + TimeDelta::minutes(i64::from(edge))) }
}
