//! Calls of months, counted. A month whose calls are all still kept is counted when somebody looks; before the first of them is
//! forgotten it is written down, without numbers and without names.

use super::{event::KEPT_FOR, head::Heads};
use crate::{Actor, Failure, Never, Services};
use chrono::{DateTime, NaiveTime, Timelike, Utc};
use domain::{
    PersonId, SectionId, SiteId,
    account::Role,
    telephone::{
        Outcome, Snapshot,
        totals::{Called, Counted, Month, Taker, Totals, count},
        view::MonthView,
    },
};
use entity::{call, call_total};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, sea_query::OnConflict};
use std::collections::{BTreeMap, BTreeSet};

/// How many months a year has.
const YEAR: u32 = 12;
/// How long counted months are kept.
const TOTALS_KEPT: u32 = 5 * YEAR;

type Counts = BTreeMap<(Called, u8), Totals>;

/// Whose totals somebody may see.
enum Seen {
    /// Everybody's: who administers, and who audits.
    All,
    /// Those of the sections somebody heads.
    Sections(BTreeSet<SectionId>),
}

impl Seen {
    fn of(cx: &Services, actor: &Actor) -> Result<Self, Failure<Never>> {
        if actor.administers_people() || matches!(actor, Actor::Person { role: Role::Auditor, .. }) {
            return Ok(Self::All);
        }
        let own = headed(cx, actor);
        if own.is_empty() { Err(Failure::Denied) } else { Ok(Self::Sections(own)) }
    }

    fn has(&self, called: Called) -> bool {
        match (self, called) {
            (Self::All, _) => true,
            (Self::Sections(own), Called::Main(section) | Called::Section(section)) => own.contains(&section),
            (Self::Sections(_), Called::People | Called::Other) => false,
        }
    }
}

fn headed(cx: &Services, actor: &Actor) -> BTreeSet<SectionId> {
    let (office, board) = (cx.office(), cx.board());
    let heads = Heads::of(&office, &board, board.loaded_on);
    board.world.sections().filter(|section| section.unit.is_some_and(|unit| heads.heads(actor, unit))).map(|section| section.id).collect()
}

/// Calls of a month.
///
/// # Errors
/// `Denied` for who neither administers, audits nor heads a section; when the store cannot be read.
pub async fn month_totals(cx: &Services, actor: &Actor, month: Month) -> Result<MonthView, Failure<Never>> {
    let seen = Seen::of(cx, actor)?;
    let (board, mut rows, mut hours) = (cx.board(), BTreeMap::<Called, Totals>::new(), [Totals::default(); 24]);
    for ((called, hour), totals) in counts(cx, month).await?.into_iter().filter(|((called, _), _)| seen.has(*called)) {
        let row = rows.entry(called).or_default();
        *row = row.plus(totals);
        let slot = &mut hours[usize::from(hour) % 24];
        *slot = slot.plus(totals);
    }
    let name = |called| match called {
        Called::Main(id) | Called::Section(id) => board.world.section(id, board.loaded_on).map(|section| section.name.clone()).unwrap_or_default(),
        Called::People | Called::Other => String::new(),
    };
    let mut rows: Vec<_> = rows.into_iter().map(|(called, totals)| (called, name(called), totals)).collect();
    rows.sort_by_key(|(called, _, totals)| (std::cmp::Reverse(totals.calls), *called));
    Ok(MonthView { month, rows, hours })
}

/// The last twelve months up to one, the oldest first.
///
/// # Errors
/// As [`month_totals`].
pub async fn year_totals(cx: &Services, actor: &Actor, until: Month) -> Result<Vec<(Month, Totals)>, Failure<Never>> {
    let seen = Seen::of(cx, actor)?;
    let mut year = Vec::new();
    for back in (0..YEAR).rev() {
        let month = until.back(back);
        let all = counts(cx, month).await?.into_iter().filter(|((called, _), _)| seen.has(*called));
        year.push((month, all.fold(Totals::default(), |sum, (_, totals)| sum.plus(totals))));
    }
    Ok(year)
}

/// Writes down every month that is over, and forgets those of more than five years ago. Returns how many months.
///
/// # Errors
/// When the store cannot be read or written.
pub async fn close_months(cx: &Services) -> Result<usize, Failure<Never>> {
    let this = current(cx);
    let mut written = 0;
    // A server that was off for long still has calls that nobody forgot.
    for month in (1..=YEAR).rev().map(|back| this.back(back)) {
        if !is_whole(cx, month) && !stored(cx, month).await?.is_empty() {
            continue;
        }
        let counted = live(cx, month).await?;
        if !counted.is_empty() {
            write(cx, month, counted).await?;
            written += 1;
        }
    }
    let oldest = this.back(TOTALS_KEPT).to_string();
    let forget = call_total::Entity::delete_many().filter(call_total::Column::Month.lt(oldest));
    cx.db()
        .write(move |transaction| {
            let forget = forget.clone();
            Box::pin(async move { Ok::<_, Failure<Never>>(forget.exec(transaction).await.map(drop)?) })
        })
        .await?;
    Ok(written)
}

fn current(cx: &Services) -> Month {
    Month::of(cx.board().loaded_on)
}

/// Whether no call of a month was forgotten yet.
fn is_whole(cx: &Services, month: Month) -> bool {
    span(cx, month).0 >= cx.clock().now() - KEPT_FOR
}

/// When a month begins and ends at the first site.
fn span(cx: &Services, month: Month) -> (DateTime<Utc>, DateTime<Utc>) {
    let zone = zone(cx);
    let midnight = |month: Month| {
        let wall = month.first().and_time(NaiveTime::MIN);
        wall.and_local_timezone(zone).earliest().map_or_else(|| wall.and_utc(), |at| at.to_utc())
    };
    (midnight(month), midnight(month.next()))
}

fn zone(cx: &Services) -> chrono_tz::Tz {
    cx.office().sites.values().next().map_or(chrono_tz::UTC, |site| site.zone)
}

async fn counts(cx: &Services, month: Month) -> Result<Counts, DbErr> {
    if is_whole(cx, month) { live(cx, month).await } else { stored(cx, month).await }
}

/// From the calls themselves.
async fn live(cx: &Services, month: Month) -> Result<Counts, DbErr> {
    let (from, until) = span(cx, month);
    let rows = call::Entity::find().filter(call::Column::StartedAt.gte(from)).filter(call::Column::StartedAt.lt(until)).all(cx.db().reader()).await?;
    let (board, zone) = (cx.board(), zone(cx));
    Ok(count(rows.iter().filter_map(|row| counted(&board.world, row, zone))))
}

fn counted(world: &Snapshot, row: &call::Model, zone: chrono_tz::Tz) -> Option<Counted> {
    let section = |id: Option<i64>| id.map(SectionId);
    let called = match (row.owner_kind.as_deref(), section(row.owner_id)) {
        (Some("main"), Some(id)) => Called::Main(id),
        (Some("section"), Some(id)) => Called::Section(id),
        (Some("person"), _) => Called::People,
        _ => Called::Other,
    };
    let wall = row.started_at.with_timezone(&zone).naive_local();
    let is_meant = |person: PersonId| match called {
        Called::Main(id) | Called::Section(id) => world.members_of(id, wall.date()).any(|member| member.person == person),
        Called::People => row.owner_id == Some(person.0),
        Called::Other => false,
    };
    let taker = match (row.answered_person_id.map(PersonId), &row.answered_by) {
        (Some(person), _) if is_meant(person) => Some(Taker::Meant),
        (Some(_), _) => Some(Taker::Another),
        (None, Some(_)) => Some(Taker::Fixed),
        (None, None) => None,
    };
    Some(Counted {
        called,
        hour: u8::try_from(wall.hour()).unwrap_or(0),
        outcome: Outcome::parse(&row.outcome)?,
        taker,
        answer_ms: row.answered_at.and_then(|at| u64::try_from((at - row.started_at).num_milliseconds()).ok()),
        passed_on: u32::try_from(row.passed_on).unwrap_or(0),
    })
}

/// From what was written down.
async fn stored(cx: &Services, month: Month) -> Result<Counts, DbErr> {
    let rows = call_total::Entity::find().filter(call_total::Column::Month.eq(month.to_string())).all(cx.db().reader()).await?;
    let whole = |value: i64| u64::try_from(value).unwrap_or(0);
    let mut counts = Counts::new();
    for row in rows {
        let called = match row.called.as_str() {
            "main" => Called::Main(SectionId(row.section_id)),
            "section" => Called::Section(SectionId(row.section_id)),
            "people" => Called::People,
            _ => Called::Other,
        };
        let totals = Totals {
            calls: whole(row.calls),
            answered: whole(row.answered),
            meant: whole(row.meant),
            fixed: whole(row.fixed),
            unanswered: whole(row.unanswered),
            abandoned: whole(row.abandoned),
            passed_on: whole(row.passed_on),
            answer_ms: whole(row.answer_ms),
        };
        let sum = counts.entry((called, u8::try_from(row.hour).unwrap_or(0))).or_default();
        *sum = sum.plus(totals);
    }
    Ok(counts)
}

async fn write(cx: &Services, month: Month, counts: Counts) -> Result<(), Failure<Never>> {
    let site = cx.office().sites.keys().next().copied().unwrap_or(SiteId(0));
    cx.db()
        .write(move |transaction| {
            let counts = counts.clone();
            Box::pin(async move {
                call_total::Entity::delete_many().filter(call_total::Column::Month.eq(month.to_string())).exec(transaction).await?;
                insert(transaction, site, month, &counts).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await
}

async fn insert(connection: &impl ConnectionTrait, site: SiteId, month: Month, counts: &Counts) -> Result<(), DbErr> {
    let whole = |value: u64| i64::try_from(value).unwrap_or(i64::MAX);
    let row = |((called, hour), totals): (&(Called, u8), &Totals)| {
        let (called, section) = match called {
            Called::Main(id) => ("main", id.0),
            Called::Section(id) => ("section", id.0),
            Called::People => ("people", 0),
            Called::Other => ("other", 0),
        };
        call_total::ActiveModel {
            month: Set(month.to_string()),
            site_id: Set(site.0),
            called: Set(called.to_owned()),
            section_id: Set(section),
            hour: Set(i32::from(*hour)),
            calls: Set(whole(totals.calls)),
            answered: Set(whole(totals.answered)),
            meant: Set(whole(totals.meant)),
            fixed: Set(whole(totals.fixed)),
            unanswered: Set(whole(totals.unanswered)),
            abandoned: Set(whole(totals.abandoned)),
            passed_on: Set(whole(totals.passed_on)),
            answer_ms: Set(whole(totals.answer_ms)),
        }
    };
    let rows: Vec<_> = counts.iter().map(row).collect();
    for rows in rows.chunks(500) {
        // Another server may write the same month at the same time.
        let key = [call_total::Column::Month, call_total::Column::SiteId, call_total::Column::Called, call_total::Column::SectionId, call_total::Column::Hour];
        call_total::Entity::insert_many(rows.to_vec()).on_conflict(OnConflict::columns(key).do_nothing().to_owned()).exec_without_returning(connection).await?;
    }
    Ok(())
}
