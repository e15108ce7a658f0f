//! `cargo bench --package domain`: how long a decision takes in an office of 20,000 people and 2,000 seats, how long a snapshot
//! takes to make, and how little a check-in costs, each beside its goal. A route answer has 20 ms; the decision must not be felt in it.

mod office;

use chrono::{DateTime, Utc};
use domain::telephone::{CallIn, Change, Occupancy, OccupancySource, PbxCaps, Snapshot, TimeRange, decide};
use office::{PEOPLE, SEATS, now, rows};
use std::{hint::black_box, time::Instant};

/// Enough that a pause of the machine is one of many.
const RUNS: usize = 2_000;

fn main() {
    // `cargo test --benches` asks for a test: there is none here, a measurement is neither right nor wrong.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let rows = rows();
    let mut builds = Vec::new();
    for _ in 0..5 {
        let rows = rows.clone();
        builds.push(micros(|| black_box(Snapshot::build(1, rows))));
    }
    let world = Snapshot::build(1, rows).snapshot;
    eprintln!("{PEOPLE} people, {SEATS} seats; medians, µs; goal for a decision ≤ 20\n");
    let line = |what: &str, took: Vec<f64>, goal: f64| {
        let (median, p99) = (share(&took, 0.5), share(&took, 0.99));
        eprintln!("{what:<44} {median:>10.1}   p99 {p99:>10.1}   {}", if median <= goal { "kept" } else { "MISSED" });
    };
    line("decide: a person at a seat", asked(&world, office::person_number), 20.0);
    line("decide: a section of 25", asked(&world, office::section_number), 20.0);
    line("decide: the main number", asked(&world, |_| "9".into()), 20.0);
    line("decide: no such number", asked(&world, |_| "777777".into()), 20.0);
    line("Snapshot::with: one check-in (goal 200)", check_ins(&world), 200.0);
    line("Snapshot::build: everything (goal 500,000)", builds, 500_000.0);
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
