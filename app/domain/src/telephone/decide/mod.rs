//! The decision: which telephones ring for a call, in which order, for how long, and why. Pure, total and bounded; the precedence
//! is that of telephony.md §4.2, and each module here is one of its steps.

mod closed;
mod delegation;
mod draft;
mod emergency;
mod fit;
mod number;
mod person;
mod place;
mod section;
mod shown;

pub use emergency::{EmergencyNotice, EmergencyPlace, EmergencyTold, emergency_as_told, emergency_notice, emergency_readers};

use super::{
    BlockScope, CallIn, Caller, MemoFor, Number, NumberKind, OnExhausted, Origin, PbxCaps, Plan, Replaces, Snapshot, Status, Via, Why, block::patterns_of,
};
use chrono::{DateTime, Utc};
use draft::Draft;
use number::Found;

/// A call that came round this often is not sent round again.
const MOST_HOPS: u8 = 5;

/// How a decision ended.
#[derive(Clone, Copy, Debug)]
struct Outcome {
    status: Status,
    on_exhausted: OnExhausted,
}

impl Outcome {
    const fn nothing(status: Status) -> Self {
        Self { status, on_exhausted: OnExhausted::Nothing }
    }

    const fn memo(memo: MemoFor) -> Self {
        Self { status: Status::Ring, on_exhausted: OnExhausted::Memo(memo) }
    }
}

/// Decides what rings. Same snapshot, call, instant and PBX, same plan.
#[must_use]
pub fn decide(world: &Snapshot, call: &CallIn, now: DateTime<Utc>, caps: &PbxCaps) -> Plan {
    decide_for(Caller::of(world, call, now), world, call, now, caps)
}

/// The same for a caller that is known already, or for [`Caller::Anybody`].
#[must_use]
pub fn decide_for(caller: Caller, world: &Snapshot, call: &CallIn, now: DateTime<Utc>, caps: &PbxCaps) -> Plan {
    let mut draft = Draft::new(caller, world, call, now);
    let outcome = route(&mut draft);
    draft.finish(outcome, *caps)
}

fn route(draft: &mut Draft<'_>) -> Outcome {
    if let Some(outcome) = emergency::dialled(draft) {
        return outcome;
    }
    let number = match number::find(draft) {
        Found::Live(number) => number,
        Found::Nothing => return Outcome::nothing(if is_barred(draft) { Status::Refused } else { Status::Unknown }),
    };
    // An emergency number of the house is no less one than 119: nothing may come before it.
    if number.kind == NumberKind::Emergency {
        return by_kind(draft, number);
    }
    if draft.call.hop >= MOST_HOPS {
        draft.note(Why::TooManyHops { hop: draft.call.hop });
        draft.house_phone();
        return Outcome::memo(memo_for(number));
    }
    if let (Replaces::Call, NumberKind::Person(person)) = (draft.call.replaces, number.kind)
        && person::replaces(draft, person)
    {
        return Outcome::nothing(Status::Ring);
    }
    if is_blocked(draft, number) {
        return Outcome::nothing(Status::Refused);
    }
    by_kind(draft, number)
}

fn by_kind(draft: &mut Draft<'_>, number: &Number) -> Outcome {
    let announced = match number.kind {
        NumberKind::Person(person) => person::called(draft, person),
        NumberKind::Section(section) | NumberKind::Main(section) => section::called(draft, section),
        NumberKind::Seat(seat) => place::seat(draft, seat),
        NumberKind::Room(device) => place::room(draft, device),
        NumberKind::Fax(device) => return place::fax(draft, device),
        NumberKind::Emergency => return emergency::of_the_house(draft, number),
    };
    // A seat's number is that of its occupant, and so is the memo.
    let memo = draft.called.first().map_or_else(|| memo_for(number), |person| MemoFor::Person(*person));
    match announced {
        section::Ends::WithHumans => {
            draft.house_phone_unless_fixed();
            draft.note(Why::Memo);
            Outcome::memo(memo)
        }
        section::Ends::WithAnnouncement => Outcome { status: Status::Ring, on_exhausted: OnExhausted::Announce(memo) },
    }
}

fn memo_for(number: &Number) -> MemoFor {
    match number.kind {
        NumberKind::Person(person) => MemoFor::Person(person),
        NumberKind::Section(section) | NumberKind::Main(section) => MemoFor::Section(section),
        NumberKind::Seat(_) | NumberKind::Room(_) | NumberKind::Fax(_) | NumberKind::Emergency => MemoFor::House(number.site),
    }
}

/// Whether a telephone on a seat where nobody sits calls the world: whoever walks by may call for help and inside, and no further
/// (telephony.md §4.5).
fn is_barred(draft: &mut Draft<'_>) -> bool {
    let Caller::Device { seat: Some(seat), person: None, .. } = draft.caller else { return false };
    let house = draft.call.site.and_then(|site| draft.world.house(site)).or(draft.world.houses().next());
    let outward = house.is_some_and(|house| house.numbering.tel(draft.call.to.trim()).is_some());
    if outward {
        draft.note(Why::SeatEmpty { seat });
    }
    outward
}

/// Unwanted callers: calls from outside only.
fn is_blocked(draft: &mut Draft<'_>, number: &Number) -> bool {
    if draft.origin() == Origin::Inside {
        return false;
    }
    let meant = |scope: BlockScope| match (scope, number.kind) {
        (BlockScope::House, _) => true,
        (BlockScope::Section(section), NumberKind::Section(called) | NumberKind::Main(called)) => section == called,
        (BlockScope::Person(person), NumberKind::Person(called)) => person == called,
        (BlockScope::Section(_) | BlockScope::Person(_), _) => false,
    };
    let (world, at) = (draft.world, draft.at);
    let rules = patterns_of(&draft.caller).flat_map(|pattern| world.blocks_of(pattern));
    let rule = rules.filter(|rule| meant(rule.scope) && rule.until_at.is_none_or(|until| at < until)).min_by_key(|rule| rule.id);
    let Some(rule) = rule else { return false };
    draft.until(rule.until_at);
    draft.note(Why::Blocked { rule: rule.id });
    true
}

/// The section that stands in when a person has none: the house's reception.
fn stand_in(draft: &mut Draft<'_>) {
    if let Some(reception) = draft.house().and_then(|house| house.reception) {
        section::chain(draft, reception, Via::Fallback);
    }
}
