//! The panel of one seat: what it has, who sits there as far as the viewer may know, and what the viewer can do. Every
//! button is a form of its own, so one tap is enough with and without the program.

use super::{
    Scene,
    model::{holder, mark, slot_tone, zone_of},
    names::{attributes, slot_word},
    offers::{Extent, Offers, OwnNext, OwnOffer, TakeOffer, WhyNot, offers},
    query::slot_codes,
    symbols::sign,
};
use crate::{
    i18n::dates,
    routes,
    ui::{Post, PostForm},
};
use domain::{
    Slot,
    floor::view::{SeatView, SlotState},
};
use leptos::prelude::*;

/// The panel of the address's seat, or what to do when there is none.
pub fn panel(scene: &Scene, post: Post) -> impl IntoView + use<> {
    let t = &scene.locale.floor().panel;
    let seat = scene.query.seat.map(|id| scene.view.seats.iter().find(|seat| seat.id == id));
    let (state, content) = match seat {
        None => ("empty", empty(t.hint)),
        Some(None) => ("empty", empty(t.unknown)),
        Some(Some(seat)) => ("open", of_seat(scene, seat, post)),
    };
    view! {
        <section class="fl-card fl-panel" id="panel" tabindex="-1" aria-labelledby="panel-title" data-state=state>
            {content}
        </section>
    }
}

fn empty(hint: &'static str) -> AnyView {
    let t = &crate::i18n::use_locale().floor().panel;
    view! {
        <h2 id="panel-title">{t.none}</h2>
        <p class="fl-panel__hint">{hint}</p>
    }
    .into_any()
}

fn of_seat(scene: &Scene, seat: &SeatView, post: Post) -> AnyView {
    let t = &scene.locale.floor().panel;
    let zone = zone_of(&scene.view, seat);
    let zone_name = zone.map_or_else(|| t.no_zone.to_owned(), |zone| zone.name.clone());
    let has = attributes(scene.locale, seat);
    let has = if has.is_empty() { t.no_attributes.to_owned() } else { has };
    let rows: Vec<_> = (0u8..).take(scene.view.grid.len()).map(|at| slot_row(scene, seat, Slot(at))).collect();
    let day = dates::day(scene.locale, scene.view.day.on);
    let close = scene.href(&scene.query.at_seat(None));
    view! {
        <div class="fl-panel__head">
            <h2 id="panel-title">
                <span class="fl-panel__badge" data-tone=mark(seat, scene.chosen).tone.code()>{sign(mark(seat, scene.chosen).symbol)}</span>
                {seat.label.clone()}
                " "
                <small>{zone_name}</small>
            </h2>
            <a class="fl-panel__close" href=close aria-label=t.close>
                <svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false"><path d="M3 3l10 10M13 3L3 13" /></svg>
            </a>
        </div>
        <p class="fl-panel__has">{has}</p>
        <p class="fl-panel__day">{day}</p>
        <dl class="fl-panel__slots">{rows}</dl>
        {actions(scene, seat, post)}
    }
    .into_any()
}

fn slot_row(scene: &Scene, seat: &SeatView, slot: Slot) -> impl IntoView + use<> {
    let t = scene.locale.floor();
    let name = scene.view.grid.get(usize::from(slot.0)).map(|time| dates::slot(scene.locale, time));
    let hours = scene.view.grid.get(usize::from(slot.0)).map(|time| format!("{}–{}", dates::minute(time.start_minute), dates::minute(time.end_minute)));
    let hours = hours.filter(|hours| name.as_ref() != Some(hours));
    let tone = slot_tone(seat, slot);
    let who = holder(seat, slot).map(|who| {
        let find = (t.panel.find)(&who.name);
        let unit = who.unit.clone().map(|unit| format!("{unit} "));
        let call = who.extension.as_deref().map(|number| {
            let text = [scene.locale.person().extension, "\u{a0}", number].concat();
            view! { " " <a href=scene.view.calls.href(number)>{text}</a> }
        });
        view! { <span class="fl-panel__who">{unit}<a href=routes::people(&who.staff_no) aria-label=find>{who.name.clone()}</a>{call}</span> }
    });
    view! {
        <div data-tone=tone.code()>
            <dt>{name}" "<small>{hours}</small></dt>
            <dd>
                {sign(tone.symbol())}
                <span>{slot_word(scene.locale, &scene.view, seat, slot)}</span>
                {who}
            </dd>
        </div>
    }
}

fn actions(scene: &Scene, seat: &SeatView, post: Post) -> AnyView {
    let Offers { own, take, sit_now } = offers(&scene.view, seat, scene.chosen);
    let own: Vec<_> = own.iter().map(|offer| own_actions(scene, offer, post)).collect();
    let prefers_sitting = sit_now.is_some();
    let sit = sit_now.map(|offer| {
        let t = &scene.locale.floor().panel;
        let words = if offer.gives_up.is_empty() { t.sit_now.to_owned() } else { (t.sit_now_leaving)(&offer.gives_up.join("・")) };
        let fields = vec![("seat", seat.id.to_string())];
        form(scene, post, "booking/sit-now", fields, words, Rank::First)
    });
    let rank = if prefers_sitting { Rank::Second } else { Rank::First };
    let take = match take {
        Ok(offer) => take_action(scene, seat, &offer, post, rank),
        Err(why) => reason(scene, seat, why),
    };
    view! {
        <div class="fl-panel__actions">
            {own}
            {sit}
            {take}
        </div>
    }
    .into_any()
}

/// How strongly a button is drawn.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    First,
    Second,
}

fn take_action(scene: &Scene, seat: &SeatView, offer: &TakeOffer, post: Post, rank: Rank) -> AnyView {
    let t = &scene.locale.floor().panel;
    let slots = dates::slots(scene.locale, &scene.view.grid, offer.slots);
    let words = match (offer.gives_up.is_empty(), offer.extent) {
        (false, _) => (t.change)(&offer.gives_up.join("・"), &slots),
        (true, Extent::Whole) => (t.reserve)(&slots),
        (true, Extent::Some) => (t.reserve_only)(&slots),
    };
    let mut fields = vec![("seat", seat.id.to_string()), ("date", scene.view.day.on.to_string()), ("slots", slot_codes(&scene.view, offer.slots))];
    if !offer.gives_up.is_empty() {
        fields.push(("instead", "move".into()));
    }
    form(scene, post, "booking/reserve", fields, words, rank)
}

fn own_actions(scene: &Scene, offer: &OwnOffer, post: Post) -> AnyView {
    let t = &scene.locale.floor().panel;
    let slots = dates::slots(scene.locale, &scene.view.grid, offer.slots);
    let booking = || vec![("booking", offer.booking.to_string())];
    let cancel = || form(scene, post, "booking/cancel", booking(), t.cancel.into(), Rank::Second);
    let buttons = match offer.next {
        OwnNext::CheckIn => vec![form(scene, post, "booking/check-in", booking(), t.check_in.into(), Rank::First), cancel()],
        OwnNext::Wait(opens_at) => {
            let note = opens_at.map(|at| (t.check_in_from)(&dates::moment(scene.locale, at, scene.view.now.date())));
            vec![cancel(), view! { <p class="fl-panel__note">{note}</p> }.into_any()]
        }
        OwnNext::Leave => vec![form(scene, post, "booking/leave", booking(), t.leave.into(), Rank::First)],
        OwnNext::Over => Vec::new(),
    };
    view! {
        <div class="fl-panel__own">
            <p><b>{t.yours}</b>" "{slots}</p>
            <div class="fl-panel__buttons">{buttons}</div>
        </div>
    }
    .into_any()
}

fn reason(scene: &Scene, seat: &SeatView, why: WhyNot) -> AnyView {
    let t = &scene.locale.floor().panel;
    let words = match why {
        WhyNot::Yours => return ().into_any(),
        WhyNot::Over => t.over,
        WhyNot::DayClosed => t.day_closed,
        WhyNot::TooFar => t.too_far,
        WhyNot::SeatClosed => t.seat_closed,
        WhyNot::Reserved => t.reserved,
        WhyNot::Taken => t.taken,
    };
    let reserved = scene.chosen.iter().any(|slot| matches!(seat.state_in(slot), SlotState::ReservedFor { .. }));
    let opens_at = zone_of(&scene.view, seat).and_then(|zone| zone.opens_at).filter(|_| reserved);
    let opens = opens_at.map(|at| (t.opens_at)(&dates::moment(scene.locale, at, scene.view.now.date())));
    view! { <p class="fl-panel__why">{words} " " {opens}</p> }.into_any()
}

/// One button that posts. While it is under way it says so, and nothing is shown as done before it is.
fn form(scene: &Scene, post: Post, to: &'static str, fields: Vec<(&'static str, String)>, words: String, rank: Rank) -> AnyView {
    let t = &scene.locale.floor().panel;
    let busy = if to == "booking/reserve" { t.reserving } else { t.working };
    let class = match rank {
        Rank::First => "n-button",
        Rank::Second => "n-button n-button--second",
    };
    let hidden: Vec<_> = fields.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect();
    let back = scene.back();
    let under_way = move || post.pending.get() == Some(to);
    view! {
        <PostForm to=to post=post>
            {hidden}
            <input type="hidden" name="back" value=back />
            <button class=class type="submit" aria-disabled=move || under_way().then_some("true")>
                {move || if under_way() { busy.to_owned() } else { words.clone() }}
            </button>
        </PostForm>
    }
    .into_any()
}
