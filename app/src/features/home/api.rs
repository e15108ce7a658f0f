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
    /// What the house does with calls while that is not the usual, in the reader's language. The words are the server's, so that
    /// the program does not carry them.
    pub mode: Option<String>,
    /// The memos that wait, as markup; empty where none does.
    pub memos: String,
    /// My turns at the telephone and what waits for my answer: words in the reader's language, then where they lead, and so on.
    pub duty: Vec<String>,
}

/// Memos of which the home page says more than that they wait.
#[cfg(feature = "ssr")]
const MEMOS_SHOWN: u64 = 3;

/// The home page.
#[server(name = ReadHome, prefix = "/api/fn", endpoint = "home/view", input = GetUrl)]
pub async fn home() -> Result<HomePageView, ApiError> {
    let (cx, actor) = signed_in()?;
    let home = services::booking::home_view(&cx.services, &actor).await?;
    let modes: Vec<_> = services::telephone::modes(&cx.services).into_iter().filter(|view| view.now.mode != domain::telephone::Mode::Normal).collect();
    let mode = crate::i18n::telephone::book::modes(cx.locale, &modes);
    let (waiting, first) = services::memo::open_ones(&cx.services, &actor, MEMOS_SHOWN).await?;
    let memos = crate::features::memo::note(cx.locale, waiting, &first, home.now.date());
    let duty = crate::features::telephone::duty_lines::lines(&cx.services, &actor, cx.locale, home.now.date()).await?;
    Ok(HomePageView { memos, mode, duty, name: cx.signed.map(|signed| signed.me.name).unwrap_or_default(), home })
}
