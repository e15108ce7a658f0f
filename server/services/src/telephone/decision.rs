//! What was answered and why, kept for thirty days: "why did this call go there" is asked the next morning. Answers are given
//! first and written down after, many in one transaction; a call waits for no disk.

use super::board::lock;
use crate::{Actor, Failure, Kind, Never, Services};
use chrono::{DateTime, TimeDelta, Utc};
use domain::telephone::{CallIn, OnExhausted, Plan, Stage, Why};
use entity::decision as rows;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use serde::Serialize;
use serde_json::Value;
use std::{collections::VecDeque, sync::Arc};

/// Answers that may wait to be written. Beyond it the oldest are dropped and counted: the store has been away for long.
const MOST_WAITING: usize = 20_000;
/// Answers written in one transaction. Few: bookings wait as long as it takes.
const AT_ONCE: usize = 64;
const KEPT_FOR: TimeDelta = TimeDelta::days(30);

/// Answers that wait to be written.
#[derive(Debug, Default)]
pub(crate) struct Kept {
    waiting: VecDeque<Arc<Waiting>>,
    dropped: u64,
    purged_at: Option<DateTime<Utc>>,
}

#[derive(Debug)]
struct Waiting {
    id: String,
    at: DateTime<Utc>,
    link: String,
    call: CallIn,
    plan: Arc<Plan>,
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
pub(super) fn keep(cx: &Services, id: String, link: &str, call: CallIn, plan: Arc<Plan>) {
    let at = cx.clock().now();
    let mut kept = lock(&cx.switchboard().kept);
    if kept.waiting.len() >= MOST_WAITING {
        kept.waiting.pop_front();
        kept.dropped += 1;
    }
    kept.waiting.push_back(Arc::new(Waiting { id, at, link: link.to_owned(), call, plan }));
}

/// Writes down what was answered since the last time, and forgets what is older than thirty days.
///
/// # Errors
/// When the store cannot be written; the answers go on waiting.
pub async fn keep_decisions(cx: &Services) -> Result<u64, Failure<Never>> {
    let mut written = 0;
    loop {
        // They stay in line until they are written: somebody may ask for one meanwhile.
        let batch: Vec<Arc<Waiting>> = {
            let mut kept = lock(&cx.switchboard().kept);
            let dropped = std::mem::take(&mut kept.dropped);
            if dropped > 0 {
                tracing::error!(dropped, "decisions were not written down: the store was away too long");
            }
            kept.waiting.iter().take(AT_ONCE).cloned().collect()
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

async fn write(cx: &Services, batch: Vec<Arc<Waiting>>) -> Result<(), Failure<Never>> {
    let words = batch.clone();
    // To put reasons into words takes longer than to find them, and the threads here have calls to answer.
    let models: Vec<rows::ActiveModel> = tokio::task::spawn_blocking(move || words.iter().map(|waiting| to_row(waiting)).collect())
        .await
        .map_err(|error| Failure::Internal(error.to_string()))?;
    cx.db()
        .write(move |transaction| {
            let models = models.clone();
            Box::pin(async move {
                rows::Entity::insert_many(models).exec_without_returning(transaction).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await?;
    let waiting = &mut lock(&cx.switchboard().kept).waiting;
    for written in batch {
        // The oldest may have been dropped meanwhile.
        if waiting.front().is_some_and(|front| Arc::ptr_eq(front, &written)) {
            waiting.pop_front();
        }
    }
    Ok(())
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
        plan: Set(super::rows::json_of(&WithReasons::of(&waiting.plan))),
    }
}

/// A plan with its reasons, as administrators and the simulator get it; a PBX never does.
#[derive(Debug, Serialize)]
struct WithReasons<'a> {
    status: u16,
    rev: i64,
    label: &'a str,
    caller: ShownCaller<'a>,
    stages: &'a [Stage],
    on_exhausted: OnExhausted,
    fresh_s: u32,
    why: &'a [Why],
}

#[derive(Debug, Serialize)]
struct ShownCaller<'a> {
    name: &'a str,
    number: &'a str,
}

impl<'a> WithReasons<'a> {
    fn of(plan: &'a Plan) -> Self {
        Self {
            status: plan.status.code(),
            rev: plan.revision,
            label: &plan.label,
            caller: ShownCaller { name: &plan.caller.name, number: &plan.caller.number },
            stages: &plan.stages,
            on_exhausted: plan.on_exhausted,
            fresh_s: plan.fresh_s,
            why: &plan.why,
        }
    }
}

/// The same as a value.
pub(super) fn with_reasons(plan: &Plan) -> Value {
    serde_json::to_value(WithReasons::of(plan)).unwrap_or_default()
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
        return Ok(Decision { id: waiting.id.clone(), at: waiting.at, link: waiting.link.clone(), call, plan: with_reasons(&waiting.plan) });
    }
    let row = rows::Entity::find_by_id(id.to_owned()).one(cx.db().reader()).await?.ok_or(Failure::NotFound(Kind::Decision))?;
    let read = |text: &str| serde_json::from_str(text).unwrap_or_default();
    Ok(Decision { at: row.at, link: row.link_id, call: read(&row.call), plan: read(&row.plan), id: row.id })
}
