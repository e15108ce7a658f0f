//! Which seat to propose, and which to offer instead of one that cannot be had.

use super::{
    facts::{self, AccessMaker, DayLoad},
    reserve::seat_and_site,
    store,
};
use crate::{
    Services,
    office::{Office, Seat, Site},
};
use chrono::{Days, NaiveDate, NaiveDateTime};
use domain::{
    FloorId, PersonId, SeatId, Slots, ZoneId,
    booking::{Candidate, OnHeld, ReserveFacts, ReserveRefusal, SeatUse, SuggestFacts, Suggestion, reserve, suggest, view::Alternative},
    floor::{Placed, nearest},
    zone::{Access, access},
};
use entity::booking;
use sea_orm::{ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

/// Days back in which a seat counts as had lately.
const RECENT_DAYS: u64 = 21;
const RECENT_SEATS: u64 = 5;
const ALTERNATIVES: usize = 3;

/// The best free seat for a person: in one zone, or at home, or anywhere on the site. The error is the reason there is none.
pub(super) async fn best(
    cx: &Services,
    person: PersonId,
    on: NaiveDate,
    wanted: Slots,
    zone: Option<ZoneId>,
    passed_over: &[SeatId],
) -> Result<Result<Suggestion, ReserveRefusal>, DbErr> {
    let office = cx.office();
    let site = zone.and_then(|zone| office.zones.get(&zone)).and_then(|zone| office.site_of(zone.floor)).or_else(|| office.site_for(person, on));
    let Some(site) = site else { return Ok(Err(ReserveRefusal::NothingFree)) };
    let search = Search { office: &office, site, person, on, wanted, now: site.now(cx.clock()) };
    let connection = cx.db().reader();
    if let Err(reason) = search.day_and_person(connection).await? {
        return Ok(Err(reason));
    }
    let floors = match zone.and_then(|zone| office.zones.get(&zone)) {
        Some(zone) => vec![vec![zone.floor]],
        // The home floor first; the rest of the site only when nothing is left there.
        None => search.floors_by_nearness(),
    };
    for group in floors {
        let load = search.load(connection, &group).await?;
        let seats = group.iter().filter_map(|floor| office.floor(*floor)).flat_map(|floor| &floor.seats).filter_map(|seat| office.seats.get(seat));
        let seats: Vec<_> = seats.filter(|seat| zone.is_none_or(|zone| seat.zone == Some(zone)) && !passed_over.contains(&seat.id)).collect();
        let facts = SuggestFacts {
            candidates: search.candidates(&seats, &load),
            team: search.team(&load),
            wishes: office.people.get(&person).map(|person| person.wishes.clone()).unwrap_or_default(),
            recent: recent_seats(connection, person, on).await?,
            seed: seed(person, on),
        };
        if let Some(found) = suggest(&facts) {
            return Ok(Ok(found));
        }
    }
    Ok(Err(ReserveRefusal::NothingFree))
}

/// The free seats nearest to one that cannot be had, which the person may take.
pub(super) async fn alternatives(cx: &Services, person: PersonId, seat: SeatId, on: NaiveDate, wanted: Slots) -> Result<Vec<Alternative>, DbErr> {
    let office = cx.office();
    let Ok((wanted_seat, site)) = seat_and_site::<ReserveRefusal>(&office, seat) else { return Ok(Vec::new()) };
    let search = Search { office: &office, site, person, on, wanted, now: site.now(cx.clock()) };
    let load = search.load(cx.db().reader(), &[wanted_seat.floor]).await?;
    let seats: Vec<_> = office.floor(wanted_seat.floor).into_iter().flat_map(|floor| &floor.seats).filter_map(|seat| office.seats.get(seat)).collect();
    let free: Vec<_> =
        search.candidates(&seats, &load).into_iter().filter(|candidate| candidate.allowed && candidate.seat != seat && !candidate.duty).collect();
    let placed: Vec<_> = free.iter().map(|candidate| Placed { seat: candidate.seat, at: candidate.at }).collect();
    let near = nearest(wanted_seat.at, &placed, ALTERNATIVES);
    Ok(near
        .into_iter()
        .filter_map(|place| office.seats.get(&place.seat))
        .map(|found| Alternative { seat: found.id, seat_label: found.label.clone(), floor: found.floor, metres: Some(found.at.metres_to(wanted_seat.at)) })
        .collect())
}

struct Search<'a> {
    office: &'a Office,
    site: &'a Site,
    person: PersonId,
    on: NaiveDate,
    wanted: Slots,
    now: NaiveDateTime,
}

impl Search<'_> {
    /// Whether any seat at all could be had: the day, the person's other seat, the quota. A seat open to all stands in.
    async fn day_and_person(&self, connection: &impl ConnectionTrait) -> Result<Result<(), ReserveRefusal>, DbErr> {
        let rows = store::held_from(connection, self.person, self.now.date()).await?;
        let (held, held_slots) = facts::held(self.office, &rows, self.on);
        let seat = domain::booking::SeatFacts { id: SeatId(0), label: String::new(), seat_use: SeatUse::Open };
        let access = AccessMaker::new(self.office, self.site, self.person, self.on).facts(None, self.wanted, &DayLoad::default());
        let employed = self.office.employed(self.person, self.on);
        let facts =
            ReserveFacts { policy: &self.site.policy, seat: &seat, person: self.person, employed, taken: Slots::EMPTY, held, held_slots, access: &access };
        Ok(reserve(self.on, self.wanted, OnHeld::Refuse, &facts, self.now).map(drop))
    }

    fn floors_by_nearness(&self) -> Vec<Vec<FloorId>> {
        let homes: Vec<FloorId> = self.office.homes_of(self.person, self.on).into_iter().map(|zone| zone.floor).collect();
        let (near, far): (Vec<_>, Vec<_>) =
            self.office.floors.iter().filter(|floor| floor.site == self.site.id).map(|floor| floor.id).partition(|floor| homes.contains(floor));
        [near, far].into_iter().filter(|group| !group.is_empty()).collect()
    }

    async fn load(&self, connection: &impl ConnectionTrait, floors: &[FloorId]) -> Result<DayLoad, DbErr> {
        let maker = AccessMaker::new(self.office, self.site, self.person, self.on);
        let needed = self
            .office
            .floors
            .iter()
            .filter(|floor| floors.contains(&floor.id))
            .flat_map(|floor| &floor.zones)
            .any(|zone| maker.needs_load(Some(*zone), self.now));
        let more = if needed { maker.floors() } else { Vec::new() };
        DayLoad::load(connection, floors.iter().copied().chain(more), self.on).await
    }

    fn candidates(&self, seats: &[&Seat], load: &DayLoad) -> Vec<Candidate> {
        let maker = AccessMaker::new(self.office, self.site, self.person, self.on);
        let homes: Vec<ZoneId> = self.office.homes_of(self.person, self.on).into_iter().map(|zone| zone.id).collect();
        let mut decided: std::collections::HashMap<Option<ZoneId>, bool> = std::collections::HashMap::new();
        let free = seats.iter().filter(|seat| seat.seat_use != SeatUse::Closed && load.taken(seat.id).both(self.wanted).is_empty());
        free.map(|seat| Candidate {
            seat: seat.id,
            at: seat.at,
            home: seat.zone.is_some_and(|zone| homes.contains(&zone)),
            allowed: *decided
                .entry(seat.zone)
                .or_insert_with(|| !matches!(access(&maker.facts(seat.zone, self.wanted, load), self.wanted, self.now), Access::Locked(_))),
            attributes: seat.attributes.clone(),
            duty: seat.seat_use == SeatUse::Duty,
        })
        .collect()
    }

    /// Where colleagues of a common unit sit then, as far as the person may know.
    fn team(&self, load: &DayLoad) -> Vec<domain::floor::Point> {
        let actor = domain::account::Actor::Person { id: self.person, role: domain::account::Role::Staff };
        let mut team: Vec<(i64, SeatId)> = load.rows().map(|row| (row.person_id, SeatId(row.space_id))).collect();
        team.sort_unstable();
        team.dedup();
        team.into_iter()
            .map(|(person, seat)| (PersonId(person), seat))
            .filter(|(person, _)| *person != self.person && self.office.share_unit(*person, self.person, self.on))
            .filter(|(person, _)| self.office.sight(&actor, *person, self.on) == domain::person::Sight::Seat)
            .filter_map(|(_, seat)| self.office.seats.get(&seat))
            .map(|seat| seat.at)
            .collect()
    }
}

/// Seats the person had lately, newest first.
async fn recent_seats(connection: &impl ConnectionTrait, person: PersonId, on: NaiveDate) -> Result<Vec<SeatId>, DbErr> {
    let since = on.checked_sub_days(Days::new(RECENT_DAYS)).unwrap_or(on);
    let rows: Vec<i64> = booking::Entity::find()
        .select_only()
        .column(booking::Column::SpaceId)
        .filter(booking::Column::PersonId.eq(person.0))
        .filter(booking::Column::LocalDate.gte(since))
        .filter(booking::Column::LocalDate.lt(on))
        .filter(booking::Column::State.is_not_in(["cancelled", "expired"]))
        .order_by_desc(booking::Column::LocalDate)
        .limit(RECENT_SEATS)
        .into_tuple()
        .all(connection)
        .await?;
    Ok(rows.into_iter().map(SeatId).collect())
}

/// The same for one person and day, so that a reloaded page proposes the same seat.
fn seed(person: PersonId, on: NaiveDate) -> u64 {
    use chrono::Datelike;
    person.0.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ u64::from(on.num_days_from_ce().unsigned_abs())
}
