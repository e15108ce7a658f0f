//! Invented offices: the sample one, and any size of a big one, for `nanawari demo` and for measuring.
//!
//! Everything follows from the seed and the clock's day; nothing here is reachable from `serve`.

mod bookings;
mod calls;
mod floors;
mod memos;
mod names;
mod organisation;
mod random;
mod sample;
mod store;
mod store_bookings;
mod telephones;
#[cfg(test)]
mod tests;
mod touches;

pub use sample::load_sample;
pub use telephones::LINK;

use crate::{
    Failure, Never, Services,
    office::{Office, Person},
};
use bookings::Planner;
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Utc};
use domain::{FloorId, PersonId};

/// How big an office is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoSize {
    /// People.
    pub people: u32,
    /// Seats on all floors.
    pub seats: u32,
    /// Open days of past bookings.
    pub days: u32,
    /// The same seed on the same day gives the same office.
    pub seed: u64,
}

/// What was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DemoReport {
    /// People.
    pub people: usize,
    /// Seats.
    pub seats: usize,
    /// Bookings, past ones included.
    pub bookings: usize,
    /// The floor with the most seats.
    pub largest_floor: Option<FloorId>,
    /// Somebody who may administer.
    pub administrator: Option<PersonId>,
}

/// Name of the site of a generated office.
const SITE: &str = "本庁舎";

/// No city hall is larger, and a typing mistake shall not fill a disk.
const LARGEST: DemoSize = DemoSize { people: 20_000, seats: 20_000, days: 1_000, seed: u64::MAX };

/// Makes an office of this size, or of 20,000 people, 20,000 seats and 1,000 days if that is less, with past and coming
/// bookings. A database that has a site already is left as it is.
///
/// # Errors
/// When the store cannot be written.
pub async fn generate(cx: &Services, size: DemoSize) -> Result<DemoReport, Failure<Never>> {
    if cx.office().sites.is_empty() {
        let size = DemoSize { people: size.people.min(LARGEST.people), seats: size.seats.min(LARGEST.seats), days: size.days.min(LARGEST.days), ..size };
        let today = cx.clock().wall(chrono_tz::Asia::Tokyo).date();
        let first_on = first_day(today, size.days);
        let units = organisation::units(&size);
        let people = organisation::people(&size, &units, first_on, today);
        let floors = floors::floors(&size, &units);
        store::OfficePlan { site: SITE, units, people, floors, at: cx.clock().now() }.store(cx).await?;
        let bookings = fill(cx, usize::try_from(size.days).unwrap_or(0), size.seed).await?;
        return finish(cx, bookings, size.seed).await;
    }
    Ok(report(cx, 0))
}

/// A day that surely has `days` open days between it and today: there are never fewer than four in a week but for the
/// year's end and 大型連休.
fn first_day(today: NaiveDate, days: u32) -> NaiveDate {
    today.checked_sub_days(Days::new(u64::from(days) * 7 / 4 + 21)).unwrap_or(today)
}

/// Books past and coming days of every site.
async fn fill(cx: &Services, days: usize, seed: u64) -> Result<usize, Failure<Never>> {
    let office = cx.office();
    let mut plans = Vec::new();
    for site in office.sites.values() {
        plans.extend(Planner::new(&office, site, site.now(cx.clock()), seed).plan(days));
    }
    let bookings = plans.len();
    store_bookings::insert_bookings(cx, plans).await?;
    Ok(bookings)
}

/// Makes the first 課長 the administrator.
async fn finish(cx: &Services, bookings: usize, seed: u64) -> Result<DemoReport, Failure<Never>> {
    telephones::make_telephones(cx).await?;
    calls::make_calls(cx, seed).await?;
    memos::make_memos(cx, seed).await?;
    let report = report(cx, bookings);
    if let Some(administrator) = report.administrator {
        touches::make_heads(cx, administrator).await?;
    }
    Ok(report)
}

fn report(cx: &Services, bookings: usize) -> DemoReport {
    let office = cx.office();
    DemoReport {
        people: office.people.len(),
        seats: office.seats.len(),
        bookings,
        largest_floor: office.floors.iter().max_by_key(|floor| floor.seats.len()).map(|floor| floor.id),
        administrator: heads(&office).first().copied(),
    }
}

/// Who leads a section, in order.
fn heads(office: &Office) -> Vec<PersonId> {
    let leads = |person: &&Person| person.posts.first().is_some_and(|post| post.title == "課長");
    let mut heads: Vec<PersonId> = office.people.values().filter(leads).map(|person| person.id).collect();
    heads.sort_unstable();
    heads
}

/// When a clock on the wall of a site shows it.
fn instant(wall: NaiveDateTime, zone: chrono_tz::Tz) -> DateTime<Utc> {
    wall.and_local_timezone(zone).earliest().map_or_else(|| wall.and_utc(), |at| at.to_utc())
}
