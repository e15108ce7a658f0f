//! A form without JavaScript is answered by sending the browser back where it came from. That place must be ours.

use crate::state::AppState;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, Uri, header},
    middleware::Next,
    response::Response,
};

/// Keeps a `Referer` that names this server, and puts the start page in the place of any other.
pub async fn drop_foreign_referer(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    if let Some(referer) = request.headers().get(header::REFERER) {
        let host = request.headers().get(header::HOST).and_then(|value| value.to_str().ok());
        if !referer.to_str().is_ok_and(|text| is_own(text, host, &state.config.base_url)) {
            let home = HeaderValue::from_str(&format!("{}/", state.config.base_url)).unwrap_or(HeaderValue::from_static("/"));
            request.headers_mut().insert(header::REFERER, home);
        }
    }
    next.run(request).await
}

fn is_own(referer: &str, host: Option<&str>, base_url: &str) -> bool {
    let Ok(uri) = referer.parse::<Uri>() else { return false };
    let Some(authority) = uri.authority() else { return false };
    let own = base_url.split_once("://").map(|(_, own)| own);
    let known = [host, own].into_iter().flatten().any(|known| known.eq_ignore_ascii_case(authority.as_str()));
    known && matches!(uri.scheme_str(), Some("http" | "https"))
}

#[cfg(test)]
mod tests {
    use super::is_own;

    #[test]
    fn only_own_pages_are_gone_back_to() {
        let own = |referer| is_own(referer, Some("localhost:3000"), "https://seats.example");
        assert!(own("http://localhost:3000/floors/1?date=2026-11-24"));
        assert!(own("https://seats.example/"));
        for foreign in
            ["https://evil.example/", "https://seats.example.evil.example/", "https://seats.example@evil.example/", "//evil.example", "nonsense", "/relative"]
        {
            assert!(!own(foreign), "{foreign}");
        }
    }
}
