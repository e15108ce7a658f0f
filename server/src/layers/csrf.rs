//! A page of another origin changes nothing here (`research/japan.md` §4.2, T45–T47).

use super::{Asked, Trouble};
use crate::state::AppState;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, Method, Uri, header},
    middleware::Next,
    response::Response,
};

/// Refuses every changing request that does not show it comes from a page of ours or from a program with a token.
pub async fn refuse_cross_site(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let passes = match *request.method() {
        Method::GET | Method::HEAD | Method::OPTIONS => true,
        Method::POST | Method::PUT | Method::PATCH | Method::DELETE => may_change(request.headers(), request.uri(), &state.config.base_url),
        // TRACE, CONNECT and inventions (T55).
        _ => return Trouble::MethodNotAllowed.answer(&Asked::of(&request)),
    };
    if passes {
        return next.run(request).await;
    }
    tracing::warn!(path = request.uri().path(), "a cross-site change was refused");
    Trouble::CrossSite.answer(&Asked::of(&request))
}

/// Browsers say where a request comes from in `Sec-Fetch-Site`, old ones in `Origin`. Programs say neither; they must
/// carry a token, which no browser adds by itself. The programs' routes know nothing but tokens and ask for one themselves.
fn may_change(headers: &HeaderMap, uri: &Uri, base_url: &str) -> bool {
    match (text(headers, "sec-fetch-site"), text(headers, "origin")) {
        (Some(site), _) => site == "same-origin",
        (None, Some(origin)) => is_ours(origin, headers, uri, base_url),
        (None, None) => uri.path().starts_with("/api/v1/") || uri.path().starts_with("/pbx/v1/") || crate::rest::bearer(headers).is_some(),
    }
}

/// Whether the request comes from a page of another origin, also for reading.
#[must_use]
pub fn foreign(headers: &HeaderMap, uri: &Uri, base_url: &str) -> bool {
    match (text(headers, "sec-fetch-site"), text(headers, "origin")) {
        (Some(site), _) => !matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => !is_ours(origin, headers, uri, base_url),
        (None, None) => false,
    }
}

/// The origin of the base address, or of the address the browser itself used.
fn is_ours(origin: &str, headers: &HeaderMap, uri: &Uri, base_url: &str) -> bool {
    if origin.eq_ignore_ascii_case(base_url) {
        return true;
    }
    let host = uri.authority().map(axum::http::uri::Authority::as_str).or_else(|| text(headers, header::HOST.as_str()));
    let scheme = if base_url.starts_with("https://") { "https://" } else { "http://" };
    host.is_some_and(|host| origin.strip_prefix(scheme).is_some_and(|rest| rest.eq_ignore_ascii_case(host)))
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).map(|value| value.to_str().unwrap_or("?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(pairs: &[(&'static str, &'static str)]) -> (bool, bool) {
        let mut headers = HeaderMap::new();
        headers.insert("host", axum::http::HeaderValue::from_static("seats.example:3000"));
        for (name, value) in pairs {
            headers.insert(*name, axum::http::HeaderValue::from_static(value));
        }
        let uri = Uri::from_static("/api/fn/x");
        (may_change(&headers, &uri, "http://seats.example:3000"), foreign(&headers, &uri, "http://seats.example:3000"))
    }

    #[test]
    fn only_our_pages_and_programs_with_a_token_may_change() {
        type Sent = &'static [(&'static str, &'static str)];
        let cases: [(Sent, (bool, bool)); 11] = [
            (&[("sec-fetch-site", "same-origin")], (true, false)),
            (&[("sec-fetch-site", "same-site")], (false, true)),
            (&[("sec-fetch-site", "cross-site")], (false, true)),
            (&[("sec-fetch-site", "none")], (false, false)),
            (&[("sec-fetch-site", "cross-site"), ("origin", "http://seats.example:3000")], (false, true)),
            (&[("origin", "http://seats.example:3000")], (true, false)),
            (&[("origin", "https://seats.example:3000")], (false, true)),
            (&[("origin", "http://other.example:3000")], (false, true)),
            (&[("origin", "null")], (false, true)),
            (&[], (false, false)),
            (&[("authorization", "Bearer abc")], (true, false)),
        ];
        for (pairs, expected) in cases {
            assert_eq!(asks(pairs), expected, "{pairs:?}");
        }
    }
}
