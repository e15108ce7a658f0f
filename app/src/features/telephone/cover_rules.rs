//! What a section asks for at its telephone: the rules, and the form that adds one.

use super::{cover_words as words, news};
use crate::{
    i18n::{dates, use_locale},
    ui::{Post, PostForm},
};
use domain::telephone::cover::OnGap;
use leptos::prelude::*;
use services::telephone::cover::{CoverView, StoredRule};

/// The rules of a section.
pub(super) fn rules(view: &CoverView, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let rows = view.rules.iter().map(|rule| row(view, rule, post)).collect_view();
    let list = if view.rules.is_empty() { ().into_any() } else { view! { <ul class="n-rows">{rows}</ul> }.into_any() };
    let form = view.section.leads.then(|| form(view, post));
    view! {
        <h2>{t.rules}</h2>
        <p class="n-help">{t.rules_help}</p>
        {list}
        {form}
    }
    .into_any()
}

fn row(view: &CoverView, rule: &StoredRule, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_cover();
    let words = words::rule(locale, &rule.wish, view.wall.date());
    let (id, section) = (rule.id.to_string(), view.section.id.to_string());
    let end = view.section.leads.then(|| {
        let what = words.clone();
        view! {
            <PostForm to="telephone/cover-rule-end" post=post>
                <input type="hidden" name="rule" value=id/>
                <input type="hidden" name="section" value=section/>
                <button class="n-button n-button--plain" type="submit">{t.end_rule} " " <span class="n-hidden">{what}</span></button>
            </PostForm>
        }
    });
    view! { <li><p class="n-rows__main">{words}</p> {end}</li> }.into_any()
}

fn form(view: &CoverView, post: Post) -> AnyView {
    let t = use_locale().telephone_cover();
    let typed = |name: &str, usual: &str| if news::typed("form") == "rule" { news::typed(name) } else { usual.to_owned() };
    let open = news::typed("form") == "rule";
    let choices = [(OnGap::Warn, "warn"), (OnGap::Refuse, "refuse")].map(|(on_gap, code)| {
        view! { <label class="n-check"><input type="radio" name="on_gap" value=code checked=on_gap == OnGap::Warn/><span>{(t.on_gaps)(on_gap)}</span></label> }
    });
    let section = view.section.id.to_string();
    let (people, begins, ends) = (typed("people", "1"), typed("begins", "08:30"), typed("ends", "17:15"));
    let (from, last) = (typed("from", &view.wall.date().to_string()), typed("last", ""));
    view! {
        <details class="n-fold" open=open>
            <summary><h3>{t.add_rule}</h3></summary>
            <PostForm to="telephone/cover-rule" post=post class="n-form">
                <input type="hidden" name="section" value=section/>
                <div class="n-row n-row--top">
                    {number("rule-people", "people", t.people, people, 50)}
                    {time("rule-begins", "begins", t.begins, begins)}
                    {time("rule-ends", "ends", t.ends, ends)}
                </div>
                {weekdays(t.weekdays, |at| at < 5)}
                <div class="n-row n-row--top">
                    {day("rule-from", "from", t.first_day, from, None)}
                    {day("rule-last", "last", t.last_day, last, Some(t.last_day_help))}
                </div>
                <fieldset><legend class="n-legend">{t.on_gap}</legend><div class="n-checks">{choices.collect_view()}</div></fieldset>
                <p><button class="n-button" type="submit">{t.add_rule}</button></p>
            </PostForm>
        </details>
    }
    .into_any()
}

pub(super) fn number(id: &'static str, name: &'static str, label: &'static str, value: String, most: u16) -> AnyView {
    view! {
        <div class="n-field">
            <label for=id>{label}</label>
            <input class="n-input n-input--short" type="number" inputmode="numeric" min="0" max=most.to_string() id=id name=name value=value/>
        </div>
    }
    .into_any()
}

pub(super) fn time(id: &'static str, name: &'static str, label: &'static str, value: String) -> AnyView {
    // A quarter of an hour, in seconds.
    view! { <div class="n-field"><label for=id>{label}</label><input class="n-input" type="time" step="900" id=id name=name value=value/></div> }.into_any()
}

pub(super) fn day(id: &'static str, name: &'static str, label: &'static str, value: String, help: Option<&'static str>) -> AnyView {
    let help_id = help.map(|_| format!("{id}-help"));
    view! {
        <div class="n-field">
            <label for=id>{label}</label>
            <input class="n-input" type="date" id=id name=name value=value aria-describedby=help_id.clone()/>
            {help.map(|help| view! { <p class="n-help" id=help_id>{help}</p> })}
        </div>
    }
    .into_any()
}

pub(super) fn weekdays(legend: &'static str, checked: impl Fn(usize) -> bool) -> AnyView {
    let locale = use_locale();
    let boxes = dates::WEEK.into_iter().enumerate().map(|(at, day)| {
        view! {
            <label class="n-check"><input type="checkbox" name="weekdays[]" value=at.to_string() checked=checked(at)/><span>{dates::weekday(locale, day)}</span></label>
        }
    });
    view! { <fieldset><legend class="n-legend">{legend}</legend><div class="n-checks">{boxes.collect_view()}</div></fieldset> }.into_any()
}
