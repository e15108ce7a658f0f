//! The drawing beneath a floor's seats, for whoever may see the floor.

use super::refuse;
use crate::{
    layers::{Asked, Trouble},
    state::AppState,
};
use axum::{
    extract::{Path, Query, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::FloorId;
use serde::Deserialize;
use services::{
    account::Signed,
    floor::{ImageWidth, plan_image},
};

/// Which size, and which version the page means.
#[derive(Debug, Deserialize)]
pub struct PictureQuery {
    size: Option<String>,
    v: Option<String>,
}

/// The drawing of a floor. With its version in the address it never changes, so browsers may keep it for themselves.
pub async fn plan_webp(State(state): State<AppState>, Path(id): Path<String>, Query(query): Query<PictureQuery>, request: Request) -> Response {
    let asked = Asked::of(&request);
    let signed = request.extensions().get::<Option<Signed>>().cloned().flatten();
    let (Some(_), Ok(floor)) = (signed, id.parse::<FloorId>()) else { return Trouble::NoSuchRoute.answer(&asked) };
    let width = if query.size.as_deref() == Some("small") { ImageWidth::Small } else { ImageWidth::Full };
    match plan_image(&state.services, floor, width).await {
        Ok(picture) => {
            let kept = if query.v.as_deref() == Some(&picture.version.to_string()) { "private, max-age=31536000, immutable" } else { "private, no-cache" };
            let kind = HeaderValue::from_str(&picture.content_type).unwrap_or(HeaderValue::from_static("application/octet-stream"));
            let headers: [(HeaderName, HeaderValue); 2] = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, HeaderValue::from_static(kept))];
            (StatusCode::OK, headers, picture.bytes).into_response()
        }
        Err(failure) => refuse(failure, "a picture", &asked),
    }
}
