//! What somebody sees of memos: those that wait for them, those that were closed, those they wrote.

use super::{name_of, person_name, viewer, wall};
use crate::{Actor, Failure, Kind, Never, Services};
use chrono::TimeDelta;
use domain::{
    MemoId, PersonId, SectionId,
    memo::{
        Author, Ended, Ending, Memo, MemoTo, Receipt, Urgency, Viewer, Wish,
        view::{EndedView, MemoView, MemosView, ReceiptView, Waiting},
    },
};
use entity::{call, memo, memo_receipt};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use std::collections::HashMap;

/// Closed and written ones are shown for so long.
const SHOWN_FOR: TimeDelta = TimeDelta::days(30);
/// Memos of one list: what is beyond is found once these are done.
const MOST: u64 = 200;

/// A row and its receipts, the first one first.
pub(super) struct Found {
    pub row: memo::Model,
    pub memo: Memo,
}

/// As much of a memo as the rules want, or what cannot be understood of its row.
fn understand(row: &memo::Model, receipts: Vec<Receipt>) -> Result<Memo, DbErr> {
    let corrupt = |what: &str| DbErr::Custom(format!("memo {}: {what}", row.id));
    let ended = match (row.ended_how.as_deref(), row.ended_at) {
        (Some(how), Some(at)) => Some(Ended { how: Ending::parse(how).ok_or_else(|| corrupt("ended_how"))?, by: row.ended_by_id.map(PersonId), at }),
        _ => None,
    };
    let to = MemoTo::of_parts(&row.to_kind, row.to_id).ok_or_else(|| corrupt("to_kind"))?;
    Ok(Memo { to, author: row.author_id.map(PersonId), receipts, ended })
}

async fn with_receipts(connection: &impl ConnectionTrait, rows: Vec<memo::Model>) -> Result<Vec<Found>, DbErr> {
    let ids = rows.iter().map(|row| row.id);
    let read = memo_receipt::Entity::find().filter(memo_receipt::Column::MemoId.is_in(ids)).order_by_asc(memo_receipt::Column::ReadAt);
    let mut receipts: HashMap<i64, Vec<Receipt>> = HashMap::new();
    for row in read.all(connection).await? {
        receipts.entry(row.memo_id).or_default().push(Receipt { by: PersonId(row.person_id), at: row.read_at });
    }
    rows.into_iter().map(|row| Ok(Found { memo: understand(&row, receipts.remove(&row.id).unwrap_or_default())?, row })).collect()
}

/// One memo with its receipts.
pub(super) async fn load(connection: &impl ConnectionTrait, id: MemoId) -> Result<Option<Found>, DbErr> {
    let row = memo::Entity::find_by_id(id.0).one(connection).await?;
    Ok(with_receipts(connection, row.into_iter().collect()).await?.pop())
}

/// Memos that are for the viewer.
fn to_them(viewer: &Viewer) -> Condition {
    let people = viewer.person.iter().chain(&viewer.answers_for).map(|person| person.0);
    let own = Condition::all().add(memo::Column::ToKind.eq("person")).add(memo::Column::ToId.is_in(people));
    let theirs = Condition::all().add(memo::Column::ToKind.eq("section")).add(memo::Column::ToId.is_in(viewer.sections.iter().map(|section| section.0)));
    Condition::any().add(own).add(theirs)
}

fn urgent_first() -> sea_orm::sea_query::SimpleExpr {
    Expr::case(memo::Column::Urgency.eq(Urgency::Urgent.code()), 0).finally(1).into()
}

/// How many open memos wait for whoever asks.
///
/// # Errors
/// When the store cannot be read.
pub async fn waiting(cx: &Services, actor: &Actor) -> Result<Waiting, Failure<Never>> {
    let viewer = viewer(cx, actor);
    if viewer.person.is_none() {
        return Ok(Waiting::default());
    }
    let open = || memo::Entity::find().filter(memo::Column::EndedAt.is_null()).filter(to_them(&viewer));
    let count = open().count(cx.db().reader()).await?;
    let urgent = if count == 0 { 0 } else { open().filter(memo::Column::Urgency.eq(Urgency::Urgent.code())).count(cx.db().reader()).await? };
    Ok(Waiting { open: count, urgent })
}

/// The first of those that wait for whoever asks, and how many there are.
///
/// # Errors
/// When the store cannot be read.
pub async fn open_ones(cx: &Services, actor: &Actor, most: u64) -> Result<(Waiting, Vec<MemoView>), Failure<Never>> {
    let waiting = waiting(cx, actor).await?;
    if waiting.open == 0 {
        return Ok((waiting, Vec::new()));
    }
    let viewer = viewer(cx, actor);
    Ok((waiting, open(cx, &viewer, most).await?))
}

async fn open(cx: &Services, viewer: &Viewer, most: u64) -> Result<Vec<MemoView>, DbErr> {
    let rows = memo::Entity::find()
        .filter(memo::Column::EndedAt.is_null())
        .filter(to_them(viewer))
        .order_by_asc(urgent_first())
        .order_by_desc(memo::Column::Id)
        .limit(most)
        .all(cx.db().reader())
        .await?;
    views(cx, viewer, rows).await
}

/// Everything of memos that concerns whoever asks.
///
/// # Errors
/// `Denied` for programs that are nobody.
pub async fn mine(cx: &Services, actor: &Actor) -> Result<MemosView, Failure<Never>> {
    let viewer = viewer(cx, actor);
    let Some(person) = viewer.person else { return Err(Failure::Denied) };
    let now = cx.clock().now();
    let since = now - SHOWN_FOR;
    let ended = memo::Entity::find()
        .filter(memo::Column::EndedAt.gte(since))
        .filter(to_them(&viewer))
        .order_by_desc(memo::Column::EndedAt)
        .limit(MOST)
        .all(cx.db().reader())
        .await?;
    let written = memo::Entity::find()
        .filter(memo::Column::AuthorId.eq(person.0))
        .filter(memo::Column::WrittenAt.gte(since))
        .filter(to_them(&viewer).not())
        .order_by_desc(memo::Column::Id)
        .limit(MOST)
        .all(cx.db().reader())
        .await?;
    Ok(MemosView {
        open: open(cx, &viewer, MOST).await?,
        ended: views(cx, &viewer, ended).await?,
        written: views(cx, &viewer, written).await?,
        today: wall(cx, Some(person), now).date(),
    })
}

/// Memos for a person, the newest first; every one with an end too if `all`.
///
/// # Errors
/// `NotFound` when the actor may not act for the person.
pub async fn list(cx: &Services, actor: &Actor, person: PersonId, all: bool, most: u64) -> Result<Vec<MemoView>, Failure<Never>> {
    if !cx.office().people.contains_key(&person) || !actor.may_act_for(person) {
        return Err(Failure::NotFound(Kind::Person));
    }
    // As the person sees them: also those of their sections and of those they answer for.
    let theirs = viewer(cx, &Actor::Person { id: person, role: domain::account::Role::Staff });
    let mut query = memo::Entity::find().filter(to_them(&theirs)).order_by_desc(memo::Column::Id).limit(most);
    if !all {
        query = query.filter(memo::Column::EndedAt.is_null());
    }
    Ok(views(cx, &theirs, query.all(cx.db().reader()).await?).await?)
}

/// One memo.
///
/// # Errors
/// `NotFound` when there is none the actor may see.
pub async fn find(cx: &Services, actor: &Actor, id: MemoId) -> Result<MemoView, Failure<Never>> {
    let viewer = viewer(cx, actor);
    let found = load(cx.db().reader(), id).await?.filter(|found| viewer.sees(&found.memo)).ok_or(Failure::NotFound(Kind::Memo))?;
    Ok(view(cx, &viewer, found.row, &found.memo)?)
}

async fn views(cx: &Services, viewer: &Viewer, rows: Vec<memo::Model>) -> Result<Vec<MemoView>, DbErr> {
    let found = with_receipts(cx.db().reader(), rows).await?;
    found.into_iter().map(|found| view(cx, viewer, found.row, &found.memo)).collect()
}

/// A memo as somebody sees it.
///
/// # Errors
/// When its row cannot be understood.
pub fn view(cx: &Services, viewer: &Viewer, row: memo::Model, memo: &Memo) -> Result<MemoView, DbErr> {
    let corrupt = |what: &str| DbErr::Custom(format!("memo {}: {what}", row.id));
    let wall = |at| wall(cx, viewer.person, at);
    let receipts = memo.receipts.iter().map(|receipt| ReceiptView {
        by: receipt.by,
        name: person_name(cx, receipt.by).unwrap_or_default(),
        wall: wall(receipt.at),
        at: receipt.at,
    });
    let ended = memo.ended.map(|ended| EndedView { how: ended.how, name: ended.by.and_then(|by| person_name(cx, by)), wall: wall(ended.at), at: ended.at });
    Ok(MemoView {
        id: MemoId(row.id),
        to: memo.to,
        to_name: name_of(cx, memo.to),
        wish: Wish::parse(&row.wish).ok_or_else(|| corrupt("wish"))?,
        urgency: Urgency::parse(&row.urgency).ok_or_else(|| corrupt("urgency"))?,
        author: if memo.author.is_some() { Author::Person } else { Author::System },
        author_name: memo.author.and_then(|author| person_name(cx, author)),
        emergency: row.emergency.as_deref().map(|text| serde_json::from_str(text).map(Box::new).map_err(|_| corrupt("emergency"))).transpose()?,
        call: row.call_id,
        called_wall: wall(row.called_at),
        called_at: row.called_at,
        rang_s: row.rang_s.and_then(|rang| u32::try_from(rang).ok()),
        written_at: row.written_at,
        receipts: receipts.collect(),
        ended,
        mine: viewer.leaves_receipt(memo),
        read_by_me: memo.receipts.iter().any(|receipt| Some(receipt.by) == viewer.person),
        caller_name: row.caller_name,
        caller_number: row.caller_number,
        text: row.text,
    })
}

/// Whether somebody may know of a call: it was to them, to one they answer for, to their section, or they answered it.
pub(super) fn sees_call(viewer: &Viewer, call: &call::Model) -> bool {
    let answered = call.answered_person_id.is_some() && call.answered_person_id == viewer.person.map(|person| person.0);
    let owner = match (call.owner_kind.as_deref(), call.owner_id) {
        (Some("person"), Some(id)) => Some(MemoTo::Person(PersonId(id))),
        (Some("section" | "main"), Some(id)) => Some(MemoTo::Section(SectionId(id))),
        _ => None,
    };
    viewer.administers || answered || owner.is_some_and(|owner| viewer.receives(owner))
}
