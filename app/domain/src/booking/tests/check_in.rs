//! The check-in window and sitting down without a booking.

use super::*;
use CheckInRefusal::{AlreadyCheckedIn, Ended, NotYours, TooEarly, TooLate};

/// Name, what is held, its state, when somebody comes, the answer.
type Case = (&'static str, Slots, State, &'static str, Result<(), CheckInRefusal>);

#[test]
fn the_check_in_window() {
    let early = |opens: &str| Err(TooEarly { opens_at: at(opens) });
    let ended = |state| Err(Ended { state });
    let day_before = "2026-11-23 12:00";
    let cases: Vec<Case> = vec![
        ("a day before", DAY, State::Booked, day_before, early("2026-11-24 07:30")),
        ("a minute early", DAY, State::Booked, "2026-11-24 07:29", early("2026-11-24 07:30")),
        ("as it opens", DAY, State::Booked, "2026-11-24 07:30", Ok(())),
        ("in the morning", DAY, State::Booked, "2026-11-24 10:00", Ok(())),
        ("at lunch", DAY, State::Booked, "2026-11-24 12:30", Ok(())),
        ("in the last minute", DAY, State::Booked, "2026-11-24 17:14", Ok(())),
        ("as the day ends", DAY, State::Booked, "2026-11-24 17:15", Err(TooLate)),
        ("the next day", DAY, State::Booked, "2026-11-25 09:00", Err(TooLate)),
        ("only the afternoon, in the morning", PM, State::Booked, "2026-11-24 11:59", early("2026-11-24 12:00")),
        ("only the afternoon, at noon", PM, State::Booked, "2026-11-24 12:00", Ok(())),
        ("only the morning, at noon", AM, State::Booked, "2026-11-24 12:00", Err(TooLate)),
        ("nothing held any more", NONE, State::Booked, "2026-11-24 09:00", Err(TooLate)),
        ("twice", DAY, State::CheckedIn, "2026-11-24 09:00", Err(AlreadyCheckedIn)),
        ("after cancelling", DAY, State::Cancelled, "2026-11-24 09:00", ended(State::Cancelled)),
        ("after leaving", DAY, State::Released, "2026-11-24 09:00", ended(State::Released)),
        ("after it expired", DAY, State::Expired, "2026-11-24 09:00", ended(State::Expired)),
        ("after it was done", DAY, State::Done, "2026-11-24 09:00", ended(State::Done)),
    ];
    for (name, slots, state, now, expected) in cases {
        let facts = CheckInFacts { policy: &policy(), booking: &booking(slots, state), person: ME };
        assert_eq!(check_in(facts, at(now)), expected, "{name}");
    }
}

#[test]
fn nobody_checks_in_to_somebody_elses_booking() {
    let facts = CheckInFacts { policy: &policy(), booking: &booking(DAY, State::Booked), person: OTHER };
    assert_eq!(check_in(facts, at("2026-11-24 09:00")), Err(NotYours));
}

#[test]
fn a_window_longer_than_the_night_opens_the_day_before() {
    let policy = SitePolicy { checkin_opens_minutes: 600, ..policy() };
    let facts = |booking| CheckInFacts { policy: &policy, booking, person: ME };
    let booking = booking(DAY, State::Booked);
    assert_eq!(check_in(facts(&booking), at("2026-11-23 22:30")), Ok(()));
    assert_eq!(check_in(facts(&booking), at("2026-11-23 22:29")), Err(TooEarly { opens_at: at("2026-11-23 22:30") }));
}

#[test]
fn codes_are_those_of_the_json() {
    for refusal in [NotYours, TooEarly { opens_at: at("2026-11-24 07:30") }, TooLate, AlreadyCheckedIn, Ended { state: State::Done }] {
        assert_eq!(json_name(&refusal), refusal.code());
    }
}

#[test]
fn sitting_down_now() {
    let cases: &[(&str, &str, Slots, SitNow)] = &[
        // when, what others hold
        ("before the day begins", "2026-11-24 07:00", NONE, SitNow::Take(DAY)),
        ("in the morning", "2026-11-24 10:00", NONE, SitNow::Take(DAY)),
        ("the afternoon is somebody's", "2026-11-24 10:00", PM, SitNow::Take(AM)),
        ("the morning is somebody's", "2026-11-24 10:00", AM, SitNow::Taken),
        ("at lunch, the morning was somebody's", "2026-11-24 12:00", AM, SitNow::Take(PM)),
        ("in the afternoon, taken", "2026-11-24 14:00", PM, SitNow::Taken),
        ("in the evening", "2026-11-24 17:15", NONE, SitNow::DayOver),
    ];
    for (name, now, taken, expected) in cases {
        assert_eq!(sit_now(&policy(), *taken, at(now)), *expected, "{name}");
    }
    let hours = SitePolicy { grid: crate::Grid::hours(9, 17), ..policy() };
    let lunch_taken = Slots::from_bits(0b0000_1000);
    assert_eq!(sit_now(&hours, lunch_taken, at("2026-11-24 10:10")), SitNow::Take(Slots::from_bits(0b0000_0110)));
}
