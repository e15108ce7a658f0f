//! What was answered and why, kept for thirty days: "why did this call go there" is asked the next morning. Answers are given
//! first and written down after, many in one transaction; a call waits for no disk.

use super::board::lock;
use crate::{Actor, Failure, Kind, Never, Services};
use chrono::{DateTime, TimeDelta, Utc};
use domain::telephone::{CallIn, Plan};
use entity::decision as rows;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::VecDeque;

/// Answers that may wait to be written. Beyond it the oldest are dropped and counted: the store has been away for long.
const MOST_WAITING: usize = 20_000;
/// Answers written in one transaction. Few: while their reasons are put into words, a question that comes in waits.
const AT_ONCE: usize = 32;
const KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// Answers that wait to be written.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    waiting: VecDeque<Waiting>,
    dropped: u64,
    purged_at: Option<DateTime<Utc>>,
}

#[derive(Clone, Debug)]
struct Waiting {
    id: String,
    at: DateTime<Utc>,
    link: String,
    call: CallIn,
    plan: Plan,
}

/// One decision as it was made.
#[derive(Clone, Debug, Serialize)]
pub struct Decision {
    /// Its name.
    pub id: String,
    /// When.
    pub at: DateTime<Utc>,
    /// Which PBX asked; empty for a simulation.
    pub link: String,
    /// The call.
    pub call: Value,
    /// The plan with its reasons.
    pub plan: Value,
}

/// Remembers an answer that was just given.
pub(super) fn keep(cx: &Services, id: String, link: &str, call: CallIn, plan: Plan) {
    let at = cx.clock().now();
    let mut kept = lock(&cx.switchboard().kept);
    if kept.waiting.len() >= MOST_WAITING {
        kept.waiting.pop_front();
        kept.dropped += 1;
    }
    kept.waiting.push_back(Waiting { id, at, link: link.to_owned(), call, plan });
}

/// Writes down what was answered since the last time, and forgets what is older than thirty days.
///
/// # Errors
/// When the store cannot be written; the answers go on waiting.
pub async fn keep_decisions(cx: &Services) -> Result<u64, Failure<Never>> {
    let mut written = 0;
    loop {
        let batch: Vec<Waiting> = {
            let mut kept = lock(&cx.switchboard().kept);
            let dropped = std::mem::take(&mut kept.dropped);
            if dropped > 0 {
                tracing::error!(dropped, "decisions were not written down: the store was away too long");
            }
            let many = kept.waiting.len().min(AT_ONCE);
            kept.waiting.drain(..many).collect()
        };
        if batch.is_empty() {
            break;
        }
        written += batch.len() as u64;
        write(cx, batch).await?;
    }
    purge(cx).await?;
    Ok(written)
}

async fn write(cx: &Services, batch: Vec<Waiting>) -> Result<(), Failure<Never>> {
    let models: Vec<rows::ActiveModel> = batch.iter().map(to_row).collect();
    let outcome = cx
        .db()
        .write(move |transaction| {
            let models = models.clone();
            Box::pin(async move {
                rows::Entity::insert_many(models).exec_without_returning(transaction).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await;
    if outcome.is_err() {
        let mut kept = lock(&cx.switchboard().kept);
        for waiting in batch.into_iter().rev() {
            kept.waiting.push_front(waiting);
        }
    }
    outcome
}

/// Once an hour.
async fn purge(cx: &Services) -> Result<(), Failure<Never>> {
    let now = cx.clock().now();
    {
        let mut kept = lock(&cx.switchboard().kept);
        if kept.purged_at.is_some_and(|at| now - at < TimeDelta::hours(1)) {
            return Ok(());
        }
        kept.purged_at = Some(now);
    }
    let before = now - KEPT_FOR;
    cx.db()
        .write(move |transaction| {
            Box::pin(async move {
                rows::Entity::delete_many().filter(rows::Column::At.lt(before)).exec(transaction).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await
}

fn to_row(waiting: &Waiting) -> rows::ActiveModel {
    rows::ActiveModel {
        id: Set(waiting.id.clone()),
        at: Set(waiting.at),
        link_id: Set(waiting.link.clone()),
        revision: Set(waiting.plan.revision),
        call: Set(super::rows::json_of(&waiting.call)),
        plan: Set(with_reasons(&waiting.plan).to_string()),
    }
}

/// A plan with its reasons, as administrators and the simulator get it; a PBX never does.
pub(super) fn with_reasons(plan: &Plan) -> Value {
    json!({
        "status": plan.status.code(),
        "rev": plan.revision,
        "label": plan.label,
        "caller": { "name": plan.caller.name, "number": plan.caller.number },
        "stages": plan.stages,
        "on_exhausted": plan.on_exhausted,
        "fresh_s": plan.fresh_s,
        "why": plan.why,
    })
}

/// A decision by its name, also one that is not written down yet.
///
/// # Errors
/// `Denied` for who does not administer: reasons say what people are doing. `NotFound` when it is unknown or older than thirty days.
pub async fn decision(cx: &Services, actor: &Actor, id: &str) -> Result<Decision, Failure<Never>> {
    if !actor.administers_people() {
        return Err(Failure::Denied);
    }
    let waiting = lock(&cx.switchboard().kept).waiting.iter().find(|waiting| waiting.id == id).cloned();
    if let Some(waiting) = waiting {
        let call = serde_json::to_value(&waiting.call).unwrap_or_default();
        return Ok(Decision { id: waiting.id, at: waiting.at, link: waiting.link, call, plan: with_reasons(&waiting.plan) });
    }
    let row = rows::Entity::find_by_id(id.to_owned()).one(cx.db().reader()).await?.ok_or(Failure::NotFound(Kind::Decision))?;
    let read = |text: &str| serde_json::from_str(text).unwrap_or_default();
    Ok(Decision { at: row.at, link: row.link_id, call: read(&row.call), plan: read(&row.plan), id: row.id })
}
