//! The list twin: every seat of the map in the same order, zone by zone, complete without the map and without the program.

use super::{
    Scene,
    model::{mark, slot_tone},
    names::{attribute_codes, attributes, has, slot_short, state_words},
    offers::{Extent, TakeOffer, offers},
    query::{FloorQuery, Show, remaining_slots, slot_codes},
    symbols::sign_markup,
};
use crate::{
    i18n::{common, dates},
    routes,
    ui::{Markup, Post, PostForm},
};
use domain::{Slot, ZoneId, floor::view::SeatView};
use leptos::prelude::*;

/// Above this many slots a day the list says the state in one column.
const SLOT_COLUMNS: usize = 3;

/// The list with its filter.
pub fn list(scene: &Scene, post: Post) -> impl IntoView + use<> {
    let t = &scene.locale.floor().table;
    let shown: Vec<&SeatView> = scene.view.seats.iter().filter(|seat| is_listed(scene, seat)).collect();
    let listed = (t.listed)(shown.len(), scene.view.seats.len());
    let nothing = shown.is_empty().then(|| view! { <p class="fl-list__none">{t.nothing}</p> });
    let body = (!shown.is_empty()).then(|| table(scene, &shown, post));
    view! {
        <section class="fl-card fl-list" id="list" tabindex="-1" aria-labelledby="list-title">
            <h2 id="list-title">{scene.locale.floor().choose_from_list}</h2>
            {filter(scene)}
            <p class="fl-list__count">{listed}</p>
            {nothing}
            {body}
        </section>
    }
}

fn is_listed(scene: &Scene, seat: &SeatView) -> bool {
    let free = scene.query.show == Show::Every || offers(&scene.view, seat, scene.chosen).take.is_ok();
    free && scene.query.with.as_ref().is_none_or(|wanted| has(seat, wanted))
}

/// A plain GET form: the filter is part of the address.
fn filter(scene: &Scene) -> impl IntoView + use<> {
    let t = &scene.locale.floor().table;
    let rest = FloorQuery { show: Show::Every, with: None, ..scene.query.clone() };
    let hidden: Vec<_> = rest.pairs().into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect();
    let options: Vec<_> = attribute_codes(&scene.view)
        .into_iter()
        .map(|code| {
            let selected = scene.query.with.as_ref() == Some(&code);
            view! { <option value=code.clone() selected=selected>{common::attribute(scene.locale, &code)}</option> }
        })
        .collect();
    let filtered = scene.query.show == Show::FreeOnly || scene.query.with.is_some();
    let clear = filtered.then(|| view! { <a href=scene.href(&rest)>{t.clear}</a> });
    view! {
        <form class="fl-filter" method="get" action=routes::floor(scene.view.floor.id, &routes::FloorAt::default())>
            {hidden}
            <label class="fl-filter__free">
                <input type="checkbox" name="free" value="1" checked=scene.query.show == Show::FreeOnly />
                <span>{t.free_only}</span>
            </label>
            <label class="fl-filter__with">
                <span>{t.with}</span>
                <select name="with">
                    <option value="">{t.any}</option>
                    {options}
                </select>
            </label>
            <button class="n-button n-button--second n-button--small" type="submit">{t.apply}</button>
            {clear}
        </form>
    }
}

/// One form around the whole table: each row's button names its seat, so 500 rows need one listener.
fn table(scene: &Scene, shown: &[&SeatView], post: Post) -> impl IntoView + use<> {
    let t = &scene.locale.floor().table;
    let groups: Vec<_> = zones_in_order(shown).into_iter().map(|zone| zone_rows(scene, shown, zone)).collect();
    let heads: Vec<_> = if scene.view.grid.len() <= SLOT_COLUMNS {
        scene.view.grid.iter().map(|time| dates::slot(scene.locale, time)).collect()
    } else {
        vec![dates::slots(scene.locale, &scene.view.grid, scene.chosen)]
    };
    let heads: Vec<_> = heads.into_iter().map(|name| view! { <th scope="col">{name}</th> }).collect();
    let wanted = scene.chosen.both(remaining_slots(&scene.view));
    let slots = slot_codes(&scene.view, wanted);
    // Only who holds a seat in these slots asks to move; the rows say so.
    let moves = scene.view.mine.iter().any(|place| place.state.is_live() && !place.slots.both(wanted).is_empty());
    let change = moves.then(|| view! { <input type="hidden" name="instead" value="move" /> });
    let (date, back) = (scene.view.day.on.to_string(), scene.back());
    let name = (scene.locale.floor().heading)(&scene.view.floor.site_name, &scene.view.floor.name);
    let head = view! { <tr><th scope="col">{t.seat}</th>{heads}<th scope="col" class="fl-list__attributes">{t.attributes}</th><th scope="col" class="fl-list__action">{t.action}</th></tr> };
    view! {
        <PostForm to="booking/reserve" post=post class="fl-list__form">
            <input type="hidden" name="date" value=date />
            <input type="hidden" name="slots" value=slots />
            {change}
            <input type="hidden" name="back" value=back />
            <div class="fl-list__scroll">
                <table aria-label=name>
                    <thead>{head}</thead>
                    {groups}
                </table>
            </div>
        </PostForm>
    }
}

fn zones_in_order(shown: &[&SeatView]) -> Vec<Option<ZoneId>> {
    let mut order = Vec::new();
    for seat in shown {
        if !order.contains(&seat.zone) {
            order.push(seat.zone);
        }
    }
    order
}

fn zone_rows(scene: &Scene, shown: &[&SeatView], zone: Option<ZoneId>) -> impl IntoView + use<> {
    let t = scene.locale.floor();
    let found = zone.and_then(|zone| scene.view.zones.iter().find(|other| other.id == zone));
    let name = found.map_or_else(|| t.table.no_zone.to_owned(), |zone| zone.name.clone());
    let count = found.map(|zone| if zone.members > 0 { (t.seats_for)(zone.seats, zone.members) } else { (t.seats_only)(zone.seats) });
    let columns = 3 + if scene.view.grid.len() <= SLOT_COLUMNS { scene.view.grid.len() } else { 1 };
    let rows: Vec<_> = shown.iter().filter(|seat| seat.zone == zone).map(|seat| row(scene, seat)).collect();
    view! {
        <tbody>
            <tr class="fl-list__zone">
                <th scope="rowgroup" colspan=columns.to_string()>
                    <h3>{name}</h3>
                    <span>{count}</span>
                </th>
            </tr>
            {rows}
        </tbody>
    }
}

/// One string a row: a page of 500 seats is drawn in a third of the time, and only rows that changed are put in anew.
fn row(scene: &Scene, seat: &SeatView) -> impl IntoView + use<> {
    let t = &scene.locale.floor().table;
    let has = attributes(scene.locale, seat);
    let href = format!("{}#panel", scene.href(&scene.query.at_seat(Some(seat.id))));
    let mut made = Markup::default();
    made.raw("<th scope=\"row\"><a class=\"fl-list__seat\" data-seat=\"").number(seat.id.0).raw("\" href=\"").text(&href);
    made.raw("\" aria-label=\"").text(&(t.details_of)(&seat.label)).raw("\">").text(&seat.label);
    made.raw("</a><small class=\"fl-list__has\">").text(&has).raw("</small></th>");
    if scene.view.grid.len() <= SLOT_COLUMNS {
        for at in (0u8..).take(scene.view.grid.len()) {
            slot_cell(&mut made, scene, seat, Slot(at));
        }
    } else {
        state_cell(&mut made, scene, seat);
    }
    made.raw("<td class=\"fl-list__attributes\">").text(&has).raw("</td><td class=\"fl-list__action\">");
    action(&mut made, scene, seat);
    made.raw("</td>");
    let selected = scene.query.seat == Some(seat.id);
    view! { <tr data-tone=mark(seat, scene.chosen).tone.code() aria-current=selected.then_some("true") inner_html=made.finish()></tr> }
}

fn slot_cell(made: &mut Markup, scene: &Scene, seat: &SeatView, slot: Slot) {
    let tone = slot_tone(seat, slot);
    let who = super::model::holder(seat, slot).map(|who| who.name.as_str());
    let word = slot_short(scene.locale, &scene.view, seat, slot);
    // A name says that the seat is taken; the word stays for those who cannot see the sign.
    let word_class = if who.is_some() { "n-hidden" } else { "fl-list__word" };
    made.raw("<td data-tone=\"").raw(tone.code()).raw("\">");
    sign_markup(made, tone.symbol());
    made.raw("<span class=\"").raw(word_class).raw("\">").text(&word).raw("</span>");
    made.raw("<span class=\"fl-list__who\">").text(who.unwrap_or_default()).raw("</span></td>");
}

fn state_cell(made: &mut Markup, scene: &Scene, seat: &SeatView) {
    let mark = mark(seat, scene.chosen);
    made.raw("<td data-tone=\"").raw(mark.tone.code()).raw("\">");
    sign_markup(made, mark.symbol);
    made.raw("<span class=\"fl-list__word\">").text(&state_words(scene.locale, &scene.view, seat, scene.chosen)).raw("</span></td>");
}

/// The one tap of a row, when the seat is free for all that was chosen; the row's label leads to everything else.
fn action(made: &mut Markup, scene: &Scene, seat: &SeatView) {
    let t = &scene.locale.floor().table;
    let offer = offers(&scene.view, seat, scene.chosen).take.ok().filter(|offer| offer.extent == Extent::Whole);
    let Some(TakeOffer { gives_up, .. }) = offer else { return };
    let (word, name) = if gives_up.is_empty() { (t.reserve, (t.reserve_seat)(&seat.label)) } else { (t.change, (t.change_seat)(&seat.label)) };
    made.raw("<button class=\"fl-take\" type=\"submit\" name=\"seat\" value=\"")
        .number(seat.id.0)
        .raw("\" aria-label=\"")
        .text(&name)
        .raw("\">")
        .text(word)
        .raw("</button>");
}
