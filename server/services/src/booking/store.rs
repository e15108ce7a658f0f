//! The only queries on bookings and taken slots.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{BookingId, FloorId, PatternId, PersonId, SeatId, Slot, Slots, booking::State};
use entity::{booking, occupancy, person, person_occupancy, space};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, FromQueryResult, JoinType, QueryFilter, QueryOrder, QuerySelect,
    RelationDef, sea_query::Expr,
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
        if error.to_string().contains("person_occupancy") { Self::Person } else { Self::Seat }
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

/// Slots of a seat that are taken, by whom.
pub async fn taken_of(connection: &impl ConnectionTrait, seat: SeatId, on: NaiveDate) -> Result<Vec<occupancy::Model>, DbErr> {
    occupancy::Entity::find().filter(occupancy::Column::SpaceId.eq(seat.0)).filter(occupancy::Column::LocalDate.eq(on)).all(connection).await
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

/// Stores a booking and takes its slots, in the order that cannot deadlock.
pub async fn insert(transaction: &DatabaseTransaction, new: &NewBooking) -> Result<BookingId, Clash> {
    let row = booking::ActiveModel {
        person_id: Set(new.person.0),
        space_id: Set(new.seat.0),
        local_date: Set(new.on),
        slots: Set(bits(new.slots)),
        booked_slots: Set(bits(new.slots)),
        state: Set(new.state.code().to_owned()),
        pattern_id: Set(new.pattern.map(|pattern| pattern.0)),
        created_at: Set(new.at),
        checked_in_at: Set((new.state == State::CheckedIn).then_some(new.at)),
        ..Default::default()
    };
    let id = booking::Entity::insert(row).exec(transaction).await.map_err(Clash::Store)?.last_insert_id;
    take(transaction, BookingId(id), new.person, new.seat, new.on, new.slots).await?;
    Ok(BookingId(id))
}

/// Takes slots for a stored booking.
pub async fn take(transaction: &DatabaseTransaction, id: BookingId, person: PersonId, seat: SeatId, on: NaiveDate, slots: Slots) -> Result<(), Clash> {
    let seat_rows =
        slots.iter().map(|slot| occupancy::ActiveModel { space_id: Set(seat.0), local_date: Set(on), slot: Set(i16::from(slot.0)), booking_id: Set(id.0) });
    occupancy::Entity::insert_many(seat_rows).exec_without_returning(transaction).await?;
    let person_rows = slots.iter().map(|slot| person_occupancy::ActiveModel {
        person_id: Set(person.0),
        local_date: Set(on),
        slot: Set(i16::from(slot.0)),
        booking_id: Set(id.0),
    });
    person_occupancy::Entity::insert_many(person_rows).exec_without_returning(transaction).await?;
    Ok(())
}

/// Gives slots of a booking back; what it holds afterwards is returned. The booking's row keeps count.
pub async fn give_back(transaction: &DatabaseTransaction, row: &booking::Model, slots: Slots) -> Result<Slots, DbErr> {
    let held = slots_of(row.slots);
    let freed: Vec<i16> = held.both(slots).iter().map(|slot| i16::from(slot.0)).collect();
    occupancy::Entity::delete_many()
        .filter(occupancy::Column::SpaceId.eq(row.space_id))
        .filter(occupancy::Column::LocalDate.eq(row.local_date))
        .filter(occupancy::Column::Slot.is_in(freed.clone()))
        .filter(occupancy::Column::BookingId.eq(row.id))
        .exec(transaction)
        .await?;
    person_occupancy::Entity::delete_many()
        .filter(person_occupancy::Column::PersonId.eq(row.person_id))
        .filter(person_occupancy::Column::LocalDate.eq(row.local_date))
        .filter(person_occupancy::Column::Slot.is_in(freed))
        .filter(person_occupancy::Column::BookingId.eq(row.id))
        .exec(transaction)
        .await?;
    let left = held.minus(slots);
    booking::Entity::update_many().col_expr(booking::Column::Slots, Expr::value(bits(left))).filter(booking::Column::Id.eq(row.id)).exec(transaction).await?;
    Ok(left)
}

/// Ends a booking: gives everything back and says how it ended.
pub async fn end(transaction: &DatabaseTransaction, row: &booking::Model, state: State, at: DateTime<Utc>) -> Result<(), DbErr> {
    give_back(transaction, row, slots_of(row.slots)).await?;
    booking::Entity::update_many()
        .col_expr(booking::Column::State, Expr::value(state.code()))
        .col_expr(booking::Column::EndedAt, Expr::value(at))
        .filter(booking::Column::Id.eq(row.id))
        .exec(transaction)
        .await?;
    Ok(())
}

/// Marks a live booking as attended, or not.
pub async fn set_attended(transaction: &DatabaseTransaction, id: BookingId, state: State, at: Option<DateTime<Utc>>) -> Result<(), DbErr> {
    booking::Entity::update_many()
        .col_expr(booking::Column::State, Expr::value(state.code()))
        .col_expr(booking::Column::CheckedInAt, Expr::value(at))
        .filter(booking::Column::Id.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(())
}
