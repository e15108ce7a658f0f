//! Every URL on one screen, and the layers that all of them pass.

use crate::{
    health,
    layers::{self, Asked, Load, SignInGate, Transport, Trouble},
    pbx, rest,
    state::AppState,
    web,
};
use axum::{
    Router,
    extract::Request,
    middleware::{from_fn, from_fn_with_state},
    response::Response,
    routing::get,
};
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel,
    compression::{
        CompressionLayer,
        predicate::{DefaultPredicate, NotForContentType, Predicate, SizeAbove},
    },
};

/// Requests worked on at once, and requests that may wait behind them.
const AT_ONCE: usize = 256;
const QUEUE: usize = 2_048;
/// Passwords checked at once: each takes 19 MiB for its while.
const SIGN_INS_AT_ONCE: usize = 8;

/// The whole HTTP surface.
pub fn router(state: &AppState) -> Router {
    let routes = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .nest("/api/v1", rest::router())
        .merge(pbx_routes(state))
        .merge(
            // What people and their browsers ask for: pages, server functions (/api/fn/*), pictures, change notices.
            web::pages(state)
                .route("/floors/{id}/plan.webp", get(web::plan_webp))
                .route("/live/floors/{id}", get(web::live_floor))
                .route("/live/telephone", get(web::live_telephone))
                .route("/telephone/files/changes.csv", get(web::changes_csv))
                .route("/telephone/files/calls.csv", get(web::calls_csv))
                .route("/live/memos", get(web::live_memos))
                .route("/telephone/duty.ics", get(web::duty_file))
                .route("/ical/duty/{name}", get(web::duty_feed))
                .fallback(web::file_or_not_found)
                .layer(from_fn(web::redirect_pages))
                .layer(from_fn_with_state(state.clone(), layers::find_session))
                .layer(from_fn_with_state(state.clone(), layers::drop_foreign_referer))
                .layer(from_fn_with_state(SignInGate::new(SIGN_INS_AT_ONCE), layers::bound_sign_in)),
        )
        .method_not_allowed_fallback(method_not_allowed)
        .with_state(state.clone());
    // Outermost first.
    let around = ServiceBuilder::new()
        .layer(from_fn(layers::observe))
        .layer(from_fn_with_state(if state.config.over_tls() { Transport::Tls } else { Transport::Plain }, layers::security_headers))
        .layer(CompressionLayer::new().quality(CompressionLevel::Precise(2)).compress_when(worth_packing()))
        .layer(from_fn(layers::catch_panic))
        .layer(from_fn_with_state(Load::new(AT_ONCE, QUEUE), layers::shed_load))
        .layer(from_fn(layers::time_out))
        .layer(from_fn_with_state(state.clone(), layers::refuse_cross_site))
        .layer(from_fn(layers::limit_body));
    routes.layer(around)
}

/// PBXs are served here only where they have no listener of their own.
fn pbx_routes(state: &AppState) -> Router<AppState> {
    if state.config.pbx_listen.is_none() { Router::new().nest("/pbx/v1", pbx::routes()) } else { Router::new() }
}

/// Small answers grow by packing, pictures do not shrink, and a stream of notices must not wait in a packer.
fn worth_packing() -> impl Predicate {
    DefaultPredicate::new().and(SizeAbove::new(1_024)).and(NotForContentType::const_new("text/event-stream")).and(NotForContentType::const_new("font/"))
}

async fn method_not_allowed(request: Request) -> Response {
    Trouble::MethodNotAllowed.answer(&Asked::of(&request))
}
