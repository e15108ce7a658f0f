//! What people see: server-rendered Leptos pages that hydrate, and the server functions behind them.
//!
//! The browser's build knows `domain` only; `services` is named in `api/request.rs` and in bodies of server functions.
#![recursion_limit = "256"]

pub mod api;
pub mod app;
pub mod features;
pub mod i18n;
pub mod layout;
pub mod live;
pub mod routes;
pub mod ui;

pub use app::App;
#[cfg(feature = "ssr")]
pub use layout::shell::shell;

/// Where the browser's life of the page begins; the shell's script calls it once the program is loaded.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_body(App);
    // Browser tests wait for this mark before they press anything.
    if let Some(root) = leptos::prelude::document().document_element() {
        let _ = root.set_attribute("data-ready", "");
    }
}
