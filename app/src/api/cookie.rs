//! The two cookies: who is signed in, and the language. The server reads the first by [`session_name`].

use super::{ApiError, WebConfig, request::request};
use crate::i18n::{COOKIE, Locale};
use axum::http::{
    HeaderValue,
    header::{COOKIE as COOKIE_HEADER, SET_COOKIE},
    request::Parts,
};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;

/// Name of the session cookie: `__Host-sid` where cookies are for TLS only, `sid` on a loopback demo.
#[must_use]
pub const fn session_name(web: WebConfig) -> &'static str {
    if web.secure_cookies { "__Host-sid" } else { "sid" }
}

/// Hands the browser its session.
///
/// # Errors
/// [`ApiError::Transport`] outside a request.
pub fn set_session(token: &str) -> Result<(), ApiError> {
    let web = request()?.web;
    set(&format!("{}={token}; {}", session_name(web), attributes(web)))
}

/// Takes the session away from the browser.
///
/// # Errors
/// [`ApiError::Transport`] outside a request.
pub fn clear_session() -> Result<(), ApiError> {
    let web = request()?.web;
    set(&format!("{}=; Max-Age=0; {}", session_name(web), attributes(web)))
}

/// Remembers the language for a year.
///
/// # Errors
/// [`ApiError::Transport`] outside a request.
pub fn set_locale(locale: Locale) -> Result<(), ApiError> {
    let web = request()?.web;
    set(&format!("{COOKIE}={}; Max-Age=31536000; {}", locale.code(), attributes(web)))
}

/// Hands the browser something that its next page shows once. It is the browser's own for a minute, and no script reads it.
///
/// # Errors
/// [`ApiError::Transport`] outside a request.
pub fn show_once(text: &str) -> Result<(), ApiError> {
    let web = request()?.web;
    set(&format!("{ONCE}={text}; Max-Age=60; {}", attributes(web)))
}

/// What [`show_once`] handed over; the browser forgets it with this answer.
#[must_use]
pub fn shown_once() -> Option<String> {
    let parts = use_context::<Parts>()?;
    let lines = parts.headers.get_all(COOKIE_HEADER).iter().filter_map(|line| line.to_str().ok());
    let text = lines.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(ONCE)?.strip_prefix('='))?.to_owned();
    set(&format!("{ONCE}=; Max-Age=0; {}", attributes(request().ok()?.web))).ok()?;
    Some(text).filter(|text| !text.is_empty() && text.len() <= 200)
}

/// Name of the cookie that is shown once.
const ONCE: &str = "once";

const fn attributes(web: WebConfig) -> &'static str {
    if web.secure_cookies { "Path=/; HttpOnly; SameSite=Lax; Secure" } else { "Path=/; HttpOnly; SameSite=Lax" }
}

fn set(cookie: &str) -> Result<(), ApiError> {
    let value = HeaderValue::from_str(cookie).map_err(|_| ApiError::Transport)?;
    let response = use_context::<ResponseOptions>().ok_or(ApiError::Transport)?;
    response.append_header(SET_COOKIE, value);
    Ok(())
}
