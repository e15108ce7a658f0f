//! What stands where a page is missing, in the page's language.

use crate::{i18n::use_locale, routes};
use leptos::prelude::*;
use leptos_meta::Title;

/// No page has this address.
#[component]
pub fn NotFound() -> impl IntoView {
    #[cfg(feature = "ssr")]
    if let Some(response) = use_context::<leptos_axum::ResponseOptions>() {
        #[expect(clippy::disallowed_methods, reason = "a page, not a server function: nothing to overwrite")]
        response.set_status(axum::http::StatusCode::NOT_FOUND);
    }
    let t = use_locale().common();
    view! {
        <Title text=t.not_found_title/>
        <section class="n-empty">
            <p class="n-empty__code">"404"</p>
            <h1>{t.not_found_title}</h1>
            <p>{t.not_found}</p>
            <p><a class="n-button" href=routes::HOME>{t.back_home}</a></p>
        </section>
    }
    .into_any()
}
