//! `make bench`: the release program with an office bigger than most, asked over HTTP, each number beside its goal.
//! Medians of several runs; the last ones are kept in `last-run.md` with the machine they were taken on.

mod measure;
mod office;

use measure::{Row, percentile, table};
use office::{Disk, Office};
use reqwest::Client;
use serde_json::json;
use std::{
    fs,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

const RUNS: usize = 3;
const READS: usize = 300;
const PAGES: usize = 100;
const WRITING: Duration = Duration::from_secs(4);

#[tokio::main]
async fn main() {
    let office = Arc::new(Office::start(Disk::Own).await);
    let mut rows = vec![
        Row::note("People, seats, bookings in the database", format!("{}, {}, {}", office.people, office.seats, office.bookings)),
        Row::note("Seats of the measured floor", office.floor_seats.to_string()),
        Row::at_most("Making the office, until ready", office.made_in.as_secs_f64(), 60.0, "s"),
    ];
    rows.extend(availability(&office).await);
    rows.push(page(&office).await);
    rows.extend(
        writes(&office, ["Durable bookings a second, 1 client", "Durable bookings a second, 16 clients", "Durable bookings a second, 64 clients"]).await,
    );
    rows.push(Row::at_most("Memory after all of it (RSS)", office.memory_mib(), 120.0, "MB"));
    rows.push(Row::at_most("First visit without fonts, brotli", office.first_visit_kib().await, 350.0, "KB"));
    drop(office);
    let office = Arc::new(Office::start(Disk::Slow).await);
    rows.extend(writes(&office, ["The same where a flush takes 5 ms more, 1 client", "… 16 clients", "… 64 clients"]).await);

    let table = table(&rows);
    eprintln!("{table}");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("last-run.md");
    fs::write(&file, format!("# The last `make bench`\n\n{}\n\n{table}", measure::machine())).expect("the numbers are written down");
}

/// One client, one request after another, so that what is measured is the answer and not the queue.
async fn in_turn(times: usize, client: &Client, url: &str, header: (&str, &str)) -> Vec<f64> {
    let mut took = Vec::with_capacity(times);
    for turn in 0..times + 20 {
        let began = Instant::now();
        let answer = client.get(url).header(header.0, header.1).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{url}: {}", answer.status());
        answer.bytes().await.expect("a body");
        if turn >= 20 {
            took.push(began.elapsed().as_secs_f64() * 1000.0);
        }
    }
    took
}

async fn availability(office: &Office) -> Vec<Row> {
    let url = office.address(&format!("/api/v1/floors/{}/availability?date={}", office.floor, office.busy_day));
    let mut runs = [Vec::new(), Vec::new(), Vec::new()];
    for _ in 0..RUNS {
        let took = in_turn(READS, &office.client, &url, ("authorization", &office.bearer)).await;
        for (run, share) in runs.iter_mut().zip([0.50, 0.95, 0.99]) {
            run.push(percentile(&took, share));
        }
    }
    let [p50, p95, p99] = runs.map(|run| percentile(&run, 0.5));
    vec![
        Row::plain("Availability of the floor, p50", p50, "ms"),
        Row::at_most("Availability of the floor, p95", p95, 15.0, "ms"),
        Row::plain("Availability of the floor, p99", p99, "ms"),
    ]
}

async fn page(office: &Office) -> Row {
    let url = office.address(&format!("/floors/{}?date={}", office.floor, office.busy_day));
    let mut runs = Vec::new();
    for _ in 0..RUNS {
        runs.push(percentile(&in_turn(PAGES, &office.client, &url, ("cookie", &office.cookie)).await, 0.95));
    }
    Row::at_most("Page of the floor, p95", percentile(&runs, 0.5), 30.0, "ms")
}

/// One client waits for its flush each time, many share one: how much that is worth, a disk decides.
async fn writes(office: &Arc<Office>, names: [&'static str; 3]) -> Vec<Row> {
    let mut medians = Vec::new();
    for clients in [1, 16, 64] {
        let mut runs = Vec::new();
        for _ in 0..RUNS {
            runs.push(bookings_a_second(office, clients).await);
        }
        medians.push(percentile(&runs, 0.5));
    }
    vec![
        Row::plain(names[0], medians[0], "/s"),
        Row::plain(names[1], medians[1], "/s"),
        Row::at_least(names[2], medians[2], 5.0 * medians[0], "/s (5 × one client)"),
    ]
}

/// Every client books and gives back seats of its own: each of the two is a commit, only the bookings are counted.
async fn bookings_a_second(office: &Arc<Office>, clients: usize) -> f64 {
    let began = Instant::now();
    let tasks: Vec<_> = (0..clients)
        .map(|number| {
            let office = office.clone();
            tokio::spawn(async move {
                let (seat, person) = &office.wishes[number];
                let body = json!({ "seat_id": seat, "date": office.free_day, "slots": ["am"], "person_no": person });
                let (mut done, mut writing) = (0_u32, Duration::ZERO);
                while began.elapsed() < WRITING {
                    let start = Instant::now();
                    let answer = office
                        .client
                        .post(office.address("/api/v1/bookings"))
                        .header("authorization", &office.bearer)
                        .json(&body)
                        .send()
                        .await
                        .expect("an answer");
                    let status = answer.status();
                    let booking: serde_json::Value = answer.json().await.expect("JSON");
                    assert_eq!(status, 201, "{booking}");
                    writing += start.elapsed();
                    done += 1;
                    let url = office.address(&format!("/api/v1/bookings/{}", booking["id"]));
                    let gone = office.client.delete(url).header("authorization", &office.bearer).send().await.expect("an answer");
                    assert!(gone.status().is_success(), "{}", gone.status());
                }
                f64::from(done) / writing.as_secs_f64()
            })
        })
        .collect();
    let mut sum = 0.0;
    for task in tasks {
        sum += task.await.expect("a client");
    }
    sum
}
