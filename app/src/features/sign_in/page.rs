//! sign_in

use leptos::prelude::*;

/// Page.
#[component]
pub fn DemoPage() -> impl IntoView {
    view! { <h1>"DemoPage"</h1> }.into_any()
}

/// Page.
#[component]
pub fn SetUpPage() -> impl IntoView {
    view! { <h1>"SetUpPage"</h1> }.into_any()
}

/// Page.
#[component]
pub fn SignInPage() -> impl IntoView {
    view! { <h1>"SignInPage"</h1> }.into_any()
}
