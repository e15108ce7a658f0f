//! What pages and programs read of bookings. One purpose-built view a page, one snapshot.

use super::{facts::DayLoad, store, suggest};
use crate::{
    Failure, Kind, Never, Services,
    office::{Office, Site},
};
use chrono::{DateTime, Datelike, Days, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use domain::{
    BookingId, FloorId, PatternId, PersonId, SeatId, Slot, Slots,
    account::Actor,
    booking::{
        ReserveRefusal, SeatUse, State, Weekdays,
        view::{BookingView, DayLabel, HomeView, MyBookingsView, PatternView, Proposal, WeekDay},
    },
    floor::view::MyPlace,
    person::Sight,
    site::{day_kind, next_open_day, week_of},
};
use entity::{booking as rows, pattern};
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Which bookings to list.
#[derive(Clone, Copy, Debug)]
pub struct ListBookings {
    /// Whose; everybody's when left out.
    pub person: Option<PersonId>,
    /// First day.
    pub from: NaiveDate,
    /// The day after the last.
    pub to: NaiveDate,
    /// The last booking of the page before.
    pub after: Option<BookingId>,
    /// At most this many.
    pub limit: u64,
}

/// How much of the calendar "my bookings" shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// One week.
    Week,
    /// Five weeks.
    Month,
}

/// One booking.
///
/// # Errors
/// `NotFound` when there is none that the actor may see.
pub async fn booking(cx: &Services, actor: &Actor, id: BookingId) -> Result<BookingView, Failure<Never>> {
    let row = rows::Entity::find_by_id(id.0).one(cx.db().reader()).await?.ok_or(Failure::NotFound(Kind::Booking))?;
    shown(cx, actor, row)
}

/// The same from a row that was just stored.
pub(super) fn shown<E>(cx: &Services, actor: &Actor, row: rows::Model) -> Result<BookingView, Failure<E>> {
    to_view(&cx.office(), actor, row).ok_or(Failure::NotFound(Kind::Booking))
}

/// Bookings in the order they were made, as far as the actor may see them.
///
/// # Errors
/// When the store cannot be read.
pub async fn list(cx: &Services, actor: &Actor, filter: ListBookings) -> Result<Vec<BookingView>, Failure<Never>> {
    let office = cx.office();
    let mut views = Vec::new();
    let mut after = filter.after;
    // Rows the actor may not see are made up for, so that only the last page is short.
    loop {
        let found = page(cx, ListBookings { after, ..filter }).await?;
        let last = found.last().map(|row| BookingId(row.id));
        let full = found.len() as u64 == filter.limit;
        let room = usize::try_from(filter.limit).unwrap_or(usize::MAX) - views.len();
        views.extend(found.into_iter().filter_map(|row| to_view(&office, actor, row)).take(room));
        if !full || views.len() as u64 >= filter.limit {
            return Ok(views);
        }
        after = last;
    }
}

async fn page(cx: &Services, filter: ListBookings) -> Result<Vec<rows::Model>, DbErr> {
    let mut query = rows::Entity::find().filter(rows::Column::LocalDate.gte(filter.from)).filter(rows::Column::LocalDate.lt(filter.to));
    if let Some(person) = filter.person {
        query = query.filter(rows::Column::PersonId.eq(person.0));
    }
    if let Some(after) = filter.after {
        query = query.filter(rows::Column::Id.gt(after.0));
    }
    query.order_by_asc(rows::Column::Id).limit(filter.limit).all(cx.db().reader()).await
}

/// The row as a program sees it; `None` when the actor may not see where its person sits.
fn to_view(office: &Office, actor: &Actor, row: rows::Model) -> Option<BookingView> {
    let person = PersonId(row.person_id);
    if office.sight(actor, person, row.local_date) != Sight::Seat {
        return None;
    }
    let seat = office.seats.get(&SeatId(row.space_id))?;
    let floor = office.floor(seat.floor)?;
    let site = office.sites.get(&floor.site)?;
    let state = State::parse(&row.state)?;
    let slots = store::slots_of(if state.is_live() { row.slots } else { row.booked_slots });
    Some(BookingView {
        id: BookingId(row.id),
        person: office.who(actor, person, row.local_date)?,
        seat: seat.id,
        seat_label: seat.label.clone(),
        floor: floor.id,
        floor_name: floor.name.clone(),
        on: row.local_date,
        slots: site.policy.grid.codes(slots),
        state,
        cover: Vec::new(),
    })
}

/// A day as pages name it.
pub(crate) fn day_label(site: &Site, on: NaiveDate, now: NaiveDateTime) -> DayLabel {
    let today = now.date();
    let last = today + Days::new(u64::from(site.policy.horizon_days));
    DayLabel { on, closed: day_kind(&site.policy, on), today: on == today, past: on < today, too_far: on > last }
}

/// A person's live bookings in the half-open range of days.
pub(crate) async fn places(
    connection: &impl ConnectionTrait,
    office: &Office,
    person: PersonId,
    days: std::ops::Range<NaiveDate>,
    now: NaiveDateTime,
) -> Result<Vec<MyPlace>, DbErr> {
    let found = rows::Entity::find()
        .filter(rows::Column::PersonId.eq(person.0))
        .filter(rows::Column::LocalDate.gte(days.start))
        .filter(rows::Column::LocalDate.lt(days.end))
        .filter(rows::Column::State.is_in([State::Booked.code(), State::CheckedIn.code(), State::Done.code()]))
        .order_by_asc(rows::Column::LocalDate)
        .order_by_asc(rows::Column::Id)
        .all(connection)
        .await?;
    let mut places: Vec<MyPlace> = found.into_iter().filter_map(|row| place(office, &row, now)).collect();
    places.sort_by_key(|place| (place.on, place.slots.iter().next(), place.booking));
    Ok(places)
}

fn place(office: &Office, row: &rows::Model, now: NaiveDateTime) -> Option<MyPlace> {
    let seat = office.seats.get(&SeatId(row.space_id))?;
    let floor = office.floor(seat.floor)?;
    let site = office.sites.get(&floor.site)?;
    let state = State::parse(&row.state)?;
    let slots = store::slots_of(if state.is_live() { row.slots } else { row.booked_slots });
    let first = slots.iter().next().and_then(|slot| site.policy.grid.time(slot));
    let opens = first.map(|time| at_minute(row.local_date, i64::from(time.start_minute) - i64::from(site.policy.checkin_opens_minutes)));
    let last_end = slots.iter().last().and_then(|slot| site.policy.grid.time(slot)).map(|time| at_minute(row.local_date, i64::from(time.end_minute)));
    let waiting = state == State::Booked && last_end.is_some_and(|end| now < end);
    Some(MyPlace {
        booking: BookingId(row.id),
        seat: seat.id,
        seat_label: seat.label.clone(),
        zone_name: seat.zone.and_then(|zone| office.zones.get(&zone)).map(|zone| zone.name.clone()),
        floor: floor.id,
        floor_name: floor.name.clone(),
        on: row.local_date,
        slots,
        state,
        can_check_in: waiting && opens.is_some_and(|opens| opens <= now),
        check_in_opens_at: opens.filter(|opens| waiting && now < *opens),
    })
}

fn at_minute(on: NaiveDate, minute: i64) -> NaiveDateTime {
    on.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(minute)
}

/// My bookings: a week, or five.
///
/// # Errors
/// `Denied` when the actor is no person.
pub async fn my_bookings(cx: &Services, actor: &Actor, from: Option<NaiveDate>, span: Span) -> Result<MyBookingsView, Failure<Never>> {
    let person = actor.person().ok_or(Failure::Denied)?;
    let office = cx.office();
    let site = office.site_for(person, cx.clock().now().date_naive()).ok_or(Failure::NotFound(Kind::Site))?;
    let now = site.now(cx.clock());
    let from_on = week_of(from.unwrap_or_else(|| now.date()))[0];
    let weeks = match span {
        Span::Week => 1,
        Span::Month => 5,
    };
    let to_on = from_on + Days::new(7 * weeks);
    let snapshot = cx.db().snapshot().await?;
    let places = places(&snapshot, &office, person, from_on..to_on, now).await?;
    let patterns = pattern::Entity::find()
        .filter(pattern::Column::PersonId.eq(person.0))
        .filter(pattern::Column::EndedAt.is_null())
        .order_by_asc(pattern::Column::Id)
        .all(&snapshot)
        .await?;
    snapshot.commit().await?;
    let live = patterns.into_iter().filter(|row| row.until_on.is_none_or(|until| until > now.date()));
    Ok(MyBookingsView {
        now,
        grid: site.policy.grid.times().to_vec(),
        from_on,
        to_on,
        last_on: now.date() + Days::new(u64::from(site.policy.horizon_days)),
        days: from_on.iter_days().take_while(|on| *on < to_on).map(|on| week_day(site, on, now, &places)).collect(),
        patterns: live.map(|row| pattern_view(&office, &row)).collect(),
    })
}

fn pattern_view(office: &Office, row: &pattern::Model) -> PatternView {
    PatternView {
        id: PatternId(row.id),
        weekdays: Weekdays(u8::try_from(row.weekdays).unwrap_or(0)),
        slots: store::slots_of(row.slots),
        from_on: row.from_on,
        until_on: row.until_on,
        seat_label: row.seat_id.and_then(|seat| office.seats.get(&SeatId(seat))).map(|seat| seat.label.clone()),
    }
}

fn week_day(site: &Site, on: NaiveDate, now: NaiveDateTime, places: &[MyPlace]) -> WeekDay {
    WeekDay { day: day_label(site, on, now), places: places.iter().filter(|place| place.on == on).cloned().collect() }
}

/// The home page.
///
/// # Errors
/// `Denied` when the actor is no person.
pub async fn home_view(cx: &Services, actor: &Actor) -> Result<HomeView, Failure<Never>> {
    let person = actor.person().ok_or(Failure::Denied)?;
    let office = cx.office();
    let site = office.site_for(person, cx.clock().now().date_naive()).ok_or(Failure::NotFound(Kind::Site))?;
    let now = site.now(cx.clock());
    let today = now.date();
    let monday = week_of(today)[0];
    let next_monday = monday + Days::new(7);
    // From Friday on the coming week is what people plan.
    let shown_to = if today.weekday().num_days_from_monday() >= 4 { next_monday + Days::new(7) } else { next_monday };
    let snapshot = cx.db().snapshot().await?;
    let mine = places(&snapshot, &office, person, monday..shown_to.max(today + Days::new(14)), now).await?;
    let (on, wanted) = proposal_day(site, now, &mine);
    let home_floor = office.home_floor(person, today);
    let today_load = DayLoad::load(&snapshot, home_floor, today).await?;
    let day_load = DayLoad::load(&snapshot, office.home_floor(person, on), on).await?;
    snapshot.commit().await?;
    let (proposal, refusal) = if wanted.is_empty() { (None, None) } else { propose(cx, &office, person, on, wanted).await? };
    let days = monday.iter_days().take_while(|day| *day < shown_to).map(|on| week_day(site, on, now, &mine));
    Ok(HomeView {
        now,
        grid: site.policy.grid.times().to_vec(),
        for_day: day_label(site, on, now),
        proposal,
        refusal,
        today: mine.iter().filter(|place| place.on == today).cloned().collect(),
        week: days.filter(|day| day.day.closed.is_none() || !day.places.is_empty()).filter(|day| !day.day.past || day.day.on >= monday).collect(),
        floor_free: home_floor.and_then(|floor| floor_free(&office, site, floor, &today_load, now)),
        unit_present: unit_present(&office, actor, person, today, &today_load),
        home_load_percent: home_load(&office, person, on, &day_load),
    })
}

/// Today while a slot is left that the person has not booked, or else the first open day that is not booked whole.
fn proposal_day(site: &Site, now: NaiveDateTime, mine: &[MyPlace]) -> (NaiveDate, Slots) {
    let today = now.date();
    let all = site.policy.grid.all();
    let held = |on: NaiveDate| mine.iter().filter(|place| place.on == on).fold(Slots::EMPTY, |slots, place| slots.union(place.slots));
    if day_kind(&site.policy, today).is_none() {
        let left = site.policy.grid.remaining(domain::booking::minute_of(now)).minus(held(today));
        if !left.is_empty() && held(today).is_empty() {
            return (today, left);
        }
    }
    let next = next_open_day(&site.policy, today);
    (next, all.minus(held(next)))
}

async fn propose(cx: &Services, office: &Office, person: PersonId, on: NaiveDate, wanted: Slots) -> Result<(Option<Proposal>, Option<ReserveRefusal>), DbErr> {
    let best = match suggest::best(cx, person, on, wanted, None, &[]).await? {
        Ok(best) => best,
        Err(reason) => return Ok((None, Some(reason))),
    };
    let proposal = office.seats.get(&best.seat).and_then(|seat| {
        Some(Proposal {
            on,
            seat: seat.id,
            seat_label: seat.label.clone(),
            zone_name: seat.zone.and_then(|zone| office.zones.get(&zone)).map(|zone| zone.name.clone()),
            floor: seat.floor,
            floor_name: office.floor(seat.floor)?.name.clone(),
            slots: wanted,
            reasons: best.reasons,
        })
    });
    Ok((proposal, None))
}

fn floor_free(office: &Office, site: &Site, floor: FloorId, load: &DayLoad, now: NaiveDateTime) -> Option<(FloorId, String, u32, u32)> {
    let found = office.floor(floor)?;
    let slot: Slot = site.policy.grid.current_or_next(domain::booking::minute_of(now))?;
    if day_kind(&site.policy, now.date()).is_some() {
        return None;
    }
    let usable: Vec<_> = found.seats.iter().filter(|seat| office.seats.get(seat).is_some_and(|seat| seat.seat_use != SeatUse::Closed)).collect();
    let free = usable.iter().filter(|seat| !load.taken(***seat).contains(slot)).count();
    Some((floor, found.name.clone(), u32::try_from(free).ok()?, u32::try_from(usable.len()).ok()?))
}

fn unit_present(office: &Office, actor: &Actor, person: PersonId, today: NaiveDate, load: &DayLoad) -> Option<(String, u32, u32)> {
    let unit = office.main_unit(person, today)?;
    let members: Vec<_> = office.members(&[unit.id], today).into_iter().filter(|member| office.sight(actor, *member, today) != Sight::Nothing).collect();
    let present = members.iter().filter(|member| load.rows().any(|row| row.person_id == member.0 && row.state == State::CheckedIn.code())).count();
    Some((unit.name.clone(), u32::try_from(present).ok()?, u32::try_from(members.len()).ok()?))
}

fn home_load(office: &Office, person: PersonId, on: NaiveDate, load: &DayLoad) -> Option<u32> {
    let zone = office.homes_of(person, on).into_iter().next()?;
    let usable: Vec<_> = zone.seats.iter().filter(|seat| office.seats.get(seat).is_some_and(|seat| seat.seat_use != SeatUse::Closed)).collect();
    let taken = usable.iter().filter(|seat| !load.of(***seat).is_empty()).count();
    (!usable.is_empty()).then(|| u32::try_from(taken * 100 / usable.len()).unwrap_or(100))
}

/// Wall clock of a stored instant, for views.
pub(crate) fn wall(site: &Site, at: DateTime<Utc>) -> NaiveDateTime {
    crate::clock::wall_of(at, site.zone)
}
