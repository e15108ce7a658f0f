//! Exchanging turns by consent: who asks agrees by asking, the other one by saying yes, and then both turns change hands in one
//! transaction. A turn waits for one answer at a time; the key of `duty_swap` sees to that.

use super::{
    candidates::candidates,
    desk::Desk,
    rows::{Stored, hold, let_go},
    turns::{find, held, lock, member, place, to_come, told},
};
use crate::{Actor, Failure, Kind, Services, audit, db::is_unique_violation};
use chrono::{DateTime, Utc};
use domain::{
    DutyId, PersonId, SectionId, SwapId,
    telephone::cover::{Candidate, CoverRefusal, DutyState, SwapRefusal, SwapState, Turn, swap},
};
use entity::{duty, duty_swap};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, Condition, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter,
    sea_query::Expr,
};
use serde_json::json;

/// Whom somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SwapWith {
    /// The one who has this turn: they exchange.
    Turn(DutyId),
    /// Somebody who takes the turn and gives none.
    Person(PersonId),
}

type Refusal = Failure<CoverRefusal>;

/// Asks somebody to exchange turns, or to take one's own.
///
/// # Errors
/// `NotFound` for a turn that is not the actor's; `Refused` when one of the two cannot serve then, when a turn is over, or when
/// another wish about it waits.
pub async fn ask_swap(cx: &Services, actor: &Actor, id: DutyId, with: SwapWith) -> Result<SwapId, Refusal> {
    let mine = find(cx, id).await?;
    let asker = mine.person.filter(|person| actor.may_act_for(*person) && mine.state == DutyState::Set).ok_or(Failure::NotFound(Kind::Duty))?;
    let desk = Desk::open(cx, actor, mine.section)?;
    let (other, asked) = match with {
        SwapWith::Turn(other) => {
            let other = find(cx, other).await?;
            let person = other.person.filter(|_| other.section == mine.section && other.state == DutyState::Set).ok_or(Failure::NotFound(Kind::Duty))?;
            to_come(&desk, other.duty)?;
            (Some(other), person)
        }
        SwapWith::Person(person) => (None, person),
    };
    to_come(&desk, mine.duty)?;
    member(&desk, asked, mine.duty)?;
    if asked == asker {
        return Err(Failure::Refused(CoverRefusal::Swap(SwapRefusal::Cannot { person: asked })));
    }
    fits(cx.db().reader(), &desk, &mine, other.as_ref(), (asker, asked)).await?;
    let (by, at, other) = (actor.clone(), cx.clock().now(), other.map(|other| other.id));
    let id = cx
        .db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                let id = insert(transaction, id, other, (asker, asked), at).await?;
                audit::record(transaction, at, &by, "duty.swap_ask", format!("duty:{}", mine.id), json!({ "swap": id, "asked": asked })).await?;
                Ok(id)
            })
        })
        .await?;
    told(cx, [asker, asked]).await;
    Ok(id)
}

async fn insert(
    transaction: &DatabaseTransaction,
    duty: DutyId,
    other: Option<DutyId>,
    (asker, asked): (PersonId, PersonId),
    at: DateTime<Utc>,
) -> Result<SwapId, Refusal> {
    let row = duty_swap::ActiveModel {
        id: NotSet,
        duty_id: Set(duty.0),
        other_id: Set(other.map(|other| other.0)),
        asked_by: Set(asker.0),
        asked: Set(asked.0),
        state: Set(SwapState::Asked.code().to_owned()),
        open: Set(Some(1)),
        asked_at: Set(at),
        answered_at: Set(None),
    };
    match duty_swap::Entity::insert(row).exec(transaction).await {
        Ok(inserted) => Ok(SwapId(inserted.last_insert_id)),
        Err(error) if is_unique_violation(&error) => Err(Failure::Refused(CoverRefusal::AskedAlready)),
        Err(error) => Err(error.into()),
    }
}

/// Says yes or no to a wish to exchange.
///
/// # Errors
/// `NotFound` for a wish to somebody else; `Refused` when it was answered or taken back, or the turns have changed since.
pub async fn answer_swap(cx: &Services, actor: &Actor, id: SwapId, yes: bool) -> Result<SectionId, Refusal> {
    let row = duty_swap::Entity::find_by_id(id.0).one(cx.db().reader()).await?.ok_or(Failure::NotFound(Kind::Swap))?;
    let (asker, asked) = (PersonId(row.asked_by), PersonId(row.asked));
    if !actor.may_act_for(asked) {
        return Err(Failure::NotFound(Kind::Swap));
    }
    let mine = find(cx, DutyId(row.duty_id)).await?;
    let desk = Desk::open(cx, actor, mine.section)?;
    let (by, at) = (actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let (by, desk) = (by.clone(), desk.clone());
            Box::pin(async move {
                let state = if yes { SwapState::Agreed } else { SwapState::Refused };
                close(transaction, id, state, at).await?;
                if yes {
                    exchange(transaction, &desk, DutyId(row.duty_id), row.other_id.map(DutyId), (asker, asked)).await?;
                }
                audit::record(transaction, at, &by, "duty.swap_answer", format!("duty:{}", row.duty_id), json!({ "swap": id, "now": state })).await?;
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    told(cx, [asker, asked]).await;
    Ok(mine.section)
}

/// Takes back a wish nobody has answered.
///
/// # Errors
/// `NotFound` for somebody else's; `Refused` when it was answered.
pub async fn withdraw_swap(cx: &Services, actor: &Actor, id: SwapId) -> Result<SectionId, Refusal> {
    let row = duty_swap::Entity::find_by_id(id.0).one(cx.db().reader()).await?.ok_or(Failure::NotFound(Kind::Swap))?;
    if !actor.may_act_for(PersonId(row.asked_by)) {
        return Err(Failure::NotFound(Kind::Swap));
    }
    let section = find(cx, DutyId(row.duty_id)).await?.section;
    let (by, at) = (actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                close(transaction, id, SwapState::Withdrawn, at).await?;
                audit::record(transaction, at, &by, "duty.swap_withdraw", format!("duty:{}", row.duty_id), json!({ "swap": id })).await?;
                Ok::<_, Refusal>(())
            })
        })
        .await?;
    told(cx, [PersonId(row.asked_by), PersonId(row.asked)]).await;
    Ok(section)
}

/// Ends a wish, once: of two answers that come together one finds it ended.
async fn close(transaction: &DatabaseTransaction, id: SwapId, state: SwapState, at: DateTime<Utc>) -> Result<(), Refusal> {
    let closed = ended(state, at).filter(duty_swap::Column::Id.eq(id.0)).filter(duty_swap::Column::Open.eq(1)).exec(transaction).await?;
    if closed.rows_affected == 1 { Ok(()) } else { Err(Failure::Refused(CoverRefusal::Changed)) }
}

fn ended(state: SwapState, at: DateTime<Utc>) -> sea_orm::UpdateMany<duty_swap::Entity> {
    duty_swap::Entity::update_many()
        .col_expr(duty_swap::Column::State, Expr::value(state.code()))
        .col_expr(duty_swap::Column::Open, Expr::value(None::<i16>))
        .col_expr(duty_swap::Column::AnsweredAt, Expr::value(Some(at)))
}

/// Ends every wish about a turn that changes in another way.
pub(super) async fn end_open(transaction: &DatabaseTransaction, id: DutyId, at: DateTime<Utc>) -> Result<(), DbErr> {
    let about = Condition::any().add(duty_swap::Column::DutyId.eq(id.0)).add(duty_swap::Column::OtherId.eq(id.0));
    ended(SwapState::Withdrawn, at).filter(about).filter(duty_swap::Column::Open.eq(1)).exec(transaction).await.map(drop)
}

/// Both turns change hands, if both are still whose they were.
async fn exchange(
    transaction: &DatabaseTransaction,
    desk: &Desk,
    mine: DutyId,
    other: Option<DutyId>,
    (asker, asked): (PersonId, PersonId),
) -> Result<(), Refusal> {
    // In the order of their numbers, so that two exchanges cannot wait for each other.
    let mut locked = Vec::new();
    let mut ids: Vec<DutyId> = [Some(mine), other].into_iter().flatten().collect();
    ids.sort_unstable();
    for id in ids {
        locked.push(lock(transaction, id).await?);
    }
    let row = |id: DutyId| locked.iter().copied().find(|row| row.id == id);
    let changed = || Failure::Refused(CoverRefusal::Changed);
    let mine = row(mine).filter(|row| row.person == Some(asker) && row.state == DutyState::Set).ok_or_else(changed)?;
    let other = match other {
        Some(other) => Some(row(other).filter(|row| row.person == Some(asked) && row.state == DutyState::Set).ok_or_else(changed)?),
        None => None,
    };
    for row in [Some(mine), other].into_iter().flatten() {
        to_come(desk, row.duty)?;
        let_go(transaction, row.id).await?;
    }
    fits(transaction, desk, &mine, other.as_ref(), (asker, asked)).await?;
    for (row, person) in [(Some(mine), asked), (other, asker)] {
        let Some(row) = row else { continue };
        place(transaction, row.id, person, DutyState::Set).await?;
        held(hold(transaction, row.id, person, row.duty).await, person)?;
        end_open(transaction, row.id, desk.at).await?;
    }
    Ok(())
}

/// Whether both can serve what they would have then.
async fn fits(
    connection: &impl ConnectionTrait,
    desk: &Desk,
    mine: &Stored,
    other: Option<&Stored>,
    (asker, asked): (PersonId, PersonId),
) -> Result<(), Refusal> {
    let first = other.map_or(mine.duty.on, |other| other.duty.on.min(mine.duty.on));
    let last = other.map_or(mine.duty.on, |other| other.duty.on.max(mine.duty.on));
    let after = last.succ_opt().unwrap_or(last);
    let mut able = candidates(connection, desk, mine.kind, (first, after)).await?;
    // No share of the rota is no reason against a favour.
    able.iter_mut().for_each(|candidate: &mut Candidate| candidate.weight_percent = candidate.weight_percent.max(1));
    let rows = duty::Entity::find()
        .filter(duty::Column::PersonId.is_in([asker.0, asked.0]))
        .filter(duty::Column::LocalDate.gte(first))
        .filter(duty::Column::LocalDate.lt(after))
        .filter(duty::Column::State.is_in([DutyState::Set.code(), DutyState::Draft.code()]));
    let exchanged = |id: i64| id == mine.id.0 || other.is_some_and(|other| other.id.0 == id);
    let mut turns = vec![Turn { duty: mine.duty, person: Some(asker) }];
    turns.extend(other.map(|other| Turn { duty: other.duty, person: Some(asked) }));
    for row in rows.all(connection).await?.iter().filter(|row| !exchanged(row.id)) {
        let row = super::rows::stored(row)?;
        turns.push(Turn { duty: row.duty, person: row.person });
    }
    if other.is_some() {
        return swap(&turns, (0, 1), &[asker, asked], &able).map(drop).map_err(|why| Failure::Refused(CoverRefusal::Swap(why)));
    }
    if turns[1..].iter().any(|turn| turn.person == Some(asked) && turn.duty.overlaps(mine.duty)) {
        return Err(Failure::Refused(CoverRefusal::Busy { person: asked }));
    }
    let can = able.iter().any(|candidate| candidate.person == asked && candidate.can(&mine.duty));
    if can { Ok(()) } else { Err(Failure::Refused(CoverRefusal::Swap(SwapRefusal::Cannot { person: asked }))) }
}
