//! The home page's one read.

use crate::api::ApiError;
#[cfg(feature = "ssr")]
use crate::api::signed_in;
use domain::booking::view::HomeView;
use leptos::{prelude::*, server_fn::codec::GetUrl};
use serde::{Deserialize, Serialize};

/// The home page and whom it greets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomePageView {
    /// The name.
    pub name: String,
    /// The page.
    pub home: HomeView,
}

/// The home page.
#[server(name = ReadHome, prefix = "/api/fn", endpoint = "home/view", input = GetUrl)]
pub async fn home() -> Result<HomePageView, ApiError> {
    let (cx, actor) = signed_in()?;
    let home = services::booking::home_view(&cx.services, &actor).await?;
    Ok(HomePageView { name: cx.signed.map(|signed| signed.me.name).unwrap_or_default(), home })
}
