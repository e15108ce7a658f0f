//! What rings, in words.

use super::{Names, Ringing, Told};
use domain::telephone::{DeviceKind, Plan, RingMode, Stage, Step, Via};

/// What has rung of the section that is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rung {
    /// Nothing.
    Nothing,
    /// The first of its members alone.
    First,
    /// Some of its members.
    Members,
}

/// Tells a stage of the plan where it came up.
pub(super) fn ring(told: &mut Told<'_>, at: usize) {
    let Some(stage) = told.plan.stages.get(at) else { return };
    // The fixed telephone of a section that has just rung belongs to it.
    let follows = stage.rule.step == Step::SectionBcp && told.rung != Rung::Nothing;
    let waited_s = told.plan.stages[..at].iter().map(|stage| stage.ring_ms).sum::<u32>() / 1_000;
    let what = words(told, stage);
    told.both(if at == 0 || follows { what } else { (told.t.after)(waited_s, &what) });
}

fn words(told: &mut Told<'_>, stage: &Stage) -> String {
    let (t, names) = (told.t, told.names);
    match stage.rule.step {
        Step::PersonDevices => devices(told, stage),
        Step::Replaces => t.every_device.into(),
        Step::SectionAll => members(told, stage),
        Step::SectionRotate => alone(told, stage, RingMode::Rotate),
        Step::SectionLongestIdle => alone(told, stage, RingMode::LongestIdle),
        Step::SectionSequential => alone(told, stage, RingMode::Sequential),
        Step::SectionBcp if told.own.is_some() && told.own == told.section => t.own_fixed.into(),
        // What has just rung of an overflow has said that it is one.
        Step::SectionBcp if told.rung != Rung::Nothing => (t.fixed_of)(&section(told)),
        Step::SectionBcp => by_way(told, stage, (t.fixed_of)(&section(told))),
        Step::HouseBcp => (t.fixed_of)(&names.own_house()),
        Step::ModeDisaster => roster(told, stage),
        Step::Duty => (t.duty)(&whose(names, stage)),
        Step::Guard => (t.guard)(&whose(names, stage)),
        Step::Security => (t.security)(&everybody(names, stage)),
        Step::RoomDevice => t.room_rings.into(),
        Step::FaxDevice => t.fax_rings.into(),
    }
}

fn section(told: &Told<'_>) -> String {
    told.section.map(|section| told.names.section(section)).unwrap_or_default()
}

/// あふれ先の税務課, where a section stands in for another one.
fn by_way(told: &Told<'_>, stage: &Stage, what: String) -> String {
    match stage.rule.via {
        Via::Overflow => (told.t.overflow)(&what),
        Via::Direct | Via::Delegation | Via::Fallback | Via::Closed => what,
    }
}

/// Members of a section together: everybody, those who are left, or one wave of many.
fn members(told: &mut Told<'_>, stage: &Stage) -> String {
    let t = told.t;
    let section = section(told);
    let before = std::mem::replace(&mut told.rung, Rung::Members);
    let what = if let Some((wave, of)) = told.wave {
        told.wave = (wave < of).then_some((wave + 1, of));
        (t.wave)(&section, wave, of)
    } else if stage.targets.iter().all(|rung| rung.person.is_none()) {
        return by_way(told, stage, (t.shared)(&section));
    } else if before != Rung::Nothing {
        (t.rest_of)(&section)
    } else if stage.rule.via == Via::Direct {
        let everybody = with_fixed(told, stage, (t.everybody_there)(&section));
        return except(told, (t.rings_at_once)(&everybody));
    } else {
        section
    };
    let what = with_fixed(told, stage, by_way(told, stage, what));
    except(told, what)
}

/// One member alone: the first in the section's order, then the next.
fn alone(told: &mut Told<'_>, stage: &Stage, ring: RingMode) -> String {
    let who = stage.targets.iter().find_map(|rung| rung.person).map(|person| told.names.person(person)).unwrap_or_default();
    if told.rung != Rung::Nothing {
        told.rung = Rung::Members;
        return (told.t.next_of)(&who);
    }
    told.rung = Rung::First;
    let what = (told.t.first_of)(ring, &section(told), &who);
    let what = with_fixed(told, stage, what);
    except(told, what)
}

/// 福祉課(会議中の1名を除く)
fn except(told: &mut Told<'_>, what: String) -> String {
    let missed = told.missed();
    if missed.is_empty() { what } else { (told.t.except)(&what, &missed) }
}

/// The fixed telephone rings with the others where the PBX follows one stage only, and in a disaster.
fn with_fixed(told: &Told<'_>, stage: &Stage, what: String) -> String {
    let fixed = stage.targets.iter().any(|rung| rung.kind == DeviceKind::FixedBcp);
    if fixed { (told.t.with_fixed)(&what) } else { what }
}

/// In a disaster: the roster with the fixed telephone, or what there is of the two.
fn roster(told: &Told<'_>, stage: &Stage) -> String {
    let section = section(told);
    if stage.targets.iter().all(|rung| rung.person.is_none()) {
        return by_way(told, stage, (told.t.fixed_of)(&section));
    }
    with_fixed(told, stage, by_way(told, stage, (told.t.disaster)(&section)))
}

/// 座席電話と本人スマホを同時呼出
fn devices(told: &Told<'_>, stage: &Stage) -> String {
    let t = told.t;
    let kinds = |own: bool| -> Vec<String> {
        let belongs = |kind: DeviceKind| own != matches!(kind, DeviceKind::SeatPhone | DeviceKind::FixedBcp);
        let count = |kind: DeviceKind| stage.targets.iter().filter(|rung| rung.kind == kind).count();
        let found = DeviceKind::ALL.into_iter().filter(|kind| belongs(*kind)).map(|kind| (kind, count(kind)));
        let word = |(kind, count)| if count > 1 { (t.devices)(kind, count) } else { (t.device)(kind).into() };
        found.filter(|(_, count)| *count > 0).map(word).collect()
    };
    let (mut things, own) = (kinds(false), kinds(true));
    if !own.is_empty() {
        let who = stage.targets.iter().find_map(|rung| rung.person).and_then(|person| told.another(person));
        things.push((t.own_devices)(who.as_deref(), &own));
    }
    match things.as_slice() {
        [only] if stage.targets.len() == 1 => (t.rings_one)(only),
        things => (t.rings_together)(things),
    }
}

fn whose(names: &Names<'_>, stage: &Stage) -> String {
    stage.targets.first().map(|rung| names.whose(&rung.target, rung.person)).unwrap_or_default()
}

/// Whose telephones ring, each once.
fn everybody(names: &Names<'_>, stage: &Stage) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for rung in &stage.targets {
        let who = names.whose(&rung.target, rung.person);
        if !all.contains(&who) {
            all.push(who);
        }
    }
    all
}

/// What rings when, with everybody's name.
pub(super) fn timeline(names: &Names<'_>, plan: &Plan) -> Vec<Ringing> {
    let t = names.t();
    let mut from_ms = 0;
    let mut rows = Vec::new();
    for stage in &plan.stages {
        let kind = |kind: DeviceKind| match stage.rule.step {
            Step::RoomDevice => t.room,
            Step::FaxDevice => t.fax,
            _ => (t.device)(kind),
        };
        let what = stage.targets.iter().map(|rung| (t.device_of)(kind(rung.kind), &names.whose(&rung.target, rung.person)));
        rows.push(Ringing { from_s: from_ms / 1_000, until_s: (from_ms + stage.ring_ms) / 1_000, what: what.collect() });
        from_ms += stage.ring_ms;
    }
    rows
}
