//! The telephones of the office under test: the sample office's 福祉課 with two seat phones and four people's telephones, the
//! reception with the main number, and a counter of forty cordless telephones. The only place that knows the set-up file.

use serde_json::{Value, json};

/// A person of the sample office with a telephone of their own.
#[derive(Clone, Copy)]
pub struct Person {
    pub no: &'static str,
    pub name: &'static str,
    pub ext: &'static str,
    /// Their own telephone.
    pub phone: &'static str,
}

pub const OGAWA: Person = Person { no: "10143", name: "小川 哲夫", ext: "2501", phone: "own-10143" };
pub const WATANABE: Person = Person { no: "10185", name: "渡邉 葵", ext: "2502", phone: "own-10185" };
pub const OKAMOTO: Person = Person { no: "10241", name: "岡本 勝", ext: "2503", phone: "own-10241" };
pub const HARADA: Person = Person { no: "10290", name: "原田 裕子", ext: "2504", phone: "own-10290" };
const PEOPLE: [Person; 4] = [OGAWA, WATANABE, OKAMOTO, HARADA];

/// A seat and the telephone that stands on it.
#[derive(Clone, Copy)]
pub struct Seat {
    pub label: &'static str,
    pub phone: &'static str,
}

pub const E01: Seat = Seat { label: "E01", phone: "seat-2f-e01" };
pub const E05: Seat = Seat { label: "E05", phone: "seat-2f-e05" };

pub const SECTION: &str = "3100";
pub const COUNTER: &str = "3200";
pub const MAIN: &str = "3000";
/// The house's own emergency number.
pub const ALARM: &str = "8119";
pub const SECTION_PHONE: &str = "fixed-fukushi";
pub const RECEPTION_PHONE: &str = "fixed-soumu";

/// Telephones of the counter: more than fit into one stage.
pub const CROWD: usize = 40;

pub fn crowd(number: usize) -> String {
    format!("counter-{number:02}")
}

/// How long stages ring: the least the platform allows.
pub const RING_MS: u64 = 5_000;

/// The house's set-up, as `PUT /api/v1/telephone` and `nanawari import telephone` take it.
pub fn set_up() -> Value {
    let own = |person: Person| json!({ "aor": person.phone, "kind": "softphone", "person": person.no });
    let seat = |seat: Seat| json!({ "aor": seat.phone, "kind": "seat_phone", "seat": { "floor": "2階", "label": seat.label } });
    let mut devices: Vec<Value> = PEOPLE.map(own).into_iter().chain([E01, E05].map(seat)).collect();
    devices.push(json!({ "aor": SECTION_PHONE, "kind": "fixed_bcp", "section": "fukushi" }));
    devices.push(json!({ "aor": RECEPTION_PHONE, "kind": "fixed_bcp", "section": "soumu" }));
    devices.push(json!({ "aor": "fixed-house", "kind": "fixed_bcp", "house": true }));
    devices.extend((0..CROWD).map(|number| json!({ "aor": crowd(number), "kind": "dect", "section": "counter" })));

    let section = |key: &str, name: &str, unit: Option<&str>| {
        let mut section = json!({ "key": key, "name": name, "ring": "all", "ring_ms": RING_MS, "fixed_ms": RING_MS, "closed": "announcement" });
        if let Some(unit) = unit {
            section["unit"] = json!(unit);
        }
        section
    };
    // Nobody belongs to the counter: only its own telephones ring, not those of whoever the sample has seated.
    let sections = [section("fukushi", "福祉課", Some("2020")), section("soumu", "総務課", Some("1010")), section("counter", "窓口", None)];
    let mut numbers: Vec<Value> = PEOPLE.map(|person| json!({ "ext": person.ext, "kind": "person", "person": person.no })).into();
    numbers.push(json!({ "ext": SECTION, "kind": "section", "section": "fukushi" }));
    numbers.push(json!({ "ext": COUNTER, "kind": "section", "section": "counter" }));
    numbers.push(json!({ "ext": MAIN, "kind": "main", "section": "soumu", "tel": "+81875731100" }));

    numbers.push(json!({ "ext": ALARM, "kind": "emergency" }));

    json!({
        "site": "本庁舎", "numbering": "japan", "occupancy_from": "check_in", "house_phone": { "aor": "fixed-house" }, "reception": "soumu",
        "security": { "people": [WATANABE.no] },
        "hours": [{ "from": "2020-04-01", "windows": [{ "days": "open_days", "from": "08:30", "until": "17:15" }] }],
        "devices": devices,
        "sections": sections,
        "numbers": numbers,
        "links": [{ "id": "k1", "kind": "kamailio", "max_parallel": 28, "max_stages": 5, "max_total_ms": 60_000, "trunk": "trunk" }, { "id": "sbc", "kind": "sip", "peers": ["127.0.0.1"] }],
    })
}

/// Every device of the set-up that registers.
pub fn devices() -> Vec<String> {
    set_up()["devices"].as_array().expect("devices").iter().map(|device| device["aor"].as_str().expect("a name").to_owned()).collect()
}
