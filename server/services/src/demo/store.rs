//! Storing an invented office fast: many rows a statement, many statements a transaction. Numbers are given by the
//! database, so that the next real row finds its sequence in order.

use super::{
    floors::{FloorPlan, RoomPlan, SeatPlan, ZonePlan},
    organisation::{PersonPlan, UnitPlan},
};
use crate::{Actor, Failure, Never, Services, audit, office};
use domain::{booking::SeatUse, site::SitePolicy};
use entity::{floor, overflow, person, post, site, space, unit, zone, zone_home};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
};
use std::{collections::HashMap, sync::Arc};

/// Rows of one statement: SQLite takes 32,766 values at once, the widest row has 14.
const ROWS: usize = 2_000;

/// Inserts rows, [`ROWS`] at a time.
pub(super) async fn insert_all<A: ActiveModelTrait>(transaction: &DatabaseTransaction, rows: Vec<A>) -> Result<(), DbErr> {
    let mut rows = rows.into_iter();
    while !rows.as_slice().is_empty() {
        let some: Vec<A> = rows.by_ref().take(ROWS).collect();
        A::Entity::insert_many(some).exec_without_returning(transaction).await?;
    }
    Ok(())
}

/// The whole office but its bookings, in one transaction.
pub(super) struct OfficePlan {
    pub site: &'static str,
    pub units: Vec<UnitPlan>,
    pub people: Vec<PersonPlan>,
    pub floors: Vec<FloorPlan>,
    pub at: chrono::DateTime<chrono::Utc>,
}

impl OfficePlan {
    pub(super) async fn store(self, cx: &Services) -> Result<(), Failure<Never>> {
        let plan = Arc::new(self);
        cx.db()
            .write(move |transaction| {
                let plan = Arc::clone(&plan);
                Box::pin(async move { Ok(plan.insert(transaction).await?) })
            })
            .await?;
        cx.refresh_office().await
    }

    async fn insert(&self, transaction: &DatabaseTransaction) -> Result<(), DbErr> {
        let policy = serde_json::to_string(&SitePolicy::default()).map_err(|error| DbErr::Custom(error.to_string()))?;
        let row = site::ActiveModel { id: NotSet, name: Set(self.site.into()), time_zone: Set("Asia/Tokyo".into()), policy: Set(policy) };
        let site = site::Entity::insert(row).exec(transaction).await?.last_insert_id;
        let units = self.insert_units(transaction).await?;
        self.insert_people(transaction, &units).await?;
        for (position, floor) in (0..).zip(&self.floors) {
            insert_floor(transaction, site, position, floor, &units).await?;
        }
        let detail = serde_json::json!({ "people": self.people.len(), "floors": self.floors.len() });
        audit::record(transaction, self.at, &Actor::System, "demo.generate", format!("site:{site}"), detail).await?;
        office::bump(transaction).await
    }

    /// Numbers by code. 部 come before their 課.
    async fn insert_units(&self, transaction: &DatabaseTransaction) -> Result<HashMap<String, i64>, DbErr> {
        let mut numbers: HashMap<String, i64> = HashMap::new();
        for parents in [true, false] {
            let rows = self.units.iter().filter(|unit| unit.parent.is_none() == parents).map(|unit| unit::ActiveModel {
                id: NotSet,
                code: Set(unit.code.clone()),
                name: Set(unit.name.clone()),
                parent_id: Set(unit.parent.as_ref().and_then(|parent| numbers.get(parent)).copied()),
                lends: Set(unit.lends),
            });
            insert_all(transaction, rows.collect()).await?;
            numbers = unit::Entity::find().all(transaction).await?.into_iter().map(|unit| (unit.code, unit.id)).collect();
        }
        Ok(numbers)
    }

    async fn insert_people(&self, transaction: &DatabaseTransaction, units: &HashMap<String, i64>) -> Result<(), DbErr> {
        let rows = self.people.iter().map(|person| person::ActiveModel {
            id: NotSet,
            staff_no: Set(person.staff_no.clone()),
            name: Set(person.name.clone()),
            kana: Set(person.kana.clone()),
            search_key: Set(person.search_key.clone()),
            email: Set(Some(person.email.clone())),
            extension: Set(Some(person.extension.clone())),
            employment: Set(person.employment.into()),
            visibility: Set(None),
            visibility_fixed: Set(false),
            wishes: Set(person.wishes.into()),
        });
        insert_all(transaction, rows.collect()).await?;
        let numbers: HashMap<String, i64> = person::Entity::find().all(transaction).await?.into_iter().map(|person| (person.staff_no, person.id)).collect();
        let mut posts = Vec::new();
        for person in &self.people {
            let Some(id) = numbers.get(&person.staff_no) else { continue };
            for (at, held) in person.posts.iter().enumerate() {
                let Some(unit) = units.get(&held.unit) else { continue };
                posts.push(post::ActiveModel {
                    id: NotSet,
                    person_id: Set(*id),
                    unit_id: Set(*unit),
                    title: Set(held.title.into()),
                    main: Set(at == 0),
                    from_on: Set(held.from_on),
                    until_on: Set(held.until_on),
                });
            }
        }
        insert_all(transaction, posts).await
    }
}

async fn insert_floor(transaction: &DatabaseTransaction, site: i64, position: i32, plan: &FloorPlan, units: &HashMap<String, i64>) -> Result<(), DbErr> {
    let row = floor::ActiveModel {
        id: NotSet,
        site_id: Set(site),
        name: Set(plan.name.clone()),
        position: Set(position),
        width_mm: Set(plan.width_mm),
        height_mm: Set(plan.height_mm),
        image_version: Set(0),
    };
    let floor = floor::Entity::insert(row).exec(transaction).await?.last_insert_id;
    let zones = (0..).zip(&plan.zones).map(|(position, zone)| zone::ActiveModel {
        id: NotSet,
        floor_id: Set(floor),
        key: Set(zone.key.clone()),
        name: Set(zone.name.clone()),
        position: Set(position),
        ratio_percent: Set(None),
    });
    insert_all(transaction, zones.collect()).await?;
    let stored = zone::Entity::find().filter(zone::Column::FloorId.eq(floor)).all(transaction).await?;
    let numbers: HashMap<String, i64> = stored.into_iter().map(|zone| (zone.key, zone.id)).collect();
    let homes =
        plan.zones.iter().filter_map(|zone| Some(zone_home::ActiveModel { zone_id: Set(*numbers.get(&zone.key)?), unit_id: Set(*units.get(&zone.home_of)?) }));
    insert_all(transaction, homes.collect()).await?;
    insert_overflow(transaction, &plan.zones, &numbers, units).await?;
    let seats = plan.zones.iter().flat_map(|zone| zone.seats.iter().map(|seat| seat_row(floor, numbers.get(&zone.key).copied(), seat)));
    insert_all(transaction, seats.collect()).await?;
    insert_all(transaction, plan.rooms.iter().map(|room| room_row(floor, room)).collect()).await
}

fn seat_row(floor: i64, zone: Option<i64>, seat: &SeatPlan) -> space::ActiveModel {
    space::ActiveModel {
        id: NotSet,
        floor_id: Set(floor),
        zone_id: Set(zone),
        kind: Set("seat".into()),
        label: Set(seat.label.clone()),
        x_mm: Set(seat.x_mm),
        y_mm: Set(seat.y_mm),
        width_mm: Set(0),
        height_mm: Set(0),
        rotation: Set(seat.rotation),
        capacity: Set(1),
        attributes: Set(serde_json::json!(seat.attributes).to_string()),
        seat_use: Set(if seat.duty { SeatUse::Duty } else { SeatUse::Open }.code().into()),
        retired: Set(false),
    }
}

fn room_row(floor: i64, room: &RoomPlan) -> space::ActiveModel {
    space::ActiveModel {
        id: NotSet,
        floor_id: Set(floor),
        zone_id: Set(None),
        kind: Set("room".into()),
        label: Set(room.name.clone()),
        x_mm: Set(room.x_mm),
        y_mm: Set(room.y_mm),
        width_mm: Set(room.width_mm),
        height_mm: Set(room.height_mm),
        rotation: Set(0),
        capacity: Set(room.capacity),
        attributes: Set("[]".into()),
        seat_use: Set(SeatUse::Open.code().into()),
        retired: Set(false),
    }
}

/// Every section may overflow to its two neighbours on the floor.
async fn insert_overflow(
    transaction: &DatabaseTransaction,
    zones: &[ZonePlan],
    numbers: &HashMap<String, i64>,
    units: &HashMap<String, i64>,
) -> Result<(), DbErr> {
    let mut rows = Vec::new();
    let taken: Vec<i64> = overflow::Entity::find().all(transaction).await?.into_iter().map(|row| row.unit_id).collect();
    for (at, zone) in zones.iter().enumerate() {
        // A section on two floors overflows on the first of them.
        let Some(unit) = units.get(&zone.home_of).filter(|unit| !taken.contains(unit)) else { continue };
        let before = at.checked_sub(1).and_then(|at| zones.get(at));
        let neighbours = [zones.get(at + 1), before].into_iter().flatten().filter_map(|zone| numbers.get(&zone.key));
        rows.extend((0..).zip(neighbours).map(|(position, zone)| overflow::ActiveModel { unit_id: Set(*unit), position: Set(position), zone_id: Set(*zone) }));
    }
    insert_all(transaction, rows).await
}
