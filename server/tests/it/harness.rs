//! A small office behind the real router, and a client that says exactly what the test says.

use chrono::{DateTime, Utc};
use domain::{
    account::{Role, Scope},
    memo::Allowed,
    telephone::CallLinks,
};
use reqwest::{Client, Method, RequestBuilder, Response, redirect::Policy};
use sea_orm::{ConnectionTrait, Database, DatabaseConnection};
use serde_json::{Value, json};
use server::{
    config::Config,
    listen,
    router::router,
    state::{AppState, Kind, Stop},
    web::Site,
};
use services::{
    Clock, DbSettings, Services, account,
    db::Lock,
    floor::import_floor,
    person::{ImportMode, import_people},
    telephone::import_telephone,
};
use std::{
    env,
    sync::atomic::{AtomicU32, Ordering},
};
use tempfile::TempDir;
use tokio::{net::TcpListener, task::JoinHandle};

/// Tuesday morning, before the first slot.
pub const MORNING: &str = "2026-11-24T08:20:00+09:00";
/// The day after; its home zones are closed to others until 17:00.
pub const TOMORROW: &str = "2026-11-25";
/// A day whose seats everybody may have: that morning the clock is set so, where a test needs it.
pub const TODAY: &str = "2026-11-24";
/// The administrator's password.
pub const PASSWORD: &str = "ochanomizu-7-wari";

/// Which database.
#[derive(Clone, Copy, Debug)]
pub enum Store {
    Sqlite,
    Postgres,
}

/// How people reach the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Door {
    Plain,
    Tls,
    Demo,
}

/// The running program.
pub struct TestApp {
    pub base: String,
    pub client: Client,
    pub services: Services,
    pub clock: Clock,
    _folder: TempDir,
    pub database_url: String,
    pub state: AppState,
    stop: Stop,
    serving: JoinHandle<()>,
}

/// Runs a test on both databases. PostgreSQL is there whenever `make test` runs; a plain `cargo test` has SQLite only.
macro_rules! on_both {
    ($($name:ident),+ $(,)?) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                super::$name($crate::harness::TestApp::start($crate::harness::Store::Sqlite, $crate::harness::Door::Plain).await.unwrap()).await;
            })+
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $name() {
                if let Some(app) = $crate::harness::TestApp::start($crate::harness::Store::Postgres, $crate::harness::Door::Plain).await {
                    super::$name(app).await;
                }
            })+
        }
    };
}
pub(crate) use on_both;

impl TestApp {
    /// The office on SQLite.
    pub async fn sqlite(door: Door) -> Self {
        Self::start(Store::Sqlite, door).await.unwrap()
    }

    /// The office; `None` where there is no PostgreSQL.
    pub async fn start(store: Store, door: Door) -> Option<Self> {
        // What a failed test should show; the first one to come sets it up for all.
        drop(tracing_subscriber::fmt().with_env_filter("warn").with_test_writer().try_init());
        let folder = TempDir::new().unwrap();
        let database_url = match store {
            Store::Sqlite => format!("sqlite://{}", folder.path().join("nanawari.db").display()),
            Store::Postgres => postgres_database().await?,
        };
        let clock = Clock::starting_at(instant(MORNING));
        let services = Services::open(&DbSettings { url: database_url.clone(), lock: Lock::Exclusive }, clock.clone()).await.unwrap();
        furnish(&services).await;
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let config = Config {
            database_url: database_url.clone(),
            pbx_listen: None,
            pbx_tls: None,
            sip_listen: None,
            listen: address,
            base_url: if door == Door::Tls { "https://seats.example.lg.jp".into() } else { format!("http://{address}") },
            data_dir: folder.path().to_owned(),
            site_root: None,
            mail: None,
            webhook_hosts: Allowed::NOBODY,
            call_links: CallLinks::default(),
            log: "warn".into(),
        };
        let (stop, stopping) = Stop::new();
        let kind = if door == Door::Demo { Kind::Demo } else { Kind::Office };
        let state = AppState::new(services.clone(), config, Site::folder(&site(folder.path())).unwrap(), kind, stopping.clone());
        let serving = tokio::spawn(listen::serve(listener, router(&state), stopping));
        let client = Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Some(Self { base: format!("http://{address}"), client, services, clock, _folder: folder, database_url, state, stop, serving })
    }

    /// Puts the clock to a moment.
    pub fn set_clock(&self, at: &str) {
        self.clock.set(instant(at));
    }

    /// A request without anything a browser adds.
    pub fn ask(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base))
    }

    /// A GET.
    pub fn get(&self, path: &str) -> RequestBuilder {
        self.ask(Method::GET, path)
    }

    /// A form as one of our own pages sends it.
    pub fn form(&self, path: &str, fields: &[(&str, &str)]) -> RequestBuilder {
        let body: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", app::routes::encode(value))).collect();
        self.ask(Method::POST, path).header("sec-fetch-site", "same-origin").header("content-type", "application/x-www-form-urlencoded").body(body.join("&"))
    }

    /// A token of a scope, for a person.
    pub async fn token(&self, scope: Scope, staff_no: Option<&str>) -> String {
        let person = staff_no.map(|number| self.services.office().by_staff_no[number]);
        account::create_token(&self.services, "test", scope, person).await.unwrap()
    }

    /// The cookie of a signed-in person.
    pub async fn cookie(&self, staff_no: &str) -> String {
        let person = self.services.office().by_staff_no[staff_no];
        let from = account::Client { ip: "127.0.0.1".into(), user_agent: "test".into() };
        format!("sid={}", account::demo_sign_in(&self.services, person, &from).await.unwrap())
    }

    /// The number of a seat.
    pub fn seat(&self, label: &str) -> i64 {
        self.services.office().seats.values().find(|seat| seat.label == label).unwrap().id.0
    }

    /// The number of the only floor.
    pub fn floor(&self) -> i64 {
        self.services.office().floors[0].id.0
    }

    /// Books by REST; the status and the body.
    pub async fn book(&self, token: &str, body: Value) -> (u16, Value) {
        read(self.ask(Method::POST, "/api/v1/bookings").bearer_auth(token).json(&body).send().await.unwrap()).await
    }

    /// Books a seat for a morning; the booking.
    pub async fn booked(&self, seat: &str, on: &str, staff_no: &str) -> Value {
        let token = self.token(Scope::Manage, None).await;
        let (status, body) = self.book(&token, json!({ "seat_id": self.seat(seat), "date": on, "slots": ["am", "pm"], "person_no": staff_no })).await;
        assert_eq!(status, 201, "{body}");
        body
    }

    /// A connection for what no use case offers.
    pub async fn database(&self) -> DatabaseConnection {
        let url = if self.database_url.starts_with("sqlite") { format!("{}?mode=rw", self.database_url) } else { self.database_url.clone() };
        Database::connect(url).await.unwrap()
    }

    /// Ends the program and waits for it.
    pub async fn end(self) {
        self.stop.now();
        self.serving.await.unwrap();
        self.services.close().await;
    }

    /// Says that the program is to end.
    pub fn stop(&self) {
        self.stop.now();
    }

    /// Waits until it has ended.
    pub async fn ended(self) {
        self.serving.await.unwrap();
        self.services.close().await;
    }
}

/// Status and JSON of an answer.
pub async fn read(response: Response) -> (u16, Value) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(Value::String(text)))
}

/// A moment.
pub fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

async fn postgres_database() -> Option<String> {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let admin_url = env::var("NANAWARI_TEST_POSTGRES_URL").ok()?;
    let name = format!("it_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    let admin = Database::connect(&admin_url).await.unwrap();
    admin.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    admin.close().await.unwrap();
    let (server, _) = admin_url.rsplit_once('/').unwrap();
    Some(format!("{server}/{name}"))
}

/// Six people in two units, one of them hidden; four seats of 総務課, three that are nobody's, one of them closed.
async fn furnish(services: &Services) {
    import_people(services, PEOPLE.as_bytes(), ImportMode::Apply).await.unwrap();
    let zone = |id: &str, name: &str, home: &[&str]| json!({ "id": id, "name": name, "home_of": home });
    let seat = |label: &str, x: f64, y: f64, zone: &str| json!({ "label": label, "x_m": x, "y_m": y, "zone": zone, "attributes": ["monitor"] });
    let floor = json!({
        "site": "本庁舎", "floor": "2階", "size": { "width_m": 20.0, "height_m": 10.0 },
        "zones": [zone("A", "総務課エリア", &["1010"]), zone("B", "共用エリア", &[])],
        "seats": [
            seat("A1", 2.0, 2.0, "A"), seat("A2", 4.0, 2.0, "A"), seat("A3", 2.0, 4.0, "A"), seat("A4", 4.0, 4.0, "A"),
            seat("B1", 12.0, 2.0, "B"), seat("B2", 14.0, 2.0, "B"), seat("B3", 12.0, 4.0, "B"), seat("B4", 14.0, 4.0, "B"),
        ],
        "rooms": [{ "name": "会議室1", "x_m": 16.0, "y_m": 6.0, "width_m": 3.0, "height_m": 3.0, "capacity": 6 }],
    });
    let mut picture = Vec::new();
    picture.extend_from_slice(include_bytes!("../../../assets/sample/floor-3.png"));
    import_floor(services, floor.to_string().as_bytes(), Some(&picture)).await.unwrap();
    services.refresh_office().await.unwrap();
    import_telephone(services, telephones().to_string().as_bytes(), ImportMode::Apply).await.unwrap();
    account::create_user(services, "1009", Role::Admin, PASSWORD).await.unwrap();
    account::create_user(services, "1004", Role::Auditor, PASSWORD).await.unwrap();
}

/// 総務課 and 財政課 with a telephone each, some people's own, and the telephone of seat A1.
pub fn telephones() -> Value {
    json!({
        "site": "本庁舎", "house_phone": { "aor": "bcp-house" }, "reception": "soumu",
        "hours": [{ "windows": [{ "from": "08:30", "until": "17:15" }] }],
        "sections": [{ "key": "soumu", "name": "総務課", "unit": "1010" }, { "key": "zaisei", "name": "財政課", "unit": "1020", "overflow": "soumu" }],
        "devices": [
            { "aor": "mob-1001", "kind": "mobile", "person": "1001" },
            { "aor": "mob-1002", "kind": "mobile", "person": "1002" },
            { "aor": "seat-a1", "kind": "seat_phone", "seat": { "floor": "2階", "label": "A1" } },
            { "aor": "bcp-soumu", "kind": "fixed_bcp", "section": "soumu" },
            { "aor": "bcp-zaisei", "kind": "fixed_bcp", "section": "zaisei" },
            { "aor": "bcp-house", "kind": "fixed_bcp", "house": true },
        ],
        "numbers": [
            { "ext": "3000", "kind": "main", "section": "soumu", "tel": "+81875731100" },
            { "ext": "3100", "kind": "section", "section": "soumu" },
            { "ext": "3200", "kind": "section", "section": "zaisei" },
        ],
        "contacts": [{ "tel": "+81312345678", "name": "\"町会\"\r\n<script>${x}" }],
        "links": [{ "id": "k1", "kind": "kamailio", "domain": "pbx.example.lg.jp", "trunk": "ntt" }],
    })
}

/// The office's people.
pub const PEOPLE: &str = "職員番号,氏名,カナ,所属コード,所属名,役職,本務兼務,発令日,終了日,任用区分,メール,内線
1001,佐藤 健太,サトウ ケンタ,1010,総務課,主事,本務,2024-04-01,,正規,,2101
1002,髙橋 花子,タカハシ ハナコ,1010,総務課,係長,本務,2024-04-01,,正規,,2102
1003,山﨑 次郎,ヤマザキ ジロウ,1020,財政課,主事,本務,2024-04-01,,正規,,2201
1004,渡邉 良,ワタナベ リョウ,1020,財政課,主事,本務,2024-04-01,,正規,,2202
1005,秘密 太郎,ヒミツ タロウ,1010,総務課,主事,本務,2024-04-01,,正規,,2103
1009,管理 者子,カンリ シャコ,1010,総務課,課長,本務,2024-04-01,,正規,,2100
";

/// The files a browser would load, as small as they can be.
fn site(folder: &std::path::Path) -> std::path::PathBuf {
    let root = folder.join("site");
    std::fs::create_dir_all(root.join("pkg")).unwrap();
    let files = [
        ("manifest.json", r#"{"js":"/pkg/nanawari.1.js","wasm":"/pkg/nanawari.2.wasm","css":"/pkg/nanawari.3.css","fonts":"/fonts/faces.4.css"}"#),
        ("pkg/nanawari.1.js", "export default () => {}"),
        ("pkg/nanawari.2.wasm", "\0asm"),
        ("pkg/nanawari.3.css", "body{}"),
        ("favicon.svg", "<svg xmlns='http://www.w3.org/2000/svg'/>"),
    ];
    for (name, text) in files {
        std::fs::write(root.join(name), text).unwrap();
    }
    root
}
