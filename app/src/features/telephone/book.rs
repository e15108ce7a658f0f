//! 内線表: type, see who is there, call. A plain form that asks again with every search; with the page's script results follow the
//! typing, arrow keys go through them, and a colleague who sits down shows at once.

use super::{
    page::{administers, not_set_up, ways},
    simulate,
};
use crate::{
    api::{ApiError, call_href, signed_in},
    i18n::{
        telephone::book::{self as words, Texts},
        use_locale,
    },
    routes::{self, FloorAt},
    ui::{Icon, Shape, asked},
};
use chrono::NaiveDate;
use domain::telephone::view::{BookPerson, BookPresence, BookRow, BookView, BookWhat};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

pub(super) fn page() -> AnyView {
    let q = use_query_map().with_untracked(|query| query.get("q").unwrap_or_default());
    let t = use_locale().telephone_book();
    let typed = q.clone();
    view! {
        <Title text=t.book/>
        {ways()}
        <h1 class="n-hidden">{t.book}</h1>
        <form class="n-card n-search n-book__search" method="get" action=routes::TELEPHONE role="search" data-book="">
            <div class="n-field">
                <label for="book-q">{t.label}</label>
                <div class="n-search__row">
                    <input class="n-input" type="search" id="book-q" name="q" value=typed maxlength="60" autocomplete="off" spellcheck="false" autofocus=true aria-describedby="book-help" enterkeyhint="search"/>
                    <button class="n-button" type="submit"><Icon shape=Shape::Search/>{t.search}</button>
                </div>
                <p class="n-help" id="book-help">{t.help} <span class="n-book__keys">{t.keys}</span></p>
            </div>
        </form>
        {asked(move || find(q.clone()), draw)}
    }
    .into_any()
}

async fn find(q: String) -> Result<BookView, ApiError> {
    let (cx, actor) = signed_in()?;
    Ok(services::telephone::book(&cx.services, &actor, &q).await?)
}

fn draw(view: &BookView) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_book();
    let mode = words::modes(locale, &view.modes).map(|words| view! { <p class="n-mode-line"><Icon shape=Shape::Alert/><b>{words}</b></p> });
    view! {
        <div class="n-stack" id="book" data-live="/live/telephone">
            <div id="book-mode" data-part="">{mode}</div>
            <p id="book-count" data-part="" role="status">{count(t, view)}</p>
            <ul class="n-book" id="book-rows" data-part="">{view.rows.iter().map(|found| row(found, view.today)).collect_view()}</ul>
            <div id="book-end" data-part="">{end(t, view)}</div>
        </div>
    }
    .into_any()
}

fn count(t: &Texts, view: &BookView) -> AnyView {
    match (view.query.is_empty(), view.rows.len()) {
        _ if !view.in_use => ().into_any(),
        (true, _) => view! { <b>{t.shared}</b> }.into_any(),
        (false, 0) => view! { <b>{(t.none)(&view.query)}</b> }.into_any(),
        (false, count) => view! { <b>{(t.found)(count)}</b> }.into_any(),
    }
}

fn end(t: &'static Texts, view: &BookView) -> AnyView {
    if !view.in_use {
        return not_set_up();
    }
    let hint = match (view.rows.is_empty(), view.more) {
        (true, _) => Some(t.none_help),
        (false, true) => Some(t.more),
        (false, false) => None,
    };
    view! {
        {hint.map(|hint| view! { <p>{hint}</p> })}
        <p class="n-quiet">{t.trace} " " <span class="n-book__live">{t.live}</span></p>
    }
    .into_any()
}

fn row(row: &BookRow, today: NaiveDate) -> AnyView {
    let t = use_locale().telephone_book();
    let (key, who, where_) = match &row.what {
        BookWhat::Main(answers) => (format!("main-{}", row.ext), shared(row, t.main), who_answers(answers)),
        BookWhat::Section(answers) => (format!("section-{}", row.ext), shared(row, t.section), who_answers(answers)),
        BookWhat::Person(person) => (format!("person-{}", person.id), person_name(row, person), whereabouts(row, person, today)),
    };
    view! {
        <li class="n-card n-book__row" data-key=key>
            <div class="n-book__who">{who}</div>
            <div class="n-book__where">{where_}</div>
            <div class="n-book__numbers">{numbers(row)}</div>
        </li>
    }
    .into_any()
}

fn shared(row: &BookRow, kind: &'static str) -> AnyView {
    view! { <h2>{row.name.clone()}</h2> <p><span class="n-chip n-chip--on">{kind}</span> " " {row.house.clone()}</p> }.into_any()
}

fn who_answers(answers: &domain::telephone::view::Answers) -> AnyView {
    view! { <p class="n-book__answers">{words::answers(use_locale(), answers)}</p> }.into_any()
}

fn person_name(row: &BookRow, person: &BookPerson) -> AnyView {
    let locale = use_locale();
    let team = person.team.then(|| view! { <span class="n-chip">{locale.telephone_book().team}</span> });
    view! {
        <h2>{row.name.clone()} " " <small>{person.kana.clone()}</small></h2>
        <p>{person.units.join(locale.pick("・", ", "))} " " {person.title.clone()} " " {row.house.clone()} " " {team}</p>
    }
    .into_any()
}

fn whereabouts(row: &BookRow, person: &BookPerson, today: NaiveDate) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_book();
    let class = match person.presence {
        BookPresence::AtSeat | BookPresence::In => "n-chip n-chip--good",
        BookPresence::Busy(..) => "n-chip n-chip--busy",
        BookPresence::Away => "n-chip",
    };
    let place = person.place.as_ref().map(|place| {
        let at = FloorAt { on: None, slots: Vec::new(), seat: Some(place.seat) };
        let name = format!("{} {} {}", place.floor_name, place.label, (t.on_map)(&row.name));
        view! { <a class="n-person__seat" href=routes::floor(place.floor, &at) aria-label=name><Icon shape=Shape::Map/><span>{place.floor_name.clone()} " " <b>{place.label.clone()}</b></span></a> }
    });
    let delegate = person.answered_by.as_deref().map(|who| view! { <p class="n-book__answers">{(t.delegate)(who)}</p> });
    view! { <p><span class=class>{words::presence(locale, person.presence, today)}</span></p> {place} {delegate} }.into_any()
}

/// Every number of a row, the inside one first: Enter on the row's first link calls it.
fn numbers(row: &BookRow) -> AnyView {
    let t = use_locale().telephone_book();
    let link = |kind: &'static str, class: &'static str, number: String| {
        // What is seen comes first: who says aloud what is on the button presses it.
        let whom = (t.call)(&row.name);
        view! {
            <a class=class href=call_href(&number) data-call="">
                <Icon shape=Shape::Phone/><span><small>{kind}</small> " " <b>{number.clone()}</b></span> <span class="n-hidden">{whom}</span>
            </a>
        }
    };
    let outside = row.tel.clone().map(|tel| link(t.outside, "n-call n-call--outside", tel));
    let simulate = administers()
        .then(|| view! { <a class="n-try" href=simulate::address(row.ext.as_str())>{t.simulate} <span class="n-hidden">{row.ext.to_string()}</span></a> });
    let memo = row.memo.map(|to| {
        let whom = (use_locale().memo().for_person)(&row.name);
        view! { <a class="n-try" href=routes::memo_new(Some(to), None)>{use_locale().memo().short} <span class="n-hidden">{whom}</span></a> }
    });
    view! { {link(t.ext, "n-call", row.ext.to_string())} {outside} {memo} {simulate} }.into_any()
}
