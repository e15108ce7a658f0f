//! Who rings when, drawn: a sentence, a bar for each stage, and what happens when nobody answers.

use super::explain::{Explanation, Ringing};
use crate::i18n::use_locale;
use leptos::prelude::*;

/// An explanation as a card's content: the words first, the drawing for the eye.
pub(super) fn drawn(told: &Explanation) -> AnyView {
    let t = use_locale().telephone_pages();
    let whole = told.timeline.iter().map(|stage| stage.until_s).max().unwrap_or(0).max(1);
    let stages = told.timeline.iter().map(|stage| bar(stage, whole)).collect_view();
    let timeline = if told.timeline.is_empty() {
        view! { <p class="n-quiet">{t.nothing_rings}</p> }.into_any()
    } else {
        view! { <ol class="n-stages" aria-label=t.timeline>{stages}</ol> }.into_any()
    };
    view! {
        <p class="n-told">{told.summary.clone()}</p>
        {timeline}
        <p class="n-then"><span>{told.then.clone()}</span></p>
    }
    .into_any()
}

fn bar(stage: &Ringing, whole: u32) -> AnyView {
    let t = use_locale().telephone_pages();
    let (from, width) = (percent(stage.from_s, whole), percent(stage.until_s - stage.from_s, whole));
    view! {
        <li>
            <span class="n-stages__when">{(t.seconds)(stage.from_s, stage.until_s)}</span>
            <svg class="n-stages__bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="n-meter__ground" width="100" height="10"></rect>
                <rect class="n-meter__bar" x=from width=width height="10"></rect>
            </svg>
            <span class="n-stages__what">{stage.what.join(use_locale().pick("、", ", "))}</span>
        </li>
    }
    .into_any()
}

fn percent(part: u32, whole: u32) -> String {
    (f64::from(part) * 100.0 / f64::from(whole)).round().to_string()
}
