//! What rings, in words.

use super::{Names, Ringing, Told};
use crate::i18n::telephone::Texts;
use domain::telephone::{Plan, Rung, Stage, Step, Via};

/// Tells a stage of the plan where it came up.
pub(super) fn ring(told: &mut Told<'_>, at: usize) {
    let Some(stage) = told.plan.stages.get(at) else { return };
    let what = words(told, stage);
    let waited_s = std::mem::replace(&mut told.waited_s, stage.ring_ms / 1_000);
    let text = if at == 0 { what } else { (told.t.after)(waited_s, &what) };
    told.line(text);
}

fn words(told: &mut Told<'_>, stage: &Stage) -> String {
    let (t, names) = (told.t, told.names);
    let members = matches!(stage.rule.step, Step::SectionAll | Step::SectionRotate | Step::SectionLongestIdle | Step::SectionSequential);
    let again = members && told.rang == told.section && told.rang.is_some();
    told.rang = if members { told.section } else { None };
    let section = told.section.map(|section| names.section(section)).unwrap_or_default();
    let someone = || stage.targets.iter().find_map(|rung| rung.person).map(|person| names.who(person)).unwrap_or_default();
    match stage.rule.step {
        Step::PersonDevices => devices(names, t, &stage.targets),
        Step::Replaces => (t.every_device)(&someone()),
        Step::SectionAll if again => (t.rest_of)(&section),
        Step::SectionAll => except(told, section),
        Step::SectionRotate => (t.in_turn)(&section, &someone()),
        Step::SectionLongestIdle => (t.longest_idle)(&section, &someone()),
        Step::SectionSequential => (t.in_order)(&section, &someone()),
        Step::SectionBcp if stage.rule.via == Via::Direct || stage.rule.via == Via::Fallback => t.own_fixed.into(),
        Step::SectionBcp => (t.fixed_of)(&section),
        Step::HouseBcp => (t.fixed_of)(&names.own_house()),
        Step::ModeDisaster => (t.disaster)(&section),
        Step::Duty => (t.duty)(&whose(names, stage)),
        Step::Guard => (t.guard)(&whose(names, stage)),
        Step::RoomDevice => t.room.into(),
        Step::FaxDevice => t.fax.into(),
    }
}

/// 福祉課(会議中の1名を除く)
fn except(told: &mut Told<'_>, section: String) -> String {
    let counts = told.counts();
    if counts.is_empty() { section } else { (told.t.except)(&section, &counts) }
}

/// 座席電話と本人スマホを同時呼出
fn devices(names: &Names<'_>, t: &Texts, rungs: &[Rung]) -> String {
    let mut called: Vec<String> = Vec::new();
    for rung in rungs {
        let kind = (t.device)(rung.kind);
        let whose = rung.person.filter(|_| rung.kind != domain::telephone::DeviceKind::SeatPhone);
        let device = whose.map_or_else(|| kind.into(), |person| (t.own_device)(&names.who(person), kind));
        if !called.contains(&device) {
            called.push(device);
        }
    }
    let together = (t.and)(&called);
    if rungs.len() > 1 { (t.rings_together)(&together) } else { (t.rings_one)(&together) }
}

fn whose(names: &Names<'_>, stage: &Stage) -> String {
    stage.targets.first().map(|rung| names.whose(&rung.target, rung.person)).unwrap_or_default()
}

/// What rings when, with everybody's name.
pub(super) fn timeline(names: &Names<'_>, t: &Texts, plan: &Plan) -> Vec<Ringing> {
    let mut from_ms = 0;
    let mut rows = Vec::new();
    for stage in &plan.stages {
        let what = stage.targets.iter().map(|rung| (t.device_of)((t.device)(rung.kind), &names.whose(&rung.target, rung.person)));
        rows.push(Ringing { from_s: from_ms / 1_000, until_s: (from_ms + stage.ring_ms) / 1_000, what: what.collect() });
        from_ms += stage.ring_ms;
    }
    rows
}
