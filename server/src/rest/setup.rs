//! The set-up of the telephones changed a section at a time, what a day changes, and the history with its way back.

use super::{
    auth::{Booker, Reader},
    fault::{Expected, Fault, Reason},
    input::{Body, Id, Params, date},
    list::Listed,
    telephone::site,
};
use crate::state::AppState;
use axum::{
    Json,
    extract::{Path, State},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use services::{
    Kind,
    person::ImportMode,
    telephone::{self, Back, Compared, Edit, EditRefusal, Revision, RowChange, SectionFile, TelephoneReport},
};
use utoipa::{IntoParams, ToSchema};

impl Reason for EditRefusal {
    fn into_fault(self) -> Fault {
        match self {
            Self::Wrong(problems) => Fault::File(problems),
            Self::Touched(revisions) => Fault::Touched(revisions.into_iter().map(|revision| revision.id).collect()),
            Self::Nothing => Fault::Unchanged,
        }
    }
}

/// Whether to do it.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct TryQuery {
    /// `1` checks and shows what would change; nothing is stored.
    dry_run: Option<String>,
    /// `1` takes back everything since, too.
    whole: Option<String>,
}

impl TryQuery {
    fn mode(&self) -> ImportMode {
        if self.dry_run.as_deref() == Some("1") { ImportMode::DryRun } else { ImportMode::Apply }
    }
}

/// What was changed, or would be.
#[derive(Debug, Serialize, ToSchema)]
pub struct ChangeJson {
    /// Counts, numbers that ring differently, what should be repaired, and the revision.
    #[schema(value_type = Object)]
    report: TelephoneReport,
    /// Every row that differs, before and after.
    #[schema(value_type = Vec<Object>)]
    rows: Vec<RowChange>,
    /// Numbers that ring differently, each with the first moment at which it does.
    differences: Vec<DifferenceJson>,
}

/// A number that rings differently.
#[derive(Debug, Serialize, ToSchema)]
pub struct DifferenceJson {
    /// The number.
    ext: String,
    /// When it is different.
    at: DateTime<Utc>,
    /// What rings before, stage by stage: names of telephones.
    before: Vec<Vec<String>>,
    /// What rings after.
    after: Vec<Vec<String>>,
}

fn differences(compared: &Compared) -> Vec<DifferenceJson> {
    let stages = |plan: &domain::telephone::Plan| {
        let names = |stage: &domain::telephone::Stage| stage.targets.iter().map(|rung| rung.target.to_string()).collect();
        plan.stages.iter().map(names).collect()
    };
    let told = compared.differences.iter().map(|dated| DifferenceJson {
        ext: dated.difference.ext.to_string(),
        at: dated.at,
        before: stages(&dated.difference.before),
        after: stages(&dated.difference.after),
    });
    told.collect()
}

impl ChangeJson {
    fn of(outcome: telephone::Outcome) -> Json<Self> {
        Json(Self { differences: differences(&outcome.compared), report: outcome.report, rows: outcome.rows })
    }
}

/// Changes one section; its key stays.
#[utoipa::path(put, path = "/telephone/sections/{key}", operation_id = "putSection", tag = "telephone", params(("key" = String, Path, description = "Key of the section"), TryQuery), request_body = Object,
    responses((status = 200, body = ChangeJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such section, or not the token's to change"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "Nothing would change"),
        (status = 422, body = super::Problem, content_type = "application/problem+json", description = "Something is wrong; `reason` has every problem")))]
pub async fn section(
    State(state): State<AppState>,
    Booker(actor): Booker,
    Path(key): Path<String>,
    Params(query): Params<TryQuery>,
    Body(mut wish): Body<SectionFile>,
) -> Result<Json<ChangeJson>, Fault> {
    let cx = &state.services;
    let set_up = telephone::editable(cx, &actor).await?;
    if !set_up.file.sections.iter().any(|section| section.key == key) {
        return Err(Fault::NotFound(Kind::Section));
    }
    wish.key.clone_from(&key);
    let edit = Edit::Section { was: Some(key), now: Some(Box::new(wish)), fixed: None, blocks: None };
    Ok(ChangeJson::of(telephone::edit_telephone(cx, &actor, set_up.site, edit, None, query.mode()).await?))
}

/// Which day.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ChangesQuery {
    /// The day, `YYYY-MM-DD`.
    on: Option<String>,
    /// The time of the day, `HH:MM`; 10:00 without it.
    at: Option<String>,
}

/// Every number that rings differently on a day than today, with everybody in and the building open.
#[utoipa::path(get, path = "/telephone/changes", operation_id = "listTelephoneChanges", tag = "telephone", params(ChangesQuery),
    responses((status = 200, body = Listed<DifferenceJson>)))]
pub async fn changes(State(state): State<AppState>, Reader(actor): Reader, Params(query): Params<ChangesQuery>) -> Result<Json<Listed<DifferenceJson>>, Fault> {
    let cx = &state.services;
    if !actor.administers_people() {
        return Err(Fault::Denied);
    }
    site(cx, None)?;
    let on = super::input::required("on", query.on.as_ref())?;
    date("on", on)?;
    let at = query.at.as_deref().unwrap_or("10:00");
    chrono::NaiveTime::parse_from_str(at, "%H:%M").map_err(|_| Fault::field("at", at, Expected::Shape("HH:MM".into())))?;
    let wanted = app::features::telephone::setup::wanted(cx, on, at)?;
    let compared = telephone::changes_between(cx, &actor, wanted.site, wanted.before, wanted.after).await?;
    Ok(Json(Listed::whole(differences(&compared))))
}

/// Which of the history.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct HistoryQuery {
    /// Changes before this number.
    cursor: Option<String>,
}

/// Stored changes of the set-up, the newest first.
#[utoipa::path(get, path = "/telephone/revisions", operation_id = "listRevisions", tag = "telephone", params(HistoryQuery),
    responses((status = 200, body = Object, description = "Changes with number, time, who, the rows before and after, and the numbers that ring differently")))]
pub async fn revisions(State(state): State<AppState>, Reader(actor): Reader, Params(query): Params<HistoryQuery>) -> Result<Json<Listed<Revision>>, Fault> {
    let cursor = query.cursor.as_deref();
    let before = cursor.map(|text| text.parse().map_err(|_| Fault::field("cursor", text, Expected::Number))).transpose()?;
    let found = telephone::revisions(&state.services, &actor, before).await?;
    let next = found.last().filter(|_| found.len() >= 50).map(|revision| revision.id.to_string());
    Ok(Json(Listed::page(found, next)))
}

/// One stored change.
#[utoipa::path(get, path = "/telephone/revisions/{id}", operation_id = "getRevision", tag = "telephone", params(("id" = i64, Path, description = "Number of the change")),
    responses((status = 200, body = Object), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such change, or not the token's to see")))]
pub async fn revision(State(state): State<AppState>, Reader(actor): Reader, Id(id): Id) -> Result<Json<Revision>, Fault> {
    Ok(Json(telephone::revision(&state.services, &actor, id).await?))
}

/// Takes a stored change back; that is a change, too.
#[utoipa::path(post, path = "/telephone/revisions/{id}/undo", operation_id = "undoRevision", tag = "telephone", params(("id" = i64, Path, description = "Number of the change"), TryQuery),
    responses((status = 200, body = ChangeJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such change, or not the token's to take back"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "Later changes touched the same; `reason` has their numbers")))]
pub async fn undo(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id, Params(query): Params<TryQuery>) -> Result<Json<ChangeJson>, Fault> {
    let back = if query.whole.as_deref() == Some("1") { Back::Whole } else { Back::One };
    Ok(ChangeJson::of(telephone::undo_revision(&state.services, &actor, id, back, query.mode()).await?))
}
