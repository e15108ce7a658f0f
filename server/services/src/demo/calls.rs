//! Calls of the last weeks, so that the pages of the calls show something: more at ten and at one, more to the main number, some
//! that nobody answers.

use super::{instant, random::Random, telephones::LINK};
use crate::{Failure, Never, Services};
use chrono::{DateTime, Days, NaiveDate, NaiveTime, TimeDelta, Utc};
use domain::{
    PersonId,
    site::day_kind,
    telephone::{Number, NumberKind, Outcome, Snapshot},
};
use entity::call;
use sea_orm::{
    ActiveValue::{NotSet, Set},
    EntityTrait,
};
use std::sync::Arc;

/// How far back.
const DAYS: u64 = 75;
/// Calls on a day for every number that is shared, and for every ten that are people's.
const PER_SHARED: usize = 3;
/// Most calls on a day.
const MOST: usize = 120;
/// Begins of calls, minutes since midnight: the telephone is busiest where there are more of them.
const MINUTES: [i64; 14] = [520, 540, 560, 580, 600, 615, 630, 660, 690, 780, 800, 850, 920, 1_000];

/// Makes them; none where no site has telephones.
pub(super) async fn make_calls(cx: &Services, seed: u64) -> Result<(), Failure<Never>> {
    let (board, office) = (cx.board(), cx.office());
    let Some(site) = office.sites.values().next() else { return Ok(()) };
    let today = site.now(cx.clock()).date();
    let mut random = Random::new(seed, 7);
    let all: Vec<&Number> = board.world.numbers().filter(|number| number.valid.contains(today)).collect();
    let (shared, own): (Vec<&Number>, Vec<&Number>) = all.into_iter().partition(|number| matches!(number.kind, NumberKind::Main(_) | NumberKind::Section(_)));
    let a_day = (shared.len() * PER_SHARED + own.len() / 10).min(MOST);
    let mut rows = Vec::new();
    for on in (1..=DAYS).rev().filter_map(|back| today.checked_sub_days(Days::new(back))).filter(|on| day_kind(&site.policy, *on).is_none()) {
        for _ in 0..random.below(a_day + 1) / 2 + a_day / 2 {
            let list = if random.chance(600) { &shared } else { &own };
            let Some(number) = random.pick(list) else { continue };
            rows.push(one(&board.world, number, begin(&mut random, on, site.zone), rows.len(), &mut random));
        }
    }
    let rows = Arc::new(rows);
    cx.db()
        .write(move |transaction| {
            let rows = Arc::clone(&rows);
            Box::pin(async move {
                for rows in rows.chunks(1_000) {
                    call::Entity::insert_many(rows.to_vec()).exec_without_returning(transaction).await?;
                }
                Ok::<_, Failure<Never>>(())
            })
        })
        .await
}

fn begin(random: &mut Random, on: NaiveDate, zone: chrono_tz::Tz) -> DateTime<Utc> {
    let minute = random.pick(&MINUTES).copied().unwrap_or(600);
    let seconds = i64::try_from(random.below(20 * 60)).unwrap_or(0);
    let wall = on.and_time(NaiveTime::MIN) + TimeDelta::minutes(minute) + TimeDelta::seconds(seconds);
    instant(wall, zone)
}

fn one(world: &Snapshot, number: &Number, started_at: DateTime<Utc>, index: usize, random: &mut Random) -> call::ActiveModel {
    let (kind, id) = match number.kind {
        NumberKind::Person(id) => ("person", Some(id.0)),
        NumberKind::Section(id) => ("section", Some(id.0)),
        NumberKind::Main(id) => ("main", Some(id.0)),
        _ => ("other", None),
    };
    let rang = i64::try_from(2 + random.below(14)).unwrap_or(2);
    let outcome = match random.below(100) {
        0..88 => Outcome::Answered,
        88..94 => Outcome::Abandoned,
        _ => Outcome::Unanswered,
    };
    let taken = outcome == Outcome::Answered;
    let by = taken.then(|| answered_by(world, number, started_at, random)).flatten();
    let talked = i64::try_from(20 + random.below(400)).unwrap_or(20);
    let rang = if outcome == Outcome::Unanswered { 40 } else { rang };
    call::ActiveModel {
        id: NotSet,
        link_id: Set(LINK.into()),
        call_id: Set(format!("demo-{index}")),
        dialled: Set(number.ext.to_string()),
        caller: Set(format!("0875{:06}", 220_000 + random.below(80_000))),
        outside: Set(true),
        owner_kind: Set(Some(kind.into())),
        owner_id: Set(id),
        outcome: Set(outcome.code().into()),
        started_at: Set(started_at),
        answered_at: Set(taken.then(|| started_at + TimeDelta::seconds(rang))),
        ended_at: Set(Some(started_at + TimeDelta::seconds(if taken { rang + talked } else { rang }))),
        answered_by: Set(taken.then(|| by.map_or_else(|| "bcp-house".into(), |person| format!("mob-{person}")))),
        answered_person_id: Set(by.map(|person| person.0)),
        passed_on: Set(i32::from(taken && random.chance(120))),
    }
}

/// Whom it was for, most of the time; now and then the fixed telephone.
fn answered_by(world: &Snapshot, number: &Number, at: DateTime<Utc>, random: &mut Random) -> Option<PersonId> {
    match number.kind {
        NumberKind::Person(person) => Some(person),
        NumberKind::Section(section) | NumberKind::Main(section) if random.chance(850) => {
            let members: Vec<PersonId> = world.members_of(section, at.date_naive()).map(|member| member.person).collect();
            random.pick(&members).copied()
        }
        _ => None,
    }
}
