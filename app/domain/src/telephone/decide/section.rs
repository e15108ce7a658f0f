//! Steps 5, 6 and 11: a section's number. In a disaster its roster; closed, somebody else; else whoever is there, in its order,
//! then the fixed phone, then the overflow.

use super::{Draft, closed, draft::Hold, person::take_member};
use crate::{
    PersonId, SectionId,
    telephone::{
        Attendance, DeviceKind, Member, Mode, Origin, Owner, PresenceState, Reach, RingMode, Rule, Rung, Section, Skip, Skipped, Step, Via, Why,
        hours::{Opening, opening},
    },
};
use std::cmp::Reverse;

/// With what a plan ends before the memo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ends {
    /// Somebody is rung.
    WithHumans,
    /// An announcement is played.
    WithAnnouncement,
}

/// Sections asked one after another at most.
const MOST_ASKED: usize = 4;

/// A section's number was dialled.
pub(super) fn called(draft: &mut Draft<'_>, called: SectionId) -> Ends {
    draft.announced = Some(called);
    let Some(section) = draft.world.section(called, draft.on()) else { return Ends::WithHumans };
    if mode(draft) != Some(Mode::Disaster)
        && let Some(ends) = while_closed(draft, section)
    {
        return ends;
    }
    chain(draft, called, Via::Direct);
    Ends::WithHumans
}

/// The override that holds, noted.
fn mode(draft: &mut Draft<'_>) -> Option<Mode> {
    let site = draft.site?;
    draft.until_edges(draft.world.mode_switches(site).map(|switch| switch.span));
    let switch = draft.world.mode_switch(site, draft.at)?;
    draft.note(Why::ModeOverride { mode: switch.mode, by: switch.by, since_at: switch.span.from_at });
    Some(switch.mode)
}

/// What a closed section does with the call; `None` when it is open or the call comes from inside.
fn while_closed(draft: &mut Draft<'_>, section: &Section) -> Option<Ends> {
    let house = draft.house()?;
    let hours = if section.hours.is_empty() { &house.hours } else { &section.hours };
    let switched = draft.world.mode_switch(house.site, draft.at).map(|switch| switch.mode);
    let Opening { shut, changes_at } = opening(hours, &house.policy, draft.wall);
    let left = changes_at.map(|changes| changes - draft.wall);
    draft.until(left.and_then(|left| draft.at.checked_add_signed(left)));
    let closed = match switched {
        Some(Mode::Normal | Mode::Disaster) => false,
        Some(Mode::AfterHours) => true,
        None => shut.is_some(),
    };
    if !closed {
        return None;
    }
    if draft.origin() == Origin::Inside {
        draft.note(Why::ClosedIgnored { section: section.id });
        return None;
    }
    let shut = if switched.is_some() { None } else { shut };
    draft.note(Why::Closed { section: section.id, shut });
    Some(closed::answer(draft, section))
}

/// Whether the house is in a disaster; noted where a person was called, for whom no other mode matters.
fn is_disaster(draft: &mut Draft<'_>, via: Via) -> bool {
    let Some(site) = draft.site else { return false };
    draft.until_edges(draft.world.mode_switches(site).map(|switch| switch.span));
    let switch = draft.world.mode_switch(site, draft.at).filter(|switch| switch.mode == Mode::Disaster);
    if let Some(switch) = switch.filter(|_| via != Via::Direct) {
        draft.note(Why::ModeOverride { mode: switch.mode, by: switch.by, since_at: switch.span.from_at });
    }
    switch.is_some()
}

/// Asks a section and then its overflows, each once. The first one asked because of a person rings everybody.
pub(super) fn chain(draft: &mut Draft<'_>, first: SectionId, via: Via) {
    let disaster = is_disaster(draft, via);
    let (mut next, mut via) = (Some(first), via);
    while let Some(id) = next.take() {
        let Some(section) = draft.world.section(id, draft.on()) else { break };
        draft.asked.push(id);
        draft.note(Why::Section { section: id, via });
        if disaster {
            ring_roster(draft, section, via);
        } else {
            ring_members(draft, section, via);
            ring_fixed(draft, section, via);
        }
        match section.overflow {
            Some(overflow) if draft.asked.contains(&overflow) => draft.note(Why::OverflowCut { section: overflow }),
            Some(overflow) if draft.asked.len() < MOST_ASKED => next = Some(overflow),
            _ => {}
        }
        via = Via::Overflow;
    }
}

/// The section's fixed phone, which is always a stage.
pub(super) fn ring_fixed(draft: &mut Draft<'_>, section: &Section, via: Via) {
    let mut rungs = Vec::new();
    take_fixed(draft, section.id, &mut rungs);
    if rungs.is_empty() {
        draft.note(Why::NoFixedPhone { section: section.id });
    }
    draft.stage(Rule { via, step: Step::SectionBcp }, section.fixed_ms, rungs, Hold::Fixed);
}

fn take_fixed(draft: &mut Draft<'_>, section: SectionId, rungs: &mut Vec<Rung>) {
    for device in draft.world.devices_of(Owner::Section(section)).filter(|device| device.kind == DeviceKind::FixedBcp) {
        draft.take_fixed(device, rungs);
    }
}

/// 災害: the roster and the fixed phone at once, whatever people are doing. A seat phone still rings only where its occupant is.
fn ring_roster(draft: &mut Draft<'_>, section: &Section, via: Via) {
    let mut rungs = Vec::new();
    take_fixed(draft, section.id, &mut rungs);
    if rungs.is_empty() {
        draft.note(Why::NoFixedPhone { section: section.id });
    }
    // Without a fixed phone the stage may go, and the house phone stays.
    let hold = if rungs.is_empty() { Hold::Loose } else { Hold::Fixed };
    for person in draft.world.roster_of(section.id, draft.on()) {
        if draft.caller.person() == Some(person) {
            draft.skip(Skipped::Person(person), Skip::Caller);
            continue;
        }
        let seated = draft.seat_of(person);
        take_member(draft, person, seated, Reach::Building, &mut rungs);
    }
    draft.stage(Rule { via, step: Step::ModeDisaster }, section.ring_ms.max(section.fixed_ms), rungs, hold);
}

/// Whoever of the section is there.
pub(super) fn ring_members(draft: &mut Draft<'_>, section: &Section, via: Via) {
    let mut present: Vec<(Member, Vec<Rung>)> = Vec::new();
    for member in draft.world.members_of(section.id, draft.on()) {
        let mut rungs = Vec::new();
        if let Err(because) = take_present(draft, member.person, &mut rungs) {
            draft.skip(Skipped::Person(member.person), because);
        } else if !rungs.is_empty() {
            present.push((*member, rungs));
        }
    }
    let mut shared = Vec::new();
    for device in draft.world.devices_of(Owner::Section(section.id)).filter(|device| device.kind != DeviceKind::FixedBcp) {
        draft.take(device, None, Reach::Building, &mut shared);
    }
    if present.is_empty() && shared.is_empty() {
        draft.note(Why::NobodyPresent { section: section.id });
    }
    // Who stands in for a person or another section rings at once: the caller has waited already.
    let ring = if via == Via::Direct { section.ring } else { RingMode::All };
    stages(draft, section, Rule { via, step: step(ring) }, present, shared);
}

const fn step(ring: RingMode) -> Step {
    match ring {
        RingMode::All => Step::SectionAll,
        RingMode::Rotate => Step::SectionRotate,
        RingMode::LongestIdle => Step::SectionLongestIdle,
        RingMode::Sequential => Step::SectionSequential,
    }
}

/// The devices of a member who is there and may be rung.
fn take_present(draft: &mut Draft<'_>, person: PersonId, rungs: &mut Vec<Rung>) -> Result<(), Skip> {
    if draft.caller.person() == Some(person) {
        return Err(Skip::Caller);
    }
    if draft.called.contains(&person) {
        return Err(Skip::Called);
    }
    let seated = draft.seat_of(person);
    let standing = draft.standing(person, seated);
    let least = match standing.state {
        state if state.silences() => return Err(Skip::Silent(state)),
        PresenceState::Telework => Reach::Anywhere,
        _ if seated.is_none() && draft.world.attendance() == Attendance::AsKnown => return Err(Skip::NotPresent),
        _ => Reach::Building,
    };
    take_member(draft, person, seated, least, rungs);
    Ok(())
}

/// All at once; or, where the order matters, the first alone, the second alone, then everybody else.
fn stages(draft: &mut Draft<'_>, section: &Section, rule: Rule, mut present: Vec<(Member, Vec<Rung>)>, shared: Vec<Rung>) {
    match rule.step {
        Step::SectionRotate => rotate(draft, section.id, &mut present),
        Step::SectionLongestIdle => present.sort_by_key(|(member, _)| (draft.world.idle_since(member.person), member.rank, member.person)),
        _ => {}
    }
    let alone = if rule.step == Step::SectionAll { 0 } else { 2.min(present.len()) };
    let rest = present.split_off(alone);
    for (_, rungs) in present {
        draft.stage(rule, section.ring_ms, rungs, Hold::Loose);
    }
    let everybody = rest.into_iter().flat_map(|(_, rungs)| rungs).chain(shared).collect();
    draft.stage(Rule { step: Step::SectionAll, ..rule }, section.ring_ms, everybody, Hold::Loose);
}

/// Begins with the member after the one who was rung last, in the section's own order.
fn rotate(draft: &Draft<'_>, section: SectionId, present: &mut [(Member, Vec<Rung>)]) {
    let last = draft.world.turn_of(section);
    let Some(last) = last.and_then(|person| draft.world.members_of(section, draft.on()).find(|member| member.person == person)) else { return };
    let key = (last.rank, last.person);
    present.sort_by_key(|(member, _)| (Reverse((member.rank, member.person) > key), member.rank, member.person));
}
