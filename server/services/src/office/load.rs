//! The office from its rows. A row that cannot be understood is named with table and number.

use super::{Floor, Office, Person, Post, Room, Seat, Site, Unit, Zone};
use crate::db::Db;
use domain::{
    FloorId, PersonId, SeatId, SiteId, UnitId, ZoneId,
    booking::SeatUse,
    floor::{Point, Rect, seat_size_mm},
    person::{SearchKey, Visibility},
};
use entity::{floor, office_revision, overflow, person, post, site, space, unit, zone, zone_home};
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, QueryOrder};
use std::collections::HashMap;

/// Everything, on one snapshot.
pub(super) async fn load(db: &Db) -> Result<Office, DbErr> {
    let snapshot = db.snapshot().await?;
    let office = read(&snapshot).await?;
    snapshot.commit().await?;
    Ok(office)
}

/// The same as a transaction sees it: people who are only tried have an office, too.
pub(crate) async fn read(connection: &impl ConnectionTrait) -> Result<Office, DbErr> {
    let mut office = Office { revision: office_revision::Entity::find_by_id(1).one(connection).await?.map_or(0, |row| row.revision), ..Office::default() };
    load_sites(&mut office, connection).await?;
    load_units(&mut office, connection).await?;
    load_floors(&mut office, connection).await?;
    load_people(&mut office, connection).await?;
    Ok(office)
}

fn corrupt(table: &str, id: i64, what: impl std::fmt::Display) -> DbErr {
    DbErr::Custom(format!("{table} {id}: {what}"))
}

async fn load_sites(office: &mut Office, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    for row in site::Entity::find().order_by_asc(site::Column::Id).all(connection).await? {
        let zone = row.time_zone.parse().map_err(|error| corrupt("site", row.id, error))?;
        let policy = serde_json::from_str(&row.policy).map_err(|error| corrupt("site", row.id, error))?;
        office.sites.insert(SiteId(row.id), Site { id: SiteId(row.id), name: row.name, zone, policy });
    }
    Ok(())
}

async fn load_units(office: &mut Office, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    for row in unit::Entity::find().all(connection).await? {
        let lends = row.lends.and_then(|lends| u32::try_from(lends).ok());
        let unit = Unit { id: UnitId(row.id), code: row.code, name: row.name, parent: row.parent_id.map(UnitId), lends, overflow: Vec::new() };
        office.units.insert(unit.id, unit);
    }
    for row in overflow::Entity::find().order_by_asc(overflow::Column::Position).all(connection).await? {
        if let Some(unit) = office.units.get_mut(&UnitId(row.unit_id)) {
            unit.overflow.push(ZoneId(row.zone_id));
        }
    }
    Ok(())
}

async fn load_floors(office: &mut Office, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    let mut homes: HashMap<i64, Vec<UnitId>> = HashMap::new();
    for row in zone_home::Entity::find().order_by_asc(zone_home::Column::UnitId).all(connection).await? {
        homes.entry(row.zone_id).or_default().push(UnitId(row.unit_id));
    }
    for row in
        floor::Entity::find().order_by_asc(floor::Column::SiteId).order_by_asc(floor::Column::Position).order_by_asc(floor::Column::Id).all(connection).await?
    {
        office.floors.push(Floor {
            id: FloorId(row.id),
            site: SiteId(row.site_id),
            name: row.name,
            width_mm: row.width_mm,
            height_mm: row.height_mm,
            image_version: row.image_version,
            zones: Vec::new(),
            seats: Vec::new(),
            rooms: Vec::new(),
            seat_size_mm: (0, 0),
        });
    }
    let at: HashMap<FloorId, usize> = office.floors.iter().enumerate().map(|(index, floor)| (floor.id, index)).collect();
    for row in zone::Entity::find().order_by_asc(zone::Column::Position).order_by_asc(zone::Column::Id).all(connection).await? {
        let zone = Zone {
            id: ZoneId(row.id),
            floor: FloorId(row.floor_id),
            key: row.key,
            name: row.name,
            ratio_percent: row.ratio_percent.and_then(|ratio| u16::try_from(ratio).ok()),
            homes: homes.remove(&row.id).unwrap_or_default(),
            seats: Vec::new(),
        };
        if let Some(index) = at.get(&zone.floor) {
            office.floors[*index].zones.push(zone.id);
        }
        office.zones.insert(zone.id, zone);
    }
    for row in space::Entity::find().order_by_asc(space::Column::Label).order_by_asc(space::Column::Id).all(connection).await? {
        if let Some(index) = at.get(&FloorId(row.floor_id)) {
            add_space(office, *index, row)?;
        }
    }
    finish_floors(office);
    Ok(())
}

fn add_space(office: &mut Office, floor: usize, row: space::Model) -> Result<(), DbErr> {
    let at = Point { x_mm: row.x_mm, y_mm: row.y_mm };
    if row.kind == "room" {
        let area = Rect { x_mm: row.x_mm, y_mm: row.y_mm, width_mm: row.width_mm, height_mm: row.height_mm };
        office.floors[floor].rooms.push(Room { name: row.label, area, capacity: u32::try_from(row.capacity).unwrap_or(0) });
        return Ok(());
    }
    let seat = Seat {
        id: SeatId(row.id),
        floor: FloorId(row.floor_id),
        zone: row.zone_id.map(ZoneId),
        label: row.label,
        at,
        rotation: row.rotation,
        attributes: serde_json::from_str(&row.attributes).map_err(|error| corrupt("space", row.id, error))?,
        seat_use: if row.retired { SeatUse::Closed } else { SeatUse::parse(&row.seat_use).ok_or_else(|| corrupt("space", row.id, &row.seat_use))? },
    };
    if row.retired {
        // Not drawn any more; its name is still needed where its past bookings are shown.
    } else if let Some(zone) = seat.zone.and_then(|zone| office.zones.get_mut(&zone)) {
        zone.seats.push(seat.id);
    } else {
        office.floors[floor].seats.push(seat.id);
    }
    office.seats.insert(seat.id, seat);
    Ok(())
}

/// The list twin's order: zone by zone as drawn, then what stands outside every zone. Then how big each may be drawn.
fn finish_floors(office: &mut Office) {
    for floor in &mut office.floors {
        let outside = std::mem::take(&mut floor.seats);
        let zones = &office.zones;
        floor.seats = floor.zones.iter().filter_map(|zone| zones.get(zone)).flat_map(|zone| zone.seats.iter().copied()).chain(outside).collect();
        let points: Vec<_> = floor.seats.iter().filter_map(|seat| office.seats.get(seat)).map(|seat| seat.at).collect();
        floor.seat_size_mm = seat_size_mm(&points);
    }
}

async fn load_people(office: &mut Office, connection: &impl ConnectionTrait) -> Result<(), DbErr> {
    let mut posts: HashMap<i64, Vec<Post>> = HashMap::new();
    for row in post::Entity::find().order_by_desc(post::Column::Main).order_by_asc(post::Column::Id).all(connection).await? {
        let post = Post { unit: UnitId(row.unit_id), title: row.title, main: row.main, from_on: row.from_on, until_on: row.until_on };
        posts.entry(row.person_id).or_default().push(post);
    }
    for row in person::Entity::find().all(connection).await? {
        let id = PersonId(row.id);
        office.by_staff_no.insert(row.staff_no.clone(), id);
        let person = Person {
            id,
            staff_no: row.staff_no,
            name: row.name,
            kana: row.kana,
            key: SearchKey(row.search_key),
            email: row.email,
            extension: row.extension,
            employment: row.employment,
            visibility: row.visibility.as_deref().and_then(Visibility::parse),
            visibility_fixed: row.visibility_fixed,
            wishes: serde_json::from_str(&row.wishes).map_err(|error| corrupt("person", row.id, error))?,
            posts: posts.remove(&row.id).unwrap_or_default(),
        };
        office.people.insert(id, person);
    }
    Ok(())
}
