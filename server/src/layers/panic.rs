//! A broken invariant in one request must not take the others down, nor show anybody its insides.

use super::{Asked, Trouble};
use axum::{extract::Request, middleware::Next, response::Response};
use futures::FutureExt;
use std::panic::AssertUnwindSafe;

/// Turns a panic into the answer 500 and one line of log.
pub async fn catch_panic(request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    match AssertUnwindSafe(next.run(request)).catch_unwind().await {
        Ok(response) => response,
        Err(panic) => {
            let why = panic.downcast_ref::<&str>().map(ToString::to_string).or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
            tracing::error!(why, "a request panicked");
            Trouble::Internal.answer(&asked)
        }
    }
}
