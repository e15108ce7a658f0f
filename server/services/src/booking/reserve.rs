//! Taking a seat.

use super::{
    facts::{self, AccessMaker, DayLoad},
    read,
    store::{self, Clash, NewBooking},
    suggest,
};
use crate::{
    Failure, Kind, Services, audit,
    live::Change,
    office::{Office, Seat, Site},
    telephone::cover::{Short, Watcher},
};
use chrono::{DateTime, Days, NaiveDate, NaiveDateTime, Utc};
use domain::{
    BookingId, PatternId, PersonId, SeatId, Slots, ZoneId,
    account::Actor,
    booking::{
        self, OnHeld, ReserveFacts, ReserveRefusal, SitNow, State,
        view::{BookingView, Refused},
    },
    telephone::cover::CoverGap,
};
use entity::idempotency;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Statement,
};
use serde_json::json;
use std::sync::Arc;

/// Which seat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Want {
    /// This one.
    Seat(SeatId),
    /// The best free one of a zone.
    Zone(ZoneId),
    /// The best free one for the person.
    Any,
}

/// A program's key for a request it may send twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Idempotency {
    /// The key, unique to the caller.
    pub key: String,
    /// A hash of what was asked, so that one key cannot stand for two requests.
    pub fingerprint: String,
}

/// A wish for a seat on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reserve {
    /// Who is to sit there.
    pub person: PersonId,
    /// Which seat.
    pub want: Want,
    /// The local day.
    pub on: NaiveDate,
    /// The slots.
    pub slots: Slots,
    /// What to do about another seat the person holds then.
    pub on_held: OnHeld,
    /// For requests that may come twice.
    pub idempotency: Option<Idempotency>,
}

/// How often the next best seat is tried when "any" or "zone" loses a race for the best one.
const TRIES: usize = 6;

/// Takes a seat.
///
/// # Errors
/// `Refused` with the reason and up to three free seats near by; `Denied`, `NotFound`, `KeyReused`.
pub async fn reserve(cx: &Services, actor: &Actor, wish: Reserve) -> Result<BookingView, Failure<Refused>> {
    authorise(cx, actor, wish.person)?;
    if let Some(view) = replay(cx, actor, &wish).await? {
        return Ok(view);
    }
    let mut passed_over = Vec::new();
    loop {
        let seat = choose(cx, &wish, &passed_over).await?;
        match take(cx, actor, &wish, seat, State::Booked, None).await {
            Err(Failure::Refused(Refused { reason: ReserveRefusal::SeatTaken { .. }, .. }))
                if !matches!(wish.want, Want::Seat(_)) && passed_over.len() < TRIES =>
            {
                passed_over.push(seat)
            }
            result => return result,
        }
    }
}

/// Sits down now: takes the slot under way and the free ones after it, checked in. A seat held elsewhere is given up.
///
/// # Errors
/// See [`reserve`].
pub async fn sit_now(cx: &Services, actor: &Actor, person: PersonId, seat: SeatId) -> Result<BookingView, Failure<Refused>> {
    authorise(cx, actor, person)?;
    let office = cx.office();
    let (found, site) = seat_and_site(&office, seat)?;
    let now = site.now(cx.clock());
    let looked = store::look(cx.db().reader(), person, now.date(), seat, now.date()).await?;
    let taken: Slots = looked.taken.iter().filter(|(_, booking)| !looked.held.iter().any(|row| row.booking_id == *booking)).map(|(slot, _)| *slot).collect();
    let all = site.policy.grid.all();
    let refuse = |reason| Failure::Refused(Refused { reason, alternatives: Vec::new() });
    let slots = match booking::sit_now(&site.policy, taken, now) {
        SitNow::Take(slots) => slots,
        SitNow::DayOver => return Err(refuse(ReserveRefusal::SlotOver { slots: all })),
        // The decision to refuse, with its alternatives, is made where every refusal is made.
        SitNow::Taken => site.policy.grid.remaining(booking::minute_of(now)),
    };
    let wish = Reserve { person, want: Want::Seat(found.id), on: now.date(), slots, on_held: OnHeld::Move, idempotency: None };
    take(cx, actor, &wish, seat, State::CheckedIn, None).await
}

pub(super) fn authorise<E>(cx: &Services, actor: &Actor, person: PersonId) -> Result<(), Failure<E>> {
    if !cx.office().people.contains_key(&person) {
        return Err(Failure::NotFound(Kind::Person));
    }
    if actor.may_act_for(person) { Ok(()) } else { Err(Failure::Denied) }
}

pub(super) fn seat_and_site<E>(office: &Office, seat: SeatId) -> Result<(&Seat, &Site), Failure<E>> {
    let found = office.seats.get(&seat).ok_or(Failure::NotFound(Kind::Seat))?;
    let site = office.site_of(found.floor).ok_or(Failure::NotFound(Kind::Site))?;
    Ok((found, site))
}

/// The booking a repeated request made the first time.
async fn replay(cx: &Services, actor: &Actor, wish: &Reserve) -> Result<Option<BookingView>, Failure<Refused>> {
    let Some(idempotency) = &wish.idempotency else { return Ok(None) };
    let Some(row) = idempotency::Entity::find_by_id(full_key(actor, idempotency)).one(cx.db().reader()).await? else { return Ok(None) };
    if row.fingerprint != idempotency.fingerprint {
        return Err(Failure::KeyReused);
    }
    read::booking(cx, actor, BookingId(row.booking_id)).await.map(Some).map_err(|failure| failure.map(|never| match never {}))
}

fn full_key(actor: &Actor, idempotency: &Idempotency) -> String {
    format!("{} {}", audit::name(actor), idempotency.key)
}

async fn choose(cx: &Services, wish: &Reserve, passed_over: &[SeatId]) -> Result<SeatId, Failure<Refused>> {
    let zone = match wish.want {
        Want::Seat(seat) => return Ok(seat),
        Want::Zone(zone) if !cx.office().zones.contains_key(&zone) => return Err(Failure::NotFound(Kind::Zone)),
        Want::Zone(zone) => Some(zone),
        Want::Any => None,
    };
    match suggest::best(cx, wish.person, wish.on, wish.slots, zone, passed_over).await? {
        Ok(best) => Ok(best.seat),
        Err(reason) => Err(Failure::Refused(Refused { reason, alternatives: Vec::new() })),
    }
}

/// What one command found out, to be told after the commit.
pub(super) struct Taken {
    pub(super) row: entity::booking::Model,
    pub(super) changes: Vec<Change>,
    /// When too few people are at a telephone because another seat was given up.
    pub(super) cover: Vec<CoverGap>,
}

/// Decides and stores one seat for one day; the only way a booking comes to be.
pub(super) async fn take(
    cx: &Services,
    actor: &Actor,
    wish: &Reserve,
    seat: SeatId,
    state: State,
    pattern: Option<PatternId>,
) -> Result<BookingView, Failure<Refused>> {
    let command = Command::new(cx, actor, wish, seat, state, pattern)?;
    let command = Arc::new(command);
    let stored = cx.db().write(move |transaction| {
        let command = Arc::clone(&command);
        Box::pin(async move { command.run(transaction).await })
    });
    match stored.await {
        Ok(taken) => {
            cx.announce(taken.changes).await;
            Ok(BookingView { cover: taken.cover, ..read::shown(cx, actor, taken.row)? })
        }
        Err(Failure::Refused(reason)) => {
            let alternatives = if reason.wants_alternatives() { suggest::alternatives(cx, wish.person, seat, wish.on, wish.slots).await? } else { Vec::new() };
            Err(Failure::Refused(Refused { reason, alternatives }))
        }
        Err(failure) => Err(failure.map(|reason| Refused { reason, alternatives: Vec::new() })),
    }
}

/// One seat for one day, with everything that does not change while it waits.
pub(super) struct Command {
    office: Arc<Office>,
    site: Site,
    seat: Seat,
    actor: Actor,
    wish: Reserve,
    state: State,
    pattern: Option<PatternId>,
    at: DateTime<Utc>,
    now: NaiveDateTime,
    watcher: Watcher,
}

impl Command {
    pub(super) fn new<E>(cx: &Services, actor: &Actor, wish: &Reserve, seat: SeatId, state: State, pattern: Option<PatternId>) -> Result<Self, Failure<E>> {
        let office = cx.office();
        let (found, site) = seat_and_site(&office, seat)?;
        Ok(Self {
            site: site.clone(),
            seat: found.clone(),
            actor: actor.clone(),
            wish: wish.clone(),
            state,
            pattern,
            at: cx.clock().now(),
            now: site.now(cx.clock()),
            watcher: Watcher::new(cx, actor),
            office,
        })
    }

    pub(super) async fn run(&self, transaction: &DatabaseTransaction) -> Result<Taken, Failure<ReserveRefusal>> {
        let Reserve { person, on, .. } = self.wish;
        store::lock_person(transaction, person).await?;
        if let Some(row) = self.repeated(transaction).await? {
            return Ok(Taken { row, changes: Vec::new(), cover: Vec::new() });
        }
        let decided = self.decide(transaction).await?;
        // Who gives up nothing leaves no telephone.
        let watch = if decided.give_back.is_empty() { None } else { Some(self.watcher.begin(transaction, person, (on, on + Days::new(1))).await?) };
        let mut changes = Vec::new();
        for (id, slots) in &decided.give_back {
            changes.extend(self.give_back(transaction, *id, *slots).await?);
        }
        let new = NewBooking { person, seat: self.seat.id, on, slots: decided.slots, state: self.state, pattern: self.pattern, at: self.at };
        let row = store::insert(transaction, &new).await?;
        let backend = transaction.get_database_backend();
        let writes = store::taking(backend, &row).into_iter().chain(self.remembering(backend, &row)).collect();
        let detail = json!({ "person": person, "seat": self.seat.id, "on": on, "slots": decided.slots, "state": self.state });
        let version = audit::record_with(transaction, writes, self.at, &self.actor, "booking.reserve", format!("booking:{}", row.id), detail)
            .await
            .map_err(|error| self.refuse(error.into()))?;
        changes.push(Change { floor: self.seat.floor, on, version, person });
        let cover = match watch {
            Some(watch) => match watch.end(transaction).await? {
                Short::Fine => Vec::new(),
                Short::Warn(gaps) => gaps,
                Short::Refuse(gaps) => return Err(Failure::Refused(ReserveRefusal::Cover { gaps })),
            },
            None => Vec::new(),
        };
        Ok(Taken { row, changes, cover })
    }

    async fn decide(&self, transaction: &DatabaseTransaction) -> Result<booking::Reservation, Failure<ReserveRefusal>> {
        let Reserve { person, on, slots, on_held, .. } = self.wish;
        let looked = store::look(transaction, person, self.now.date(), self.seat.id, on).await?;
        let (held, held_slots) = facts::held(&self.office, &looked.held, on);
        let taken = looked.taken.iter().filter(|(_, booking)| !held.iter().any(|held| held.booking.0 == *booking)).map(|(slot, _)| *slot).collect();
        let maker = AccessMaker::new(&self.office, &self.site, person, on);
        let load = if maker.needs_load(self.seat.zone, self.now) {
            self.lock_lenders(transaction).await?;
            DayLoad::load(transaction, maker.floors(), on).await?
        } else {
            DayLoad::default()
        };
        let access = maker.facts(self.seat.zone, slots, &load);
        let facts = ReserveFacts {
            policy: &self.site.policy,
            seat: &facts::seat_facts(&self.seat),
            person,
            employed: self.office.employed(person, on),
            taken,
            held,
            held_slots,
            access: &access,
        };
        booking::reserve(on, slots, on_held, &facts, self.now).map_err(Failure::Refused)
    }

    /// Makes borrowers from one unit wait for one another, so that its lending cap holds on PostgreSQL too.
    async fn lock_lenders(&self, transaction: &DatabaseTransaction) -> Result<(), Failure<ReserveRefusal>> {
        let homes: Vec<i64> =
            self.seat.zone.and_then(|zone| self.office.zones.get(&zone)).into_iter().flat_map(|zone| zone.homes.iter().map(|unit| unit.0)).collect();
        let lenders = entity::unit::Entity::find().filter(entity::unit::Column::Id.is_in(homes));
        sea_orm::QueryOrder::order_by_asc(lenders, entity::unit::Column::Id).lock_exclusive().all(transaction).await?;
        Ok(())
    }

    async fn give_back(&self, transaction: &DatabaseTransaction, id: BookingId, slots: Slots) -> Result<Option<Change>, Failure<ReserveRefusal>> {
        let Some(mut row) = store::load_locked(transaction, id).await? else { return Ok(None) };
        let (backend, left) = (transaction.get_database_backend(), store::slots_of(row.slots).minus(slots));
        let writes = if left.is_empty() {
            let state = if row.state == State::CheckedIn.code() { State::Released } else { State::Cancelled };
            store::ending(backend, &mut row, state, self.at)
        } else {
            store::giving_back(backend, &mut row, slots)
        };
        let detail = json!({ "slots": slots, "left": left });
        let version = audit::record_with(transaction, writes, self.at, &self.actor, "booking.move_away", format!("booking:{id}"), detail).await?;
        Ok(self.office.seats.get(&SeatId(row.space_id)).map(|seat| Change { floor: seat.floor, on: row.local_date, version, person: PersonId(row.person_id) }))
    }

    async fn repeated(&self, transaction: &DatabaseTransaction) -> Result<Option<entity::booking::Model>, Failure<ReserveRefusal>> {
        let Some(idempotency) = &self.wish.idempotency else { return Ok(None) };
        match idempotency::Entity::find_by_id(full_key(&self.actor, idempotency)).one(transaction).await? {
            Some(row) if row.fingerprint == idempotency.fingerprint => Ok(store::load_locked(transaction, BookingId(row.booking_id)).await?),
            Some(_) => Err(Failure::KeyReused),
            None => Ok(None),
        }
    }

    /// The row that answers the same request when it comes again.
    fn remembering(&self, backend: DatabaseBackend, booking: &entity::booking::Model) -> Option<Statement> {
        let idempotency = self.wish.idempotency.as_ref()?;
        let row = idempotency::ActiveModel {
            key: Set(full_key(&self.actor, idempotency)),
            fingerprint: Set(idempotency.fingerprint.clone()),
            booking_id: Set(booking.id),
            created_at: Set(self.at),
        };
        Some(idempotency::Entity::insert(row).build(backend))
    }

    /// The key of a taken slot said no: somebody was faster between our look and our step.
    fn refuse(&self, clash: Clash) -> Failure<ReserveRefusal> {
        let slots = self.wish.slots;
        match clash {
            Clash::Seat => Failure::Refused(ReserveRefusal::SeatTaken { seat_label: self.seat.label.clone(), slots, free_from_minute: None }),
            // The person's row is locked, so this is another command of theirs through another door: trying again decides anew.
            Clash::Person => Failure::Busy,
            Clash::Store(error) => error.into(),
        }
    }
}
