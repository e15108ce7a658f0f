//! Questions alone, at a steady pace: a request is sent when it is due, whether or not the one before was answered, so that a
//! slow answer is counted with everything that waited behind it.

use crate::{
    measure::{Row, percentile},
    process::{Group, free_port},
};
use reqwest::{Client, Method, Request, RequestBuilder};
use serde_json::{Value, json};
use std::{
    fs::{self, File},
    process::Command,
    time::{Duration, Instant},
};
use tempfile::TempDir;
use tokio::{runtime::Builder, task::JoinHandle};

const SIZE: [&str; 6] = ["--people", "20000", "--seats", "14000", "--days", "5"];
const NOW: &str = "2026-11-24T08:35:00+09:00";
const TODAY: &str = "2026-11-24";
/// Questions a second, for how long in one round, and how many rounds. Whoever shares the machine takes it away for 20 ms and more,
/// some hours several times a second: a figure is the median of the rounds, and that of all of them together stands beside it.
const PACE: u32 = 200;
const SECONDS: u32 = 3;
const ROUNDS: usize = 11;
/// The same is asked while so many readers load, over and over, a page that is chosen from all 20,000 people (some 40 ms of work).
const READERS: usize = 3;
const BUSY_ROUNDS: usize = 5;
/// Check-ins that are asked about at once.
const CHECK_INS: usize = 50;

struct House {
    program: Group,
    _folder: TempDir,
    client: Client,
    base: String,
    /// Where PBXs ask: a listener of their own, as the guide has it.
    pbx: String,
    token: String,
    secret: String,
}

impl House {
    async fn start() -> Self {
        let (folder, port, pbx_port) = (TempDir::new().expect("a temporary folder"), free_port(), free_port());
        let printed = folder.path().join("printed");
        let log = File::create(&printed).expect("a log");
        let mut command = Command::new(crate::house::program());
        command.arg("demo").args(SIZE).args(["--now", NOW]).env("NANAWARI_LISTEN", format!("127.0.0.1:{port}"));
        command.env("NANAWARI_PBX_LISTEN", format!("127.0.0.1:{pbx_port}"));
        command.env("NANAWARI_DATA_DIR", folder.path().join("data")).env("NANAWARI_LOG", "warn").stdout(log);
        let mut program = Group::start(&mut command);
        let client = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
        let (base, began) = (format!("http://127.0.0.1:{port}"), Instant::now());
        while !client.get(format!("{base}/readyz")).send().await.is_ok_and(|answer| answer.status().is_success()) {
            assert!(program.has_ended().is_none() && began.elapsed() < Duration::from_secs(300), "the office is not ready");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let text = fs::read_to_string(&printed).expect("what it printed");
        let word = |begins: &str| text.split_whitespace().find(|word| word.starts_with(begins)).expect("it is printed").to_owned();
        Self { token: word("nw_"), secret: word("nwp_"), pbx: format!("http://127.0.0.1:{pbx_port}"), program, _folder: folder, client, base }
    }

    async fn api(&self, method: Method, path: &str, body: Option<Value>) -> (u16, Value) {
        let mut request = self.client.request(method, format!("{}/api/v1{path}", self.base)).bearer_auth(&self.token);
        if let Some(body) = body {
            request = request.json(&body);
        }
        let answer = request.send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.unwrap_or(Value::Null))
    }

    fn question(&self, to: &str) -> RequestBuilder {
        let question = json!({ "v": 1, "to": to, "from": "0312345678", "trunk": "trunk", "call_id": "bench" });
        self.client.post(format!("{}/pbx/v1/route", self.pbx)).basic_auth("demo", Some(&self.secret)).json(&question)
    }

    async fn route(&self, to: &str) -> Value {
        let answer = self.question(to).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{to}: {}", answer.status());
        answer.json().await.expect("JSON")
    }

    /// Extensions of people and sections, mixed.
    async fn numbers(&self) -> Vec<String> {
        let (_, numbers) = self.api(Method::GET, "/numbers", None).await;
        let all: Vec<String> = numbers["items"].as_array().expect("numbers").iter().filter_map(|number| number["ext"].as_str().map(str::to_owned)).collect();
        // A step that is prime to most lengths goes everywhere.
        (0..(PACE * SECONDS) as usize * ROUNDS).map(|at| all[at * 7_919 % all.len()].clone()).collect()
    }

    /// Rounds of what does nothing and of questions: how long each answer took, milliseconds.
    async fn rounds(&self, numbers: &[String]) -> (Vec<Vec<f64>>, Vec<Vec<f64>>) {
        let (mut nothing, mut routes) = (Vec::new(), Vec::new());
        for round in numbers.chunks((PACE * SECONDS) as usize) {
            // What any answer costs on this machine at this moment, the client's own lateness within.
            nothing.push(paced((0..PACE * SECONDS / 2).map(|_| built(self.client.get(format!("{}/healthz", self.base)))).collect()).await);
            routes.push(paced(round.iter().map(|ext| built(self.question(ext))).collect()).await);
        }
        (nothing, routes)
    }

    /// People sit down at their seats, and the very next question is about them: how many answers did not know, and how long the
    /// questions took, milliseconds.
    async fn check_ins(&self) -> (usize, Vec<f64>) {
        let (_, bookings) = self.api(Method::GET, &format!("/bookings?from={TODAY}&to=2026-11-25&limit=500"), None).await;
        let (mut stale, mut took) = (0, Vec::new());
        for booking in bookings["items"].as_array().expect("bookings").iter().filter(|booking| booking["state"] == "booked") {
            let no = booking["person_no"].as_str().expect("whose it is");
            let (_, found) = self.api(Method::GET, &format!("/people?q={no}"), None).await;
            let Some(ext) = found["items"][0]["extension"].as_str() else { continue };
            if self.api(Method::POST, &format!("/bookings/{}/check-in", booking["id"]), None).await.0 != 200 {
                continue;
            }
            let began = Instant::now();
            let answer = self.route(ext).await;
            took.push(began.elapsed().as_secs_f64() * 1_000.0);
            // The demo's seats have no telephones: what tells that the answer knows of the seat is the reason kept with it.
            let id = answer["decision_id"].as_str().expect("a decision");
            let (_, decision) = self.api(Method::GET, &format!("/decisions/{id}"), None).await;
            if !decision["plan"]["why"].to_string().contains("\"at_seat\"") {
                eprintln!("{no} ({ext}) sat down, and the answer says: {}", decision["plan"]["why"]);
                stale += 1;
            }
            if took.len() == CHECK_INS {
                break;
            }
        }
        (stale, took)
    }
}

/// Sends requests at the pace, and returns how long after it was due each was answered, milliseconds. The client has one thread, and
/// beside it one that keeps time: what is measured are answers, not how a client's threads wake each other.
async fn paced(requests: Vec<Request>) -> Vec<f64> {
    let many = u32::try_from(requests.len()).expect("few");
    let (strike, mut strikes) = tokio::sync::mpsc::unbounded_channel();
    let send = async move {
        let client = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
        let mut asked = Vec::new();
        for request in requests {
            let (client, due): (_, Instant) = (client.clone(), strikes.recv().await.expect("the clock goes on"));
            asked.push(tokio::spawn(async move {
                let answer = client.execute(request).await.expect("an answer");
                assert!(answer.status().is_success(), "{}", answer.status());
                answer.bytes().await.expect("a body");
                due.elapsed().as_secs_f64() * 1_000.0
            }));
        }
        let mut times = Vec::new();
        for one in asked {
            times.push(one.await.expect("an answer"));
        }
        times
    };
    let clock = std::thread::spawn(move || {
        let began = Instant::now() + Duration::from_millis(100);
        for due in (0..many).map(|at| began + Duration::from_secs(1) / PACE * at) {
            std::thread::sleep(due.saturating_duration_since(Instant::now()));
            strike.send(due).expect("somebody sends");
        }
    });
    let sent = tokio::task::spawn_blocking(|| Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(send));
    let times = sent.await.expect("all were sent");
    clock.join().expect("the clock ended");
    times
}

/// Loads a page again and again, until it is stopped.
async fn read_pages(url: String) {
    let client = Client::builder().timeout(Duration::from_secs(30)).build().expect("a client");
    loop {
        client.get(&url).send().await.expect("a page").bytes().await.expect("all of it");
    }
}

fn built(request: RequestBuilder) -> Request {
    request.build().expect("a request")
}

pub async fn measure() -> Vec<Row> {
    let house = House::start().await;
    let numbers = house.numbers().await;
    let (stale, took) = house.check_ins().await;
    for ext in numbers.iter().take(200) {
        house.route(ext).await;
    }
    let before = house.program.memory_mib();
    let stolen = Stolen::begin();
    let (nothing, routes) = house.rounds(&numbers).await;
    let stolen = stolen.percent();
    let after = house.program.memory_mib();
    let reading: Vec<_> = (0..READERS).map(|_| tokio::spawn(read_pages(format!("{}/demo", house.base)))).collect();
    let (busy_nothing, busy_routes) = house.rounds(&numbers[..(PACE * SECONDS) as usize * BUSY_ROUNDS]).await;
    reading.iter().for_each(JoinHandle::abort);
    let median = |rounds: &[Vec<f64>], share: f64| percentile(&rounds.iter().map(|times| percentile(times, share)).collect::<Vec<_>>(), 0.5);
    let of_all = |rounds: &[Vec<f64>]| percentile(&rounds.concat(), 0.99);
    vec![
        Row::note("People; questions at 200 a second", format!("20000; {ROUNDS} rounds of {}", PACE * SECONDS)),
        Row::plain("Taken away from this machine meanwhile (steal)", stolen, "%"),
        Row::plain("`/healthz` at the same pace, which does nothing, p50", median(&nothing, 0.50), "ms"),
        Row::plain("`/healthz`, p99", median(&nothing, 0.99), "ms"),
        Row::plain("`/healthz`, p99 of all rounds together", of_all(&nothing), "ms"),
        Row::plain("`/pbx/v1/route`, p50", median(&routes, 0.50), "ms"),
        Row::plain("`/pbx/v1/route`, p95", median(&routes, 0.95), "ms"),
        Row::at_most("`/pbx/v1/route`, p99", median(&routes, 0.99), 5.0, "ms"),
        Row::plain("`/pbx/v1/route`, p99 of all rounds together", of_all(&routes), "ms"),
        Row::note("Memory before and after them (RSS)", format!("{before:.0}, {after:.0} MB")),
        Row::at_most("Answers that did not know of the check-in before them", stale as f64, 0.0, &format!("of {}", took.len())),
        Row::note("The same while pages are read without pause", format!("{READERS} readers; {BUSY_ROUNDS} rounds")),
        Row::plain("`/healthz` behind the pages, p50", median(&busy_nothing, 0.50), "ms"),
        Row::plain("`/healthz` behind the pages, p99", median(&busy_nothing, 0.99), "ms"),
        Row::plain("`/pbx/v1/route` beside the pages, p50", median(&busy_routes, 0.50), "ms"),
        Row::plain("`/pbx/v1/route` beside the pages, p99", median(&busy_routes, 0.99), "ms"),
    ]
}

/// How much of the machine others got while we wanted it, as the kernel counts it.
struct Stolen {
    stolen: u64,
    all: u64,
}

impl Stolen {
    fn begin() -> Self {
        let text = fs::read_to_string("/proc/stat").unwrap_or_default();
        let ticks: Vec<u64> = text.lines().next().unwrap_or_default().split_whitespace().skip(1).filter_map(|word| word.parse().ok()).collect();
        // user nice system idle iowait irq softirq steal; what follows is counted in the first ones.
        Self { stolen: ticks.get(7).copied().unwrap_or_default(), all: ticks.iter().take(8).sum() }
    }

    /// Since then, of all the time of all cores.
    fn percent(&self) -> f64 {
        let now = Self::begin();
        (now.stolen - self.stolen) as f64 / (now.all - self.all).max(1) as f64 * 100.0
    }
}
