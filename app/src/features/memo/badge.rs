//! The number of memos in the header of every page, and those that wait on the home page: made as markup on the server, so that
//! the browser's program carries neither words nor drawing. Both lead out of it, to a page that comes whole.

use crate::{
    i18n::{Locale, memo as words},
    routes,
    ui::{Icon, Shape},
};
use chrono::NaiveDate;
use domain::{
    memo::view::{MemoView, Waiting},
    person::view::Me,
};
use leptos::prelude::*;

/// How many memos wait for somebody.
#[must_use]
pub fn badge(locale: Locale, me: &Me, waiting: Waiting) -> String {
    let t = locale.memo();
    let class = if waiting.urgent > 0 { "n-memos-link n-memos-link--urgent" } else { "n-memos-link" };
    view! {
        <a class=class id="n-memos" href=routes::MEMOS rel="external" data-who=me.staff_no.clone() data-news=t.news>
            <Icon shape=Shape::Memo/>
            <span class="n-memos-link__name">{t.short}</span>
            <b class="n-memos-link__count" hidden=waiting.open == 0><span data-count="">{waiting.open.to_string()}</span><span class="n-hidden">{t.count}</span></b>
        </a>
    }
    .to_html()
}

/// The first of those that wait; nothing where none does.
#[must_use]
pub fn note(locale: Locale, waiting: Waiting, first: &[MemoView], today: NaiveDate) -> String {
    if waiting.open == 0 {
        return String::new();
    }
    let (head, lines) = words::waiting(locale, waiting, first, today);
    let lines = lines.into_iter().map(|line| view! { <span>{line}</span> }).collect_view();
    view! {
        <a class="n-note n-memos-note" href=routes::MEMOS rel="external">
            <Icon shape=Shape::Memo/><span class="n-memos-note__words"><b>{head}</b>{lines}</span>
        </a>
    }
    .to_html()
}
