//! What PBXs tell of calls. They tell it at least once: what was told before is known by its key and changes nothing.

use super::{link::Link, rows as words};
use crate::{
    Actor, Failure, Never, Services, audit,
    live::Notice,
    memo::{self, Alarm, EndedCall, Telling},
};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    PersonId,
    telephone::{CallEvent, CallIn, CallRecord, Caller, Change, Dial, EventKind, Idle, NumberKind, Origin, Owner, Snapshot, Target, occupant},
};
use entity::{call, call_event};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::OnConflict,
};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

/// Numbers of callers are kept this long.
pub(super) const KEPT_FOR: TimeDelta = TimeDelta::days(90);
/// Longest name of a call, and longest number, that is stored.
const LONGEST: usize = 255;

/// One event as it comes. What else is told is kept beside it.
#[derive(Clone, Debug, Deserialize)]
pub struct EventIn {
    /// The call's name at the PBX.
    pub call_id: String,
    /// The PBX's own order.
    pub seq: i64,
    /// What happened.
    pub ev: EventKind,
    /// When.
    pub ts: DateTime<Utc>,
    /// Which telephone answered.
    #[serde(default)]
    pub by: Option<String>,
    /// What was dialled.
    #[serde(default)]
    pub to: Option<String>,
    /// What the caller showed.
    #[serde(default)]
    pub from: Option<String>,
    /// The telephone that called, as the PBX authenticated it.
    #[serde(default)]
    pub from_device: Option<String>,
    /// The trunk it came by.
    #[serde(default)]
    pub trunk: Option<String>,
    /// Everything else.
    #[serde(flatten)]
    pub more: Map<String, Value>,
}

/// A call for whoever may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CallView {
    /// Its number with us.
    pub id: i64,
    /// When it began.
    pub started_at: DateTime<Utc>,
    /// What was dialled.
    pub to: String,
    /// The caller's number.
    pub from: String,
    /// Whether it came from outside.
    pub outside: bool,
    /// `ringing`, `answered`, `unanswered`, `abandoned`, `emergency`.
    pub outcome: String,
    /// When somebody answered.
    pub answered_at: Option<DateTime<Utc>>,
    /// 職員番号 of who answered.
    pub answered_by: Option<String>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// How often it was passed on.
    pub passed_on: i32,
}

/// Takes in what a PBX tells. Returns how much of it was new.
///
/// # Errors
/// When the store cannot be written; then nothing of it was kept and the PBX tells it again.
pub async fn take_events(cx: &Services, link: &Link, events: Vec<EventIn>) -> Result<u64, Failure<Never>> {
    let world = Arc::clone(&cx.board().world);
    let emergency = events.iter().any(|event| event.ev == EventKind::Emergency);
    let take = Arc::new(Take { link: link.clone(), world: Arc::clone(&world), events, telling: Telling::now(cx) });
    let (fresh, idles, notices) = cx
        .db()
        .write(move |transaction| {
            let take = Arc::clone(&take);
            Box::pin(async move { Ok::<_, Failure<Never>>(take.run(transaction).await?) })
        })
        .await?;
    if !idles.is_empty() {
        cx.apply(world.revision(), idles.into_iter().map(Change::Idle).collect());
    }
    if emergency {
        cx.switchboard().alarm.notify_one();
    }
    cx.live().publish(notices).await;
    Ok(fresh)
}

/// When people's last calls ended, so that the longest idle is known after a start.
///
/// # Errors
/// When the store cannot be read.
pub(super) async fn idles(connection: &impl ConnectionTrait) -> Result<Vec<Idle>, DbErr> {
    let last: Vec<(i64, DateTime<Utc>)> = call::Entity::find()
        .select_only()
        .column(call::Column::AnsweredPersonId)
        .column_as(call::Column::EndedAt.max(), "ended_at")
        .filter(call::Column::AnsweredPersonId.is_not_null())
        .filter(call::Column::EndedAt.is_not_null())
        .group_by(call::Column::AnsweredPersonId)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(last.into_iter().map(|(person, since_at)| Idle { person: PersonId(person), since_at }).collect())
}

struct Take {
    link: Link,
    world: Arc<Snapshot>,
    events: Vec<EventIn>,
    telling: Telling,
}

impl Take {
    /// How much was new, who is idle since when after it, and which memos came of it.
    async fn run(&self, transaction: &DatabaseTransaction) -> Result<(u64, Vec<Idle>, Vec<Notice>), DbErr> {
        let mut fresh = 0;
        let (mut calls, mut alarms) = (BTreeSet::new(), BTreeMap::new());
        for event in &self.events {
            let key = [call_event::Column::LinkId, call_event::Column::CallId, call_event::Column::Seq];
            let insert = call_event::Entity::insert(self.row(event)).on_conflict(OnConflict::columns(key).do_nothing().to_owned());
            let new = insert.exec_without_returning(transaction).await?;
            if new > 0 {
                fresh += new;
                calls.insert(short(&event.call_id));
                if event.ev == EventKind::Emergency {
                    alarms.entry(short(&event.call_id)).or_insert(event.ts);
                }
            }
        }
        let (mut idles, mut notices) = (Vec::new(), Vec::new());
        for call in calls {
            let alarm = alarms.get(&call).copied();
            let (idle, notice) = self.record(transaction, call.clone()).await?;
            idles.extend(idle);
            notices.extend(notice);
            if let Some(at) = alarm {
                notices.extend(self.alarm(transaction, &call, at).await?);
            }
        }
        // What is told late does not make anybody idle for longer.
        idles.retain(|idle: &Idle| self.world.idle_since(idle.person).is_none_or(|since_at| since_at < idle.since_at));
        idles.sort_by_key(|idle| idle.since_at);
        Ok((fresh, idles, notices))
    }

    fn row(&self, event: &EventIn) -> call_event::ActiveModel {
        let detail = serde_json::json!({ "to": event.to, "from": event.from, "from_device": event.from_device, "trunk": event.trunk, "more": event.more });
        call_event::ActiveModel {
            link_id: Set(self.link.id.clone()),
            call_id: Set(short(&event.call_id)),
            seq: Set(event.seq),
            kind: Set(event.ev.code().to_owned()),
            at: Set(event.ts),
            answered_by: Set(event.by.as_deref().map(short)),
            detail: Set(detail.to_string()),
        }
    }

    /// Makes the record of a call anew from everything told of it. Whoever answered is idle from its end on, and a call that nobody
    /// answered leaves a memo.
    async fn record(&self, transaction: &DatabaseTransaction, call_id: String) -> Result<(Option<Idle>, Option<Notice>), DbErr> {
        let rows = self.told(transaction, &call_id).await?;
        let event = |row: &call_event::Model| {
            let kind = EventKind::parse(&row.kind)?;
            Some(CallEvent { seq: row.seq, kind, at: row.at, by: row.answered_by.as_deref().and_then(|text| text.parse().ok()) })
        };
        let Some(record) = CallRecord::of(&rows.iter().filter_map(event).collect::<Vec<_>>()) else { return Ok((None, None)) };
        let person = record.answered.and_then(|(at, by)| whose(&self.world, by?, at));
        let model = self.model(call_id.clone(), &record, &rows, person);
        let key = [call::Column::LinkId, call::Column::CallId];
        let changing = [
            call::Column::Dialled,
            call::Column::Caller,
            call::Column::Outside,
            call::Column::OwnerKind,
            call::Column::OwnerId,
            call::Column::Outcome,
            call::Column::StartedAt,
            call::Column::AnsweredAt,
            call::Column::EndedAt,
            call::Column::AnsweredBy,
            call::Column::AnsweredPersonId,
            call::Column::PassedOn,
        ];
        call::Entity::insert(model).on_conflict(OnConflict::columns(key).update_columns(changing).to_owned()).exec_without_returning(transaction).await?;
        let described = self.described(&rows);
        let ended =
            EndedCall { key: (&self.link.id, &call_id), call: &described, outcome: record.outcome, started_at: record.started_at, ended_at: record.ended_at };
        let notice = memo::follow_call(transaction, &self.telling, ended).await?;
        Ok((person.zip(record.ended_at).map(|(person, since_at)| Idle { person, since_at }), notice))
    }

    /// Everything told of a call, in the PBX's order.
    async fn told(&self, transaction: &DatabaseTransaction, call_id: &str) -> Result<Vec<call_event::Model>, DbErr> {
        let of = call_event::Entity::find().filter(call_event::Column::LinkId.eq(self.link.id.as_str())).filter(call_event::Column::CallId.eq(call_id));
        of.order_by_asc(call_event::Column::Seq).all(transaction).await
    }

    fn described(&self, rows: &[call_event::Model]) -> CallIn {
        CallIn { site: Some(self.link.site), ..described(rows) }
    }

    /// Tells the house's security of an emergency call, in the transaction that stores it.
    async fn alarm(&self, transaction: &DatabaseTransaction, call_id: &str, at: DateTime<Utc>) -> Result<Vec<Notice>, DbErr> {
        let call = self.described(&self.told(transaction, call_id).await?);
        memo::alarm(transaction, &self.telling, Alarm { key: (&self.link.id, call_id), call: &call, at }).await
    }

    fn model(&self, call_id: String, record: &CallRecord, rows: &[call_event::Model], person: Option<PersonId>) -> call::ActiveModel {
        let call = described(rows);
        let caller = Caller::of(&self.world, &CallIn { site: Some(self.link.site), ..call.clone() }, record.started_at);
        let (owner_kind, owner_id) = self.owner(&call.to).map_or((None, None), |(kind, id)| (Some(kind.to_owned()), id));
        let answered_by = record.answered.and_then(|(_, by)| by);
        call::ActiveModel {
            id: NotSet,
            link_id: Set(self.link.id.clone()),
            call_id: Set(call_id),
            dialled: Set(short(&call.to)),
            caller: Set(short(&call.from)),
            outside: Set(caller.origin() == Origin::Outside),
            owner_kind: Set(owner_kind),
            owner_id: Set(owner_id),
            outcome: Set(record.outcome.code().to_owned()),
            started_at: Set(record.started_at),
            answered_at: Set(record.answered.map(|(at, _)| at)),
            ended_at: Set(record.ended_at),
            answered_by: Set(answered_by.map(|target| target.to_string())),
            answered_person_id: Set(person.map(|person| person.0)),
            passed_on: Set(i32::try_from(record.passed_on).unwrap_or(i32::MAX)),
        }
    }

    /// Whose number was dialled, as the numbers stand.
    fn owner(&self, dialled: &str) -> Option<(&'static str, Option<i64>)> {
        let numbers = |dial: Dial| match dial {
            Dial::Ext(ext) => {
                self.world.numbers_at(ext).find(|number| number.site == self.link.site).or_else(|| self.world.numbers_at(ext).next()).map(|number| number.kind)
            }
            Dial::Tel(tel) => self.world.numbers_at_tel(tel).next().map(|number| number.kind),
        };
        let as_tel = || self.world.house(self.link.site)?.numbering.tel(dialled).map(Dial::Tel);
        let kind: NumberKind = dialled.parse().ok().and_then(numbers).or_else(|| numbers(as_tel()?))?;
        Some(words::number_kind_parts(kind))
    }
}

/// The call as the first event that says so describes it.
fn described(rows: &[call_event::Model]) -> CallIn {
    let details: Vec<Value> = rows.iter().filter_map(|row| serde_json::from_str(&row.detail).ok()).collect();
    let first = |key: &str| details.iter().find_map(|detail| detail[key].as_str()).filter(|text| !text.is_empty()).map(str::to_owned);
    CallIn {
        to: first("to").unwrap_or_default(),
        from: first("from").unwrap_or_default(),
        from_device: first("from_device").and_then(|name| name.parse().ok()),
        trunk: first("trunk"),
        ..CallIn::default()
    }
}

/// Whose telephone it was at that time: its owner, or who sat at its seat.
fn whose(world: &Snapshot, by: Target, at: DateTime<Utc>) -> Option<PersonId> {
    let device = world.device_at(&by)?;
    match device.owner {
        Owner::Person(person) => Some(person),
        Owner::Seat(seat) => occupant(world, seat, world.house(device.site)?.occupancy_from, at).map(|row| row.person),
        Owner::Section(_) | Owner::House(_) => None,
    }
}

pub(super) fn short(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}

/// Calls of a span, the newest first: everybody's for who administers, which leaves a record, else those to and answered by oneself.
///
/// # Errors
/// `Denied` for a token without a person that does not administer; when the store cannot be read.
pub async fn calls(cx: &Services, actor: &Actor, from: DateTime<Utc>, until: DateTime<Utc>, most: u64) -> Result<Vec<CallView>, Failure<Never>> {
    if !actor.administers_people() {
        return own_calls(cx, actor, from, until, most).await;
    }
    let (by, at) = (actor.clone(), cx.clock().now());
    let span = serde_json::json!({ "from": from, "until": until });
    cx.db()
        .write(move |transaction| {
            let (by, span) = (by.clone(), span.clone());
            Box::pin(async move {
                audit::record(transaction, at, &by, "calls.read", "calls".into(), span).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await?;
    find(cx, Condition::all(), (from, until), most).await
}

/// Calls to oneself and calls that oneself answered, the newest first.
///
/// # Errors
/// `Denied` for who is nobody; when the store cannot be read.
pub async fn own_calls(cx: &Services, actor: &Actor, from: DateTime<Utc>, until: DateTime<Utc>, most: u64) -> Result<Vec<CallView>, Failure<Never>> {
    let Some(person) = actor.person() else { return Err(Failure::Denied) };
    let to_me = Condition::all().add(call::Column::OwnerKind.eq("person")).add(call::Column::OwnerId.eq(person.0));
    find(cx, Condition::any().add(to_me).add(call::Column::AnsweredPersonId.eq(person.0)), (from, until), most).await
}

/// Calls a person answered since then, the newest first.
///
/// # Errors
/// When the store cannot be read.
pub(crate) async fn answered_by(cx: &Services, person: PersonId, since: DateTime<Utc>, most: u64) -> Result<Vec<CallView>, Failure<Never>> {
    let taken = Condition::all().add(call::Column::AnsweredPersonId.eq(person.0));
    find(cx, taken, (since, cx.clock().now() + TimeDelta::seconds(1)), most).await
}

async fn find(cx: &Services, whose: Condition, (from, until): (DateTime<Utc>, DateTime<Utc>), most: u64) -> Result<Vec<CallView>, Failure<Never>> {
    let office = cx.office();
    let span = Condition::all().add(call::Column::StartedAt.gte(from)).add(call::Column::StartedAt.lt(until));
    let newest = call::Entity::find().filter(whose).filter(span).order_by_desc(call::Column::StartedAt).order_by_desc(call::Column::Id);
    let rows = newest.limit(most).all(cx.db().reader()).await?;
    Ok(rows
        .into_iter()
        .map(|row| CallView {
            id: row.id,
            started_at: row.started_at,
            to: row.dialled,
            from: row.caller,
            outside: row.outside,
            outcome: row.outcome,
            answered_at: row.answered_at,
            answered_by: row.answered_person_id.and_then(|person| office.people.get(&PersonId(person))).map(|person| person.staff_no.clone()),
            ended_at: row.ended_at,
            passed_on: row.passed_on,
        })
        .collect())
}

/// Forgets calls older than ninety days with everything told of them. Returns how many calls.
///
/// # Errors
/// When the store cannot be written.
pub async fn forget_calls(cx: &Services) -> Result<u64, Failure<Never>> {
    let before = cx.clock().now() - KEPT_FOR;
    cx.db()
        .write(move |transaction| {
            Box::pin(async move {
                call_event::Entity::delete_many().filter(call_event::Column::At.lt(before)).exec(transaction).await?;
                let gone = call::Entity::delete_many().filter(call::Column::StartedAt.lt(before)).exec(transaction).await?;
                Ok::<_, Failure<Never>>(gone.rows_affected)
            })
        })
        .await
}
