//! What a PBX tells: what became of calls, and which telephones are there.

use super::auth::{Pbx, Refused};
use crate::state::AppState;
use axum::{
    Json,
    body::Bytes,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Deserialize, Serialize};
use services::telephone::{EventIn, note_registered, take_events};

/// Events taken in one request.
const MOST: usize = 1_000;

/// How much of what was told is new.
#[derive(Debug, Serialize)]
struct Taken {
    taken: u64,
}

/// `POST /events`: at least once, harmless twice. 422 says that an event will never be understood, so that the PBX puts it
/// aside; anything else but 200, that it should come again.
pub async fn events(State(state): State<AppState>, Pbx(link): Pbx, body: Bytes) -> Response {
    let events: Vec<EventIn> = match serde_json::from_slice(&body) {
        Ok(events) => events,
        Err(why) => return (StatusCode::UNPROCESSABLE_ENTITY, format!("{why}\n")).into_response(),
    };
    if events.len() > MOST {
        return (StatusCode::PAYLOAD_TOO_LARGE, format!("at most {MOST} events at once\n")).into_response();
    }
    match take_events(&state.services, &link, events).await {
        Ok(taken) => Json(Taken { taken }).into_response(),
        Err(failure) => {
            tracing::error!(?failure, "a PBX tells of calls and cannot be heard");
            Refused::Unavailable.into_response()
        }
    }
}

/// Which telephones are registered.
#[derive(Debug, Deserialize)]
struct Registered {
    registered: Vec<String>,
}

/// `POST /devices`: which telephones are registered now.
pub async fn devices(State(state): State<AppState>, Pbx(link): Pbx, body: Bytes) -> Response {
    match serde_json::from_slice::<Registered>(&body) {
        Ok(told) => {
            note_registered(&state.services, &link, &told.registered);
            StatusCode::NO_CONTENT.into_response()
        }
        Err(why) => (StatusCode::UNPROCESSABLE_ENTITY, format!("{why}\n")).into_response(),
    }
}
