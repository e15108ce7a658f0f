//! The forms of my phone: what I am doing, who answers for me, how my telephones ring.

use super::{
    me::{Page, typed_until, until_words},
    news,
};
use crate::{
    i18n::{telephone::book as words, use_locale},
    ui::{Post, PostForm},
};
use domain::telephone::{DeviceOrder, Listing, PresenceState, Scope};
use leptos::prelude::*;
use services::telephone::{Colleague, MyPhone};

/// Seconds to choose from; the house's own are 12.
const RING_SECONDS: [u32; 6] = [8, 10, 15, 20, 30, 45];
const USUAL_SECONDS: u32 = 12;
const SCOPES: [Scope; 3] = [Scope::All, Scope::Outside, Scope::Inside];

/// Six states, a press each.
pub(super) fn presence(phone: &MyPhone, post: Post) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_pages();
    let until = phone.said.and_then(|row| row.span.until_at).map(|at| until_words(phone, at));
    let state = words::state_words(locale, phone.standing.state);
    let now = until.map_or_else(|| state.clone(), |until| (locale.telephone_book().until)(&state, &until));
    let buttons = PresenceState::ALL.map(|choice| {
        let pressed = if choice == phone.standing.state { "true" } else { "false" };
        view! { <button class="n-state" type="submit" name="state" value=choice.code() aria-pressed=pressed>{words::state_words(locale, choice)}</button> }
    });
    view! {
        <h2>{t.presence}</h2>
        <p class="n-state-now"><b>{(t.now)(&now)}</b></p>
        <PostForm to="telephone/presence" post=post class="n-form">
            <div class="n-states">{buttons.collect_view()}</div>
            {until_fields("presence")}
            <p class="n-help">{t.presence_lead}</p>
        </PostForm>
    }
    .into_any()
}

/// A time and a day, both of which may stay empty.
pub(super) fn until_fields(of: &'static str) -> AnyView {
    let t = use_locale().telephone_pages();
    let typed = typed_until(of);
    let [time, day] = [format!("{of}-until"), format!("{of}-until-on")];
    view! {
        <fieldset class="n-until">
            <legend class="n-legend">{t.until}</legend>
            <div class="n-row">
                <label for=time.clone()>{t.time}</label><input class="n-input" type="time" id=time name="until" value=typed.time/>
                <label for=day.clone()>{t.day}</label><input class="n-input" type="date" id=day name="until_on" value=typed.on/>
            </div>
            <p class="n-help">{t.until_help}</p>
        </fieldset>
    }
    .into_any()
}

/// Who answers for me, and the form that changes it.
pub(super) fn hand_over(page: &Page, post: Post) -> AnyView {
    let t = use_locale().telephone_pages();
    let whom = whom(page);
    view! {
        <h2>{t.hand_over}</h2>
        <p class="n-help">{t.hand_over_lead}</p>
        {given(&page.phone, post)}
        <PostForm to="telephone/delegate" post=post class="n-form">
            {whom}
            {scopes()}
            {until_fields("delegate")}
            <p><button class="n-button n-button--second" type="submit">{t.give}</button></p>
        </PostForm>
    }
    .into_any()
}

fn given(phone: &MyPhone, post: Post) -> AnyView {
    let t = use_locale().telephone_pages();
    if phone.delegations.is_empty() {
        return ().into_any();
    }
    let rows = phone.delegations.iter().map(|(row, to)| {
        let until = row.span.until_at.map(|at| until_words(phone, at));
        let scope = t.scopes[SCOPES.iter().position(|scope| *scope == row.scope).unwrap_or_default()];
        view! { <li><b>{(t.given)(scope, to, until.as_deref())}</b></li> }
    });
    view! {
        <div class="n-given">
            <ul class="n-plain">{rows.collect_view()}</ul>
            <PostForm to="telephone/take-back" post=post><button class="n-button" type="submit">{t.take_back}</button></PostForm>
        </div>
    }
    .into_any()
}

/// A name or a number; where it could mean several people, they are there to choose from.
fn whom(page: &Page) -> AnyView {
    let t = use_locale().telephone_pages();
    let typed = news::typed("to");
    if page.meant.len() > 1 && !typed.is_empty() {
        let choices = page.meant.iter().map(|person| {
            let name = full(person);
            view! { <label class="n-check"><input type="radio" name="person" value=person.id.to_string() required=true/><span>{name} " " <small>{person.unit.clone()}</small></span></label> }
        });
        return view! { <fieldset><legend class="n-legend">{t.which}</legend><div class="n-checks">{choices.collect_view()}</div></fieldset> }.into_any();
    }
    let near = page.near.iter().map(|person| view! { <option value=full(person)></option> }).collect_view();
    view! {
        <div class="n-field">
            <label for="delegate-to">{t.to}</label>
            <p class="n-help" id="delegate-help">{t.to_help}</p>
            <input class="n-input" id="delegate-to" name="to" value=typed list="delegate-near" maxlength="60" required=true autocomplete="off" aria-describedby="delegate-help"/>
            <datalist id="delegate-near">{near}</datalist>
        </div>
    }
    .into_any()
}

/// 佐藤 次郎 2102: found again as it stands.
fn full(person: &Colleague) -> String {
    person.ext.map_or_else(|| person.name.clone(), |ext| format!("{} {ext}", person.name))
}

fn scopes() -> AnyView {
    let t = use_locale().telephone_pages();
    let typed = Scope::parse(&news::typed("scope")).unwrap_or(Scope::All);
    let choices = SCOPES.into_iter().zip(t.scopes).map(|(scope, name)| {
        view! { <label class="n-check"><input type="radio" name="scope" value=scope.code() checked=scope == typed/><span>{name}</span></label> }
    });
    view! { <fieldset><legend class="n-legend">{t.scope}</legend><div class="n-checks">{choices.collect_view()}</div></fieldset> }.into_any()
}

/// Which telephones ring, in which order, for how long, and whether the book has me.
pub(super) fn settings(phone: &MyPhone, post: Post) -> AnyView {
    let t = use_locale().telephone_pages();
    let listed = phone.listing == Listing::Listed;
    let (devices, order, ring_time) = (devices(phone), order(phone), ring_time(phone));
    view! {
        <h2>{t.settings}</h2>
        <PostForm to="telephone/settings" post=post class="n-form">
            {devices}
            {order}
            {ring_time}
            <label class="n-check"><input type="checkbox" name="listed" value="1" checked=listed/><span>{t.listed}</span></label>
            <p><button class="n-button n-button--second" type="submit">{t.save}</button></p>
        </PostForm>
    }
    .into_any()
}

fn devices(phone: &MyPhone) -> AnyView {
    let locale = use_locale();
    let t = locale.telephone_pages();
    if phone.devices.is_empty() {
        return view! { <p class="n-quiet">{t.no_devices}</p> }.into_any();
    }
    let boxes = phone.devices.iter().map(|device| {
        let checked = phone.settings.picked.as_ref().is_none_or(|picked| picked.contains(&device.id));
        let name = words::capital((locale.telephone().device)(device.kind));
        view! { <label class="n-check"><input type="checkbox" name="picked[]" value=device.id.to_string() checked=checked/><span>{name}</span></label> }
    });
    view! { <fieldset><legend class="n-legend">{t.devices}</legend><div class="n-checks">{boxes.collect_view()}</div></fieldset> }.into_any()
}

fn order(phone: &MyPhone) -> AnyView {
    let t = use_locale().telephone_pages();
    let now = phone.settings.order;
    let choices = [(DeviceOrder::Together, "together", t.together), (DeviceOrder::SeatFirst, "seat_first", t.seat_first)].map(|(order, code, name)| {
        view! { <label class="n-check"><input type="radio" name="order" value=code checked=order == now/><span>{name}</span></label> }
    });
    view! { <fieldset><legend class="n-legend">{t.order}</legend><div class="n-checks">{choices.collect_view()}</div></fieldset> }.into_any()
}

fn ring_time(phone: &MyPhone) -> AnyView {
    let t = use_locale().telephone_pages();
    let now = phone.settings.ring_ms.map(|ms| ms / 1_000);
    // A time that another program chose is offered too.
    let odd = now.filter(|seconds| !RING_SECONDS.contains(seconds));
    let options = RING_SECONDS
        .into_iter()
        .chain(odd)
        .map(|seconds| view! { <option value=seconds.to_string() selected=now == Some(seconds)>{(t.ring_seconds)(seconds)}</option> });
    view! {
        <div class="n-field">
            <label for="ring-s">{t.ring_time}</label>
            <select class="n-input" id="ring-s" name="ring_s">
                <option value="" selected=now.is_none()>{(t.usual)(USUAL_SECONDS)}</option>
                {options.collect_view()}
            </select>
        </div>
    }
    .into_any()
}
