//! bookings

use leptos::prelude::*;

/// Page.
#[component]
pub fn BookingsPage() -> impl IntoView {
    view! { <h1>"BookingsPage"</h1> }.into_any()
}
