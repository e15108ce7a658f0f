//! From the cookie to the signed-in person. The cookie holds a random reference; everything else is in the database.

use crate::state::AppState;
use app::api::cookie::session_name;
use axum::{
    extract::{Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};
use services::account::Signed;

/// The secret of the cookie, as sent.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionToken(pub String);

impl std::fmt::Debug for SessionToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("SessionToken(…)")
    }
}

/// Puts `Option<Signed>` into the request, and the secret it was found by.
pub async fn find_session(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let token = read(request.headers(), session_name(state.web));
    let signed: Option<Signed> = match &token {
        Some(SessionToken(secret)) => match services::account::session(&state.services, secret).await {
            Ok(signed) => signed,
            Err(failure) => {
                tracing::error!(?failure, "sessions cannot be read");
                None
            }
        },
        None => None,
    };
    request.extensions_mut().insert(signed);
    if let Some(token) = token {
        request.extensions_mut().insert(token);
    }
    next.run(request).await
}

fn read(headers: &HeaderMap, name: &str) -> Option<SessionToken> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let secret = lines.flat_map(|line| line.split(';')).find_map(|pair| pair.trim().strip_prefix(name)?.strip_prefix('='))?;
    (!secret.is_empty() && secret.len() <= 200).then(|| SessionToken(secret.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_cookie_counts() {
        let token = |cookie: &'static str, name| {
            read(&HeaderMap::from_iter([(header::COOKIE, axum::http::HeaderValue::from_static(cookie))]), name).map(|token| token.0)
        };
        assert_eq!(token("lang=ja; sid=abc", "sid").as_deref(), Some("abc"));
        assert_eq!(token("__Host-sid=abc", "sid"), None);
        assert_eq!(token("sid=abc", "__Host-sid"), None);
        assert_eq!(token("sidx=abc; sid=", "sid"), None);
    }
}
