//! Calendars that other programs subscribe to (RFC 5545). Whole instants in UTC, so that no time zone has to be described. The only
//! place that knows `icalendar`: of the libraries for it the one that escapes what it writes, and folds by octets as the rule says,
//! not by letters, of which a Japanese one has three.

use chrono::{DateTime, Utc};
use icalendar::{Calendar, Component, EventLike, Property};

/// Something with a beginning and an end.
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
pub fn calendar(name: &str, events: Vec<Event>, now: DateTime<Utc>) -> String {
    let mut calendar = Calendar::empty();
    for (key, value) in [("VERSION", "2.0"), ("PRODID", "-//Nanawari//Nanawari//EN"), ("CALSCALE", "GREGORIAN"), ("METHOD", "PUBLISH")] {
        calendar.append_property(Property::new(key, value));
    }
    calendar.name(&line(name));
    calendar.extend(events.into_iter().map(|event| {
        let mut made = icalendar::Event::with_uid(&event.uid);
        made.timestamp(now).summary(&line(&event.summary)).starts(event.from_at).ends(event.until_at);
        made
    }));
    calendar.to_string()
}

/// What stands in one line of a calendar: letters, no line's end that would begin another property.
fn line(text: &str) -> String {
    text.replace(['\r', '\n'], " ").replace(char::is_control, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendar_is_read_by_other_programs() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let event = Event {
            uid: "duty-7@nanawari".into(),
            summary: "電話番(市民課); 田中, 佐藤\\ と、とても長い残り and a very long rest of the line\r\nDTSTART:20200101T000000Z".into(),
            from_at: at("2026-11-25T03:00:00Z"),
            until_at: at("2026-11-25T04:00:00Z"),
        };
        let text = calendar("当番表、\n市民課", vec![event], at("2026-11-24T00:00:00Z"));
        assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VEVENT\r\nEND:VCALENDAR\r\n"), "{text}");
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains(char::is_control)), "folded at 75 octets: {text}");
        let unfolded = text.replace("\r\n ", "");
        let lines: Vec<&str> = unfolded.lines().collect();
        assert!(lines.contains(&"X-WR-CALNAME:当番表、 市民課"), "{unfolded}");
        let summary = "SUMMARY:電話番(市民課)\\; 田中\\, 佐藤\\\\ と、とても長い残り and a very long rest of the line  DTSTART:20200101T000000Z";
        assert!(lines.contains(&summary), "{unfolded}");
        for wanted in ["UID:duty-7@nanawari", "DTSTART:20261125T030000Z", "DTEND:20261125T040000Z", "DTSTAMP:20261124T000000Z", "METHOD:PUBLISH"] {
            assert_eq!(lines.iter().filter(|line| **line == wanted).count(), 1, "{wanted} in {unfolded}");
        }
    }

    #[test]
    fn a_calendar_without_events_is_one() {
        let text = calendar("", vec![], DateTime::UNIX_EPOCH);
        assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n") && !text.contains("VEVENT"));
    }
}
