//! account

use leptos::prelude::*;

/// Page.
#[component]
pub fn AccountPage() -> impl IntoView {
    view! { <h1>"AccountPage"</h1> }.into_any()
}
