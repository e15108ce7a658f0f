//! 伝言メモ: the list, the form, and who is told outside. All of it is made on the server.

pub mod api;
mod badge;
mod cards;
mod form;
mod list;
mod news;
pub mod targets;

pub use badge::{badge, note};

use crate::layout::NotFound;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The routes `/memos` and `/memos/{page}`.
#[component]
pub fn MemoPage() -> impl IntoView {
    match use_params_map().with_untracked(|params| params.get("page")).as_deref() {
        None => list::page(),
        Some("new") => form::page(),
        Some(_) => view! { <NotFound/> }.into_any(),
    }
}
