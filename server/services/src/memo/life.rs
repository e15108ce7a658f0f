//! Reading a memo, closing it, and taking that back.

use super::{read::load, viewer};
use crate::{Actor, Failure, Kind, Services, audit, live::Notice};
use chrono::{DateTime, Utc};
use domain::{
    MemoId, PersonId,
    memo::{Ended, Ending, Memo, MemoRefusal, Viewer},
};
use entity::{memo, memo_receipt};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, DatabaseTransaction, EntityTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};
use serde_json::json;

/// What is done to a memo.
#[derive(Clone, Copy, Debug)]
enum Deed {
    Read,
    Unread,
    End(Ending),
    Reopen,
}

/// Somebody read a memo that is for them. Whoever wrote it may look as often as they like: that is no receipt.
///
/// # Errors
/// `NotFound` when there is no memo the actor may see.
pub async fn read(cx: &Services, actor: &Actor, id: MemoId) -> Result<(), Failure<MemoRefusal>> {
    change(cx, actor, id, Deed::Read).await
}

/// Takes the own receipt back.
///
/// # Errors
/// `NotFound` when there is no memo the actor may see.
pub async fn unread(cx: &Services, actor: &Actor, id: MemoId) -> Result<(), Failure<MemoRefusal>> {
    change(cx, actor, id, Deed::Unread).await
}

/// Closes a memo.
///
/// # Errors
/// `NotFound` when there is no memo the actor may see; `Refused` when somebody else was faster.
pub async fn end(cx: &Services, actor: &Actor, id: MemoId, how: Ending) -> Result<(), Failure<MemoRefusal>> {
    change(cx, actor, id, Deed::End(how)).await
}

/// Opens a closed memo again.
///
/// # Errors
/// `NotFound` when there is no memo the actor may see; `Refused` when it is open.
pub async fn reopen(cx: &Services, actor: &Actor, id: MemoId) -> Result<(), Failure<MemoRefusal>> {
    change(cx, actor, id, Deed::Reopen).await
}

async fn change(cx: &Services, actor: &Actor, id: MemoId, deed: Deed) -> Result<(), Failure<MemoRefusal>> {
    let (by, viewer, at) = (actor.clone(), viewer(cx, actor), cx.clock().now());
    if matches!(&by, Actor::Token { scope, .. } if !scope.allows(domain::account::Scope::Book)) {
        return Err(Failure::Denied);
    }
    let (to, author) = cx
        .db()
        .write(move |transaction| {
            let (by, viewer) = (by.clone(), viewer.clone());
            Box::pin(async move {
                let before = load(transaction, id).await?.map(|found| found.memo).filter(|memo| viewer.sees(memo)).ok_or(Failure::NotFound(Kind::Memo))?;
                let after = decide(before.clone(), deed, &viewer, at).map_err(Failure::Refused)?;
                if before != after {
                    store(transaction, id, &before, &after).await?;
                    audit::record(transaction, at, &by, deed.action(), format!("memo:{id}"), deed.detail()).await?;
                }
                Ok::<_, Failure<MemoRefusal>>((after.to, after.author))
            })
        })
        .await?;
    cx.live().publish([Notice::Memo(to, author)]).await;
    Ok(())
}

fn decide(memo: Memo, deed: Deed, viewer: &Viewer, at: DateTime<Utc>) -> Result<Memo, MemoRefusal> {
    match (deed, viewer.person) {
        (Deed::Read, Some(person)) if viewer.leaves_receipt(&memo) => Ok(memo.read(person, at)),
        (Deed::Unread, Some(person)) => Ok(memo.unread(person)),
        (Deed::Read | Deed::Unread, _) => Ok(memo),
        (Deed::End(Ending::Answered), _) => Err(MemoRefusal::NotByPeople),
        (Deed::End(how), by) => memo.end(how, by, at),
        (Deed::Reopen, _) => memo.reopen(),
    }
}

async fn store(transaction: &DatabaseTransaction, id: MemoId, before: &Memo, after: &Memo) -> Result<(), Failure<MemoRefusal>> {
    if before.ended != after.ended && !store_ended(transaction, id, after.ended).await? {
        // Between our look and now somebody else closed it.
        let now = load(transaction, id).await?.and_then(|found| found.memo.ended);
        return Err(Failure::Refused(now.map_or(MemoRefusal::NotEnded, MemoRefusal::AlreadyEnded)));
    }
    for receipt in after.receipts.iter().filter(|receipt| !before.receipts.contains(receipt)) {
        let row = memo_receipt::ActiveModel { memo_id: Set(id.0), person_id: Set(receipt.by.0), read_at: Set(receipt.at) };
        let once = OnConflict::columns([memo_receipt::Column::MemoId, memo_receipt::Column::PersonId]).do_nothing().to_owned();
        memo_receipt::Entity::insert(row).on_conflict(once).exec_without_returning(transaction).await?;
    }
    let gone = before.receipts.iter().filter(|receipt| !after.receipts.iter().any(|kept| kept.by == receipt.by));
    for PersonId(person) in gone.map(|receipt| receipt.by) {
        memo_receipt::Entity::delete_by_id((id.0, person)).exec(transaction).await?;
    }
    Ok(())
}

/// Closes or opens the row if nobody else just did. The condition decides between two who press at the same moment.
pub(super) async fn store_ended(transaction: &DatabaseTransaction, id: MemoId, ended: Option<Ended>) -> Result<bool, sea_orm::DbErr> {
    let still = if ended.is_some() { memo::Column::EndedAt.is_null() } else { memo::Column::EndedAt.is_not_null() };
    let done = memo::Entity::update_many()
        .col_expr(memo::Column::EndedHow, Expr::value(ended.map(|ended| ended.how.code())))
        .col_expr(memo::Column::EndedById, Expr::value(ended.and_then(|ended| ended.by).map(|by| by.0)))
        .col_expr(memo::Column::EndedAt, Expr::value(ended.map(|ended| ended.at)))
        .filter(memo::Column::Id.eq(id.0))
        .filter(still)
        .exec(transaction)
        .await?;
    Ok(done.rows_affected > 0)
}

impl Deed {
    const fn action(self) -> &'static str {
        match self {
            Self::Read => "memo.read",
            Self::Unread => "memo.unread",
            Self::End(_) => "memo.end",
            Self::Reopen => "memo.reopen",
        }
    }

    fn detail(self) -> serde_json::Value {
        if let Self::End(how) = self { json!({ "how": how }) } else { json!({}) }
    }
}
