//! Under the map: what the signs mean and how many there are, when the data is from, and the pause switch (WCAG 2.2.2).

use super::{
    Scene,
    model::{Tone, counts},
    symbols::sign,
};
use crate::i18n::{Locale, dates};
use leptos::prelude::*;

/// What the signs mean, with how many seats have them now.
pub fn legend(scene: &Scene) -> impl IntoView + use<> {
    let t = scene.locale.floor();
    let entries: Vec<_> = counts(&scene.view, scene.chosen)
        .into_iter()
        .map(|(tone, count)| {
            view! {
                <li data-none=(count == 0 && tone != Tone::Free).then_some("")>
                    <span class="fl-legend__mark" data-tone=tone.code()>{sign(tone.symbol())}</span>
                    <span>{word(scene.locale, tone)}</span>
                    " "
                    <b>{count.to_string()}</b>
                </li>
            }
        })
        .collect();
    view! {
        <ul class="fl-legend" aria-label=t.legend>
            {entries}
            <li>
                <span class="fl-legend__mark" data-tone="team" aria-hidden="true">{t.team_sign}</span>
                <span>{t.state.team}</span>
            </li>
        </ul>
    }
}

fn word(locale: Locale, tone: Tone) -> &'static str {
    let t = &locale.floor().state;
    match tone {
        Tone::Free => t.free,
        Tone::Mine | Tone::MinePart => t.mine,
        Tone::Used => t.used,
        Tone::Booked => t.booked,
        Tone::Part => t.part,
        Tone::DutyFree | Tone::DutyHeld => t.duty,
        Tone::Reserved => t.reserved,
        Tone::Closed => t.closed,
    }
}

/// When the data is from.
pub fn updated(scene: &Scene) -> impl IntoView + use<> {
    let words = (scene.locale.floor().updated_at)(&dates::clock(scene.view.now));
    view! { <p class="fl-updated">{words}</p> }
}

/// The pause switch and the quiet line of a lost connection. Needs the program, so it waits for it.
pub fn switch(locale: Locale, paused: RwSignal<bool>, lost: Signal<bool>, running: RwSignal<bool>) -> impl IntoView {
    let t = locale.floor();
    let state = move || if paused.get() { t.live_paused } else { t.live_on };
    let button = move || if paused.get() { t.resume } else { t.pause };
    view! {
        <div class="fl-live" hidden=move || !running.get()>
            <p class="fl-live__lost" role="status">{move || lost.get().then_some(t.offline)}</p>
            <p class="fl-live__state" data-paused=move || paused.get().then_some("")>{state}</p>
            <button type="button" class="fl-live__pause" on:click=move |_| paused.update(|paused| *paused = !*paused)>{button}</button>
        </div>
    }
}
