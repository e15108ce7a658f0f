//! Checks what must always be true (`research/japan.md` §5.4): run by `nanawari verify` and after every fault test.

use crate::{Failure, Never, Services, audit};
use entity::{audit as audit_rows, booking, duty, duty_slot, occupancy, person_occupancy};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseBackend, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, Statement};
use serde::Serialize;
use std::collections::{HashMap, HashSet};

/// Something that should not be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Which invariant.
    pub check: &'static str,
    /// Where, with numbers.
    pub detail: String,
}

type Key = (i64, chrono::NaiveDate, i16);

/// Rows read at once.
const PAGE: u64 = 20_000;

/// Checks every invariant on one snapshot. An empty list is good news.
///
/// # Errors
/// When the store cannot be read.
pub async fn verify(cx: &Services) -> Result<Vec<Finding>, Failure<Never>> {
    let snapshot = cx.db().snapshot().await?;
    let mut findings = Vec::new();
    database(&snapshot, &mut findings).await?;
    occupancies(&snapshot, &mut findings).await?;
    turns(&snapshot, &mut findings).await?;
    chain(&snapshot, &mut findings).await?;
    snapshot.commit().await?;
    Ok(findings)
}

/// I7: the database itself is whole.
async fn database(connection: &impl ConnectionTrait, findings: &mut Vec<Finding>) -> Result<(), DbErr> {
    if connection.get_database_backend() != DatabaseBackend::Sqlite {
        return Ok(());
    }
    for pragma in ["PRAGMA quick_check", "PRAGMA foreign_key_check"] {
        for row in connection.query_all_raw(Statement::from_string(DatabaseBackend::Sqlite, pragma)).await? {
            let text: String = row.try_get_by_index(0).unwrap_or_default();
            if text != "ok" {
                findings.push(Finding { check: "database", detail: format!("{pragma}: {text}") });
            }
        }
    }
    Ok(())
}

/// I1–I3: the keys forbid two holders of one slot, so what is left to check is that slots and live bookings agree.
async fn occupancies(connection: &impl ConnectionTrait, findings: &mut Vec<Finding>) -> Result<(), DbErr> {
    let mut seats: HashMap<Key, i64> = HashMap::new();
    for row in occupancy::Entity::find().all(connection).await? {
        seats.insert((row.space_id, row.local_date, row.slot), row.booking_id);
    }
    let mut people: HashMap<Key, i64> = HashMap::new();
    for row in person_occupancy::Entity::find().all(connection).await? {
        people.insert((row.person_id, row.local_date, row.slot), row.booking_id);
    }
    let mut owned: HashSet<i64> = HashSet::new();
    let mut say = |check, detail| findings.push(Finding { check, detail });
    let live = booking::Entity::find().filter(booking::Column::State.is_in(["booked", "checked_in"])).all(connection).await?;
    for row in live {
        owned.insert(row.id);
        if row.slots == 0 {
            say("booking_owns_slots", format!("booking {} is live and holds no slot", row.id));
        }
        for slot in (0..32_i16).filter(|slot| row.slots & (1 << slot) != 0) {
            if seats.remove(&(row.space_id, row.local_date, slot)) != Some(row.id) {
                say("booking_owns_slots", format!("booking {} lacks slot {slot} of space {} on {}", row.id, row.space_id, row.local_date));
            }
            if people.remove(&(row.person_id, row.local_date, slot)) != Some(row.id) {
                say("one_person_one_seat", format!("booking {} lacks slot {slot} of person {} on {}", row.id, row.person_id, row.local_date));
            }
        }
    }
    for ((space, on, slot), booking) in seats {
        let whose = if owned.contains(&booking) { "more than it says" } else { "although it is not live" };
        say("slot_has_live_booking", format!("booking {booking} holds slot {slot} of space {space} on {on} {whose}"));
    }
    for ((person, on, slot), booking) in people {
        say("slot_has_live_booking", format!("booking {booking} holds slot {slot} of person {person} on {on} without being live"));
    }
    let dead =
        booking::Entity::find().filter(booking::Column::State.is_not_in(["booked", "checked_in"])).filter(booking::Column::Slots.ne(0)).all(connection).await?;
    for row in dead {
        say("dead_booking_holds_nothing", format!("booking {} ended ({}) and still counts slots", row.id, row.state));
    }
    Ok(())
}

/// The key forbids two turns of a person in one quarter-hour, so what is left to check is that quarter-hours and turns agree.
async fn turns(connection: &impl ConnectionTrait, findings: &mut Vec<Finding>) -> Result<(), DbErr> {
    let mut held: HashSet<(i64, i64, chrono::NaiveDate, i16)> = HashSet::new();
    for row in duty_slot::Entity::find().all(connection).await? {
        held.insert((row.duty_id, row.person_id, row.local_date, row.quarter));
    }
    let mut say = |detail| findings.push(Finding { check: "turn_owns_quarters", detail });
    for row in duty::Entity::find().filter(duty::Column::State.is_in(["draft", "set"])).all(connection).await? {
        let Some(person) = row.person_id else { continue };
        for quarter in row.from_minute / 15..row.until_minute / 15 {
            if !held.remove(&(row.id, person, row.local_date, quarter)) {
                say(format!("turn {} lacks quarter-hour {quarter} of person {person} on {}", row.id, row.local_date));
            }
        }
    }
    for (duty, person, on, quarter) in held {
        say(format!("turn {duty} holds quarter-hour {quarter} of person {person} on {on} without having it"));
    }
    Ok(())
}

/// I6: nobody changed a sealed row, and none is missing between sealed ones.
async fn chain(connection: &impl ConnectionTrait, findings: &mut Vec<Finding>) -> Result<(), DbErr> {
    let (mut previous, mut place) = (String::new(), 0);
    loop {
        let rows =
            audit_rows::Entity::find().filter(audit_rows::Column::Seal.gt(place)).order_by_asc(audit_rows::Column::Seal).limit(PAGE).all(connection).await?;
        if rows.is_empty() {
            return Ok(());
        }
        for row in rows {
            let expected = audit::link(&previous, &row);
            place += 1;
            if row.seal != Some(place) || row.hash.as_deref() != Some(&expected) {
                findings.push(Finding { check: "audit_chain", detail: format!("audit row {} was changed, or one before it removed", row.id) });
                return Ok(());
            }
            previous = expected;
        }
    }
}
