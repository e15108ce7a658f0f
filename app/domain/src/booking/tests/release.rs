//! Giving back, leaving early, grace and auto-release.

use super::*;
use crate::site::AutoRelease;

/// Name, what is held, its state, who gives it back, when; the answers to cancelling and to leaving.
type Case = (&'static str, Slots, State, PersonId, &'static str, Answer, Answer);
type Answer = Result<State, EndRefusal>;

#[test]
fn cancelling_and_leaving() {
    use EndRefusal::{Ended, NotYours, Over};
    use State::{Booked, Cancelled, CheckedIn, Done, Released};
    let ended = |state| Err(Ended { state });
    let cases: Vec<Case> = vec![
        ("days before", DAY, Booked, ME, "2026-11-20 10:00", Ok(Cancelled), Ok(Cancelled)),
        ("on the morning before it begins", DAY, Booked, ME, "2026-11-24 08:29", Ok(Cancelled), Ok(Cancelled)),
        ("as it begins, not checked in", DAY, Booked, ME, "2026-11-24 08:30", Ok(Cancelled), Ok(Released)),
        ("in the afternoon, not checked in", DAY, Booked, ME, "2026-11-24 14:00", Ok(Cancelled), Ok(Released)),
        ("checked in early", DAY, CheckedIn, ME, "2026-11-24 08:00", Ok(Released), Ok(Released)),
        ("checked in", DAY, CheckedIn, ME, "2026-11-24 15:00", Ok(Released), Ok(Released)),
        ("the morning only, at noon", AM, Booked, ME, "2026-11-24 12:00", Err(Over), Err(Over)),
        ("the day is over", DAY, CheckedIn, ME, "2026-11-24 17:15", Err(Over), Err(Over)),
        ("the next day", DAY, Booked, ME, "2026-11-25 00:00", Err(Over), Err(Over)),
        ("somebody else's", DAY, Booked, OTHER, "2026-11-20 10:00", Err(NotYours), Err(NotYours)),
        ("cancelled already", DAY, Cancelled, ME, "2026-11-20 10:00", ended(Cancelled), ended(Cancelled)),
        ("done already", DAY, Done, ME, "2026-11-20 10:00", ended(Done), ended(Done)),
    ];
    for (name, slots, state, person, now, cancelled, left) in cases {
        let booking = booking(slots, state);
        assert_eq!(cancel(&policy(), &booking, person, at(now)), cancelled, "cancel {name}");
        assert_eq!(leave(&policy(), &booking, person, at(now)), left, "leave {name}");
    }
    for refusal in [NotYours, Ended { state: Done }, Over] {
        assert_eq!(json_name(&refusal), refusal.code());
    }
}

#[test]
fn when_nobody_comes() {
    use NoShow::{Expire, Finish, Free, Wait};
    use State::{Booked, CheckedIn};
    let wait = |until: &str| Wait(at(until));
    let made = "2026-11-20 10:00";
    let cases: Vec<(&str, Slots, State, &str, &str, NoShow)> = vec![
        // what is held, its state, when it was made, now
        ("before the day", DAY, Booked, made, "2026-11-24 06:00", wait("2026-11-24 09:00")),
        ("within the grace time", DAY, Booked, made, "2026-11-24 08:59", wait("2026-11-24 09:00")),
        ("after it, the afternoon is kept", DAY, Booked, made, "2026-11-24 09:00", Free(AM)),
        ("the afternoon waits for its own grace", PM, Booked, made, "2026-11-24 09:00", wait("2026-11-24 13:30")),
        ("nobody in the afternoon either", PM, Booked, made, "2026-11-24 13:30", Expire),
        ("the morning only", AM, Booked, made, "2026-11-24 09:00", Expire),
        ("nobody looked until the evening", DAY, Booked, made, "2026-11-24 18:00", Expire),
        ("made at 10:00, grace counts from then", DAY, Booked, "2026-11-24 10:00", "2026-11-24 10:29", wait("2026-11-24 10:30")),
        ("made at 10:00, over at 10:30", DAY, Booked, "2026-11-24 10:00", "2026-11-24 10:30", Free(AM)),
        ("made at 11:50, not beyond noon", DAY, Booked, "2026-11-24 11:50", "2026-11-24 11:59", wait("2026-11-24 12:00")),
        ("came: kept until the end", DAY, CheckedIn, made, "2026-11-24 12:30", wait("2026-11-24 17:15")),
        ("came for the morning", AM, CheckedIn, made, "2026-11-24 12:00", Finish),
        ("came, the day is over", DAY, CheckedIn, made, "2026-11-24 17:15", Finish),
        ("a slot the grid has lost waits for midnight", Slots::from_bits(0b1000), Booked, made, "2026-11-24 18:00", wait("2026-11-25 00:00")),
        ("and then goes", Slots::from_bits(0b1000), Booked, made, "2026-11-25 00:00", Expire),
    ];
    for (name, slots, state, made_at, now, expected) in cases {
        let booking = Booking { made_at: at(made_at), ..booking(slots, state) };
        assert_eq!(no_show(&policy(), &booking, at(now)), expected, "{name}");
    }
}

#[test]
fn without_auto_release_a_slot_is_kept_to_its_end() {
    let policy = SitePolicy { auto_release: AutoRelease::Off, ..policy() };
    let cases: &[(&str, Slots, NoShow)] = &[
        ("2026-11-24 11:59", DAY, NoShow::Wait(at("2026-11-24 12:00"))),
        ("2026-11-24 12:00", DAY, NoShow::Free(AM)),
        ("2026-11-24 17:14", PM, NoShow::Wait(at("2026-11-24 17:15"))),
        ("2026-11-24 17:15", PM, NoShow::Expire),
    ];
    for (now, slots, expected) in cases {
        assert_eq!(no_show(&policy, &booking(*slots, State::Booked), at(now)), *expected, "{now}");
    }
}

#[test]
fn who_comes_for_the_afternoon_still_finds_the_seat() {
    let mut held = booking(DAY, State::Booked);
    let NoShow::Free(freed) = no_show(&policy(), &held, at("2026-11-24 09:00")) else { panic!("the morning must be freed") };
    held.slots = held.slots.minus(freed);
    let facts = CheckInFacts { policy: &policy(), booking: &held, person: ME };
    assert_eq!(check_in(facts, at("2026-11-24 12:45")), Ok(()));
}
