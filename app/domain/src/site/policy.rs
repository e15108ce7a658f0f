//! The numbers an office chooses. Defaults are those of a Japanese city hall with team address.

use super::DayException;
use crate::{Grid, person::Visibility};
use serde::{Deserialize, Serialize};

/// Which public holidays close the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HolidayRule {
    /// 国民の祝日 and 12/29–1/3.
    Japan,
    /// Only weekends and the site's own exceptions.
    None,
}

/// Whether a seat nobody came to frees itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AutoRelease {
    /// After the grace time.
    AfterGrace,
    /// Never; recommended for an office's first weeks, until coming to the seat and saying so has become a habit.
    Off,
}

/// Everything a site decides about booking. Stored as JSON with the site.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SitePolicy {
    /// How the day is cut.
    pub grid: Grid,
    /// The last bookable day is today plus this many days.
    pub horizon_days: u16,
    /// Minute of the day, on the open day before, from which home zones are open to everybody.
    pub release_minute: u16,
    /// Slots one person may hold from now on.
    pub quota_slots: u32,
    /// How long before a slot begins its check-in opens, minutes.
    pub checkin_opens_minutes: u16,
    /// How long a slot waits for its person after it began, minutes.
    pub grace_minutes: u16,
    /// Whether seats free themselves after the grace time.
    pub auto_release: AutoRelease,
    /// Which public holidays close the site.
    pub holidays: HolidayRule,
    /// Days that are open or closed against the rule.
    pub exceptions: Vec<DayException>,
    /// How much of a person's whereabouts colleagues see unless the person or an administrator says otherwise.
    pub visibility: Visibility,
    /// Seats planned for each member of a unit, percent (七割).
    pub ratio_percent: u16,
}

impl Default for SitePolicy {
    fn default() -> Self {
        Self {
            grid: Grid::half_days(),
            horizon_days: 28,
            release_minute: 17 * 60,
            quota_slots: 60,
            checkin_opens_minutes: 60,
            grace_minutes: 30,
            auto_release: AutoRelease::AfterGrace,
            holidays: HolidayRule::Japan,
            exceptions: Vec::new(),
            visibility: Visibility::House,
            ratio_percent: 70,
        }
    }
}
