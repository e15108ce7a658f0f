//! Loading a page's one view: from the server's own render, and again whenever the address or something else changed.

use super::ErrorNote;
use crate::api::ApiError;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use serde::{Serialize, de::DeserializeOwned};

/// Grows with every finished post, so that pages fetch again.
#[derive(Clone, Copy)]
pub struct Refresh(RwSignal<u32>);

impl Refresh {
    /// Something changed.
    pub fn bump(self) {
        self.0.update(|count| *count += 1);
    }
}

/// Called once, by the app.
pub fn provide_refresh() {
    provide_context(Refresh(RwSignal::new(0)));
}

/// The app's refresh.
#[must_use]
pub fn use_refresh() -> Refresh {
    use_context::<Refresh>().unwrap_or_else(|| Refresh(RwSignal::new(0)))
}

/// What a page's resource depends on: its query and the finished posts.
#[must_use]
pub fn page_key() -> impl Fn() -> (String, u32) + Send + Sync + Copy + 'static {
    let refresh = use_refresh();
    let search = use_location().search;
    move || (search.get(), refresh.0.get())
}

/// Shows a resource: nothing while it loads first, the failure in words, or the view. The old view stays while a new one loads.
#[component]
pub fn Loaded<T, F>(
    /// The page's one view.
    from: Resource<Result<T, ApiError>>,
    /// Draws it.
    children: F,
) -> impl IntoView
where
    T: Clone + Send + Sync + Serialize + DeserializeOwned + 'static,
    F: Fn(T) -> AnyView + Clone + Send + Sync + 'static,
{
    let locale = crate::i18n::use_locale();
    let draw = StoredValue::new(children);
    view! {
        <Transition fallback=move || view! { <p class="n-loading">{locale.common().loading}</p> }>
            {move || Suspend::new(async move {
                match from.await {
                    Ok(found) => draw.with_value(|draw| draw(found)),
                    Err(error) => view! { <ErrorNote error=Signal::stored(Some(error))/> }.into_any(),
                }
            })}
        </Transition>
    }
    .into_any()
}
