//! Memos that write themselves: a call that nobody answered always leaves one, and one only.

use super::{Telling, life::store_ended, read::load, write::insert};
use crate::{Actor, Failure, Never, Services, audit, live::Notice};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    MemoId,
    memo::{Ended as EndedMemo, Ending, MemoTo, Urgency, Wish},
    telephone::{CallIn, MemoFor, OnExhausted, Outcome, PbxCaps, decide},
};
use entity::{call, memo, memo_receipt, outbox};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QuerySelect,
};
use serde_json::json;

/// Numbers of callers are kept this long, in memos as in the records of calls.
const KEPT_FOR: TimeDelta = TimeDelta::days(90);
/// Memos forgotten in one transaction.
const AT_ONCE: u64 = 500;

/// A call as its record stands now.
pub(crate) struct Ended<'a> {
    /// The PBX, and the call's name there.
    pub key: (&'a str, &'a str),
    /// What is known of it.
    pub call: &'a CallIn,
    /// How it stands.
    pub outcome: Outcome,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
}

/// After a call's record changed: nobody answered, and it gets its memo; somebody did after all, and the memo is closed unless
/// somebody has done something with it. Returns what others should look at.
pub(crate) async fn follow_call(transaction: &DatabaseTransaction, telling: &Telling, ended: Ended<'_>) -> Result<Option<Notice>, DbErr> {
    let once = format!("call:{}/{}", ended.key.0, ended.key.1);
    match ended.outcome {
        Outcome::Unanswered | Outcome::Abandoned => leave(transaction, telling, &ended, once).await,
        Outcome::Answered => take_back(transaction, telling, once).await,
        Outcome::Ringing | Outcome::Emergency => Ok(None),
    }
}

async fn leave(transaction: &DatabaseTransaction, telling: &Telling, ended: &Ended<'_>, once: String) -> Result<Option<Notice>, DbErr> {
    let plan = decide(&telling.world, ended.call, ended.started_at, &PbxCaps::default());
    let Some(to) = addressee(telling, &plan.on_exhausted) else { return Ok(None) };
    let call = stored_call(transaction, ended.key).await?;
    let rang_s = ended.ended_at.and_then(|at| i32::try_from((at - ended.started_at).num_seconds()).ok()).filter(|rang| *rang >= 0);
    let row = memo::ActiveModel {
        id: NotSet,
        to_kind: Set(to.parts().0.to_owned()),
        to_id: Set(to.parts().1),
        caller_name: Set(plan.caller.name.chars().take(domain::memo::MOST_NAME).collect()),
        caller_number: Set(plan.caller.number.chars().take(domain::memo::MOST_NUMBER).collect()),
        wish: Set(Wish::Called.code().to_owned()),
        text: Set(String::new()),
        urgency: Set(Urgency::Normal.code().to_owned()),
        author_id: Set(None),
        call_id: Set(call),
        once: Set(Some(once)),
        emergency: Set(None),
        called_at: Set(ended.started_at),
        rang_s: Set(rang_s),
        written_at: Set(telling.now),
        ended_how: Set(None),
        ended_by_id: Set(None),
        ended_at: Set(None),
    };
    let (id, new) = insert(transaction, row).await?;
    if !new {
        return Ok(None);
    }
    telling.tell(transaction, id, to, None).await?;
    audit::record(transaction, telling.now, &Actor::System, "memo.write", format!("memo:{id}"), json!({ "to": to.to_string(), "call": call })).await?;
    Ok(Some(Notice::Memo(to, None)))
}

/// The number of a call's record, by the PBX and the call's name there.
pub(super) async fn stored_call(transaction: &DatabaseTransaction, (link, call): (&str, &str)) -> Result<Option<i64>, DbErr> {
    let found = call::Entity::find().select_only().column(call::Column::Id).filter(call::Column::LinkId.eq(link)).filter(call::Column::CallId.eq(call));
    found.into_tuple().one(transaction).await
}

/// For whom, as the rules of calls say; the house's memos are those of its reception.
fn addressee(telling: &Telling, exhausted: &OnExhausted) -> Option<MemoTo> {
    let (OnExhausted::Memo(whose) | OnExhausted::Announce(whose)) = exhausted else { return None };
    match *whose {
        MemoFor::Person(person) => Some(MemoTo::Person(person)),
        MemoFor::Section(section) => Some(MemoTo::Section(section)),
        MemoFor::House(site) => telling.world.house(site)?.reception.map(MemoTo::Section),
    }
}

/// PBXs tell late sometimes: the answer of a call that seemed lost.
async fn take_back(transaction: &DatabaseTransaction, telling: &Telling, once: String) -> Result<Option<Notice>, DbErr> {
    let Some(row) = memo::Entity::find().filter(memo::Column::Once.eq(once)).one(transaction).await? else { return Ok(None) };
    let id = MemoId(row.id);
    let Some(found) = load(transaction, id).await? else { return Ok(None) };
    if found.memo.ended.is_some() || !found.memo.receipts.is_empty() {
        return Ok(None);
    }
    let ended = EndedMemo { how: Ending::Answered, by: None, at: telling.now };
    if !store_ended(transaction, id, Some(ended)).await? {
        return Ok(None);
    }
    audit::record(transaction, telling.now, &Actor::System, "memo.end", format!("memo:{id}"), json!({ "how": Ending::Answered })).await?;
    Ok(Some(Notice::Memo(found.memo.to, None)))
}

/// Forgets memos older than ninety days with their receipts and what was sent of them. Returns how many.
///
/// # Errors
/// When the store cannot be written.
pub async fn forget(cx: &Services) -> Result<u64, Failure<Never>> {
    let before = cx.clock().now() - KEPT_FOR;
    cx.db()
        .write(move |transaction| {
            Box::pin(async move {
                let old = memo::Entity::find().select_only().column(memo::Column::Id).filter(memo::Column::WrittenAt.lt(before)).limit(AT_ONCE);
                let ids: Vec<i64> = old.into_tuple().all(transaction).await?;
                outbox::Entity::delete_many().filter(outbox::Column::MemoId.is_in(ids.clone())).exec(transaction).await?;
                outbox::Entity::delete_many().filter(outbox::Column::MemoId.is_null()).filter(outbox::Column::CreatedAt.lt(before)).exec(transaction).await?;
                memo_receipt::Entity::delete_many().filter(memo_receipt::Column::MemoId.is_in(ids.clone())).exec(transaction).await?;
                let gone = memo::Entity::delete_many().filter(memo::Column::Id.is_in(ids)).exec(transaction).await?;
                Ok::<_, Failure<Never>>(gone.rows_affected)
            })
        })
        .await
}
