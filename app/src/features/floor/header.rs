//! Above map and list: which floor, which day, which part of it. Links only, so that it works without the program and
//! every choice has an address.

use super::{
    Scene,
    model::free_count,
    query::{FloorQuery, SlotChoice, ViewChoice},
};
use crate::i18n::{Locale, dates, reasons};
use domain::{Slots, booking::view::DayLabel, floor::view::FloorHead, site::Closed};
use leptos::prelude::*;

/// The head of the page.
pub fn header(scene: &Scene) -> impl IntoView + use<> {
    let t = scene.locale.floor();
    let view = &scene.view;
    let heading = (t.heading)(&view.floor.site_name, &view.floor.name);
    let free = (t.free_of)(free_count(view, scene.chosen), view.seats.len());
    let closed = view.day.closed.as_ref().map(|closed| {
        let words = (t.closed_day)(&reasons::closed(scene.locale, closed));
        view! { <p class="fl-closed">{words}</p> }
    });
    view! {
        <div class="fl-head">
            <div class="fl-head__title">
                <h1>{heading}</h1>
                <p class="fl-head__free">{free}</p>
            </div>
            {floor_switch(scene)}
            {days(scene)}
            {parts_of_day(scene)}
            {view_switch(scene)}
            {closed}
        </div>
    }
}

fn floor_switch(scene: &Scene) -> impl IntoView + use<> {
    let t = scene.locale.floor();
    let here = &scene.view.floor;
    let several_sites = scene.view.floors.iter().any(|floor| floor.site != here.site);
    let link = |floor: &FloorHead| {
        let query = FloorQuery { seat: None, ..scene.query.clone() };
        let name = if several_sites { (t.heading)(&floor.site_name, &floor.name) } else { floor.name.clone() };
        view! { <li><a href=query.href(floor.id) aria-current=(floor.id == here.id).then_some("page")>{name}</a></li> }
    };
    let links: Vec<_> = scene.view.floors.iter().map(link).collect();
    (links.len() > 1).then(|| view! { <nav class="fl-seg fl-floors" aria-label=t.floors><ul>{links}</ul></nav> })
}

fn days(scene: &Scene) -> impl IntoView + use<> {
    let t = scene.locale.floor();
    let view = &scene.view;
    let chips: Vec<_> = view.days.iter().map(|day| day_chip(scene, day)).collect();
    let week = |on| scene.href(&scene.query.on_day(on).at_seat(None));
    view! {
        <nav class="fl-days" aria-label=t.week>
            <a class="fl-days__turn" href=week(view.previous_week_on) aria-label=t.previous_week>
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path d="M10 3L5 8l5 5" /></svg>
            </a>
            <ol>{chips}</ol>
            <a class="fl-days__turn" href=week(view.next_week_on) aria-label=t.next_week>
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path d="M6 3l5 5-5 5" /></svg>
            </a>
        </nav>
    }
}

fn day_chip(scene: &Scene, day: &DayLabel) -> impl IntoView + use<> {
    use chrono::Datelike;
    let t = scene.locale.floor();
    let why = match (&day.closed, day.past, day.too_far) {
        (Some(closed), ..) => Some(short_reason(scene, closed)),
        (None, true, _) => Some(t.past.to_owned()),
        (None, false, true) => Some(t.too_far.to_owned()),
        (None, false, false) => None,
    };
    let name = dates::weekday(scene.locale, day.on.weekday());
    let number = day.on.day().to_string();
    let spoken = dates::day(scene.locale, day.on);
    let current = day.on == scene.view.day.on;
    let today = day.today.then_some(t.today);
    // A closed day has no seats to show, but the day in view must not vanish from its own row.
    let href = why.is_none().then(|| scene.href(&scene.query.on_day(day.on)));
    let disabled = (href.is_none()).then_some("true");
    let role = href.is_none().then_some("link");
    let note = why.or(today.map(Into::into));
    view! {
        <li>
            <a class="fl-day" href=href role=role aria-disabled=disabled aria-current=current.then_some("date")>
                <span class="n-hidden">{spoken}</span>
                <span aria-hidden="true" class="fl-day__name">{name}</span>
                <b aria-hidden="true">{number}</b>
                <small>{note}</small>
            </a>
        </li>
    }
}

/// A holiday by its name alone: a chip has room for no more.
fn short_reason(scene: &Scene, closed: &Closed) -> String {
    match closed {
        Closed::Holiday { name } if scene.locale == Locale::Ja => name.clone(),
        other => reasons::closed(scene.locale, other),
    }
}

fn parts_of_day(scene: &Scene) -> impl IntoView + use<> {
    let t = scene.locale.floor();
    let grid = &scene.view.grid;
    let whole = Slots::first(grid.len());
    let mut parts = vec![(t.all_day.to_owned(), SlotChoice::All, whole)];
    for (at, time) in (0u8..).zip(grid) {
        parts.push((dates::slot(scene.locale, time), SlotChoice::These(vec![time.code.clone()]), Slots::only(domain::Slot(at))));
    }
    let links: Vec<_> = parts
        .into_iter()
        .map(|(name, choice, slots)| {
            let href = scene.href(&scene.query.in_slots(choice));
            view! { <li><a href=href aria-current=(slots == scene.chosen).then_some("true")>{name}</a></li> }
        })
        .collect();
    view! { <nav class="fl-seg" aria-label=t.part_of_day><ul>{links}</ul></nav> }
}

/// Map or list, on screens too narrow for both.
fn view_switch(scene: &Scene) -> impl IntoView + use<> {
    let t = scene.locale.floor();
    let shown = if scene.query.view == ViewChoice::Map { ViewChoice::Map } else { ViewChoice::List };
    let links: Vec<_> = [(t.list, ViewChoice::List), (t.map, ViewChoice::Map)]
        .into_iter()
        .map(|(name, choice)| {
            let href = scene.href(&scene.query.seen_as(choice));
            view! { <li><a href=href aria-current=(choice == shown).then_some("true")>{name}</a></li> }
        })
        .collect();
    view! { <nav class="fl-seg fl-switch" aria-label=t.view><ul>{links}</ul></nav> }
}
