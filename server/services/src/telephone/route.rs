//! Answers: where a call goes, what would happen if, and the table a PBX keeps for the day we are away.

use super::{
    alarm::raise,
    decision::{keep, with_reasons},
    health::note,
    link::Link,
};
use crate::{Actor, Failure, Never, Services, secret};
use chrono::{DateTime, Utc};
use domain::{
    SectionId,
    telephone::{
        CallIn, Change, PbxCaps, Plan, Status, Step, Turn, Why, changes, decide,
        render::{RouteRequest, TableView, table_changes, table_view},
        table as whole_table,
    },
};
use serde_json::Value;
use std::sync::Arc;

/// A decision and its name.
#[derive(Clone, Debug)]
pub struct Asked {
    /// Its name; reasons are asked for with it.
    pub id: String,
    /// What the PBX is to do.
    pub plan: Arc<Plan>,
}

/// Answers a PBX. No database, no lock that anybody holds for long.
#[must_use]
pub fn answer(cx: &Services, link: &Link, request: RouteRequest) -> Asked {
    let board = cx.board();
    let call = request.into_call(Some(link.site));
    let plan = Arc::new(decide(&board.world, &call, cx.clock().now(), &link.caps));
    if let Some(turn) = turn(&plan) {
        cx.apply(plan.revision, vec![Change::Turn(turn)]);
    }
    let id = secret::fresh_id();
    note(cx, &link.id, |noted, at| noted.asked_at = Some(at));
    if plan.status == Status::Emergency {
        raise(cx, link, &call, &id);
    }
    keep(cx, id.clone(), &link.id, call, Arc::clone(&plan));
    Asked { id, plan }
}

/// Who of a section that takes turns was just given the call.
fn turn(plan: &Plan) -> Option<Turn> {
    let stage = plan.stages.iter().find(|stage| stage.rule.step == Step::SectionRotate)?;
    let person = stage.targets.iter().find_map(|rung| rung.person)?;
    Some(Turn { section: section_of(plan)?, person })
}

/// The section whose members are rung: the last one that was asked before they were.
fn section_of(plan: &Plan) -> Option<SectionId> {
    let rotating = plan.stages.iter().position(|stage| stage.rule.step == Step::SectionRotate)?;
    let before = plan.why.iter().take_while(|why| !matches!(why, Why::Ring { stage } if usize::from(*stage) >= rotating));
    before.filter_map(|why| if let Why::Section { section, .. } = why { Some(*section) } else { None }).last()
}

/// What would happen if somebody called now or then.
#[must_use]
pub fn plan(cx: &Services, call: &CallIn, at: DateTime<Utc>) -> Plan {
    decide(&cx.board().world, call, at, &PbxCaps::default())
}

/// The same with its reasons, for administrators.
///
/// # Errors
/// `Denied` for who does not administer: reasons say what people are doing.
pub fn simulate(cx: &Services, actor: &Actor, call: &CallIn, at: DateTime<Utc>) -> Result<Value, Failure<Never>> {
    if !actor.administers_people() {
        return Err(Failure::Denied);
    }
    Ok(with_reasons(&plan(cx, call, at)))
}

/// Every number's offline plan for a PBX: what changed since a revision that is still known, else the whole table.
#[must_use]
pub fn table(cx: &Services, link: &Link, since: Option<i64>) -> (TableView, Whole) {
    let board = cx.board();
    let at = cx.clock().now();
    let now = whole_table(&board.world, Some(link.site), at, &link.caps);
    note(cx, &link.id, |noted, at| noted.table_at = Some(at));
    let (now, before) = cx.switchboard().tables(&link.id, now, at, since);
    match before {
        Some(before) => (table_changes(now.revision, &changes(&before, &now)), Whole::Changes),
        None => (table_view(&now), Whole::Everything),
    }
}

/// Whether a table is everything there is, or only what changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    /// What is not in it is gone.
    Everything,
    /// What is not in it stays.
    Changes,
}
