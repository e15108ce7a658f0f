//! From rows to the facts that `domain` decides on.

use super::store::{self, HeldRow, TakenRow};
use crate::office::{Office, Seat, Site};
use chrono::{NaiveDate, NaiveDateTime};
use domain::{
    BookingId, FloorId, PersonId, SeatId, Slot, Slots, UnitId, ZoneId,
    booking::{Held, SeatFacts, SeatUse, opens_at},
    zone::{AccessFacts, Lender, OverflowZone, ZoneLoad},
};
use sea_orm::{ConnectionTrait, DbErr};
use std::collections::{BTreeMap, HashMap};

/// Who holds what on some floors on one day.
#[derive(Default)]
pub struct DayLoad {
    taken: HashMap<SeatId, Vec<TakenRow>>,
}

impl DayLoad {
    /// Loads the floors once each.
    pub async fn load(connection: &impl ConnectionTrait, floors: impl IntoIterator<Item = FloorId>, on: NaiveDate) -> Result<Self, DbErr> {
        let mut floors: Vec<_> = floors.into_iter().collect();
        floors.sort_unstable();
        floors.dedup();
        let mut taken: HashMap<SeatId, Vec<TakenRow>> = HashMap::new();
        for floor in floors {
            for row in store::taken_on_floor(connection, floor, on).await? {
                taken.entry(SeatId(row.space_id)).or_default().push(row);
            }
        }
        Ok(Self { taken })
    }

    /// The taken slots of a seat.
    pub fn of(&self, seat: SeatId) -> &[TakenRow] {
        self.taken.get(&seat).map_or(&[], Vec::as_slice)
    }

    /// The taken slots of a seat as a set.
    pub fn taken(&self, seat: SeatId) -> Slots {
        self.of(seat).iter().map(TakenRow::slot).collect()
    }

    /// The row of one slot.
    pub fn in_slot(&self, seat: SeatId, slot: Slot) -> Option<&TakenRow> {
        self.of(seat).iter().find(|row| row.slot() == slot)
    }

    /// Every taken slot.
    pub fn rows(&self) -> impl Iterator<Item = &TakenRow> {
        self.taken.values().flatten()
    }
}

/// The seat as the rule sees it.
pub fn seat_facts(seat: &Seat) -> SeatFacts {
    SeatFacts { id: seat.id, label: seat.label.clone(), seat_use: seat.seat_use }
}

/// What a person holds on one day, by booking, and how many slots from today on.
pub fn held(office: &Office, rows: &[HeldRow], on: NaiveDate) -> (Vec<Held>, u32) {
    let mut by_booking: BTreeMap<i64, Held> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.local_date == on) {
        let label = || office.seats.get(&SeatId(row.space_id)).map_or_else(String::new, |seat| seat.label.clone());
        let held = by_booking.entry(row.booking_id).or_insert_with(|| Held { booking: BookingId(row.booking_id), seat_label: label(), slots: Slots::EMPTY });
        held.slots = held.slots.with(store::slot_of(row.slot));
    }
    (by_booking.into_values().collect(), u32::try_from(rows.len()).unwrap_or(u32::MAX))
}

/// Everything about zones that access for one person and day depends on.
pub struct AccessMaker<'a> {
    office: &'a Office,
    on: NaiveDate,
    units: Vec<UnitId>,
    homes: Vec<ZoneId>,
    overflow: Vec<ZoneId>,
    opens_at: NaiveDateTime,
}

impl<'a> AccessMaker<'a> {
    pub fn new(office: &'a Office, site: &Site, person: PersonId, on: NaiveDate) -> Self {
        let units = office.units_of(person, on);
        let mut overflow: Vec<ZoneId> = Vec::new();
        for zone in units.iter().filter_map(|unit| office.units.get(unit)).flat_map(|unit| &unit.overflow) {
            if !overflow.contains(zone) {
                overflow.push(*zone);
            }
        }
        let homes = office.homes_of(person, on).into_iter().map(|zone| zone.id).collect();
        Self { office, on, units, homes, overflow, opens_at: opens_at(&site.policy, on) }
    }

    /// Whether the decision for a zone needs to know how full others are.
    pub fn needs_load(&self, zone: Option<ZoneId>, now: NaiveDateTime) -> bool {
        let Some(zone) = zone.and_then(|zone| self.office.zones.get(&zone)) else { return false };
        let home = zone.homes.iter().any(|unit| self.units.contains(unit));
        !zone.homes.is_empty() && !home && now < self.opens_at && self.overflow.contains(&zone.id)
    }

    /// The floors whose load the decision needs.
    pub fn floors(&self) -> Vec<FloorId> {
        let lenders = self.overflow.iter().filter_map(|zone| self.office.zones.get(zone)).flat_map(|zone| &zone.homes);
        let lent: Vec<ZoneId> = self.office.zones.values().filter(|zone| lenders.clone().any(|unit| zone.homes.contains(unit))).map(|zone| zone.id).collect();
        self.homes.iter().chain(&self.overflow).chain(&lent).filter_map(|zone| self.office.zones.get(zone)).map(|zone| zone.floor).collect()
    }

    /// The facts for one zone and the wanted slots.
    pub fn facts(&self, zone: Option<ZoneId>, wanted: Slots, load: &DayLoad) -> AccessFacts {
        let homes = zone.and_then(|zone| self.office.zones.get(&zone)).map_or(&[][..], |zone| &zone.homes);
        AccessFacts {
            zone,
            lenders: homes.iter().map(|unit| self.lender(*unit, wanted, load)).collect(),
            units: self.units.clone(),
            homes: self.homes.iter().map(|zone| self.zone_load(*zone, wanted, load)).collect(),
            overflow: self.overflow.iter().map(|zone| OverflowZone { load: self.zone_load(*zone, wanted, load) }).collect(),
            opens_at: self.opens_at,
        }
    }

    fn zone_load(&self, zone: ZoneId, wanted: Slots, load: &DayLoad) -> ZoneLoad {
        let seats = self.office.zones.get(&zone).into_iter().flat_map(|zone| &zone.seats).filter_map(|seat| self.office.seats.get(seat));
        let free = seats.filter(|seat| seat.seat_use != SeatUse::Closed).map(|seat| wanted.minus(load.taken(seat.id)));
        ZoneLoad { zone, free_in: free.max_by_key(|free| free.len()).unwrap_or(Slots::EMPTY) }
    }

    /// A home unit of the zone and the most of its seats that outsiders hold in any wanted slot.
    fn lender(&self, unit: UnitId, wanted: Slots, load: &DayLoad) -> Lender {
        let found = self.office.units.get(&unit);
        let cap = found.and_then(|unit| unit.lends);
        let lent = if cap.is_none() { 0 } else { wanted.iter().map(|slot| self.lent_in(unit, slot, load)).max().unwrap_or(0) };
        Lender { unit, name: found.map_or_else(String::new, |unit| unit.name.clone()), cap, lent }
    }

    fn lent_in(&self, unit: UnitId, slot: Slot, load: &DayLoad) -> u32 {
        let seats = self.office.zones.values().filter(|zone| zone.homes.contains(&unit)).flat_map(|zone| &zone.seats);
        let outsiders =
            seats.filter_map(|seat| load.in_slot(*seat, slot)).filter(|row| !self.office.units_of(PersonId(row.person_id), self.on).contains(&unit));
        u32::try_from(outsiders.count()).unwrap_or(u32::MAX)
    }
}
