//! Turns by hand: given, asked for, answered, given to somebody else, taken away. A turn's quarter-hours are rows of their own, so
//! that nobody has two turns at once, whoever was faster.

use super::{
    desk::Desk,
    rows::{Stored, hold, let_go, small, stored},
    swap::end_open,
};
use crate::{Actor, Failure, Kind, Services, audit, db::is_unique_violation, live::Notice};
use chrono::{DateTime, Utc};
use domain::{
    DutyId, PersonId, SectionId,
    booking::minute_of,
    telephone::cover::{CoverRefusal, Duty, DutyKind, DutyState},
};
use entity::duty;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde_json::json;

/// Whether somebody is given a turn or asked to take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// It is theirs.
    Set,
    /// They say yes or no.
    Ask,
}

/// A turn for somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Give {
    /// The section.
    pub section: SectionId,
    /// What it is for.
    pub kind: DutyKind,
    /// When.
    pub duty: Duty,
    /// Who.
    pub person: PersonId,
    /// Given or asked.
    pub how: How,
}

type Refusal = Failure<CoverRefusal>;

/// Gives somebody a turn, or asks them to take it.
///
/// # Errors
/// `NotFound`, `Denied` for who does not lead the section; `Refused` for a time that is over, somebody who is no member, or who has
/// a turn then.
pub async fn give(cx: &Services, actor: &Actor, wish: Give) -> Result<DutyId, Refusal> {
    let desk = Desk::led(cx, actor, wish.section)?;
    to_come(&desk, wish.duty)?;
    member(&desk, wish.person, wish.duty)?;
    let (by, at) = (actor.clone(), cx.clock().now());
    let state = if wish.how == How::Set { DutyState::Set } else { DutyState::Asked };
    let id = cx
        .db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                let place = next_place(transaction, wish.section, wish.kind, wish.duty).await?;
                let id = insert(transaction, &wish, place, Some(wish.person), state, at).await?;
                if state == DutyState::Asked && is_busy(transaction, wish.person, wish.duty).await? {
                    return Err(Failure::Refused(CoverRefusal::Busy { person: wish.person }));
                }
                let action = if state == DutyState::Set { "duty.give" } else { "duty.ask" };
                audit::record(transaction, at, &by, action, format!("duty:{id}"), json!({ "person": wish.person, "duty": wish.duty })).await?;
                Ok(id)
            })
        })
        .await?;
    told(cx, [wish.person]).await;
    Ok(id)
}

/// Says yes or no to a turn one was asked to take.
///
/// # Errors
/// `NotFound` for a turn nobody asked the actor to take; `Refused` when it was answered or is over, or one has another turn then.
pub async fn answer_turn(cx: &Services, actor: &Actor, id: DutyId, yes: bool) -> Result<Answered, Refusal> {
    let row = find(cx, id).await?;
    let person = row.person.filter(|person| actor.may_act_for(*person) && row.state != DutyState::Draft).ok_or(Failure::NotFound(Kind::Duty))?;
    let desk = Desk::open(cx, actor, row.section)?;
    to_come(&desk, row.duty)?;
    let (by, at) = (actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                let state = if yes { DutyState::Set } else { DutyState::Declined };
                change(transaction, id, DutyState::Asked, state).await?;
                if yes {
                    held(hold(transaction, id, person, row.duty).await, person)?;
                }
                audit::record(transaction, at, &by, "duty.answer", format!("duty:{id}"), json!({ "person": person, "now": state })).await?;
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    told(cx, [person]).await;
    Ok(Answered { section: row.section, duty: row.duty })
}

/// What was answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The section.
    pub section: SectionId,
    /// The turn.
    pub duty: Duty,
}

/// Gives a turn to somebody else. A wish to exchange it ends.
///
/// # Errors
/// As [`give`].
pub async fn reassign(cx: &Services, actor: &Actor, id: DutyId, person: PersonId) -> Result<SectionId, Refusal> {
    let row = find(cx, id).await?;
    let desk = Desk::led(cx, actor, row.section)?;
    to_come(&desk, row.duty)?;
    member(&desk, person, row.duty)?;
    let (by, at) = (actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                let now = lock(transaction, id).await?;
                end_open(transaction, id, at).await?;
                let_go(transaction, id).await?;
                let state = if now.state == DutyState::Draft { DutyState::Draft } else { DutyState::Set };
                place(transaction, id, person, state).await?;
                held(hold(transaction, id, person, now.duty).await, person)?;
                audit::record(transaction, at, &by, "duty.reassign", format!("duty:{id}"), json!({ "was": now.person, "person": person })).await?;
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    told(cx, row.person.into_iter().chain([person])).await;
    Ok(row.section)
}

/// Takes a turn away.
///
/// # Errors
/// `NotFound`, `Denied` for who does not lead the section; `Refused` when it is over: what was served stays.
pub async fn cancel_turn(cx: &Services, actor: &Actor, id: DutyId) -> Result<Cancelled, Refusal> {
    let row = find(cx, id).await?;
    let desk = Desk::led(cx, actor, row.section)?;
    to_come(&desk, row.duty)?;
    let (by, at) = (actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                let now = lock(transaction, id).await?;
                duty::Entity::delete_by_id(id.0).exec(transaction).await?;
                let detail = json!({ "person": now.person, "duty": now.duty, "was": now.state });
                audit::record(transaction, at, &by, "duty.cancel", format!("duty:{id}"), detail).await?;
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    told(cx, row.person).await;
    Ok(Cancelled { section: row.section, kind: row.kind, duty: row.duty, person: row.person })
}

/// What was taken away, so that it can be given again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cancelled {
    /// The section.
    pub section: SectionId,
    /// What it was for.
    pub kind: DutyKind,
    /// When.
    pub duty: Duty,
    /// Who had it.
    pub person: Option<PersonId>,
}

/// Whoever looks at their telephone or the rota sees it.
pub(super) async fn told(cx: &Services, people: impl IntoIterator<Item = PersonId>) {
    cx.live().publish(people.into_iter().map(Notice::Person)).await;
}

/// A turn that can still be changed.
pub(super) fn to_come(desk: &Desk, duty: Duty) -> Result<(), Refusal> {
    let wall = desk.wall();
    let over = duty.on < wall.date() || (duty.on == wall.date() && duty.until_minute <= minute_of(wall));
    if over { Err(Failure::Refused(CoverRefusal::Over)) } else { Ok(()) }
}

/// Who belongs to the section then, and may be known of.
pub(super) fn member(desk: &Desk, person: PersonId, duty: Duty) -> Result<(), Refusal> {
    if desk.name(person).is_none() {
        return Err(Failure::NotFound(Kind::Person));
    }
    if desk.is_member(person, duty.on) { Ok(()) } else { Err(Failure::Refused(CoverRefusal::NotMember { person })) }
}

pub(super) async fn find(cx: &Services, id: DutyId) -> Result<Stored, Refusal> {
    let row = duty::Entity::find_by_id(id.0).one(cx.db().reader()).await?.ok_or(Failure::NotFound(Kind::Duty))?;
    Ok(stored(&row)?)
}

/// The turn as it is now, and nobody changes it meanwhile.
pub(super) async fn lock(transaction: &DatabaseTransaction, id: DutyId) -> Result<Stored, Refusal> {
    let row = duty::Entity::find_by_id(id.0).lock_exclusive().one(transaction).await?.ok_or(Failure::Refused(CoverRefusal::Changed))?;
    Ok(stored(&row)?)
}

/// Inserts a turn and, where it holds, takes its quarter-hours.
pub(super) async fn insert(
    transaction: &DatabaseTransaction,
    wish: &Give,
    place: i16,
    person: Option<PersonId>,
    state: DutyState,
    at: DateTime<Utc>,
) -> Result<DutyId, Refusal> {
    let row = duty::ActiveModel {
        id: NotSet,
        section_id: Set(wish.section.0),
        kind: Set(wish.kind.code().to_owned()),
        local_date: Set(wish.duty.on),
        from_minute: Set(small(wish.duty.from_minute)),
        until_minute: Set(small(wish.duty.until_minute)),
        place: Set(place),
        person_id: Set(person.map(|person| person.0)),
        state: Set(state.code().to_owned()),
        created_at: Set(at),
    };
    let inserted = duty::Entity::insert(row).exec(transaction).await;
    // Two heads gave the same place at once: the second looks again.
    let id = DutyId(inserted.map_err(|error| if is_unique_violation(&error) { Failure::Busy } else { error.into() })?.last_insert_id);
    if let Some(person) = person.filter(|_| state.holds()) {
        held(hold(transaction, id, person, wish.duty).await, person)?;
    }
    Ok(id)
}

/// A taken quarter-hour in words.
pub(super) fn held(result: Result<(), sea_orm::DbErr>, person: PersonId) -> Result<(), Refusal> {
    result.map_err(|error| if is_unique_violation(&error) { Failure::Refused(CoverRefusal::Busy { person }) } else { error.into() })
}

/// The first free place among the turns of the same beginning.
pub(super) async fn next_place(connection: &impl ConnectionTrait, section: SectionId, kind: DutyKind, duty: Duty) -> Result<i16, Refusal> {
    let last = duty::Entity::find()
        .filter(duty::Column::SectionId.eq(section.0))
        .filter(duty::Column::Kind.eq(kind.code()))
        .filter(duty::Column::LocalDate.eq(duty.on))
        .filter(duty::Column::FromMinute.eq(small(duty.from_minute)))
        .order_by_desc(duty::Column::Place)
        .one(connection)
        .await?;
    Ok(last.map_or(0, |row| row.place.saturating_add(1)))
}

async fn is_busy(connection: &impl ConnectionTrait, person: PersonId, duty: Duty) -> Result<bool, Refusal> {
    let taken = entity::duty_slot::Entity::find()
        .filter(entity::duty_slot::Column::PersonId.eq(person.0))
        .filter(entity::duty_slot::Column::LocalDate.eq(duty.on))
        .filter(entity::duty_slot::Column::Quarter.is_in(duty.quarters().map(small)));
    Ok(taken.one(connection).await?.is_some())
}

/// Changes the state of a turn, once.
async fn change(transaction: &DatabaseTransaction, id: DutyId, from: DutyState, to: DutyState) -> Result<(), Refusal> {
    let changed = duty::Entity::update_many()
        .col_expr(duty::Column::State, Expr::value(to.code()))
        .filter(duty::Column::Id.eq(id.0))
        .filter(duty::Column::State.eq(from.code()))
        .exec(transaction)
        .await?;
    if changed.rows_affected == 1 { Ok(()) } else { Err(Failure::Refused(CoverRefusal::Changed)) }
}

/// Puts somebody in a turn's place.
pub(super) async fn place(transaction: &DatabaseTransaction, id: DutyId, person: PersonId, state: DutyState) -> Result<(), Refusal> {
    duty::Entity::update_many()
        .col_expr(duty::Column::PersonId, Expr::value(Some(person.0)))
        .col_expr(duty::Column::State, Expr::value(state.code()))
        .filter(duty::Column::Id.eq(id.0))
        .exec(transaction)
        .await?;
    Ok(())
}
