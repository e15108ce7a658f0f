//! Step 1: 110, 118, 119. The PBX sends them out without asking us; here they are only explained, and the notice is made that
//! tells the house's security at the same second where the call comes from.

use super::{Draft, Outcome};
use crate::{
    PersonId, SeatId, SiteId,
    telephone::{
        Aor, CallIn, Caller, DeviceKind, Emergency, Ext, Number, NumberKind, OccupancyFrom, PresenceState, Snapshot, Status, Target, Why, occupancy::seat_of,
        presence::standing,
    },
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What security is told: who called whom, and where that is. A telephone line shows the rescuers the address of the building,
/// never the floor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyNotice {
    /// Whom they called.
    pub service: Emergency,
    /// The device.
    pub device: Option<Aor>,
    /// The site of the device.
    pub site: Option<SiteId>,
    /// The person, as far as the device tells.
    pub person: Option<PersonId>,
    /// The seat of the telephone, or the one the person sits at.
    pub seat: Option<SeatId>,
    /// Whether the caller may be anywhere: a softphone of somebody who teleworks.
    pub place: EmergencyPlace,
}

/// How far the place of an emergency call is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EmergencyPlace {
    /// The telephone stands there.
    Telephone,
    /// The person sits there; the device can be carried.
    Person,
    /// Out of the building: the person must use a mobile.
    Afar,
    /// Nobody knows.
    Unknown,
}

/// The service a number belongs to.
fn service(to: &str) -> Option<Emergency> {
    match to.trim() {
        "110" => Some(Emergency::Police),
        "118" => Some(Emergency::CoastGuard),
        "119" => Some(Emergency::Fire),
        _ => None,
    }
}

pub(super) fn dialled(draft: &mut Draft<'_>) -> Option<Outcome> {
    let service = service(&draft.call.to)?;
    Some(explain(draft, service))
}

/// A number of the house that is marked as an emergency number.
pub(super) fn of_the_house(draft: &mut Draft<'_>) -> Outcome {
    explain(draft, Emergency::House)
}

fn explain(draft: &mut Draft<'_>, service: Emergency) -> Outcome {
    draft.note(Why::Emergency { service });
    let notice = notice(draft.world, draft.call, service, draft.at);
    if let (EmergencyPlace::Afar, Some(person)) = (notice.place, notice.person) {
        draft.note(Why::EmergencyFromAfar { person });
    }
    Outcome::nothing(Status::Emergency)
}

/// The notice for an emergency call; `None` for any other.
#[must_use]
pub fn emergency_notice(world: &Snapshot, call: &CallIn, now: DateTime<Utc>) -> Option<EmergencyNotice> {
    let of_the_house = || {
        let ext: Ext = call.to.trim().parse().ok()?;
        let holds = |row: &Number| world.house(row.site).is_some_and(|house| row.valid.contains(house.clock.wall(now).date()));
        world.numbers_at(ext).any(|row| row.kind == NumberKind::Emergency && holds(row)).then_some(Emergency::House)
    };
    Some(notice(world, call, service(&call.to).or_else(of_the_house)?, now))
}

fn notice(world: &Snapshot, call: &CallIn, service: Emergency, at: DateTime<Utc>) -> EmergencyNotice {
    let unknown = EmergencyNotice { service, device: call.from_device, site: call.site, person: None, seat: None, place: EmergencyPlace::Unknown };
    let Caller::Device { aor, person, seat, .. } = Caller::of(world, call, at) else { return unknown };
    let Some(device) = world.device_at(&Target::Aor(aor)) else { return unknown };
    let known = EmergencyNotice { site: Some(device.site), person, seat, ..unknown };
    if seat.is_some() || matches!(device.kind, DeviceKind::FixedBcp) {
        return EmergencyNotice { place: EmergencyPlace::Telephone, ..known };
    }
    let Some(person) = person else { return known };
    let policy = world.house(device.site).map_or(OccupancyFrom::CheckIn, |house| house.occupancy_from);
    let seated = seat_of(world, person, policy, at);
    if device.kind == DeviceKind::Softphone && standing(world.presences_of(person), seated, at).state == PresenceState::Telework {
        return EmergencyNotice { place: EmergencyPlace::Afar, ..known };
    }
    match seated {
        Some(row) => EmergencyNotice { seat: Some(row.seat), place: EmergencyPlace::Person, ..known },
        None => known,
    }
}
