//! What a change on these pages did or why it was not done, as the next page's address says it. All of it comes from the server,
//! so that the words are not in the browser's program; what was typed comes back with the reason.

use super::cover_words;
use crate::{
    api::short_of,
    i18n::{Locale, reasons, telephone::book, use_locale},
    routes,
    ui::{Icon, Post, PostForm, Shape, query},
};
use domain::telephone::{Mode, PresenceState};
use leptos::prelude::*;
use leptos_router::{
    hooks::{use_location, use_query_map},
    params::ParamsMap,
};

/// Where a change leads: the page, what was done, and the fields that undo it.
pub(crate) fn done(path: &str, what: &str, words: &str, undo: &[(&str, &str)]) -> String {
    let was: Vec<(String, &str)> = undo.iter().map(|(name, value)| (format!("was_{name}"), *value)).collect();
    let mut pairs = vec![("news", what), ("of", words)];
    pairs.extend(was.iter().map(|(name, value)| (name.as_str(), *value)));
    format!("{path}?{}", query(&pairs))
}

/// Where a refusal leads: the page, the reason, and what was typed.
pub(crate) fn refused(path: &str, why: &str, typed: &[(&str, &str)]) -> String {
    let mut pairs = vec![("refused", why)];
    pairs.extend(typed);
    format!("{path}?{}", query(&pairs))
}

/// What was typed into a field of a refused form.
pub(crate) fn typed(name: &str) -> String {
    use_query_map().with_untracked(|query| query.get_str("refused").and_then(|_| query.get(name))).unwrap_or_default()
}

/// The notice of what was done with its undo, or of why it was not done.
pub(super) fn note(post: Post) -> AnyView {
    let here = use_query_map().get_untracked();
    let refused = here.get_str("refused");
    let more = short(&here, refused != Some("cover"));
    let words = refused.map(|why| refusal(use_locale(), why, &here));
    let done = here.get_str("news").and_then(|news| told(use_locale(), news, &here.get("of").unwrap_or_default()));
    let undo = here.get_str("news").and_then(|news| undo(news, &here, post));
    notice(words, done, undo, more, &place(&here))
}

/// A notice in words: why something was not done, or else what was done, with the form that undoes it.
pub(crate) fn note_of(refused: Option<String>, done: Option<String>, undo: Option<AnyView>) -> AnyView {
    notice(refused, done, undo, None, "")
}

/// The same with what else follows from it, and with what the page shows when the notice is closed.
fn notice(refused: Option<String>, done: Option<String>, undo: Option<AnyView>, more: Option<AnyView>, place: &str) -> AnyView {
    if let Some(words) = refused {
        return view! { <div class="n-note n-note--error" role="alert" tabindex="-1"><Icon shape=Shape::Alert/><div class="n-note__words"><p>{words}</p>{more}</div></div> }.into_any();
    }
    let Some(words) = done else { return ().into_any() };
    let back = format!("{}{place}", use_location().pathname.get_untracked());
    view! {
        <div class="n-note n-note--done" role="status">
            <Icon shape=Shape::Check/>
            <div class="n-note__words"><p>{words}</p>{more}</div>
            {undo}
            <a class="n-note__close" href=back><Icon shape=Shape::Close/><span class="n-hidden">{use_locale().common().close}</span></a>
        </div>
    }
    .into_any()
}

/// The section and the month a page shows.
fn place(here: &ParamsMap) -> String {
    let kept: Vec<(&str, String)> = ["section", "month"].into_iter().filter_map(|name| Some((name, here.get(name)?))).collect();
    let kept: Vec<(&str, &str)> = kept.iter().map(|(name, value)| (*name, value.as_str())).collect();
    if kept.is_empty() { String::new() } else { format!("?{}", query(&kept)) }
}

/// That too few people are at a section's telephone because of it, and where somebody else is found.
fn short(here: &ParamsMap, tell: bool) -> Option<AnyView> {
    let (locale, short) = (use_locale(), short_of(here)?);
    let href = format!("{}?section={}", routes::TELEPHONE_COVER, short.section);
    let words = tell.then(|| reasons::short(locale, &short));
    Some(view! { <p>{words} " " <a href=href>{locale.common().see_cover}</a></p> }.into_any())
}

fn told(locale: Locale, news: &str, of: &str) -> Option<String> {
    let t = locale.telephone_pages();
    Some(match news {
        "presence" => (t.done_presence)(&book::state_words(locale, PresenceState::parse(of)?)),
        "delegate" => (t.done_hand_over)(of),
        "take-back" => t.done_take_back.into(),
        "settings" => t.done_settings.into(),
        "mode" => Mode::parse(of).map_or_else(|| t.done_undone.into(), |mode| (t.done_mode)(&book::mode_words(locale, mode))),
        "undone" => t.done_undone.into(),
        "stored" => (locale.telephone_setup().done_stored)(of),
        other => return cover_words::told(locale, other, of),
    })
}

fn refusal(locale: Locale, why: &str, here: &ParamsMap) -> String {
    let t = locale.telephone_pages();
    let to = &here.get("to").unwrap_or_default();
    if why == "cover" {
        return reasons::needed_at(locale, short_of(here).as_ref());
    }
    if let Some(words) = cover_words::refusal(locale, why, to) {
        return words;
    }
    match why {
        "ends_before_it_begins" => t.refused_past.into(),
        "oneself" => t.refused_oneself.into(),
        "device_of_somebody_else" => t.refused_device.into(),
        "ring_time" => t.refused_ring.into(),
        "nobody" => (t.refused_nobody)(to),
        "who" => (t.refused_who)(to),
        _ => t.refused_time.into(),
    }
}

/// The form that posts what held before.
fn undo(news: &str, here: &ParamsMap, post: Post) -> Option<AnyView> {
    let (to, names): (&'static str, &[&str]) = match news {
        "presence" => ("telephone/presence", &["state", "until", "until_on"]),
        "delegate" => ("telephone/take-back", &[]),
        "take-back" => ("telephone/delegate", &["person", "scope", "until", "until_on"]),
        "settings" => ("telephone/settings", &["order", "ring_s", "devices", "listed"]),
        "mode" => ("telephone/mode", &["site", "mode", "until", "until_on"]),
        "stored" => ("telephone/undo", &["revision"]),
        other => cover_words::undo(other)?,
    };
    let was = |name: &str| here.get(&format!("was_{name}"));
    if names.first().is_some_and(|name| was(name).is_none()) {
        return None;
    }
    let fields = names.iter().filter_map(|name| Some(view! { <input type="hidden" name=(*name).to_owned() value=was(name)?/> })).collect_view();
    // The page that shows it again: its section and month.
    let page = use_location().pathname.get_untracked();
    let back = if page == routes::TELEPHONE_COVER { "cover" } else { "duty" };
    let whereto = [("section", here.get("section")), ("month", here.get("month")), ("back", Some(back.to_owned()))];
    let whereto = whereto.into_iter().filter_map(|(name, value)| Some(view! { <input type="hidden" name=name value=value?/> })).collect_view();
    Some(undo_form(to, post, view! { {fields} {whereto} }.into_any()))
}

/// The form of a notice that posts what held before.
pub(crate) fn undo_form(to: &'static str, post: Post, fields: AnyView) -> AnyView {
    view! {
        <PostForm to=to post=post class="n-note__undo">
            {fields}
            <input type="hidden" name="undo" value="1"/>
            <button class="n-button n-button--plain" type="submit">{use_locale().common().undo}</button>
        </PostForm>
    }
    .into_any()
}
