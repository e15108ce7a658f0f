//! What the floor page asks the server: one view, one snapshot.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::{Field, Invalid, reject, signed_in};
use domain::floor::view::FloorView;
use leptos::{prelude::*, server_fn::codec::GetUrl};

/// A floor on a day. An empty `floor` is the person's own, an empty `on` today or the next open day.
///
/// # Errors
/// [`ApiError::NotSignedIn`], [`ApiError::NotFound`], [`ApiError::Invalid`].
#[server(name = LoadFloor, prefix = "/api/fn", endpoint = "floor/view", input = GetUrl)]
pub async fn floor_view(floor: String, on: String) -> Result<FloorView, ApiError> {
    let (cx, actor) = signed_in()?;
    let first = || services::floor::floors(&cx.services).first().map(|head| head.id);
    let home = cx.signed.as_ref().and_then(|signed| signed.me.home_floor).or_else(first);
    let floor = if floor.is_empty() { home } else { floor.parse().ok() }.ok_or_else(|| reject(ApiError::NotFound))?;
    let on = match on.as_str() {
        "" => None,
        text => Some(text.parse().map_err(|_| reject(ApiError::Invalid(Invalid { field: Field::Date, value: text.chars().take(32).collect() })))?),
    };
    let view = services::floor::floor_view(&cx.services, &actor, floor, on).await?;
    Ok(FloorView { calls: cx.call_links, ..view })
}
