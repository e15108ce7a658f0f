//! Coming to the booked seat.

use super::{end::to_domain, read, reserve::seat_and_site, store};
use crate::{Failure, Kind, Services, audit, live::Change, office::Office};
use chrono::{DateTime, Utc};
use domain::{
    BookingId, PersonId, SeatId,
    account::Actor,
    booking::{self, CheckInFacts, CheckInRefusal, State, view::BookingView},
};
use entity::booking as rows;
use sea_orm::{ConnectionTrait, DatabaseTransaction};
use serde_json::json;

/// Which way.
#[derive(Clone, Copy)]
enum Step {
    Come,
    Undo,
}

/// Checks a person in at the booked seat.
///
/// # Errors
/// `NotFound` when the booking is not the actor's; `Refused` outside the window or when it ended.
pub async fn check_in(cx: &Services, actor: &Actor, id: BookingId) -> Result<BookingView, Failure<CheckInRefusal>> {
    step(cx, actor, id, Step::Come).await
}

/// Takes a check-in back: the booking waits for its person again.
///
/// # Errors
/// `NotFound` when the booking is not the actor's; `Refused` when it ended.
pub async fn undo_check_in(cx: &Services, actor: &Actor, id: BookingId) -> Result<BookingView, Failure<CheckInRefusal>> {
    step(cx, actor, id, Step::Undo).await
}

async fn step(cx: &Services, actor: &Actor, id: BookingId, step: Step) -> Result<BookingView, Failure<CheckInRefusal>> {
    let office = cx.office();
    let (who, at) = (actor.clone(), cx.clock().now());
    let (row, change) = cx
        .db()
        .write(move |transaction| {
            let (office, actor) = (office.clone(), who.clone());
            Box::pin(async move { take_step(transaction, &office, &actor, id, step, at).await })
        })
        .await?;
    cx.announce([change]).await;
    read::shown(cx, actor, row)
}

async fn take_step(
    transaction: &DatabaseTransaction,
    office: &Office,
    actor: &Actor,
    id: BookingId,
    step: Step,
    at: DateTime<Utc>,
) -> Result<(rows::Model, Change), Failure<CheckInRefusal>> {
    let mut row = store::load_locked(transaction, id).await?.ok_or(Failure::NotFound(Kind::Booking))?;
    let person = PersonId(row.person_id);
    if !actor.may_act_for(person) {
        return Err(Failure::NotFound(Kind::Booking));
    }
    let (seat, site) = seat_and_site(office, SeatId(row.space_id))?;
    let booking = to_domain(&row, site.zone).map_err(Failure::Internal)?;
    let backend = transaction.get_database_backend();
    let (writes, action) = match step {
        Step::Come => {
            booking::check_in(CheckInFacts { policy: &site.policy, booking: &booking, person }, crate::clock::wall_of(at, site.zone))
                .map_err(Failure::Refused)?;
            (store::attending(backend, &mut row, State::CheckedIn, Some(at)), "booking.check_in")
        }
        Step::Undo if booking.state == State::CheckedIn => (store::attending(backend, &mut row, State::Booked, None), "booking.undo_check_in"),
        Step::Undo => return Err(Failure::Refused(CheckInRefusal::Ended { state: booking.state })),
    };
    let version = audit::record_with(transaction, writes, at, actor, action, format!("booking:{id}"), json!({})).await?;
    let change = Change { floor: seat.floor, on: row.local_date, version, person };
    Ok((row, change))
}
