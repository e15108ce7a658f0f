//! The way back: an ended booking is taken again, a change of seat is taken back. Both go through the rules like any other
//! wish, so that a seat somebody took meanwhile stays theirs.

use super::{
    end,
    reserve::{Command, Reserve, Taken, Want, take},
    store,
};
use crate::{
    Failure, Kind, Services, audit,
    live::Change,
    office::{Office, Site},
    telephone::cover::{Short, Watcher},
};
use chrono::{DateTime, Days, Utc};
use domain::{
    BookingId, PersonId, SeatId, Slots,
    account::Actor,
    booking::{
        self, OnHeld, ReserveRefusal, State,
        view::{BookingView, Refused},
    },
};
use entity::booking as rows;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use std::sync::Arc;

/// How long a step can be taken back.
const UNDO_MINUTES: i64 = 10;

/// Takes back an ended booking: the undo of cancelling and leaving.
///
/// # Errors
/// See [`super::reserve`]; `NotFound` when the booking is not the person's, is live, or ended too long ago.
pub async fn restore(cx: &Services, actor: &Actor, id: BookingId) -> Result<BookingView, Failure<Refused>> {
    let row = own(cx, actor, id).await?;
    if !row.ended_at.is_some_and(|ended| recent(cx, ended)) {
        return Err(Failure::NotFound(Kind::Booking));
    }
    let (wish, state) = again(cx, &row, store::slots_of(row.booked_slots))?;
    take(cx, actor, &wish, SeatId(row.space_id), state, None).await
}

/// Takes back a change of seat: the person has the seat or seats again that the booking took the place of. All or nothing.
///
/// # Errors
/// `Refused` when an old seat cannot be had any more: then the new one stays; `NotFound` when the booking is not the
/// person's, is not live, or was made too long ago.
pub async fn undo_move(cx: &Services, actor: &Actor, id: BookingId) -> Result<(), Failure<Refused>> {
    let new = own(cx, actor, id).await?;
    if new.state != State::Booked.code() || !recent(cx, new.created_at) {
        return Err(Failure::NotFound(Kind::Booking));
    }
    let mut commands = Vec::new();
    for old in replaced(cx, &new).await? {
        let gone = store::slots_of(old.booked_slots).minus(store::slots_of(old.slots)).both(store::slots_of(new.booked_slots));
        let (wish, state) = again(cx, &old, gone)?;
        if !wish.slots.is_empty() {
            commands.push(Command::new(cx, actor, &wish, SeatId(old.space_id), state, None)?);
        }
    }
    let undo = Arc::new(UndoMove { office: cx.office(), actor: actor.clone(), at: cx.clock().now(), commands, watcher: Watcher::new(cx, actor) });
    let stored = cx.db().write(move |transaction| {
        let undo = Arc::clone(&undo);
        Box::pin(async move { undo.run(transaction, id).await })
    });
    let changes = stored.await.map_err(|failure| failure.map(|reason| Refused { reason, alternatives: Vec::new() }))?;
    cx.announce(changes).await;
    Ok(())
}

async fn own<E>(cx: &Services, actor: &Actor, id: BookingId) -> Result<rows::Model, Failure<E>> {
    let row = rows::Entity::find_by_id(id.0).one(cx.db().reader()).await?.ok_or(Failure::NotFound(Kind::Booking))?;
    if actor.may_act_for(PersonId(row.person_id)) { Ok(row) } else { Err(Failure::NotFound(Kind::Booking)) }
}

fn recent(cx: &Services, at: DateTime<Utc>) -> bool {
    (cx.clock().now() - at).num_minutes() < UNDO_MINUTES
}

fn site_of<E>(office: &Office, seat: SeatId) -> Result<&Site, Failure<E>> {
    super::reserve::seat_and_site(office, seat).map(|(_, site)| site)
}

/// The wish for what a booking held, as far as the day is not over.
fn again<E>(cx: &Services, row: &rows::Model, mut slots: Slots) -> Result<(Reserve, State), Failure<E>> {
    let office = cx.office();
    let site = site_of(&office, SeatId(row.space_id))?;
    let now = site.now(cx.clock());
    if row.local_date == now.date() {
        slots = slots.both(site.policy.grid.remaining(booking::minute_of(now)));
    }
    let state = if row.checked_in_at.is_some() { State::CheckedIn } else { State::Booked };
    let wish = Reserve {
        person: PersonId(row.person_id),
        want: Want::Seat(SeatId(row.space_id)),
        on: row.local_date,
        slots,
        on_held: OnHeld::Refuse,
        idempotency: None,
    };
    Ok((wish, state))
}

/// The bookings another one took the place of: those that ended in its own commit, and those that live on without slots it took.
async fn replaced<E>(cx: &Services, new: &rows::Model) -> Result<Vec<rows::Model>, Failure<E>> {
    let live = rows::Column::State.is_in([State::Booked.code(), State::CheckedIn.code()]);
    Ok(rows::Entity::find()
        .filter(rows::Column::PersonId.eq(new.person_id))
        .filter(rows::Column::LocalDate.eq(new.local_date))
        .filter(rows::Column::Id.lt(new.id))
        .filter(Condition::any().add(rows::Column::EndedAt.eq(new.created_at)).add(live))
        .order_by_asc(rows::Column::Id)
        .all(cx.db().reader())
        .await?)
}

struct UndoMove {
    office: Arc<Office>,
    actor: Actor,
    at: DateTime<Utc>,
    commands: Vec<Command>,
    watcher: Watcher,
}

impl UndoMove {
    async fn run(&self, transaction: &DatabaseTransaction, id: BookingId) -> Result<Vec<Change>, Failure<ReserveRefusal>> {
        let mut row = store::load_locked(transaction, id).await?.ok_or(Failure::NotFound(Kind::Booking))?;
        let (seat, site) = super::reserve::seat_and_site(&self.office, SeatId(row.space_id))?;
        if !end::to_domain(&row, site.zone).is_ok_and(|booking| booking.state == State::Booked) {
            return Err(Failure::NotFound(Kind::Booking));
        }
        let watch = self.watcher.begin(transaction, PersonId(row.person_id), (row.local_date, row.local_date + Days::new(1))).await?;
        let detail = json!({ "was": row.state });
        let writes = store::ending(transaction.get_database_backend(), &mut row, State::Cancelled, self.at);
        let version = audit::record_with(transaction, writes, self.at, &self.actor, "booking.undo_move", format!("booking:{id}"), detail).await?;
        let mut changes = vec![Change { floor: seat.floor, on: row.local_date, version, person: PersonId(row.person_id) }];
        for command in &self.commands {
            let Taken { changes: more, .. } = command.run(transaction).await?;
            changes.extend(more);
        }
        // What is only told was told when the seat was changed.
        if let Short::Refuse(gaps) = watch.end(transaction).await? {
            return Err(Failure::Refused(ReserveRefusal::Cover { gaps }));
        }
        Ok(changes)
    }
}
