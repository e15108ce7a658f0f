//! Saying what happened: the notice of a finished mutation with its way back, and the polite voice for screen readers.

use super::{Icon, Post, PostForm, Shape};
use crate::{
    api::{Done, ShortOf, short_of},
    i18n::{reasons, use_locale},
    routes,
};
use leptos::prelude::*;
use leptos_router::hooks::{use_location, use_query_map};

/// Puts a sentence into the page's one live region.
pub fn announce(words: &str) {
    #[cfg(feature = "hydrate")]
    if let Some(region) = document().get_element_by_id("n-announcer") {
        region.set_text_content(Some(words));
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = words;
}

/// What was done, as the address says, with its undo.
#[component]
pub fn DoneNote(
    /// Where the undo's state goes.
    post: Post,
) -> impl IntoView {
    let query = use_query_map();
    let done = Memo::new(move |_| query.with(Done::read));
    Effect::new(move |_| {
        if let Some(done) = done.get() {
            announce(done.words(use_locale()));
        }
    });
    move || done.get().map(|done| note(done, query.with(short_of), post))
}

fn note(done: Done, short: Option<ShortOf>, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.common();
    // It is a warning, and interrupts; the page it leads to has all of it and who could help.
    let more = short.map(|short| {
        let href = format!("{}?section={}", routes::TELEPHONE_COVER, short.section);
        view! { <p role="alert">{reasons::short(locale, &short)} " " <a href=href rel="external">{t.see_cover}</a></p> }
    });
    let words = done.words(locale);
    let here = use_location();
    let back = move || format!("{}{}", here.pathname.get(), crate::routes::without_news(&here.search.get()));
    let ids = |ids: &[domain::BookingId]| ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(".");
    let undo = match &done {
        Done::Booked(id) => Some(("booking/cancel", ids(&[*id]))),
        Done::BookedDays(list) => Some(("booking/cancel", ids(list))),
        Done::Cancelled(list) if !list.is_empty() => Some(("booking/restore", ids(list))),
        Done::Moved(id) => Some(("booking/undo-move", ids(&[*id]))),
        Done::CheckedIn(id) => Some(("booking/undo-check-in", ids(&[*id]))),
        _ => None,
    };
    view! {
        <div class="n-note n-note--done" role="status">
            <Icon shape=Shape::Check/>
            <div class="n-note__words"><p>{words}</p>{more}</div>
            {undo.map(|(to, booking)| view! {
                <PostForm to=to post=post class="n-note__undo">
                    <input type="hidden" name="booking" value=booking/>
                    <input type="hidden" name="back" value=back/>
                    <input type="hidden" name="undo" value="1"/>
                    <button class="n-button n-button--plain" type="submit">{t.undo}</button>
                </PostForm>
            })}
            <a class="n-note__close" href=back>
                <Icon shape=Shape::Close/>
                <span class="n-hidden">{t.close}</span>
            </a>
        </div>
    }
    .into_any()
}
