//! A small house for tests, on SQLite and, where `NANAWARI_TEST_POSTGRES_URL` names a server, on PostgreSQL too
//! (`make test` always sets it).

use crate::{
    Actor, Clock, DbSettings, Services,
    booking::{Reserve, Want},
    db::Lock,
    floor::import_floor,
    person::{ImportMode, import_people},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use domain::{BookingId, PersonId, SeatId, Slot, Slots, ZoneId, account::Role, booking::OnHeld};
use sea_orm::{ConnectionTrait, Database};
use std::sync::atomic::{AtomicU32, Ordering};

/// 総務課 has four members and three seats; 財政課 two members and two seats, of which it lends one; W1 is open to all.
const PEOPLE: &str = "職員番号,氏名,カナ,所属コード,所属名,役職,本務兼務,発令日,終了日,任用区分,メール,内線
1001,佐藤 一郎,サトウ イチロウ,S,総務課,課長,本務,,,正規,ichiro@example.lg.jp,2101
1002,髙橋 花子,タカハシ ハナコ,S,総務課,主事,本務,,,正規,,2102
1003,山﨑 次郎,ヤマサキ ジロウ,S,総務課,主事,本務,,,正規,,2103
1004,渡邉 三郎,ワタナベ サブロウ,S,総務課,主事,本務,,2026-11-30,会計年度任用職員,,
2001,鈴木 四郎,スズキ シロウ,Z,財政課,課長,本務,,,正規,,2201
2002,田中 五月,タナカ サツキ,Z,財政課,主事,本務,,,正規,,2202
2002,田中 五月,タナカ サツキ,S,総務課,主事,兼務,,,正規,,2202
3001,伊藤 六花,イトウ リッカ,T,土木課,主事,本務,,,正規,,2301
";

const FLOOR: &str = r#"{"site":"本庁舎","floor":"2階","size":{"width_m":20,"height_m":10},
"zones":[{"id":"s","name":"総務課エリア","home_of":["S"],"ratio":0.7},{"id":"z","name":"財政課エリア","home_of":["Z"],"ratio":0.7},{"id":"w","name":"共用","home_of":[]}],
"seats":[{"label":"S1","x_m":2,"y_m":2,"zone":"s","attributes":["monitor"]},{"label":"S2","x_m":4,"y_m":2,"zone":"s"},{"label":"S3","x_m":6,"y_m":2,"zone":"s"},
{"label":"Z1","x_m":12,"y_m":2,"zone":"z","attributes":["window","phone:seat-z1"]},{"label":"Z2","x_m":14,"y_m":2,"zone":"z"},
{"label":"W1","x_m":18,"y_m":8,"zone":"w"},{"label":"X1","x_m":16,"y_m":8,"zone":"w","attributes":["closed"]}],
"rooms":[{"name":"会議室201","x_m":1,"y_m":7,"width_m":4,"height_m":2,"capacity":8,"attributes":[]}],
"units":[{"code":"S","overflow":["z"]},{"code":"Z","lends":1}]}"#;

static DATABASES: AtomicU32 = AtomicU32::new(0);

pub struct House {
    pub cx: Services,
    _folder: tempfile::TempDir,
}

/// A house on each database, its clock on Tuesday 2026-11-24 at 8:20 in Japan (Monday was a holiday).
pub async fn houses() -> Vec<House> {
    let houses = empty_houses().await;
    for house in &houses {
        import_people(&house.cx, PEOPLE.as_bytes(), ImportMode::Apply).await.unwrap();
        import_floor(&house.cx, FLOOR.as_bytes(), None).await.unwrap();
    }
    houses
}

/// The same houses before anybody moved in.
pub async fn empty_houses() -> Vec<House> {
    let mut houses = vec![empty_house(None).await];
    if let Ok(server) = std::env::var("NANAWARI_TEST_POSTGRES_URL") {
        houses.push(empty_house(Some(&server)).await);
    }
    houses
}

async fn empty_house(postgres: Option<&str>) -> House {
    let folder = tempfile::tempdir().unwrap();
    let url = match postgres {
        None => format!("sqlite://{}/house.db", folder.path().display()),
        Some(server) => {
            let name = format!("services_{}_{}", std::process::id(), DATABASES.fetch_add(1, Ordering::Relaxed));
            let connection = Database::connect(server).await.unwrap();
            connection.execute_unprepared(&format!("DROP DATABASE IF EXISTS {name}")).await.unwrap();
            connection.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
            connection.close().await.unwrap();
            with_database(server, &name)
        }
    };
    let cx = Services::open(&DbSettings { url, lock: Lock::Exclusive }, Clock::starting_at(instant("2026-11-24T08:20"))).await.unwrap();
    House { cx, _folder: folder }
}

/// The same server, another database.
fn with_database(server: &str, name: &str) -> String {
    let (address, options) = server.split_once('?').map_or((server, String::new()), |(address, options)| (address, format!("?{options}")));
    let base = address.rsplit_once('/').map_or(address, |(base, _)| base);
    format!("{base}/{name}{options}")
}

/// An instant by the clock on the wall in Japan.
pub fn instant(wall: &str) -> DateTime<Utc> {
    NaiveDateTime::parse_from_str(wall, "%Y-%m-%dT%H:%M").unwrap().and_local_timezone(chrono_tz::Asia::Tokyo).unwrap().to_utc()
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Today in the house.
pub fn today() -> NaiveDate {
    day("2026-11-24")
}

pub const AM: Slots = Slots::only(Slot(0));
pub const PM: Slots = Slots::only(Slot(1));
pub const DAY: Slots = Slots::first(2);

impl House {
    pub fn at(&self, wall: &str) {
        self.cx.clock().set(instant(wall));
    }

    pub fn person(&self, staff_no: &str) -> PersonId {
        self.cx.office().by_staff_no[staff_no]
    }

    pub fn actor(&self, staff_no: &str) -> Actor {
        Actor::Person { id: self.person(staff_no), role: Role::Staff }
    }

    pub fn seat(&self, label: &str) -> SeatId {
        self.cx.office().seats.values().find(|seat| seat.label == label).unwrap().id
    }

    pub fn zone(&self, key: &str) -> ZoneId {
        self.cx.office().zones.values().find(|zone| zone.key == key).unwrap().id
    }

    pub fn wish(&self, staff_no: &str, label: &str, on: NaiveDate, slots: Slots) -> Reserve {
        Reserve { person: self.person(staff_no), want: Want::Seat(self.seat(label)), on, slots, on_held: OnHeld::Refuse, idempotency: None }
    }

    /// Books and returns the number.
    pub async fn book(&self, staff_no: &str, label: &str, on: NaiveDate, slots: Slots) -> BookingId {
        crate::booking::reserve(&self.cx, &self.actor(staff_no), self.wish(staff_no, label, on, slots)).await.unwrap().id
    }

    /// The code of the refusal to book.
    pub async fn refusal(&self, staff_no: &str, label: &str, on: NaiveDate, slots: Slots) -> (&'static str, Vec<String>) {
        match crate::booking::reserve(&self.cx, &self.actor(staff_no), self.wish(staff_no, label, on, slots)).await {
            Err(crate::Failure::Refused(refused)) => (refused.reason.code(), refused.alternatives.into_iter().map(|seat| seat.seat_label).collect()),
            other => panic!("expected a refusal, got {other:?}"),
        }
    }

    /// The invariants hold.
    pub async fn is_sound(&self) {
        let findings = crate::verify::verify(&self.cx).await.unwrap();
        assert!(findings.is_empty(), "{findings:?}");
    }
}
