//! Turns as a calendar that other programs subscribe to (RFC 5545): whole instants in UTC, so that no time zone has to be described.

use chrono::{DateTime, Utc};
use std::fmt::Write as _;

/// A turn in a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The same for ever, unique in the world.
    pub uid: String,
    /// What it is.
    pub summary: String,
    /// Begins.
    pub from_at: DateTime<Utc>,
    /// Ends.
    pub until_at: DateTime<Utc>,
}

/// The calendar as text. `now` is when it was made.
#[must_use]
pub fn calendar(name: &str, events: &[Event], now: DateTime<Utc>) -> String {
    let mut out = String::new();
    let instant = |at: DateTime<Utc>| at.format("%Y%m%dT%H%M%SZ").to_string();
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//Nanawari//Duty//EN");
    line(&mut out, "CALSCALE:GREGORIAN");
    line(&mut out, "METHOD:PUBLISH");
    line(&mut out, &format!("X-WR-CALNAME:{}", text(name)));
    for event in events {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}", text(&event.uid)));
        line(&mut out, &format!("DTSTAMP:{}", instant(now)));
        line(&mut out, &format!("DTSTART:{}", instant(event.from_at)));
        line(&mut out, &format!("DTEND:{}", instant(event.until_at)));
        line(&mut out, &format!("SUMMARY:{}", text(&event.summary)));
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

/// A value as it may stand in a line (RFC 5545 §3.3.11).
fn text(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    for letter in value.chars() {
        match letter {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(letter);
            }
            '\n' => out.push_str("\\n"),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A line, folded at 75 octets without breaking a letter (RFC 5545 §3.1).
fn line(out: &mut String, content: &str) {
    const MOST: usize = 75;
    let mut used = 0;
    for letter in content.chars() {
        if used + letter.len_utf8() > MOST {
            out.push_str("\r\n ");
            used = 1;
        }
        used += letter.len_utf8();
        let _ = write!(out, "{letter}");
    }
    out.push_str("\r\n");
}
