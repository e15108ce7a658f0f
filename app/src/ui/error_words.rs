//! A failure in words, with the way on: alternatives that are taken at once, or signing in again.

use super::{Icon, Post, PostForm, Shape};
use crate::{
    api::ApiError,
    i18n::{reasons, use_locale},
};
use domain::booking::view::{Alternative, Refused};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// What an alternative's button sends along: the rest of the refused wish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retake {
    /// The day, `YYYY-MM-DD`.
    pub date: String,
    /// Slot words, joined by dots.
    pub slots: String,
    /// Where it leads.
    pub back: String,
}

/// A failure in words. Empty while there is none.
#[component]
pub fn ErrorNote(
    /// The failure.
    #[prop(into)]
    error: Signal<Option<ApiError>>,
    /// How an alternative is taken, where that makes sense.
    #[prop(optional_no_strip)]
    retake: Option<(Post, Signal<Retake>)>,
    /// `move` when taking an alternative gives up the seat held at that time, empty otherwise.
    #[prop(optional)]
    instead: Option<Signal<&'static str>>,
) -> impl IntoView {
    Effect::new(move |_| {
        if let Some(error) = error.get() {
            super::announce(&reasons::api(use_locale(), &error));
        }
    });
    move || error.get().map(|error| shown(&error, retake, instead))
}

fn shown(error: &ApiError, retake: Option<(Post, Signal<Retake>)>, instead: Option<Signal<&'static str>>) -> AnyView {
    let locale = use_locale();
    let words = reasons::api(locale, error);
    let alternatives = match error {
        ApiError::Reserve(Refused { alternatives, .. }) => alternatives.clone(),
        _ => Vec::new(),
    };
    view! {
        <div class="n-note n-note--error" role="alert" tabindex="-1">
            <Icon shape=Shape::Alert/>
            <div class="n-note__words">
                <p>{words}</p>
                {(*error == ApiError::NotSignedIn).then(sign_in_again)}
                {(!alternatives.is_empty()).then(|| offers(alternatives, retake, instead))}
            </div>
        </div>
    }
    .into_any()
}

/// Signing in opens beside the page, so that what was typed stays.
fn sign_in_again() -> AnyView {
    let locale = use_locale();
    let here = use_location();
    let href = move || crate::routes::sign_in(Some(&format!("{}{}", here.pathname.get(), crate::routes::without_news(&here.search.get()))));
    view! { <p><a href=href target="_blank" rel="opener">{locale.account().sign_in_again}</a></p> }.into_any()
}

fn offers(alternatives: Vec<Alternative>, retake: Option<(Post, Signal<Retake>)>, instead: Option<Signal<&'static str>>) -> AnyView {
    let t = use_locale().common();
    let items = alternatives.into_iter().map(|seat| {
        let away = seat.metres.map(t.metres_away);
        let content = match retake {
            Some((post, wish)) => view! {
                <PostForm to="booking/reserve" post=post>
                    <input type="hidden" name="seat" value=seat.seat.to_string()/>
                    <input type="hidden" name="date" value=move || wish.get().date/>
                    <input type="hidden" name="slots" value=move || wish.get().slots/>
                    <input type="hidden" name="back" value=move || wish.get().back/>
                    {instead.map(|instead| view! { <input type="hidden" name="instead" value=move || instead.get()/> })}
                    <button class="n-button n-button--second" type="submit">{(t.take_seat)(&seat.seat_label)} <span class="n-button__aside">{away}</span></button>
                </PostForm>
            }
            .into_any(),
            None => view! { <span class="n-chip">{seat.seat_label} " " {away}</span> }.into_any(),
        };
        view! { <li>{content}</li> }
    });
    view! {
        <p class="n-offers__title">{t.alternatives}</p>
        <ul class="n-offers">{items.collect_view()}</ul>
    }
    .into_any()
}
