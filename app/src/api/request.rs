//! What a server function and a server-rendered page know of their request.
//!
//! The server must provide one [`RequestContext`] through leptos context, for pages and for `/api/fn/*` alike
//! (`leptos_routes_with_context` and `handle_server_fns_with_context`): call [`RequestContext::provide`] there.
//! Answers need `Referrer-Policy: same-origin`, because a plain form's failure goes back to the page it came from.

use super::{ApiError, reject};
use crate::i18n::Locale;
use axum::{
    extract::ConnectInfo,
    http::{header, request::Parts},
};
use domain::telephone::CallLinks;
use leptos::prelude::{provide_context, use_context};
use services::{
    Actor, Services,
    account::{Client, Signed},
};
use std::{net::SocketAddr, sync::Arc};

/// Everything a request brings along.
#[derive(Clone)]
pub struct RequestContext {
    /// The use cases.
    pub services: Services,
    /// Who is signed in, if anybody.
    pub signed: Option<Signed>,
    /// The language, as [`Locale::negotiate`] found it.
    pub locale: Locale,
    /// How the program serves pages.
    pub web: WebConfig,
    /// What numbers are the addresses of.
    pub call_links: CallLinks,
    /// Addresses of the site's files.
    pub assets: Arc<SiteAssets>,
    /// The number that finds this request in the log.
    pub request_id: String,
}

/// How the program serves pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebConfig {
    /// Cookies are for TLS only (`__Host-` names).
    pub secure_cookies: bool,
    /// The demo: anybody may sign in as any sample person.
    pub demo: bool,
}

/// Addresses of the site's files, from the site build's `manifest.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SiteAssets {
    /// The script that loads the program.
    pub js: String,
    /// The program.
    pub wasm: String,
    /// The style sheet.
    pub css: String,
    /// The style sheet that says which font file holds which letters.
    pub fonts: String,
}

impl RequestContext {
    /// Makes the request known to everything rendered or run for it.
    pub fn provide(self) {
        provide_context(self.locale);
        provide_context(self);
    }

    /// The signed-in person as use cases want them.
    ///
    /// # Errors
    /// [`ApiError::NotSignedIn`].
    pub fn actor(&self) -> Result<Actor, ApiError> {
        self.signed.as_ref().map(|signed| signed.actor.clone()).ok_or_else(|| reject(ApiError::NotSignedIn))
    }
}

/// The address of a number, for a page that only the server draws.
#[must_use]
pub fn call_href(number: &str) -> String {
    request().map(|cx| cx.call_links).unwrap_or_default().href_of_any(number)
}

/// The request under way.
///
/// # Errors
/// [`ApiError::Transport`] when nobody provided it: a page rendered outside a request.
pub fn request() -> Result<RequestContext, ApiError> {
    use_context::<RequestContext>().ok_or(ApiError::Transport)
}

/// The request under way and its signed-in person. A page without one leads to the sign-in page and back.
///
/// # Errors
/// [`ApiError::NotSignedIn`].
pub fn signed_in() -> Result<(RequestContext, Actor), ApiError> {
    let cx = request()?;
    if let Some(signed) = &cx.signed {
        let actor = signed.actor.clone();
        return Ok((cx, actor));
    }
    if let Some(page) = page_path() {
        leptos_axum::redirect(&if cx.web.demo { crate::routes::demo("", Some(&page)) } else { crate::routes::sign_in(Some(&page)) });
        return Err(ApiError::NotSignedIn);
    }
    Err(reject(ApiError::NotSignedIn))
}

/// Path and query of the page under way without a failure of an earlier post; `None` inside a call of a server function.
fn page_path() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let path = parts.uri.path();
    if path.starts_with(crate::routes::FN_PREFIX) {
        return None;
    }
    let kept: Vec<_> = parts.uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("__")).collect();
    Some(if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) })
}

/// Where a sign-in comes from. Behind a proxy the address is the proxy's.
#[must_use]
pub fn client() -> Client {
    let parts = use_context::<Parts>();
    let agent = parts.as_ref().and_then(|parts| parts.headers.get(header::USER_AGENT)).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let at = parts.as_ref().and_then(|parts| parts.extensions.get::<ConnectInfo<SocketAddr>>());
    Client { ip: at.map(|at| at.0.ip().to_canonical().to_string()).unwrap_or_default(), user_agent: agent.chars().take(200).collect() }
}
