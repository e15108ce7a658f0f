//! The answers of `/pbx/v1/route` and `/pbx/v1/table`, field by field as promised: fields are added, never renamed.

use super::text::display_name;
use crate::{
    SiteId,
    telephone::{Aor, CallIn, OfflinePlan, OnExhausted, Plan, Replaces, RouteChange, Stage, Table, TableEntry, Target},
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the contract.
const VERSION: u8 = 1;

/// What a PBX asks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteRequest {
    /// The version of the contract.
    pub v: u8,
    /// What was dialled.
    pub to: String,
    /// What the caller shows.
    #[serde(default)]
    pub from: String,
    /// The device that calls.
    #[serde(default)]
    pub from_device: Option<String>,
    /// The trunk it came by.
    #[serde(default)]
    pub trunk: Option<String>,
    /// The call's name at the PBX.
    #[serde(default)]
    pub call_id: String,
    /// How often it has come round.
    #[serde(default)]
    pub hop: u8,
    /// Whether it replaces another call.
    #[serde(default)]
    pub replaces: Replaces,
}

impl RouteRequest {
    /// The call. A device name that is none is nobody's.
    #[must_use]
    pub fn into_call(self, site: Option<SiteId>) -> CallIn {
        let from_device = self.from_device.and_then(|name| name.parse::<Aor>().ok());
        let trunk = self.trunk.filter(|trunk| !trunk.is_empty());
        CallIn { to: self.to, from: self.from, from_device, trunk, call_id: self.call_id, site, replaces: self.replaces, hop: self.hop }
    }
}

/// What a PBX is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteView {
    /// The version of the contract.
    pub v: u8,
    /// The revision of the snapshot.
    pub rev: i64,
    /// The decision's name; its reasons are asked for with it.
    pub decision_id: String,
    /// 200, 404 or 603.
    pub status: u16,
    /// How long the answer may be used again, seconds.
    pub fresh_s: u32,
    /// How the call is announced.
    pub label: String,
    /// The caller as it is shown.
    pub caller: CallerView,
    /// What rings, one after another.
    pub stages: Vec<StageView>,
    /// What may be done without us.
    pub offline: OfflineView,
    /// What is said when no stage is left; absent when nothing is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announce: Option<Announce>,
}

/// An announcement of the PBX.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Announce {
    /// The section is closed.
    Closed,
}

/// The caller as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallerView {
    /// The name; empty when it is not known.
    pub name: String,
    /// The number; empty when it is not shown.
    pub number: String,
}

/// What rings together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageView {
    /// The rule it comes from.
    pub rule: String,
    /// How long, milliseconds.
    pub ring_ms: u32,
    /// Where.
    pub targets: Vec<Target>,
}

/// What may be done without us.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OfflineView {
    /// 200, 404 or 603.
    pub status: u16,
    /// What rings; never a seat phone.
    pub stages: Vec<StageView>,
}

/// The table, whole or since a revision.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableView {
    /// The revision it brings the PBX to.
    pub rev: i64,
    /// Numbers to set.
    pub set: BTreeMap<String, OfflineView>,
    /// Numbers to forget.
    pub del: Vec<String>,
}

/// The answer to a question.
#[must_use]
pub fn route_view(plan: &Plan, decision_id: &str) -> RouteView {
    RouteView {
        v: VERSION,
        rev: plan.revision,
        decision_id: decision_id.into(),
        status: plan.status.code(),
        fresh_s: plan.fresh_s,
        label: display_name(&plan.label),
        caller: CallerView { name: display_name(&plan.caller.name), number: plan.caller.number.clone() },
        stages: stages(&plan.stages),
        offline: offline(&plan.offline()),
        announce: matches!(plan.on_exhausted, OnExhausted::Announce(_)).then_some(Announce::Closed),
    }
}

/// The whole table.
#[must_use]
pub fn table_view(table: &Table) -> TableView {
    TableView { rev: table.revision, set: table.entries.iter().map(entry).collect(), del: Vec::new() }
}

/// What a PBX that has one table must do to have the next, of this revision.
#[must_use]
pub fn table_changes(revision: i64, changes: &[RouteChange<'_>]) -> TableView {
    let mut view = TableView { rev: revision, set: BTreeMap::new(), del: Vec::new() };
    for change in changes {
        match change {
            RouteChange::Added(after) | RouteChange::Changed { after, .. } => view.set.extend([entry(after)]),
            RouteChange::Removed(before) => view.del.push(before.ext.to_string()),
        }
    }
    view
}

fn entry(entry: &TableEntry) -> (String, OfflineView) {
    (entry.ext.to_string(), offline(&entry.plan))
}

fn offline(plan: &OfflinePlan) -> OfflineView {
    OfflineView { status: plan.status.code(), stages: stages(&plan.stages) }
}

fn stages(stages: &[Stage]) -> Vec<StageView> {
    let targets = |stage: &Stage| stage.targets.iter().map(|rung| rung.target).collect();
    stages.iter().map(|stage| StageView { rule: stage.rule.to_string(), ring_ms: stage.ring_ms, targets: targets(stage) }).collect()
}
