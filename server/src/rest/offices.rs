//! Sites and floors: what stands where.

use super::{auth::Reader, fault::Fault, input::Id, list::Listed};
use crate::state::AppState;
use axum::{Json, extract::State};
use domain::{FloorId, SlotTime, booking::SeatUse};
use serde::Serialize;
use services::{Kind, office::Office};
use utoipa::ToSchema;

/// 庁舎.
#[derive(Debug, Serialize, ToSchema)]
pub struct SiteJson {
    /// Its number.
    id: i64,
    /// What people call it.
    name: String,
    /// Its time zone.
    #[schema(example = "Asia/Tokyo")]
    time_zone: String,
    /// How its day is cut.
    slots: Vec<SlotJson>,
}

/// 枠: a bookable part of the day.
#[derive(Debug, Serialize, ToSchema)]
pub struct SlotJson {
    /// The word programs use.
    #[schema(example = "am")]
    code: String,
    /// When it begins, wall clock of the site.
    #[schema(example = "08:30")]
    start: String,
    /// When it ends.
    #[schema(example = "12:00")]
    end: String,
}

/// 階, in a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct FloorHeadJson {
    /// Its number.
    id: i64,
    /// What people call it.
    name: String,
    /// Its site.
    site_id: i64,
    /// What people call the site.
    site_name: String,
    /// How many seats it has.
    seat_count: usize,
}

/// 階, with everything that stands on it. Metres from the top left corner.
#[derive(Debug, Serialize, ToSchema)]
pub struct FloorJson {
    #[serde(flatten)]
    head: FloorHeadJson,
    /// Width of the drawing, metres.
    width_m: f64,
    /// Height of the drawing, metres.
    height_m: f64,
    /// Zones in the order of the drawing.
    zones: Vec<ZoneJson>,
    /// Seats, zone by zone and by label.
    seats: Vec<SeatJson>,
    /// Rooms.
    rooms: Vec<RoomJson>,
}

/// エリア.
#[derive(Debug, Serialize, ToSchema)]
pub struct ZoneJson {
    /// Its number.
    id: i64,
    /// What people call it.
    name: String,
    /// Codes of the units at home there.
    home_of: Vec<String>,
}

/// 座席.
#[derive(Debug, Serialize, ToSchema)]
pub struct SeatJson {
    /// Its number.
    id: i64,
    /// What stands on it.
    label: String,
    /// From the left, metres.
    x: f64,
    /// From the top, metres.
    y: f64,
    /// Clockwise, degrees.
    rotation: i16,
    /// The number of its zone.
    zone: Option<i64>,
    /// What it has.
    attributes: Vec<String>,
    /// `open`, `duty` (must be staffed) or `closed`.
    #[schema(value_type = String)]
    r#use: SeatUse,
}

/// 会議室, as drawn.
#[derive(Debug, Serialize, ToSchema)]
pub struct RoomJson {
    /// What people call it.
    name: String,
    /// From the left, metres.
    x: f64,
    /// From the top, metres.
    y: f64,
    /// Width, metres.
    width: f64,
    /// Height, metres.
    height: f64,
    /// How many people it holds.
    capacity: u32,
}

/// Every site.
#[utoipa::path(get, path = "/sites", operation_id = "listSites", tag = "office", responses((status = 200, body = Listed<SiteJson>)))]
pub async fn sites(State(state): State<AppState>, Reader(_): Reader) -> Json<Listed<SiteJson>> {
    let office = state.services.office();
    let site = |site: &services::office::Site| SiteJson {
        id: site.id.0,
        name: site.name.clone(),
        time_zone: site.zone.name().to_owned(),
        slots: slots(site.policy.grid.times()),
    };
    Json(Listed::whole(office.sites.values().map(site).collect()))
}

/// Every floor.
#[utoipa::path(get, path = "/floors", operation_id = "listFloors", tag = "office", responses((status = 200, body = Listed<FloorHeadJson>)))]
pub async fn floors(State(state): State<AppState>, Reader(_): Reader) -> Json<Listed<FloorHeadJson>> {
    let office = state.services.office();
    Json(Listed::whole(office.floors.iter().map(|floor| head(&office, floor)).collect()))
}

/// One floor with its zones, seats and rooms.
#[utoipa::path(get, path = "/floors/{id}", operation_id = "getFloor", tag = "office", params(("id" = i64, Path, description = "The floor")),
    responses((status = 200, body = FloorJson), (status = 404, body = super::Problem, content_type = "application/problem+json")))]
pub async fn floor(State(state): State<AppState>, Reader(_): Reader, Id(id): Id) -> Result<Json<FloorJson>, Fault> {
    let office = state.services.office();
    let floor = office.floor(FloorId(id)).ok_or(Fault::NotFound(Kind::Floor))?;
    let zone = |zone: &services::office::Zone| ZoneJson {
        id: zone.id.0,
        name: zone.name.clone(),
        home_of: zone.homes.iter().filter_map(|unit| office.units.get(unit)).map(|unit| unit.code.clone()).collect(),
    };
    let seat = |seat: &services::office::Seat| SeatJson {
        id: seat.id.0,
        label: seat.label.clone(),
        x: metres(seat.at.x_mm),
        y: metres(seat.at.y_mm),
        rotation: seat.rotation,
        zone: seat.zone.map(|zone| zone.0),
        attributes: seat.attributes.clone(),
        r#use: seat.seat_use,
    };
    let room = |room: &services::office::Room| RoomJson {
        name: room.name.clone(),
        x: metres(room.area.x_mm),
        y: metres(room.area.y_mm),
        width: metres(room.area.width_mm),
        height: metres(room.area.height_mm),
        capacity: room.capacity,
    };
    Ok(Json(FloorJson {
        head: head(&office, floor),
        width_m: metres(floor.width_mm),
        height_m: metres(floor.height_mm),
        zones: floor.zones.iter().filter_map(|id| office.zones.get(id)).map(zone).collect(),
        seats: floor.seats.iter().filter_map(|id| office.seats.get(id)).map(seat).collect(),
        rooms: floor.rooms.iter().map(room).collect(),
    }))
}

fn head(office: &Office, floor: &services::office::Floor) -> FloorHeadJson {
    FloorHeadJson {
        id: floor.id.0,
        name: floor.name.clone(),
        site_id: floor.site.0,
        site_name: office.sites.get(&floor.site).map(|site| site.name.clone()).unwrap_or_default(),
        seat_count: floor.seats.len(),
    }
}

/// Slots with their hours.
#[must_use]
pub fn slots(times: &[SlotTime]) -> Vec<SlotJson> {
    let clock = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    times.iter().map(|time| SlotJson { code: time.code.clone(), start: clock(time.start_minute), end: clock(time.end_minute) }).collect()
}

fn metres(millimetres: i32) -> f64 {
    f64::from(millimetres) / 1000.0
}
