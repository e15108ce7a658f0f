//! Taking a seat: every refusal, the order of refusals, moving, quota, the release time.

use super::*;
use crate::{
    site::{Closed, DayException, DayKind},
    zone::{Access, Locked},
};

/// One wish for seat A03 and the office it meets; cases change what they are about.
struct Case {
    on: &'static str,
    now: &'static str,
    wanted: Slots,
    on_held: OnHeld,
    employed: bool,
    seat_use: SeatUse,
    taken: Slots,
    held: Vec<Held>,
    held_slots: u32,
    home: UnitId,
    policy: SitePolicy,
}

impl Default for Case {
    fn default() -> Self {
        Self {
            on: "2026-11-24",
            now: "2026-11-19 10:00",
            wanted: DAY,
            on_held: OnHeld::Refuse,
            employed: true,
            seat_use: SeatUse::Open,
            taken: NONE,
            held: vec![],
            held_slots: 0,
            home: UnitId(1),
            policy: policy(),
        }
    }
}

impl Case {
    fn decide(&self) -> Result<Reservation, ReserveRefusal> {
        let (seat, access) = (seat(self.seat_use), zone(self.home));
        let facts = ReserveFacts {
            policy: &self.policy,
            seat: &seat,
            person: ME,
            employed: self.employed,
            taken: self.taken,
            held: self.held.clone(),
            held_slots: self.held_slots,
            access: &access,
        };
        reserve(day(self.on), self.wanted, self.on_held, &facts, at(self.now))
    }
}

fn held(booking: i64, slots: Slots) -> Held {
    Held { booking: BookingId(booking), seat_label: "B01".into(), slots }
}

fn exception(on: &str, kind: DayKind) -> SitePolicy {
    SitePolicy { exceptions: vec![DayException { on: day(on), kind, name: "創立記念日".into() }], ..policy() }
}

/// The answer of a case.
type Answer = Result<Reservation, ReserveRefusal>;

#[expect(clippy::unnecessary_wraps, reason = "it stands in tables of answers, beside refusals")]
fn granted(slots: Slots, give_back: &[(i64, Slots)], access: Access) -> Answer {
    Ok(Reservation { slots, give_back: give_back.iter().map(|(id, slots)| (BookingId(*id), *slots)).collect(), access })
}

fn check(cases: Vec<(&str, Case, Answer)>) {
    for (name, case, expected) in cases {
        assert_eq!(case.decide(), expected, "{name}");
    }
}

fn case() -> Case {
    Case::default()
}

#[test]
fn the_day_must_be_bookable() {
    use ReserveRefusal::{ClosedDay, NoSlots, PastDay, SlotOver, TooFarAhead};
    let closed = |on: &str, closed: Closed, next: &str| Err(ClosedDay { on: day(on), closed, next_open_on: day(next) });
    let home = |slots| granted(slots, &[], Access::Home);
    let last_on = day("2026-12-17");
    check(vec![
        ("a home seat five days ahead", case(), home(DAY)),
        ("nothing wanted", Case { wanted: NONE, ..case() }, Err(NoSlots)),
        ("a slot the grid does not have", Case { wanted: Slots::from_bits(0b101), ..case() }, Err(NoSlots)),
        ("yesterday", Case { on: "2026-11-18", ..case() }, Err(PastDay { on: day("2026-11-18") })),
        ("this morning at noon", Case { now: "2026-11-24 12:00", ..case() }, Err(SlotOver { slots: AM })),
        ("this morning at 11:59", Case { now: "2026-11-24 11:59", ..case() }, home(DAY)),
        ("the afternoon at noon", Case { now: "2026-11-24 12:00", wanted: PM, ..case() }, home(PM)),
        ("the whole day in the evening", Case { now: "2026-11-24 17:15", ..case() }, Err(SlotOver { slots: DAY })),
        ("the last day of the horizon", Case { on: "2026-12-17", ..case() }, home(DAY)),
        ("a day beyond it", Case { on: "2026-12-18", ..case() }, Err(TooFarAhead { last_on })),
        ("a Saturday", Case { on: "2026-11-28", ..case() }, closed("2026-11-28", Closed::Weekend, "2026-11-30")),
        (
            "a holiday before a working day",
            Case { on: "2026-11-23", ..case() },
            closed("2026-11-23", Closed::Holiday { name: "勤労感謝の日".into() }, "2026-11-24"),
        ),
        ("the year's end", Case { on: "2026-12-30", now: "2026-12-21 09:00", ..case() }, closed("2026-12-30", Closed::YearEnd, "2027-01-04")),
        ("a Saturday the site opens", Case { on: "2026-11-28", policy: exception("2026-11-28", DayKind::Open), ..case() }, home(DAY)),
        (
            "a Tuesday the site closes",
            Case { policy: exception("2026-11-24", DayKind::Closed), ..case() },
            closed("2026-11-24", Closed::Exception { name: "創立記念日".into() }, "2026-11-25"),
        ),
    ]);
}

#[test]
fn the_person_and_the_seat_must_be_free() {
    use ReserveRefusal::{NotEmployed, PersonAlreadySeated, SeatClosed, SeatTaken};
    let home = |slots| granted(slots, &[], Access::Home);
    let taken = |slots, free_from_minute| Err(SeatTaken { seat_label: "A03".into(), slots, free_from_minute });
    check(vec![
        ("not employed on that day", Case { employed: false, ..case() }, Err(NotEmployed { on: day("2026-11-24") })),
        ("a seat out of use", Case { seat_use: SeatUse::Closed, ..case() }, Err(SeatClosed { seat_label: "A03".into() })),
        ("a duty seat", Case { seat_use: SeatUse::Duty, ..case() }, home(DAY)),
        ("taken all day", Case { taken: DAY, ..case() }, taken(DAY, None)),
        ("taken in the morning, free from 13:00", Case { taken: AM, ..case() }, taken(AM, Some(780))),
        ("taken in the afternoon", Case { taken: PM, ..case() }, taken(PM, None)),
        ("the other half-day is taken", Case { taken: AM, wanted: PM, ..case() }, home(PM)),
        ("holds another seat", Case { held: vec![held(8, DAY)], ..case() }, Err(PersonAlreadySeated { held: held(8, DAY) })),
        ("holds another seat in the other half-day", Case { held: vec![held(8, AM)], wanted: PM, ..case() }, home(PM)),
        ("two halves held, the first is named", Case { held: vec![held(8, AM), held(9, PM)], ..case() }, Err(PersonAlreadySeated { held: held(8, AM) })),
    ]);
}

#[test]
fn moving_gives_back_only_what_is_in_the_way() {
    let moving = || Case { on_held: OnHeld::Move, ..case() };
    check(vec![
        ("nothing held", moving(), granted(DAY, &[], Access::Home)),
        ("a whole day for a whole day", Case { held: vec![held(8, DAY)], ..moving() }, granted(DAY, &[(8, DAY)], Access::Home)),
        ("half of a day", Case { held: vec![held(8, DAY)], wanted: PM, ..moving() }, granted(PM, &[(8, PM)], Access::Home)),
        ("two halves for a day", Case { held: vec![held(8, AM), held(9, PM)], ..moving() }, granted(DAY, &[(8, AM), (9, PM)], Access::Home)),
        ("the other half stays", Case { held: vec![held(8, AM)], wanted: PM, ..moving() }, granted(PM, &[], Access::Home)),
        (
            "never into a taken seat",
            Case { held: vec![held(8, DAY)], taken: PM, ..moving() },
            Err(ReserveRefusal::SeatTaken { seat_label: "A03".into(), slots: PM, free_from_minute: None }),
        ),
    ]);
}

#[test]
fn the_quota_counts_what_is_given_back() {
    let limited = || Case { policy: SitePolicy { quota_slots: 4, ..policy() }, ..case() };
    let quota = |held| Err(ReserveRefusal::Quota { held, limit: 4 });
    check(vec![
        ("reaches the limit", Case { held_slots: 2, ..limited() }, granted(DAY, &[], Access::Home)),
        ("passes the limit", Case { held_slots: 3, ..limited() }, quota(3)),
        ("one slot more still fits", Case { held_slots: 3, wanted: AM, ..limited() }, granted(AM, &[], Access::Home)),
        ("a move at the limit", Case { held_slots: 4, held: vec![held(8, DAY)], on_held: OnHeld::Move, ..limited() }, granted(DAY, &[(8, DAY)], Access::Home)),
        ("a longer move at the limit", Case { held_slots: 4, held: vec![held(8, AM)], on_held: OnHeld::Move, ..limited() }, quota(4)),
        ("an absurd count", Case { held_slots: u32::MAX, ..limited() }, quota(u32::MAX)),
    ]);
}

#[test]
fn another_units_home_opens_at_the_release_time() {
    let away = |now| Case { home: UnitId(2), now, ..case() };
    let not_yet = Err(ReserveRefusal::NotYetOpen { opens_at: at("2026-11-20 17:00"), home_of: vec!["福祉課".into()], locked: Locked::NotYours });
    check(vec![
        // 11/24 is a Tuesday after 勤労感謝の日: it opens on Friday
        ("Thursday", away("2026-11-19 10:00"), not_yet.clone()),
        ("Friday a minute before", away("2026-11-20 16:59"), not_yet),
        ("Friday 17:00", away("2026-11-20 17:00"), granted(DAY, &[], Access::Released)),
        ("on the day", away("2026-11-24 08:00"), granted(DAY, &[], Access::Released)),
    ]);
}

#[test]
fn the_release_time_is_on_the_open_day_before() {
    let early = SitePolicy { release_minute: 0, ..policy() };
    let broken = SitePolicy { release_minute: u16::MAX, ..policy() };
    let worked = exception("2026-11-28", DayKind::Open);
    let cases: &[(&str, &SitePolicy, &str, &str)] = &[
        ("a Thursday opens on Wednesday", &policy(), "2026-11-26", "2026-11-25 17:00"),
        ("a Monday opens on Friday", &policy(), "2026-11-30", "2026-11-27 17:00"),
        ("a Monday opens on the Saturday that is worked", &worked, "2026-11-30", "2026-11-28 17:00"),
        ("after a holiday Monday", &policy(), "2026-11-24", "2026-11-20 17:00"),
        ("after the year's end", &policy(), "2027-01-04", "2026-12-28 17:00"),
        ("at midnight", &early, "2026-11-26", "2026-11-25 00:00"),
        ("a minute no day has", &broken, "2026-11-26", "2026-11-25 23:59"),
    ];
    for (name, policy, on, opens) in cases {
        assert_eq!(opens_at(policy, day(on)), at(opens), "{name}");
    }
}

#[test]
fn the_first_reason_is_the_most_useful_one() {
    // Everything is wrong at once; the reasons go away one after another.
    let mut case = Case {
        on: "2026-11-28",
        now: "2026-11-19 10:00",
        employed: false,
        seat_use: SeatUse::Closed,
        taken: DAY,
        held: vec![held(8, DAY)],
        held_slots: 60,
        home: UnitId(2),
        ..case()
    };
    let mut codes = Vec::new();
    let mends: [fn(&mut Case); 7] = [
        |case| case.on = "2026-11-24",
        |case| case.employed = true,
        |case| case.seat_use = SeatUse::Open,
        |case| case.taken = NONE,
        |case| case.held = vec![],
        |case| case.home = UnitId(1),
        |case| case.held_slots = 0,
    ];
    for mend in mends {
        codes.push(case.decide().unwrap_err().code());
        mend(&mut case);
    }
    assert_eq!(codes, ["closed_day", "not_employed", "seat_closed", "seat_taken", "person_already_seated", "not_yet_open", "quota"]);
    assert!(case.decide().is_ok());
}

#[test]
fn a_refusal_says_its_code_in_json_too() {
    let refusals = [
        ReserveRefusal::NoSlots,
        ReserveRefusal::PastDay { on: day("2026-11-24") },
        ReserveRefusal::SlotOver { slots: AM },
        ReserveRefusal::ClosedDay { on: day("2026-11-28"), closed: Closed::Weekend, next_open_on: day("2026-11-30") },
        ReserveRefusal::TooFarAhead { last_on: day("2026-11-24") },
        ReserveRefusal::NotEmployed { on: day("2026-11-24") },
        ReserveRefusal::SeatClosed { seat_label: "A03".into() },
        ReserveRefusal::SeatTaken { seat_label: "A03".into(), slots: AM, free_from_minute: Some(780) },
        ReserveRefusal::PersonAlreadySeated { held: held(8, AM) },
        ReserveRefusal::NotYetOpen { opens_at: at("2026-11-20 17:00"), home_of: vec![], locked: Locked::NotYours },
        ReserveRefusal::Quota { held: 4, limit: 4 },
        ReserveRefusal::NothingFree,
    ];
    let helped = ["seat_closed", "seat_taken", "not_yet_open", "nothing_free"];
    for refusal in refusals {
        let json = serde_json::to_value(&refusal).unwrap();
        assert_eq!(json_name(&refusal), refusal.code());
        assert_eq!(serde_json::from_value::<ReserveRefusal>(json).unwrap(), refusal);
        assert_eq!(refusal.wants_alternatives(), helped.contains(&refusal.code()), "{refusal:?}");
    }
}

#[test]
fn stored_words_read_back() {
    for seat_use in [SeatUse::Open, SeatUse::Duty, SeatUse::Closed] {
        assert_eq!(SeatUse::parse(seat_use.code()), Some(seat_use));
    }
    for state in [State::Booked, State::CheckedIn, State::Cancelled, State::Released, State::Expired, State::Done] {
        assert_eq!(State::parse(state.code()), Some(state));
        assert_eq!(state.is_live(), matches!(state, State::Booked | State::CheckedIn));
    }
    assert_eq!((SeatUse::parse(""), State::parse("lost")), (None, None));
}
