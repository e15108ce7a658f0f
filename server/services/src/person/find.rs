//! Finding a person and where they are, as far as the viewer may know. A look leaves a trace the person can see.

use crate::{
    Failure, Kind, Never, Services,
    booking::{places, wall},
    office::{Office, Person, Site},
};
use chrono::{Days, NaiveDate, NaiveDateTime};
use domain::{
    PersonId, Slots,
    account::Actor,
    booking::State,
    floor::view::MyPlace,
    person::{
        Sight, fold, matches,
        view::{FindView, PersonHit, Place, Whereabouts},
    },
};
use entity::{booking, look_up};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, ExprTrait, QueryFilter,
    sea_query::{Expr, OnConflict},
};

/// People shown at once.
const MOST_HITS: usize = 50;
/// Letters of a query that are looked at.
const MOST_LETTERS: usize = 80;

/// Finds people by kanji, kana, romaji, staff number, extension or unit. An empty query finds nobody.
///
/// # Errors
/// When the store cannot be read.
pub async fn find(cx: &Services, actor: &Actor, query: &str) -> Result<FindView, Failure<Never>> {
    let query: String = query.trim().chars().take(MOST_LETTERS).collect();
    let folded = fold(&query);
    let office = cx.office();
    let today = today(cx, &office);
    let visible =
        |person: &&Person| matches(&person.key, &folded) && office.employed(person.id, today) && office.sight(actor, person.id, today) != Sight::Nothing;
    let mut found: Vec<&Person> = office.people.values().filter(visible).collect();
    // First who has exactly that number, then whose name begins so: さとう before まさと.
    found.sort_by_cached_key(|person| (!exact(person, &query), !begins(person, &folded), fold(&person.kana), person.staff_no.clone()));
    let more = found.len() > MOST_HITS;
    found.truncate(MOST_HITS);
    let mut hits = Vec::with_capacity(found.len());
    for person in found {
        hits.extend(hit(cx, &office, actor, person.id).await?);
    }
    leave_trace(cx, actor, hits.iter().map(|hit| hit.who.id).collect(), today).await?;
    Ok(FindView { query, hits, more })
}

/// Where the person with a staff number is.
///
/// # Errors
/// `NotFound` when there is nobody the viewer may know of.
pub async fn by_staff_no(cx: &Services, actor: &Actor, staff_no: &str) -> Result<PersonHit, Failure<Never>> {
    let id = person_id(cx, actor, staff_no).ok_or(Failure::NotFound(Kind::Person))?;
    let office = cx.office();
    let hit = hit(cx, &office, actor, id).await?.ok_or(Failure::NotFound(Kind::Person))?;
    leave_trace(cx, actor, vec![id], today(cx, &office)).await?;
    Ok(hit)
}

/// The person with a staff number, if the viewer may know of them. Leaves no trace.
#[must_use]
pub fn person_id(cx: &Services, actor: &Actor, staff_no: &str) -> Option<PersonId> {
    let office = cx.office();
    let id = *office.by_staff_no.get(staff_no)?;
    (office.sight(actor, id, today(cx, &office)) != Sight::Nothing).then_some(id)
}

fn today(cx: &Services, office: &Office) -> NaiveDate {
    office.sites.values().next().map_or_else(|| cx.clock().now().date_naive(), |site| site.now(cx.clock()).date())
}

fn exact(person: &Person, query: &str) -> bool {
    person.staff_no == query || person.extension.as_deref() == Some(query)
}

/// Whether a part of the person's key (family name, reading, …) begins with the first word of the query.
fn begins(person: &Person, folded: &str) -> bool {
    let first = folded.split_whitespace().next().unwrap_or_default();
    person.key.0.split(' ').any(|part| part.starts_with(first))
}

async fn hit(cx: &Services, office: &Office, actor: &Actor, id: PersonId) -> Result<Option<PersonHit>, DbErr> {
    let today = today(cx, office);
    let (Some(person), Some(who), Some(site)) = (office.people.get(&id), office.who(actor, id, today), office.site_for(id, today)) else { return Ok(None) };
    let sight = office.sight(actor, id, today);
    let mut units: Vec<String> = Vec::new();
    for post in person.posts.iter().filter(|post| post.covers(today)) {
        units.extend(office.units.get(&post.unit).map(|unit| unit.name.clone()).filter(|name| !units.contains(name)));
    }
    Ok(Some(PersonHit {
        who,
        kana: person.kana.clone(),
        title: office.main_post(id, today).map(|post| post.title.clone()).unwrap_or_default(),
        units,
        whereabouts: whereabouts(cx.db().reader(), office, site, id, site.now(cx.clock()), sight).await?,
    }))
}

async fn whereabouts(
    connection: &impl ConnectionTrait,
    office: &Office,
    site: &Site,
    person: PersonId,
    now: NaiveDateTime,
    sight: Sight,
) -> Result<Whereabouts, DbErr> {
    let today = now.date();
    let held = places(connection, office, person, today..today + Days::new(1), now).await?;
    let place = |held: &MyPlace| {
        (sight == Sight::Seat).then(|| Place {
            seat: held.seat,
            seat_label: held.seat_label.clone(),
            zone_name: held.zone_name.clone(),
            floor: held.floor,
            floor_name: held.floor_name.clone(),
        })
    };
    let live = || held.iter().filter(|held| held.state.is_live());
    if let Some(here) = live().find(|held| held.state == State::CheckedIn) {
        let row = booking::Entity::find_by_id(here.booking.0).one(connection).await?;
        let since = row.and_then(|row| row.checked_in_at).map(|at| wall(site, at)).filter(|_| sight == Sight::Seat);
        return Ok(Whereabouts::AtSeat { place: place(here), since });
    }
    let remaining = site.policy.grid.remaining(domain::booking::minute_of(now));
    let current = remaining.iter().next().map_or(Slots::EMPTY, Slots::only);
    if let Some(expected) = live().find(|held| !held.slots.both(current).is_empty()) {
        return Ok(Whereabouts::Expected { place: place(expected) });
    }
    Ok(match live().find(|held| !held.slots.both(remaining).is_empty()) {
        Some(later) => Whereabouts::Later { place: place(later), slots: later.slots },
        None => Whereabouts::Unknown,
    })
}

/// Counts a look at each person, a row a viewer and day. Looking at oneself leaves none; nor does a program without a person.
pub(crate) async fn leave_trace(cx: &Services, actor: &Actor, seen: Vec<PersonId>, on: NaiveDate) -> Result<(), Failure<Never>> {
    let Some(viewer) = actor.person() else { return Ok(()) };
    let seen: Vec<_> = seen.into_iter().filter(|person| *person != viewer).collect();
    if seen.is_empty() {
        return Ok(());
    }
    cx.db()
        .write(move |transaction| {
            let rows: Vec<_> = seen
                .iter()
                .map(|person| look_up::ActiveModel { person_id: Set(person.0), local_date: Set(on), viewer_id: Set(viewer.0), times: Set(1) })
                .collect();
            Box::pin(async move {
                let again = OnConflict::columns([look_up::Column::PersonId, look_up::Column::LocalDate, look_up::Column::ViewerId])
                    .value(look_up::Column::Times, Expr::col((look_up::Entity, look_up::Column::Times)).add(1))
                    .to_owned();
                look_up::Entity::insert_many(rows).on_conflict(again).exec_without_returning(transaction).await?;
                Ok::<_, Failure<Never>>(())
            })
        })
        .await
}

/// Traces older than this many days are forgotten.
pub(crate) const TRACE_DAYS: i64 = 90;

/// Forgets old traces.
pub(crate) async fn forget_traces(cx: &Services) -> Result<u64, Failure<Never>> {
    let before = cx.clock().now().date_naive() - Days::new(TRACE_DAYS.unsigned_abs());
    cx.db()
        .write(move |transaction| {
            Box::pin(async move {
                let gone = look_up::Entity::delete_many().filter(look_up::Column::LocalDate.lt(before)).exec(transaction).await?;
                Ok::<_, Failure<Never>>(gone.rows_affected)
            })
        })
        .await
}
