//! The only place that reads the machine's clock.

use chrono::{DateTime, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

/// Gives the time: the machine's, or one shifted by a fixed span (the demo and tests choose where time begins).
#[derive(Clone, Debug, Default)]
pub struct Clock {
    shift_ns: Arc<AtomicI64>,
}

impl Clock {
    /// The machine's clock.
    #[must_use]
    pub fn system() -> Self {
        Self::default()
    }

    /// A clock that shows `at` now and runs from there.
    #[must_use]
    pub fn starting_at(at: DateTime<Utc>) -> Self {
        let clock = Self::default();
        clock.set(at);
        clock
    }

    /// Puts the clock to `at`; it runs on from there. For tests.
    pub fn set(&self, at: DateTime<Utc>) {
        self.shift_ns.store((at - machine_now()).num_nanoseconds().unwrap_or_default(), Ordering::Relaxed);
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        machine_now() + TimeDelta::nanoseconds(self.shift_ns.load(Ordering::Relaxed))
    }

    /// Now on a site's wall.
    #[must_use]
    pub fn wall(&self, zone: Tz) -> NaiveDateTime {
        wall_of(self.now(), zone)
    }
}

/// An instant on a site's wall, whole seconds.
#[must_use]
pub fn wall_of(at: DateTime<Utc>, zone: Tz) -> NaiveDateTime {
    use chrono::Timelike;
    let wall = at.with_timezone(&zone).naive_local();
    wall.with_nanosecond(0).unwrap_or(wall)
}

#[expect(clippy::disallowed_methods, reason = "the clock itself")]
fn machine_now() -> DateTime<Utc> {
    Utc::now()
}
