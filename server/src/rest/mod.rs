//! `/api/v1`: what programs may ask and do (CONTRACTS.md, "HTTP"). One file for each kind of thing.

mod auth;
mod availability;
mod bookings;
mod cover;
mod fault;
mod input;
mod list;
mod memos;
mod offices;
mod openapi;
mod people;
mod problem;
mod setup;
mod tag;
mod telephone;
mod words;

pub use auth::{bearer, caller};
pub use fault::{Expected, Fault};
pub use input::{date, required};
pub use openapi::document;
pub use problem::Problem;

use crate::{
    layers::{Asked, Trouble},
    state::AppState,
};
use axum::{Json, Router, extract::Request, middleware::from_fn, response::Response, routing::get};
use utoipa_axum::{router::OpenApiRouter, routes};

/// Every route with its description.
fn described() -> OpenApiRouter<AppState> {
    OpenApiRouter::with_openapi(openapi::head())
        .routes(routes!(offices::sites))
        .routes(routes!(offices::floors))
        .routes(routes!(offices::floor))
        .routes(routes!(availability::availability))
        .routes(routes!(bookings::create, bookings::list))
        .routes(routes!(bookings::get, bookings::cancel))
        .routes(routes!(bookings::check_in))
        .routes(routes!(bookings::release))
        .routes(routes!(people::find))
        .routes(routes!(people::whereabouts))
        .routes(routes!(telephone::get, telephone::put))
        .routes(routes!(setup::section))
        .routes(routes!(setup::changes))
        .routes(routes!(setup::revisions))
        .routes(routes!(setup::revision))
        .routes(routes!(setup::undo))
        .routes(routes!(telephone::numbers))
        .routes(routes!(telephone::links))
        .routes(routes!(telephone::secret))
        .routes(routes!(telephone::password))
        .routes(routes!(telephone::presence))
        .routes(routes!(telephone::phone))
        .routes(routes!(telephone::delegation))
        .routes(routes!(telephone::mode))
        .routes(routes!(telephone::simulate))
        .routes(routes!(telephone::decision))
        .routes(routes!(telephone::calls))
        .routes(routes!(telephone::totals))
        .routes(routes!(memos::list, memos::create))
        .routes(routes!(memos::get))
        .routes(routes!(memos::read))
        .routes(routes!(memos::end))
        .routes(routes!(memos::reopen))
        .routes(routes!(memos::webhooks, memos::add_webhook))
        .routes(routes!(memos::end_webhook))
        .routes(routes!(memos::try_webhook))
        .routes(routes!(cover::sections))
        .routes(routes!(cover::rules, cover::add_rule))
        .routes(routes!(cover::end_rule))
        .routes(routes!(cover::gaps))
        .routes(routes!(cover::duties, cover::give))
        .routes(routes!(cover::propose))
        .routes(routes!(cover::publish))
        .routes(routes!(cover::reassign, cover::cancel))
        .routes(routes!(cover::answer))
        .routes(routes!(cover::member))
        .routes(routes!(cover::ask_swap))
        .routes(routes!(cover::withdraw_swap))
        .routes(routes!(cover::answer_swap))
}

/// The routes, below `/api/v1`.
pub fn router() -> Router<AppState> {
    let (routes, _) = described().split_for_parts();
    routes
        .route("/openapi.json", get(|| async { Json(document()) }))
        .fallback(no_such_route)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(from_fn(fault::render_faults))
}

async fn no_such_route(request: Request) -> Response {
    Trouble::NoSuchRoute.answer(&Asked::of(&request))
}

async fn method_not_allowed(request: Request) -> Response {
    Trouble::MethodNotAllowed.answer(&Asked::of(&request))
}
