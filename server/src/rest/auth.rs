//! Bearer tokens and what their scope allows. A handler names what it needs by the type it takes.

use super::fault::Fault;
use crate::state::AppState;
use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};
use domain::account::{Actor, Scope};

/// A caller that may read.
#[derive(Clone, Debug)]
pub struct Reader(pub Actor);

/// A caller that may book, for its own person or, with `manage`, for anybody.
#[derive(Clone, Debug)]
pub struct Booker(pub Actor);

impl FromRequestParts<AppState> for Reader {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Fault> {
        caller(&parts.headers, state, Scope::Read).await.map(Self)
    }
}

impl FromRequestParts<AppState> for Booker {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Fault> {
        caller(&parts.headers, state, Scope::Book).await.map(Self)
    }
}

/// The program behind a request, if its token is valid and allows what is needed.
///
/// # Errors
/// [`Fault::Token`] and [`Fault::Scope`], or trouble of the store.
pub async fn caller(headers: &HeaderMap, state: &AppState, needed: Scope) -> Result<Actor, Fault> {
    let secret = bearer(headers).ok_or(Fault::Token)?;
    let actor = services::account::token(&state.services, secret).await?.ok_or(Fault::Token)?;
    match &actor {
        Actor::Token { scope, .. } if !scope.allows(needed) => Err(Fault::Scope(needed)),
        _ => Ok(actor),
    }
}

/// The secret of an `Authorization: Bearer` header.
#[must_use]
pub fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, secret) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    let secret = secret.trim();
    (scheme.eq_ignore_ascii_case("bearer") && !secret.is_empty() && secret.len() <= 200).then_some(secret)
}
