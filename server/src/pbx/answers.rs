//! Answers in the form that each PBX reads. All of them are renderings of one plan.

use super::auth::Pbx;
use crate::state::AppState;
use axum::{
    Json,
    body::Bytes,
    extract::{Form, Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::telephone::{
    Aor,
    render::{
        AsteriskTech, Book, FREESWITCH_TOLD, FreeswitchCall, FreeswitchSite, RouteRequest, RouteView, SipHost, asterisk_line, directory as book,
        freeswitch_dialplan, freeswitch_knows, route_view,
    },
};
use serde::{Deserialize, Serialize};
use services::telephone::{Whole, answer, credentials as digests, table as offline};
use std::{collections::HashMap, panic::resume_unwind};

/// The version of the contract that is spoken here.
const VERSION: u8 = 1;
/// The domain and the trunk of a PBX whose set-up names none.
const DOMAIN: &str = "localhost";
const TRUNK: &str = "trunk";

/// `POST /route`: where a call goes.
pub async fn route(State(state): State<AppState>, Pbx(link): Pbx, body: Bytes) -> Result<Json<RouteView>, (StatusCode, String)> {
    let request: RouteRequest = serde_json::from_slice(&body).map_err(|why| (StatusCode::BAD_REQUEST, format!("{why}\n")))?;
    if request.v != VERSION {
        return Err((StatusCode::BAD_REQUEST, format!("version {} is not spoken here, only {VERSION}\n", request.v)));
    }
    let asked = answer(&state.services, &link, request);
    Ok(Json(route_view(&asked.plan, &asked.id)))
}

/// What a PBX has already.
#[derive(Debug, Deserialize)]
pub struct Since {
    since: Option<i64>,
}

/// An answer that says whether it is all there is.
#[derive(Debug, Serialize)]
struct Piece<T> {
    #[serde(flatten)]
    content: T,
    /// What is not in it is gone.
    whole: bool,
}

/// `GET /table`: what rings on the day we are away.
pub async fn table(State(state): State<AppState>, Pbx(link): Pbx, Query(since): Query<Since>, headers: HeaderMap) -> Response {
    aside(move || {
        let (view, whole) = offline(&state.services, &link, since.since.or_else(|| tagged(&headers)));
        let unchanged = whole == Whole::Changes && view.set.is_empty() && view.del.is_empty();
        with_tag(view.rev, unchanged && tagged(&headers) == Some(view.rev), &Piece { content: view, whole: whole == Whole::Everything })
    })
    .await
}

/// `GET /devices`: the digests of the telephones' passwords.
pub async fn credentials(State(state): State<AppState>, Pbx(link): Pbx, Query(since): Query<Since>, headers: HeaderMap) -> Response {
    match digests(&state.services, link.site).await {
        Ok(found) => {
            let known = since.since == Some(found.rev) || tagged(&headers) == Some(found.rev);
            with_tag(found.rev, known, &Piece { content: found, whole: true })
        }
        Err(failure) => {
            tracing::error!(?failure, "the telephones' passwords cannot be read");
            super::auth::Refused::Unavailable.into_response()
        }
    }
}

fn tagged(headers: &HeaderMap) -> Option<i64> {
    headers.get(header::IF_NONE_MATCH)?.to_str().ok()?.trim_matches('"').parse().ok()
}

fn with_tag(rev: i64, unchanged: bool, content: &impl Serialize) -> Response {
    let mut response = if unchanged { StatusCode::NOT_MODIFIED.into_response() } else { Json(content).into_response() };
    if let Ok(tag) = HeaderValue::from_str(&format!("\"{rev}\"")) {
        response.headers_mut().insert(header::ETAG, tag);
    }
    response
}

/// What an Asterisk dialplan asks.
#[derive(Debug, Deserialize)]
pub struct AsteriskQuery {
    to: String,
    #[serde(default)]
    from: String,
    from_device: Option<String>,
    trunk: Option<String>,
    tech: Option<String>,
    #[serde(default)]
    call_id: String,
}

/// `GET /asterisk/route`: one line of text.
pub async fn asterisk(State(state): State<AppState>, Pbx(link): Pbx, Query(query): Query<AsteriskQuery>) -> Response {
    let Some(tech) = query.tech.as_deref().map_or(Some(AsteriskTech::Pjsip), AsteriskTech::parse) else {
        return (StatusCode::BAD_REQUEST, "tech must be PJSIP or SIP\n").into_response();
    };
    let request = RouteRequest {
        v: VERSION,
        to: query.to,
        from: query.from,
        from_device: query.from_device.filter(|name| !name.is_empty()),
        trunk: query.trunk.filter(|name| !name.is_empty()),
        call_id: query.call_id,
        ..RouteRequest::default()
    };
    let asked = answer(&state.services, &link, request);
    let line = asterisk_line(&asked.plan, tech, &name(link.trunk.as_deref(), TRUNK));
    ([(header::CONTENT_TYPE, "text/plain; charset=utf-8")], line).into_response()
}

/// `POST /fs/dialplan`: the form of FreeSWITCH's `mod_xml_curl`.
pub async fn freeswitch(State(state): State<AppState>, Pbx(link): Pbx, Form(form): Form<HashMap<String, String>>) -> Response {
    let said = |key: &str| form.get(key).filter(|value| !value.is_empty()).cloned();
    // Where a menu sends a call on, what is asked about stands in the second set.
    let hunted = |key: &str| said(&format!("Hunt-{key}")).or_else(|| said(&format!("Caller-{key}")));
    let context = hunted("Context").unwrap_or_else(|| "default".to_owned());
    let dialled = hunted("Destination-Number").unwrap_or_default();
    if said(&format!("variable_{FREESWITCH_TOLD}")).is_some_and(|told| told == dialled) {
        return xml(freeswitch_knows());
    }
    let from_device = said("variable_user_name");
    let signed_in = from_device.is_some();
    // Who has not signed in comes from outside, whatever they say of themselves.
    let outside = || (!signed_in).then(|| name(link.trunk.as_deref(), TRUNK).to_string());
    let trunk = said("variable_sip_gateway").or_else(|| said("variable_sip_gateway_name")).or_else(outside);
    let from = hunted("Caller-ID-Number").unwrap_or_default();
    let call_id = said("variable_sip_call_id").unwrap_or_default();
    let request = RouteRequest { v: VERSION, to: dialled.clone(), from, from_device, trunk, call_id, ..RouteRequest::default() };
    let Some(domain) = link.domain.as_deref().unwrap_or(DOMAIN).parse::<SipHost>().ok() else {
        return (StatusCode::INTERNAL_SERVER_ERROR, "the domain of this PBX is no host\n").into_response();
    };
    let asked = answer(&state.services, &link, request);
    let site = FreeswitchSite { domain, gateway: name(link.trunk.as_deref(), TRUNK) };
    let call = FreeswitchCall { context: &context, dialled: &dialled, signed_in, at: state.services.clock().now() };
    xml(freeswitch_dialplan(&asked.plan, call, &site))
}

fn name(named: Option<&str>, otherwise: &str) -> Aor {
    // The fallbacks are names of devices themselves.
    named.and_then(|name| name.parse().ok()).or_else(|| otherwise.parse().ok()).unwrap_or_else(|| unreachable!("{otherwise} is a name"))
}

/// Which telephone book.
#[derive(Debug, Deserialize)]
pub struct BookQuery {
    form: Option<String>,
    page: Option<usize>,
}

/// `GET /directory.xml`: the telephone book for desk phones.
pub async fn directory(State(state): State<AppState>, Pbx(_): Pbx, Query(query): Query<BookQuery>) -> Response {
    let form = match query.form.as_deref() {
        None | Some("yealink") => Book::Yealink,
        Some("cisco") => Book::Cisco { page: query.page.unwrap_or_default() },
        Some(_) => return (StatusCode::BAD_REQUEST, "form must be yealink or cisco\n").into_response(),
    };
    aside(move || {
        let board = state.services.board();
        let title = board.world.houses().next().map(|house| house.name.clone()).unwrap_or_default();
        xml(book(&board.world, state.services.clock().now(), form, &title))
    })
    .await
}

/// Answers about every number take a large house some hundred milliseconds: they are made where no call waits behind them.
async fn aside(answer: impl FnOnce() -> Response + Send + 'static) -> Response {
    match tokio::task::spawn_blocking(answer).await {
        Ok(response) => response,
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => resume_unwind(panic),
            // The program ends before it was begun.
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
    }
}

fn xml(text: String) -> Response {
    ([(header::CONTENT_TYPE, "text/xml; charset=utf-8")], text).into_response()
}
