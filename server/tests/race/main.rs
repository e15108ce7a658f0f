//! Nobody loses a seat to somebody else: many clients want the same things at the same moment, over HTTP, against the real
//! program, on both databases. Invariants of DESIGN.md §3, fault plan F2.

mod browser;
#[path = "../support/mod.rs"]
mod support;

use browser::Browser;
use reqwest::Client;
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    process::Command,
    sync::Arc,
    time::{Duration, Instant},
};
use support::{House, PEOPLE, Server, answer, client, holds, staff_no};
use tokio::sync::Barrier;

const ROUNDS: usize = 200;
const MIXED_STEPS: usize = 30;
/// Those who book several days at once and every week, in the browser's way; all others ask by REST.
const SERIES: std::ops::Range<usize> = 56..PEOPLE;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_winner_a_slot_on_sqlite() {
    race(None).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_winner_a_slot_on_postgresql() {
    let url = env::var("NANAWARI_TEST_POSTGRES_URL").expect("NANAWARI_TEST_POSTGRES_URL names a PostgreSQL for tests; `make test` starts one");
    let (server, _) = url.rsplit_once('/').expect("the URL names a database");
    let name = format!("race_{}", std::process::id());
    let created = Command::new("psql").args([&url, "-qc", &format!("CREATE DATABASE {name}")]).status().expect("psql runs");
    assert!(created.success(), "no database could be made");
    race(Some(format!("{server}/{name}"))).await;
}

async fn race(database_url: Option<String>) {
    let house = House::build(database_url);
    let token = house.token();
    for person in SERIES {
        browser::account(&house, &staff_no(person));
    }
    let server = Arc::new(house.start(&token).await);
    let days = server.open_days().await;
    let seats = server.seats().await;

    let mut log = Log::default();
    let (contested, mixed) = days.split_at(days.len() - 3);
    one_slot_rounds(&server, &seats, contested, &mut log).await;
    let few = &seats[..6];
    tokio::join!(mixed_wishes(&server, few, mixed, &mut log), series_wishes(&server, few, mixed));
    log.adopt_series(&server, mixed).await;

    log.no_thing_is_held_twice();
    log.agrees_with(&server, &days).await;
    server.kill();
    house.run(&["verify"]);
}

/// Every acknowledged booking that was not cancelled: id → the answer.
#[derive(Default)]
struct Log {
    live: BTreeMap<i64, Value>,
    slowest: Duration,
}

impl Log {
    fn no_thing_is_held_twice(&self) {
        let mut seats = BTreeSet::new();
        let mut people = BTreeSet::new();
        for booking in self.live.values() {
            for (seat, date, slot) in holds(booking) {
                assert!(seats.insert((seat, date.clone(), slot.clone())), "seat {seat} is held twice on {date} {slot}");
                let person = booking["person_no"].as_str().expect("whose it is").to_owned();
                assert!(people.insert((person.clone(), date.clone(), slot.clone())), "{person} sits twice on {date} {slot}");
            }
        }
    }

    /// What came of the wishes for several days, whose answers are pages.
    async fn adopt_series(&mut self, server: &Server, days: &[String]) {
        let mut adopted = 0;
        for person in SERIES {
            let page = server.get(&format!("/bookings?person_no={}&from={}&to=2999-01-01&limit=500", staff_no(person), days[0])).await;
            for booking in page["items"].as_array().expect("bookings").iter().filter(|booking| booking["state"] == "booked") {
                adopted += usize::from(self.live.insert(booking["id"].as_i64().expect("an id"), booking.clone()).is_none());
            }
        }
        assert!(adopted > 0, "no series won a single day: the mix proves nothing about them");
    }

    /// What the server lists is what it acknowledged, neither more nor less.
    async fn agrees_with(&self, server: &Server, days: &[String]) {
        let (from, to) = (&days[0], "2999-01-01");
        let mut listed = BTreeSet::new();
        for person in 0..PEOPLE {
            let page = server.get(&format!("/bookings?person_no={}&from={from}&to={to}&limit=500", staff_no(person))).await;
            for booking in page["items"].as_array().expect("bookings") {
                if ["booked", "checked_in"].contains(&booking["state"].as_str().unwrap_or_default()) {
                    listed.insert(booking["id"].as_i64().expect("an id"));
                }
            }
        }
        assert_eq!(listed, self.live.keys().copied().collect::<BTreeSet<_>>(), "acknowledged and stored bookings differ");
    }
}

/// 64 clients want one slot of one seat at once, 200 times.
async fn one_slot_rounds(server: &Arc<Server>, seats: &[i64], days: &[String], log: &mut Log) {
    let clients: Vec<Client> = (0..PEOPLE).map(|_| client()).collect();
    for round in 0..ROUNDS {
        // No slot twice: each round has a seat and a slot of its own.
        let (slot, day, seat) = (["am", "pm"][round % 2], round / 2 % days.len(), round / 2 / days.len() % seats.len());
        let (seat, date) = (seats[seat], &days[day]);
        let barrier = Arc::new(Barrier::new(PEOPLE));
        let tasks: Vec<_> = (0..PEOPLE)
            .map(|person| {
                let body = json!({ "seat_id": seat, "date": date, "slots": [slot], "person_no": staff_no(person) });
                let request = clients[person].post(server.address("/bookings")).header("Idempotency-Key", format!("round-{round}-{person}")).json(&body);
                let (barrier, token) = (barrier.clone(), server.token().to_owned());
                tokio::spawn(async move {
                    barrier.wait().await;
                    let began = Instant::now();
                    (answer(request, &token).await.expect("the server answers everybody"), began.elapsed())
                })
            })
            .collect();
        let mut winners = 0;
        for task in tasks {
            let ((status, body), took) = task.await.expect("a client");
            log.slowest = log.slowest.max(took);
            match status {
                201 => {
                    winners += 1;
                    log.live.insert(body["id"].as_i64().expect("an id"), body);
                }
                409 => loser_is_helped(&body),
                _ => panic!("round {round}: {status} {body}"),
            }
        }
        assert_eq!(winners, 1, "round {round}: seat {seat} on {date} {slot}");
    }
}

/// A refusal says why, and a taken seat names others.
fn loser_is_helped(body: &Value) {
    match body["code"].as_str() {
        Some("seat_taken") => {
            let others = body["alternatives"].as_array().map(Vec::len);
            assert!(others.is_some_and(|count| (1..=3).contains(&count)), "no alternatives: {body}");
        }
        Some("person_already_seated") => {}
        other => panic!("an unexpected refusal {other:?}: {body}"),
    }
}

/// Half days, whole days, a zone, any seat, retries and cancellations, all mixed, on few seats.
async fn mixed_wishes(server: &Arc<Server>, seats: &[i64], days: &[String], log: &mut Log) {
    let zone = server.floor().await["zones"][0]["id"].as_i64().expect("a zone");
    let tasks: Vec<_> = (0..SERIES.start)
        .map(|person| {
            let wisher = Wisher { server: server.clone(), client: client(), person, seats: seats.to_vec(), days: days.to_vec(), zone, live: BTreeMap::new() };
            tokio::spawn(wisher.wish_often())
        })
        .collect();
    for task in tasks {
        log.live.extend(task.await.expect("a client"));
    }
}

/// Several days at once, a wish for every week, and all of it taken back, while others want the same seats.
async fn series_wishes(server: &Arc<Server>, seats: &[i64], days: &[String]) {
    let tasks: Vec<_> = SERIES
        .map(|person| {
            let (server, seat, days) = (server.clone(), seats[person % seats.len()].to_string(), days.to_vec());
            tokio::spawn(async move {
                let browser = Browser::sign_in(&server, &staff_no(person)).await;
                let (first, last) = (&days[0], &days[days.len() - 1]);
                let mut several: Vec<_> = days.iter().enumerate().map(|(index, day)| (format!("days[{index}]"), day.as_str())).collect();
                several.extend([("slots".to_owned(), ["am", "pm", "am.pm"][person % 3]), ("seat".to_owned(), &seat)]);
                let mut weekly: Vec<_> = ["0", "1", "2", "3", "4"].iter().enumerate().map(|(index, day)| (format!("weekdays[{index}]"), *day)).collect();
                weekly.extend([("slots".to_owned(), "am.pm"), ("from".to_owned(), first.as_str()), ("last".to_owned(), last.as_str())]);
                let all = [("from".to_owned(), first.as_str()), ("last".to_owned(), last.as_str())];
                for _ in 0..3 {
                    browser.post("booking/reserve-days", &several).await;
                    browser.post("booking/cancel-range", &all).await;
                    browser.post("booking/repeat", &weekly).await;
                }
            })
        })
        .collect();
    for task in tasks {
        task.await.expect("a browser");
    }
}

struct Wisher {
    server: Arc<Server>,
    client: Client,
    person: usize,
    seats: Vec<i64>,
    days: Vec<String>,
    zone: i64,
    live: BTreeMap<i64, Value>,
}

impl Wisher {
    async fn wish_often(mut self) -> BTreeMap<i64, Value> {
        // A small generator, so that a failing run can be repeated.
        let mut state = 88_172_645_463_325_252_u64 ^ ((self.person as u64 + 1) << 20);
        for step in 0..MIXED_STEPS {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let pick = |of: usize, shift: u32| ((state >> shift) as usize) % of;
            if pick(4, 3) == 0 && !self.live.is_empty() {
                self.cancel(pick(self.live.len(), 11)).await;
                continue;
            }
            let slots = [json!(["am"]), json!(["pm"]), json!(["am", "pm"])][pick(3, 23)].clone();
            let mut body = json!({ "date": self.days[pick(self.days.len(), 31)], "slots": slots, "person_no": staff_no(self.person) });
            match pick(4, 37) {
                0 => body["any"] = json!(true),
                1 => body["zone_id"] = json!(self.zone),
                _ => body["seat_id"] = json!(self.seats[pick(self.seats.len(), 43)]),
            }
            self.book_and_retry(&body, &format!("mix-{}-{step}", self.person)).await;
        }
        self.live
    }

    /// The same wish with the same key twice: a client whose first answer got lost.
    async fn book_and_retry(&mut self, body: &Value, key: &str) {
        let first = self.post(body, key).await;
        let second = self.post(body, key).await;
        assert!([200, 201, 409].contains(&second.0), "{} for a retry of {body}: {}", second.0, second.1);
        match first.0 {
            201 => {
                let id = first.1["id"].as_i64().expect("an id");
                assert!(second.0 < 300 && second.1["id"] == first.1["id"], "a retry became something else: {first:?} {second:?}");
                self.live.insert(id, first.1);
            }
            409 => {
                // Refusals are not remembered: meanwhile the seat may have become free.
                if second.0 == 201 {
                    self.live.insert(second.1["id"].as_i64().expect("an id"), second.1);
                }
            }
            _ => panic!("{} for {body}: {}", first.0, first.1),
        }
    }

    async fn post(&self, body: &Value, key: &str) -> (u16, Value) {
        let request = self.client.post(self.server.address("/bookings")).header("Idempotency-Key", key).json(body);
        answer(request, self.server.token()).await.expect("the server answers everybody")
    }

    async fn cancel(&mut self, index: usize) {
        let id = *self.live.keys().nth(index).expect("one of the live ones");
        let request = self.client.delete(self.server.address(&format!("/bookings/{id}")));
        let (status, body) = answer(request, self.server.token()).await.expect("the server answers everybody");
        assert!((200..300).contains(&status), "cancelling {id}: {status} {body}");
        self.live.remove(&id);
    }
}
