//! A rota for a span of days: proposed as drafts that only the head sees, changed by hand, published or thrown away.

use super::{
    candidates::candidates,
    desk::Desk,
    rows::stored,
    turns::{Give, insert, next_place, told},
};
use crate::{Actor, Failure, Services, audit};
use chrono::NaiveDate;
use domain::{
    PersonId, SectionId,
    booking::Weekdays,
    telephone::cover::{CoverRefusal, CoverRuleWish, Duty, DutyKind, DutyState, Turn, duties, propose as fair},
};
use entity::duty;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use serde_json::json;

/// The most days of one proposal.
const MOST_DAYS: i64 = 92;

/// What is to be proposed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// The section.
    pub section: SectionId,
    /// What the turns are for.
    pub kind: DutyKind,
    /// First day.
    pub from_on: NaiveDate,
    /// The day after the last.
    pub until_on: NaiveDate,
    /// On which weekdays; closed days have no turns.
    pub weekdays: Weekdays,
    /// Stretches of a day, first and last minute (not included).
    pub hours: Vec<(u16, u16)>,
    /// People a stretch.
    pub people: u16,
}

type Refusal = Failure<CoverRefusal>;

/// Proposes a fair rota as drafts, beside the turns that are given already. Answers how many turns it has.
///
/// # Errors
/// `NotFound`, `Denied` for who does not lead the section; `Refused` for days, hours or numbers that make no sense, and when there is
/// no turn to give.
pub async fn propose(cx: &Services, actor: &Actor, wish: Proposal) -> Result<usize, Refusal> {
    let desk = Desk::led(cx, actor, wish.section)?;
    check(&wish)?;
    let from_on = wish.from_on.max(desk.today());
    let wanted = duties(&desk.site()?.policy, (from_on, wish.until_on), wish.weekdays, &wish.hours, wish.people);
    let (by, at) = (actor.clone(), cx.clock().now());
    let count = cx
        .db()
        .write(move |transaction| {
            let (by, desk, wish, wanted) = (by.clone(), desk.clone(), wish.clone(), wanted.clone());
            Box::pin(async move {
                let given = given(transaction, &desk, (from_on, wish.until_on)).await?;
                let missing = missing(wanted, &given, &wish);
                if missing.is_empty() {
                    return Err(Failure::Refused(CoverRefusal::Nothing));
                }
                let able = candidates(transaction, &desk, wish.kind, (from_on, wish.until_on)).await?;
                let beside: Vec<Turn> = given.iter().map(|(_, _, turn)| *turn).collect();
                let rota = fair(&missing, &able, &beside);
                for turn in &rota.turns {
                    let give = Give { section: wish.section, kind: wish.kind, duty: turn.duty, person: PersonId(0), how: super::How::Set };
                    let place = next_place(transaction, wish.section, wish.kind, turn.duty).await?;
                    insert(transaction, &give, place, turn.person, DutyState::Draft, at).await?;
                }
                let detail = json!({ "kind": wish.kind, "from": from_on, "until": wish.until_on, "turns": rota.turns.len() });
                audit::record(transaction, at, &by, "duty.propose", format!("section:{}", wish.section), detail).await?;
                Ok(rota.turns.len())
            })
        })
        .await?;
    Ok(count)
}

fn check(wish: &Proposal) -> Result<(), Refusal> {
    let refuse = |why| Err(Failure::Refused(why));
    if wish.until_on <= wish.from_on || (wish.until_on - wish.from_on).num_days() > MOST_DAYS {
        return refuse(CoverRefusal::Days);
    }
    if wish.weekdays == Weekdays::default() {
        return refuse(CoverRefusal::Weekdays);
    }
    if !(1..=CoverRuleWish::MOST).contains(&wish.people) {
        return refuse(CoverRefusal::Needed);
    }
    let whole = wish.hours.iter().all(|(from, until)| Duty::new(wish.from_on, *from, *until).is_ok());
    if wish.hours.is_empty() || !whole { refuse(CoverRefusal::Hours) } else { Ok(()) }
}

/// Turns that are given already: those of the section, and every turn of its members elsewhere.
async fn given(connection: &impl ConnectionTrait, desk: &Desk, (from_on, until_on): (NaiveDate, NaiveDate)) -> Result<Vec<(SectionId, DutyKind, Turn)>, DbErr> {
    let rows = duty::Entity::find()
        .filter(duty::Column::LocalDate.gte(from_on))
        .filter(duty::Column::LocalDate.lt(until_on))
        .filter(duty::Column::State.ne(DutyState::Declined.code()));
    let mut found = Vec::new();
    for row in rows.all(connection).await? {
        let row = stored(&row)?;
        let own = row.section == desk.section.id;
        if own || row.person.is_some_and(|person| desk.is_member(person, row.duty.on)) {
            found.push((row.section, row.kind, Turn { duty: row.duty, person: row.person }));
        }
    }
    Ok(found)
}

/// The wanted turns that the section does not have yet: proposing twice changes nothing.
fn missing(wanted: Vec<Duty>, given: &[(SectionId, DutyKind, Turn)], wish: &Proposal) -> Vec<Duty> {
    let mut there: Vec<Duty> = given.iter().filter(|(section, kind, _)| (*section, *kind) == (wish.section, wish.kind)).map(|(.., turn)| turn.duty).collect();
    let is_missing = |duty: &Duty| match there.iter().position(|given| given == duty) {
        Some(at) => {
            there.swap_remove(at);
            false
        }
        None => true,
    };
    let mut missing = wanted;
    let mut is_missing = is_missing;
    missing.retain(|duty| is_missing(duty));
    missing
}

/// Publishes the section's drafts that somebody has. Answers how many.
///
/// # Errors
/// `NotFound`, `Denied` for who does not lead the section; `Refused` when there is none.
pub async fn publish(cx: &Services, actor: &Actor, section: SectionId) -> Result<usize, Refusal> {
    Desk::led(cx, actor, section)?;
    let (by, at) = (actor.clone(), cx.clock().now());
    let people = cx
        .db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                let drafts = drafts(section).filter(duty::Column::PersonId.is_not_null()).lock_exclusive().all(transaction).await?;
                if drafts.is_empty() {
                    return Err(Failure::Refused(CoverRefusal::Nothing));
                }
                duty::Entity::update_many()
                    .col_expr(duty::Column::State, Expr::value(DutyState::Set.code()))
                    .filter(duty::Column::Id.is_in(drafts.iter().map(|row| row.id)))
                    .exec(transaction)
                    .await?;
                audit::record(transaction, at, &by, "duty.publish", format!("section:{section}"), json!({ "turns": drafts.len() })).await?;
                Ok(drafts.into_iter().filter_map(|row| row.person_id.map(PersonId)).collect::<Vec<_>>())
            })
        })
        .await?;
    let count = people.len();
    let mut people = people;
    people.sort_unstable();
    people.dedup();
    told(cx, people).await;
    Ok(count)
}

/// Throws the section's drafts away. Answers how many.
///
/// # Errors
/// `NotFound`, `Denied` for who does not lead the section; `Refused` when there is none.
pub async fn discard(cx: &Services, actor: &Actor, section: SectionId) -> Result<u64, Refusal> {
    Desk::led(cx, actor, section)?;
    let (by, at) = (actor.clone(), cx.clock().now());
    cx.db()
        .write(move |transaction| {
            let by = by.clone();
            Box::pin(async move {
                let gone = duty::Entity::delete_many()
                    .filter(duty::Column::SectionId.eq(section.0))
                    .filter(duty::Column::State.eq(DutyState::Draft.code()))
                    .exec(transaction)
                    .await?
                    .rows_affected;
                if gone == 0 {
                    return Err(Failure::Refused(CoverRefusal::Nothing));
                }
                audit::record(transaction, at, &by, "duty.discard", format!("section:{section}"), json!({ "turns": gone })).await?;
                Ok(gone)
            })
        })
        .await
}

fn drafts(section: SectionId) -> sea_orm::Select<duty::Entity> {
    duty::Entity::find().filter(duty::Column::SectionId.eq(section.0)).filter(duty::Column::State.eq(DutyState::Draft.code()))
}
