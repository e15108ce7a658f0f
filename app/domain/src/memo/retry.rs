//! When a mail or a message that could not be sent is tried again.

use chrono::{DateTime, TimeDelta, Utc};

/// After this long it is given up, and the administrator's page says so.
pub const GIVE_UP_AFTER: TimeDelta = TimeDelta::hours(26);
const FIRST: TimeDelta = TimeDelta::seconds(30);
const LONGEST: TimeDelta = TimeDelta::hours(1);

/// When to try again after a try that failed: half a minute after the first, twice as long each time, an hour at most. `None` once
/// it has been tried for more than a day: a mail server that was away for a night is back in the morning.
#[must_use]
pub fn next_try(created_at: DateTime<Utc>, attempts: u32, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
    let factor = 1_i32 << attempts.saturating_sub(1).min(10);
    let next = now + (FIRST * factor).min(LONGEST);
    (next - created_at <= GIVE_UP_AFTER).then_some(next)
}
