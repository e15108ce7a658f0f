//! The days: a list for a week, a grid for a month.

use super::{model, page::Scene};
use crate::{
    features::home::slot_codes,
    i18n::{dates, reasons, use_locale},
    routes::{self, FloorAt},
    ui::PostForm,
};
use chrono::Datelike;
use domain::{
    booking::{
        State,
        view::{MyBookingsView, WeekDay},
    },
    floor::view::MyPlace,
};
use leptos::prelude::*;

/// A week, one row a day.
pub fn week(view: &MyBookingsView, scene: &Scene) -> AnyView {
    let rows = view.days.iter().map(|day| day_row(view, day, scene)).collect_view();
    view! { <ol class="n-card n-days">{rows}</ol> }.into_any()
}

fn day_class(day: &WeekDay) -> &'static str {
    match &day.day {
        label if label.today => "n-day n-day--today",
        label if label.closed.is_some() => "n-day n-day--closed",
        label if label.past => "n-day n-day--past",
        _ => "n-day",
    }
}

fn day_row(view: &MyBookingsView, day: &WeekDay, scene: &Scene) -> AnyView {
    let locale = use_locale();
    let near = dates::day_near(locale, day.day.on, view.now.date()).map(|near| view! { <span class="n-chip n-chip--on">{near}</span> });
    let places = day.places.iter().map(|place| place_line(view, place, scene)).collect_view();
    view! {
        <li class=day_class(day)>
            <h3>{dates::day(locale, day.day.on)} " " {near}</h3>
            <div class="n-day__in">{places}{rest(view, day)}</div>
        </li>
    }
    .into_any()
}

/// What the day has beside its bookings: why there is none, or the way to one.
fn rest(view: &MyBookingsView, day: &WeekDay) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    if let Some(why) = &day.day.closed {
        return view! { <p class="n-quiet">{reasons::closed(locale, why)}</p> }.into_any();
    }
    if day.day.too_far {
        return view! { <p class="n-quiet">{t.not_bookable_yet}</p> }.into_any();
    }
    if day.day.past {
        return if day.places.is_empty() { view! { <p class="n-quiet">{t.none}</p> }.into_any() } else { ().into_any() };
    }
    if !model::bookable(day, &view.grid) {
        return ().into_any();
    }
    let free = domain::Slots::first(view.grid.len()).minus(model::held(day));
    let at = FloorAt { on: Some(day.day.on), slots: slot_codes(&view.grid, free), seat: None };
    let part = (!day.places.is_empty()).then(|| format!("{}: ", dates::slots(locale, &view.grid, free)));
    let name = format!("{} {}", dates::day(locale, day.day.on), t.book);
    view! { <p><a class="n-day__book" href=routes::floors(&at) aria-label=name>{part}{t.book}</a></p> }.into_any()
}

fn place_line(view: &MyBookingsView, place: &MyPlace, scene: &Scene) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    let seat = routes::floor(place.floor, &FloorAt { on: Some(place.on), slots: slot_codes(&view.grid, place.slots), seat: Some(place.seat) });
    let place_name = place.zone_name.as_ref().map_or_else(|| place.floor_name.clone(), |zone| format!("{} {zone}", place.floor_name));
    let chip = match place.state {
        State::CheckedIn => "n-chip n-chip--good",
        State::Booked => "n-chip n-chip--on",
        _ => "n-chip",
    };
    let (post, id, back) = (scene.post, place.booking.to_string(), scene.here.clone());
    let name = format!("{} {} {}", dates::day(locale, place.on), place.seat_label, t.cancel);
    let cancel = (place.state == State::Booked && place.on >= view.now.date()).then(|| {
        view! {
            <PostForm to="booking/cancel" post=post>
                <input type="hidden" name="booking" value=id/>
                <input type="hidden" name="back" value=back/>
                <button class="n-button n-button--plain" type="submit" aria-label=name>{t.cancel}</button>
            </PostForm>
        }
    });
    view! {
        <div class="n-place">
            <p class="n-rows__main">
                <a class="n-place__seat" href=seat>{place.seat_label.clone()}</a>
                <span>{dates::slots(locale, &view.grid, place.slots)}</span> " "
                <span class="n-quiet">{place_name}</span> " "
                <span class=chip>{reasons::state(locale, place.state)}</span>
            </p>
            {cancel}
        </div>
    }
    .into_any()
}

/// Five weeks as a calendar.
pub fn month(view: &MyBookingsView, _scene: &Scene) -> AnyView {
    let locale = use_locale();
    let heads = dates::WEEK
        .into_iter()
        .map(|day| view! { <th scope="col"><abbr title=dates::weekday_long(locale, day)>{dates::weekday(locale, day)}</abbr></th> })
        .collect_view();
    let weeks = view.days.chunks(7).map(|week| view! { <tr>{week.iter().map(|day| month_cell(view, day)).collect_view()}</tr> }).collect_view();
    let last = view.to_on.pred_opt().unwrap_or(view.to_on);
    let caption = (locale.booking().week_of)(&dates::day(locale, view.from_on), &dates::day(locale, last));
    view! {
        <div class="n-card n-month">
            <table>
                <caption class="n-hidden">{caption}</caption>
                <thead><tr>{heads}</tr></thead>
                <tbody>{weeks}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn month_cell(view: &MyBookingsView, day: &WeekDay) -> AnyView {
    let locale = use_locale();
    let on = day.day.on;
    let number = if on.day() == 1 || on == view.from_on { format!("{}/{}", on.month(), on.day()) } else { on.day().to_string() };
    let places = day.places.iter().filter(|place| place.state.is_live() || place.state == State::Done).map(|place| {
        let at = FloorAt { on: Some(on), slots: slot_codes(&view.grid, place.slots), seat: Some(place.seat) };
        view! { <li><a href=routes::floor(place.floor, &at)><b>{place.seat_label.clone()}</b> <span>{dates::slots(locale, &view.grid, place.slots)}</span></a></li> }
    });
    let places = places.collect_view();
    let why = day.day.closed.as_ref().map(|why| view! { <p class="n-month__why">{reasons::closed(locale, why)}</p> });
    let at = FloorAt { on: Some(on), ..FloorAt::default() };
    let head = if model::bookable(day, &view.grid) {
        let name = format!(" {} {}", dates::day(locale, on), locale.booking().book);
        view! { <a class="n-month__day" href=routes::floors(&at)>{number}<span class="n-hidden">{name}</span></a> }.into_any()
    } else {
        view! { <span class="n-month__day">{number}</span> }.into_any()
    };
    view! { <td class=day_class(day)>{head}{why}<ul class="n-month__places">{places}</ul></td> }.into_any()
}
