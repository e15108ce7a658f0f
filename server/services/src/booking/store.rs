//! The only queries on bookings and taken slots.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{BookingId, FloorId, PatternId, PersonId, SeatId, Slot, Slots, booking::State};
use entity::{booking, occupancy, person, person_occupancy, space};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, IntoActiveModel, JoinType, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, RelationDef, Statement,
    sea_query::{Expr, UnionType},
};

/// A slot somebody holds on a floor, with what its booking says.
#[derive(Clone, Debug, FromQueryResult)]
pub struct TakenRow {
    pub space_id: i64,
    pub slot: i16,
    pub booking_id: i64,
    pub person_id: i64,
    pub state: String,
}

impl TakenRow {
    pub fn slot(&self) -> Slot {
        slot_of(self.slot)
    }
}

/// A slot a person holds.
#[derive(Clone, Debug, FromQueryResult)]
pub struct HeldRow {
    pub local_date: NaiveDate,
    pub slot: i16,
    pub booking_id: i64,
    pub space_id: i64,
}

/// What is stored of a new booking.
#[derive(Clone, Debug)]
pub struct NewBooking {
    pub person: PersonId,
    pub seat: SeatId,
    pub on: NaiveDate,
    pub slots: Slots,
    pub state: State,
    pub pattern: Option<PatternId>,
    pub at: DateTime<Utc>,
}

/// Which guarantee stood in the way.
#[derive(Debug)]
pub enum Clash {
    /// Somebody holds the seat.
    Seat,
    /// The person holds another seat.
    Person,
    /// Neither; the store failed.
    Store(DbErr),
}

impl From<DbErr> for Clash {
    fn from(error: DbErr) -> Self {
        if !crate::db::is_unique_violation(&error) {
            return Self::Store(error);
        }
        // Both databases name the table in the message of the violated key.
        let report = error.to_string();
        if report.contains("person_occupancy") {
            Self::Person
        } else if report.contains("occupancy") {
            Self::Seat
        } else {
            Self::Store(error)
        }
    }
}

/// Reads a stored slot number.
pub fn slot_of(number: i16) -> Slot {
    Slot(u8::try_from(number).unwrap_or(31))
}

/// The stored form of a set of slots.
pub fn bits(slots: Slots) -> i32 {
    i32::from_ne_bytes(slots.bits().to_ne_bytes())
}

/// Reads the stored form.
pub fn slots_of(bits: i32) -> Slots {
    Slots::from_bits(u32::from_ne_bytes(bits.to_ne_bytes()))
}

/// Makes one person's commands wait for one another on PostgreSQL; SQLite has one writer anyway.
pub async fn lock_person(transaction: &DatabaseTransaction, person: PersonId) -> Result<(), DbErr> {
    if transaction.get_database_backend() == sea_orm::DatabaseBackend::Postgres {
        person::Entity::find_by_id(person.0).select_only().column(person::Column::Id).lock_exclusive().into_tuple::<i64>().one(transaction).await?;
    }
    Ok(())
}

/// What a command must know before it decides on a seat and a person.
#[derive(Debug, Default)]
pub struct Looked {
    /// What the person holds from a day on.
    pub held: Vec<HeldRow>,
    /// Slots of the seat on the day that are taken, with the booking that has them.
    pub taken: Vec<(Slot, i64)>,
}

#[derive(FromQueryResult)]
struct LookedRow {
    of_person: i32,
    local_date: NaiveDate,
    slot: i16,
    booking_id: i64,
    space_id: i64,
}

/// Both in one step.
pub async fn look(connection: &impl ConnectionTrait, person: PersonId, from: NaiveDate, seat: SeatId, on: NaiveDate) -> Result<Looked, DbErr> {
    let of_seat = occupancy::Entity::find()
        .select_only()
        .column_as(Expr::cust("0"), "of_person")
        .columns([occupancy::Column::LocalDate, occupancy::Column::Slot, occupancy::Column::BookingId, occupancy::Column::SpaceId])
        .filter(occupancy::Column::SpaceId.eq(seat.0))
        .filter(occupancy::Column::LocalDate.eq(on))
        .into_query();
    let mut both = person_occupancy::Entity::find()
        .select_only()
        .column_as(Expr::cust("1"), "of_person")
        .columns([person_occupancy::Column::LocalDate, person_occupancy::Column::Slot, person_occupancy::Column::BookingId])
        .column(booking::Column::SpaceId)
        .join(JoinType::InnerJoin, booking_of_person_occupancy())
        .filter(person_occupancy::Column::PersonId.eq(person.0))
        .filter(person_occupancy::Column::LocalDate.gte(from));
    QuerySelect::query(&mut both).union(UnionType::All, of_seat);
    let mut looked = Looked::default();
    for row in both.into_model::<LookedRow>().all(connection).await? {
        if row.of_person == 0 {
            looked.taken.push((slot_of(row.slot), row.booking_id));
        } else {
            looked.held.push(HeldRow { local_date: row.local_date, slot: row.slot, booking_id: row.booking_id, space_id: row.space_id });
        }
    }
    Ok(looked)
}

fn booking_of_occupancy() -> RelationDef {
    occupancy::Entity::belongs_to(booking::Entity).from(occupancy::Column::BookingId).to(booking::Column::Id).into()
}

fn booking_of_person_occupancy() -> RelationDef {
    person_occupancy::Entity::belongs_to(booking::Entity).from(person_occupancy::Column::BookingId).to(booking::Column::Id).into()
}

fn space_of_occupancy() -> RelationDef {
    occupancy::Entity::belongs_to(space::Entity).from(occupancy::Column::SpaceId).to(space::Column::Id).into()
}

/// Every taken slot of a floor on a day, with its booking.
pub async fn taken_on_floor(connection: &impl ConnectionTrait, floor: FloorId, on: NaiveDate) -> Result<Vec<TakenRow>, DbErr> {
    occupancy::Entity::find()
        .select_only()
        .columns([occupancy::Column::SpaceId, occupancy::Column::Slot, occupancy::Column::BookingId])
        .columns([booking::Column::PersonId, booking::Column::State])
        .join(JoinType::InnerJoin, booking_of_occupancy())
        .join(JoinType::InnerJoin, space_of_occupancy())
        .filter(occupancy::Column::LocalDate.eq(on))
        .filter(space::Column::FloorId.eq(floor.0))
        .into_model()
        .all(connection)
        .await
}

/// What a person holds from a day on.
pub async fn held_from(connection: &impl ConnectionTrait, person: PersonId, from: NaiveDate) -> Result<Vec<HeldRow>, DbErr> {
    person_occupancy::Entity::find()
        .select_only()
        .columns([person_occupancy::Column::LocalDate, person_occupancy::Column::Slot, person_occupancy::Column::BookingId])
        .column(booking::Column::SpaceId)
        .join(JoinType::InnerJoin, booking_of_person_occupancy())
        .filter(person_occupancy::Column::PersonId.eq(person.0))
        .filter(person_occupancy::Column::LocalDate.gte(from))
        .order_by_asc(person_occupancy::Column::LocalDate)
        .order_by_asc(person_occupancy::Column::Slot)
        .into_model()
        .all(connection)
        .await
}

/// A booking by number, its row locked against other commands where the database has row locks.
pub async fn load_locked(transaction: &DatabaseTransaction, id: BookingId) -> Result<Option<booking::Model>, DbErr> {
    booking::Entity::find_by_id(id.0).lock_exclusive().one(transaction).await
}

/// Stores a booking. Its slots are taken by [`taking`], in the order that cannot deadlock.
pub async fn insert(transaction: &DatabaseTransaction, new: &NewBooking) -> Result<booking::Model, DbErr> {
    let mut row = booking::Model {
        id: 0,
        person_id: new.person.0,
        space_id: new.seat.0,
        local_date: new.on,
        slots: bits(new.slots),
        booked_slots: bits(new.slots),
        state: new.state.code().to_owned(),
        pattern_id: new.pattern.map(|pattern| pattern.0),
        created_at: new.at,
        checked_in_at: (new.state == State::CheckedIn).then_some(new.at),
        ended_at: None,
    };
    let stored = booking::ActiveModel { id: NotSet, ..row.clone().into_active_model() };
    row.id = booking::Entity::insert(stored).exec(transaction).await?.last_insert_id;
    Ok(row)
}

/// Takes the slots of a stored booking.
pub fn taking(backend: DatabaseBackend, row: &booking::Model) -> Vec<Statement> {
    let (local_date, booking_id) = (Set(row.local_date), Set(row.id));
    let slots: Vec<i16> = slots_of(row.slots).iter().map(|slot| i16::from(slot.0)).collect();
    let of_seat = slots.iter().map(|slot| occupancy::ActiveModel {
        space_id: Set(row.space_id),
        local_date: local_date.clone(),
        slot: Set(*slot),
        booking_id: booking_id.clone(),
    });
    let of_person = slots.iter().map(|slot| person_occupancy::ActiveModel {
        person_id: Set(row.person_id),
        local_date: local_date.clone(),
        slot: Set(*slot),
        booking_id: booking_id.clone(),
    });
    vec![occupancy::Entity::insert_many(of_seat).build(backend), person_occupancy::Entity::insert_many(of_person).build(backend)]
}

/// Gives slots of a booking back; its row keeps count, here and in the store.
pub fn giving_back(backend: DatabaseBackend, row: &mut booking::Model, slots: Slots) -> Vec<Statement> {
    let mut writes = freeing(backend, row, slots);
    row.slots = bits(slots_of(row.slots).minus(slots));
    writes.push(booking::Entity::update_many().col_expr(booking::Column::Slots, Expr::value(row.slots)).filter(booking::Column::Id.eq(row.id)).build(backend));
    writes
}

fn freeing(backend: DatabaseBackend, row: &booking::Model, slots: Slots) -> Vec<Statement> {
    let freed: Vec<i16> = slots_of(row.slots).both(slots).iter().map(|slot| i16::from(slot.0)).collect();
    if freed.is_empty() {
        return Vec::new();
    }
    let of_seat = occupancy::Entity::delete_many()
        .filter(occupancy::Column::SpaceId.eq(row.space_id))
        .filter(occupancy::Column::LocalDate.eq(row.local_date))
        .filter(occupancy::Column::Slot.is_in(freed.clone()))
        .filter(occupancy::Column::BookingId.eq(row.id));
    let of_person = person_occupancy::Entity::delete_many()
        .filter(person_occupancy::Column::PersonId.eq(row.person_id))
        .filter(person_occupancy::Column::LocalDate.eq(row.local_date))
        .filter(person_occupancy::Column::Slot.is_in(freed))
        .filter(person_occupancy::Column::BookingId.eq(row.id));
    vec![of_seat.build(backend), of_person.build(backend)]
}

/// Ends a booking: gives everything back and says how it ended.
pub fn ending(backend: DatabaseBackend, row: &mut booking::Model, state: State, at: DateTime<Utc>) -> Vec<Statement> {
    let mut writes = freeing(backend, row, slots_of(row.slots));
    (row.slots, row.ended_at) = (bits(Slots::EMPTY), Some(at));
    state.code().clone_into(&mut row.state);
    let update = booking::Entity::update_many()
        .col_expr(booking::Column::Slots, Expr::value(row.slots))
        .col_expr(booking::Column::State, Expr::value(state.code()))
        .col_expr(booking::Column::EndedAt, Expr::value(at))
        .filter(booking::Column::Id.eq(row.id));
    writes.push(update.build(backend));
    writes
}

/// Marks a live booking as attended, or not.
pub fn attending(backend: DatabaseBackend, row: &mut booking::Model, state: State, at: Option<DateTime<Utc>>) -> Vec<Statement> {
    state.code().clone_into(&mut row.state);
    row.checked_in_at = at;
    let update = booking::Entity::update_many()
        .col_expr(booking::Column::State, Expr::value(state.code()))
        .col_expr(booking::Column::CheckedInAt, Expr::value(at))
        .filter(booking::Column::Id.eq(row.id));
    vec![update.build(backend)]
}
