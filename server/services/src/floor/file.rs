//! The floor's file (CONTRACTS.md, Files): its form, and everything wrong with it that can be said without the database.

use crate::{
    Services,
    import::{ImportError, ImportProblem},
};
use domain::booking::SeatUse;
use entity::space;
use sea_orm::ActiveValue::{NotSet, Set};
use serde::Deserialize;
use std::collections::HashMap;

#[derive(Debug, Deserialize)]
pub(super) struct File {
    pub site: String,
    #[serde(default)]
    pub time_zone: Option<String>,
    pub floor: String,
    pub size: Size,
    #[serde(default)]
    pub zones: Vec<ZoneFile>,
    #[serde(default)]
    pub seats: Vec<SeatFile>,
    #[serde(default)]
    pub rooms: Vec<RoomFile>,
    #[serde(default)]
    pub units: Vec<UnitFile>,
}

#[derive(Debug, Deserialize)]
pub(super) struct Size {
    pub width_m: f64,
    pub height_m: f64,
}

#[derive(Debug, Deserialize)]
pub(super) struct ZoneFile {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub home_of: Vec<String>,
    #[serde(default)]
    pub ratio: Option<f64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct SeatFile {
    pub label: String,
    pub x_m: f64,
    pub y_m: f64,
    #[serde(default)]
    pub rotation: f64,
    #[serde(default)]
    pub zone: Option<String>,
    #[serde(default)]
    pub attributes: Vec<String>,
}

#[derive(Debug, Deserialize)]
pub(super) struct RoomFile {
    pub name: String,
    pub x_m: f64,
    pub y_m: f64,
    pub width_m: f64,
    pub height_m: f64,
    #[serde(default)]
    pub capacity: u32,
    #[serde(default)]
    pub attributes: Vec<String>,
}

/// Team address of a unit: where it may overflow to, and how many of its own seats it lends.
#[derive(Debug, Deserialize)]
pub(super) struct UnitFile {
    pub code: String,
    #[serde(default)]
    pub overflow: Vec<String>,
    #[serde(default)]
    pub lends: Option<u32>,
}

const MOST_BYTES: usize = 8 * 1024 * 1024;
const MOST_SEATS: usize = 5_000;
const MOST_METRES: f64 = 1_000.0;
/// Characters of a label that can be read on the drawing.
const MOST_LETTERS: usize = 16;

pub(super) fn parse(json: &[u8]) -> Result<File, Vec<ImportProblem>> {
    if json.len() > MOST_BYTES {
        return Err(vec![ImportProblem::file(ImportError::TooBig { limit_mb: MOST_BYTES / 1024 / 1024 })]);
    }
    let json = json.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(json);
    serde_json::from_slice(json).map_err(|error| vec![ImportProblem::at(error.line() as u64, "", "", ImportError::Syntax { message: error.to_string() })])
}

/// Everything that can be said without the database.
pub(super) fn check(cx: &Services, file: &File) -> Vec<ImportProblem> {
    let mut problems = Vec::new();
    let mut say = |column: &str, value: &str, what| problems.push(ImportProblem::field(column, value, what));
    measures(file, &mut say);
    names(file, &mut say);
    seats(file, &mut say);
    references(cx, file, &mut say);
    problems
}

/// Says one problem: field, value, what is wrong.
trait Say: FnMut(&str, &str, ImportError) {}
impl<F: FnMut(&str, &str, ImportError)> Say for F {}

fn measures(file: &File, say: &mut impl Say) {
    let known = || vec!["Asia/Tokyo".into(), "Europe/Berlin".into(), "…".into()];
    if let Some(zone) = file.time_zone.as_ref().filter(|zone| zone.parse::<chrono_tz::Tz>().is_err()) {
        say("time_zone", zone, ImportError::UnknownWord { known: known() });
    }
    for (column, metres) in [("size.width_m", file.size.width_m), ("size.height_m", file.size.height_m)] {
        if !(1.0..=MOST_METRES).contains(&metres) {
            say(column, &metres.to_string(), ImportError::OutOfRange { range: format!("1–{MOST_METRES} m") });
        }
    }
    if file.seats.len() > MOST_SEATS {
        say("seats", &file.seats.len().to_string(), ImportError::TooManyRows { limit: MOST_SEATS });
    }
    for zone in file.zones.iter().filter(|zone| zone.ratio.is_some_and(|ratio| !(0.0..=2.0).contains(&ratio))) {
        say("zones.ratio", &zone.id, ImportError::OutOfRange { range: "0–2".into() });
    }
    let (width, height) = (file.size.width_m, file.size.height_m);
    let outside = |room: &&RoomFile| room.x_m < 0.0 || room.y_m < 0.0 || room.x_m + room.width_m > width + 0.001 || room.y_m + room.height_m > height + 0.001;
    for room in file.rooms.iter().filter(outside) {
        say("rooms", &room.name, ImportError::OutOfRange { range: format!("0–{width} × 0–{height} m") });
    }
}

fn names(file: &File, say: &mut impl Say) {
    for (column, text) in [("site", &file.site), ("floor", &file.floor)] {
        if text.trim().is_empty() {
            say(column, text, ImportError::Empty);
        }
    }
    duplicates("zones.id", file.zones.iter().map(|zone| zone.id.as_str()), say);
    duplicates("seats.label", file.seats.iter().map(|seat| seat.label.as_str()), say);
    duplicates("rooms.name", file.rooms.iter().map(|room| room.name.as_str()), say);
}

fn seats(file: &File, say: &mut impl Say) {
    let (width, height) = (file.size.width_m, file.size.height_m);
    for seat in &file.seats {
        if seat.label.trim().is_empty() {
            say("seats.label", "", ImportError::Empty);
        }
        if seat.label.chars().count() > MOST_LETTERS {
            say("seats.label", &seat.label, ImportError::TooLong { limit: MOST_LETTERS });
        }
        if !(0.0..=width).contains(&seat.x_m) || !(0.0..=height).contains(&seat.y_m) {
            say("seats", &format!("{} ({}, {})", seat.label, seat.x_m, seat.y_m), ImportError::OutOfRange { range: format!("0–{width} × 0–{height} m") });
        }
    }
}

fn references(cx: &Services, file: &File, say: &mut impl Say) {
    let zones: Vec<_> = file.zones.iter().map(|zone| zone.id.as_str()).collect();
    for seat in &file.seats {
        if let Some(zone) = seat.zone.as_deref().filter(|zone| !zones.contains(zone)) {
            say("seats.zone", &format!("{}: {zone}", seat.label), ImportError::UnknownReference);
        }
    }
    let office = cx.office();
    let known = |code: &str| office.units.values().any(|unit| unit.code == code);
    for code in file.zones.iter().flat_map(|zone| &zone.home_of).chain(file.units.iter().map(|unit| &unit.code)).filter(|code| !known(code)) {
        say("home_of", code, ImportError::UnknownReference);
    }
    let elsewhere = |key: &str| office.zones.values().any(|zone| zone.key == key);
    for zone in file.units.iter().flat_map(|unit| &unit.overflow).filter(|zone| !zones.contains(&zone.as_str()) && !elsewhere(zone)) {
        say("units.overflow", zone, ImportError::UnknownReference);
    }
}

fn duplicates<'a>(column: &str, values: impl Iterator<Item = &'a str>, say: &mut impl Say) {
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (at, value) in values.enumerate() {
        if let Some(first) = seen.insert(value, at) {
            say(column, value, ImportError::Duplicate { first: format!("#{}", first + 1) });
        }
    }
}

/// Whole millimetres of a length that was checked to be within a kilometre.
#[expect(clippy::cast_possible_truncation, reason = "checked to be within a kilometre")]
pub(super) fn mm(metres: f64) -> i32 {
    (metres * 1_000.0).round() as i32
}

impl SeatFile {
    pub(super) fn row(&self, floor: i64, zone: Option<i64>) -> space::ActiveModel {
        let seat_use = self.attributes.iter().find_map(|attribute| SeatUse::parse(attribute)).unwrap_or(SeatUse::Open);
        let attributes: Vec<_> = self.attributes.iter().filter(|attribute| SeatUse::parse(attribute).is_none()).collect();
        #[expect(clippy::cast_possible_truncation, reason = "brought within a turn")]
        let rotation = self.rotation.rem_euclid(360.0).round() as i16;
        space::ActiveModel {
            id: NotSet,
            floor_id: Set(floor),
            zone_id: Set(zone),
            kind: Set("seat".into()),
            label: Set(self.label.trim().to_owned()),
            x_mm: Set(mm(self.x_m)),
            y_mm: Set(mm(self.y_m)),
            width_mm: Set(0),
            height_mm: Set(0),
            rotation: Set(rotation),
            capacity: Set(1),
            attributes: Set(serde_json::json!(attributes).to_string()),
            seat_use: Set(seat_use.code().to_owned()),
            retired: Set(false),
        }
    }
}

impl RoomFile {
    pub(super) fn row(&self, floor: i64) -> space::ActiveModel {
        space::ActiveModel {
            id: NotSet,
            floor_id: Set(floor),
            zone_id: Set(None),
            kind: Set("room".into()),
            label: Set(self.name.trim().to_owned()),
            x_mm: Set(mm(self.x_m)),
            y_mm: Set(mm(self.y_m)),
            width_mm: Set(mm(self.width_m)),
            height_mm: Set(mm(self.height_m)),
            rotation: Set(0),
            capacity: Set(i32::try_from(self.capacity).unwrap_or(i32::MAX)),
            attributes: Set(serde_json::json!(self.attributes).to_string()),
            seat_use: Set(SeatUse::Open.code().to_owned()),
            retired: Set(false),
        }
    }
}
