//! Turns for calendar programs. Such a program cannot sign in, so the address itself is the secret; its hash is stored, and it
//! shows what its owner may see at the time of asking.

use super::{desk::Desk, rota::section_turns};
use crate::{Actor, Failure, Kind, Never, Services, audit, secret};
use chrono::{DateTime, Days, NaiveDate, Utc};
use domain::{
    DutyId, PersonId, SectionId,
    account::Role,
    telephone::cover::{Duty, DutyKind, DutyState},
};
use entity::{duty, duty_feed};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

/// Days before and after today that a calendar gets.
const BEFORE: u64 = 31;
const AFTER: u64 = 185;

/// A turn of a calendar.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedTurn {
    /// Its number.
    pub id: DutyId,
    /// What it is for.
    pub kind: DutyKind,
    /// The section's name.
    pub section: String,
    /// Who has it; nobody in one's own calendar.
    pub person: Option<String>,
    /// Begins.
    pub from_at: DateTime<Utc>,
    /// Ends.
    pub until_at: DateTime<Utc>,
}

/// A calendar of turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feed {
    /// The section's name; the owner's own turns without one.
    pub section: Option<String>,
    /// The turns by their beginning.
    pub turns: Vec<FeedTurn>,
    /// Now.
    pub at: DateTime<Utc>,
}

/// Makes an address for a person's calendar: of their own turns, or of a section they see. The secret is shown this once.
///
/// # Errors
/// `Denied` for programs that are nobody; `NotFound` for a section that is not theirs.
pub async fn new_feed(cx: &Services, actor: &Actor, section: Option<SectionId>) -> Result<String, Failure<Never>> {
    let person = actor.person().ok_or(Failure::Denied)?;
    if let Some(section) = section {
        Desk::open::<Never>(cx, actor, section)?;
    }
    let secret = secret::fresh();
    let (by, at, hash) = (actor.clone(), cx.clock().now(), secret::hash(&secret));
    cx.db()
        .write(move |transaction| {
            let (by, hash) = (by.clone(), hash.clone());
            Box::pin(async move {
                let row = duty_feed::ActiveModel {
                    secret_hash: Set(hash),
                    person_id: Set(person.0),
                    section_id: Set(section.map(|section| section.0)),
                    created_at: Set(at),
                };
                duty_feed::Entity::insert(row).exec_without_returning(transaction).await?;
                audit::record(transaction, at, &by, "duty.feed", format!("person:{person}"), json!({ "section": section })).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await?;
    Ok(secret)
}

/// What an address shows.
///
/// # Errors
/// `NotFound` for an address nobody made, whose owner has left, or whose section they do not see any more.
pub async fn feed(cx: &Services, secret: &str) -> Result<Feed, Failure<Never>> {
    let row = duty_feed::Entity::find_by_id(secret::hash(secret)).one(cx.db().reader()).await?.ok_or(Failure::NotFound(Kind::Duty))?;
    let person = PersonId(row.person_id);
    if !cx.office().employed(person, cx.clock().now().date_naive()) {
        return Err(Failure::NotFound(Kind::Duty));
    }
    let owner = Actor::Person { id: person, role: Role::Staff };
    feed_of(cx, &owner, row.section_id.map(SectionId)).await
}

/// The calendar of a person's own turns, or of a section they see.
///
/// # Errors
/// `Denied` for programs that are nobody; `NotFound` for a section that is not theirs.
pub async fn feed_of(cx: &Services, actor: &Actor, section: Option<SectionId>) -> Result<Feed, Failure<Never>> {
    let (board, at) = (cx.board(), cx.clock().now());
    let today = at.date_naive();
    let days = (today.checked_sub_days(Days::new(BEFORE)).unwrap_or(today), today.checked_add_days(Days::new(AFTER)).unwrap_or(today));
    let found = |id: SectionId| board.world.sections().find(|row| row.id == id);
    let turn = |id: DutyId, kind: DutyKind, section: SectionId, duty: Duty, person: Option<String>| {
        let section = found(section)?;
        let clock = &board.world.house(section.site)?.clock;
        let instant = |minute: u16| clock.instant(super::plans::wall(duty.on, minute));
        Some(FeedTurn { id, kind, section: section.name.clone(), person, from_at: instant(duty.from_minute), until_at: instant(duty.until_minute) })
    };
    let turns = match section {
        Some(section) => {
            let views = section_turns(cx, actor, section, days).await?.into_iter().filter(|view| view.state == DutyState::Set);
            views.filter_map(|view| turn(view.id, view.kind, section, view.duty, view.person.and_then(|(_, name)| name))).collect()
        }
        None => {
            let person = actor.person().ok_or(Failure::Denied)?;
            let rows = own(cx, person, days).await?;
            rows.into_iter().filter_map(|row| turn(row.id, row.kind, row.section, row.duty, None)).collect()
        }
    };
    Ok(Feed { section: section.and_then(found).map(|section| section.name.clone()), turns, at })
}

async fn own(cx: &Services, person: PersonId, (from_on, until_on): (NaiveDate, NaiveDate)) -> Result<Vec<super::rows::Stored>, Failure<Never>> {
    let rows = duty::Entity::find()
        .filter(duty::Column::PersonId.eq(person.0))
        .filter(duty::Column::State.eq(DutyState::Set.code()))
        .filter(duty::Column::LocalDate.gte(from_on))
        .filter(duty::Column::LocalDate.lt(until_on))
        .order_by_asc(duty::Column::LocalDate)
        .order_by_asc(duty::Column::FromMinute);
    rows.all(cx.db().reader()).await?.iter().map(|row| Ok(super::rows::stored(row)?)).collect()
}
