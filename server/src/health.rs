//! Whether the program lives, and whether it can serve.

use crate::state::AppState;
use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::time::Duration;

/// The process answers.
pub async fn alive() -> Response {
    plain(StatusCode::OK, "alive\n")
}

/// The database answers and has this program's schema.
pub async fn ready(State(state): State<AppState>) -> Response {
    match tokio::time::timeout(Duration::from_secs(2), state.services.ready()).await {
        Ok(Ok(())) => plain(StatusCode::OK, "ready\n"),
        Ok(Err(why)) => {
            tracing::warn!(why, "not ready");
            plain(StatusCode::SERVICE_UNAVAILABLE, "the database is not ready\n")
        }
        Err(_) => plain(StatusCode::SERVICE_UNAVAILABLE, "the database does not answer\n"),
    }
}

fn plain(status: StatusCode, text: &'static str) -> Response {
    (status, [(header::CONTENT_TYPE, HeaderValue::from_static("text/plain; charset=utf-8"))], text).into_response()
}
