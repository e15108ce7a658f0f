//! What is read of the rota: a section's month, one's own turns, wishes to exchange them.

use super::{
    candidates::{COUNTED_DAYS, members, served},
    desk::{Desk, SectionChoice, choices},
    member::MemberView,
    rows::{Stored, stored},
};
use crate::{Actor, Failure, Never, Services};
use chrono::{Datelike, Days, Months, NaiveDate, NaiveDateTime};
use domain::{
    DutyId, PersonId, SectionId, SwapId,
    booking::minute_of,
    telephone::cover::{Duty, DutyKind, DutyState},
};
use entity::{duty, duty_swap};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder};
use std::collections::{BTreeMap, HashSet};

/// A turn as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TurnView {
    /// Its number.
    pub id: DutyId,
    /// What it is for.
    pub kind: DutyKind,
    /// When.
    pub duty: Duty,
    /// Who has it, and the name if the viewer may know of them; nobody when nobody can serve.
    pub person: Option<(PersonId, Option<String>)>,
    /// Where it is in its life.
    pub state: DutyState,
    /// Whether it is the viewer's.
    pub mine: bool,
    /// Whether a wish to exchange it waits for an answer.
    pub waits: bool,
}

/// How often somebody has served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TallyView {
    /// The member.
    pub member: MemberView,
    /// Turns of the last three months before the month shown.
    pub before: u32,
    /// Turns of the month shown, drafts included.
    pub month: u32,
}

/// A month of a section's rota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RotaView {
    /// Sections to choose from.
    pub sections: Vec<SectionChoice>,
    /// The one shown.
    pub section: SectionChoice,
    /// What its wall shows.
    pub wall: NaiveDateTime,
    /// First of the month.
    pub from_on: NaiveDate,
    /// First of the next.
    pub until_on: NaiveDate,
    /// The turns by day and hour; drafts for who leads only.
    pub turns: Vec<TurnView>,
    /// How often everybody serves.
    pub tallies: Vec<TallyView>,
    /// Wishes to exchange that wait for the viewer, or that the viewer waits for.
    pub swaps: Vec<SwapView>,
    /// Who looks, if it is a member.
    pub me: Option<PersonId>,
}

/// A wish to exchange turns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SwapView {
    /// Its number.
    pub id: SwapId,
    /// The section.
    pub section: SectionId,
    /// What is given away: what for and when.
    pub gives: (DutyKind, Duty),
    /// What is wanted for it.
    pub wants: Option<(DutyKind, Duty)>,
    /// Who asks.
    pub asked_by: String,
    /// Who is asked.
    pub asked: String,
    /// Whether the viewer is to answer; else they asked.
    pub to_me: bool,
}

/// One's own turn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MyTurn {
    /// Its number.
    pub id: DutyId,
    /// The section.
    pub section: SectionId,
    /// Its name.
    pub section_name: String,
    /// What it is for.
    pub kind: DutyKind,
    /// When.
    pub duty: Duty,
    /// `Set`, or `Asked` while one has not answered.
    pub state: DutyState,
}

/// The month of a day in a section's rota; the viewer's first section without one. `None` where the viewer has no section.
///
/// # Errors
/// `NotFound` for a section that the viewer neither belongs to nor leads.
pub async fn rota(cx: &Services, actor: &Actor, section: Option<SectionId>, month_of: Option<NaiveDate>) -> Result<Option<RotaView>, Failure<Never>> {
    let sections = choices(&cx.office(), &cx.board(), actor, cx.clock().now());
    let Some(chosen) = section.or_else(|| sections.first().map(|choice| choice.id)) else { return Ok(None) };
    let desk = Desk::open(cx, actor, chosen)?;
    let month = month_of.unwrap_or_else(|| desk.today());
    let from_on = month.with_day(1).unwrap_or(month);
    let until_on = from_on.checked_add_months(Months::new(1)).unwrap_or(from_on);
    let connection = cx.db().snapshot().await?;
    let rows = section_rows(&connection, chosen, (from_on, until_on)).await?;
    let waiting = waiting(&connection).await?;
    let me = actor.person().filter(|person| desk.is_member(*person, desk.today()));
    let turns: Vec<TurnView> = rows.into_iter().filter_map(|row| view(&desk, &row, me, &waiting)).collect();
    let tallies = tallies(&connection, &desk, from_on, &turns).await?;
    let swaps = match actor.person() {
        Some(person) => swaps(&connection, cx, person, Some(chosen)).await?,
        None => Vec::new(),
    };
    connection.commit().await?;
    Ok(Some(RotaView { sections, section: desk.choice(), wall: desk.wall(), from_on, until_on, turns, tallies, swaps, me }))
}

/// A section's turns in the half-open range of days, for programs; drafts for who leads only.
///
/// # Errors
/// `NotFound` for a section that the viewer neither belongs to nor leads.
pub async fn section_turns(cx: &Services, actor: &Actor, section: SectionId, days: (NaiveDate, NaiveDate)) -> Result<Vec<TurnView>, Failure<Never>> {
    let desk = Desk::open(cx, actor, section)?;
    let rows = section_rows(cx.db().reader(), section, days).await?;
    let waiting = waiting(cx.db().reader()).await?;
    Ok(rows.into_iter().filter_map(|row| view(&desk, &row, actor.person(), &waiting)).collect())
}

async fn section_rows(connection: &impl ConnectionTrait, section: SectionId, (from_on, until_on): (NaiveDate, NaiveDate)) -> Result<Vec<Stored>, DbErr> {
    let rows = duty::Entity::find()
        .filter(duty::Column::SectionId.eq(section.0))
        .filter(duty::Column::LocalDate.gte(from_on))
        .filter(duty::Column::LocalDate.lt(until_on))
        .order_by_asc(duty::Column::LocalDate)
        .order_by_asc(duty::Column::FromMinute)
        .order_by_asc(duty::Column::Kind)
        .order_by_asc(duty::Column::Place);
    rows.all(connection).await?.iter().map(stored).collect()
}

/// Turns about which a wish waits.
async fn waiting(connection: &impl ConnectionTrait) -> Result<HashSet<i64>, DbErr> {
    let rows = duty_swap::Entity::find().filter(duty_swap::Column::Open.eq(1)).all(connection).await?;
    Ok(rows.into_iter().flat_map(|row| [Some(row.duty_id), row.other_id]).flatten().collect())
}

/// A turn as the viewer may see it.
fn view(desk: &Desk, row: &Stored, me: Option<PersonId>, waiting: &HashSet<i64>) -> Option<TurnView> {
    let mine = row.person.is_some() && row.person == me;
    let seen = match row.state {
        DutyState::Set => true,
        DutyState::Draft => desk.leads(),
        // Who was asked, and what they said, is between them and the head.
        DutyState::Asked | DutyState::Declined => desk.leads() || mine,
    };
    seen.then(|| TurnView {
        id: row.id,
        kind: row.kind,
        duty: row.duty,
        person: row.person.map(|person| (person, desk.name(person))),
        state: row.state,
        mine,
        waits: waiting.contains(&row.id.0),
    })
}

async fn tallies(connection: &impl ConnectionTrait, desk: &Desk, from_on: NaiveDate, turns: &[TurnView]) -> Result<Vec<TallyView>, DbErr> {
    let window_on = from_on.checked_sub_days(Days::new(COUNTED_DAYS)).unwrap_or(from_on);
    let mut before: BTreeMap<PersonId, u32> = BTreeMap::new();
    for kind in DutyKind::ALL {
        for (person, (turns, _)) in served(connection, desk, kind, (window_on, from_on)).await? {
            *before.entry(person).or_default() += turns;
        }
    }
    let month = |person: PersonId| {
        let own = turns.iter().filter(|turn| turn.state.holds() && turn.person.as_ref().is_some_and(|(of, _)| *of == person));
        u32::try_from(own.count()).unwrap_or(u32::MAX)
    };
    let people = members(connection, desk, desk.today().max(from_on)).await?;
    Ok(people.into_iter().map(|member| TallyView { before: before.get(&member.person).copied().unwrap_or(0), month: month(member.person), member }).collect())
}

/// One's own turns that are not over, those one was asked to take included.
///
/// # Errors
/// `Denied` for programs that are nobody.
pub async fn my_turns(cx: &Services, actor: &Actor, days: u64) -> Result<Vec<MyTurn>, Failure<Never>> {
    let person = actor.person().ok_or(Failure::Denied)?;
    let office = cx.office();
    let Some(site) = office.site_for(person, cx.clock().now().date_naive()) else { return Ok(Vec::new()) };
    let wall = site.now(cx.clock());
    let today = wall.date();
    let until_on = today.checked_add_days(Days::new(days)).unwrap_or(today);
    let rows = duty::Entity::find()
        .filter(duty::Column::PersonId.eq(person.0))
        .filter(duty::Column::LocalDate.gte(today))
        .filter(duty::Column::LocalDate.lt(until_on))
        .filter(duty::Column::State.is_in([DutyState::Set.code(), DutyState::Asked.code()]))
        .order_by_asc(duty::Column::LocalDate)
        .order_by_asc(duty::Column::FromMinute)
        .all(cx.db().reader())
        .await?;
    let to_come = |row: &&duty::Model| row.local_date > today || super::rows::minute(row.until_minute) > minute_of(wall);
    let board = cx.board();
    let name = |section: SectionId| board.world.sections().find(|row| row.id == section).map(|row| row.name.clone()).unwrap_or_default();
    rows.iter()
        .filter(to_come)
        .map(|row| {
            let row = stored(row)?;
            Ok(MyTurn { id: row.id, section: row.section, section_name: name(row.section), kind: row.kind, duty: row.duty, state: row.state })
        })
        .collect::<Result<Vec<_>, DbErr>>()
        .map_err(Into::into)
}

/// Wishes to exchange that wait for a person, or that they wait for.
///
/// # Errors
/// `Denied` for programs that are nobody.
pub async fn my_swaps(cx: &Services, actor: &Actor) -> Result<Vec<SwapView>, Failure<Never>> {
    let person = actor.person().ok_or(Failure::Denied)?;
    Ok(swaps(cx.db().reader(), cx, person, None).await?)
}

async fn swaps(connection: &impl ConnectionTrait, cx: &Services, person: PersonId, section: Option<SectionId>) -> Result<Vec<SwapView>, DbErr> {
    let theirs = Condition::any().add(duty_swap::Column::Asked.eq(person.0)).add(duty_swap::Column::AskedBy.eq(person.0));
    let open = duty_swap::Entity::find().filter(theirs).filter(duty_swap::Column::Open.eq(1)).order_by_asc(duty_swap::Column::Id);
    let open = open.all(connection).await?;
    let ids: Vec<i64> = open.iter().flat_map(|row| [Some(row.duty_id), row.other_id]).flatten().collect();
    let mut turns: BTreeMap<i64, Stored> = BTreeMap::new();
    for row in duty::Entity::find().filter(duty::Column::Id.is_in(ids)).all(connection).await? {
        turns.insert(row.id, stored(&row)?);
    }
    let office = cx.office();
    let name = |person: i64| office.people.get(&PersonId(person)).map(|person| person.name.clone()).unwrap_or_default();
    let view = |row: &duty_swap::Model| {
        let gives = turns.get(&row.duty_id)?;
        let wants = row.other_id.and_then(|other| turns.get(&other));
        Some(SwapView {
            id: SwapId(row.id),
            section: gives.section,
            gives: (gives.kind, gives.duty),
            wants: wants.map(|wants| (wants.kind, wants.duty)),
            asked_by: name(row.asked_by),
            asked: name(row.asked),
            to_me: row.asked == person.0,
        })
    };
    Ok(open.iter().filter_map(view).filter(|swap| section.is_none_or(|section| swap.section == section)).collect())
}
