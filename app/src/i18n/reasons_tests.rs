//! Every reason has words in both languages, and no code shows through.

use super::*;
use crate::api::PartlyBooked;
use chrono::{NaiveDate, NaiveDateTime};
use domain::{BookingId, SectionId, Slots, booking::Held, booking::view::Refused, telephone::cover::CoverGap};

fn on() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
}

fn at() -> NaiveDateTime {
    on().and_hms_opt(17, 0, 0).unwrap()
}

fn gaps() -> Vec<CoverGap> {
    let gap = |from_minute, until_minute| CoverGap { section: SectionId(1), on: on(), from_minute, until_minute, planned: 0, needed: 1 };
    vec![gap(510, 720), gap(780, 1_035)]
}

fn refusals() -> Vec<ReserveRefusal> {
    let held = Held { booking: BookingId(1), seat_label: "A01".into(), slots: Slots::first(2) };
    let not_yet = [Locked::NotYours, Locked::HomeHasRoom, Locked::EarlierOverflowHasRoom, Locked::LendingCapReached].map(|locked| ReserveRefusal::NotYetOpen {
        opens_at: at(),
        home_of: vec!["財政課".into()],
        locked,
    });
    let closed = [Closed::Weekend, Closed::Holiday { name: "勤労感謝の日".into() }, Closed::YearEnd, Closed::Exception { name: "Power check".into() }]
        .map(|closed| ReserveRefusal::ClosedDay { on: on(), closed, next_open_on: on() });
    let mut all = vec![
        ReserveRefusal::NoSlots,
        ReserveRefusal::PastDay { on: on() },
        ReserveRefusal::SlotOver { slots: Slots::first(1) },
        ReserveRefusal::TooFarAhead { last_on: on() },
        ReserveRefusal::NotEmployed { on: on() },
        ReserveRefusal::SeatClosed { seat_label: "A01".into() },
        ReserveRefusal::SeatTaken { seat_label: "A01".into(), slots: Slots::first(1), free_from_minute: Some(780) },
        ReserveRefusal::SeatTaken { seat_label: "A01".into(), slots: Slots::first(1), free_from_minute: None },
        ReserveRefusal::PersonAlreadySeated { held },
        ReserveRefusal::Quota { held: 60, limit: 60 },
        ReserveRefusal::NothingFree,
        ReserveRefusal::Cover { gaps: gaps() },
    ];
    all.extend(not_yet);
    all.extend(closed);
    all
}

const STATES: [State; 6] = [State::Booked, State::CheckedIn, State::Cancelled, State::Released, State::Expired, State::Done];

fn failures() -> Vec<ApiError> {
    let staff_no = || "1001".to_owned();
    let fields =
        [Field::Date, Field::Until, Field::Days, Field::Weekdays, Field::Slots, Field::Seat, Field::Booking, Field::Number, Field::Choice, Field::StaffNo];
    let accounts = [
        AccountProblem::WrongCredentials { staff_no: staff_no() },
        AccountProblem::TooManyTries { staff_no: staff_no(), wait_seconds: 61 },
        AccountProblem::Disabled { staff_no: staff_no() },
        AccountProblem::WrongPassword,
        AccountProblem::PasswordTooShort { min: 10 },
        AccountProblem::PasswordTooLong { max: 128 },
        AccountProblem::PasswordTooCommon,
        AccountProblem::PasswordContainsName,
        AccountProblem::NoPassword,
        AccountProblem::PasswordsDiffer,
        AccountProblem::WrongCode,
        AccountProblem::AlreadySetUp,
        AccountProblem::Missing,
        AccountProblem::Fixed,
    ];
    let mut all = vec![ApiError::NotSignedIn, ApiError::Denied, ApiError::NotFound, ApiError::Busy, ApiError::Unavailable, ApiError::Transport];
    all.push(ApiError::Internal { request_id: "7f3a".into() });
    all.push(ApiError::Days(PartlyBooked { booked: Vec::new(), slots: "am".into(), refused: Vec::new() }));
    all.extend(fields.map(|field| ApiError::Invalid(Invalid { field, value: String::new() })));
    all.extend(accounts.map(ApiError::Account));
    all.extend(refusals().into_iter().map(|reason| ApiError::Reserve(Refused { reason, alternatives: Vec::new() })));
    all.extend(
        [CheckInRefusal::NotYours, CheckInRefusal::TooEarly { opens_at: at() }, CheckInRefusal::TooLate, CheckInRefusal::AlreadyCheckedIn]
            .map(ApiError::CheckIn),
    );
    all.extend(STATES.map(|state| ApiError::CheckIn(CheckInRefusal::Ended { state })));
    all.extend([EndRefusal::NotYours, EndRefusal::Over, EndRefusal::Cover { gaps: gaps() }].map(ApiError::End));
    all.extend(STATES.map(|state| ApiError::End(EndRefusal::Ended { state })));
    all
}

fn is_japanese(text: &str) -> bool {
    text.chars().any(|letter| ('\u{3040}'..='\u{30ff}').contains(&letter))
}

#[test]
fn every_failure_is_a_sentence_in_both_languages() {
    for error in failures() {
        let (ja, en) = (api(Locale::Ja, &error), api(Locale::En, &error));
        assert!(is_japanese(&ja), "{error:?}: {ja}");
        assert!(ja.contains('。'), "{error:?}: {ja}");
        assert!(en.contains('.') && en.split_whitespace().count() > 1, "{error:?}: {en}");
        for words in [&ja, &en] {
            assert!(!words.contains('_') && !words.contains("{") && !words.contains("::"), "{error:?} shows its insides: {words}");
        }
    }
}

#[test]
fn english_reasons_hold_no_japanese_but_names() {
    for reason in refusals() {
        let en = reserve(Locale::En, &reason);
        assert!(!is_japanese(&en), "{en}");
    }
}

#[test]
fn a_refusal_says_what_to_do() {
    let taken = ReserveRefusal::SeatTaken { seat_label: "B06".into(), slots: Slots::first(1), free_from_minute: Some(780) };
    assert_eq!(reserve(Locale::Ja, &taken), "B06 は、ほかの人が予約しています。13:00から空きます。");
    assert_eq!(reserve(Locale::En, &taken), "B06 is taken by somebody else. It is free from 13:00.");
}

#[test]
fn every_proposal_has_its_reason() {
    for reason in
        [Reason::HomeZone, Reason::NearTeam { count: 1 }, Reason::NearTeam { count: 3 }, Reason::Has { attribute: "monitor".into() }, Reason::NotRecent]
    {
        assert!(is_japanese(&proposal(Locale::Ja, &reason)) || proposal(Locale::Ja, &reason).contains('席'));
        let en = proposal(Locale::En, &reason);
        assert!(!is_japanese(&en) && !en.is_empty(), "{en}");
    }
}

#[test]
fn whoever_answers_the_telephone_is_told_when_they_are_needed() {
    let reason = EndRefusal::Cover { gaps: gaps() };
    assert_eq!(
        end(Locale::Ja, &reason),
        "電話を受けられる人が足りなくなるため、やめられません(11月24日(火) 8:30–12:00、11月24日(火) 13:00–17:15)。先に、代わりに受ける人を決めてください。"
    );
    assert_eq!(
        end(Locale::En, &reason),
        "Too few people would be there to answer the telephone (Tue 24 Nov 8:30–12:00, Tue 24 Nov 13:00–17:15). Please find somebody to take your place first."
    );
    let gone = ShortOf { section: "3".into(), on: on(), from_minute: 510, until_minute: 720 };
    assert_eq!(short(Locale::Ja, &gone), "11月24日(火) 8:30–12:00に、電話を受けられる人が足りなくなりました。");
    assert_eq!(short(Locale::En, &gone), "Too few people are there to answer the telephone now: Tue 24 Nov 8:30–12:00.");
}
