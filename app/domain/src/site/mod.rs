//! 庁舎: what an office has decided about its days, and which days it works.

mod calendar;
mod holiday_law;
mod holidays;
mod policy;

pub use calendar::{Closed, DayException, DayKind, day_kind, next_open_day, previous_open_day, week_of};
pub use holidays::{HOLIDAYS_UNTIL, holiday_name};
pub use policy::{AutoRelease, HolidayRule, SitePolicy};

#[cfg(test)]
mod tests;
