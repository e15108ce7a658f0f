//! How long a decision takes in a house of 20,000 people, 15 to a section, half of them at seats. Measured, not judged: machines differ.
//!
//! `cargo test -p domain --release telephone::tests::speed -- --ignored --nocapture`

use super::*;
use std::{hint::black_box, time::Instant};

const PEOPLE: i64 = 20_000;
const IN_A_SECTION: i64 = 15;

fn city() -> Rows {
    let mut rows = hall();
    for id in 100..100 + PEOPLE {
        let (person, home) = (PersonId(id), SectionId(100 + id / IN_A_SECTION));
        rows.people.push(Subscriber { person, name: format!("職員 {id}"), kana: format!("ショクイン {id}"), listing: Listing::Listed, settings: None });
        rows.numbers.push(number(id, &format!("5{id}"), NumberKind::Person(person)));
        rows.devices.push(device(id, &format!("mob-{id}"), DeviceKind::Mobile, Owner::Person(person)));
        rows.devices.push(device(100_000 + id, &format!("seat-{id}"), DeviceKind::SeatPhone, Owner::Seat(SeatId(id))));
        rows.members.push(member(home, person, Post::Main));
        if id % 2 == 0 {
            rows = rows.sits(person, SeatId(id), "08:40");
        }
        if id % IN_A_SECTION == 0 {
            rows.sections.push(section(home, "課", Some(ANNAI)));
            rows.numbers.push(number(200_000 + id, &format!("6{id}"), NumberKind::Section(home)));
            rows.devices.push(device(200_000 + id, &format!("bcp-{id}"), DeviceKind::FixedBcp, Owner::Section(home)));
        }
    }
    rows
}

/// Microseconds of each call, sorted.
fn measured(world: &Snapshot, digits: impl Fn(i64) -> String) -> Vec<f64> {
    let mut times: Vec<f64> = (0..20_000_i64)
        .map(|turn| {
            let call = outside(&digits(100 + turn * 7_919 % (PEOPLE - IN_A_SECTION)));
            let begun = Instant::now();
            let plan = decide(black_box(world), &call, now(), &PbxCaps::default());
            let took = begun.elapsed().as_secs_f64() * 1e6;
            assert!(!black_box(plan).stages.is_empty());
            took
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times
}

#[test]
#[ignore = "a measurement: it is read, not passed"]
fn deciding_for_twenty_thousand_people() {
    let rows = city();
    let begun = Instant::now();
    let world = rows.world();
    println!("build: {:.0} ms", begun.elapsed().as_secs_f64() * 1e3);
    let section = |id: i64| format!("6{}", (id + IN_A_SECTION - 1) / IN_A_SECTION * IN_A_SECTION);
    for (name, times) in
        [("person", measured(&world, |id| format!("5{id}"))), ("section", measured(&world, section)), ("unknown", measured(&world, |_| "2101".into()))]
    {
        let at = |share: f64| times[(times.len() as f64 * share) as usize];
        println!("{name}: p50 {:.1} µs, p99 {:.1} µs, most {:.1} µs", at(0.5), at(0.99), at(0.9999));
    }
    let begun = Instant::now();
    let seated = |person, turn: i64| Occupancy { person, seat: SeatId(100 + turn), span: today("09:00"), source: OccupancySource::CheckIn };
    let after =
        (0..1_000).fold(world.clone(), |world, turn| world.with(turn, [Change::Occupancies(PersonId(100 + turn), vec![seated(PersonId(100 + turn), turn)])]));
    println!("check-in: {:.1} µs", begun.elapsed().as_secs_f64() * 1e3);
    let begun = Instant::now();
    let all = table(&after, None, now(), &PbxCaps::default());
    println!("table of {}: {:.0} ms", all.entries.len(), begun.elapsed().as_secs_f64() * 1e3);
}
