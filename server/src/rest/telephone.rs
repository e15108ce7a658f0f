//! Telephones: the set-up of a house, what people decide about their calls, and why a call went where it went.

use super::{
    auth::{Booker, Reader},
    cover::GapJson,
    fault::{Expected, Fault},
    input::{Body, Params, limit},
    list::Listed,
    people::person_by_number,
};
use crate::state::AppState;
use axum::{
    Json,
    body::Bytes,
    extract::{Path, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use chrono::{DateTime, NaiveTime, TimeDelta, Utc};
use domain::{
    DeviceId, SiteId,
    account::Actor,
    telephone::{
        Aor, CallIn, Mode, NumberKind, PresenceState, Scope,
        health::LinkTrouble,
        totals::{Called, Month, Totals},
    },
};
use serde::{Deserialize, Serialize};
use services::{
    Kind, Services,
    person::ImportMode,
    telephone::{self, PhoneWish, TelephoneFile, TelephoneReport},
};
use std::str::FromStr;
use utoipa::{IntoParams, ToSchema};

/// Which site.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct SiteQuery {
    /// The site by name; the first one without it.
    site: Option<String>,
    /// `1` checks and shows what would change; nothing is stored.
    dry_run: Option<String>,
}

/// The set-up of a house: sections, telephones, numbers, hours, PBXs.
#[utoipa::path(get, path = "/telephone", operation_id = "getTelephone", tag = "telephone", params(SiteQuery),
    responses((status = 200, body = Object, description = "The telephone file of a site, without passwords and secrets")))]
pub async fn get(State(state): State<AppState>, Reader(actor): Reader, Params(query): Params<SiteQuery>) -> Result<Json<TelephoneFile>, Fault> {
    administers(&actor)?;
    let site = site(&state.services, query.site.as_deref())?;
    Ok(Json(telephone::export_telephone(&state.services, site).await?))
}

/// Replaces the set-up of a house by a telephone file, all or nothing.
#[utoipa::path(put, path = "/telephone", operation_id = "putTelephone", tag = "telephone", params(SiteQuery), request_body = Object,
    responses((status = 200, body = Object, description = "What was done: counts, numbers that ring differently now, what should be repaired"),
        (status = 422, body = super::Problem, content_type = "application/problem+json", description = "Something in the file is wrong; nothing was changed. `reason` has every problem")))]
pub async fn put(State(state): State<AppState>, Booker(actor): Booker, Params(query): Params<SiteQuery>, file: Bytes) -> Result<Json<TelephoneReport>, Fault> {
    let mode = if query.dry_run.as_deref() == Some("1") { ImportMode::DryRun } else { ImportMode::Apply };
    Ok(Json(telephone::import_telephone_as(&state.services, &actor, &file, mode).await?))
}

/// A number of the house.
#[derive(Debug, Serialize, ToSchema)]
pub struct NumberJson {
    /// What colleagues dial.
    ext: String,
    /// What the world dials.
    tel: Option<String>,
    /// `person`, `section`, `main`, `seat`, `room`, `fax`, `emergency`.
    kind: &'static str,
    /// Whom or what it reaches.
    name: String,
}

/// Every number in use today, as the extension list shows them.
#[utoipa::path(get, path = "/numbers", operation_id = "listNumbers", tag = "telephone", responses((status = 200, body = Listed<NumberJson>)))]
pub async fn numbers(State(state): State<AppState>, Reader(actor): Reader) -> Result<Json<Listed<NumberJson>>, Fault> {
    administers(&actor)?;
    let (board, now) = (state.services.board(), state.services.clock().now());
    let world = &board.world;
    let live = world.numbers().filter(|number| {
        let on = world.house(number.site).map_or_else(|| now.date_naive(), |house| house.clock.wall(now).date());
        number.valid.contains(on)
    });
    let mut all: Vec<_> = live
        .map(|number| {
            let on = world.house(number.site).map_or_else(|| now.date_naive(), |house| house.clock.wall(now).date());
            let (kind, name) = match number.kind {
                NumberKind::Person(person) => ("person", world.person(person).map(|found| found.name.clone())),
                NumberKind::Section(section) => ("section", world.section(section, on).map(|found| found.name.clone())),
                NumberKind::Main(section) => ("main", world.section(section, on).map(|found| found.name.clone())),
                NumberKind::Seat(seat) => ("seat", world.seat(seat).map(|found| found.label.clone())),
                NumberKind::Room(device) => ("room", world.device(device).map(|found| found.target.to_string())),
                NumberKind::Fax(device) => ("fax", world.device(device).map(|found| found.target.to_string())),
                NumberKind::Emergency => ("emergency", None),
            };
            (number.ext, NumberJson { ext: number.ext.to_string(), tel: number.tel.map(|tel| tel.to_string()), kind, name: name.unwrap_or_default() })
        })
        .collect();
    all.sort_by_key(|(ext, _)| *ext);
    Ok(Json(Listed::whole(all.into_iter().map(|(_, number)| number).collect())))
}

/// A PBX, what it did and what is wrong with it.
#[derive(Debug, Serialize, ToSchema)]
pub struct LinkJson {
    /// Its name.
    id: String,
    /// When it last asked where a call goes.
    asked_at: Option<DateTime<Utc>>,
    /// When it last pulled its table.
    table_at: Option<DateTime<Utc>>,
    /// When it last said which telephones it has heard from.
    heard_at: Option<DateTime<Utc>>,
    /// How many those are.
    registered: usize,
    /// What is wrong: `trouble` is its word.
    #[schema(value_type = Vec<Object>)]
    troubles: Vec<LinkTrouble>,
}

/// PBXs that may ask, with what is wrong with each.
#[utoipa::path(get, path = "/pbx-links", operation_id = "listPbxLinks", tag = "telephone",
    responses((status = 200, body = Object), (status = 403, body = super::Problem, content_type = "application/problem+json")))]
pub async fn links(State(state): State<AppState>, Reader(actor): Reader) -> Result<Json<Listed<LinkJson>>, Fault> {
    let health = telephone::link_health(&state.services, &actor).await?;
    let links = health.into_iter().map(|(link, troubles)| LinkJson {
        id: link.id,
        asked_at: link.asked_at,
        table_at: link.table_at,
        heard_at: link.heard_at,
        registered: link.registered.len(),
        troubles,
    });
    Ok(Json(Listed::whole(links.collect())))
}

/// A secret, shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct SecretJson {
    /// The secret.
    secret: String,
}

/// Makes a new secret for a PBX; the one before stays valid until the next.
#[utoipa::path(post, path = "/pbx-links/{id}/secret", operation_id = "newPbxSecret", tag = "telephone", params(("id" = String, Path, description = "Name of the PBX")),
    responses((status = 201, body = SecretJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such PBX")))]
pub async fn secret(State(state): State<AppState>, Booker(actor): Booker, Path(id): Path<String>) -> Result<(StatusCode, Json<SecretJson>), Fault> {
    let secret = telephone::new_secret(&state.services, &actor, &id).await?;
    Ok((StatusCode::CREATED, Json(SecretJson { secret })))
}

/// A telephone's password, shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct PasswordJson {
    /// The password.
    password: String,
    /// The realm it belongs to.
    realm: &'static str,
}

/// Makes a new password for a telephone; the one before ends.
#[utoipa::path(post, path = "/devices/{aor}/password", operation_id = "newDevicePassword", tag = "telephone", params(("aor" = String, Path, description = "Name of the telephone")),
    responses((status = 201, body = PasswordJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such telephone")))]
pub async fn password(State(state): State<AppState>, Booker(actor): Booker, Path(aor): Path<String>) -> Result<(StatusCode, Json<PasswordJson>), Fault> {
    let aor: Aor = aor.parse().map_err(|_| Fault::NotFound(Kind::Device))?;
    let password = telephone::new_password(&state.services, &actor, aor).await?;
    Ok((StatusCode::CREATED, Json(PasswordJson { password, realm: telephone::REALM })))
}

/// What a person is doing.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct PresenceJson {
    /// `available`, `meeting`, `dnd`, `out`, `leave`, `telework`.
    state: String,
    /// RFC 3339; without it, until something else is said.
    until: Option<String>,
}

/// Where a person is missed.
#[derive(Debug, Serialize, ToSchema)]
pub struct MissedJson {
    /// When too few people are there to answer a section's telephone.
    cover: Vec<GapJson>,
}

/// Says what a person is doing; the next call knows.
#[utoipa::path(put, path = "/people/{no}/presence", operation_id = "setPresence", tag = "telephone", request_body = PresenceJson,
    params(("no" = String, Path, description = "Staff number")), responses((status = 204), (status = 200, body = MissedJson, description = "Done, and a section is short of people to answer"),
        (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such person, or not the token's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`cover`: a section needs the person at its telephone")))]
pub async fn presence(State(state): State<AppState>, Booker(actor): Booker, Path(no): Path<String>, Body(wish): Body<PresenceJson>) -> Result<Response, Fault> {
    let person = person_by_number(&state.services, &actor, &no)?;
    let said = word("state", &wish.state, PresenceState::parse, PresenceState::ALL.map(PresenceState::code).as_slice())?;
    let short = telephone::set_presence(&state.services, &actor, person, said, instant("until", wish.until.as_deref())?).await?;
    if short.is_empty() {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(Json(MissedJson { cover: short.into_iter().map(GapJson::from).collect() }).into_response())
}

/// What a person chooses about their telephone. What is left out stays as it was.
#[derive(Debug, Default, Deserialize, Serialize, ToSchema)]
#[serde(default)]
pub struct PhoneJson {
    /// `together`, `seat_first`.
    order: Option<String>,
    /// How long each stage of own telephones rings, milliseconds; `null` for 12 seconds.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<u32>)]
    ring_ms: Option<Option<u32>>,
    /// Names of the own telephones that ring; `null` for all of them.
    #[serde(deserialize_with = "said")]
    #[schema(value_type = Option<Vec<String>>)]
    picked: Option<Option<Vec<String>>>,
    /// Whether the telephone book shows the person.
    listed: Option<bool>,
}

/// Tells `null` from "not said".
fn said<'de, T: Deserialize<'de>, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// Chooses which telephones of a person ring, and how.
#[utoipa::path(put, path = "/people/{no}/phone", operation_id = "setPhone", tag = "telephone", request_body = PhoneJson,
    params(("no" = String, Path, description = "Staff number")), responses((status = 204), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such person or telephone")))]
pub async fn phone(State(state): State<AppState>, Booker(actor): Booker, Path(no): Path<String>, Body(wish): Body<PhoneJson>) -> Result<StatusCode, Fault> {
    let person = person_by_number(&state.services, &actor, &no)?;
    let order = wish.order.as_deref().map(|order| serde_word("order", order, &["together", "seat_first"])).transpose()?;
    let picked = match wish.picked {
        Some(Some(names)) => Some(Some(names.iter().map(|name| device(&state.services, name)).collect::<Result<_, _>>()?)),
        Some(None) => Some(None),
        None => None,
    };
    let wish = PhoneWish { order, ring_ms: wish.ring_ms, picked, allowed: None, listed: wish.listed };
    telephone::set_phone(&state.services, &actor, person, wish).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn device(services: &Services, name: &str) -> Result<DeviceId, Fault> {
    name.parse().ok().and_then(|target| services.board().world.device_at(&target).map(|device| device.id)).ok_or(Fault::NotFound(Kind::Device))
}

/// Who answers for whom.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct DelegationJson {
    /// Staff number of who hands over.
    from: String,
    /// Staff number of who answers; `null` takes every hand-over back.
    to: Option<String>,
    /// RFC 3339; without it, until it is taken back.
    until: Option<String>,
    /// `all`, `outside`, `inside`; `all` without it.
    scope: Option<String>,
}

/// Hands a person's calls over, or takes them back.
#[utoipa::path(put, path = "/delegations", operation_id = "setDelegation", tag = "telephone", request_body = DelegationJson,
    responses((status = 204), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such person, or not the token's"),
        (status = 422, body = super::Problem, content_type = "application/problem+json", description = "To oneself, or it ends before it begins")))]
pub async fn delegation(State(state): State<AppState>, Booker(actor): Booker, Body(wish): Body<DelegationJson>) -> Result<StatusCode, Fault> {
    let cx = &state.services;
    let from = person_by_number(cx, &actor, &wish.from)?;
    let Some(to) = &wish.to else {
        telephone::end_delegation(cx, &actor, from).await?;
        return Ok(StatusCode::NO_CONTENT);
    };
    let to = cx.office().by_staff_no.get(to).copied().ok_or(Fault::NotFound(Kind::Person))?;
    let scope = wish.scope.as_deref().map_or(Ok(Scope::All), |text| word("scope", text, Scope::parse, &["all", "outside", "inside"]))?;
    telephone::delegate(cx, &actor, from, to, scope, instant("until", wish.until.as_deref())?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// What a house does with calls.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct ModeJson {
    /// The site by name; the first one without it.
    site: Option<String>,
    /// `normal`, `after_hours`, `disaster`; `null` lets the hours decide again.
    mode: Option<String>,
    /// RFC 3339; without it, until somebody takes it back.
    until: Option<String>,
}

/// Overrides the hours of a house.
#[utoipa::path(put, path = "/mode", operation_id = "setMode", tag = "telephone", request_body = ModeJson,
    responses((status = 204), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such site, or it has no telephones")))]
pub async fn mode(State(state): State<AppState>, Booker(actor): Booker, Body(wish): Body<ModeJson>) -> Result<StatusCode, Fault> {
    let site = site(&state.services, wish.site.as_deref())?;
    let mode = wish.mode.as_deref().map(|text| word("mode", text, Mode::parse, &["normal", "after_hours", "disaster"])).transpose()?;
    telephone::set_mode(&state.services, &actor, site, mode, instant("until", wish.until.as_deref())?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A call that nobody makes.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct SimulationJson {
    /// What is dialled.
    to: String,
    /// What the caller shows; a number of the house without `+`.
    #[serde(default)]
    from: String,
    /// The telephone of the house that calls.
    from_device: Option<String>,
    /// RFC 3339; now without it.
    at: Option<String>,
}

/// What would happen if somebody called now or then, with every reason.
#[utoipa::path(post, path = "/simulate", operation_id = "simulate", tag = "telephone", request_body = SimulationJson, responses((status = 200, body = Object)))]
pub async fn simulate(State(state): State<AppState>, Booker(actor): Booker, Body(wish): Body<SimulationJson>) -> Result<Json<serde_json::Value>, Fault> {
    let at = instant("at", wish.at.as_deref())?.unwrap_or_else(|| state.services.clock().now());
    let call = CallIn { to: wish.to, from: wish.from, from_device: wish.from_device.and_then(|name| name.parse().ok()), ..CallIn::default() };
    Ok(Json(telephone::simulate(&state.services, &actor, &call, at)?))
}

/// Why a call went where it went.
#[utoipa::path(get, path = "/decisions/{id}", operation_id = "getDecision", tag = "telephone", params(("id" = String, Path, description = "`decision_id` of the answer to the PBX")),
    responses((status = 200, body = Object), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "Unknown, or older than thirty days")))]
pub async fn decision(State(state): State<AppState>, Reader(actor): Reader, Path(id): Path<String>) -> Result<Json<telephone::Decision>, Fault> {
    Ok(Json(telephone::decision(&state.services, &actor, &id).await?))
}

/// Which calls.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct CallsQuery {
    /// First moment, RFC 3339, or a local day; a day before `to` without it.
    from: Option<String>,
    /// The moment after the last, RFC 3339, or a local day; now without it.
    to: Option<String>,
    /// Calls at most, 1 to 500; 100 without it.
    limit: Option<String>,
}

/// What became of calls, the newest first: everybody's with `manage`, else those to the token's person and answered by them.
#[utoipa::path(get, path = "/calls", operation_id = "listCalls", tag = "telephone", params(CallsQuery),
    responses((status = 200, body = Object, description = "Calls with number, caller, outcome, who answered and when")))]
pub async fn calls(
    State(state): State<AppState>,
    Booker(actor): Booker,
    Params(query): Params<CallsQuery>,
) -> Result<Json<Listed<telephone::CallView>>, Fault> {
    let now = state.services.clock().now();
    let until = moment(&state.services, "to", query.to.as_deref())?.unwrap_or(now + TimeDelta::seconds(1));
    let from = moment(&state.services, "from", query.from.as_deref())?.unwrap_or(until - TimeDelta::days(1));
    let most = limit(query.limit.as_ref())?;
    Ok(Json(Listed::whole(telephone::calls(&state.services, &actor, from, until, u64::from(most)).await?)))
}

/// Which month.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MonthQuery {
    /// `2026-11`; this month without it.
    month: Option<String>,
}

/// Calls of one kind in a month.
#[derive(Debug, Serialize, ToSchema)]
pub struct TotalsJson {
    /// `main`, `section`, `people`, `other`.
    called: &'static str,
    /// The section's name.
    #[serde(skip_serializing_if = "String::is_empty")]
    section: String,
    /// Calls that came and ended.
    calls: u64,
    /// Somebody took them.
    answered: u64,
    /// … whom they were for.
    answered_by_meant: u64,
    /// … on a telephone of nobody in particular.
    answered_by_fixed: u64,
    /// Taken and passed on.
    passed_on: u64,
    /// Every stage rang in vain.
    unanswered: u64,
    /// The caller gave up.
    abandoned: u64,
    /// Until somebody took them, on average, milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer_ms: Option<u64>,
}

/// Calls of a month, counted: of everything with `manage`, of one's own sections for who heads them.
#[utoipa::path(get, path = "/calls/totals", operation_id = "countCalls", tag = "telephone", params(MonthQuery),
    responses((status = 200, body = Object, description = "Calls by what was called"), (status = 403, body = super::Problem, content_type = "application/problem+json")))]
pub async fn totals(State(state): State<AppState>, Reader(actor): Reader, Params(query): Params<MonthQuery>) -> Result<Json<Listed<TotalsJson>>, Fault> {
    let today = state
        .services
        .office()
        .sites
        .values()
        .next()
        .map_or(state.services.clock().now().date_naive(), |site| state.services.clock().now().with_timezone(&site.zone).date_naive());
    let month = match query.month.as_deref() {
        None => Month::of(today),
        Some(text) => text.parse().map_err(|_| Fault::field("month", text, Expected::Date))?,
    };
    let view = telephone::month_totals(&state.services, &actor, month).await?;
    let row = |(called, section, totals): (Called, String, Totals)| TotalsJson {
        called: match called {
            Called::Main(_) => "main",
            Called::Section(_) => "section",
            Called::People => "people",
            Called::Other => "other",
        },
        section,
        calls: totals.calls,
        answered: totals.answered,
        answered_by_meant: totals.meant,
        answered_by_fixed: totals.fixed,
        passed_on: totals.passed_on,
        unanswered: totals.unanswered,
        abandoned: totals.abandoned,
        answer_ms: totals.answer_ms.checked_div(totals.answered),
    };
    Ok(Json(Listed::whole(view.rows.into_iter().map(row).collect())))
}

fn administers(actor: &Actor) -> Result<(), Fault> {
    if actor.administers_people() { Ok(()) } else { Err(Fault::Denied) }
}

pub(super) fn site(services: &Services, name: Option<&str>) -> Result<SiteId, Fault> {
    let office = services.office();
    let found = name.map_or_else(|| office.sites.values().next(), |name| office.sites.values().find(|site| site.name == name));
    found.map(|site| site.id).ok_or(Fault::NotFound(Kind::Site))
}

fn instant(field: &'static str, text: Option<&str>) -> Result<Option<DateTime<Utc>>, Fault> {
    text.map(|text| DateTime::from_str(text).map_err(|_| Fault::field(field, text, Expected::Instant))).transpose()
}

/// A moment, or the midnight a local day begins with.
fn moment(services: &Services, field: &'static str, text: Option<&str>) -> Result<Option<DateTime<Utc>>, Fault> {
    let Some(on) = text.and_then(|text| super::input::date(field, text).ok()) else { return instant(field, text) };
    let zone = services.office().sites.values().next().map_or(chrono_tz::UTC, |site| site.zone);
    Ok(on.and_time(NaiveTime::MIN).and_local_timezone(zone).earliest().map(|at| at.to_utc()))
}

fn word<T>(field: &'static str, text: &str, parse: impl Fn(&str) -> Option<T>, known: &[&str]) -> Result<T, Fault> {
    parse(text).ok_or_else(|| Fault::field(field, text, Expected::OneOf(known.iter().map(|word| (*word).to_owned()).collect())))
}

fn serde_word<T: serde::de::DeserializeOwned>(field: &'static str, text: &str, known: &[&str]) -> Result<T, Fault> {
    word(field, text, |text| serde_json::from_value(serde_json::Value::String(text.to_owned())).ok(), known)
}
