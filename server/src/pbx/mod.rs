//! `/pbx/v1`: what a PBX asks and tells (CONTRACTS.md, "PBX"; `research/telephony.md` §4.3). On the listener of the pages, or,
//! where `NANAWARI_PBX_LISTEN` is set, on one of its own in the telephones' network, which serves nothing else.

mod answers;
mod auth;
mod events;

use crate::{
    layers::{self, Asked, Load, Trouble},
    state::AppState,
};
use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header},
    middleware::{Next, from_fn, from_fn_with_state},
    response::Response,
    routing::{get, post},
};
use tower::ServiceBuilder;

/// Questions worked on at once, and questions that may wait behind them.
const AT_ONCE: usize = 64;
const QUEUE: usize = 512;

/// The routes, below `/pbx/v1`.
pub fn routes() -> Router<AppState> {
    Router::new()
        .route("/route", post(answers::route))
        .route("/table", get(answers::table))
        .route("/asterisk/route", get(answers::asterisk))
        .route("/fs/dialplan", post(answers::freeswitch))
        .route("/directory.xml", get(answers::directory))
        .route("/devices", get(answers::credentials).post(events::devices))
        .route("/events", post(events::events))
        .fallback(no_such_route)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(no_store))
}

/// A listener of their own: nothing but these routes, with the same protection as the pages.
pub fn router(state: &AppState) -> Router {
    let around = ServiceBuilder::new()
        .layer(from_fn(layers::observe))
        .layer(from_fn(layers::catch_panic))
        .layer(from_fn_with_state(Load::new(AT_ONCE, QUEUE), layers::shed_load))
        .layer(from_fn(layers::time_out))
        .layer(from_fn(layers::limit_body));
    Router::new().nest("/pbx/v1", routes()).fallback(no_such_route).with_state(state.clone()).layer(around)
}

/// Answers are of the moment.
async fn no_store(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn no_such_route(request: Request) -> Response {
    Trouble::NoSuchRoute.answer(&Asked::of(&request))
}

async fn method_not_allowed(request: Request) -> Response {
    Trouble::MethodNotAllowed.answer(&Asked::of(&request))
}
