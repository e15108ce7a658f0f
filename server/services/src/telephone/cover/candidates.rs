//! Who may serve, with what is fair: shares, turns of the last three months, exclusions, leave.

use super::{
    desk::Desk,
    member::{MemberView, usual_weight, written},
};
use crate::telephone::follow::to_presence;
use chrono::{Days, NaiveDate};
use domain::{
    PersonId,
    telephone::{
        DayRange, PresenceState,
        cover::{Candidate, DutyKind, DutyState, Exclusion, absence, at_least},
    },
};
use entity::{duty, presence};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};
use std::collections::HashMap;

/// How far back turns count: longer, and a reorganisation would be repaid for a year.
pub(super) const COUNTED_DAYS: u64 = 92;

/// Members whom the viewer may know of, with shares and exclusions.
pub(super) async fn members(connection: &impl ConnectionTrait, desk: &Desk, on: NaiveDate) -> Result<Vec<MemberView>, DbErr> {
    let mut written = written(connection, desk.section.id).await?;
    let view = |person: PersonId| {
        let (weight_percent, exclusions) = written.remove(&person).unwrap_or_else(|| (usual_weight(desk, person), Vec::new()));
        Some(MemberView { person, name: desk.name(person)?, weight_percent, exclusions })
    };
    Ok(desk.members(on).into_iter().filter_map(view).collect())
}

/// Turns of a kind and the last day of them, by person, in the half-open range of days.
pub(super) async fn served(
    connection: &impl ConnectionTrait,
    desk: &Desk,
    kind: DutyKind,
    (from_on, until_on): (NaiveDate, NaiveDate),
) -> Result<HashMap<PersonId, (u32, NaiveDate)>, DbErr> {
    let rows = duty::Entity::find()
        .filter(duty::Column::SectionId.eq(desk.section.id.0))
        .filter(duty::Column::Kind.eq(kind.code()))
        .filter(duty::Column::State.eq(DutyState::Set.code()))
        .filter(duty::Column::LocalDate.gte(from_on))
        .filter(duty::Column::LocalDate.lt(until_on));
    let mut served: HashMap<PersonId, (u32, NaiveDate)> = HashMap::new();
    for row in rows.all(connection).await? {
        let Some(person) = row.person_id.map(PersonId) else { continue };
        let entry = served.entry(person).or_insert((0, row.local_date));
        *entry = (entry.0 + 1, entry.1.max(row.local_date));
    }
    Ok(served)
}

/// Who may serve turns of a kind in a range of days.
pub(super) async fn candidates(
    connection: &impl ConnectionTrait,
    desk: &Desk,
    kind: DutyKind,
    (from_on, until_on): (NaiveDate, NaiveDate),
) -> Result<Vec<Candidate>, DbErr> {
    let window_on = from_on.checked_sub_days(Days::new(COUNTED_DAYS)).unwrap_or(from_on);
    let served = served(connection, desk, kind, (window_on, from_on)).await?;
    let mut people = members(connection, desk, from_on).await?;
    let last = until_on.pred_opt().unwrap_or(from_on);
    people.extend(members(connection, desk, last).await?.into_iter().filter(|later| !desk.is_member(later.person, from_on)));
    let turns: u32 = people.iter().filter_map(|member| served.get(&member.person)).map(|(turns, _)| turns).sum();
    let average = turns / u32::try_from(people.len().max(1)).unwrap_or(1);
    let leave = leave(connection, desk, &people).await?;
    let candidate = |member: MemberView| {
        let (turns, last_on) = served.get(&member.person).map_or((0, None), |(turns, last_on)| (*turns, Some(*last_on)));
        let posts: Vec<DayRange> = desk.board.world.posts_of(member.person).filter(|post| post.section == desk.section.id).map(|post| post.valid).collect();
        let joined_on = posts.iter().map(|valid| valid.from_on).min().unwrap_or(window_on).max(window_on);
        let away = u32::try_from((joined_on - window_on).num_days()).unwrap_or(0);
        let outside = [
            Exclusion::Days(DayRange { from_on: NaiveDate::MIN, until_on: posts.iter().map(|valid| valid.from_on).min() }),
            Exclusion::Days(DayRange { from_on: last_day(&posts), until_on: None }),
        ];
        let gone = leave.iter().filter(|(person, _)| *person == member.person).map(|(_, days)| Exclusion::Days(*days));
        Candidate {
            person: member.person,
            weight_percent: member.weight_percent,
            served: at_least(turns, average, away, u32::try_from(COUNTED_DAYS).unwrap_or(u32::MAX)),
            last_on,
            exclusions: member.exclusions.into_iter().chain(outside).chain(gone).collect(),
        }
    };
    Ok(people.into_iter().map(candidate).collect())
}

/// The first day after somebody's posts in the section.
fn last_day(posts: &[DayRange]) -> NaiveDate {
    posts.iter().map(|valid| valid.until_on.unwrap_or(NaiveDate::MAX)).max().unwrap_or(NaiveDate::MIN)
}

/// Days of leave that people have said.
async fn leave(connection: &impl ConnectionTrait, desk: &Desk, people: &[MemberView]) -> Result<Vec<(PersonId, DayRange)>, DbErr> {
    let Some(clock) = desk.clock() else { return Ok(Vec::new()) };
    let numbers = people.iter().map(|member| member.person.0);
    let rows = presence::Entity::find().filter(presence::Column::PersonId.is_in(numbers)).filter(presence::Column::State.eq(PresenceState::Leave.code()));
    let mut found = Vec::new();
    for row in rows.all(connection).await? {
        let Some(away) = absence(&to_presence(&row)?, clock) else { continue };
        // A leave until noon takes the whole day from the rota: whose turn it is should not hang on when a train comes.
        let until_on =
            away.until.map(|until| if until.time() == chrono::NaiveTime::MIN { until.date() } else { until.date().succ_opt().unwrap_or(until.date()) });
        found.push((away.person, DayRange { from_on: away.from.date(), until_on }));
    }
    Ok(found)
}
