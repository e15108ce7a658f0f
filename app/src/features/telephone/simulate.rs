//! かけてみる: what would ring if X called Y at a time, with every reason. For administrators; nothing rings.

use super::{
    bars::drawn,
    explain::{Explanation, explain},
    page::{for_administrators, ways},
};
use crate::{
    api::{ApiError, signed_in},
    i18n::{telephone::book as words, use_locale},
    routes,
    ui::{Icon, Shape, asked, query},
};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
use domain::telephone::{CallIn, Ext, NumberKind};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use services::telephone::{instant_at, numbers, plan};

/// A call that nobody makes, as it was typed.
#[derive(Clone, Debug, Default)]
struct Wish {
    to: String,
    from: String,
    inside: bool,
    on: String,
    at: String,
}

/// What the page shows.
struct Page {
    wish: Wish,
    wall: NaiveDateTime,
    told: Option<Explanation>,
    numbers: Vec<(Ext, String)>,
}

pub(super) fn page() -> AnyView {
    let t = use_locale().telephone_book();
    let typed = use_query_map().get_untracked();
    let field = |name: &str| typed.get(name).unwrap_or_default().chars().take(40).collect::<String>();
    let wish = Wish { to: field("to"), from: field("from"), inside: field("origin") == "inside", on: field("on"), at: field("at") };
    view! {
        <Title text=t.simulate/>
        {ways()}
        <h1>{t.simulate}</h1>
        {for_administrators(move || asked(move || gather(wish.clone()), draw))}
    }
    .into_any()
}

async fn gather(wish: Wish) -> Result<Page, ApiError> {
    let (cx, actor) = signed_in()?;
    let (locale, cx) = (cx.locale, cx.services);
    let known = numbers(&cx, &actor)?;
    let (board, now) = (cx.board(), cx.clock().now());
    let Some(house) = board.world.houses().next() else {
        return Ok(Page { wish, wall: now.naive_utc(), told: None, numbers: Vec::new() });
    };
    let wall = house.clock.wall(now);
    let on = wish.on.parse::<NaiveDate>().unwrap_or(wall.date());
    let time = NaiveTime::parse_from_str(&wish.at, "%H:%M").unwrap_or(wall.time());
    let at = if wish.on.is_empty() && wish.at.is_empty() { now } else { instant_at(&cx, house.site, on.and_time(time)) };
    let told = (!wish.to.trim().is_empty()).then(|| {
        let trunk = (!wish.inside).then(|| "outside".to_owned());
        let call = CallIn { to: wish.to.trim().into(), from: wish.from.trim().into(), trunk, site: Some(house.site), ..CallIn::default() };
        explain(locale, &board.world, &wish.to, &plan(&cx, &call, at), at)
    });
    let name = |(ext, kind): (Ext, NumberKind)| {
        let section = |id| board.world.section(id, wall.date()).map(|section| section.name.clone());
        let name = match kind {
            NumberKind::Person(id) => board.world.person(id).map(|person| person.name.clone()),
            NumberKind::Section(id) => section(id),
            NumberKind::Main(id) => section(id).map(|name| format!("{} {name}", words::main(locale))),
            NumberKind::Seat(id) => board.world.seat(id).map(|seat| seat.label.clone()),
            NumberKind::Room(_) | NumberKind::Fax(_) | NumberKind::Emergency => None,
        };
        (ext, name.unwrap_or_default())
    };
    let numbers = known.into_iter().map(name).collect();
    let wish = Wish { on: on.to_string(), at: time.format("%H:%M").to_string(), ..wish };
    Ok(Page { wish, wall, told, numbers })
}

fn draw(page: &Page) -> AnyView {
    let t = use_locale().telephone_pages();
    let told = page.told.as_ref().map(outcome);
    let links = page.numbers.iter().map(|(ext, name)| {
        let href = address(ext.as_str());
        view! { <li><a href=href><b>{ext.to_string()}</b> " " {name.clone()}</a></li> }
    });
    view! {
        <p class="n-lead">{t.simulate_lead}</p>
        <div class="n-two">
            <div class="n-stack">{form(page)} {told} {day_changes(page)}</div>
            <details class="n-card n-fold" open=page.told.is_none()>
                <summary><h2>{t.numbers}</h2></summary>
                <ul class="n-numbers">{links.collect_view()}</ul>
            </details>
        </div>
    }
    .into_any()
}

/// The simulator of a number, now.
pub(super) fn address(number: &str) -> String {
    format!("{}?{}", routes::TELEPHONE_SIMULATE, query(&[("to", number)]))
}

fn form(page: &Page) -> AnyView {
    let t = use_locale().telephone_pages();
    let (wish, today) = (page.wish.clone(), page.wall.date().to_string());
    let on = if wish.on.is_empty() { today } else { wish.on };
    let [outside, inside] = t.origins;
    view! {
        <form class="n-card n-form n-simulate" method="get" action=routes::TELEPHONE_SIMULATE>
            <div class="n-field"><label for="sim-to">{t.dialled}</label><p class="n-help" id="sim-to-help">{t.dialled_help}</p>
                <input class="n-input" id="sim-to" name="to" value=wish.to required=true maxlength="40" inputmode="tel" autocomplete="off" aria-describedby="sim-to-help"/></div>
            <fieldset><legend class="n-legend">{t.origin}</legend><div class="n-checks">
                <label class="n-check"><input type="radio" name="origin" value="outside" checked=!wish.inside/><span>{outside}</span></label>
                <label class="n-check"><input type="radio" name="origin" value="inside" checked=wish.inside/><span>{inside}</span></label>
            </div></fieldset>
            <div class="n-field"><label for="sim-from">{t.caller}</label><p class="n-help" id="sim-from-help">{t.caller_help}</p>
                <input class="n-input" id="sim-from" name="from" value=wish.from maxlength="40" inputmode="tel" autocomplete="off" aria-describedby="sim-from-help"/></div>
            <div class="n-row">
                <div class="n-field"><label for="sim-on">{t.when_day}</label><input class="n-input" type="date" id="sim-on" name="on" value=on/></div>
                <div class="n-field"><label for="sim-at">{t.when_time}</label><input class="n-input" type="time" id="sim-at" name="at" value=wish.at/></div>
            </div>
            <p><button class="n-button n-button--big" type="submit"><Icon shape=Shape::Phone/>{t.try_it}</button></p>
        </form>
    }
    .into_any()
}

/// The way to everything that the tried day changes, where it is another one.
fn day_changes(page: &Page) -> AnyView {
    let on = page.wish.on.parse::<NaiveDate>().ok().filter(|on| *on > page.wall.date());
    let link = on.map(|on| {
        let href = format!("{}?{}", routes::TELEPHONE_CHANGES, query(&[("on", on.to_string().as_str()), ("at", page.wish.at.as_str())]));
        view! { <p><a href=href>{use_locale().telephone_setup().see_changes}</a></p> }
    });
    link.into_any()
}

fn outcome(told: &Explanation) -> AnyView {
    let t = use_locale().telephone_pages();
    let steps = told.steps.iter().map(|step| view! { <li>{step.clone()}</li> }).collect_view();
    view! {
        <section class="n-card n-outcome" id="outcome">
            {drawn(told)}
            <h2>{t.steps}</h2>
            <ol class="n-steps">{steps}</ol>
        </section>
    }
    .into_any()
}
