//! Storing invented bookings fast, so that a year of a big office takes seconds.

use super::{bookings::BookingPlan, store::insert_all};
use crate::{Failure, Never, Services};
use domain::{Slots, booking::State};
use entity::{booking, occupancy, person_occupancy};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
};
use std::sync::Arc;

/// Bookings of one transaction.
const CHUNK: usize = 40_000;

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
