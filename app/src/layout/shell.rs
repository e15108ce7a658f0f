//! The document around the app: language, files of the site, the one script, and the policy that guards it.

use crate::{App, api::request::RequestContext, i18n::use_locale};
use axum::http::{HeaderValue, header::CONTENT_SECURITY_POLICY};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

/// The document.
#[must_use]
pub fn shell() -> impl IntoView {
    let assets = use_context::<RequestContext>().map(|cx| cx.assets);
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    set_policy(&nonce);
    let files = assets.map(|assets| {
        let script = format!("import start, {{ hydrate }} from \"{}\"; await start({{ module_or_path: \"{}\" }}); hydrate();", assets.js, assets.wasm);
        view! {
            <link rel="stylesheet" href=assets.css.clone()/>
            <link rel="modulepreload" href=assets.js.clone()/>
            <link rel="preload" href=assets.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
            <script type="module" nonce=nonce>{script}</script>
        }
    });
    view! {
        <!DOCTYPE html>
        <html lang=use_locale().code()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light"/>
                <meta name="theme-color" content="#0017c1"/>
                <link rel="icon" href="/icons/nanawari.svg" type="image/svg+xml"/>
                {files}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// The content security policy of a page (`research/japan.md` §4.2): own files, the nonce's scripts, no inline style.
#[must_use]
pub fn policy(nonce: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; \
         connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'"
    )
}

fn set_policy(nonce: &str) {
    let (Some(response), Ok(value)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&policy(nonce))) else { return };
    response.insert_header(CONTENT_SECURITY_POLICY, value);
}
