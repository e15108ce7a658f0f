//! Slows down guessing of passwords, by account and by address, without ever locking anybody out for long.

use chrono::{DateTime, TimeDelta, Utc};
use std::{collections::HashMap, sync::Mutex};
use tokio::sync::Semaphore;

/// Failures of one account from one address before it must wait.
const FREE_TRIES: u32 = 5;
/// Failures of one address, whatever the account, before it must wait: a whole office may share one address.
const FREE_TRIES_OF_ADDRESS: u32 = 100;
/// Longest wait.
const LONGEST_SECONDS: i64 = 300;
/// Failures are forgotten after this long.
const MEMORY: TimeDelta = TimeDelta::minutes(15);
/// Keys remembered at once; beyond that the oldest go.
const MOST_KEYS: usize = 20_000;
/// Passwords checked at once: each takes 19 MiB (`research/japan.md` §4.2, T16).
const AT_ONCE: usize = 4;

/// Counts failures in memory; a restart forgets them, which is harmless.
pub struct Throttle {
    failures: Mutex<HashMap<String, Failures>>,
    pub(super) passwords: Semaphore,
}

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last_at: DateTime<Utc>,
}

impl Default for Throttle {
    fn default() -> Self {
        Self { failures: Mutex::default(), passwords: Semaphore::new(AT_ONCE) }
    }
}

impl Throttle {
    /// Seconds to wait before the next try, 0 when it may come now.
    pub(super) fn wait_seconds(&self, account: &str, address: &str, now: DateTime<Utc>) -> u32 {
        let failures = self.failures.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let wait = |key: &str, free: u32| failures.get(key).map_or(0, |failures| failures.wait_seconds(free, now));
        wait(&both(account, address), FREE_TRIES).max(wait(address, FREE_TRIES_OF_ADDRESS))
    }

    pub(super) fn failed(&self, account: &str, address: &str, now: DateTime<Utc>) {
        let mut failures = self.failures.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if failures.len() >= MOST_KEYS {
            failures.retain(|_, failures| now - failures.last_at < MEMORY);
        }
        if failures.len() >= MOST_KEYS {
            failures.clear();
        }
        for key in [both(account, address), address.to_owned()] {
            let entry = failures.entry(key).or_insert(Failures { count: 0, last_at: now });
            if now - entry.last_at >= MEMORY {
                entry.count = 0;
            }
            entry.count += 1;
            entry.last_at = now;
        }
    }

    pub(super) fn succeeded(&self, account: &str, address: &str) {
        self.failures.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remove(&both(account, address));
    }
}

fn both(account: &str, address: &str) -> String {
    format!("{address} {account}")
}

impl Failures {
    /// Doubles with every failure beyond the free ones.
    fn wait_seconds(&self, free: u32, now: DateTime<Utc>) -> u32 {
        if self.count < free || now - self.last_at >= MEMORY {
            return 0;
        }
        let wait = (1_i64 << (self.count - free).min(16)).min(LONGEST_SECONDS);
        let left = wait - (now - self.last_at).num_seconds();
        u32::try_from(left.max(0)).unwrap_or(0)
    }
}
