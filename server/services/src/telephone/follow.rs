//! What changes while people work: who sits where, what they do, who answers for whom. Read for everybody when the board is
//! made, and for those whom a change is about right after its commit: the very next call goes where they are now.

use super::{
    load::{self, Source},
    rows as words,
};
use crate::{Services, audit, booking::store, office::Office};
use chrono::{DateTime, NaiveDate, NaiveDateTime, TimeDelta, Utc};
use chrono_tz::Tz;
use domain::{
    PersonId, SeatId, SiteId,
    booking::State,
    site::SitePolicy,
    telephone::{Change, Delegation, Mode, ModeSwitch, Occupancy, OccupancySource, Presence, PresenceSource, PresenceState, Rows, Scope, TimeRange},
};
use entity::{booking, delegation, mode_switch, phone_setting, presence};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, Select};

/// People read in one query; PostgreSQL and SQLite both take thousands of values, but not any number.
const AT_ONCE: usize = 500;

/// Everything of everybody.
pub(super) async fn load(rows: &mut Rows, connection: &impl ConnectionTrait, source: Source<'_>) -> Result<(), DbErr> {
    rows.occupancies = seated(bookings(source)).all(connection).await?.iter().filter_map(|row| occupancy(row, source.office)).collect();
    for row in presence::Entity::find().filter(presence_lasts(source.now)).all(connection).await? {
        rows.presences.push(to_presence(&row)?);
    }
    for row in delegation::Entity::find().filter(delegation_lasts(source.now)).order_by_asc(delegation::Column::Id).all(connection).await? {
        rows.delegations.push(to_delegation(&row)?);
    }
    rows.switches = switches(connection, None, source.now).await?;
    Ok(())
}

/// The rows of some people, and the revision they were read at.
pub(super) async fn changes(cx: &Services, people: &[PersonId]) -> Result<(i64, Vec<Change>), DbErr> {
    let office = cx.office();
    let source = Source { office: &office, now: cx.clock().now() };
    let connection = cx.db().snapshot().await?;
    let revision = audit::version(&connection).await?;
    let mut changes = Vec::with_capacity(people.len());
    for people in people.chunks(AT_ONCE) {
        let numbers = || people.iter().map(|person| person.0);
        let seats = seated(bookings(source).filter(booking::Column::PersonId.is_in(numbers()))).all(&connection).await?;
        let presences =
            presence::Entity::find().filter(presence_lasts(source.now)).filter(presence::Column::PersonId.is_in(numbers())).all(&connection).await?;
        let delegated = delegation::Entity::find()
            .filter(delegation_lasts(source.now))
            .filter(delegation::Column::FromId.is_in(numbers()))
            .order_by_asc(delegation::Column::Id)
            .all(&connection)
            .await?;
        let chosen = phone_setting::Entity::find().filter(phone_setting::Column::PersonId.is_in(numbers())).all(&connection).await?;
        for person in people {
            let own = seats.iter().filter(|row| row.person_id == person.0).filter_map(|row| occupancy(row, &office));
            changes.push(Change::Occupancies(*person, own.collect()));
            let own = presences.iter().filter(|row| row.person_id == person.0).map(to_presence);
            changes.push(Change::Presences(*person, own.collect::<Result<_, _>>()?));
            let own = delegated.iter().filter(|row| row.from_id == person.0).map(to_delegation);
            changes.push(Change::Delegations(*person, own.collect::<Result<_, _>>()?));
            let own = chosen.iter().find(|row| row.person_id == person.0).map(load::to_settings).transpose()?;
            changes.push(Change::Settings(*person, own));
        }
    }
    connection.commit().await?;
    Ok((revision, changes))
}

/// Overrides of the hours that are not over.
pub(super) async fn switches(connection: &impl ConnectionTrait, site: Option<SiteId>, now: DateTime<Utc>) -> Result<Vec<ModeSwitch>, DbErr> {
    let lasting = Condition::any().add(mode_switch::Column::UntilAt.is_null()).add(mode_switch::Column::UntilAt.gt(now));
    let mut query = mode_switch::Entity::find().filter(lasting).order_by_asc(mode_switch::Column::Id);
    if let Some(site) = site {
        query = query.filter(mode_switch::Column::SiteId.eq(site.0));
    }
    let read = |row: mode_switch::Model| {
        let mode = Mode::parse(&row.mode).ok_or_else(|| words::corrupt("mode_switch", row.id, "mode"))?;
        let span = TimeRange { from_at: row.from_at, until_at: row.until_at };
        Ok(ModeSwitch { site: SiteId(row.site_id), mode, by: row.by_id.map(PersonId), span })
    };
    query.all(connection).await?.into_iter().map(read).collect()
}

/// Bookings around today, on any site's wall.
fn bookings(source: Source<'_>) -> Select<booking::Entity> {
    let today = load::today(source.office, source.now);
    let (from, until) = (today - TimeDelta::days(load::NEAR_DAYS), today + TimeDelta::days(load::NEAR_DAYS));
    booking::Entity::find().filter(booking::Column::LocalDate.between(from, until))
}

fn seated(bookings: Select<booking::Entity>) -> Select<booking::Entity> {
    bookings.filter(booking::Column::State.is_in([State::Booked.code(), State::CheckedIn.code()])).order_by_asc(booking::Column::Id)
}

/// The person of a live booking at its seat. A booking counts from its first slot, a check-in from its minute; both end with
/// the last slot and the grace time.
fn occupancy(row: &booking::Model, office: &Office) -> Option<Occupancy> {
    let seat = office.seats.get(&SeatId(row.space_id))?;
    let site = office.site_of(seat.floor)?;
    let (begins, ends) = span(&site.policy, row.local_date, store::slots_of(row.slots))?;
    let until_at = instant(site.zone, ends + TimeDelta::minutes(i64::from(site.policy.grace_minutes)));
    let (source, from_at) = match row.checked_in_at.filter(|_| row.state == State::CheckedIn.code()) {
        Some(at) => (OccupancySource::CheckIn, at),
        None => (OccupancySource::Booking, instant(site.zone, begins)),
    };
    Some(Occupancy { person: PersonId(row.person_id), seat: seat.id, span: TimeRange { from_at, until_at: Some(until_at) }, source })
}

/// From the first slot's beginning to the last one's end.
fn span(policy: &SitePolicy, on: NaiveDate, slots: domain::Slots) -> Option<(NaiveDateTime, NaiveDateTime)> {
    let times = || slots.iter().filter_map(|slot| policy.grid.time(slot));
    let at = |minute: u16| on.and_time(chrono::NaiveTime::MIN) + TimeDelta::minutes(i64::from(minute));
    Some((at(times().map(|time| time.start_minute).min()?), at(times().map(|time| time.end_minute).max()?)))
}

/// The instant a wall shows a time; an hour that summer time skips counts as the hour after.
fn instant(zone: Tz, wall: NaiveDateTime) -> DateTime<Utc> {
    let local = |wall: NaiveDateTime| wall.and_local_timezone(zone).earliest();
    local(wall).or_else(|| local(wall + TimeDelta::hours(1))).map_or_else(|| wall.and_utc(), |at| at.to_utc())
}

fn presence_lasts(now: DateTime<Utc>) -> Condition {
    Condition::any().add(presence::Column::UntilAt.is_null()).add(presence::Column::UntilAt.gt(now))
}

fn delegation_lasts(now: DateTime<Utc>) -> Condition {
    Condition::any().add(delegation::Column::UntilAt.is_null()).add(delegation::Column::UntilAt.gt(now))
}

pub(super) fn to_presence(row: &presence::Model) -> Result<Presence, DbErr> {
    let bad = |what: &str| words::corrupt("presence", row.person_id, what);
    Ok(Presence {
        person: PersonId(row.person_id),
        state: PresenceState::parse(&row.state).ok_or_else(|| bad("state"))?,
        source: PresenceSource::parse(&row.source).ok_or_else(|| bad("source"))?,
        span: TimeRange { from_at: row.from_at, until_at: row.until_at },
    })
}

fn to_delegation(row: &delegation::Model) -> Result<Delegation, DbErr> {
    Ok(Delegation {
        from: PersonId(row.from_id),
        to: PersonId(row.to_id),
        span: TimeRange { from_at: row.from_at, until_at: row.until_at },
        scope: Scope::parse(&row.scope).ok_or_else(|| words::corrupt("delegation", row.id, "scope"))?,
    })
}
