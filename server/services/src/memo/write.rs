//! Writing a memo: for whom, from which call, and once however often the button is pressed.

use super::{Telling, read::sees_call, viewer, wall};
use crate::{
    Actor, Failure, Kind, Never, Services, audit,
    live::Notice,
    telephone::{self, CallView},
};
use chrono::{NaiveDateTime, TimeDelta};
use domain::{
    MemoId, PersonId, SectionId,
    memo::{Draft, DraftError, MemoTo},
    person::{Sight, fold},
    telephone::{CallIn, NumberOwner, PbxCaps, decide},
};
use entity::{call, memo};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter,
    sea_query::OnConflict,
};
use serde_json::json;
use std::collections::BTreeSet;

/// Calls of somebody's morning that they may want to write about.
const RECENT: TimeDelta = TimeDelta::hours(4);
const MOST_RECENT: u64 = 5;
/// Whom a text may mean, at most.
const MOST_MEANT: usize = 8;
/// Longest key of a form, characters.
const LONGEST_KEY: usize = 64;

/// Why a memo is not written.
pub type WriteRefusal = DraftError;

/// A memo as a page or a program sends it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MemoWish {
    /// What is written.
    pub draft: Draft,
    /// The call it is about.
    pub call: Option<i64>,
    /// The same key means the same memo: pressed twice, it is written once.
    pub key: Option<String>,
}

/// Somebody or some section a memo can be for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addressee {
    /// Who.
    pub to: MemoTo,
    /// The name.
    pub name: String,
    /// Their number, as people dial it; empty without one.
    pub ext: String,
    /// The unit of a person; empty for a section.
    pub unit: String,
}

/// What a form begins with.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefill {
    /// For whom.
    pub to: Option<Addressee>,
    /// Who called.
    pub caller_name: String,
    /// From which number.
    pub caller_number: String,
    /// The call, if it may be known.
    pub call: Option<i64>,
    /// When it came in, on the wall.
    pub called: Option<NaiveDateTime>,
}

/// Writes a memo. Anybody who works here may, for whomever they may know of.
///
/// # Errors
/// `Denied` for programs that may only read; `NotFound` for people and sections that are not there, or that the actor may not know
/// of; `Refused` for what cannot be written.
pub async fn write(cx: &Services, actor: &Actor, wish: MemoWish) -> Result<MemoId, Failure<WriteRefusal>> {
    may_write(actor).map_err(|failure| failure.map(|never: Never| match never {}))?;
    let draft = wish.draft.checked().map_err(Failure::Refused)?;
    let to = draft.to;
    if addressee(cx, actor, to).is_none() {
        return Err(Failure::NotFound(if matches!(to, MemoTo::Person(_)) { Kind::Person } else { Kind::Section }));
    }
    let call = match wish.call {
        Some(id) => call_of(cx, actor, id).await?,
        None => None,
    };
    let (by, telling, author) = (actor.clone(), Telling::now(cx), actor.person());
    let key: Option<String> = wish.key.filter(|key| !key.is_empty()).map(|key| key.chars().take(LONGEST_KEY).collect());
    let row = memo::ActiveModel {
        id: NotSet,
        to_kind: Set(to.parts().0.to_owned()),
        to_id: Set(to.parts().1),
        caller_name: Set(draft.caller_name),
        caller_number: Set(draft.caller_number),
        wish: Set(draft.wish.code().to_owned()),
        text: Set(draft.text),
        urgency: Set(draft.urgency.code().to_owned()),
        author_id: Set(author.map(|person| person.0)),
        call_id: Set(call.as_ref().map(|call| call.id)),
        emergency: Set(None),
        once: Set(key.map(|key| format!("form:{}:{key}", audit::name(actor)))),
        called_at: Set(call.map_or(telling.now, |call| call.started_at)),
        rang_s: Set(None),
        written_at: Set(telling.now),
        ended_how: Set(None),
        ended_by_id: Set(None),
        ended_at: Set(None),
    };
    let id = cx
        .db()
        .write(move |transaction| {
            let (row, by, telling) = (row.clone(), by.clone(), telling.clone());
            Box::pin(async move {
                let (id, new) = insert(transaction, row).await?;
                if new {
                    telling.tell(transaction, id, to, author).await?;
                    audit::record(transaction, telling.now, &by, "memo.write", format!("memo:{id}"), json!({ "to": to.to_string() })).await?;
                }
                Ok::<_, Failure<WriteRefusal>>(id)
            })
        })
        .await?;
    cx.live().publish([Notice::Memo(to, author)]).await;
    Ok(id)
}

/// Stores a memo, or finds the one that was stored under its key before. Whether it is new.
pub(super) async fn insert(transaction: &impl ConnectionTrait, row: memo::ActiveModel) -> Result<(MemoId, bool), DbErr> {
    let Set(Some(once)) = row.once.clone() else {
        return Ok((MemoId(memo::Entity::insert(row).exec(transaction).await?.last_insert_id), true));
    };
    let conflict = OnConflict::column(memo::Column::Once).do_nothing().to_owned();
    let new = memo::Entity::insert(row).on_conflict(conflict).exec_without_returning(transaction).await?;
    let found = memo::Entity::find().filter(memo::Column::Once.eq(once)).one(transaction).await?;
    let id = found.map(|row| MemoId(row.id)).ok_or_else(|| DbErr::Custom("a memo was stored and is not there".into()))?;
    Ok((id, new > 0))
}

fn may_write(actor: &Actor) -> Result<(), Failure<Never>> {
    match actor {
        Actor::Person { .. } | Actor::System => Ok(()),
        Actor::Token { scope, person, .. } => {
            let books = scope.allows(domain::account::Scope::Book) && person.is_some();
            if books || actor.administers_people() { Ok(()) } else { Err(Failure::Denied) }
        }
    }
}

/// Whom a memo can be for, if the actor may know of them.
#[must_use]
pub fn addressee(cx: &Services, actor: &Actor, to: MemoTo) -> Option<Addressee> {
    let (office, board) = (cx.office(), cx.board());
    let on = wall(cx, actor.person(), cx.clock().now()).date();
    let ext = |owner| board.world.ext_of(owner, on).map(String::from).unwrap_or_default();
    match to {
        MemoTo::Person(id) => {
            let person = office.people.get(&id).filter(|_| office.employed(id, on) && office.sight(actor, id, on) != Sight::Nothing)?;
            let unit = office.main_unit(id, on).map(|unit| unit.name.clone()).unwrap_or_default();
            Some(Addressee { to, name: person.name.clone(), ext: ext(NumberOwner::Person(id)), unit })
        }
        MemoTo::Section(id) => {
            let section = board.world.section(id, on)?;
            Some(Addressee { to, name: section.name.clone(), ext: ext(NumberOwner::Section(id)), unit: String::new() })
        }
    }
}

/// Whom a text may mean: a section by name or number, people as the book finds them, the best first. Who writes exactly a
/// section's name or number means it and nobody else.
#[must_use]
pub fn addressees(cx: &Services, actor: &Actor, text: &str) -> Vec<Addressee> {
    let text: String = text.trim().chars().take(60).collect();
    let folded = fold(&text);
    if folded.is_empty() {
        return Vec::new();
    }
    let board = cx.board();
    let ids: BTreeSet<SectionId> = board.world.sections().map(|section| section.id).collect();
    let sections: Vec<Addressee> = ids.into_iter().filter_map(|id| addressee(cx, actor, MemoTo::Section(id))).collect();
    let exactly = |section: &&Addressee| fold(&section.name) == folded || section.ext == text || fold(&full(section)) == folded;
    if let Some(section) = sections.iter().find(exactly) {
        return vec![section.clone()];
    }
    let people = telephone::colleagues(cx, actor, &text).into_iter().map(|person| Addressee {
        to: MemoTo::Person(person.id),
        name: person.name,
        ext: person.ext.map(String::from).unwrap_or_default(),
        unit: person.unit,
    });
    let meant = sections.into_iter().filter(|section| fold(&section.name).contains(&folded));
    people.chain(meant).take(MOST_MEANT).collect()
}

/// 総務課 3100: as a form offers it.
fn full(addressee: &Addressee) -> String {
    format!("{} {}", addressee.name, addressee.ext).trim_end().to_owned()
}

/// A call the actor may know of: to them, for one they answer for, to one of their sections, answered by them.
async fn call_of(cx: &Services, actor: &Actor, id: i64) -> Result<Option<call::Model>, DbErr> {
    let found = call::Entity::find_by_id(id).one(cx.db().reader()).await?;
    Ok(found.filter(|call| sees_call(&viewer(cx, actor), call)))
}

/// What a form begins with: whom it is for, and what is known of the call. What may not be known is left empty.
///
/// # Errors
/// When the store cannot be read.
pub async fn prefill(cx: &Services, actor: &Actor, call: Option<i64>, to: Option<MemoTo>) -> Result<Prefill, Failure<Never>> {
    let mut form = Prefill { to: to.and_then(|to| addressee(cx, actor, to)), ..Prefill::default() };
    let Some(id) = call else { return Ok(form) };
    let Some(row) = call_of(cx, actor, id).await? else { return Ok(form) };
    let owner = match (row.owner_kind.as_deref(), row.owner_id) {
        (Some("person"), Some(id)) => Some(MemoTo::Person(PersonId(id))),
        (Some("section" | "main"), Some(id)) => Some(MemoTo::Section(SectionId(id))),
        _ => None,
    };
    form.to = form.to.or_else(|| owner.and_then(|owner| addressee(cx, actor, owner)));
    let board = cx.board();
    let told = CallIn { to: row.dialled.clone(), from: row.caller.clone(), trunk: row.outside.then(|| "outside".to_owned()), ..CallIn::default() };
    let caller = decide(&board.world, &told, row.started_at, &PbxCaps::default()).caller;
    form.caller_name = caller.name;
    form.caller_number = if caller.number.is_empty() { row.caller } else { caller.number };
    form.called = Some(wall(cx, actor.person(), row.started_at));
    form.call = Some(row.id);
    Ok(form)
}

/// Calls the person answered lately: whoever takes a call for somebody writes about one of these.
///
/// # Errors
/// When the store cannot be read.
pub async fn recent_calls(cx: &Services, actor: &Actor) -> Result<Vec<(CallView, NaiveDateTime)>, Failure<Never>> {
    let Some(person) = actor.person() else { return Ok(Vec::new()) };
    let now = cx.clock().now();
    let found = telephone::answered_by(cx, person, now - RECENT, MOST_RECENT).await?;
    Ok(found
        .into_iter()
        .map(|call| {
            let wall = wall(cx, Some(person), call.started_at);
            (call, wall)
        })
        .collect())
}

impl Addressee {
    /// As a form offers it: found again as it stands.
    #[must_use]
    pub fn full(&self) -> String {
        full(self)
    }
}
