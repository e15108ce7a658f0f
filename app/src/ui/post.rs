//! A form that posts to a server function. Without the program it is a plain form; with it the same post goes by fetch and
//! the answer's redirect is followed by the router. One component serves every mutation, so that the browser carries its
//! code once (an `ActionForm` for each would bring its own copy).

use crate::{api::ApiError, routes::FN_PREFIX};
use leptos::{ev::SubmitEvent, prelude::*};
use leptos_router::{hooks::use_query_map, params::ParamsMap};

/// The state of a page's posts: one for a page or for a part of it that shows its own failures.
#[derive(Clone, Copy)]
pub struct Post {
    /// The server function under way.
    pub pending: RwSignal<Option<&'static str>>,
    /// Which server function failed, and how.
    pub failed: RwSignal<Option<(String, ApiError)>>,
}

/// What happens with the address that a success leads to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Landing {
    /// The router shows it.
    #[default]
    Route,
    /// The browser loads it anew: who is signed in, or the language, has changed.
    Reload,
}

impl Post {
    /// Fresh state; holds the failure that a plain form's post left in the address.
    #[must_use]
    pub fn new() -> Self {
        let failed = use_query_map().with_untracked(from_address);
        Self { pending: RwSignal::new(None), failed: RwSignal::new(failed) }
    }

    /// The failure of one of these server functions; every one's without any.
    #[must_use]
    pub fn error_of(self, functions: &'static [&'static str]) -> Signal<Option<ApiError>> {
        Signal::derive(move || {
            self.failed
                .with(|failed| failed.as_ref().filter(|(of, _)| functions.is_empty() || functions.contains(&of.as_str())).map(|(_, error)| error.clone()))
        })
    }
}

impl Default for Post {
    fn default() -> Self {
        Self::new()
    }
}

fn from_address(query: &ParamsMap) -> Option<(String, ApiError)> {
    use leptos::server_fn::error::ServerFnUrlError;
    let (path, error) = (query.get_str("__path")?, query.get_str("__err")?);
    let function = path.strip_prefix(FN_PREFIX)?.trim_start_matches('/').to_owned();
    Some((function, ServerFnUrlError::<ApiError>::decode_err(error)))
}

/// A form for one server function (its path after [`FN_PREFIX`], such as `booking/reserve`).
#[component]
pub fn PostForm(
    /// The server function.
    to: &'static str,
    /// Where its state goes.
    post: Post,
    /// Classes of the form.
    #[prop(optional)]
    class: &'static str,
    /// What happens after a success.
    #[prop(optional)]
    landing: Landing,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let submit = submit(to, post, landing);
    view! {
        <form method="post" action=format!("{FN_PREFIX}/{to}") class=class on:submit=submit aria-busy=move || (post.pending.get() == Some(to)).then_some("true")>
            {children()}
        </form>
    }
    .into_any()
}

#[cfg(not(feature = "hydrate"))]
fn submit(_to: &'static str, _post: Post, _landing: Landing) -> impl FnMut(SubmitEvent) + 'static {
    |_| ()
}

#[cfg(feature = "hydrate")]
fn submit(to: &'static str, post: Post, landing: Landing) -> impl FnMut(SubmitEvent) + 'static {
    use super::sending;
    use leptos_router::{
        NavigateOptions,
        hooks::{use_location, use_navigate},
    };
    let navigate = use_navigate();
    let refresh = super::page::use_refresh();
    let here = use_location();
    move |event: SubmitEvent| {
        if event.default_prevented() {
            return;
        }
        event.prevent_default();
        if post.pending.get_untracked().is_some() {
            return;
        }
        let Some(body) = sending::body_of(&event) else { return };
        post.pending.set(Some(to));
        super::announce(crate::i18n::use_locale().common().working);
        let navigate = navigate.clone();
        let before = here.pathname.get_untracked();
        leptos::task::spawn_local(async move {
            let answer = sending::post(&format!("{FN_PREFIX}/{to}"), &body).await;
            // The page may be gone by now, and its signals with it.
            let _ = post.pending.try_set(None);
            match answer {
                Ok(address) => {
                    let _ = post.failed.try_set(None);
                    let Some(address) = address else { return refresh.bump() };
                    match landing {
                        Landing::Reload => {
                            let _ = window().location().assign(&address);
                        }
                        Landing::Route => {
                            let same_page = address.split(['?', '#']).next() == Some(before.as_str());
                            navigate(&address, NavigateOptions { scroll: !same_page, replace: same_page, ..NavigateOptions::default() });
                            refresh.bump();
                        }
                    }
                }
                Err(error) => {
                    // A page that asked anew without a session would lose what was typed into it.
                    let page_lives = error != ApiError::NotSignedIn;
                    let _ = post.failed.try_set(Some((to.to_owned(), error)));
                    if page_lives {
                        refresh.bump();
                    }
                    request_animation_frame(sending::focus_alert);
                }
            }
        });
    }
}
