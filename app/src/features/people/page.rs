//! The route `/people`. The query is in the address, so that a plain form does and an answer can be passed on.

use super::api::{PeopleView, find};
use crate::{
    i18n::{person, use_locale},
    routes::{self, FloorAt},
    ui::{Icon, Loaded, Shape, page_key, query as query_of, read},
};
use domain::person::view::{PersonHit, Place, Whereabouts};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;

/// Find a person.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let query = use_query_map();
    let q = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
    let key = page_key();
    let question = move || (q.with(|q| query_of(&[("q", q)])), key().1);
    let page = read("people/find", question, move || find(q.get_untracked()));
    let t = use_locale().person();
    view! {
        <Title text=t.title/>
        <h1>{t.title}</h1>
        <form class="n-card n-search" method="get" action=routes::PEOPLE role="search" on:submit=follow()>
            <div class="n-field">
                <label for="people-q">{t.label}</label>
                <p class="n-help" id="people-help">{t.help}</p>
                <div class="n-search__row">
                    <input class="n-input" type="search" id="people-q" name="q" value=move || q.get() maxlength="60" autocomplete="off" aria-describedby="people-help" enterkeyhint="search"/>
                    <button class="n-button" type="submit"><Icon shape=Shape::Search/>{t.search}</button>
                </div>
            </div>
        </form>
        <Loaded from=page children=|view| draw(&view)/>
    }
    .into_any()
}

/// With the program the same address is shown without loading the page anew.
fn follow() -> impl Fn(leptos::ev::SubmitEvent) + 'static {
    #[cfg(feature = "hydrate")]
    {
        use leptos::wasm_bindgen::JsCast;
        let navigate = leptos_router::hooks::use_navigate();
        move |event: leptos::ev::SubmitEvent| {
            let field = document().get_element_by_id("people-q").and_then(|field| field.dyn_into::<leptos::web_sys::HtmlInputElement>().ok());
            if let Some(field) = field {
                event.prevent_default();
                navigate(&routes::people(&field.value()), leptos_router::NavigateOptions { scroll: false, ..Default::default() });
            }
        }
    }
    #[cfg(not(feature = "hydrate"))]
    |_| ()
}

fn draw(view: &PeopleView) -> AnyView {
    let t = use_locale().person();
    let found = &view.found;
    if found.query.is_empty() {
        return view! { <p class="n-quiet">{t.trace}</p> }.into_any();
    }
    if found.hits.is_empty() {
        return view! {
            <section class="n-empty" aria-live="polite">
                <p><b>{(t.none)(&found.query)}</b></p>
                <p class="n-quiet">{t.none_help}</p>
            </section>
        }
        .into_any();
    }
    let hits = found.hits.iter().map(|hit| person_card(view, hit)).collect_view();
    view! {
        <p aria-live="polite"><b>{(t.found)(found.hits.len())}</b></p>
        <ul class="n-people">{hits}</ul>
        {found.more.then(|| view! { <p>{t.more}</p> })}
        <p class="n-quiet">{t.trace}</p>
    }
    .into_any()
}

fn person_card(view: &PeopleView, hit: &PersonHit) -> AnyView {
    let locale = use_locale();
    let t = locale.person();
    let (place, class) = match &hit.whereabouts {
        Whereabouts::AtSeat { place, .. } => (place.as_ref(), "n-chip n-chip--good"),
        Whereabouts::Expected { place } | Whereabouts::Later { place, .. } => (place.as_ref(), "n-chip n-chip--on"),
        Whereabouts::Unknown => (None, "n-chip"),
    };
    let phone = hit.who.extension.as_ref().map(|number| {
        view! { <a class="n-person__phone" href=view.calls.href(number)><Icon shape=Shape::Phone/><span class="n-hidden">{t.extension}</span>{number.clone()}</a> }
    });
    view! {
        <li class="n-card n-person">
            <div class="n-person__who">
                <h2>{hit.who.name.clone()} <small>{hit.kana.clone()}</small></h2>
                <p>{hit.units.join(locale.pick("・", ", "))} " " {hit.title.clone()} " " {hit.who.team.then(|| view! { <span class="n-chip">{t.team}</span> })}</p>
            </div>
            <div class="n-person__where">
                <p><span class=class>{person::whereabouts(locale, &view.grid, &hit.whereabouts)}</span></p>
                {place.map(|place| place_link(view, hit, place))}
            </div>
            {phone}
        </li>
    }
    .into_any()
}

fn place_link(view: &PeopleView, hit: &PersonHit, place: &Place) -> AnyView {
    let at = FloorAt { on: Some(view.today), slots: Vec::new(), seat: Some(place.seat) };
    let zone = place.zone_name.clone().unwrap_or_default();
    let name = format!("{} {zone} {} {}", place.floor_name, place.seat_label, (use_locale().person().on_map)(&hit.who.name));
    view! {
        <a class="n-person__seat" href=routes::floor(place.floor, &at) aria-label=name>
            <Icon shape=Shape::Map/><span>{place.floor_name.clone()} " " {zone.clone()} " " <b>{place.seat_label.clone()}</b></span>
        </a>
    }
    .into_any()
}
