//! Recurring days.

use super::*;
use chrono::Weekday::{Fri, Mon, Tue};

fn pattern(weekdays: &[chrono::Weekday], from: &str, until: Option<&str>) -> Pattern {
    let weekdays = weekdays.iter().fold(Weekdays::default(), |set, day| set.with(*day));
    Pattern { weekdays, from_on: day(from), until_on: until.map(day) }
}

#[test]
fn the_days_of_a_pattern() {
    let cases: Vec<(&str, Pattern, &str, &str, Vec<&str>)> = vec![
        // the pattern, the range asked for [from, to), the days
        ("Tuesdays", pattern(&[Tue], "2026-11-01", None), "2026-11-16", "2026-12-02", vec!["2026-11-17", "2026-11-24", "2026-12-01"]),
        ("Mondays but holidays", pattern(&[Mon], "2026-11-01", None), "2026-11-16", "2026-12-01", vec!["2026-11-16", "2026-11-30"]),
        ("two weekdays", pattern(&[Mon, Fri], "2026-11-01", None), "2026-11-16", "2026-11-28", vec!["2026-11-16", "2026-11-20", "2026-11-27"]),
        ("begins later", pattern(&[Tue], "2026-11-20", None), "2026-11-16", "2026-12-01", vec!["2026-11-24"]),
        ("ends before its last day", pattern(&[Tue], "2026-11-01", Some("2026-11-24")), "2026-11-16", "2026-12-01", vec!["2026-11-17"]),
        ("no weekday", pattern(&[], "2026-11-01", None), "2026-11-16", "2026-12-01", vec![]),
        ("an empty range", pattern(&[Tue], "2026-11-01", None), "2026-11-17", "2026-11-17", vec![]),
        ("a range that runs backwards", pattern(&[Tue], "2026-11-01", None), "2026-12-01", "2026-11-01", vec![]),
    ];
    for (name, pattern, from, to, expected) in cases {
        let expected: Vec<_> = expected.into_iter().map(day).collect();
        assert_eq!(days_of(&pattern, &policy(), day(from), day(to)), expected, "{name}");
    }
}

#[test]
fn a_range_without_end_stops() {
    let pattern = pattern(&[Tue], "2026-01-01", None);
    assert!(days_of(&pattern, &policy(), day("2026-01-01"), NaiveDate::MAX).len() < 60);
}
