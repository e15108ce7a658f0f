//! What happens by itself: seats nobody came to become free, finished days become history, recurring wishes are extended.

use super::{end::to_domain, reserve::seat_and_site, series, store};
use crate::{Failure, Never, Services, audit, live::Change, office::Office};
use chrono::{DateTime, Utc};
use domain::{
    BookingId, PersonId, SeatId,
    account::Actor,
    booking::{NoShow, State, no_show},
};
use entity::booking as rows;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use std::sync::Arc;

/// Frees what nobody came to and finishes what is over. Returns how many bookings changed.
///
/// # Errors
/// When the store cannot be read or written; the next run does the rest.
pub async fn release_no_shows(cx: &Services) -> Result<u64, Failure<Never>> {
    let office = cx.office();
    let at = cx.clock().now();
    // The latest local day there is anywhere on the sites.
    let Some(until) = office.sites.values().map(|site| site.now(cx.clock()).date()).max() else { return Ok(0) };
    let due = rows::Entity::find()
        .filter(rows::Column::State.is_in([State::Booked.code(), State::CheckedIn.code()]))
        .filter(rows::Column::LocalDate.lte(until))
        .order_by_asc(rows::Column::Id)
        .all(cx.db().reader())
        .await?;
    let mut changed = 0;
    for row in due {
        if let Some(NoShow::Wait(_)) | None = verdict(&office, &row, at) {
            continue;
        }
        let office = Arc::clone(&office);
        let id = BookingId(row.id);
        let change = cx
            .db()
            .write(move |transaction| {
                let office = Arc::clone(&office);
                Box::pin(async move { free(transaction, &office, id, at).await })
            })
            .await?;
        changed += u64::from(change.is_some());
        cx.announce(change).await;
    }
    Ok(changed)
}

fn verdict(office: &Office, row: &rows::Model, at: DateTime<Utc>) -> Option<NoShow> {
    let (_, site) = seat_and_site::<Never>(office, SeatId(row.space_id)).ok()?;
    let booking = to_domain(row, site.zone).ok()?;
    Some(no_show(&site.policy, &booking, crate::clock::wall_of(at, site.zone)))
}

/// Looks again inside the transaction: the person may have come since.
async fn free(transaction: &DatabaseTransaction, office: &Office, id: BookingId, at: DateTime<Utc>) -> Result<Option<Change>, Failure<Never>> {
    let Some(mut row) = store::load_locked(transaction, id).await? else { return Ok(None) };
    if !State::parse(&row.state).is_some_and(State::is_live) {
        return Ok(None);
    }
    let backend = transaction.get_database_backend();
    let (writes, action) = match verdict(office, &row, at) {
        None | Some(NoShow::Wait(_)) => return Ok(None),
        Some(NoShow::Free(slots)) => (store::giving_back(backend, &mut row, slots), "booking.free_slots"),
        Some(NoShow::Expire) => (store::ending(backend, &mut row, State::Expired, at), "booking.expire"),
        Some(NoShow::Finish) => (store::ending(backend, &mut row, State::Done, at), "booking.finish"),
    };
    let version = audit::record_with(transaction, writes, at, &Actor::System, action, format!("booking:{id}"), json!({})).await?;
    let floor = office.seats.get(&SeatId(row.space_id)).map(|seat| seat.floor);
    Ok(floor.map(|floor| Change { floor, on: row.local_date, version, person: PersonId(row.person_id) }))
}

/// Books the days that came within the horizon for every recurring wish. Returns how many bookings were made.
///
/// # Errors
/// When the store cannot be read or written; the next run does the rest.
pub async fn extend_patterns(cx: &Services) -> Result<u64, Failure<Never>> {
    series::extend_all(cx).await
}
