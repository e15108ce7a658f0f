//! One number and one line of log for every request. Queries and bodies are never logged: they hold names and secrets.

use super::Asked;
use axum::{
    extract::{MatchedPath, Request},
    http::HeaderValue,
    middleware::Next,
    response::Response,
};
use std::{
    hash::{BuildHasher, RandomState},
    sync::{
        LazyLock,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};
use tracing::Instrument;

/// Gives the request its number, notes who asks, and writes one line when the answer is ready.
pub async fn observe(mut request: Request, next: Next) -> Response {
    let asked = Asked::read(&request, next_id());
    let id = HeaderValue::from_str(&asked.request_id).ok();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or_else(|| "-".to_owned(), |path| path.as_str().to_owned());
    let span = tracing::info_span!("request", id = %asked.request_id);
    request.extensions_mut().insert(asked);
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    span.in_scope(|| tracing::info!(%method, route, status = response.status().as_u16(), milliseconds, "answered"));
    if let Some(id) = id {
        response.headers_mut().insert("x-request-id", id);
    }
    response
}

/// Unique in this process and, by the random start, among servers; it is a name, not a secret.
fn next_id() -> String {
    static START: LazyLock<u32> = LazyLock::new(|| (RandomState::new().hash_one("request") >> 32) as u32);
    static NEXT: AtomicU64 = AtomicU64::new(1);
    format!("{:08x}-{:06x}", *START, NEXT.fetch_add(1, Ordering::Relaxed))
}
