//! `cargo bench --package domain`: how long a decision takes in an office of 20,000 people and 2,000 seats, how long a snapshot
//! takes to make, and how little a check-in costs, each beside its goal. A route answer has 20 ms; the decision must not be felt in it.

mod office;

use chrono::{DateTime, TimeDelta, Utc};
use domain::telephone::{CallIn, Change, Moment, Occupancy, OccupancySource, PbxCaps, Snapshot, TimeRange, decide, differences};
use office::{PEOPLE, SEATS, now, rows};
use std::{hint::black_box, time::Instant};

/// Enough that a pause of the machine is one of many.
const RUNS: usize = 2_000;
/// The median of several rounds is told, and the least: on a machine that does other work the two differ.
const ROUNDS: usize = 7;

fn main() {
    // `cargo test --benches` asks for a test: there is none here, a measurement is neither right nor wrong.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let rows = rows();
    let build = || {
        let rows = rows.clone();
        micros(|| black_box(Snapshot::build(1, rows)))
    };
    let builds = (0..ROUNDS).map(|_| build()).collect();
    let world = Snapshot::build(1, rows.clone()).snapshot;
    eprintln!("{PEOPLE} people, {SEATS} seats; µs, median of {ROUNDS} rounds and the least\n");
    line("decide: a person at a seat, each time another", rounds(|| asked(&world, office::person_number)), 20.0);
    line("decide: a section of 25 and its overflow of 25", rounds(|| asked(&world, office::section_number)), 20.0);
    line("decide: the main number, a section of 25", rounds(|| asked(&world, |_| "9".into())), 20.0);
    line("decide: no such number", rounds(|| asked(&world, |_| "777777".into())), 20.0);
    line("Snapshot::with: one check-in", rounds(|| check_ins(&world)), 200.0);
    line("Snapshot::build: everything", builds, 500_000.0);
    let planned = world.planned(&[]);
    line("differences: every number at two days", (0..3).map(|_| april(&planned)).collect(), 1_000_000.0);
}

/// The median of each round.
fn rounds(measure: impl Fn() -> Vec<f64>) -> Vec<f64> {
    (0..ROUNDS).map(|_| share(&measure(), 0.5)).collect()
}

fn line(what: &str, rounds: Vec<f64>, goal: f64) {
    let (median, least) = (share(&rounds, 0.5), share(&rounds, 0.0));
    eprintln!("{what:<48} {median:>9.1}  least {least:>9.1}  goal ≤ {goal:>8}  {}", if median <= goal { "kept" } else { "MISSED" });
}

/// Asks for another number every time, so that not one answer but many are measured.
fn asked(world: &Snapshot, number: impl Fn(usize) -> String) -> Vec<f64> {
    let caps = PbxCaps::default();
    let calls: Vec<CallIn> = (0..RUNS)
        .map(|turn| CallIn { to: number(turn), from: "0312345678".into(), trunk: Some("ntt-1".into()), call_id: "a84b".into(), ..CallIn::default() })
        .collect();
    calls.iter().for_each(|call| drop(black_box(decide(world, call, now(), &caps))));
    calls.iter().map(|call| micros(|| black_box(decide(world, call, now(), &caps)))).collect()
}

/// Every number now and on a day to come, with everybody in: what a transfer changes.
fn april(planned: &Snapshot) -> f64 {
    let moment = |days: i64| Moment { world: planned, at: now() + TimeDelta::days(days) };
    let Some(site) = planned.houses().next().map(|house| house.site) else { return 0.0 };
    micros(|| black_box(differences(moment(0), moment(128), site)))
}

/// Everybody sits down somewhere else, one after another, each in the snapshot of the one before.
fn check_ins(world: &Snapshot) -> Vec<f64> {
    let mut world = world.clone();
    let mut took = Vec::with_capacity(RUNS);
    for turn in 0..RUNS {
        let row = sits_elsewhere(turn, now());
        let revision = world.revision() + 1;
        let mut next = None;
        took.push(micros(|| next = Some(world.with(revision, [Change::Occupancies(row.person, vec![row])]))));
        world = next.unwrap_or(world);
    }
    took
}

fn sits_elsewhere(turn: usize, from_at: DateTime<Utc>) -> Occupancy {
    let (person, seat) = (office::person(turn * 7 % PEOPLE), office::seat(turn * 13 % SEATS));
    Occupancy { person, seat, span: TimeRange { from_at, until_at: None }, source: OccupancySource::CheckIn }
}

fn micros<T>(work: impl FnOnce() -> T) -> f64 {
    let began = Instant::now();
    let made = work();
    let took = began.elapsed().as_secs_f64() * 1e6;
    drop(made);
    took
}

/// The value below which the share of all lies.
fn share(values: &[f64], share: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted[((last as f64) * share).round() as usize]
}
