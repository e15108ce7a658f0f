//! guide

use leptos::prelude::*;

/// Page.
#[component]
pub fn GuidePage() -> impl IntoView {
    view! { <h1>"GuidePage"</h1> }.into_any()
}
