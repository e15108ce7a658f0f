//! What becomes of numbers, in sentences: before and after, each as the simulator would say it.

use super::{explain::explain, names::Names};
use crate::i18n::Locale;
use chrono::NaiveDate;
use domain::{
    SectionId,
    telephone::{Concern, Conflict, Difference, DifferenceKind, NumberKind, Plan, Rung, Snapshot},
};
use services::telephone::{Compared, Dated};

/// A number that rings differently.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DifferenceTold {
    /// The number.
    pub ext: String,
    /// Whose it is.
    pub name: String,
    /// The section that answers for it; empty without one.
    pub section: String,
    /// Whether it begins, ends or changes.
    pub kind: DifferenceKind,
    /// The day from which it is so.
    pub on: NaiveDate,
    /// That day in words.
    pub day: String,
    /// Whether the number's own telephones are concerned.
    pub concern: Concern,
    /// What exactly differs: who rings no more, who rings as well, for how long, under which name.
    pub what: String,
    /// What rings before.
    pub before: String,
    /// What rings after.
    pub after: String,
}

/// A difference in words.
#[must_use]
pub fn difference(locale: Locale, compared: &Compared, dated: &Dated) -> DifferenceTold {
    let found = &dated.difference;
    let ext = found.ext.to_string();
    let (was, will) =
        (Names::at_site(locale, &compared.before, Some(found.site), dated.before_at), Names::at_site(locale, &compared.after, Some(found.site), dated.at));
    let sentence = |world: &Snapshot, plan, at| {
        let told = explain(locale, world, &ext, plan, at).summary;
        told.strip_prefix(&(locale.telephone().head)(&ext, "")).map_or(told.clone(), |rest| rest.trim_start().to_owned())
    };
    let holder = holder(&will, &ext).or_else(|| holder(&was, &ext));
    DifferenceTold {
        name: holder.unwrap_or_default(),
        section: found.section.map(|section| section_name(&will, &was, section)).unwrap_or_default(),
        kind: found.kind(),
        concern: found.concern(),
        what: what(locale, &was, &will, found),
        on: will.on(),
        day: will.day(will.on()),
        before: sentence(&compared.before, &found.before, dated.before_at),
        after: sentence(&compared.after, &found.after, dated.at),
        ext,
    }
}

/// What differs between two plans, beyond what both sentences say: they speak of a section's people together.
fn what(locale: Locale, was: &Names<'_>, will: &Names<'_>, found: &Difference) -> String {
    let t = locale.telephone_setup();
    let rings = |plan: &Plan| -> Vec<Rung> { plan.stages.iter().flat_map(|stage| stage.targets.iter().cloned()).collect() };
    let (before, after) = (rings(&found.before), rings(&found.after));
    let missing = |from: &[Rung], other: &[Rung], names: &Names<'_>| -> Vec<String> {
        let mut named: Vec<String> =
            from.iter().filter(|rung| other.iter().all(|known| known.target != rung.target)).map(|rung| names.whose(&rung.target, rung.person)).collect();
        named.dedup();
        named
    };
    let (gone, new) = (missing(&before, &after, was), missing(&after, &before, will));
    let times = |plan: &Plan| -> Vec<u32> { plan.stages.iter().map(|stage| stage.ring_ms / 1_000).collect() };
    let mut parts = Vec::new();
    if !gone.is_empty() && found.kind() != DifferenceKind::Ends {
        parts.push((t.rings_no_more)(&some_of(locale, &gone)));
    }
    if !new.is_empty() && found.kind() != DifferenceKind::Begins {
        parts.push((t.rings_as_well)(&some_of(locale, &new)));
    }
    if gone.is_empty() && new.is_empty() {
        parts.push(if times(&found.before) == times(&found.after) {
            t.another_order.into()
        } else {
            (t.another_time)(&seconds(&times(&found.before)), &seconds(&times(&found.after)))
        });
    }
    if found.kind() == DifferenceKind::Changes && found.before.label != found.after.label && found.before.stages == found.after.stages {
        parts = vec![(t.another_name)(&found.before.label, &found.after.label)];
    }
    parts.join(locale.pick("。", ". "))
}

/// The first few, and how many more.
fn some_of(locale: Locale, names: &[String]) -> String {
    const MOST: usize = 6;
    let shown = names.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join(locale.pick("、", ", "));
    if names.len() > MOST { format!("{shown}{}{}", locale.pick("、", ", "), (locale.telephone_setup().and_more)(names.len() - MOST)) } else { shown }
}

/// 12+15+20
fn seconds(stages: &[u32]) -> String {
    stages.iter().map(ToString::to_string).collect::<Vec<_>>().join("+")
}

fn section_name(will: &Names<'_>, was: &Names<'_>, section: SectionId) -> String {
    let name = will.section(section);
    if name.is_empty() { was.section(section) } else { name }
}

/// Who or what has a number on the day of these names.
fn holder(names: &Names<'_>, ext: &str) -> Option<String> {
    let number = names.world.numbers_at(ext.parse().ok()?).find(|number| number.valid.contains(names.on()))?;
    Some(match number.kind {
        NumberKind::Person(person) => names.person(person),
        NumberKind::Section(section) | NumberKind::Main(section) => names.section(section),
        NumberKind::Seat(seat) => names.seat(seat),
        NumberKind::Room(device) | NumberKind::Fax(device) => names.device(device)?,
        NumberKind::Emergency => return None,
    })
}

/// The conflicts that begin after one day and up to another.
#[must_use]
pub fn arising(conflicts: &[Conflict], after: NaiveDate, until: NaiveDate) -> Vec<&Conflict> {
    let begins = |conflict: &&Conflict| match conflict {
        Conflict::NumberWithoutDevice { from_on, .. } | Conflict::SectionUncovered { from_on, .. } | Conflict::SectionWithoutFixedPhone { from_on, .. } => {
            after < *from_on && *from_on <= until
        }
        _ => false,
    };
    conflicts.iter().filter(begins).collect()
}
