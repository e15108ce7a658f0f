//! Mounting the Leptos app: its pages, its server functions, and its page for what is not there.

use crate::{
    layers::{Asked, Trouble},
    state::AppState,
};
use app::{App, api::RequestContext, routes::FN_PREFIX, shell};
use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::Response,
};
use leptos::prelude::use_context;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list, render_app_async_with_context};
use services::account::Signed;
use std::sync::LazyLock;

/// Every page's address. Found out once and before anything is rendered: while Leptos looks for routes, no page of the
/// whole process loads its data.
#[must_use]
pub fn page_routes() -> Vec<AxumRouteListing> {
    static ROUTES: LazyLock<Vec<AxumRouteListing>> = LazyLock::new(|| generate_route_list(App));
    ROUTES.clone()
}

/// Every page and server function.
pub fn pages(state: &AppState) -> Router<AppState> {
    let context = {
        let state = state.clone();
        move || provide(&state)
    };
    Router::new().leptos_routes_with_context(state, page_routes(), context, shell)
}

/// A page that leads elsewhere says so by its status, also to a client that does not ask for HTML by name.
pub async fn redirect_pages(request: Request, next: Next) -> Response {
    let page = !request.uri().path().starts_with(FN_PREFIX);
    let mut response = next.run(request).await;
    if page && response.status() == StatusCode::OK && response.headers().contains_key(header::LOCATION) {
        *response.status_mut() = StatusCode::FOUND;
        response.headers_mut().remove("serverfnredirect");
        *response.body_mut() = Body::empty();
        response.headers_mut().remove(header::CONTENT_LENGTH);
    }
    response
}

/// A file of the site, or the page that says there is nothing.
pub async fn file_or_not_found(State(state): State<AppState>, request: Request) -> Response {
    let path = request.uri().path();
    if let Some(response) = state.site.answer(request.method(), path, request.headers()) {
        return response;
    }
    if path.starts_with("/api/") || path.starts_with("/pkg/") {
        let trouble = if path.starts_with(FN_PREFIX) && is_server_fn(path) { Trouble::MethodNotAllowed } else { Trouble::NoSuchRoute };
        return trouble.answer(&Asked::of(&request));
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return Trouble::NoSuchRoute.answer(&Asked::of(&request));
    }
    let mut response = render_app_async_with_context(move || provide(&state), shell)(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}

fn is_server_fn(path: &str) -> bool {
    leptos::server_fn::axum::server_fn_paths().any(|(known, _)| known == path)
}

/// Makes the request known to everything rendered or run for it.
fn provide(state: &AppState) {
    let parts = use_context::<Parts>();
    let extensions = parts.as_ref().map(|parts| &parts.extensions);
    let signed = extensions.and_then(|extensions| extensions.get::<Option<Signed>>()).cloned().flatten();
    let asked = extensions.and_then(|extensions| extensions.get::<Asked>());
    RequestContext {
        services: state.services.clone(),
        signed,
        locale: asked.map(|asked| asked.locale).unwrap_or_default(),
        web: state.web,
        call_links: state.config.call_links.clone(),
        assets: state.site.assets(),
        request_id: asked.map(|asked| asked.request_id.clone()).unwrap_or_default(),
    }
    .provide();
}
