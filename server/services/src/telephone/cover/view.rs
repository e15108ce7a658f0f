//! The next two weeks at a section's telephone: every half-hour it asks for, the gaps, and who could fill each.

use super::{
    candidates::{candidates, served},
    desk::{Desk, SectionChoice, choices},
    plans::Plans,
    rows::stored,
    rules::StoredRule,
};
use crate::{Actor, Failure, Kind, Never, Services};
use chrono::{Days, NaiveDate, NaiveDateTime};
use domain::{
    DutyId, PersonId, SectionId,
    booking::minute_of,
    telephone::cover::{Candidate, CoverGap, CoverRule, Duty, DutyKind, DutyState, HalfHour, Planned, half_hours, join, who_could},
};
use entity::duty;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// Days shown: today and the thirteen after it.
const DAYS: u64 = 14;
/// People proposed for a gap.
const PROPOSED: usize = 3;

/// Somebody who could fill a gap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Could {
    /// The person.
    pub person: PersonId,
    /// The name.
    pub name: String,
    /// First and last minute (not included) of what they plan for that day anyway.
    pub there: Option<(u16, u16)>,
    /// Turns of the last three months and the coming two weeks.
    pub turns: u32,
}

/// A gap, and what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapView {
    /// The gap.
    pub gap: CoverGap,
    /// Who could, the best first; for who leads only.
    pub could: Vec<Could>,
    /// Everybody else who is free then, for who leads only.
    pub others: Vec<(PersonId, String)>,
    /// Who was asked and has not answered, and who said no.
    pub asked: Vec<(DutyId, String, DutyState)>,
}

/// The page of a section's telephone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CoverView {
    /// Sections to choose from.
    pub sections: Vec<SectionChoice>,
    /// The one shown.
    pub section: SectionChoice,
    /// What its wall shows.
    pub wall: NaiveDateTime,
    /// Every half-hour to come that a rule asks for.
    pub halves: Vec<HalfHour>,
    /// The gaps.
    pub gaps: Vec<GapView>,
    /// What the section asks for.
    pub rules: Vec<StoredRule>,
}

/// Half-hours to come of a section and who plans to be there.
struct Coming {
    halves: Vec<HalfHour>,
    planned: Vec<Planned>,
}

impl Coming {
    async fn read(connection: &impl ConnectionTrait, desk: &Desk, (from_on, until_on): (NaiveDate, NaiveDate)) -> Result<Self, Failure<Never>> {
        let rules: Vec<CoverRule> = own(desk).iter().map(|rule| rule.wish.rule(rule.section)).collect();
        let (policy, wall) = (&desk.site::<Never>()?.policy, desk.wall());
        let clock = desk.clock().ok_or(Failure::NotFound(Kind::Site))?;
        let days = (from_on.max(wall.date()), until_on);
        let plans = Plans { office: &desk.office, board: &desk.board, section: desk.section.id, clock, days };
        let planned = plans.read(connection).await?;
        let mut halves = half_hours(&rules, policy, days, &planned);
        halves.retain(|half| half.on > wall.date() || half.until_minute > minute_of(wall));
        Ok(Self { halves, planned })
    }

    fn gaps(&self, section: SectionId) -> Vec<CoverGap> {
        let short: Vec<HalfHour> = self.halves.iter().filter(|half| half.planned < half.needed).copied().collect();
        join(section, &short)
    }
}

fn own(desk: &Desk) -> Vec<StoredRule> {
    desk.board.cover.iter().filter(|rule| rule.section == desk.section.id).copied().collect()
}

fn two_weeks(desk: &Desk) -> (NaiveDate, NaiveDate) {
    let today = desk.today();
    (today, today.checked_add_days(Days::new(DAYS)).unwrap_or(today))
}

/// The next two weeks of a section; of the viewer's first section with a rule without one. `None` where the viewer has no section.
///
/// # Errors
/// `NotFound` for a section that the viewer neither belongs to nor leads.
pub async fn cover(cx: &Services, actor: &Actor, section: Option<SectionId>) -> Result<Option<CoverView>, Failure<Never>> {
    let board = cx.board();
    let sections = choices(&cx.office(), &board, actor, cx.clock().now());
    let ruled = |choice: &&SectionChoice| board.cover.iter().any(|rule| rule.section == choice.id);
    let chosen = section.or_else(|| sections.iter().find(ruled).or(sections.first()).map(|choice| choice.id));
    let Some(chosen) = chosen else { return Ok(None) };
    let desk = Desk::open(cx, actor, chosen)?;
    let connection = cx.db().snapshot().await?;
    let coming = Coming::read(&connection, &desk, two_weeks(&desk)).await?;
    let gaps = with_helpers(&connection, &desk, &coming).await?;
    connection.commit().await?;
    Ok(Some(CoverView { sections, section: desk.choice(), wall: desk.wall(), halves: coming.halves, gaps, rules: own(&desk) }))
}

/// The gaps of a section in the half-open range of days, at most 92; those that are over are none.
///
/// # Errors
/// `NotFound` for a section that the viewer neither belongs to nor leads.
pub async fn gaps(cx: &Services, actor: &Actor, section: SectionId, days: Option<(NaiveDate, NaiveDate)>) -> Result<Vec<CoverGap>, Failure<Never>> {
    let desk = Desk::open(cx, actor, section)?;
    let days = days.unwrap_or_else(|| two_weeks(&desk));
    Ok(Coming::read(cx.db().reader(), &desk, days).await?.gaps(section))
}

/// The first gap of each section that a person leads as its head, and how many there are: what a head is told on the home page. Who
/// administers the house is told of no section but their own.
///
/// # Errors
/// When the store cannot be read.
pub async fn heads_news(cx: &Services, actor: &Actor) -> Result<Vec<(SectionChoice, CoverGap, usize)>, Failure<Never>> {
    let board = cx.board();
    if board.cover.is_empty() {
        return Ok(Vec::new());
    }
    let mut news = Vec::new();
    for choice in choices(&cx.office(), &board, actor, cx.clock().now()).into_iter().filter(|choice| choice.mine && choice.leads) {
        if board.cover.iter().all(|rule| rule.section != choice.id) {
            continue;
        }
        let gaps = gaps(cx, actor, choice.id, None).await?;
        if let Some(first) = gaps.first() {
            news.push((choice, *first, gaps.len()));
        }
    }
    Ok(news)
}

/// What a gap is read with, once for all gaps.
struct Helpers {
    candidates: Vec<Candidate>,
    turns: HashMap<PersonId, u32>,
    rows: Vec<super::rows::Stored>,
}

async fn with_helpers(connection: &impl ConnectionTrait, desk: &Desk, coming: &Coming) -> Result<Vec<GapView>, Failure<Never>> {
    let days = two_weeks(desk);
    let gaps = coming.gaps(desk.section.id);
    if gaps.is_empty() {
        return Ok(Vec::new());
    }
    let mut turns: HashMap<PersonId, u32> = HashMap::new();
    let window_on = days.0.checked_sub_days(Days::new(super::candidates::COUNTED_DAYS)).unwrap_or(days.0);
    for (person, (count, _)) in served(connection, desk, DutyKind::Phone, (window_on, days.1)).await? {
        turns.insert(person, count);
    }
    let mut candidates = candidates(connection, desk, DutyKind::Phone, days).await?;
    for candidate in &mut candidates {
        candidate.served = candidate.served.max(turns.get(&candidate.person).copied().unwrap_or(0));
    }
    let helpers = Helpers { candidates, turns, rows: held(connection, days).await? };
    Ok(gaps.into_iter().map(|gap| view(desk, coming, &helpers, gap)).collect())
}

/// Every turn of the days, whoever's section it is: a person has one body.
async fn held(connection: &impl ConnectionTrait, (from_on, until_on): (NaiveDate, NaiveDate)) -> Result<Vec<super::rows::Stored>, DbErr> {
    let rows = duty::Entity::find().filter(duty::Column::LocalDate.gte(from_on)).filter(duty::Column::LocalDate.lt(until_on));
    rows.all(connection).await?.iter().map(stored).collect()
}

fn view(desk: &Desk, coming: &Coming, helpers: &Helpers, gap: CoverGap) -> GapView {
    let wanted = Duty { on: gap.on, from_minute: gap.from_minute, until_minute: gap.until_minute };
    let of_day: Vec<&Planned> = coming.planned.iter().filter(|row| row.on == gap.on).collect();
    let there: Vec<PersonId> = of_day.iter().map(|row| row.person).collect();
    // Who is at the telephone then fills nothing; who has another turn cannot.
    let busy = |person: PersonId| {
        let planned = of_day.iter().any(|row| row.person == person && row.from_minute < gap.until_minute && gap.from_minute < row.until_minute);
        let turn = |row: &super::rows::Stored| row.person == Some(person) && row.state != DutyState::Declined && row.duty.overlaps(wanted);
        planned || helpers.rows.iter().any(turn)
    };
    let mut could: Vec<Could> = Vec::new();
    if desk.leads() {
        let free = who_could(&wanted, &helpers.candidates, &there).into_iter().filter(|person| !busy(*person));
        could = free.filter_map(|person| could_view(desk, &of_day, helpers, person)).collect();
    }
    let mut others: Vec<(PersonId, String)> = could.split_off(could.len().min(PROPOSED)).into_iter().map(|person| (person.person, person.name)).collect();
    if desk.leads() {
        let known: Vec<PersonId> = could.iter().map(|person| person.person).chain(others.iter().map(|(person, _)| *person)).collect();
        let rest = desk.members(gap.on).into_iter().filter(|person| !known.contains(person) && !busy(*person));
        others.extend(rest.filter_map(|person| Some((person, desk.name(person)?))));
    }
    let asked = helpers.rows.iter().filter(|row| row.section == gap.section && row.kind == DutyKind::Phone && row.duty.overlaps(wanted));
    let asked = asked.filter(|row| matches!(row.state, DutyState::Asked | DutyState::Declined) && desk.leads());
    GapView { gap, could, others, asked: asked.filter_map(|row| Some((row.id, desk.name(row.person?)?, row.state))).collect() }
}

fn could_view(desk: &Desk, of_day: &[&Planned], helpers: &Helpers, person: PersonId) -> Option<Could> {
    let own = || of_day.iter().filter(|row| row.person == person);
    let there = own().map(|row| row.from_minute).min().zip(own().map(|row| row.until_minute).max());
    Some(Could { person, name: desk.name(person)?, there, turns: helpers.turns.get(&person).copied().unwrap_or(0) })
}
