//! The guarantee that somebody answers a section's telephone, and the rota: what sections ask for, which half-hours nobody covers,
//! turns, exchanges by consent.

use super::{
    auth::{Booker, Reader},
    fault::{Expected, Fault},
    input::{Body, Id, Params, date},
    list::Listed,
    people::person_by_number,
};
use crate::state::AppState;
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use chrono::{Datelike, NaiveDate};
use domain::{
    CoverRuleId, DutyId, PersonId, SectionId, SwapId,
    booking::Weekdays,
    telephone::{
        DayRange,
        cover::{CoverGap, CoverRefusal, CoverRuleWish, Duty, DutyKind, Exclusion, OnGap},
    },
};
use serde::{Deserialize, Serialize};
use services::{
    Kind, Services,
    telephone::cover::{self, Give, How, Proposal, SwapWith, TurnView},
};
use utoipa::{IntoParams, ToSchema};

/// A section that answers calls.
#[derive(Debug, Serialize, ToSchema)]
pub struct SectionJson {
    /// Its number.
    id: i64,
    /// Its name.
    name: String,
    /// Whether the token's person belongs to it.
    mine: bool,
    /// Whether the token may decide there.
    leads: bool,
}

/// Sections that the token's person belongs to or leads; every section with `manage`.
#[utoipa::path(get, path = "/sections", operation_id = "listSections", tag = "cover", responses((status = 200, body = Listed<SectionJson>)))]
pub async fn sections(State(state): State<AppState>, Reader(actor): Reader) -> Json<Listed<SectionJson>> {
    let found = cover::sections(&state.services, &actor).into_iter();
    Json(Listed::whole(found.map(|choice| SectionJson { id: choice.id.0, name: choice.name, mine: choice.mine, leads: choice.leads }).collect()))
}

/// So many people must be there to answer in these hours of open days.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct RuleJson {
    /// Its number; nobody's to send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<i64>,
    /// How many people.
    people: u16,
    /// Weekdays from 0 (Monday); every one without it.
    #[serde(default)]
    weekdays: Option<Vec<u8>>,
    /// First time, `HH:MM`, on a quarter of an hour.
    #[schema(example = "08:30")]
    from: String,
    /// The time after the last.
    #[schema(example = "17:15")]
    until: String,
    /// First day; always without it.
    #[serde(default)]
    from_date: Option<NaiveDate>,
    /// The day after the last.
    #[serde(default)]
    until_date: Option<NaiveDate>,
    /// What happens to a booking or leave that breaks it: `warn` (without it) or `refuse`.
    #[serde(default = "warn")]
    #[schema(value_type = String)]
    on_gap: OnGap,
}

const fn warn() -> OnGap {
    OnGap::Warn
}

/// What a section asks for.
#[utoipa::path(get, path = "/sections/{id}/cover-rules", operation_id = "listCoverRules", tag = "cover", params(("id" = i64, Path, description = "The section")),
    responses((status = 200, body = Listed<RuleJson>), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such section, or not the token's")))]
pub async fn rules(State(state): State<AppState>, Reader(actor): Reader, Id(id): Id) -> Result<Json<Listed<RuleJson>>, Fault> {
    let found = cover::rules(&state.services, &actor, SectionId(id))?.into_iter();
    let json = |rule: cover::StoredRule| RuleJson {
        id: Some(rule.id.0),
        people: rule.wish.needed,
        weekdays: Some((0..7).filter(|day| rule.wish.weekdays.0 & (1 << day) != 0).collect()),
        from: time(rule.wish.from_minute),
        until: time(rule.wish.until_minute),
        // Always is no day.
        from_date: Some(rule.wish.valid.from_on).filter(|from| from.year() > 1900),
        until_date: rule.wish.valid.until_on,
        on_gap: rule.wish.on_gap,
    };
    Ok(Json(Listed::whole(found.map(json).collect())))
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub struct MadeJson {
    /// Its number.
    id: i64,
}

/// Adds a rule to a section the token leads.
#[utoipa::path(post, path = "/sections/{id}/cover-rules", operation_id = "addCoverRule", tag = "cover", params(("id" = i64, Path, description = "The section")), request_body = RuleJson,
    responses((status = 201, body = MadeJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such section, or not the token's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`same_rule`")))]
pub async fn add_rule(
    State(state): State<AppState>,
    Booker(actor): Booker,
    Id(id): Id,
    Body(rule): Body<RuleJson>,
) -> Result<(StatusCode, Json<MadeJson>), Fault> {
    let (from_minute, until_minute) = (minute("from", &rule.from)?, minute("until", &rule.until)?);
    let valid = DayRange { from_on: rule.from_date.unwrap_or(NaiveDate::MIN), until_on: rule.until_date };
    let wish = CoverRuleWish { valid, weekdays: weekdays(rule.weekdays.as_deref()), from_minute, until_minute, needed: rule.people, on_gap: rule.on_gap };
    let id = cover::add_rule(&state.services, &actor, SectionId(id), wish).await?;
    Ok((StatusCode::CREATED, Json(MadeJson { id: id.0 })))
}

/// Takes a rule away.
#[utoipa::path(delete, path = "/cover-rules/{id}", operation_id = "endCoverRule", tag = "cover", params(("id" = i64, Path, description = "The rule")),
    responses((status = 204), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such rule, or not the token's")))]
pub async fn end_rule(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<StatusCode, Fault> {
    cover::remove_rule(&state.services, &actor, CoverRuleId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A time with too few people to answer.
#[derive(Debug, Serialize, ToSchema)]
pub struct GapJson {
    /// The section.
    section_id: i64,
    /// The local day.
    date: NaiveDate,
    /// First time.
    from: String,
    /// The time after the last.
    until: String,
    /// People who plan to be there.
    planned: u16,
    /// People who must.
    needed: u16,
}

impl From<CoverGap> for GapJson {
    fn from(gap: CoverGap) -> Self {
        let (from, until) = (time(gap.from_minute), time(gap.until_minute));
        Self { section_id: gap.section.0, date: gap.on, from, until, planned: gap.planned, needed: gap.needed }
    }
}

/// Which days.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct DaysQuery {
    /// First day; today without it.
    #[param(example = "2026-11-24")]
    from: Option<String>,
    /// The day after the last; fourteen days after `from` without it.
    #[param(example = "2026-12-08")]
    to: Option<String>,
}

impl DaysQuery {
    fn days(&self, services: &Services) -> Result<(NaiveDate, NaiveDate), Fault> {
        let today = services.office().sites.values().next().map(|site| site.now(services.clock()).date()).ok_or(Fault::NotFound(Kind::Site))?;
        let from = self.from.as_deref().map_or(Ok(today), |text| date("from", text))?;
        let to = self.to.as_deref().map_or(Ok(from + chrono::Days::new(14)), |text| date("to", text))?;
        if to <= from { Err(Fault::field("to", &to.to_string(), Expected::LaterDay)) } else { Ok((from, to)) }
    }
}

/// Half-hours to come that too few people cover, joined; at most 92 days.
#[utoipa::path(get, path = "/sections/{id}/cover-gaps", operation_id = "listCoverGaps", tag = "cover", params(("id" = i64, Path, description = "The section"), DaysQuery),
    responses((status = 200, body = Listed<GapJson>), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such section, or not the token's")))]
pub async fn gaps(State(state): State<AppState>, Reader(actor): Reader, Id(id): Id, Params(query): Params<DaysQuery>) -> Result<Json<Listed<GapJson>>, Fault> {
    let days = query.days(&state.services)?;
    let found = cover::gaps(&state.services, &actor, SectionId(id), Some(days)).await?;
    Ok(Json(Listed::whole(found.into_iter().map(GapJson::from).collect())))
}

/// A turn.
#[derive(Debug, Serialize, ToSchema)]
pub struct DutyJson {
    /// Its number.
    id: i64,
    /// `phone` or `counter`.
    kind: &'static str,
    /// The local day.
    date: NaiveDate,
    /// First time.
    from: String,
    /// The time after the last.
    until: String,
    /// Staff number of who has it; `null` when nobody can, or the token may not know of them.
    person_no: Option<String>,
    /// The name.
    name: Option<String>,
    /// `draft`, `asked`, `set` or `declined`.
    state: &'static str,
}

fn duty_json(services: &Services, turn: TurnView) -> DutyJson {
    let known = turn.person.and_then(|(person, name)| Some((person, name?)));
    let no = |person: PersonId| services.office().people.get(&person).map(|person| person.staff_no.clone());
    DutyJson {
        id: turn.id.0,
        kind: turn.kind.code(),
        date: turn.duty.on,
        from: time(turn.duty.from_minute),
        until: time(turn.duty.until_minute),
        person_no: known.as_ref().and_then(|(person, _)| no(*person)),
        name: known.map(|(_, name)| name),
        state: turn.state.code(),
    }
}

/// A section's turns; drafts for who leads it only.
#[utoipa::path(get, path = "/sections/{id}/duties", operation_id = "listDuties", tag = "cover", params(("id" = i64, Path, description = "The section"), DaysQuery),
    responses((status = 200, body = Listed<DutyJson>), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such section, or not the token's")))]
pub async fn duties(
    State(state): State<AppState>,
    Reader(actor): Reader,
    Id(id): Id,
    Params(query): Params<DaysQuery>,
) -> Result<Json<Listed<DutyJson>>, Fault> {
    let days = query.days(&state.services)?;
    let found = cover::section_turns(&state.services, &actor, SectionId(id), days).await?;
    Ok(Json(Listed::whole(found.into_iter().map(|turn| duty_json(&state.services, turn)).collect())))
}

/// A turn for somebody.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct GiveJson {
    /// `phone` (without it) or `counter`.
    kind: Option<String>,
    /// The local day.
    date: NaiveDate,
    /// First time, `HH:MM`, on a quarter of an hour.
    from: String,
    /// The time after the last.
    until: String,
    /// Staff number.
    person_no: String,
    /// Whether they are asked instead of told.
    #[serde(default)]
    ask: bool,
}

/// Gives a member a turn, or asks them to take it.
#[utoipa::path(post, path = "/sections/{id}/duties", operation_id = "giveDuty", tag = "cover", params(("id" = i64, Path, description = "The section")), request_body = GiveJson,
    responses((status = 201, body = MadeJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such section or person, or not the token's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`busy`, `not_member` or `over`")))]
pub async fn give(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id, Body(wish): Body<GiveJson>) -> Result<(StatusCode, Json<MadeJson>), Fault> {
    let duty = Duty::new(wish.date, minute("from", &wish.from)?, minute("until", &wish.until)?).map_err(Fault::Cover)?;
    let how = if wish.ask { How::Ask } else { How::Set };
    let give = Give { section: SectionId(id), kind: kind(wish.kind.as_deref())?, duty, person: person(&state.services, &wish.person_no)?, how };
    let id = cover::give(&state.services, &actor, give).await?;
    Ok((StatusCode::CREATED, Json(MadeJson { id: id.0 })))
}

/// Who is to have a turn.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct HolderJson {
    /// Staff number.
    person_no: String,
}

/// Gives a turn to somebody else.
#[utoipa::path(put, path = "/duties/{id}", operation_id = "reassignDuty", tag = "cover", params(("id" = i64, Path, description = "The turn")), request_body = HolderJson,
    responses((status = 204), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such turn or person, or not the token's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`busy`, `not_member`, `over` or `changed`")))]
pub async fn reassign(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id, Body(wish): Body<HolderJson>) -> Result<StatusCode, Fault> {
    cover::reassign(&state.services, &actor, DutyId(id), person(&state.services, &wish.person_no)?).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes a turn away.
#[utoipa::path(delete, path = "/duties/{id}", operation_id = "cancelDuty", tag = "cover", params(("id" = i64, Path, description = "The turn")),
    responses((status = 204), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such turn, or not the token's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`over` or `changed`")))]
pub async fn cancel(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<StatusCode, Fault> {
    cover::cancel_turn(&state.services, &actor, DutyId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Yes or no.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct AnswerJson {
    /// Whether the answer is yes.
    accept: bool,
}

/// Says yes or no to a turn the token's person was asked to take.
#[utoipa::path(post, path = "/duties/{id}/answer", operation_id = "answerDuty", tag = "cover", params(("id" = i64, Path, description = "The turn")), request_body = AnswerJson,
    responses((status = 204), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "Nobody asked the token's person"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`changed`, `busy` or `over`")))]
pub async fn answer(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id, Body(wish): Body<AnswerJson>) -> Result<StatusCode, Fault> {
    cover::answer_turn(&state.services, &actor, DutyId(id), wish.accept).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Turns to be given fairly.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct ProposeJson {
    /// `phone` (without it) or `counter`.
    kind: Option<String>,
    /// First day.
    from_date: NaiveDate,
    /// The day after the last; at most 92 days.
    until_date: NaiveDate,
    /// Weekdays from 0 (Monday); every one without it. Closed days have no turns.
    weekdays: Option<Vec<u8>>,
    /// First time, `HH:MM`, on a quarter of an hour.
    from: String,
    /// The time after the last.
    until: String,
    /// People a turn; one without it.
    people: Option<u16>,
}

/// How many turns.
#[derive(Debug, Serialize, ToSchema)]
pub struct TurnsJson {
    /// How many.
    turns: usize,
}

/// Proposes a fair rota as drafts: whoever has served least comes first.
#[utoipa::path(post, path = "/sections/{id}/duties/propose", operation_id = "proposeDuties", tag = "cover", params(("id" = i64, Path, description = "The section")), request_body = ProposeJson,
    responses((status = 201, body = TurnsJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such section, or not the token's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`nothing_to_do`")))]
pub async fn propose(
    State(state): State<AppState>,
    Booker(actor): Booker,
    Id(id): Id,
    Body(wish): Body<ProposeJson>,
) -> Result<(StatusCode, Json<TurnsJson>), Fault> {
    let proposal = Proposal {
        section: SectionId(id),
        kind: kind(wish.kind.as_deref())?,
        from_on: wish.from_date,
        until_on: wish.until_date,
        weekdays: weekdays(wish.weekdays.as_deref()),
        hours: vec![(minute("from", &wish.from)?, minute("until", &wish.until)?)],
        people: wish.people.unwrap_or(1),
    };
    let turns = cover::propose(&state.services, &actor, proposal).await?;
    Ok((StatusCode::CREATED, Json(TurnsJson { turns })))
}

/// Publishes a section's drafts.
#[utoipa::path(post, path = "/sections/{id}/duties/publish", operation_id = "publishDuties", tag = "cover", params(("id" = i64, Path, description = "The section")),
    responses((status = 200, body = TurnsJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such section, or not the token's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`nothing_to_do`")))]
pub async fn publish(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<Json<TurnsJson>, Fault> {
    Ok(Json(TurnsJson { turns: cover::publish(&state.services, &actor, SectionId(id)).await? }))
}

/// A member's share of the turns, and when they cannot serve.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct MemberJson {
    /// Percent of a full share, for who leads the section; as it was without it.
    share: Option<u16>,
    /// When they cannot serve: `{"weekdays":…}` (bits from Monday), `{"days":{"from_on","until_on"}}`, `{"hours":{"from_minute","until_minute"}}`.
    #[serde(default)]
    #[schema(value_type = Vec<Object>)]
    exclusions: Vec<Exclusion>,
}

/// Writes down a member's share, and when they cannot serve.
#[utoipa::path(put, path = "/sections/{id}/duty-members/{no}", operation_id = "setDutyMember", tag = "cover", request_body = MemberJson,
    params(("id" = i64, Path, description = "The section"), ("no" = String, Path, description = "Staff number")),
    responses((status = 204), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such section or person, or not the token's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`not_member`")))]
pub async fn member(
    State(state): State<AppState>,
    Booker(actor): Booker,
    Path((id, no)): Path<(i64, String)>,
    Body(wish): Body<MemberJson>,
) -> Result<StatusCode, Fault> {
    let person = person_by_number(&state.services, &actor, &no)?;
    cover::set_member(&state.services, &actor, SectionId(id), person, wish.share, wish.exclusions).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A wish to exchange turns: exactly one of `other_duty_id` and `person_no`.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct SwapJson {
    /// The turn that is given.
    duty_id: i64,
    /// The turn that is wanted for it.
    other_duty_id: Option<i64>,
    /// Staff number of who takes it and gives none.
    person_no: Option<String>,
}

/// Asks somebody to exchange turns, or to take one.
#[utoipa::path(post, path = "/duty-swaps", operation_id = "askSwap", tag = "cover", request_body = SwapJson,
    responses((status = 201, body = MadeJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such turn or person, or not the token's"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`asked_already`, `cannot_serve`, `busy`, `not_member` or `over`")))]
pub async fn ask_swap(State(state): State<AppState>, Booker(actor): Booker, Body(wish): Body<SwapJson>) -> Result<(StatusCode, Json<MadeJson>), Fault> {
    let with = match (wish.other_duty_id, wish.person_no.as_deref()) {
        (Some(other), None) => SwapWith::Turn(DutyId(other)),
        (None, Some(no)) => SwapWith::Person(person(&state.services, no)?),
        _ => return Err(Fault::field("other_duty_id", "", Expected::OneOf(vec!["other_duty_id".into(), "person_no".into()]))),
    };
    let id = cover::ask_swap(&state.services, &actor, DutyId(wish.duty_id), with).await?;
    Ok((StatusCode::CREATED, Json(MadeJson { id: id.0 })))
}

/// Says yes or no to an exchange; with yes, both turns change hands.
#[utoipa::path(post, path = "/duty-swaps/{id}/answer", operation_id = "answerSwap", tag = "cover", params(("id" = i64, Path, description = "The wish")), request_body = AnswerJson,
    responses((status = 204), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such wish, or not to the token's person"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`changed`, `cannot_serve`, `busy` or `over`")))]
pub async fn answer_swap(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id, Body(wish): Body<AnswerJson>) -> Result<StatusCode, Fault> {
    cover::answer_swap(&state.services, &actor, SwapId(id), wish.accept).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Takes back a wish nobody has answered.
#[utoipa::path(delete, path = "/duty-swaps/{id}", operation_id = "withdrawSwap", tag = "cover", params(("id" = i64, Path, description = "The wish")),
    responses((status = 204), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such wish, or not of the token's person"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`changed`: it was answered")))]
pub async fn withdraw_swap(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<StatusCode, Fault> {
    cover::withdraw_swap(&state.services, &actor, SwapId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

fn person(services: &Services, no: &str) -> Result<PersonId, Fault> {
    services.office().by_staff_no.get(no).copied().ok_or(Fault::NotFound(Kind::Person))
}

fn kind(text: Option<&str>) -> Result<DutyKind, Fault> {
    let Some(text) = text else { return Ok(DutyKind::Phone) };
    DutyKind::parse(text).ok_or_else(|| Fault::field("kind", text, Expected::OneOf(DutyKind::ALL.map(|kind| kind.code().to_owned()).to_vec())))
}

fn weekdays(days: Option<&[u8]>) -> Weekdays {
    days.map_or(Weekdays(0b111_1111), |days| Weekdays(days.iter().filter(|day| **day < 7).fold(0, |all, day| all | 1 << day)))
}

fn time(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// Minutes of the day; `24:00` is its end.
fn minute(field: &'static str, text: &str) -> Result<u16, Fault> {
    let parts = text.split_once(':').and_then(|(hours, minutes)| Some((hours.parse::<u16>().ok()?, minutes.parse::<u16>().ok()?)));
    let whole = parts.filter(|(hours, minutes)| *minutes < 60 && *hours <= 24).map(|(hours, minutes)| hours * 60 + minutes);
    whole.ok_or_else(|| Fault::field(field, text, Expected::Shape("HH:MM".into())))
}

/// Whether a refusal is about what was sent, or about what is.
pub(super) const fn is_about_the_wish(refusal: &CoverRefusal) -> bool {
    matches!(refusal, CoverRefusal::Hours | CoverRefusal::Days | CoverRefusal::Weekdays | CoverRefusal::Needed | CoverRefusal::Share)
}
