//! Which PBX asks: Basic with its name and one of its two live secrets, a certificate made out to its name, or a token of scope `pbx`.

use crate::{rest, state::AppState, tls::ClientCertificate};
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, HeaderValue, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use domain::account::Scope;
use services::telephone::Link;

/// A PBX that may ask now.
#[derive(Clone, Debug)]
pub struct Pbx(pub Link);

/// Why a PBX gets no answer. Texts are for its log; nobody sees them on a telephone.
#[derive(Clone, Copy, Debug)]
pub enum Refused {
    /// No credentials, or wrong ones.
    Unknown,
    /// A token of another scope.
    Scope,
    /// More questions than calls of any house could need.
    TooMany,
    /// The store cannot be read, which only a token needs.
    Unavailable,
}

impl IntoResponse for Refused {
    fn into_response(self) -> Response {
        let (status, text, header) = match self {
            Self::Unknown => (StatusCode::UNAUTHORIZED, "unknown PBX or secret\n", Some((header::WWW_AUTHENTICATE, "Basic realm=\"nanawari-pbx\""))),
            Self::Scope => (StatusCode::FORBIDDEN, "a token of scope pbx is needed\n", None),
            Self::TooMany => (StatusCode::TOO_MANY_REQUESTS, "too many questions\n", Some((header::RETRY_AFTER, "1"))),
            Self::Unavailable => (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n", Some((header::RETRY_AFTER, "2"))),
        };
        let mut response = (status, text).into_response();
        if let Some((name, value)) = header {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
        response
    }
}

impl FromRequestParts<AppState> for Pbx {
    type Rejection = Refused;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Refused> {
        let link = match basic(&parts.headers) {
            Some((id, secret)) => state.services.pbx(&id, &secret).ok_or_else(|| {
                services::telephone::note_refused(&state.services, &id);
                Refused::Unknown
            })?,
            None => match parts.extensions.get::<ClientCertificate>().and_then(|shown| by_certificate(shown, state)) {
                Some(link) => link,
                None => by_token(&parts.headers, state).await?,
            },
        };
        if state.services.pbx_may_ask(&link) { Ok(Self(link)) } else { Err(Refused::TooMany) }
    }
}

fn by_certificate(shown: &ClientCertificate, state: &AppState) -> Option<Link> {
    state.services.board().links.values().find(|link| shown.names(&link.id)).cloned()
}

/// A program with a token stands for the first PBX of the house.
async fn by_token(headers: &HeaderMap, state: &AppState) -> Result<Link, Refused> {
    let secret = rest::bearer(headers).ok_or(Refused::Unknown)?;
    let actor = services::account::token(&state.services, secret).await.map_err(|_| Refused::Unavailable)?.ok_or(Refused::Unknown)?;
    match actor {
        domain::account::Actor::Token { scope, .. } if scope.allows(Scope::Pbx) => {
            state.services.board().links.values().next().cloned().ok_or(Refused::Unknown)
        }
        _ => Err(Refused::Scope),
    }
}

fn basic(headers: &HeaderMap) -> Option<(String, String)> {
    let (scheme, encoded) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") || encoded.len() > 400 {
        return None;
    }
    let text = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = text.split_once(':')?;
    Some((id.to_owned(), secret.to_owned()))
}
