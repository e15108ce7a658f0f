//! Which numbers ring differently, and how: at two moments (人事異動 on April 1st), or before and after a change of the set-up.

use super::{CallIn, Caller, Ext, NumberKind, PbxCaps, Plan, Snapshot, Stage, Status, Via, decide_for};
use crate::{SectionId, SiteId};
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// A state of the telephones and the instant it is asked about.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// The telephones; usually [`Snapshot::planned`], or everybody who happens to sit somewhere is a difference.
    pub world: &'a Snapshot,
    /// When.
    pub at: DateTime<Utc>,
}

/// A number whose plan is not the same at two moments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Its site.
    pub site: SiteId,
    /// The number.
    pub ext: Ext,
    /// The section that answers for it afterwards, or before where nobody does any more.
    pub section: Option<SectionId>,
    /// What rings before.
    pub before: Plan,
    /// What rings after.
    pub after: Plan,
}

impl Difference {
    /// Whether the number's own telephones are concerned, or only who answers when these do not: one new member of a section changes
    /// the end of every colleague's plan, and that is not worth a line for each of them.
    #[must_use]
    pub fn concern(&self) -> Concern {
        let first =
            |plan: &Plan| -> Vec<Stage> { plan.stages.iter().filter(|stage| matches!(stage.rule.via, Via::Direct | Via::Delegation)).cloned().collect() };
        let (a, b) = (&self.before, &self.after);
        let same = (a.status, &a.label, a.on_exhausted) == (b.status, &b.label, b.on_exhausted) && first(a) == first(b);
        if same { Concern::Fallback } else { Concern::Own }
    }

    /// Whether the number begins, ends, or rings otherwise.
    #[must_use]
    pub fn kind(&self) -> DifferenceKind {
        match (self.before.status == Status::Unknown, self.after.status == Status::Unknown) {
            (true, false) => DifferenceKind::Begins,
            (false, true) => DifferenceKind::Ends,
            _ => DifferenceKind::Changes,
        }
    }
}

/// What of a number's plan differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// What rings first, or the number itself.
    Own,
    /// Only what rings when nobody has answered: the section, its overflow.
    Fallback,
}

/// What becomes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DifferenceKind {
    /// Nobody had it before.
    Begins,
    /// Nobody has it any more.
    Ends,
    /// Something else rings, in another order, for another time or under another name.
    Changes,
}

/// The numbers of a site that are not answered alike at two moments, by number, as anybody from outside would be answered.
/// Emergency numbers are left out: they never ask.
#[must_use]
pub fn differences(before: Moment<'_>, after: Moment<'_>, site: SiteId) -> Vec<Difference> {
    let numbers = before.world.numbers().chain(after.world.numbers());
    let exts: BTreeSet<Ext> = numbers.filter(|number| number.site == site && number.kind != NumberKind::Emergency).map(|number| number.ext).collect();
    let different = exts.into_iter().filter_map(|ext| {
        let (was, will) = (plan(before, site, ext), plan(after, site, ext));
        if alike(&was, &will) {
            return None;
        }
        let section = section_of(after, site, ext).or_else(|| section_of(before, site, ext));
        Some(Difference { site, ext, section, before: was, after: will })
    });
    different.collect()
}

fn plan(moment: Moment<'_>, site: SiteId, ext: Ext) -> Plan {
    let call = CallIn { to: ext.as_str().into(), site: Some(site), ..CallIn::default() };
    decide_for(Caller::Anybody, moment.world, &call, moment.at, &PbxCaps::default())
}

/// Whether whoever calls and whoever is called notice nothing.
fn alike(a: &Plan, b: &Plan) -> bool {
    (a.status, &a.label, &a.stages, a.on_exhausted) == (b.status, &b.label, &b.stages, b.on_exhausted)
}

/// The section a number belongs to at a moment.
fn section_of(moment: Moment<'_>, site: SiteId, ext: Ext) -> Option<SectionId> {
    let on = moment.world.house(site)?.clock.wall(moment.at).date();
    let live = moment.world.numbers_at(ext).find(|number| number.site == site && number.valid.contains(on))?;
    match live.kind {
        NumberKind::Section(section) | NumberKind::Main(section) => Some(section),
        NumberKind::Person(person) => moment.world.home_of(person, on),
        NumberKind::Seat(_) | NumberKind::Room(_) | NumberKind::Fax(_) | NumberKind::Emergency => None,
    }
}
