//! One floor on one day, as one person may see it.

use crate::{
    Failure, Kind, Never, Services, audit,
    booking::{AccessMaker, DayLoad, day_label, places},
    office::{Floor, Office, Seat, Site, Zone},
};
use chrono::{Days, NaiveDate, NaiveDateTime};
use domain::{
    BookingId, FloorId, PersonId, SeatId, SiteId, Slot, SlotTime, Slots, ZoneId,
    account::Actor,
    booking::{SeatUse, State},
    floor::{
        bounds,
        view::{FloorHead, FloorView, RoomView, SeatView, SlotState, ZoneView},
    },
    person::Sight,
    site::{day_kind, next_open_day, week_of},
    slot::UnknownSlot,
    telephone::CallLinks,
    zone::{Access, access},
};
use serde::Serialize;
use std::collections::HashMap;

/// Room around a zone's seats, beyond half a marker.
const ZONE_MARGIN_MM: i32 = 250;

/// A site as programs see it.
#[derive(Clone, Debug, Serialize)]
pub struct SiteView {
    /// Its number.
    pub id: SiteId,
    /// What people call it.
    pub name: String,
    /// IANA name of its time zone.
    pub time_zone: String,
    /// Its slots.
    pub grid: Vec<SlotTime>,
}

/// Every site.
#[must_use]
pub fn sites(cx: &Services) -> Vec<SiteView> {
    let view = |site: &Site| SiteView { id: site.id, name: site.name.clone(), time_zone: site.zone.name().to_owned(), grid: site.policy.grid.times().to_vec() };
    cx.office().sites.values().map(view).collect()
}

/// Every floor.
#[must_use]
pub fn floors(cx: &Services) -> Vec<FloorHead> {
    let office = cx.office();
    office.floors.iter().filter_map(|floor| head(&office, floor)).collect()
}

fn head(office: &Office, floor: &Floor) -> Option<FloorHead> {
    let site = office.sites.get(&floor.site)?;
    Some(FloorHead { id: floor.id, name: floor.name.clone(), site: site.id, site_name: site.name.clone(), seats: u32::try_from(floor.seats.len()).ok()? })
}

/// Slot words for a seat: `all`, or words of its site's grid separated by commas.
///
/// # Errors
/// `NotFound` for an unknown seat, `Refused` for an unknown word.
pub fn parse_slots(cx: &Services, seat: SeatId, codes: &str) -> Result<Slots, Failure<UnknownSlot>> {
    let office = cx.office();
    let site = office.seats.get(&seat).and_then(|seat| office.site_of(seat.floor)).ok_or(Failure::NotFound(Kind::Seat))?;
    parse(site, codes)
}

/// Slot words of a site.
///
/// # Errors
/// `NotFound` for an unknown site, `Refused` for an unknown word.
pub fn parse_site_slots(cx: &Services, site: SiteId, codes: &str) -> Result<Slots, Failure<UnknownSlot>> {
    parse(cx.office().sites.get(&site).ok_or(Failure::NotFound(Kind::Site))?, codes)
}

fn parse(site: &Site, codes: &str) -> Result<Slots, Failure<UnknownSlot>> {
    match codes.trim() {
        "all" => Ok(site.policy.grid.all()),
        "" => Ok(Slots::EMPTY),
        words => site.policy.grid.parse(words.split(',')).map_err(Failure::Refused),
    }
}

/// One floor on one day; without a day: today, or the next open day when today is closed or over.
///
/// # Errors
/// `NotFound` for an unknown floor.
pub async fn floor_view(cx: &Services, actor: &Actor, floor: FloorId, on: Option<NaiveDate>) -> Result<FloorView, Failure<Never>> {
    let office = cx.office();
    let found = office.floor(floor).ok_or(Failure::NotFound(Kind::Floor))?;
    let site = office.sites.get(&found.site).ok_or(Failure::NotFound(Kind::Site))?;
    let now = site.now(cx.clock());
    let on = on.unwrap_or_else(|| default_day(site, now));
    let maker = actor.person().map(|person| AccessMaker::new(&office, site, person, on));
    let snapshot = cx.db().snapshot().await?;
    let version = audit::version(&snapshot).await?;
    let needed = maker.as_ref().filter(|maker| found.zones.iter().any(|zone| maker.needs_load(Some(*zone), now)));
    let load = DayLoad::load(&snapshot, needed.map(AccessMaker::floors).into_iter().flatten().chain([floor]), on).await?;
    let mine = match actor.person() {
        Some(person) => places(&snapshot, &office, person, on..on + Days::new(1), now).await?,
        None => Vec::new(),
    };
    snapshot.commit().await?;
    let page = Page { office: &office, site, floor: found, actor, on, now, load: &load, maker: maker.as_ref() };
    let seat_size = found.seat_size_mm;
    let members = office.planned_members(on);
    Ok(FloorView {
        floor: head(&office, found).ok_or(Failure::NotFound(Kind::Site))?,
        floors: floors(cx),
        width_mm: found.width_mm,
        height_mm: found.height_mm,
        image: (found.image_version > 0).then(|| format!("/floors/{floor}/plan.webp?v={}", found.image_version)),
        day: day_label(site, on, now),
        days: week_of(on).into_iter().map(|day| day_label(site, day, now)).filter(|day| day.closed.is_none() || is_weekday(day.on)).collect(),
        previous_week_on: week_of(on)[0] - Days::new(7),
        next_week_on: week_of(on)[0] + Days::new(7),
        now,
        grid: site.policy.grid.times().to_vec(),
        seat_size_mm: seat_size,
        zones: found.zones.iter().filter_map(|zone| office.zones.get(zone)).filter_map(|zone| page.zone(zone, seat_size, &members)).collect(),
        seats: page.seats(),
        rooms: found.rooms.iter().map(|room| RoomView { name: room.name.clone(), area: room.area, capacity: room.capacity }).collect(),
        calls: CallLinks::default(),
        mine: mine.into_iter().filter(|place| place.state.is_live()).collect(),
        version,
    })
}

fn is_weekday(on: NaiveDate) -> bool {
    use chrono::Datelike;
    on.weekday().num_days_from_monday() < 5
}

fn default_day(site: &Site, now: NaiveDateTime) -> NaiveDate {
    let usable = day_kind(&site.policy, now.date()).is_none() && !site.policy.grid.remaining(domain::booking::minute_of(now)).is_empty();
    if usable { now.date() } else { next_open_day(&site.policy, now.date()) }
}

struct Page<'a> {
    office: &'a Office,
    site: &'a Site,
    floor: &'a Floor,
    actor: &'a Actor,
    on: NaiveDate,
    now: NaiveDateTime,
    load: &'a DayLoad,
    maker: Option<&'a AccessMaker<'a>>,
}

impl Page<'_> {
    fn zone(&self, zone: &Zone, seat_size: (i32, i32), members: &HashMap<ZoneId, u32>) -> Option<ZoneView> {
        let margin = seat_size.0.max(seat_size.1) / 2 + ZONE_MARGIN_MM;
        let area = bounds(zone.seats.iter().filter_map(|seat| self.office.seats.get(seat)).map(|seat| seat.at), margin)?;
        let opens = domain::booking::opens_at(&self.site.policy, self.on);
        let mine = self.actor.person().is_some_and(|person| self.office.units_of(person, self.on).iter().any(|unit| zone.homes.contains(unit)));
        Some(ZoneView {
            id: zone.id,
            name: zone.name.clone(),
            area,
            home_of: zone.homes.iter().filter_map(|unit| self.office.units.get(unit)).map(|unit| unit.name.clone()).collect(),
            mine,
            members: members.get(&zone.id).copied().unwrap_or(0),
            seats: u32::try_from(zone.seats.len()).ok()?,
            opens_at: (!zone.homes.is_empty() && self.now < opens).then_some(opens),
        })
    }

    fn seats(&self) -> Vec<SeatView> {
        let closed_day = day_kind(&self.site.policy, self.on).is_some();
        let mut locked = HashMap::new();
        self.floor.seats.iter().filter_map(|seat| self.office.seats.get(seat)).map(|seat| self.seat(seat, closed_day, &mut locked)).collect()
    }

    fn seat(&self, seat: &Seat, closed_day: bool, locked: &mut HashMap<(Option<ZoneId>, Slot), bool>) -> SeatView {
        let state = |slot: Slot, locked: &mut HashMap<(Option<ZoneId>, Slot), bool>| {
            if let Some(row) = self.load.in_slot(seat.id, slot) {
                return self.taken(PersonId(row.person_id), BookingId(row.booking_id), row.state == State::CheckedIn.code());
            }
            if closed_day || seat.seat_use == SeatUse::Closed {
                return SlotState::Closed;
            }
            if *locked.entry((seat.zone, slot)).or_insert_with(|| self.locked(seat.zone, Slots::only(slot))) {
                let units = seat.zone.and_then(|zone| self.office.zones.get(&zone)).map(|zone| zone.homes.clone()).unwrap_or_default();
                return SlotState::ReservedFor { units };
            }
            SlotState::Free
        };
        let slots = self.site.policy.grid.all().iter().map(|slot| state(slot, locked)).collect();
        SeatView {
            id: seat.id,
            label: seat.label.clone(),
            at: seat.at,
            rotation: seat.rotation,
            zone: seat.zone,
            attributes: seat.attributes.clone(),
            seat_use: seat.seat_use,
            slots,
        }
    }

    /// A program that is no person sees what is kept for home units as kept.
    fn locked(&self, zone: Option<ZoneId>, wanted: Slots) -> bool {
        match self.maker {
            Some(maker) => matches!(access(&maker.facts(zone, wanted, self.load), wanted, self.now), Access::Locked(_)),
            None => {
                let home = zone.and_then(|zone| self.office.zones.get(&zone)).is_some_and(|zone| !zone.homes.is_empty());
                home && self.now < domain::booking::opens_at(&self.site.policy, self.on)
            }
        }
    }

    fn taken(&self, person: PersonId, booking: BookingId, checked_in: bool) -> SlotState {
        if self.actor.person() == Some(person) {
            return SlotState::Mine { booking, checked_in };
        }
        let who = (self.office.sight(self.actor, person, self.on) == Sight::Seat).then(|| self.office.who(self.actor, person, self.on)).flatten();
        if checked_in { SlotState::CheckedIn { who } } else { SlotState::Booked { who } }
    }
}
