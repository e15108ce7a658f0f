//! people

use leptos::prelude::*;

/// Page.
#[component]
pub fn PeoplePage() -> impl IntoView {
    view! { <h1>"PeoplePage"</h1> }.into_any()
}
