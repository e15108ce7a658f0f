//! Steps 2 and 8 to 10: a person's own devices as far as they may ring, then the section.

use super::{Draft, delegation, draft::Hold, section, section::Ends, stand_in};
use crate::{
    PersonId,
    telephone::{Allowed, Attendance, Caller, DeviceOrder, Occupancy, Owner, PresenceState, Reach, Rule, Rung, Settings, Skip, Skipped, Step, Via, Why},
};

/// How long a person's devices ring unless they chose otherwise, milliseconds.
const RING_MS: u32 = 12_000;

/// A person's number: who answers for them, their devices, then their section.
pub(super) fn called(draft: &mut Draft<'_>, called: PersonId) -> Ends {
    draft.announced = draft.world.home_of(called, draft.on());
    let person = delegation::follow(draft, called);
    ring(draft, person, if person == called { Via::Direct } else { Via::Delegation });
    if let Some(section) = draft.announced {
        section::chain(draft, section, Via::Fallback);
    } else {
        draft.note(Why::NoSection { person: called });
        stand_in(draft);
    }
    Ends::WithHumans
}

/// Everything of a person, whatever they chose: the call continues one that is being talked. False when there is nothing.
pub(super) fn replaces(draft: &mut Draft<'_>, person: PersonId) -> bool {
    draft.note(Why::Replaces { person });
    let mut rungs = Vec::new();
    if let Some(row) = draft.seat_of(person) {
        take_all(draft, Owner::Seat(row.seat), person, Reach::Building, &mut rungs);
    }
    take_all(draft, Owner::Person(person), person, Reach::Building, &mut rungs);
    let any = !rungs.is_empty();
    draft.stage(Rule { via: Via::Direct, step: Step::Replaces }, RING_MS, rungs, Hold::Loose);
    any
}

/// The person's devices, if they may ring.
fn ring(draft: &mut Draft<'_>, person: PersonId, via: Via) {
    let seated = draft.seat_of(person);
    let standing = draft.standing(person, seated);
    note_seat(draft, person, seated);
    if standing.state != PresenceState::Available {
        draft.note(Why::Presence { person, state: standing.state, source: standing.source, until_at: standing.until_at });
    }
    if standing.state == PresenceState::Dnd && is_allowed(draft, person) {
        draft.note(Why::DndPassed { person });
    } else if standing.state.silences() {
        draft.skip(Skipped::Person(person), Skip::Silent(standing.state));
        return;
    }
    let least = if standing.state == PresenceState::Telework { Reach::Anywhere } else { Reach::Building };
    let settings = draft.world.settings(person);
    let ring_ms = settings.and_then(|settings| settings.ring_ms).unwrap_or(RING_MS);
    let rule = Rule { via, step: Step::PersonDevices };
    let mut rungs = Vec::new();
    if let Some(row) = seated {
        take_all(draft, Owner::Seat(row.seat), person, least, &mut rungs);
    }
    if settings.is_some_and(|settings| settings.order == DeviceOrder::SeatFirst) {
        draft.stage(rule, ring_ms, std::mem::take(&mut rungs), Hold::Loose);
    }
    take_own(draft, person, settings, least, &mut rungs);
    draft.stage(rule, ring_ms, rungs, Hold::Loose);
}

fn note_seat(draft: &mut Draft<'_>, person: PersonId, seated: Option<&Occupancy>) {
    match seated {
        Some(row) => draft.note(Why::AtSeat { person, seat: row.seat, since_at: row.span.from_at, source: row.source }),
        None if draft.world.attendance() == Attendance::AsKnown => draft.note(Why::NotAtSeat { person }),
        // Where they will sit is not known yet, and nothing to be told.
        None => {}
    }
}

/// Everything a section's member has that may ring: the telephone of their seat and the devices they picked.
pub(super) fn take_member(draft: &mut Draft<'_>, person: PersonId, seated: Option<&Occupancy>, least: Reach, rungs: &mut Vec<Rung>) {
    if let Some(row) = seated {
        take_all(draft, Owner::Seat(row.seat), person, least, rungs);
    }
    let settings = draft.world.settings(person);
    take_own(draft, person, settings, least, rungs);
}

/// The same of somebody who was named for this, at their seat or not; nothing of who wants quiet.
pub(super) fn take_listed(draft: &mut Draft<'_>, person: PersonId, rungs: &mut Vec<Rung>) {
    if draft.caller.person() == Some(person) {
        return draft.skip(Skipped::Person(person), Skip::Caller);
    }
    let seated = draft.seat_of(person);
    let standing = draft.standing(person, seated);
    if standing.state.silences() {
        return draft.skip(Skipped::Person(person), Skip::Silent(standing.state));
    }
    let least = if standing.state == PresenceState::Telework { Reach::Anywhere } else { Reach::Building };
    take_member(draft, person, seated, least, rungs);
}

fn take_own(draft: &mut Draft<'_>, person: PersonId, settings: Option<&Settings>, least: Reach, rungs: &mut Vec<Rung>) {
    let picked = settings.and_then(|settings| settings.picked.as_deref());
    let mut any = false;
    for device in draft.world.devices_of(Owner::Person(person)) {
        any = true;
        if picked.is_some_and(|picked| !picked.contains(&device.id)) {
            draft.skip(Skipped::Device(device.id), Skip::NotPicked);
        } else {
            draft.take(device, Some(person), least, rungs);
        }
    }
    if !any {
        draft.skip(Skipped::Person(person), Skip::NoDevice);
    }
}

fn take_all(draft: &mut Draft<'_>, owner: Owner, person: PersonId, least: Reach, rungs: &mut Vec<Rung>) {
    for device in draft.world.devices_of(owner) {
        draft.take(device, Some(person), least, rungs);
    }
}

/// Whether the caller passes the person's do-not-disturb.
fn is_allowed(draft: &Draft<'_>, person: PersonId) -> bool {
    let Some(settings) = draft.world.settings(person) else { return false };
    settings.allowed.iter().any(|allowed| match (allowed, &draft.caller) {
        (Allowed::Person(friend), Caller::Device { person, .. }) => *person == Some(*friend),
        (Allowed::Section(section), Caller::Device { person, section: device, .. }) => {
            *device == Some(*section) || person.is_some_and(|person| draft.world.is_member(person, *section, draft.on()))
        }
        (Allowed::Tel(tel), Caller::Tel(caller)) => tel == caller,
        _ => false,
    })
}
