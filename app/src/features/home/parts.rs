//! The pieces of the home page.

use super::model::{self, Cell, Row, slot_codes};
use crate::{
    i18n::{dates, reasons, use_locale},
    routes::{self, FloorAt},
    ui::{Icon, Post, PostForm, Shape},
};
use chrono::NaiveDate;
use domain::{
    BookingId, Slots,
    booking::{
        State,
        view::{HomeView, Proposal, WeekDay},
    },
    floor::view::MyPlace,
};
use leptos::prelude::*;

/// Server functions whose failures have no alternatives.
pub const OTHER_POSTS: &[&str] = &["booking/cancel", "booking/restore", "booking/undo-move", "booking/check-in", "booking/undo-check-in", "booking/leave"];

/// The proposal, or what is settled already.
pub fn proposal(home: &HomeView, post: Post) -> AnyView {
    let locale = use_locale();
    let day = dates::day_with_near(locale, home.for_day.on, home.now.date());
    match &home.proposal {
        Some(proposal) => proposed(home, proposal, &day, post),
        None => {
            let held = model::held_on_that_day(home);
            if held.is_empty() { no_proposal(home, &day) } else { settled(home, held, &day, post) }
        }
    }
}

fn proposed(home: &HomeView, proposal: &Proposal, day: &str, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    let codes = slot_codes(&home.grid, proposal.slots);
    let other = routes::floor(proposal.floor, &FloorAt { on: Some(proposal.on), slots: codes.clone(), seat: Some(proposal.seat) });
    let (seat, date, slots) = (proposal.seat.to_string(), proposal.on.to_string(), codes.join("."));
    let why = proposal.reasons.iter().map(|reason| view! { <li><Icon shape=Shape::Check/>{reasons::proposal(locale, reason)}</li> }).collect_view();
    view! {
        <section class="n-card n-proposal">
            <div>
                <p class="n-proposal__when">{(t.seat_for)(day)} <span class="n-chip n-chip--on">{dates::slots(locale, &home.grid, proposal.slots)}</span></p>
                <h2 class="n-seat"><span>{where_is(&proposal.floor_name, proposal.zone_name.as_deref())}</span> <b>{proposal.seat_label.clone()}</b></h2>
                <ul class="n-why">{why}</ul>
            </div>
            <div class="n-proposal__act">
                <PostForm to="booking/reserve" post=post>
                    <input type="hidden" name="seat" value=seat/>
                    <input type="hidden" name="date" value=date/>
                    <input type="hidden" name="slots" value=slots/>
                    <input type="hidden" name="back" value=routes::HOME/>
                    <button class="n-button n-button--big" type="submit">{t.take_this}</button>
                </PostForm>
                <a class="n-button n-button--second" href=other>{t.other_seats}</a>
            </div>
        </section>
    }
    .into_any()
}

fn no_proposal(home: &HomeView, day: &str) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    let words = home.refusal.as_ref().map_or_else(|| t.nothing_to_propose.to_owned(), |reason| reasons::reserve(locale, reason));
    view! {
        <section class="n-card n-proposal">
            <div>
                <p class="n-proposal__when">{(t.seat_for)(day)}</p>
                <h2>{words}</h2>
            </div>
            <div class="n-proposal__act"><a class="n-button n-button--second" href=routes::floors(&at(home.for_day.on))>{t.see_floor}</a></div>
        </section>
    }
    .into_any()
}

fn settled(home: &HomeView, held: Vec<MyPlace>, day: &str, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    // Today's places have their own card with everything that can be done.
    let items = held.into_iter().map(|place| place_row(home, place, post)).collect_view();
    view! {
        <section class="n-card">
            <p class="n-proposal__when"><span class="n-good"><Icon shape=Shape::Check/></span>{(t.your_seat)(day)}</p>
            <ul class="n-rows">{items}</ul>
        </section>
    }
    .into_any()
}

/// What is on today.
pub fn today(home: &HomeView, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    // The card above shows today already when the proposal is for today.
    if home.for_day.today && home.today.is_empty() {
        return ().into_any();
    }
    let content = if home.today.is_empty() {
        let href = routes::floors(&at(home.now.date()));
        view! {
            <p class="n-quiet">{t.no_seat_today}</p>
            <p><a class="n-button n-button--second" href=href><Icon shape=Shape::Seat/>{t.sit_now}</a></p>
        }
        .into_any()
    } else {
        let items = home.today.iter().map(|place| place_row(home, place.clone(), post)).collect_view();
        view! { <ul class="n-rows">{items}</ul> }.into_any()
    };
    view! {
        <section class="n-card">
            <h2>{t.today} " " <small class="n-quiet">{dates::day(locale, home.now.date())}</small></h2>
            <div class="n-stack n-stack--tight">{content}</div>
        </section>
    }
    .into_any()
}

fn place_row(home: &HomeView, place: MyPlace, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    let seat = routes::floor(place.floor, &FloorAt { on: Some(place.on), slots: slot_codes(&home.grid, place.slots), seat: Some(place.seat) });
    let opens = place.check_in_opens_at.filter(|_| place.on == home.now.date()).map(|at| (t.check_in_from)(&dates::clock(at)));
    let state = place.state;
    let chip = if state == State::CheckedIn { "n-chip n-chip--good" } else { "n-chip" };
    let id = place.booking;
    view! {
        <li class="n-place">
            <p class="n-rows__main">
                <span class="n-quiet">{where_is(&place.floor_name, place.zone_name.as_deref())}</span> " "
                <a class="n-place__seat" href=seat>{place.seat_label.clone()}</a> " "
                <span class="n-chip">{dates::slots(locale, &home.grid, place.slots)}</span> " "
                <span class=chip>{reasons::state(locale, state)}</span> " "
                <span class="n-quiet">{opens}</span>
            </p>
            <div class="n-row">
                {place.can_check_in.then(|| act(id, post, "booking/check-in", "n-button n-button--big", t.check_in))}
                {(state == State::CheckedIn).then(|| act(id, post, "booking/leave", "n-button n-button--second", t.leave))}
                {(state == State::Booked).then(|| act(id, post, "booking/cancel", "n-button n-button--plain", t.cancel))}
            </div>
        </li>
    }
    .into_any()
}

fn act(id: BookingId, post: Post, to: &'static str, class: &'static str, word: &'static str) -> AnyView {
    view! {
        <PostForm to=to post=post>
            <input type="hidden" name="booking" value=id.to_string()/>
            <input type="hidden" name="back" value=routes::HOME/>
            <button class=class type="submit">{word}</button>
        </PostForm>
    }
    .into_any()
}

/// Three numbers that help to decide.
pub fn tiles(home: &HomeView) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    let free = home.floor_free.as_ref().map(|(_, name, free, all)| tile((t.free_on)(name), free.to_string(), (t.of_seats)(*all), share(*free, *all)));
    let present = home.unit_present.as_ref().map(|(name, there, all)| tile((t.present_in)(name), there.to_string(), (t.of_people)(*all), share(*there, *all)));
    let day = dates::day_near(locale, home.for_day.on, home.now.date()).map_or_else(|| dates::day_short(locale, home.for_day.on), Into::into);
    let load = home.home_load_percent.map(|percent| tile((t.load_on)(&day), percent.to_string(), "%".into(), percent.min(100)));
    view! { <dl class="n-tiles">{free}{present}{load}</dl> }.into_any()
}

fn share(part: u32, all: u32) -> u32 {
    part.saturating_mul(100).checked_div(all).unwrap_or(0).min(100)
}

fn tile(name: String, number: String, of: String, percent: u32) -> AnyView {
    view! {
        <div class="n-tile">
            <dt>{name}</dt>
            <dd><b>{number}</b> <span>{of}</span></dd>
            <svg class="n-meter" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
                <rect class="n-meter__ground" width="100" height="4"></rect>
                <rect class="n-meter__bar" width=percent.to_string() height="4"></rect>
            </svg>
        </div>
    }
    .into_any()
}

/// My week, one link for each part of a day.
pub fn week(home: &HomeView) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    let heads = home.grid.iter().map(|time| view! { <th scope="col">{dates::slot(locale, time)}</th> }).collect_view();
    let rows = home.week.iter().map(|day| week_row(home, day)).collect_view();
    view! {
        <section class="n-card n-week">
            <h2>{t.this_week}</h2>
            <table class="n-table">
                <thead><tr><th scope="col">{t.day}</th>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
            <p><a href=routes::BOOKINGS>{t.all_bookings}</a></p>
        </section>
    }
    .into_any()
}

fn week_row(home: &HomeView, day: &WeekDay) -> AnyView {
    let locale = use_locale();
    let name = dates::day_short(locale, day.day.on);
    let near = dates::day_near(locale, day.day.on, home.now.date()).filter(|_| day.day.today);
    let class = if day.day.today {
        "n-week__today"
    } else if day.day.past {
        "n-week__past"
    } else {
        ""
    };
    let cells = match model::row(day, &home.grid, home.now) {
        Row::Closed(why) => view! { <td class="n-quiet" colspan=home.grid.len().to_string()>{reasons::closed(locale, &why)}</td> }.into_any(),
        Row::Open(cells) => {
            let mut first = 0u8;
            let mut views = Vec::new();
            for (content, span) in cells {
                let width = u8::try_from(span).unwrap_or(1);
                let slots: Slots = (first..first + width).map(domain::Slot).collect();
                views.push(cell(home, day.day.on, content, slots, span));
                first += width;
            }
            views.into_any()
        }
    };
    view! { <tr class=class><th scope="row">{name} {near.map(|near| view! { " " <span class="n-chip n-chip--on">{near}</span> })}</th>{cells}</tr> }.into_any()
}

fn cell(home: &HomeView, on: NaiveDate, content: Cell, slots: Slots, span: u32) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    let codes = slot_codes(&home.grid, slots);
    let inner = match content {
        Cell::Place(place) => {
            let href = routes::floor(place.floor, &FloorAt { on: Some(on), slots: codes, seat: Some(place.seat) });
            let there = (place.state == State::CheckedIn)
                .then(|| view! { <Icon shape=Shape::Check/> <span class="n-hidden">{reasons::state(locale, State::CheckedIn)}</span> });
            if place.state.is_live() {
                view! { <a class="n-week__seat" href=href>{there}{place.seat_label}</a> }.into_any()
            } else {
                view! { <span class="n-quiet">{place.seat_label} " " {reasons::state(locale, place.state)}</span> }.into_any()
            }
        }
        Cell::Choose => {
            let name = format!("{} {} {}", dates::day(locale, on), dates::slots(locale, &home.grid, slots), t.choose);
            view! { <a class="n-week__choose" href=routes::floors(&FloorAt { on: Some(on), slots: codes, seat: None }) aria-label=name>{t.choose}</a> }
                .into_any()
        }
        Cell::Nothing => view! { <span class="n-quiet">{t.none}</span> }.into_any(),
    };
    view! { <td colspan=span.to_string()>{inner}</td> }.into_any()
}

fn where_is(floor: &str, zone: Option<&str>) -> String {
    zone.map_or_else(|| floor.to_owned(), |zone| format!("{floor} {zone}"))
}

fn at(on: NaiveDate) -> FloorAt {
    FloorAt { on: Some(on), ..FloorAt::default() }
}
