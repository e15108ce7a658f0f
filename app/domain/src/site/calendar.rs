//! Which days are worked. Saturday, Sunday, 国民の祝日 and 12/29–1/3 are closed unless the site says otherwise.

use super::{HolidayRule, SitePolicy, holiday_name};
use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde::{Deserialize, Serialize};

/// A day on which the site differs from its rule: an open Saturday, a founding day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DayException {
    /// The local day.
    pub on: NaiveDate,
    /// What the day is.
    pub kind: DayKind,
    /// What people call the day; shown to them.
    pub name: String,
}

/// Open or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DayKind {
    /// Seats can be booked.
    Open,
    /// They cannot.
    Closed,
}

/// Why a day is closed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closed {
    /// Saturday or Sunday.
    Weekend,
    /// A public holiday, with its Japanese name.
    Holiday {
        /// 国民の祝日の名称.
        name: String,
    },
    /// 12/29–1/3.
    YearEnd,
    /// The site's own exception.
    Exception {
        /// What people call the day.
        name: String,
    },
}

/// Why the site is closed on a day, or `None` when it is open. Exceptions beat every rule.
#[must_use]
pub fn day_kind(policy: &SitePolicy, on: NaiveDate) -> Option<Closed> {
    if let Some(exception) = policy.exceptions.iter().find(|exception| exception.on == on) {
        return match exception.kind {
            DayKind::Open => None,
            DayKind::Closed => Some(Closed::Exception { name: exception.name.clone() }),
        };
    }
    if policy.holidays == HolidayRule::Japan {
        if let Some(name) = holiday_name(on) {
            return Some(Closed::Holiday { name: name.into() });
        }
        if (on.month() == 12 && on.day() >= 29) || (on.month() == 1 && on.day() <= 3) {
            return Some(Closed::YearEnd);
        }
    }
    matches!(on.weekday(), Weekday::Sat | Weekday::Sun).then_some(Closed::Weekend)
}

/// The first open day after `on`; gives up after a year and returns the next day.
#[must_use]
pub fn next_open_day(policy: &SitePolicy, on: NaiveDate) -> NaiveDate {
    on.iter_days().skip(1).take(366).find(|day| day_kind(policy, *day).is_none()).or(on.succ_opt()).unwrap_or(on)
}

/// The last open day before `on`; gives up after a year and returns the day before.
#[must_use]
pub fn previous_open_day(policy: &SitePolicy, on: NaiveDate) -> NaiveDate {
    (1..=366).map_while(|back| on.checked_sub_days(Days::new(back))).find(|day| day_kind(policy, *day).is_none()).or(on.pred_opt()).unwrap_or(on)
}

/// Monday to Sunday of the week of a day; work views begin on Monday. Days beyond the calendar's ends stand still, because
/// the day comes from an address anybody can type.
#[must_use]
pub fn week_of(on: NaiveDate) -> [NaiveDate; 7] {
    let monday = on.checked_sub_days(Days::new(u64::from(on.weekday().num_days_from_monday()))).unwrap_or(on);
    std::array::from_fn(|day| monday.checked_add_days(Days::new(day as u64)).unwrap_or(monday))
}
