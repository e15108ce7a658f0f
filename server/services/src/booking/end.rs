//! Giving a seat back.

use super::{read, reserve, store};
use crate::{
    Failure, Kind, Services, audit,
    db::together,
    live::Change,
    office::Office,
    telephone::cover::{Short, Watcher},
};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, TimeZone, Utc};
use domain::{
    BookingId, PersonId, SeatId,
    account::Actor,
    booking::{self, Booking, EndRefusal, State, view::BookingView},
    site::SitePolicy,
    telephone::cover::CoverGap,
};
use entity::booking as rows;
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;
use std::sync::Arc;

/// The row as rules see it.
pub(super) fn to_domain(row: &rows::Model, zone: chrono_tz::Tz) -> Result<Booking, String> {
    Ok(Booking {
        id: BookingId(row.id),
        person: PersonId(row.person_id),
        seat: SeatId(row.space_id),
        on: row.local_date,
        slots: store::slots_of(row.slots),
        state: State::parse(&row.state).ok_or_else(|| format!("booking {}: state {}", row.id, row.state))?,
        made_at: crate::clock::wall_of(zone.from_utc_datetime(&row.created_at.naive_utc()).to_utc(), zone),
    })
}

/// How a booking is given back.
type Rule = fn(&SitePolicy, &Booking, PersonId, NaiveDateTime) -> Result<State, EndRefusal>;

/// Takes a booking back.
///
/// # Errors
/// `NotFound` when it is not the actor's to give back; `Refused` when it ended or is over.
pub async fn cancel(cx: &Services, actor: &Actor, id: BookingId) -> Result<BookingView, Failure<EndRefusal>> {
    end_one(cx, actor, id, booking::cancel, "booking.cancel").await
}

/// Leaves early: the rest of the day becomes free.
///
/// # Errors
/// See [`cancel`].
pub async fn leave(cx: &Services, actor: &Actor, id: BookingId) -> Result<BookingView, Failure<EndRefusal>> {
    end_one(cx, actor, id, booking::leave, "booking.leave").await
}

/// What became of several bookings that were taken back at once.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// Those that ended.
    pub ended: Vec<BookingView>,
    /// When a section needs the person at its telephone: those bookings stay.
    pub kept: Vec<CoverGap>,
}

impl TakenBack {
    /// When too few people are at a telephone now.
    #[must_use]
    pub fn short(&self) -> Vec<CoverGap> {
        self.ended.iter().flat_map(|booking| booking.cover.iter().copied()).collect()
    }

    /// One more. Over or ended since we looked: there is nothing to take back.
    pub(super) fn add(&mut self, outcome: Result<BookingView, Failure<EndRefusal>>) -> Result<(), Failure<EndRefusal>> {
        match outcome {
            Ok(view) => self.ended.push(view),
            Err(Failure::Refused(EndRefusal::Cover { gaps })) => self.kept.extend(gaps),
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
        Ok(())
    }
}

/// Takes back everything a person holds in the half-open range of days. Days that are over stay as they are, and those on which a
/// section needs the person at its telephone and refuses to do without.
///
/// # Errors
/// `Denied` when the actor may not act for the person.
pub async fn cancel_range(cx: &Services, actor: &Actor, person: PersonId, from: NaiveDate, to: NaiveDate) -> Result<TakenBack, Failure<EndRefusal>> {
    reserve::authorise(cx, actor, person)?;
    let live = rows::Entity::find()
        .filter(rows::Column::PersonId.eq(person.0))
        .filter(rows::Column::LocalDate.gte(from))
        .filter(rows::Column::LocalDate.lt(to))
        .filter(rows::Column::State.is_in([State::Booked.code(), State::CheckedIn.code()]))
        .order_by_asc(rows::Column::LocalDate)
        .all(cx.db().reader())
        .await?;
    let mut taken = TakenBack::default();
    for row in live {
        taken.add(cancel(cx, actor, BookingId(row.id)).await)?;
    }
    Ok(taken)
}

async fn end_one(cx: &Services, actor: &Actor, id: BookingId, rule: Rule, action: &'static str) -> Result<BookingView, Failure<EndRefusal>> {
    let office = cx.office();
    let (actor_copy, clock_now, watcher) = (actor.clone(), cx.clock().now(), Watcher::new(cx, actor));
    let Ended { row, change, cover } = cx
        .db()
        .write(move |transaction| {
            let (office, actor, watcher) = (Arc::clone(&office), actor_copy.clone(), watcher.clone());
            Box::pin(async move { End { office: &office, actor: &actor, at: clock_now, rule, action, watcher: &watcher }.run(transaction, id).await })
        })
        .await?;
    cx.announce([change]).await;
    Ok(BookingView { cover, ..read::shown(cx, actor, row)? })
}

struct End<'a> {
    office: &'a Office,
    actor: &'a Actor,
    at: DateTime<Utc>,
    rule: Rule,
    action: &'static str,
    watcher: &'a Watcher,
}

/// What is told after the commit.
struct Ended {
    row: rows::Model,
    change: Change,
    cover: Vec<CoverGap>,
}

impl End<'_> {
    async fn run(&self, transaction: &DatabaseTransaction, id: BookingId) -> Result<Ended, Failure<EndRefusal>> {
        let mut row = store::load_locked(transaction, id).await?.ok_or(Failure::NotFound(Kind::Booking))?;
        let person = PersonId(row.person_id);
        if !self.actor.may_act_for(person) {
            return Err(Failure::NotFound(Kind::Booking));
        }
        let (seat, site) = reserve::seat_and_site(self.office, SeatId(row.space_id))?;
        let now = crate::clock::wall_of(self.at, site.zone);
        let booking = to_domain(&row, site.zone).map_err(Failure::Internal)?;
        let state = (self.rule)(&site.policy, &booking, person, now).map_err(Failure::Refused)?;
        let watch = self.watcher.begin(transaction, person, (row.local_date, row.local_date + Days::new(1))).await?;
        let was = row.state.clone();
        together(transaction, store::ending(transaction.get_database_backend(), &mut row, state, self.at)).await?;
        let cover = match watch.end(transaction).await? {
            Short::Fine => Vec::new(),
            Short::Warn(gaps) => gaps,
            Short::Refuse(gaps) => return Err(Failure::Refused(EndRefusal::Cover { gaps })),
        };
        let detail = json!({ "was": was, "now": state, "short": cover.len() });
        let version = audit::record(transaction, self.at, self.actor, self.action, format!("booking:{id}"), detail).await?;
        let change = Change { floor: seat.floor, on: row.local_date, version, person };
        Ok(Ended { row, change, cover })
    }
}
