//! Step 1: 110, 118, 119. The PBX sends them out without asking us; here they are only explained, and the notice is made that
//! tells the house's security at the same second where the call comes from. A house's own emergency number is asked for like
//! any other, and rings that security.

use super::{Draft, Outcome, draft::Hold, memo_for, person::take_listed};
use crate::{
    PersonId, SeatId, SectionId, SiteId,
    memo::{MOST_NUMBER, MemoTo},
    telephone::{
        Aor, CallIn, Caller, Device, DeviceKind, Emergency, Ext, House, Number, NumberKind, NumberOwner, OccupancyFrom, OnExhausted, Owner, PresenceState,
        Reach, Rule, Rung, Snapshot, Status, Step, Target, Via, Why, occupancy::seat_of, presence::standing,
    },
};
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

/// How long security rings before the fixed telephone of the house does, milliseconds.
const SECURITY_MS: u32 = 15_000;

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

impl EmergencyPlace {
    /// The stable word.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Telephone => "telephone",
            Self::Person => "person",
            Self::Afar => "afar",
            Self::Unknown => "unknown",
        }
    }
}

/// A notice by names, as they were when somebody called: what security reads in whichever language, and what is kept of it.
/// Texts are empty where nothing is known.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct EmergencyTold {
    /// Whom they called.
    pub service: Emergency,
    /// What was dialled.
    pub dialled: String,
    /// Who called: a person, or else the section whose telephone it is.
    pub name: String,
    /// The number under which they can be called back.
    pub number: String,
    /// The telephone, as the PBX names it.
    pub device: String,
    /// The site by name.
    pub site: String,
    /// The floor by name.
    pub floor: String,
    /// The seat by its label (`3F-13`).
    pub seat: String,
    /// How far the place is known.
    pub place: EmergencyPlace,
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
    draft.note(Why::Emergency { service });
    let notice = notice(draft.world, draft.call, service, draft.at);
    if let (EmergencyPlace::Afar, Some(person)) = (notice.place, notice.person) {
        draft.note(Why::EmergencyFromAfar { person });
    }
    Some(Outcome::nothing(Status::Emergency))
}

/// A number of the house that is marked as an emergency number: security rings at once, then the fixed telephone of the house.
pub(super) fn of_the_house(draft: &mut Draft<'_>, number: &Number) -> Outcome {
    draft.note(Why::Emergency { service: Emergency::House });
    let mut rungs = Vec::new();
    let named = draft.house().map_or(&[][..], |house| &house.security);
    for (_, to) in named.iter().enumerate().filter(|(at, to)| !named[..*at].contains(to)) {
        match *to {
            MemoTo::Person(person) => take_listed(draft, person, &mut rungs),
            MemoTo::Section(section) => take_section(draft, section, &mut rungs),
        }
    }
    draft.stage(Rule { via: Via::Direct, step: Step::Security }, SECURITY_MS, rungs, Hold::Loose);
    draft.house_phone();
    draft.note(Why::Memo);
    Outcome { status: Status::Emergency, on_exhausted: OnExhausted::Memo(memo_for(number)) }
}

/// Everybody of a section, there or not, and the telephones they share: a guards' room may have nobody by name.
fn take_section(draft: &mut Draft<'_>, section: SectionId, rungs: &mut Vec<Rung>) {
    let (world, on) = (draft.world, draft.on());
    for member in world.members_of(section, on) {
        take_listed(draft, member.person, rungs);
    }
    for device in world.devices_of(Owner::Section(section)) {
        match device.kind {
            DeviceKind::FixedBcp => draft.take_fixed(device, rungs),
            _ => draft.take(device, None, Reach::Building, rungs),
        }
    }
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

/// The same for a call that the PBX itself calls an emergency: then it is one, whatever was dialled. A number that we do not know
/// is taken for what its last digits say (0-119), else for the house's own.
#[must_use]
pub fn emergency_as_told(world: &Snapshot, call: &CallIn, now: DateTime<Utc>) -> EmergencyNotice {
    emergency_notice(world, call, now).unwrap_or_else(|| {
        let dialled = call.to.trim();
        let last = dialled.char_indices().rev().nth(2).and_then(|(at, _)| service(&dialled[at..]));
        notice(world, call, last.unwrap_or(Emergency::House), now)
    })
}

fn notice(world: &Snapshot, call: &CallIn, service: Emergency, at: DateTime<Utc>) -> EmergencyNotice {
    let unknown = EmergencyNotice { service, device: call.from_device, site: call.site, person: None, seat: None, place: EmergencyPlace::Unknown };
    let (aor, person, seat) = match Caller::of(world, call, at) {
        Caller::Device { aor, person, seat, .. } => (aor, person, seat),
        Caller::Ext(ext) => return by_number(world, ext, unknown, at),
        Caller::Tel(_) | Caller::Anonymous | Caller::Anybody => return unknown,
    };
    let Some(device) = world.device_at(&Target::Aor(aor)) else { return unknown };
    let known = EmergencyNotice { site: Some(device.site), person, seat, ..unknown };
    if seat.is_some() || matches!(device.kind, DeviceKind::FixedBcp) {
        return EmergencyNotice { place: EmergencyPlace::Telephone, ..known };
    }
    match person {
        Some(person) => at_seat(world, person, device.kind == DeviceKind::Softphone, known, at),
        None => known,
    }
}

/// Of a PBX that names no telephone: whoever has the number that is shown. It only says so, but where somebody may need help that
/// is better than nothing.
fn by_number(world: &Snapshot, ext: Ext, unknown: EmergencyNotice, at: DateTime<Utc>) -> EmergencyNotice {
    let holds = |row: &&Number| world.house(row.site).is_some_and(|house| row.valid.contains(house.clock.wall(at).date()));
    let rows = || world.numbers_at(ext).filter(holds);
    let Some(row) = rows().find(|row| Some(row.site) == unknown.site).or_else(|| rows().next()) else { return unknown };
    let known = EmergencyNotice { site: Some(row.site), ..unknown };
    match row.kind {
        NumberKind::Person(person) => at_seat(world, person, false, EmergencyNotice { person: Some(person), ..known }, at),
        NumberKind::Seat(seat) => EmergencyNotice { seat: Some(seat), place: EmergencyPlace::Telephone, ..known },
        NumberKind::Section(_) | NumberKind::Main(_) | NumberKind::Room(_) | NumberKind::Fax(_) | NumberKind::Emergency => known,
    }
}

/// Where the person sits, unless the telephone may be anywhere.
fn at_seat(world: &Snapshot, person: PersonId, program: bool, known: EmergencyNotice, at: DateTime<Utc>) -> EmergencyNotice {
    let policy = known.site.and_then(|site| world.house(site)).map_or(OccupancyFrom::CheckIn, |house| house.occupancy_from);
    let seated = seat_of(world, person, policy, at);
    if program && standing(world.presences_of(person), seated, at).state == PresenceState::Telework {
        return EmergencyNotice { place: EmergencyPlace::Afar, ..known };
    }
    match seated {
        Some(row) => EmergencyNotice { seat: Some(row.seat), place: EmergencyPlace::Person, ..known },
        None => known,
    }
}

impl EmergencyNotice {
    /// The house that must know: the telephone's, else that of the PBX, else the first.
    #[must_use]
    pub fn house<'a>(&self, world: &'a Snapshot) -> Option<&'a House> {
        self.site.and_then(|site| world.house(site)).or_else(|| world.houses().next())
    }

    /// The same by names.
    #[must_use]
    pub fn told(&self, world: &Snapshot, call: &CallIn, at: DateTime<Utc>) -> EmergencyTold {
        let house = self.house(world);
        let on = house.map_or_else(|| at.date_naive(), |house| house.clock.wall(at).date());
        let device = self.device.and_then(|aor| world.device_at(&Target::Aor(aor)));
        let section = device.and_then(|device| if let Owner::Section(section) = device.owner { Some(section) } else { None });
        let label = self.seat.and_then(|seat| world.seat(seat));
        let name = self.person.and_then(|person| world.person(person)).map(|person| person.name.clone());
        EmergencyTold {
            service: self.service,
            dialled: call.to.trim().chars().take(MOST_NUMBER).collect(),
            name: name.or_else(|| Some(world.section(section?, on)?.name.clone())).unwrap_or_default(),
            number: self.number(world, device, on).map_or_else(|| written(call), String::from),
            device: self.device.map(|aor| aor.to_string()).unwrap_or_default(),
            site: house.map(|house| house.name.clone()).unwrap_or_default(),
            floor: label.map(|label| label.floor.clone()).unwrap_or_default(),
            seat: label.map(|label| label.label.clone()).unwrap_or_default(),
            place: self.place,
        }
    }

    /// Under which number the caller can be reached: the person's, the seat's, the section's, that of the telephone of a room.
    fn number(&self, world: &Snapshot, device: Option<&Device>, on: NaiveDate) -> Option<Ext> {
        let of = |owner: NumberOwner| world.ext_of(owner, on);
        let stands = |row: &&Number| match row.kind {
            NumberKind::Seat(seat) => self.seat == Some(seat) && row.valid.contains(on),
            NumberKind::Room(room) => device.is_some_and(|device| device.id == room) && row.valid.contains(on),
            _ => false,
        };
        let section = device.and_then(|device| if let Owner::Section(section) = device.owner { Some(section) } else { None });
        let own = self.person.and_then(|person| of(NumberOwner::Person(person))).or_else(|| of(NumberOwner::Section(section?)));
        own.or_else(|| world.numbers().find(stands).map(|row| row.ext))
    }
}

/// What the caller shows, where that is a number at all: a telephone's name calls nobody.
fn written(call: &CallIn) -> String {
    let from = call.from.trim();
    let number = from.chars().all(|letter| letter.is_ascii_digit() || "+*#-".contains(letter));
    if number { from.chars().take(MOST_NUMBER).collect() } else { String::new() }
}

/// Who is told of an emergency call in a house: those it named who can read it today, each once. Nobody, where it named nobody or
/// only people who have left and sections without people; then administrators are told, so that it is never lost.
#[must_use]
pub fn emergency_readers(world: &Snapshot, house: &House, at: DateTime<Utc>, works_here: impl Fn(PersonId) -> bool) -> Vec<MemoTo> {
    let on = house.clock.wall(at).date();
    let mut readers: Vec<MemoTo> = Vec::new();
    for to in &house.security {
        let reads = match to {
            MemoTo::Person(person) => works_here(*person),
            MemoTo::Section(section) => world.section(*section, on).is_some() && world.members_of(*section, on).any(|member| works_here(member.person)),
        };
        if reads && !readers.contains(to) {
            readers.push(*to);
        }
    }
    readers
}
