//! The real platform with the sample office, as other programs see it: its commands, its REST.

use crate::{
    office::{self, Person, Seat},
    process::{Group, free_port},
};
use reqwest::{Client, Method};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::PathBuf,
    process::Command,
    time::{Duration, Instant},
};
use tempfile::TempDir;

/// A Tuesday morning, an hour after the office opened.
const NOW: &str = "2026-11-24T09:30:00+09:00";
const TODAY: &str = "2026-11-24";

pub struct House {
    folder: TempDir,
    server: Group,
    base: String,
    token: String,
    client: Client,
    seats: BTreeMap<String, i64>,
    /// Where `/pbx/v1` is, and nothing else.
    pub pbx_port: u16,
    /// Where the redirect server is.
    pub sip_port: u16,
}

impl House {
    /// The demo office with our telephones in it.
    pub async fn start() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let (port, pbx_port, sip_port) = (free_port(), free_port(), free_port());
        let client = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
        let server = serve(&folder, &["demo", "--now", NOW], [port, pbx_port, sip_port]);
        let mut house =
            Self { folder, server, base: format!("http://127.0.0.1:{port}"), token: String::new(), client, seats: BTreeMap::new(), pbx_port, sip_port };
        house.wait_ready().await;
        house.token = house.printed().split_whitespace().find(|word| word.starts_with("nw_")).expect("a token is printed before anything is served").to_owned();
        house.api(Method::PUT, "/telephone", Some(office::set_up())).await;
        house.seats = house.read_seats().await;
        house.free(office::E01).await;
        house.free(office::E05).await;
        for person in [office::OGAWA, office::WATANABE, office::OKAMOTO, office::HARADA] {
            house.clear_day(person).await;
            house.api(Method::PUT, &format!("/people/{}/phone", person.no), Some(json!({ "ring_ms": office::RING_MS }))).await;
        }
        house
    }

    fn printed(&self) -> String {
        fs::read_to_string(self.folder.path().join("printed")).unwrap_or_default()
    }

    async fn wait_ready(&mut self) {
        let began = Instant::now();
        while !self.client.get(format!("{}/readyz", self.base)).send().await.is_ok_and(|answer| answer.status().is_success()) {
            assert!(self.server.has_ended().is_none() && began.elapsed() < Duration::from_secs(60), "the platform is not ready\n{}", self.printed());
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    /// A request that must succeed.
    pub async fn api(&self, method: Method, path: &str, body: Option<Value>) -> Value {
        let mut request = self.client.request(method.clone(), format!("{}/api/v1{path}", self.base)).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.expect("an answer");
        let (status, text) = (answer.status(), answer.text().await.expect("a body"));
        assert!(status.is_success(), "{method} {path}: {status} {text}");
        serde_json::from_str(&text).unwrap_or(Value::Null)
    }

    async fn read_seats(&self) -> BTreeMap<String, i64> {
        let mut seats = BTreeMap::new();
        for floor in self.api(Method::GET, "/floors", None).await["items"].as_array().expect("floors") {
            let plan = self.api(Method::GET, &format!("/floors/{}", floor["id"]), None).await;
            for seat in plan["seats"].as_array().expect("seats") {
                seats.insert(seat["label"].as_str().expect("a label").to_owned(), seat["id"].as_i64().expect("a seat's id"));
            }
        }
        seats
    }

    /// The sample office is in use; a test begins with nobody of ours seated, and nobody at our telephones.
    async fn clear_day(&self, person: Person) {
        let page = self.api(Method::GET, &format!("/bookings?person_no={}&from={TODAY}&to=2026-11-25", person.no), None).await;
        for booking in page["items"].as_array().expect("bookings") {
            self.end(booking).await;
        }
    }

    /// Whoever has a seat today gives it back.
    async fn free(&self, seat: Seat) {
        let page = self.api(Method::GET, &format!("/bookings?from={TODAY}&to=2026-11-25&limit=500"), None).await;
        for booking in page["items"].as_array().expect("bookings").iter().filter(|booking| booking["seat_id"] == self.seats[seat.label]) {
            self.end(booking).await;
        }
    }

    async fn end(&self, booking: &Value) {
        match booking["state"].as_str() {
            Some("booked") => drop(self.api(Method::DELETE, &format!("/bookings/{}", booking["id"]), None).await),
            Some("checked_in") => self.leave(booking["id"].as_i64().expect("an id")).await,
            _ => {}
        }
    }

    /// Somebody takes a seat and sits down; the booking, and the moment at which they were told that they sit.
    pub async fn sit_down(&self, person: Person, seat: Seat) -> (i64, Instant) {
        let seat_id = self.seats[seat.label];
        let wish = json!({ "seat_id": seat_id, "date": TODAY, "slots": ["am", "pm"], "person_no": person.no });
        let booking = self.api(Method::POST, "/bookings", Some(wish)).await["id"].as_i64().expect("an id");
        self.api(Method::POST, &format!("/bookings/{booking}/check-in"), None).await;
        (booking, Instant::now())
    }

    pub async fn leave(&self, booking: i64) {
        self.api(Method::POST, &format!("/bookings/{booking}/release"), None).await;
    }

    pub async fn presence(&self, person: Person, state: &str) {
        self.api(Method::PUT, &format!("/people/{}/presence", person.no), Some(json!({ "state": state }))).await;
    }

    /// What somebody reads of the first emergency call they are told of.
    pub async fn emergency(&self, person: Person) -> Value {
        let began = Instant::now();
        loop {
            let memos = self.api(Method::GET, &format!("/memos?person_no={}", person.no), None).await;
            let told = memos["items"].as_array().expect("memos").iter().find(|memo| !memo["emergency"].is_null());
            if let Some(told) = told {
                return told["emergency"].clone();
            }
            assert!(began.elapsed() < Duration::from_secs(60), "nobody is told of an emergency call: {memos}");
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// 通常・時間外・災害.
    pub async fn mode(&self, mode: &str) {
        self.api(Method::PUT, "/mode", Some(json!({ "mode": mode }))).await;
    }

    /// How many memos somebody can read.
    pub async fn memos(&self, person: Person) -> usize {
        let memos = self.api(Method::GET, &format!("/memos?person_no={}", person.no), None).await;
        memos["items"].as_array().expect("memos").len()
    }

    pub async fn delegate(&self, from: Person, to: Person) {
        let delegation = json!({ "from": from.no, "to": to.no, "until": "2026-11-24T17:00:00+09:00", "scope": "all" });
        self.api(Method::PUT, "/delegations", Some(delegation)).await;
    }

    /// A new secret of the link.
    pub async fn link_secret(&self) -> String {
        self.api(Method::POST, "/pbx-links/k1/secret", None).await["secret"].as_str().expect("a secret").to_owned()
    }

    /// A new password of a device.
    pub async fn password(&self, device: &str) -> String {
        self.api(Method::POST, &format!("/devices/{device}/password"), None).await["password"].as_str().expect("a password").to_owned()
    }

    /// What the platform holds of the machine's memory.
    pub fn memory_mib(&self) -> f64 {
        self.server.memory_mib()
    }

    /// Calls of people's numbers in this month's count; waits a while for as many as are expected.
    pub async fn recorded(&self, expected: u32) -> u32 {
        let mut count = 0;
        for _ in 0..100 {
            let totals = self.api(Method::GET, "/calls/totals", None).await;
            let people = totals["items"].as_array().into_iter().flatten().find(|row| row["called"] == "people");
            count = people.and_then(|row| row["calls"].as_u64()).and_then(|calls| u32::try_from(calls).ok()).unwrap_or(0);
            if count >= expected {
                break;
            }
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        count
    }

    /// As a crash would.
    pub fn kill(&mut self) {
        self.server.kill();
    }

    /// Starts again on what is on disk, by the machine's clock.
    pub async fn start_again(&mut self) {
        let port = self.base.rsplit(':').next().and_then(|port| port.parse().ok()).expect("a port");
        self.server = serve(&self.folder, &["serve"], [port, self.pbx_port, self.sip_port]);
        self.wait_ready().await;
    }
}

/// The program under test: what was built beside the tests, or what is measured.
pub fn program() -> String {
    let measured = std::env::var("NANAWARI_BENCH_PROGRAM").ok();
    measured.or_else(|| option_env!("CARGO_BIN_EXE_nanawari").map(str::to_owned)).expect("NANAWARI_BENCH_PROGRAM names the program")
}

fn serve(folder: &TempDir, arguments: &[&str], ports: [u16; 3]) -> Group {
    let path: PathBuf = folder.path().into();
    let printed = File::options().create(true).append(true).open(path.join("printed")).expect("a log");
    let errors = printed.try_clone().expect("the same log");
    let mut command = Command::new(program());
    command.current_dir(&path).args(arguments).env("NANAWARI_DATA_DIR", path.join("data")).env("NANAWARI_LOG", "warn");
    for (name, port) in ["NANAWARI_LISTEN", "NANAWARI_PBX_LISTEN", "NANAWARI_SIP_LISTEN"].into_iter().zip(ports) {
        command.env(name, format!("127.0.0.1:{port}"));
    }
    Group::start(command.stdout(printed).stderr(errors))
}
