//! Step 6, second half: who answers for a closed section.

use super::{Draft, draft::Hold, person::take_listed, section::Ends, section::ring_fixed, section::ring_members};
use crate::{
    DeviceId, PersonId, SectionId,
    telephone::{ClosedTarget, DeviceKind, Dial, Number, NumberKind, Reach, Rule, Rung, Section, Step, Target, Via, Why},
};

/// How long a duty number rings, milliseconds.
const RING_MS: u32 = 20_000;

/// Rings the duty or guard number and then the house phone, or leaves it to the announcement.
pub(super) fn answer(draft: &mut Draft<'_>, section: &Section) -> Ends {
    let (dial, step) = match section.closed {
        ClosedTarget::Duty(dial) => (dial, Step::Duty),
        ClosedTarget::Guard(dial) => (dial, Step::Guard),
        ClosedTarget::Announcement => {
            draft.note(Why::ClosedAnnouncement);
            return Ends::WithAnnouncement;
        }
    };
    draft.note(if step == Step::Duty { Why::ClosedDuty(dial) } else { Why::ClosedGuard(dial) });
    let rule = Rule { via: Via::Closed, step };
    match (number(draft, dial), dial) {
        (Some(number), _) => ring_number(draft, number, rule),
        (None, Dial::Tel(tel)) => draft.stage(rule, RING_MS, vec![Rung { target: Target::Tel(tel), kind: DeviceKind::Outside, person: None }], Hold::Loose),
        (None, Dial::Ext(_)) => draft.note(Why::ClosedTargetUnknown(dial)),
    }
    draft.house_phone_unless_fixed();
    Ends::WithHumans
}

/// The number of the house that a dial string names today.
fn number<'a>(draft: &Draft<'a>, dial: Dial) -> Option<&'a Number> {
    let on = draft.on();
    match dial {
        Dial::Ext(ext) => draft.world.numbers_at(ext).filter(|row| row.valid.contains(on)).min_by_key(|row| (Some(row.site) != draft.site, row.site)),
        Dial::Tel(tel) => draft.world.numbers_at_tel(tel).find(|row| row.valid.contains(on)),
    }
}

/// Rings what the number stands for, without asking about hours again.
fn ring_number(draft: &mut Draft<'_>, number: &Number, rule: Rule) {
    match number.kind {
        NumberKind::Person(person) => ring_person(draft, person, rule),
        NumberKind::Section(section) | NumberKind::Main(section) => ring_section(draft, section),
        NumberKind::Room(device) | NumberKind::Fax(device) => ring_device(draft, device, rule),
        NumberKind::Seat(_) | NumberKind::Emergency => draft.note(Why::ClosedTargetUnknown(Dial::Ext(number.ext))),
    }
}

fn ring_person(draft: &mut Draft<'_>, person: PersonId, rule: Rule) {
    let mut rungs = Vec::new();
    take_listed(draft, person, &mut rungs);
    draft.stage(rule, RING_MS, rungs, Hold::Loose);
}

fn ring_section(draft: &mut Draft<'_>, section: SectionId) {
    let Some(section) = draft.world.section(section, draft.on()) else { return };
    draft.asked.push(section.id);
    draft.note(Why::Section { section: section.id, via: Via::Closed });
    ring_members(draft, section, Via::Closed);
    ring_fixed(draft, section, Via::Closed);
}

fn ring_device(draft: &mut Draft<'_>, device: DeviceId, rule: Rule) {
    let mut rungs = Vec::new();
    if let Some(device) = draft.world.device(device) {
        draft.take(device, None, Reach::Building, &mut rungs);
    }
    draft.stage(rule, RING_MS, rungs, Hold::Loose);
}
