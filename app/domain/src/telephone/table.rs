//! Every number's plan for a day without us, and what changes between two of them: the table a PBX keeps, and the preview of a
//! transfer before it takes effect.

use super::{CallIn, Caller, Ext, OfflinePlan, PbxCaps, Snapshot, Status, decide_for};
use crate::SiteId;
use chrono::{DateTime, Utc};
use std::collections::BTreeSet;

/// A number and its plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableEntry {
    /// The number.
    pub ext: Ext,
    /// How its calls are announced.
    pub label: String,
    /// What rings; never a seat phone.
    pub plan: OfflinePlan,
}

/// Every number's plan at an instant, by number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The revision of the snapshot.
    pub revision: i64,
    /// The numbers, sorted.
    pub entries: Vec<TableEntry>,
}

/// What becomes of a number between two tables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RouteChange<'a> {
    /// It begins to ring.
    Added(&'a TableEntry),
    /// Nobody answers it any more.
    Removed(&'a TableEntry),
    /// Something else rings, or in another order, or under another name.
    Changed {
        /// Before.
        before: &'a TableEntry,
        /// After.
        after: &'a TableEntry,
    },
}

impl RouteChange<'_> {
    /// The number.
    #[must_use]
    pub const fn ext(&self) -> Ext {
        match self {
            Self::Added(entry) | Self::Removed(entry) | Self::Changed { after: entry, .. } => entry.ext,
        }
    }
}

/// Every number's offline plan at an instant, as anybody from outside would be answered, seen from a site's PBX. Numbers sent on to a
/// successor are in it, and emergency numbers of the house; 110, 118 and 119 are not, they never ask.
#[must_use]
pub fn table(world: &Snapshot, site: Option<SiteId>, now: DateTime<Utc>, caps: &PbxCaps) -> Table {
    let exts: BTreeSet<Ext> = world.numbers().filter(|number| !number.ext.is_emergency()).map(|number| number.ext).collect();
    let entry = |ext: Ext| {
        let call = CallIn { to: ext.as_str().into(), site, ..CallIn::default() };
        let plan = decide_for(Caller::Anybody, world, &call, now, caps);
        matches!(plan.status, Status::Ring | Status::Emergency).then(|| TableEntry { ext, plan: plan.offline(), label: plan.label })
    };
    Table { revision: world.revision(), entries: exts.into_iter().filter_map(entry).collect() }
}

/// The numbers whose route differs, sorted.
#[must_use]
pub fn changes<'a>(before: &'a Table, after: &'a Table) -> Vec<RouteChange<'a>> {
    let (mut old, mut new) = (before.entries.iter().peekable(), after.entries.iter().peekable());
    let mut found = Vec::new();
    loop {
        match (old.peek(), new.peek()) {
            (Some(a), Some(b)) if a.ext == b.ext => {
                if a != b {
                    found.push(RouteChange::Changed { before: a, after: b });
                }
                old.next();
                new.next();
            }
            (Some(a), other) if other.is_none_or(|b| a.ext < b.ext) => {
                found.push(RouteChange::Removed(a));
                old.next();
            }
            (_, Some(b)) => {
                found.push(RouteChange::Added(b));
                new.next();
            }
            (_, None) => return found,
        }
    }
}
