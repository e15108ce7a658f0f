//! Several days at once, recurring wishes, and taking a span back. Each works as a plain form.

use super::{
    model::{self, Part},
    page::Scene,
};
use crate::{
    i18n::{dates, use_locale},
    ui::PostForm,
};
use chrono::NaiveDate;
use domain::{
    SeatId,
    booking::view::{MyBookingsView, PatternView, WeekDay},
};
use leptos::prelude::*;

/// Several days at once.
pub fn several(view: &MyBookingsView, scene: &Scene) -> AnyView {
    let t = use_locale().booking();
    let days: Vec<_> = view.days.iter().filter(|day| model::bookable(day, &view.grid)).map(day_box).collect();
    if days.is_empty() {
        return fold(t.several, t.several_help, view! { <p>{t.no_days}</p> }.into_any());
    }
    let (post, back) = (scene.post, scene.here.clone());
    let choices = choices(view, "several");
    let form = view! {
        <PostForm to="booking/reserve-days" post=post class="n-form">
            <input type="hidden" name="back" value=back/>
            <fieldset><legend class="n-legend">{t.all_open}</legend><div class="n-checks">{days}</div></fieldset>
            {choices}
            <p><button class="n-button" type="submit">{t.book_days}</button></p>
        </PostForm>
    };
    fold(t.several, t.several_help, form.into_any())
}

fn day_box(day: &WeekDay) -> AnyView {
    let locale = use_locale();
    let partly = (!model::held(day).is_empty()).then(|| view! { <small>{locale.booking().already}</small> });
    view! {
        <label class="n-check">
            <input type="checkbox" name="days[]" value=day.day.on.to_string()/>
            <span>{dates::day(locale, day.day.on)}</span> {partly}
        </label>
    }
    .into_any()
}

/// Part of the day, and which seat.
fn choices(view: &MyBookingsView, form: &'static str) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    let parts = model::parts(locale, &view.grid).into_iter().enumerate().map(|(at, part)| part_radio(at == 0, part)).collect_view();
    let seats = model::own_seats(view);
    let id = format!("seat-{form}");
    view! {
        <fieldset><legend class="n-legend">{t.part}</legend><div class="n-checks">{parts}</div></fieldset>
        {(!seats.is_empty()).then(|| view! {
            <div class="n-field">
                <label for=id.clone()>{t.which_seat}</label>
                <select class="n-input" id=id name="seat">
                    <option value="">{t.best_seat}</option>
                    {seats.into_iter().map(|seat| seat_option(&seat)).collect_view()}
                </select>
            </div>
        })}
    }
    .into_any()
}

fn seat_option((seat, label): &(SeatId, String)) -> AnyView {
    view! { <option value=seat.to_string()>{(use_locale().booking().same_seat)(label)}</option> }.into_any()
}

fn part_radio(first: bool, (codes, name): Part) -> AnyView {
    view! { <label class="n-check"><input type="radio" name="slots" value=codes checked=first/><span>{name}</span></label> }.into_any()
}

/// Recurring wishes: those there are, and a new one.
pub fn repeating(view: &MyBookingsView, scene: &Scene) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    let patterns = view.patterns.iter().map(|pattern| pattern_row(view, pattern, scene)).collect_view();
    let list = if view.patterns.is_empty() {
        view! { <p class="n-quiet">{t.no_patterns}</p> }.into_any()
    } else {
        view! { <ul class="n-rows">{patterns}</ul> }.into_any()
    };
    let weekdays = dates::WEEK.into_iter().enumerate().map(|(at, day)| {
        view! { <label class="n-check"><input type="checkbox" name="weekdays[]" value=at.to_string()/><span>{dates::weekday(locale, day)}</span></label> }
    });
    let (weekdays, choices) = (weekdays.collect_view(), choices(view, "repeat"));
    let (post, back, today) = (scene.post, scene.here.clone(), view.now.date());
    let form = view! {
        {list}
        <PostForm to="booking/repeat" post=post class="n-form">
            <input type="hidden" name="back" value=back/>
            <fieldset><legend class="n-legend">{t.weekdays}</legend><div class="n-checks">{weekdays}</div></fieldset>
            {choices}
            <div class="n-row n-row--top">
                {date_field("repeat-from", "from", t.from, None, Some(today))}
                {date_field("repeat-last", "last", t.until, Some(t.until_help), None)}
            </div>
            <p><button class="n-button" type="submit">{t.add_pattern}</button></p>
        </PostForm>
    };
    fold(t.repeat, t.repeat_help, form.into_any())
}

fn pattern_row(view: &MyBookingsView, pattern: &PatternView, scene: &Scene) -> AnyView {
    let locale = use_locale();
    let t = locale.booking();
    let from = dates::day(locale, pattern.from_on);
    let last = pattern.until_on.and_then(|until| until.pred_opt()).map(|last| dates::day(locale, last));
    let span = last.map_or_else(|| (t.from_on)(&from), |last| (t.from_until)(&from, &last));
    let (post, id, back) = (scene.post, pattern.id.to_string(), scene.here.clone());
    view! {
        <li>
            <p class="n-rows__main">
                <b>{(t.every)(&dates::weekdays(locale, pattern.weekdays))}</b> " "
                <span>{dates::slots(locale, &view.grid, pattern.slots)}</span> " "
                <span>{pattern.seat_label.clone()}</span> " "
                <span class="n-quiet">{span}</span>
            </p>
            <PostForm to="booking/repeat-end" post=post class="n-row">
                <input type="hidden" name="pattern" value=id/>
                <input type="hidden" name="back" value=back/>
                <button class="n-button n-button--second" type="submit" name="bookings" value="keep">{t.end_keep}</button>
                <button class="n-button n-button--danger" type="submit" name="bookings" value="cancel">{t.end_cancel}</button>
            </PostForm>
        </li>
    }
    .into_any()
}

/// Taking a span back.
pub fn range(view: &MyBookingsView, scene: &Scene) -> AnyView {
    let t = use_locale().booking();
    let (post, back, today) = (scene.post, scene.here.clone(), view.now.date());
    let form = view! {
        <PostForm to="booking/cancel-range" post=post class="n-form">
            <input type="hidden" name="back" value=back/>
            <div class="n-row n-row--top">
                {date_field("range-from", "from", t.from, None, Some(today))}
                {date_field("range-last", "last", t.last_day, None, Some(today))}
            </div>
            <p><button class="n-button n-button--danger" type="submit">{t.cancel_range}</button></p>
        </PostForm>
    };
    fold(t.range, t.range_help, form.into_any())
}

fn date_field(id: &'static str, name: &'static str, label: &'static str, help: Option<&'static str>, value: Option<NaiveDate>) -> AnyView {
    let help_id = help.map(|_| format!("{id}-help"));
    view! {
        <div class="n-field">
            <label for=id>{label}</label>
            <input class="n-input" type="date" id=id name=name value=value.map(|on| on.to_string()) required=value.is_some() aria-describedby=help_id.clone()/>
            {help.map(|help| view! { <p class="n-help" id=help_id>{help}</p> })}
        </div>
    }
    .into_any()
}

fn fold(title: &'static str, help: &'static str, content: AnyView) -> AnyView {
    view! {
        <details class="n-card n-fold">
            <summary><h2>{title}</h2></summary>
            <div class="n-stack n-stack--tight"><p class="n-lead">{help}</p>{content}</div>
        </details>
    }
    .into_any()
}
