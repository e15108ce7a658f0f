//! The real program as another program sees it: a house in a temporary folder, its commands, its address.
//! Nothing of our own code is called from here; what these tests prove holds for anybody who speaks HTTP.

use chrono::{Days, NaiveDate, Utc};
use reqwest::{Client, RequestBuilder};
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    fs,
    net::TcpListener,
    path::Path,
    process::{Child, Command, Stdio},
    sync::Mutex,
    time::{Duration, Instant},
};
use tempfile::TempDir;

pub const PEOPLE: usize = 64;
const SEATS: usize = 40;

/// An office of 64 people and 40 seats that all of them may use, and where its data is.
pub struct House {
    folder: TempDir,
    database_url: String,
}

impl House {
    /// Makes the office with the commands that a user has: import, then nothing else.
    pub fn build(database_url: Option<String>) -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let database_url = database_url.unwrap_or_else(|| format!("sqlite://{}", folder.path().join("nanawari.db").display()));
        let house = Self { folder, database_url };
        fs::write(house.path().join("people.csv"), people_csv()).expect("people written");
        fs::write(house.path().join("floor.json"), floor_json().to_string()).expect("floor written");
        house.run(&["import", "people", "people.csv"]);
        house.run(&["import", "floor", "floor.json"]);
        house
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// A command of the program; what it printed. Any complaint fails the test.
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments).output().expect("the program runs");
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        assert!(output.status.success(), "nanawari {arguments:?}: {}\n{printed}{}", output.status, String::from_utf8_lossy(&output.stderr));
        printed
    }

    /// A token that may book for anybody.
    pub fn token(&self) -> String {
        let printed = self.run(&["token", "create", "--name", "load", "--scope", "manage"]);
        printed.split_whitespace().find(|word| word.starts_with("nw_")).expect("a token is printed").to_owned()
    }

    /// Starts the server and waits until it is ready.
    pub async fn start(&self, token: &str) -> Server {
        let port = TcpListener::bind("127.0.0.1:0").and_then(|socket| socket.local_addr()).expect("a free port").port();
        let log = fs::File::options().create(true).append(true).open(self.path().join("log")).expect("a log");
        let began = Instant::now();
        let child = self.command(&["serve", "--listen", &format!("127.0.0.1:{port}")]).stdout(Stdio::null()).stderr(log).spawn().expect("the server starts");
        let server = Server { child: Mutex::new(child), base: format!("http://127.0.0.1:{port}"), token: token.to_owned(), client: client() };
        server.wait_ready(began, self.path()).await
    }

    /// The program with its house, ready for its arguments to be run.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nanawari"));
        command.current_dir(self.path()).args(arguments).env("NANAWARI_DATA_DIR", self.path()).env("NANAWARI_DATABASE_URL", &self.database_url);
        command.env("NANAWARI_LOG", "warn").stdin(Stdio::null());
        command
    }
}

/// A running server.
pub struct Server {
    child: Mutex<Child>,
    pub base: String,
    token: String,
    client: Client,
}

impl Server {
    async fn wait_ready(mut self, began: Instant, folder: &Path) -> Self {
        loop {
            let answer = self.client.get(format!("{}/readyz", self.base)).send().await;
            if answer.is_ok_and(|answer| answer.status().is_success()) {
                return self;
            }
            let ended = self.child.get_mut().expect("one owner").try_wait().expect("the server can be asked about");
            let log = || fs::read_to_string(folder.join("log")).unwrap_or_default();
            assert!(ended.is_none(), "the server ended with {ended:?}\n{}", log());
            assert!(began.elapsed() < Duration::from_secs(60), "the server is not ready after a minute\n{}", log());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// As a crash would: no signal that could be caught.
    pub fn kill(&self) {
        let mut child = self.child.lock().expect("no panic holds it");
        child.kill().expect("the server can be killed");
        child.wait().expect("the server is gone");
    }

    pub async fn get(&self, path: &str) -> Value {
        let (status, body) = answer(self.client.get(self.address(path)), &self.token).await.expect("an answer");
        assert_eq!(status, 200, "GET {path}: {body}");
        body
    }

    pub fn address(&self, path: &str) -> String {
        format!("{}/api/v1{path}", self.base)
    }

    pub fn token(&self) -> &str {
        &self.token
    }

    /// The only floor.
    pub async fn floor(&self) -> Value {
        let floors = self.get("/floors").await;
        self.get(&format!("/floors/{}", floors["items"][0]["id"])).await
    }

    /// Seats of the only floor, by id.
    pub async fn seats(&self) -> Vec<i64> {
        self.floor().await["seats"].as_array().expect("seats").iter().map(|seat| seat["id"].as_i64().expect("a seat's id")).collect()
    }

    /// Days after tomorrow that can be booked, as the server sees it.
    #[expect(clippy::disallowed_methods, reason = "the program under test runs by the machine's clock")]
    pub async fn open_days(&self) -> Vec<String> {
        let floor = self.floor().await["id"].clone();
        let today: NaiveDate = Utc::now().date_naive();
        let mut open = Vec::new();
        for on in (2..27).map(|days| (today + Days::new(days)).to_string()) {
            let day = self.get(&format!("/floors/{floor}/availability?date={on}")).await;
            if day["closed"].is_null() {
                open.push(on);
            }
        }
        assert!(open.len() > 10, "only {open:?} are open");
        open
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.kill();
    }
}

pub fn client() -> Client {
    Client::builder().timeout(Duration::from_secs(30)).build().expect("a client")
}

/// Status and body, or that the connection broke (a killed server answers nothing).
pub async fn answer(request: RequestBuilder, token: &str) -> Result<(u16, Value), reqwest::Error> {
    let answer = request.bearer_auth(token).send().await?;
    let status = answer.status().as_u16();
    let text = answer.text().await?;
    Ok((status, serde_json::from_str(&text).unwrap_or(Value::String(text))))
}

/// What a booking holds, as the server told it.
pub fn holds(booking: &Value) -> Vec<(i64, String, String)> {
    let seat = booking["seat_id"].as_i64().expect("a booking names its seat");
    let date = booking["date"].as_str().expect("a booking names its day");
    let slots = booking["slots"].as_array().expect("a booking names its slots");
    slots.iter().map(|slot| (seat, date.to_owned(), slot.as_str().expect("a slot's word").to_owned())).collect()
}

pub fn staff_no(person: usize) -> String {
    format!("{}", 10_001 + person)
}

fn people_csv() -> String {
    let mut csv = String::from("staff_no,name,kana,unit_code,unit_name,title,post,from,to,employment,email,extension\n");
    for person in 0..PEOPLE {
        let _ = writeln!(csv, "{},試験 {person},シケン,S1,試験係,,main,2020-04-01,,,,", staff_no(person));
    }
    csv
}

fn floor_json() -> Value {
    let seat = |number: usize| {
        let (column, row) = (number % 10, number / 10);
        json!({ "label": format!("A-{:02}", number + 1), "x_m": 1.0 + 1.5 * column as f64, "y_m": 1.0 + 2.0 * row as f64, "rotation": 0, "zone": "a", "attributes": [] })
    };
    json!({
        "site": "試験庁舎", "floor": "1階", "size": { "width_m": 20.0, "height_m": 12.0 },
        "zones": [{ "id": "a", "name": "全員", "home_of": [] }],
        "seats": (0..SEATS).map(seat).collect::<Vec<_>>(), "rooms": [],
    })
}
