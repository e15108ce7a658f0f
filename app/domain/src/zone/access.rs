//! May this person take a seat of this zone now? Home first, overflow in order, everybody from the release time.

use crate::{Slots, UnitId, ZoneId};
use chrono::NaiveDateTime;

/// How full one of the person's own or overflow zones is for the wanted slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ZoneLoad {
    /// The zone.
    pub zone: ZoneId,
    /// The wanted slots of the zone's bookable seat that is free in most of them: a zone has room for somebody only when
    /// one seat is free for all they want, not one in the morning and another in the afternoon.
    pub free_in: Slots,
}

/// A home unit of the wanted zone and what it has lent so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lender {
    /// The unit that is at home there.
    pub unit: UnitId,
    /// What people call it.
    pub name: String,
    /// Seats of its home zones it lends at most in one slot before the release time; `None` is no limit.
    pub cap: Option<u32>,
    /// The largest number of its home seats that outsiders hold in any one of the wanted slots.
    pub lent: u32,
}

/// A zone the person's unit may overflow into, in the unit's order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverflowZone {
    /// The zone and how full it is.
    pub load: ZoneLoad,
}

/// What must be known to decide on access to one zone for one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessFacts {
    /// The zone of the wanted seat; `None` for a seat outside every zone.
    pub zone: Option<ZoneId>,
    /// The units at home in that zone; empty for a zone open to all.
    pub lenders: Vec<Lender>,
    /// Units of the person (all posts, 兼務 included).
    pub units: Vec<UnitId>,
    /// The person's home zones.
    pub homes: Vec<ZoneLoad>,
    /// The person's overflow zones, first choice first.
    pub overflow: Vec<OverflowZone>,
    /// The wall-clock moment from which the zone is open to everybody for that day.
    pub opens_at: NaiveDateTime,
}

/// Why a zone is still closed to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Locked {
    /// The zone is not among the overflow zones of the person's units.
    NotYours,
    /// It is, but the person's home zone still has a free seat.
    HomeHasRoom,
    /// It is, but an overflow zone before it still has a free seat.
    EarlierOverflowHasRoom,
    /// It is, but the unit at home there lends no more seats.
    LendingCapReached,
}

/// How a person comes to a zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// The zone is nobody's home.
    OpenToAll,
    /// The person is at home there.
    Home,
    /// The person's home is full and this is the next overflow zone.
    Overflow,
    /// The release time has come.
    Released,
    /// Not yet.
    Locked(Locked),
}

/// Decides access to a zone (PRODUCT.md A; DESIGN.md invariant: a refusal names its reason).
///
/// Order: open zone → home member → released → overflow with its conditions → locked.
#[must_use]
pub fn access(facts: &AccessFacts, wanted: Slots, now: NaiveDateTime) -> Access {
    if facts.lenders.is_empty() {
        return Access::OpenToAll;
    }
    if facts.lenders.iter().any(|lender| facts.units.contains(&lender.unit)) {
        return Access::Home;
    }
    if now >= facts.opens_at {
        return Access::Released;
    }
    let Some(rank) = facts.overflow.iter().position(|zone| Some(zone.load.zone) == facts.zone) else {
        return Access::Locked(Locked::NotYours);
    };
    let has_room = |load: &ZoneLoad| load.free_in.covers(wanted);
    if facts.homes.iter().any(has_room) {
        return Access::Locked(Locked::HomeHasRoom);
    }
    if facts.overflow[..rank].iter().any(|zone| has_room(&zone.load)) {
        return Access::Locked(Locked::EarlierOverflowHasRoom);
    }
    if facts.lenders.iter().any(|lender| lender.cap.is_some_and(|cap| lender.lent >= cap)) {
        return Access::Locked(Locked::LendingCapReached);
    }
    Access::Overflow
}
