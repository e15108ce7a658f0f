//! `/memos/new`: leaving a memo, prefilled from the call it is about or for the person it is for.

use super::news;
use crate::{
    api::{ApiError, signed_in},
    features::telephone::news::typed,
    i18n::{Locale, dates, memo as words, telephone::book, use_locale},
    routes,
    ui::{ErrorNote, Icon, Post, PostForm, Shape, asked},
};
use chrono::NaiveDateTime;
use domain::memo::{MOST_NAME, MOST_NUMBER, MOST_TEXT, MemoTo, Wish};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use services::{
    memo::{Addressee, Prefill, addressee, addressees, prefill, recent_calls},
    telephone::CallView,
};

/// What the address says, and what was typed before a refusal.
#[derive(Clone, Debug)]
struct Asked {
    to: Option<MemoTo>,
    call: Option<i64>,
    /// A name that was refused because it means several.
    meant: String,
}

/// What the page shows.
struct Page {
    asked: Asked,
    form: Prefill,
    meant: Vec<Addressee>,
    recent: Vec<(CallView, NaiveDateTime)>,
    /// Presses of this form count once.
    key: String,
}

pub(super) fn page() -> AnyView {
    let t = use_locale().memo();
    let post = Post::new();
    let here = use_query_map().get_untracked();
    let read = |name: &str| here.get(name).unwrap_or_default();
    let to = if read("whom").is_empty() { read("to") } else { read("whom") };
    let asked_for = Asked { to: to.parse().ok(), call: read("call").parse().ok(), meant: if read("refused") == "who" { read("to") } else { String::new() } };
    view! {
        <Title text=t.new/>
        {news::note(post)}
        <ErrorNote error=post.error_of(&[])/>
        <h1>{t.new}</h1>
        <p class="n-lead">{t.form_lead}</p>
        {asked(move || gather(asked_for.clone()), move |page: &Page| draw(page, post))}
    }
    .into_any()
}

async fn gather(asked: Asked) -> Result<Page, ApiError> {
    let (cx, actor) = signed_in()?;
    let cx = cx.services;
    let form = prefill(&cx, &actor, asked.call, asked.to.filter(|to| addressee(&cx, &actor, *to).is_some())).await?;
    let meant = addressees(&cx, &actor, &asked.meant);
    Ok(Page { form, meant, recent: recent_calls(&cx, &actor).await?, key: services::secret::fresh_id(), asked })
}

fn draw(page: &Page, post: Post) -> AnyView {
    let t = use_locale().memo();
    let about = page.form.called.map(|called| view! { <p><b>{(t.about_call)(&book::when(use_locale(), called, called.date()))}</b></p> });
    let (call, key) = (page.form.call.map(|call| call.to_string()).unwrap_or_default(), page.key.clone());
    let (recent, whom, caller) = (recent(page), whom(page), caller(&page.form));
    view! {
        {recent}
        <section class="n-card">
            <PostForm to="memo/write" post=post class="n-form n-memo-form">
                <input type="hidden" name="call" value=call/>
                <input type="hidden" name="key" value=key/>
                {about}
                {whom}
                {caller}
                {wishes()}
                {message()}
                <p><button class="n-button n-button--big" type="submit">{t.leave}</button></p>
            </PostForm>
        </section>
    }
    .into_any()
}

/// The calls just taken, each a press away.
fn recent(page: &Page) -> AnyView {
    let t = use_locale().memo();
    if page.recent.is_empty() || page.asked.call.is_some() {
        return ().into_any();
    }
    let to = page.asked.to;
    let links = page.recent.iter().map(|(call, wall)| {
        let from = if call.from.is_empty() { t.no_caller } else { call.from.as_str() };
        let words = (t.recent_call)(&dates::clock(*wall), from, &call.to);
        view! { <li><a href=routes::memo_new(to, Some(call.id))><Icon shape=Shape::Phone/><span>{words}</span></a></li> }
    });
    view! { <section class="n-card"><h2>{t.recent}</h2><ul class="n-plain n-memo-calls">{links.collect_view()}</ul></section> }.into_any()
}

/// For whom: fixed where it is known, to be chosen where a name meant several, else to be typed.
fn whom(page: &Page) -> AnyView {
    let t = use_locale().memo();
    if page.meant.len() > 1 {
        let choices = page.meant.iter().map(|found| {
            let (value, name) = (found.to.to_string(), found.full());
            view! { <label class="n-check"><input type="radio" name="whom" value=value required=true/><span>{name} " " <small>{found.unit.clone()}</small></span></label> }
        });
        return view! { <fieldset><legend class="n-legend">{t.which}</legend><div class="n-checks">{choices.collect_view()}</div></fieldset> }.into_any();
    }
    if let Some(found) = &page.form.to {
        let other = routes::memo_new(None, None);
        return view! {
            <div class="n-memo-to">
                <input type="hidden" name="whom" value=found.to.to_string()/>
                <p><b>{words::to(use_locale(), found.to, &found.name)}</b> " " <small>{found.unit.clone()}</small></p>
                <a href=other>{t.other_to}</a>
            </div>
        }
        .into_any();
    }
    let typed = typed("to");
    view! {
        <div class="n-field">
            <label for="memo-to">{t.to}</label>
            <p class="n-help" id="memo-to-help">{t.to_help}</p>
            <input class="n-input" id="memo-to" name="to" value=typed maxlength="60" required=true autocomplete="off" aria-describedby="memo-to-help"/>
        </div>
    }
    .into_any()
}

/// What was typed wins over what is known.
fn or_known(name: &str, known: &str) -> String {
    let typed = typed(name);
    if typed.is_empty() { known.to_owned() } else { typed }
}

fn caller(form: &Prefill) -> AnyView {
    let t = use_locale().memo();
    let (name, number) = (or_known("caller_name", &form.caller_name), or_known("caller_number", &form.caller_number));
    view! {
        <div class="n-field">
            <label for="memo-name">{t.caller_name}</label>
            <input class="n-input" id="memo-name" name="caller_name" value=name maxlength=MOST_NAME.to_string() autocomplete="off"/>
        </div>
        <div class="n-field">
            <label for="memo-number">{t.caller_number}</label>
            <p class="n-help" id="memo-number-help">{t.caller_number_help}</p>
            <input class="n-input" id="memo-number" name="caller_number" value=number maxlength=MOST_NUMBER.to_string() inputmode="tel" autocomplete="off" aria-describedby="memo-number-help"/>
        </div>
    }
    .into_any()
}

fn wishes() -> AnyView {
    let locale: Locale = use_locale();
    let chosen = Wish::parse(&typed("wish")).unwrap_or(Wish::CallBack);
    let choices = Wish::ALL.iter().map(|wish| {
        view! { <label class="n-check"><input type="radio" name="wish" value=wish.code() checked=*wish == chosen/><span>{words::wish(locale, *wish)}</span></label> }
    });
    view! { <fieldset><legend class="n-legend">{locale.memo().wish}</legend><div class="n-checks">{choices.collect_view()}</div></fieldset> }.into_any()
}

fn message() -> AnyView {
    let t = use_locale().memo();
    let urgent = !typed("urgent").is_empty();
    view! {
        <div class="n-field">
            <label for="memo-text">{t.text}</label>
            <p class="n-help" id="memo-text-help">{(t.text_help)(MOST_TEXT)}</p>
            <textarea class="n-input" id="memo-text" name="text" rows="4" maxlength=MOST_TEXT.to_string() aria-describedby="memo-text-help">{typed("text")}</textarea>
        </div>
        <label class="n-check"><input type="checkbox" name="urgent" value="1" checked=urgent/><span>{t.urgent_box}</span></label>
    }
    .into_any()
}
