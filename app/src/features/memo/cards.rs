//! One memo as a card: who called and how to call back, what they want, who has read it, and what can be done.

use crate::{
    api::call_href,
    i18n::{dates, memo as words, use_locale},
    ui::{Icon, Post, PostForm, Shape},
};
use chrono::NaiveDate;
use domain::memo::{
    Ending, Urgency, dialable,
    view::{EndedView, MemoView},
};
use leptos::prelude::*;

/// A memo that waits, or one the viewer wrote.
pub(super) fn card(memo: &MemoView, today: NaiveDate, post: Post) -> AnyView {
    let locale = use_locale();
    let urgent = memo.urgency == Urgency::Urgent;
    let class = if urgent && memo.ended.is_none() { "n-card n-memo n-memo--urgent" } else { "n-card n-memo" };
    let anchor = format!("memo-{}", memo.id);
    // A caller of whom only the number is known is seen once, on the button.
    let heading = if memo.caller_name.is_empty() && dialable(&memo.caller_number).is_some() { "n-hidden" } else { "" };
    let text = (!memo.text.is_empty()).then(|| view! { <p class="n-memo__text">{memo.text.clone()}</p> });
    view! {
        <li class=class id=anchor.clone() data-key=anchor>
            <div class="n-memo__head">
                {urgent.then(|| view! { <span class="n-chip n-memo__urgent"><Icon shape=Shape::Alert/>{locale.memo().urgent}</span> })}
                <span class="n-chip n-chip--on">{words::to(locale, memo.to, &memo.to_name)}</span>
                <span class="n-chip">{words::about(locale, memo)}</span>
            </div>
            <div class="n-memo__who">
                <h3 class=heading>{words::caller(locale, memo)}</h3>
                {number(memo)}
            </div>
            {alarm(memo)}
            {text}
            <div class="n-memo__foot">
                <div class="n-memo__known">
                    <p>{words::taken(locale, memo, today)}</p>
                    {receipts(memo, today)}
                </div>
                {deeds(memo, post)}
            </div>
        </li>
    }
    .into_any()
}

/// The number, to be pressed where it is one.
fn number(memo: &MemoView) -> AnyView {
    let locale = use_locale();
    if memo.caller_number.is_empty() {
        return ().into_any();
    }
    let written = memo.caller_number.clone();
    match dialable(&written) {
        Some(number) => {
            let whom = (locale.memo().call)(&words::caller(locale, memo));
            view! { <a class="n-call" href=call_href(&number) data-call=""><Icon shape=Shape::Phone/><b>{written}</b> <span class="n-hidden">{whom}</span></a> }
                .into_any()
        }
        // Where the name is missing the heading has it already.
        None if memo.caller_name.is_empty() => ().into_any(),
        None => view! { <p>{written}</p> }.into_any(),
    }
}

/// Where an emergency call comes from.
fn alarm(memo: &MemoView) -> AnyView {
    let Some(told) = memo.emergency.as_deref() else { return ().into_any() };
    let rows = words::emergency::facts(use_locale(), told).into_iter().map(|(name, fact)| view! { <div><dt>{name}</dt><dd>{fact}</dd></div> });
    view! { <dl class="n-memo__alarm">{rows.collect_view()}</dl> }.into_any()
}

fn receipts(memo: &MemoView, today: NaiveDate) -> AnyView {
    let locale = use_locale();
    let t = locale.memo();
    let rows = memo.receipts.iter().map(|receipt| {
        let words = (t.read_by)(&receipt.name, &dates::moment(locale, receipt.wall, today));
        view! { <li class="n-memo__read"><Icon shape=Shape::Check/>{words}</li> }
    });
    let unread = (memo.receipts.is_empty() && memo.ended.is_none()).then(|| view! { <li>{t.unread}</li> });
    let ended = memo.ended.as_ref().map(|ended| view! { <li class="n-memo__read"><b>{ended_words(memo, ended, today)}</b></li> });
    view! { <ul class="n-plain">{rows.collect_view()} {unread} {ended}</ul> }.into_any()
}

fn ended_words(memo: &MemoView, ended: &EndedView, today: NaiveDate) -> String {
    let locale = use_locale();
    (locale.memo().ended_by)(words::ended(locale, memo, ended.how), &dates::moment(locale, ended.wall, today), ended.name.as_deref())
}

fn deeds(memo: &MemoView, post: Post) -> AnyView {
    let t = use_locale().memo();
    let done = if memo.emergency.is_some() { use_locale().emergency().handled } else { t.called_back };
    if memo.ended.is_some() {
        return view! { <div class="n-memo__deeds">{deed("memo/reopen", memo, None, "n-button n-button--plain", t.reopen, post)}</div> }.into_any();
    }
    if !memo.mine {
        return view! { <div class="n-memo__deeds">{deed("memo/end", memo, Some(Ending::NoNeed), "n-button n-button--plain", t.withdraw, post)}</div> }
            .into_any();
    }
    let read = (!memo.read_by_me).then(|| deed("memo/read", memo, None, "n-button n-button--second", t.read, post));
    view! {
        <div class="n-memo__deeds">
            {read}
            {deed("memo/end", memo, Some(Ending::CalledBack), "n-button", done, post)}
            {deed("memo/end", memo, Some(Ending::NoNeed), "n-button n-button--plain", t.no_need, post)}
        </div>
    }
    .into_any()
}

fn deed(to: &'static str, memo: &MemoView, how: Option<Ending>, class: &'static str, name: &'static str, post: Post) -> AnyView {
    let (id, whose) = (memo.id.to_string(), words::caller(use_locale(), memo));
    view! {
        <PostForm to=to post=post>
            <input type="hidden" name="id" value=id/>
            {how.map(|how| view! { <input type="hidden" name="how" value=how.code()/> })}
            <button class=class type="submit">{name} <span class="n-hidden">{whose}</span></button>
        </PostForm>
    }
    .into_any()
}
