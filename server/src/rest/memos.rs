//! 伝言メモ: leaving, reading and closing memos, and the programs that are told of them.

use super::{
    auth::Booker,
    fault::{Expected, Fault},
    input::{Body, Id, Params, limit},
    list::Listed,
    people::person_by_number,
};
use crate::state::AppState;
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode},
};
use chrono::SecondsFormat;
use domain::{
    MemoId, SectionId, WebhookId,
    account::Actor,
    memo::{
        Draft, Ending, Format, MemoTo, Tongue, Urgency, Wish,
        view::{EndedView, MemoView, ReceiptView},
    },
};
use serde::{Deserialize, Serialize};
use services::{
    Kind, Services,
    memo::{self, MemoWish, NewWebhook, WebhookView},
};
use utoipa::{IntoParams, ToSchema};

/// Which memos.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct MemosQuery {
    /// Staff number; the token's person without it.
    person_no: Option<String>,
    /// `open` or `all`; `open` without it.
    state: Option<String>,
    /// Memos at most, 1 to 500; 100 without it.
    limit: Option<String>,
}

/// Somebody has read it.
#[derive(Debug, Serialize, ToSchema)]
pub struct ReceiptJson {
    /// Who.
    name: String,
    /// When, RFC 3339.
    at: String,
}

/// How it was closed.
#[derive(Debug, Serialize, ToSchema)]
pub struct EndedJson {
    /// `called_back`, `no_need`, `answered`.
    how: &'static str,
    /// Who; `null` when the system or a program did.
    by: Option<String>,
    /// When, RFC 3339.
    at: String,
}

/// An emergency call: what the house's security is told of it. Texts are empty where nothing is known.
#[derive(Debug, Serialize, ToSchema)]
pub struct EmergencyJson {
    /// `police` (110), `coast_guard` (118), `fire` (119), `house` (an emergency number of the house).
    service: &'static str,
    /// What was dialled.
    dialled: String,
    /// Name of the site.
    site: String,
    /// Name of the floor.
    floor: String,
    /// Label of the seat.
    seat: String,
    /// The telephone, as the PBX names it.
    device: String,
    /// `telephone`: it stands there; `person`: the caller sits there and the telephone can be carried; `afar`: outside the
    /// building; `unknown`.
    place: &'static str,
}

/// A memo.
#[derive(Debug, Serialize, ToSchema)]
pub struct MemoJson {
    /// Its number.
    id: i64,
    /// `person` or `section`.
    r#for: &'static str,
    /// Name of the person or section.
    name: String,
    /// Who called.
    caller_name: String,
    /// From which number.
    caller_number: String,
    /// `call_back`, `calls_again`, `called`, `tell`.
    wish: &'static str,
    /// What there is to tell.
    text: String,
    /// `normal`, `urgent`.
    urgency: &'static str,
    /// `person` or `system`.
    author: &'static str,
    /// Who wrote it; `null` when the system or a program did.
    written_by: Option<String>,
    /// When, RFC 3339.
    written_at: String,
    /// When the call came in, RFC 3339.
    called_at: String,
    /// The emergency call it is about; `null` for every other memo.
    emergency: Option<EmergencyJson>,
    /// The call it is about.
    call_id: Option<i64>,
    /// How long the call rang in vain, seconds.
    rang_s: Option<u32>,
    /// Who has read it.
    receipts: Vec<ReceiptJson>,
    /// How it was closed; `null` while it is open.
    ended: Option<EndedJson>,
}

fn at(instant: chrono::DateTime<chrono::Utc>) -> String {
    instant.to_rfc3339_opts(SecondsFormat::Secs, true)
}

impl From<MemoView> for MemoJson {
    fn from(memo: MemoView) -> Self {
        Self {
            id: memo.id.0,
            r#for: memo.to.parts().0,
            name: memo.to_name,
            caller_name: memo.caller_name,
            caller_number: memo.caller_number,
            wish: memo.wish.code(),
            text: memo.text,
            urgency: memo.urgency.code(),
            author: memo.author.code(),
            written_by: memo.author_name,
            written_at: at(memo.written_at),
            called_at: at(memo.called_at),
            emergency: memo.emergency.map(|told| EmergencyJson {
                service: told.service.code(),
                dialled: told.dialled,
                site: told.site,
                floor: told.floor,
                seat: told.seat,
                device: told.device,
                place: told.place.code(),
            }),
            call_id: memo.call,
            rang_s: memo.rang_s,
            receipts: memo.receipts.into_iter().map(|ReceiptView { name, at: read, .. }| ReceiptJson { name, at: at(read) }).collect(),
            ended: memo.ended.map(|EndedView { how, name, at: ended, .. }| EndedJson { how: how.code(), by: name, at: at(ended) }),
        }
    }
}

/// Memos for a person, as the person sees them: also those for their sections and for whom they answer.
#[utoipa::path(get, path = "/memos", operation_id = "listMemos", tag = "telephone", params(MemosQuery),
    responses((status = 200, body = Listed<MemoJson>), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such person, or not the token's")))]
pub async fn list(State(state): State<AppState>, Booker(actor): Booker, Params(query): Params<MemosQuery>) -> Result<Json<Listed<MemoJson>>, Fault> {
    let person = match &query.person_no {
        Some(no) => person_by_number(&state.services, &actor, no)?,
        None => actor.person().ok_or_else(|| Fault::field("person_no", "", Expected::Present))?,
    };
    let all = query.state.as_deref().map_or(Ok(false), |text| word("state", text, &["open", "all"]).map(|word| word == "all"))?;
    let found = memo::list(&state.services, &actor, person, all, u64::from(limit(query.limit.as_ref())?)).await?;
    Ok(Json(Listed::whole(found.into_iter().map(MemoJson::from).collect())))
}

/// A memo to be left.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct NewMemoJson {
    /// Staff number of whom it is for. Either this or `section`.
    to_no: Option<String>,
    /// Name or number of the section it is for.
    section: Option<String>,
    /// Who called.
    #[serde(default)]
    caller_name: String,
    /// From which number.
    #[serde(default)]
    caller_number: String,
    /// `call_back`, `calls_again`, `called`, `tell`; `called` without it.
    wish: Option<String>,
    /// What there is to tell.
    #[serde(default)]
    text: String,
    /// `normal`, `urgent`; `normal` without it.
    urgency: Option<String>,
    /// The call it is about.
    call_id: Option<i64>,
}

/// Leaves a memo. The same `Idempotency-Key` means the same memo.
#[utoipa::path(post, path = "/memos", operation_id = "createMemo", tag = "telephone", request_body = NewMemoJson,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same key means the same memo")),
    responses((status = 201, body = MemoJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such person or section"),
        (status = 422, body = super::Problem, content_type = "application/problem+json", description = "Nothing is said, or too much")))]
pub async fn create(
    State(state): State<AppState>,
    Booker(actor): Booker,
    headers: HeaderMap,
    Body(new): Body<NewMemoJson>,
) -> Result<(StatusCode, Json<MemoJson>), Fault> {
    let cx = &state.services;
    let to = whom(cx, &actor, &new)?;
    let wish = new.wish.as_deref().map_or(Ok(Wish::Called), |text| parsed("wish", text, Wish::parse, Wish::ALL, Wish::code))?;
    let urgency = new.urgency.as_deref().map_or(Ok(Urgency::Normal), |text| parsed("urgency", text, Urgency::parse, Urgency::ALL, Urgency::code))?;
    let key = headers.get("idempotency-key").and_then(|key| key.to_str().ok()).map(str::to_owned);
    let draft = Draft { to, caller_name: new.caller_name, caller_number: new.caller_number, wish, text: new.text, urgency };
    let id = memo::write(cx, &actor, MemoWish { draft, call: new.call_id, key }).await?;
    Ok((StatusCode::CREATED, Json(memo::find(cx, &actor, id).await?.into())))
}

fn whom(cx: &Services, actor: &Actor, new: &NewMemoJson) -> Result<MemoTo, Fault> {
    match (&new.to_no, &new.section) {
        (Some(no), None) => cx.office().by_staff_no.get(no).copied().map(MemoTo::Person).ok_or(Fault::NotFound(Kind::Person)),
        (None, Some(name)) => section(cx, actor, name).map(MemoTo::Section),
        _ => Err(Fault::field("to_no", "", Expected::Present)),
    }
}

fn section(cx: &Services, actor: &Actor, name: &str) -> Result<SectionId, Fault> {
    let found = memo::addressees(cx, actor, name).into_iter().find_map(|found| match found.to {
        MemoTo::Section(id) if found.name == name || found.ext == name => Some(id),
        MemoTo::Section(_) | MemoTo::Person(_) => None,
    });
    found.ok_or(Fault::NotFound(Kind::Section))
}

/// A memo.
#[utoipa::path(get, path = "/memos/{id}", operation_id = "getMemo", tag = "telephone", params(("id" = i64, Path)),
    responses((status = 200, body = MemoJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such memo, or none the token may see")))]
pub async fn get(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<Json<MemoJson>, Fault> {
    Ok(Json(memo::find(&state.services, &actor, MemoId(id)).await?.into()))
}

/// The token's person has read a memo that is for them.
#[utoipa::path(post, path = "/memos/{id}/read", operation_id = "readMemo", tag = "telephone", params(("id" = i64, Path)),
    responses((status = 200, body = MemoJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such memo, or none the token may see")))]
pub async fn read(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<Json<MemoJson>, Fault> {
    memo::read(&state.services, &actor, MemoId(id)).await?;
    get(State(state), Booker(actor), Id(id)).await
}

/// How a memo is closed.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct EndJson {
    /// `called_back` or `no_need`.
    how: String,
}

/// Closes a memo.
#[utoipa::path(post, path = "/memos/{id}/end", operation_id = "endMemo", tag = "telephone", params(("id" = i64, Path)), request_body = EndJson,
    responses((status = 200, body = MemoJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such memo, or none the token may see"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`memo_already_ended`: somebody was faster")))]
pub async fn end(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id, Body(wish): Body<EndJson>) -> Result<Json<MemoJson>, Fault> {
    let known = [Ending::CalledBack, Ending::NoNeed];
    let how = parsed("how", &wish.how, |text| Ending::parse(text).filter(|how| known.contains(how)), &known, Ending::code)?;
    memo::end(&state.services, &actor, MemoId(id), how).await?;
    get(State(state), Booker(actor), Id(id)).await
}

/// Opens a closed memo again.
#[utoipa::path(post, path = "/memos/{id}/reopen", operation_id = "reopenMemo", tag = "telephone", params(("id" = i64, Path)),
    responses((status = 200, body = MemoJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such memo, or none the token may see"),
        (status = 409, body = super::Problem, content_type = "application/problem+json", description = "`memo_not_ended`")))]
pub async fn reopen(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<Json<MemoJson>, Fault> {
    memo::reopen(&state.services, &actor, MemoId(id)).await?;
    get(State(state), Booker(actor), Id(id)).await
}

/// A program that is told of memos.
#[derive(Debug, Serialize, ToSchema)]
pub struct WebhookJson {
    /// Its number.
    id: i64,
    /// What administrators call it.
    name: String,
    /// Host and port of its address.
    host: String,
    /// Whether `NANAWARI_WEBHOOK_HOSTS` permits it now.
    permitted: bool,
    /// `teams`, `json`.
    format: &'static str,
    /// `ja`, `en`.
    lang: &'static str,
    /// Whether it is told what a memo says.
    whole: bool,
    /// Name of the section whose memos it is told of; `null` for every memo.
    section: Option<String>,
    /// Messages that wait.
    waiting: u64,
    /// Messages that were given up.
    given_up: u64,
    /// Why messages do not arrive, as a stable word; `null` while they do.
    trouble: Option<String>,
}

impl From<WebhookView> for WebhookJson {
    fn from(view: WebhookView) -> Self {
        Self {
            id: view.id.0,
            name: view.name,
            host: view.host,
            permitted: view.permitted,
            format: view.format.code(),
            lang: view.tongue.code(),
            whole: view.whole,
            section: view.section.map(|(_, name)| name),
            waiting: view.state.waiting,
            given_up: view.state.given_up,
            trouble: view.state.trouble,
        }
    }
}

/// Every program that is told of memos, and how that goes.
#[utoipa::path(get, path = "/webhooks", operation_id = "listWebhooks", tag = "telephone", responses((status = 200, body = Listed<WebhookJson>)))]
pub async fn webhooks(State(state): State<AppState>, Booker(actor): Booker) -> Result<Json<Listed<WebhookJson>>, Fault> {
    let found = memo::webhooks(&state.services, &actor).await?;
    Ok(Json(Listed::whole(found.into_iter().map(WebhookJson::from).collect())))
}

/// A program to be told.
#[derive(Debug, Deserialize, Serialize, ToSchema)]
pub struct NewWebhookJson {
    /// What administrators call it.
    name: String,
    /// Its address; its host must be permitted by `NANAWARI_WEBHOOK_HOSTS`.
    url: String,
    /// `teams`, `json`.
    format: String,
    /// `ja`, `en`; `ja` without it.
    lang: Option<String>,
    /// Whether it is told what a memo says: caller, number, text. Without it, only that one waits.
    #[serde(default)]
    whole: bool,
    /// Name or number of the section whose memos it is told of; every memo without it.
    section: Option<String>,
}

/// A program that was added, with its secret, shown this once.
#[derive(Debug, Serialize, ToSchema)]
pub struct AddedWebhookJson {
    /// Its number.
    id: i64,
    /// What its messages are signed with: HMAC-SHA256 over the `X-Nanawari-Timestamp` header, a full stop and the body, as
    /// `sha256=` and hexadecimal digits in `X-Nanawari-Signature`.
    secret: String,
}

/// Adds a program that is told of memos.
#[utoipa::path(post, path = "/webhooks", operation_id = "createWebhook", tag = "telephone", request_body = NewWebhookJson,
    responses((status = 201, body = AddedWebhookJson), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such section"),
        (status = 422, body = super::Problem, content_type = "application/problem+json", description = "`url_malformed`, `host_not_allowed`, `webhook_name`")))]
pub async fn add_webhook(
    State(state): State<AppState>,
    Booker(actor): Booker,
    Body(new): Body<NewWebhookJson>,
) -> Result<(StatusCode, Json<AddedWebhookJson>), Fault> {
    let cx = &state.services;
    let section = new.section.as_deref().map(|name| section(cx, &actor, name)).transpose()?;
    let format = parsed("format", &new.format, Format::parse, Format::ALL, Format::code)?;
    let tongue = new.lang.as_deref().map_or(Ok(Tongue::Ja), |text| parsed("lang", text, Tongue::parse, Tongue::ALL, Tongue::code))?;
    let (id, secret) = memo::add_webhook(cx, &actor, NewWebhook { name: new.name, url: new.url, format, tongue, whole: new.whole, section }).await?;
    Ok((StatusCode::CREATED, Json(AddedWebhookJson { id: id.0, secret })))
}

/// Tells a program no more.
#[utoipa::path(delete, path = "/webhooks/{id}", operation_id = "endWebhook", tag = "telephone", params(("id" = i64, Path)),
    responses((status = 204), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such program")))]
pub async fn end_webhook(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<StatusCode, Fault> {
    memo::end_webhook(&state.services, &actor, WebhookId(id)).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Sends a program a message that says nothing, to see whether it arrives.
#[utoipa::path(post, path = "/webhooks/{id}/try", operation_id = "tryWebhook", tag = "telephone", params(("id" = i64, Path)),
    responses((status = 202), (status = 404, body = super::Problem, content_type = "application/problem+json", description = "No such program")))]
pub async fn try_webhook(State(state): State<AppState>, Booker(actor): Booker, Id(id): Id) -> Result<StatusCode, Fault> {
    memo::try_webhook(&state.services, &actor, WebhookId(id)).await?;
    Ok(StatusCode::ACCEPTED)
}

fn word<'a>(field: &'static str, text: &'a str, known: &[&str]) -> Result<&'a str, Fault> {
    if known.contains(&text) { Ok(text) } else { Err(Fault::field(field, text, Expected::OneOf(known.iter().map(|word| (*word).to_owned()).collect()))) }
}

fn parsed<T: Copy>(field: &'static str, text: &str, parse: impl Fn(&str) -> Option<T>, all: &[T], code: impl Fn(T) -> &'static str) -> Result<T, Fault> {
    parse(text).ok_or_else(|| Fault::field(field, text, Expected::OneOf(all.iter().map(|one| code(*one).to_owned()).collect())))
}
