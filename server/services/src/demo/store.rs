//! Storing an invented office fast: many rows a statement, many statements a transaction. Numbers are given by the
//! database, so that the next real row finds its sequence in order.

use super::{
    bookings::BookingPlan,
    floors::{FloorPlan, ZonePlan},
    organisation::{PersonPlan, UnitPlan},
};
use crate::{Actor, Failure, Never, Services, audit, office};
use domain::{
    Slots,
    account::Role,
    booking::{SeatUse, State},
    site::SitePolicy,
};
use entity::{account, booking, floor, occupancy, overflow, person, person_occupancy, post, site, space, unit, zone, zone_home};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    sea_query::Expr,
};
use std::{collections::HashMap, sync::Arc};

/// Rows of one statement: SQLite takes 32,766 values at once, the widest row has 14.
const ROWS: usize = 2_000;
/// Bookings of one transaction.
const CHUNK: usize = 40_000;

/// Inserts rows, [`ROWS`] at a time.
async fn insert_all<A: ActiveModelTrait>(transaction: &DatabaseTransaction, rows: Vec<A>) -> Result<(), DbErr> {
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
    let seats = plan.zones.iter().flat_map(|zone| zone.seats.iter().map(|seat| (numbers.get(&zone.key).copied(), seat)));
    let seats = seats.map(|(zone_id, seat)| space::ActiveModel {
        id: NotSet,
        floor_id: Set(floor),
        zone_id: Set(zone_id),
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
    });
    insert_all(transaction, seats.collect()).await?;
    let rooms = plan.rooms.iter().map(|room| space::ActiveModel {
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
    });
    insert_all(transaction, rooms.collect()).await
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

/// Stores bookings and the slots of the live ones, some ten thousand a transaction.
pub(super) async fn insert_bookings(cx: &Services, plans: Vec<BookingPlan>) -> Result<(), Failure<Never>> {
    let plans = Arc::new(plans);
    for from in (0..plans.len()).step_by(CHUNK) {
        let plans = Arc::clone(&plans);
        cx.db()
            .write(move |transaction| {
                let plans = Arc::clone(&plans);
                Box::pin(async move {
                    let to = plans.len().min(from + CHUNK);
                    Ok(insert_all(transaction, plans[from..to].iter().map(booking_row).collect()).await?)
                })
            })
            .await?;
    }
    cx.db().write(move |transaction| Box::pin(async move { Ok(take_slots(transaction).await?) })).await
}

fn booking_row(plan: &BookingPlan) -> booking::ActiveModel {
    booking::ActiveModel {
        id: NotSet,
        person_id: Set(plan.person.0),
        space_id: Set(plan.seat.0),
        local_date: Set(plan.on),
        slots: Set(bits(plan.slots)),
        booked_slots: Set(bits(plan.booked)),
        state: Set(plan.state.code().into()),
        pattern_id: Set(None),
        created_at: Set(plan.created_at),
        checked_in_at: Set(plan.checked_in_at),
        ended_at: Set(plan.ended_at),
    }
}

/// Takes the slots of the live bookings, in the order of the keys.
async fn take_slots(transaction: &DatabaseTransaction) -> Result<(), DbErr> {
    let live = [State::Booked.code(), State::CheckedIn.code()];
    let rows = booking::Entity::find().filter(booking::Column::State.is_in(live)).all(transaction).await?;
    let mut taken: Vec<_> = rows.iter().flat_map(|row| slots_of(row).into_iter().map(move |slot| (row.space_id, row.local_date, slot, row))).collect();
    taken.sort_unstable_by_key(|(space, on, slot, _)| (*space, *on, *slot));
    let seats = taken.iter().map(|(space, on, slot, row)| occupancy::ActiveModel {
        space_id: Set(*space),
        local_date: Set(*on),
        slot: Set(*slot),
        booking_id: Set(row.id),
    });
    insert_all(transaction, seats.collect()).await?;
    taken.sort_unstable_by_key(|(_, on, slot, row)| (row.person_id, *on, *slot));
    let people = taken.iter().map(|(_, on, slot, row)| person_occupancy::ActiveModel {
        person_id: Set(row.person_id),
        local_date: Set(*on),
        slot: Set(*slot),
        booking_id: Set(row.id),
    });
    insert_all(transaction, people.collect()).await
}

/// The stored form of a set of slots, and back.
fn bits(slots: Slots) -> i32 {
    i32::from_ne_bytes(slots.bits().to_ne_bytes())
}

fn slots_of(row: &booking::Model) -> Vec<i16> {
    Slots::from_bits(u32::from_ne_bytes(row.slots.to_ne_bytes())).iter().map(|slot| i16::from(slot.0)).collect()
}

/// Puts the seat of this label out of use.
pub(super) async fn close_seat(cx: &Services, label: &'static str) -> Result<(), Failure<Never>> {
    cx.db()
        .write(move |transaction| {
            Box::pin(async move {
                let closed = Expr::value(SeatUse::Closed.code());
                space::Entity::update_many().col_expr(space::Column::SeatUse, closed).filter(space::Column::Label.eq(label)).exec(transaction).await?;
                Ok(office::bump(transaction).await?)
            })
        })
        .await?;
    cx.refresh_office().await
}

/// Lets every third person ask for an attribute.
pub(super) async fn wish_for(cx: &Services, attribute: &'static str) -> Result<(), Failure<Never>> {
    let mut people: Vec<i64> = cx.office().people.keys().map(|person| person.0).collect();
    people.sort_unstable();
    let people: Arc<[i64]> = people.into_iter().step_by(3).collect();
    cx.db()
        .write(move |transaction| {
            let people = Arc::clone(&people);
            Box::pin(async move {
                let wishes = Expr::value(serde_json::json!([attribute]).to_string());
                let some = person::Column::Id.is_in(people.iter().copied());
                person::Entity::update_many().col_expr(person::Column::Wishes, wishes).filter(some).exec(transaction).await?;
                Ok(office::bump(transaction).await?)
            })
        })
        .await?;
    cx.refresh_office().await
}

/// Gives the first head of a section everything, so that the demo can show administration.
pub(super) async fn make_administrator(cx: &Services, person: domain::PersonId) -> Result<(), Failure<Never>> {
    let at = cx.clock().now();
    let row = move || account::ActiveModel {
        person_id: Set(person.0),
        role: Set(Role::Admin.code().into()),
        password_hash: Set(None),
        disabled: Set(false),
        created_at: Set(at),
    };
    cx.db()
        .write(move |transaction| {
            Box::pin(async move {
                account::Entity::insert(row()).exec_without_returning(transaction).await?;
                Ok(())
            })
        })
        .await
}
