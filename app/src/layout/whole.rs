//! Where the program gives way: pages of plain forms and text are loaded whole from the server (`routes::is_whole`).

use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Loads the address anew, without the program.
#[component]
pub fn WholePage() -> impl IntoView {
    let here = use_location();
    Effect::new(move |_| {
        let address = format!(
            "{}{}",
            here.pathname.get_untracked(),
            here.search.with_untracked(|search| if search.is_empty() { String::new() } else { format!("?{}", search.trim_start_matches('?')) })
        );
        let _ = window().location().replace(&address);
    });
}
