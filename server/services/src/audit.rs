//! What was done, by whom. Rows are written in the transaction of the change and sealed into a chain of hashes by a job,
//! so that a later change of any row shows, and no booking waits for another one's seal.

use crate::{Failure, Never, Services, db::together};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, SecondsFormat, Utc};
use domain::account::Actor;
use entity::audit;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    Select, Statement,
};
use sha2::{Digest, Sha256};

/// Rows sealed in one transaction.
const SEAL_AT_ONCE: u64 = 500;

/// Writes one row and returns its number, which also serves as the version of what changed.
pub(crate) async fn record(
    transaction: &impl ConnectionTrait,
    at: DateTime<Utc>,
    actor: &Actor,
    action: &str,
    subject: String,
    detail: serde_json::Value,
) -> Result<i64, DbErr> {
    Ok(audit::Entity::insert(row(at, actor, action, subject, detail)).exec(transaction).await?.last_insert_id)
}

/// The same, after the writes that it tells of, in as few steps as the database allows.
pub(crate) async fn record_with(
    transaction: &DatabaseTransaction,
    mut writes: Vec<Statement>,
    at: DateTime<Utc>,
    actor: &Actor,
    action: &str,
    subject: String,
    detail: serde_json::Value,
) -> Result<i64, DbErr> {
    let insert = audit::Entity::insert(row(at, actor, action, subject, detail));
    if transaction.get_database_backend() != DatabaseBackend::Sqlite {
        together(transaction, writes).await?;
        return Ok(insert.exec(transaction).await?.last_insert_id);
    }
    writes.push(insert.build(DatabaseBackend::Sqlite));
    let last = together(transaction, writes).await?;
    last.and_then(|done| i64::try_from(done.last_insert_id()).ok()).ok_or(DbErr::RecordNotInserted)
}

fn row(at: DateTime<Utc>, actor: &Actor, action: &str, subject: String, detail: serde_json::Value) -> audit::ActiveModel {
    audit::ActiveModel {
        // Whole milliseconds: what is hashed must come back from either database exactly.
        at: Set(DateTime::from_timestamp_millis(at.timestamp_millis()).unwrap_or(at)),
        actor: Set(name(actor)),
        action: Set(action.to_owned()),
        subject: Set(subject),
        detail: Set(detail.to_string()),
        ..Default::default()
    }
}

/// The actor as written down.
#[must_use]
pub fn name(actor: &Actor) -> String {
    match actor {
        Actor::Person { id, .. } => format!("person:{id}"),
        Actor::Token { id, .. } => format!("token:{id}"),
        Actor::System => "system".into(),
    }
}

/// The number of the newest row: grows with every change of anything.
pub(crate) async fn version(connection: &impl ConnectionTrait) -> Result<i64, DbErr> {
    let newest: Option<i64> =
        audit::Entity::find().select_only().column(audit::Column::Id).order_by_desc(audit::Column::Id).limit(1).into_tuple().one(connection).await?;
    Ok(newest.unwrap_or(0))
}

/// Seals rows that are not sealed yet. Returns how many.
///
/// # Errors
/// When the store cannot be written.
pub async fn seal(cx: &Services) -> Result<u64, Failure<Never>> {
    if unsealed().limit(1).one(cx.db().reader()).await?.is_none() {
        return Ok(0);
    }
    cx.db().write(move |transaction| Box::pin(async move { Ok(seal_some(transaction).await?) })).await
}

fn unsealed() -> Select<audit::Entity> {
    audit::Entity::find().filter(audit::Column::Hash.is_null()).order_by_asc(audit::Column::Id)
}

/// Seals what is visible, each row at the next place. A row whose transaction ends later, with whatever number, gets a later
/// place. Two servers that seal at once want the same place, and one of them begins anew.
async fn seal_some(transaction: &DatabaseTransaction) -> Result<u64, DbErr> {
    let last =
        audit::Entity::find().filter(audit::Column::Seal.is_not_null()).order_by_desc(audit::Column::Seal).limit(1).lock_exclusive().one(transaction).await?;
    let (mut place, mut previous) = last.map(|row| (row.seal.unwrap_or(0), row.hash.unwrap_or_default())).unwrap_or_default();
    let rows = unsealed().limit(SEAL_AT_ONCE).all(transaction).await?;
    let sealed = rows.len() as u64;
    for row in rows {
        previous = link(&previous, &row);
        place += 1;
        audit::Entity::update_many()
            .col_expr(audit::Column::Hash, previous.clone().into())
            .col_expr(audit::Column::Seal, place.into())
            .filter(audit::Column::Id.eq(row.id))
            .exec(transaction)
            .await?;
    }
    Ok(sealed)
}

/// The hash of a row in the chain.
#[must_use]
pub fn link(previous: &str, row: &audit::Model) -> String {
    let mut digest = Sha256::new();
    let at = row.at.to_rfc3339_opts(SecondsFormat::Millis, true);
    let id = row.id.to_string();
    for part in [previous, &id, &at, &row.actor, &row.action, &row.subject, &row.detail] {
        // Lengths keep one field's end from passing for the next one's beginning.
        digest.update((part.len() as u64).to_be_bytes());
        digest.update(part.as_bytes());
    }
    URL_SAFE_NO_PAD.encode(digest.finalize())
}
