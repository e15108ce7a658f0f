//! Which numbers ring differently between two states of the telephones: before a change is stored, at each day from which it makes
//! a difference, and between two days.

use super::{board::Board, load};
use crate::{Failure, Never, Services, office};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use domain::{
    SiteId,
    telephone::{Difference, House, Moment, Snapshot, differences},
};
use sea_orm::{DatabaseTransaction, DbErr};
use std::{collections::BTreeSet, sync::Arc};

/// A difference and when it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dated {
    /// The moment it is compared with: the same one, where two set-ups are.
    pub before_at: DateTime<Utc>,
    /// The earliest looked-at moment at which the number rings differently.
    pub at: DateTime<Utc>,
    /// What differs.
    pub difference: Difference,
}

/// The minute at which offices are open, and one at which they are not.
const MORNING: u16 = 10 * 60;
const NIGHT: u16 = 22 * 60;
/// Decisions made for one comparison: about a second.
const MOST_DECISIONS: usize = 100_000;

/// The days and minutes of a day to look at, besides today.
#[derive(Clone, Debug, Default)]
pub(super) struct Edges {
    pub days: Vec<NaiveDate>,
    pub minutes: Vec<u16>,
}

/// Two states of a site as they are planned, and the numbers that are not alike.
#[derive(Clone, Debug)]
pub struct Compared {
    /// Before, with everybody in.
    pub before: Arc<Snapshot>,
    /// After, with everybody in.
    pub after: Arc<Snapshot>,
    /// Each number once, by number.
    pub differences: Vec<Dated>,
}

/// Compares two states at the moments where they may differ. Off the threads that answer: a house has thousands of numbers.
pub(super) async fn compare(before: &Snapshot, after: &Snapshot, sites: Vec<SiteId>, edges: Edges, now: DateTime<Utc>) -> Result<Compared, Failure<Never>> {
    let (before, after) = (before.clone(), after.clone());
    let work = move || {
        let days = days_of(&before, &after, &sites, &edges, now);
        let (before, after) = (before.planned(&days), after.planned(&days));
        let mut found: Vec<Dated> = Vec::new();
        for site in sites {
            let Some(house) = after.house(site).or(before.house(site)) else { continue };
            let moments = moments(house, &days, &edges.minutes, now);
            let numbers = before.numbers().count() + after.numbers().count();
            let affordable = (MOST_DECISIONS / numbers.max(1)).max(2);
            for at in moments.into_iter().take(affordable) {
                found.extend(differences(Moment { world: &before, at }, Moment { world: &after, at }, site).into_iter().map(|difference| Dated {
                    before_at: at,
                    at,
                    difference,
                }));
            }
        }
        found.sort_by_key(|dated| (dated.difference.site, dated.difference.ext, dated.at));
        found.dedup_by_key(|dated| (dated.difference.site, dated.difference.ext));
        Compared { before: Arc::new(before), after: Arc::new(after), differences: found }
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Internal(error.to_string()))
}

/// Compares two boards at today and at these days: what a people file does to calls.
pub(crate) async fn compare_boards(cx: &Services, before: &Board, after: &Board, days: Vec<NaiveDate>) -> Result<Compared, Failure<Never>> {
    let sites = after.world.houses().map(|house| house.site).collect();
    compare(&before.world, &after.world, sites, Edges { days, minutes: Vec::new() }, cx.clock().now()).await
}

/// The telephones as a transaction sees them, with people who are not stored yet.
pub(crate) async fn board_within(transaction: &DatabaseTransaction, now: DateTime<Utc>) -> Result<Board, DbErr> {
    let office = office::read(transaction).await?;
    load::read(transaction, load::Source { office: &office, now }).await
}

/// Today and the days to come on which something begins or ends.
fn days_of(before: &Snapshot, after: &Snapshot, sites: &[SiteId], edges: &Edges, now: DateTime<Utc>) -> Vec<NaiveDate> {
    let house = sites.iter().find_map(|site| after.house(*site).or(before.house(*site)));
    let today = house.map_or_else(|| now.date_naive(), |house| house.clock.wall(now).date());
    std::iter::once(today).chain(edges.days.iter().copied().filter(|day| *day > today)).collect()
}

/// The most telling first: the mornings, the minutes at which hours begin or end, the night.
fn moments(house: &House, days: &[NaiveDate], minutes: &[u16], now: DateTime<Utc>) -> Vec<DateTime<Utc>> {
    let wall = |day: NaiveDate, minute: u16| -> NaiveDateTime { day.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute)) };
    let (first, last) = (days.first().copied(), days.last().copied());
    let mornings = days.iter().map(|day| wall(*day, MORNING));
    let edges = minutes.iter().filter(|minute| **minute < 24 * 60).flat_map(|minute| last.into_iter().map(|day| wall(day, *minute)));
    let nights = first.into_iter().chain(last).map(|day| wall(day, NIGHT));
    let today = house.clock.wall(now).date();
    let all = mornings.chain(edges).chain(nights).filter(|wall| wall.date() >= today);
    let mut seen = BTreeSet::new();
    all.map(|wall| house.clock.instant(wall)).filter(|at| seen.insert(*at)).collect()
}

/// Compares two moments of one state.
pub(super) async fn between(world: &Snapshot, site: SiteId, before: DateTime<Utc>, after: DateTime<Utc>) -> Result<Compared, Failure<Never>> {
    let world = world.clone();
    let work = move || {
        let days = world.house(site).map(|house| [before, after].map(|at| house.clock.wall(at).date())).unwrap_or_default();
        let world = Arc::new(world.planned(&days));
        let found = differences(Moment { world: &world, at: before }, Moment { world: &world, at: after }, site);
        let differences = found.into_iter().map(|difference| Dated { before_at: before, at: after, difference }).collect();
        Compared { before: Arc::clone(&world), after: world, differences }
    };
    tokio::task::spawn_blocking(work).await.map_err(|error| Failure::Internal(error.to_string()))
}
