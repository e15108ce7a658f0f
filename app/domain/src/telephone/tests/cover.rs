//! The guarantee that somebody answers, and whose turn it is.

use super::*;
use crate::{booking::Weekdays, telephone::cover::*};

const DAY: &str = "2026-11-24";

fn rule(needed: u16, from_minute: u16, until_minute: u16) -> CoverRule {
    CoverRule { section: FUKUSHI, needed, hours: vec![Hours::office(from_minute, until_minute)], on_gap: OnGap::Warn }
}

fn planned(person: PersonId, on: &str, from_minute: u16, until_minute: u16) -> Planned {
    Planned { person, on: day(on), from_minute, until_minute }
}

/// `8:30 1/2` for every gap: when, how many of how many.
fn gaps(rule: &CoverRule, planned: &[Planned]) -> Vec<String> {
    let found = uncovered(rule, &SitePolicy::default(), (day(DAY), day("2026-11-26")), planned);
    found.iter().map(written).collect()
}

fn written(half: &HalfHour) -> String {
    format!(
        "{} {}:{:02}-{}:{:02} {}/{}",
        half.on.format("%d"),
        half.from_minute / 60,
        half.from_minute % 60,
        half.until_minute / 60,
        half.until_minute % 60,
        half.planned,
        half.needed
    )
}

#[test]
fn half_hours_that_nobody_covers() {
    let all_day = |person| planned(person, DAY, 510, 1_035);
    let next = |person| planned(person, "2026-11-25", 510, 1_035);
    let (tanaka, sato) = (all_day(TANAKA), all_day(SATO));
    let both_days = [tanaka, next(TANAKA)];
    assert_eq!(gaps(&rule(1, 510, 1_035), &both_days), Vec::<String>::new());
    assert_eq!(gaps(&rule(1, 510, 600), &[tanaka]), ["25 8:30-9:00 0/1", "25 9:00-9:30 0/1", "25 9:30-10:00 0/1"]);
    assert_eq!(gaps(&rule(2, 510, 570), &both_days), ["24 8:30-9:00 1/2", "24 9:00-9:30 1/2", "25 8:30-9:00 1/2", "25 9:00-9:30 1/2"]);
    assert_eq!(gaps(&rule(2, 510, 570), &[tanaka, sato, next(TANAKA), next(SATO)]), Vec::<String>::new());
    let halves = |until: u16, from: u16| [planned(TANAKA, DAY, 510, until), planned(TANAKA, DAY, from, 1_035), next(TANAKA)];
    assert_eq!(gaps(&rule(1, 510, 1_035), &halves(720, 780)), ["24 12:00-12:30 0/1", "24 12:30-13:00 0/1"], "noon");
    assert_eq!(gaps(&rule(1, 510, 1_035), &halves(735, 735)), Vec::<String>::new(), "a morning and an afternoon that touch are one");
    assert_eq!(gaps(&rule(2, 690, 720), &[tanaka, tanaka, next(TANAKA), next(SATO)]), ["24 11:30-12:00 1/2"], "a person counts once");
    assert_eq!(gaps(&rule(1, 1_020, 1_035), &[planned(TANAKA, DAY, 510, 1_030), next(TANAKA)]), ["24 17:00-17:15 0/1"], "all the while or not at all");
    let monday_only = CoverRule {
        hours: vec![Hours { windows: vec![Window { days: WindowDays::Weekdays(Weekdays(1)), from_minute: 510, until_minute: 540 }], valid: DayRange::ALWAYS }],
        ..rule(1, 0, 0)
    };
    assert_eq!(gaps(&monday_only, &[]), Vec::<String>::new());
    let holiday = uncovered(&rule(1, 510, 540), &SitePolicy::default(), (day("2026-11-21"), day("2026-11-25")), &[]);
    assert_eq!(holiday.iter().map(|half| half.on).collect::<Vec<_>>(), [day(DAY)], "weekend and holiday ask for nobody");
}

#[test]
fn what_a_release_breaks() {
    let rows = [planned(TANAKA, DAY, 510, 1_035), planned(SATO, DAY, 780, 1_035), planned(SUZUKI, DAY, 510, 720)];
    let verdict = |needed, on_gap, gone: usize| removing(&CoverRule { on_gap, ..rule(needed, 510, 1_035) }, &SitePolicy::default(), &rows, &rows[gone]);
    assert_eq!(verdict(1, OnGap::Refuse, 1), CoverVerdict::Fine);
    let noon = vec![
        HalfHour { on: day(DAY), from_minute: 720, until_minute: 750, planned: 0, needed: 1 },
        HalfHour { on: day(DAY), from_minute: 750, until_minute: 780, planned: 0, needed: 1 },
    ];
    assert_eq!(verdict(1, OnGap::Warn, 0), CoverVerdict::Warn(noon.clone()));
    assert_eq!(verdict(1, OnGap::Refuse, 0), CoverVerdict::Refused(noon));
    let CoverVerdict::Warn(worse) = verdict(2, OnGap::Warn, 0) else { panic!("it breaks the whole day") };
    assert_eq!(worse.len(), 18, "half-hours that were short before and are shorter now count too");
}

#[test]
fn who_can_answer() {
    let mut rows = hall();
    rows.devices.retain(|device| device.owner != Owner::Person(SATO));
    let world = rows.world();
    let on = day(DAY);
    assert!(can_answer(&world, TANAKA, None, on));
    assert!(!can_answer(&world, SATO, None, on) && can_answer(&world, SATO, Some(SEAT_12), on) && !can_answer(&world, SATO, Some(SeatId(99)), on));
}

fn candidate(person: PersonId, served: u32) -> Candidate {
    Candidate { person, weight_percent: 100, served, last_on: None, exclusions: vec![] }
}

/// The noon duty of so many working days from the 24th.
fn noons(days: u32) -> Vec<Duty> {
    (0..days).map(|ahead| Duty { on: day(DAY) + chrono::Days::new(u64::from(ahead)), from_minute: 720, until_minute: 780 }).collect()
}

fn people(rota: &Rota) -> Vec<Option<PersonId>> {
    rota.turns.iter().map(|turn| turn.person).collect()
}

#[test]
fn turns_are_shared_fairly() {
    let three = [candidate(TANAKA, 0), candidate(SATO, 0), candidate(SUZUKI, 0)];
    let (t, s, z) = (Some(TANAKA), Some(SATO), Some(SUZUKI));
    assert_eq!(people(&propose(&noons(6), &three, &[])), [t, s, z, t, s, z]);
    let behind = [candidate(TANAKA, 5), candidate(SATO, 3), candidate(SUZUKI, 5)];
    assert_eq!(people(&propose(&noons(4), &behind, &[])), [s, s, t, z], "who has served least catches up");
    let part_time = [Candidate { weight_percent: 50, ..candidate(TANAKA, 0) }, candidate(SATO, 0)];
    let rota = propose(&noons(9), &part_time, &[]);
    assert_eq!(rota.tallies, [Tally { person: TANAKA, before: 0, after: 3 }, Tally { person: SATO, before: 0, after: 6 }], "half the time, half the turns");
    let away = Exclusion::Days(DayRange { from_on: day(DAY), until_on: Some(day("2026-11-26")) });
    let excluded = [Candidate { exclusions: vec![away], ..candidate(TANAKA, 0) }, candidate(SATO, 0)];
    assert_eq!(people(&propose(&noons(4), &excluded, &[])), [s, s, t, t], "back from leave");
    let never = [Candidate { exclusions: vec![Exclusion::Hours { from_minute: 750, until_minute: 840 }], ..candidate(TANAKA, 0) }];
    assert_eq!(people(&propose(&noons(1), &never, &[])), [None], "a turn nobody can serve says so");
    let wednesdays = [Candidate { exclusions: vec![Exclusion::Weekdays(Weekdays(0b100))], ..candidate(TANAKA, 0) }];
    assert_eq!(people(&propose(&noons(3), &wednesdays, &[])), [t, None, t]);
    let same_day = [
        Duty { on: day(DAY), from_minute: 510, until_minute: 720 },
        Duty { on: day(DAY), from_minute: 700, until_minute: 1_035 },
        Duty { on: day(DAY), from_minute: 720, until_minute: 780 },
    ];
    assert_eq!(people(&propose(&same_day, &[candidate(TANAKA, 0), candidate(SATO, 9)], &[])), [t, s, t], "nobody at two places at once");
}

#[test]
fn turns_are_exchanged_by_consent() {
    let candidates = [candidate(TANAKA, 0), candidate(SATO, 0), Candidate { exclusions: vec![Exclusion::Weekdays(Weekdays(0b10))], ..candidate(SUZUKI, 0) }];
    let turns = propose(&noons(3), &candidates, &[]).turns;
    assert_eq!(turns.iter().map(|turn| turn.person).collect::<Vec<_>>(), [Some(TANAKA), Some(SATO), Some(SUZUKI)]);
    let swapped = swap(&turns, (0, 1), &[TANAKA, SATO], &candidates).unwrap();
    assert_eq!(swapped.iter().map(|turn| turn.person).collect::<Vec<_>>(), [Some(SATO), Some(TANAKA), Some(SUZUKI)]);
    assert_eq!(swap(&turns, (0, 1), &[TANAKA], &candidates), Err(SwapRefusal::NotAgreed { person: SATO }));
    assert_eq!(swap(&turns, (0, 2), &[TANAKA, SUZUKI], &candidates), Err(SwapRefusal::Cannot { person: SUZUKI }), "not on Tuesdays");
    assert_eq!(swap(&turns, (0, 9), &[TANAKA], &candidates), Err(SwapRefusal::NoTurn));
}
