//! What was acknowledged stays: the server is killed twenty times in the middle of work, and every 2xx answer is in the
//! database afterwards. SQLite with synchronous=FULL; fault plan F3.

mod support;

use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
    time::{Duration, Instant},
};
use support::{House, PEOPLE, Server, answer, client, holds, staff_no};
use tokio::sync::Mutex;

const KILLS: u64 = 20;
const CLIENTS: usize = 8;

/// What clients were told: bookings made and not cancelled since, and those whose end they never heard of.
#[derive(Default)]
struct Told {
    live: BTreeMap<i64, Value>,
    unsure: BTreeSet<i64>,
    acknowledged: usize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_acknowledged_booking_survives_a_killed_server() {
    let house = House::build(None);
    let token = house.token();
    let told = Arc::new(Mutex::new(Told::default()));
    let mut slowest_start = Duration::ZERO;

    for kill in 0..KILLS {
        let began = Instant::now();
        let server = Arc::new(house.start(&token).await);
        slowest_start = slowest_start.max(began.elapsed());
        everything_told_is_there(&server, &told).await;

        let days = Arc::new(server.open_days().await);
        let seats = Arc::new(server.seats().await);
        let clients: Vec<_> = (0..CLIENTS).map(|number| tokio::spawn(work(server.clone(), told.clone(), days.clone(), seats.clone(), number, kill))).collect();
        // Never at the same moment of the work.
        tokio::time::sleep(Duration::from_millis(150 + 37 * (kill % 7))).await;
        server.kill();
        for client in clients {
            client.await.expect("a client ends when its server does");
        }
        house.run(&["verify"]);
    }

    let server = house.start(&token).await;
    everything_told_is_there(&server, &told).await;
    let told = told.lock().await;
    assert!(told.acknowledged as u64 > 5 * KILLS, "too little work was done to prove anything: {} answers", told.acknowledged);
    assert!(slowest_start < Duration::from_secs(20), "the slowest start took {slowest_start:?}");
    eprintln!("{KILLS} kills, {} acknowledged writes, none lost; slowest start to ready {slowest_start:?}", told.acknowledged);
}

/// Books and cancels until the server is gone.
async fn work(server: Arc<Server>, told: Arc<Mutex<Told>>, days: Arc<Vec<String>>, seats: Arc<Vec<i64>>, number: usize, kill: u64) {
    let client = client();
    for step in 0.. {
        let person = (number + CLIENTS * step) % PEOPLE;
        let turn = step + number * 7 + kill as usize * 13;
        let slot = ["am", "pm"][turn % 2];
        let body = json!({ "seat_id": seats[turn % seats.len()], "date": days[turn / 3 % days.len()], "slots": [slot], "person_no": staff_no(person) });
        let request = client.post(server.address("/bookings")).header("Idempotency-Key", format!("{kill}-{number}-{step}")).json(&body);
        let Ok((status, booking)) = answer(request, server.token()).await else { return };
        assert!(status == 201 || status == 409, "{status} {booking}");
        if status == 409 {
            continue;
        }
        let id = booking["id"].as_i64().expect("an id");
        let mut notes = told.lock().await;
        notes.acknowledged += 1;
        notes.live.insert(id, booking);
        if step % 3 != 0 {
            continue;
        }
        // Until the answer is there, nobody can say whether the booking still is.
        notes.unsure.insert(id);
        drop(notes);
        let Ok((status, body)) = answer(client.delete(server.address(&format!("/bookings/{id}"))), server.token()).await else { return };
        assert!((200..300).contains(&status), "{status} {body}");
        let mut notes = told.lock().await;
        notes.acknowledged += 1;
        notes.live.remove(&id);
        notes.unsure.remove(&id);
    }
}

/// Every live booking is listed as it was told, and none that was cancelled.
async fn everything_told_is_there(server: &Server, told: &Mutex<Told>) {
    let mut stored = BTreeMap::new();
    for person in 0..PEOPLE {
        let page = server.get(&format!("/bookings?person_no={}&from=2000-01-01&to=2999-01-01&limit=500", staff_no(person))).await;
        for booking in page["items"].as_array().expect("bookings") {
            if booking["state"] == "booked" {
                stored.insert(booking["id"].as_i64().expect("an id"), booking.clone());
            }
        }
    }
    let mut told = told.lock().await;
    for id in std::mem::take(&mut told.unsure) {
        if !stored.contains_key(&id) {
            told.live.remove(&id);
        }
    }
    for (id, booking) in &told.live {
        let kept = stored.get(id).unwrap_or_else(|| panic!("booking {id} was acknowledged and is gone: {booking}"));
        assert_eq!(holds(kept), holds(booking), "booking {id} came back different");
    }
}
