//! The document around the app: language, files of the site, the one script, and the policy that guards it.

use crate::{App, api::request::RequestContext, i18n::use_locale, routes};
use axum::http::{HeaderValue, header::CONTENT_SECURITY_POLICY, request::Parts};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::MetaTags;

/// The document.
#[must_use]
pub fn shell() -> impl IntoView {
    let cx = use_context::<RequestContext>();
    let signed = cx.as_ref().is_some_and(|cx| cx.signed.is_some());
    let assets = cx.map(|cx| cx.assets);
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    set_policy(&nonce);
    let path = use_context::<Parts>().map(|parts| parts.uri.path().to_owned()).unwrap_or_default();
    let whole = routes::is_whole(&path);
    let files = assets.map(|assets| {
        let styles = view! {
            <link rel="stylesheet" href=assets.fonts.clone()/>
            <link rel="stylesheet" href=assets.css.clone()/>
        };
        if whole {
            return view! { {styles} {routes::is_telephone(&path).then(telephone)} }.into_any();
        }
        let script = format!("import start, {{ hydrate }} from \"{}\"; await start({{ module_or_path: \"{}\" }}); hydrate();", assets.js, assets.wasm);
        view! {
            {styles}
            <link rel="modulepreload" href=assets.js.clone()/>
            <link rel="preload" href=assets.wasm.clone() r#as="fetch" r#type="application/wasm" crossorigin="anonymous"/>
            <script type="module" nonce=nonce>{script}</script>
        }
        .into_any()
    });
    view! {
        <!DOCTYPE html>
        // A page without the program is ready as it comes; browser tests ask for the mark.
        <html lang=use_locale().code() data-ready=whole.then_some("")>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1"/>
                <meta name="color-scheme" content="light"/>
                <meta name="theme-color" content="#0017c1"/>
                <link rel="icon" href="/icons/nanawari.svg" type="image/svg+xml"/>
                {files}
                {signed.then(|| view! { <script src="/pages/memos.js" defer></script> })}
                <MetaTags/>
            </head>
            <body>
                <App/>
            </body>
        </html>
    }
}

/// What the pages of the telephones load besides: they come whole, and a page of plain script keeps them fresh.
fn telephone() -> impl IntoView {
    view! {
        <link rel="stylesheet" href="/pages/telephone.css"/>
        <script src="/pages/telephone.js" defer></script>
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
