//! The generated office under measurement, and what must be known of it before anything is timed.

use reqwest::{Client, RequestBuilder, redirect::Policy};
use serde_json::Value;
use std::{
    collections::BTreeSet,
    env, fs,
    io::{BufRead, BufReader},
    net::TcpListener,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};
use tempfile::TempDir;

pub struct Office {
    program: Child,
    _folder: TempDir,
    base: String,
    pub client: Client,
    pub bearer: String,
    pub cookie: String,
    pub made_in: Duration,
    pub people: usize,
    pub seats: u64,
    pub bookings: usize,
    pub floor: i64,
    pub floor_seats: u64,
    /// A day on which the floor is well used.
    pub busy_day: String,
    /// A day with room for every client.
    pub free_day: String,
    /// Seats free on that day, each with a person who has none.
    pub wishes: Vec<(i64, String)>,
}

const SIZE: [&str; 6] = ["--people", "3000", "--seats", "2100", "--days", "250"];
const NOW: &str = "2026-11-24T08:20:00+09:00";
const BUSY_DAY: &str = "2026-11-24";
const CLIENTS: usize = 64;

/// The disk of the database.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Disk {
    /// The machine's.
    Own,
    /// The same, and every flush takes five milliseconds longer.
    Slow,
}

impl Office {
    pub async fn start(disk: Disk) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        let program = env::var("NANAWARI_BENCH_PROGRAM").expect("NANAWARI_BENCH_PROGRAM names the program to measure");
        let began = Instant::now();
        let mut command = Command::new(program);
        if disk == Disk::Slow {
            command.env("LD_PRELOAD", slow_disk(folder.path()));
        }
        let mut child = command
            .arg("demo")
            .args(SIZE)
            .args(["--now", NOW, "--listen", &format!("127.0.0.1:{port}")])
            .env("NANAWARI_DATA_DIR", folder.path())
            .env("NANAWARI_LOG", "warn")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let printed = listen(&mut child);
        let base = format!("http://127.0.0.1:{port}");
        // Answers are counted as they travel: packed, and redirects are seen.
        let client = Client::builder().redirect(Policy::none()).timeout(Duration::from_secs(60)).build().expect("a client");
        while !client.get(format!("{base}/readyz")).send().await.is_ok_and(|answer| answer.status().is_success()) {
            assert!(child.try_wait().expect("a child").is_none() && began.elapsed() < Duration::from_secs(300), "the office is not ready");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let made_in = began.elapsed();
        let token = printed.lock().expect("no panic").split_whitespace().find(|word| word.starts_with("nw_")).expect("a token").to_owned();
        let mut office = Self {
            program: child,
            _folder: folder,
            base,
            client,
            bearer: format!("Bearer {token}"),
            cookie: String::new(),
            made_in,
            people: 0,
            seats: 0,
            bookings: 0,
            floor: 0,
            floor_seats: 0,
            busy_day: BUSY_DAY.to_owned(),
            free_day: String::new(),
            wishes: Vec::new(),
        };
        office.look_around().await;
        office.cookie = office.sign_in().await;
        office
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.base)
    }

    async fn get(&self, path: &str) -> Value {
        let answer = self.client.get(self.address(path)).header("authorization", &self.bearer).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{path}: {}", answer.status());
        answer.json().await.expect("JSON")
    }

    async fn look_around(&mut self) {
        let floors = self.get("/api/v1/floors").await["items"].clone();
        let floors = floors.as_array().expect("floors");
        let seats = |floor: &Value| floor["seat_count"].as_u64().expect("a count");
        self.seats = floors.iter().map(seats).sum();
        let measured = floors.iter().max_by_key(|floor| seats(floor)).expect("a floor");
        self.floor = measured["id"].as_i64().expect("an id");
        self.floor_seats = seats(measured);
        let held = self.count_bookings().await;
        self.find_wishes(&held).await;
    }

    /// Counts every booking, and keeps who sits somewhere on which day.
    async fn count_bookings(&mut self) -> BTreeSet<(String, String)> {
        let (mut people, mut held, mut cursor) = (BTreeSet::new(), BTreeSet::new(), String::new());
        loop {
            let page = self.get(&format!("/api/v1/bookings?from=2000-01-01&to=2999-01-01&limit=500{cursor}")).await;
            for booking in page["items"].as_array().expect("bookings") {
                let text = |key: &str| booking[key].as_str().unwrap_or_default().to_owned();
                self.bookings += 1;
                people.insert(text("person_no"));
                held.insert((text("date"), text("person_no")));
            }
            match page["next_cursor"].as_str() {
                Some(next) => cursor = format!("&cursor={next}"),
                None => break,
            }
        }
        self.people = people.len();
        self.wishes = people.into_iter().map(|person| (0, person)).collect();
        held
    }

    /// A day far off with a free seat for every client. People who have none are given one first; those whose seat is theirs
    /// for the asking also when everybody else has gone again (at home, not by overflow) are the clients.
    async fn find_wishes(&mut self, held: &BTreeSet<(String, String)>) {
        let people: Vec<String> = std::mem::take(&mut self.wishes).into_iter().map(|(_, person)| person).collect();
        for day in ["2026-12-22", "2026-12-21", "2026-12-18", "2026-12-17", "2026-12-16"] {
            let mut given = Vec::new();
            for person in people.iter().filter(|person| !held.contains(&(day.to_owned(), (*person).clone()))) {
                if let Some(booking) = self.book(serde_json::json!({ "any": true, "date": day, "slots": ["am"], "person_no": person })).await {
                    given.push((booking, person));
                }
                if given.len() == 3 * CLIENTS {
                    break;
                }
            }
            for (booking, _) in &given {
                self.give_back(booking).await;
            }
            for (booking, person) in given {
                let wish = serde_json::json!({ "seat_id": booking["seat_id"], "date": day, "slots": ["am"], "person_no": person });
                if self.wishes.len() == CLIENTS {
                    break;
                }
                if let Some(booking) = self.book(wish).await {
                    self.give_back(&booking).await;
                    self.wishes.push((booking["seat_id"].as_i64().expect("a seat"), person.clone()));
                }
            }
            if self.wishes.len() == CLIENTS {
                day.clone_into(&mut self.free_day);
                return;
            }
            self.wishes.clear();
        }
        panic!("no day has room for {CLIENTS} clients");
    }

    async fn book(&self, wish: Value) -> Option<Value> {
        let (status, booking) = self.ask(self.client.post(self.address("/api/v1/bookings")).json(&wish)).await;
        (status == 201).then_some(booking)
    }

    async fn give_back(&self, booking: &Value) {
        let (status, body) = self.ask(self.client.delete(self.address(&format!("/api/v1/bookings/{}", booking["id"])))).await;
        assert_eq!(status, 200, "{body}");
    }

    async fn ask(&self, request: RequestBuilder) -> (u16, Value) {
        let answer = request.header("authorization", &self.bearer).send().await.expect("an answer");
        (answer.status().as_u16(), answer.json().await.unwrap_or_default())
    }

    /// Signs in by the demo's page, as a browser without JavaScript would.
    async fn sign_in(&self) -> String {
        let page = self.client.get(self.address("/demo")).send().await.expect("a page").text().await.expect("HTML");
        let main = page.split("<main").nth(1).expect("a main part");
        let form = main.split("<form").find(|form| form.split('>').next().is_some_and(|tag| tag.contains("method=\"post\""))).expect("a form that posts");
        let action = between(form, "action=\"", "\"").expect("an action");
        let fields: Vec<String> = form
            .split("</form>")
            .next()
            .unwrap_or_default()
            .split('<')
            .filter(|tag| tag.starts_with("input") || tag.starts_with("button"))
            .filter_map(|tag| Some(format!("{}={}", between(tag, "name=\"", "\"")?, encode(between(tag, "value=\"", "\"")?))))
            .collect();
        let answer = self
            .client
            .post(self.address(action))
            .header("content-type", "application/x-www-form-urlencoded")
            .header("origin", &self.base)
            .body(fields.join("&"))
            .send()
            .await
            .expect("an answer");
        let cookies = answer.headers().get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok()?.split(';').next());
        let cookie = cookies.collect::<Vec<_>>().join("; ");
        assert!(!cookie.is_empty(), "the demo's page signed nobody in: {} for {action} {fields:?}", answer.status());
        cookie
    }

    pub fn memory_mib(&self) -> f64 {
        let status = fs::read_to_string(format!("/proc/{}/status", self.program.id())).expect("the program runs");
        let kib = between(&status, "VmRSS:", "kB").expect("its memory").trim().parse::<f64>().expect("a number");
        kib / 1024.0
    }

    /// The home page and everything it loads, packed, fonts apart.
    pub async fn first_visit_kib(&self) -> f64 {
        let home = self.address("/");
        let page = self.fetch(&home, "identity").await;
        let text = String::from_utf8(page).expect("HTML");
        let mut files = BTreeSet::new();
        for part in text.split("/pkg/").skip(1) {
            let name: String = part.chars().take_while(|c| c.is_ascii_alphanumeric() || "._-".contains(*c)).collect();
            files.insert(format!("/pkg/{name}"));
        }
        assert!(files.len() >= 3, "the page names {files:?}: is the site built?");
        let mut bytes = self.fetch(&home, "br").await.len();
        for file in files {
            bytes += self.fetch(&self.address(&file), "br").await.len();
        }
        bytes as f64 / 1024.0
    }

    async fn fetch(&self, url: &str, encoding: &str) -> Vec<u8> {
        let answer = self.client.get(url).header("cookie", &self.cookie).header("accept-encoding", encoding).send().await.expect("an answer");
        assert!(answer.status().is_success(), "{url}: {}", answer.status());
        answer.bytes().await.expect("a body").to_vec()
    }
}

impl Drop for Office {
    fn drop(&mut self) {
        let _ = self.program.kill();
        let _ = self.program.wait();
    }
}

/// Compiles what makes flushes slow; the compiler is the one that SQLite is built with.
fn slow_disk(folder: &Path) -> PathBuf {
    let library = folder.join("slow_disk.so");
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("load/slow_disk.c");
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".into());
    let built = Command::new(compiler).args(["-shared", "-fPIC", "-O2", "-o"]).args([&library, &source]).status().expect("a C compiler");
    assert!(built.success(), "slow_disk.c compiles");
    library
}

fn listen(child: &mut Child) -> Arc<Mutex<String>> {
    let printed = Arc::new(Mutex::new(String::new()));
    let lines = BufReader::new(child.stdout.take().expect("its output")).lines();
    let kept = printed.clone();
    thread::spawn(move || {
        for line in lines.map_while(Result::ok) {
            let mut kept = kept.lock().expect("no panic");
            kept.push_str(&line);
            kept.push('\n');
        }
    });
    printed
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once(after).map(|(found, _)| found)
}

fn encode(text: &str) -> String {
    text.bytes().map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
