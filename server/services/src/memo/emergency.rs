//! Emergency calls: whoever looks after the building is told who called and where that is, at the same second. The PBX does not
//! wait for any of it; a memo is written by what it tells of the call, or by its question where a PBX asks first, and by whichever
//! comes first.

use super::{Telling, system::stored_call, write::insert};
use crate::{Actor, audit, live::Notice};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    MemoId, PersonId,
    account::Role,
    memo::{MOST_NAME, MemoTo, Urgency, Wish},
    telephone::{CallIn, EmergencyTold, House, emergency_as_told, emergency_readers},
};
use entity::{account, memo};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
};
use serde_json::json;

/// What is told within so long of a call is told at once.
const AT_ONCE: TimeDelta = TimeDelta::minutes(2);

/// An emergency call.
pub(crate) struct Alarm<'a> {
    /// The PBX, and the call's name there: one call makes one memo for each reader, however often it is told.
    pub key: (&'a str, &'a str),
    /// What is known of it.
    pub call: &'a CallIn,
    /// When, by the PBX's clock.
    pub at: DateTime<Utc>,
}

/// Leaves the memos of an emergency call. Returns what others should look at; nothing when they were there.
pub(crate) async fn alarm(transaction: &DatabaseTransaction, telling: &Telling, alarm: Alarm<'_>) -> Result<Vec<Notice>, DbErr> {
    // Told at once, it is now by our own clock: that of a PBX may be a little off, and somebody may have sat down a second ago.
    let late = telling.now - alarm.at > AT_ONCE;
    let at = if late { alarm.at } else { telling.now };
    let notice = emergency_as_told(&telling.world, alarm.call, at);
    let told = notice.told(&telling.world, alarm.call, at);
    let call = stored_call(transaction, alarm.key).await?;
    let mut notices = Vec::new();
    for to in readers(transaction, telling, notice.house(&telling.world), at).await? {
        let once = format!("emergency:{}/{}:{to}", alarm.key.0, alarm.key.1);
        let (id, new) = insert(transaction, row(telling, &told, Row { to, once, call, at: alarm.at.min(telling.now) })).await?;
        if new {
            keep(transaction, telling, id, to, &told).await?;
            notices.push(Notice::Memo(to, None));
        }
    }
    Ok(notices)
}

async fn keep(transaction: &DatabaseTransaction, telling: &Telling, id: MemoId, to: MemoTo, told: &EmergencyTold) -> Result<(), DbErr> {
    telling.alarm(transaction, id, to).await?;
    let detail = json!({ "to": to.to_string(), "emergency": told.service });
    audit::record(transaction, telling.now, &Actor::System, "memo.write", format!("memo:{id}"), detail).await.map(drop)
}

struct Row {
    to: MemoTo,
    once: String,
    call: Option<i64>,
    at: DateTime<Utc>,
}

fn row(telling: &Telling, told: &EmergencyTold, Row { to, once, call, at }: Row) -> memo::ActiveModel {
    memo::ActiveModel {
        id: NotSet,
        to_kind: Set(to.parts().0.to_owned()),
        to_id: Set(to.parts().1),
        caller_name: Set(told.name.chars().take(MOST_NAME).collect()),
        caller_number: Set(told.number.clone()),
        wish: Set(Wish::Called.code().to_owned()),
        text: Set(String::new()),
        urgency: Set(Urgency::Urgent.code().to_owned()),
        author_id: Set(None),
        call_id: Set(call),
        once: Set(Some(once)),
        emergency: Set(serde_json::to_string(told).ok()),
        called_at: Set(at),
        rang_s: Set(None),
        written_at: Set(telling.now),
        ended_how: Set(None),
        ended_by_id: Set(None),
        ended_at: Set(None),
    }
}

/// The house's security; administrators where it names nobody who is there; the reception where there is no administrator either.
async fn readers(transaction: &DatabaseTransaction, telling: &Telling, house: Option<&House>, at: DateTime<Utc>) -> Result<Vec<MemoTo>, DbErr> {
    let on = house.map_or_else(|| at.date_naive(), |house| house.clock.wall(at).date());
    let works_here = |person: PersonId| telling.office.employed(person, on);
    let named = house.map(|house| emergency_readers(&telling.world, house, at, works_here)).unwrap_or_default();
    if !named.is_empty() {
        return Ok(named);
    }
    let accounts = account::Entity::find()
        .select_only()
        .column(account::Column::PersonId)
        .filter(account::Column::Role.eq(Role::Admin.code()))
        .filter(account::Column::Disabled.eq(false))
        .order_by_asc(account::Column::PersonId);
    let people: Vec<i64> = accounts.into_tuple().all(transaction).await?;
    let people: Vec<MemoTo> = people.into_iter().map(PersonId).filter(|person| works_here(*person)).map(MemoTo::Person).collect();
    let reception = || house.and_then(|house| house.reception).map(MemoTo::Section).into_iter().collect();
    Ok(if people.is_empty() { reception() } else { people })
}
