//! The plan: SVG drawn from data, millimetres as user units. No closure and no effect per seat: a change of the data
//! rebuilds values in place, so nodes, focus and scroll stay, and one listener on the root serves every seat.

use super::{
    Scene,
    model::{Mark, Tone, mark},
    names::seat_name,
    nav::{comfortable_width_px, label_size_mm, text_width_em},
};
use crate::ui::Markup;
use domain::{
    ZoneId,
    floor::{
        Rect, bounds,
        view::{RoomView, SeatView, ZoneView},
    },
};
use leptos::prelude::*;

/// Sizes every seat of a drawing shares, millimetres.
#[derive(Clone, Copy)]
struct Sizes {
    width: i32,
    height: i32,
    label: i32,
}

impl Sizes {
    fn of(scene: &Scene) -> Self {
        let (width, height) = scene.view.seat_size_mm;
        #[expect(clippy::cast_possible_truncation, reason = "a label is a few hundred millimetres high")]
        let label = label_size_mm(&scene.view) as i32;
        Self { width, height, label }
    }
}

/// The map of a floor. The page's listeners find a seat by its `data-seat`.
pub fn plan(scene: &Scene) -> impl IntoView + use<> {
    let view = &scene.view;
    let sizes = Sizes::of(scene);
    let zones: Vec<_> = zone_order(scene).into_iter().map(|zone| zone_group(scene, sizes, zone)).collect();
    let rooms: Vec<_> = view.rooms.iter().map(|room| room_box(scene, sizes, room)).collect();
    let (wall_x, wall_y) = (view.width_mm - 2 * WALL_INSET_MM, view.height_mm - 2 * WALL_INSET_MM);
    let image = view.image.clone().map(|href| {
        view! { <g><image href=href x="0" y="0" width=view.width_mm.to_string() height=view.height_mm.to_string() preserveAspectRatio="none" /></g> }
    });
    let wall = view.image.is_none().then(|| {
        view! {
            <g>
                <rect class="fl-wall" x=WALL_INSET_MM y=WALL_INSET_MM width=wall_x.to_string() height=wall_y.to_string() rx="300" />
            </g>
        }
    });
    let name = (scene.locale.floor().map_of)(&view.floor.name);
    view! {
        <svg
            class=if view.image.is_some() { "fl-plan has-image" } else { "fl-plan" }
            id="plan"
            viewBox=format!("0 0 {} {}", view.width_mm, view.height_mm)
            role="group"
            aria-label=name
            aria-describedby="plan-help"
        >
            {definitions(sizes)}
            {image}
            {wall}
            <g aria-hidden="true">{rooms}</g>
            {zones}
        </svg>
    }
}

const WALL_INSET_MM: i32 = 60;

/// What the drawing's parts refer to: the box and the ring that every seat is drawn with, the hatch of closed seats and
/// the shape that strips are cut to. Once here, so that 500 seats stay a light page.
fn definitions(sizes: Sizes) -> impl IntoView {
    let step = (sizes.height / 7).max(60).to_string();
    let stroke = (sizes.height / 28).max(14).to_string();
    let Sizes { width, height, .. } = sizes;
    let ring = height / 14;
    view! {
        <defs>
            <pattern id="fl-hatch" width=step.clone() height=step.clone() patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <path class="fl-hatch" d=format!("M0 0v{step}") stroke-width=stroke />
            </pattern>
            <rect
                id="fl-seat-box"
                x=(-width / 2).to_string()
                y=(-height / 2).to_string()
                width=width.to_string()
                height=height.to_string()
                rx=corner(sizes)
                vector-effect="non-scaling-stroke"
            />
            <rect
                id="fl-seat-around"
                x=(-width / 2 - ring).to_string()
                y=(-height / 2 - ring).to_string()
                width=(width + 2 * ring).to_string()
                height=(height + 2 * ring).to_string()
                rx=(height / 5).to_string()
                vector-effect="non-scaling-stroke"
            />
            <clipPath id="fl-seat-shape">
                <rect x=(-width / 2).to_string() y=(-height / 2).to_string() width=width.to_string() height=height.to_string() rx=corner(sizes) />
            </clipPath>
        </defs>
    }
}

fn corner(sizes: Sizes) -> String {
    (sizes.height / 6).to_string()
}

/// Zones in the order of the list, then the seats outside every zone.
fn zone_order(scene: &Scene) -> Vec<Option<ZoneId>> {
    let mut order: Vec<Option<ZoneId>> = Vec::new();
    for seat in &scene.view.seats {
        if order.last() != Some(&seat.zone) && !order.contains(&seat.zone) {
            order.push(seat.zone);
        }
    }
    order
}

fn zone_group(scene: &Scene, sizes: Sizes, zone: Option<ZoneId>) -> impl IntoView + use<> {
    let of_zone = || scene.view.seats.iter().filter(move |seat| seat.zone == zone);
    let seats: Vec<_> = of_zone().map(|seat| seat_mark(scene, sizes, seat)).collect();
    let drawn = zone.and_then(|zone| scene.view.zones.iter().find(|other| other.id == zone));
    let ground = drawn.map(|zone| zone_ground(scene, sizes, zone, bounds(of_zone().map(|seat| seat.at), 0).unwrap_or(zone.area)));
    let name = drawn.map_or_else(|| scene.locale.floor().table.no_zone.to_owned(), |zone| zone.name.clone());
    view! {
        <g role="group" aria-label=name>
            {ground}
            {seats}
        </g>
    }
}

/// The soft rectangle of a zone with its name and what it is planned for.
fn zone_ground(scene: &Scene, sizes: Sizes, zone: &ZoneView, inner: Rect) -> impl IntoView + use<> {
    let t = scene.locale.floor();
    let gap = sizes.height / 4;
    let title = sizes.label * 115 / 100;
    let area = Rect {
        x_mm: inner.x_mm - sizes.width / 2 - gap,
        y_mm: inner.y_mm - sizes.height / 2 - title * 175 / 100,
        width_mm: inner.width_mm + sizes.width + 2 * gap,
        height_mm: inner.height_mm + sizes.height + title * 175 / 100 + gap,
    };
    let count = if zone.members > 0 { (t.seats_for)(zone.seats, zone.members) } else { (t.seats_only)(zone.seats) };
    let room = f64::from(area.width_mm - 2 * gap);
    let name_em = text_width_em(&zone.name).max(1.0);
    let name_size = f64::from(title).min(room / name_em);
    let count_size = f64::from(sizes.label) * 0.9;
    // The list says it too, so a zone too narrow for both keeps its name.
    let count = if name_size * (name_em + 0.8) + count_size * text_width_em(&count) <= room { count } else { String::new() };
    let base = area.y_mm + title * 125 / 100;
    let mine = if zone.mine { "fl-zone is-home" } else { "fl-zone" };
    view! {
        <g class=mine aria-hidden="true">
            <rect
                class="fl-zone__ground"
                x=area.x_mm.to_string()
                y=area.y_mm.to_string()
                width=area.width_mm.to_string()
                height=area.height_mm.to_string()
                rx=(gap).to_string()
            />
            <text class="fl-zone__name" x=(area.x_mm + gap).to_string() y=base.to_string() font-size=format!("{name_size:.0}")>
                {zone.name.clone()}
            </text>
            <text class="fl-zone__count" x=(area.x_mm + area.width_mm - gap).to_string() y=base.to_string() font-size=format!("{count_size:.0}")>
                {count}
            </text>
        </g>
    }
}

/// A room with its name and how many people it holds, where they can be read.
fn room_box(scene: &Scene, sizes: Sizes, room: &RoomView) -> impl IntoView + use<> {
    let area = room.area;
    let label = f64::from(sizes.label);
    let size = (label * 1.05).min(f64::from(area.width_mm) * 0.92 / text_width_em(&room.name).max(1.0)).min(f64::from(area.height_mm) * 0.4);
    let name = if size < label * 0.7 { String::new() } else { room.name.clone() };
    let two_lines = !name.is_empty() && f64::from(area.height_mm) > size * 3.2;
    let people = if two_lines { (scene.locale.floor().room_for)(room.capacity) } else { String::new() };
    let middle = f64::from(area.y_mm + area.height_mm / 2) + size * if two_lines { -0.2 } else { 0.36 };
    let x = (area.x_mm + area.width_mm / 2).to_string();
    view! {
        <g class="fl-room">
            <rect x=area.x_mm.to_string() y=area.y_mm.to_string() width=area.width_mm.to_string() height=area.height_mm.to_string() rx="120" />
            <text x=x.clone() y=format!("{middle:.0}") font-size=format!("{size:.0}")>
                {name}
            </text>
            <text x=x y=format!("{:.0}", middle + size * 1.3) font-size=format!("{:.0}", size * 0.9)>
                {people}
            </text>
        </g>
    }
}

/// One seat: a link that opens its panel, with or without the program running.
fn seat_mark(scene: &Scene, sizes: Sizes, seat: &SeatView) -> impl IntoView + use<> {
    let mark = mark(seat, scene.chosen);
    let tone = mark.tone.code();
    let team = is_team(seat, scene);
    let row = Row::of(sizes, &mark.initial);
    let mut made = Markup::default();
    made.raw("<a id=\"seat-").number(seat.id.0).raw("\" class=\"fl-seat\" data-seat=\"").number(seat.id.0).raw("\" data-tone=\"").raw(tone);
    if team.is_some() {
        made.raw("\" data-team=\"yes");
    }
    made.raw("\" href=\"").text(&scene.query.at_seat(Some(seat.id)).href(scene.view.floor.id)).raw("#panel\" tabindex=\"");
    made.raw(if scene.tab_stop == Some(seat.id) { "0" } else { "-1" }).raw("\" aria-label=\"");
    made.text(&seat_name(scene.locale, &scene.view, seat, scene.chosen, scene.query.seat));
    if scene.query.seat == Some(seat.id) {
        made.raw("\" aria-current=\"true");
    }
    made.raw("\">");
    seat_box(&mut made, sizes, seat, &mark, row);
    made.raw("</a>");
    who(&mut made, sizes, &mark, team, row);
    view! { <g transform=format!("translate({} {})", seat.at.x_mm, seat.at.y_mm) inner_html=made.finish()></g> }
}

/// The lower half of a seat: its sign, and the initial beside it.
#[derive(Clone, Copy)]
struct Row {
    x: i32,
    y: i32,
    sign: i32,
}

impl Row {
    fn of(sizes: Sizes, initial: &str) -> Self {
        let sign = sizes.height * 34 / 100;
        #[expect(clippy::cast_possible_truncation, reason = "a few hundred millimetres")]
        let beside = (text_width_em(initial) * f64::from(sizes.label)) as i32;
        let width = sign + if initial.is_empty() { 0 } else { beside + sizes.label / 5 };
        Self { x: -width / 2, y: sizes.height * 23 / 100, sign }
    }
}

fn seat_box(made: &mut Markup, sizes: Sizes, seat: &SeatView, mark: &Mark, row: Row) {
    made.raw(r##"<use class="fl-seat__ring" href="#fl-seat-around"/><use class="fl-seat__base" href="#fl-seat-box"/>"##);
    strip_rects(made, sizes, &mark.strips);
    if mark.tone == Tone::Closed {
        made.raw(r##"<use href="#fl-seat-box" fill="url(#fl-hatch)"/>"##);
    }
    made.raw(r##"<use class="fl-seat__edge" href="#fl-seat-box"/><text class="fl-seat__label" y=""##)
        .number(-sizes.height * 7 / 100)
        .raw("\" font-size=\"")
        .number(sizes.label)
        .raw("\">")
        .text(&seat.label)
        .raw("</text><use class=\"fl-seat__sign\" href=\"")
        .text(mark.symbol.href())
        .raw("\" x=\"")
        .number(row.x)
        .raw("\" y=\"")
        .number(row.y - row.sign / 2)
        .raw("\" width=\"")
        .number(row.sign)
        .raw("\" height=\"")
        .number(row.sign)
        .raw("\"/>");
}

/// The holder's initial, outside the link: a link's visible words must be those of its name, and the name has the whole surname.
fn who(made: &mut Markup, sizes: Sizes, mark: &Mark, team: Option<&'static str>, row: Row) {
    if mark.initial.is_empty() {
        return;
    }
    made.raw("<text class=\"fl-seat__who\" aria-hidden=\"true\" data-tone=\"").text(mark.tone.code());
    if team.is_some() {
        made.raw("\" data-team=\"yes");
    }
    made.raw("\" x=\"")
        .number(row.x + row.sign + sizes.label / 5)
        .raw("\" y=\"")
        .number(row.y + sizes.label * 36 / 100)
        .raw("\" font-size=\"")
        .number(sizes.label)
        .raw("\">")
        .text(&mark.initial)
        .raw("</text>");
}

/// One fill per slot, from the morning on the left to the evening on the right.
fn strip_rects(made: &mut Markup, sizes: Sizes, strips: &[Tone]) {
    let count = i32::try_from(strips.len()).unwrap_or(1).max(1);
    let left = move |index: i32| -sizes.width / 2 + sizes.width * index / count;
    for (index, tone) in (0..).zip(strips) {
        made.raw("<g clip-path=\"url(#fl-seat-shape)\"><rect class=\"fl-strip\" data-tone=\"")
            .text(tone.code())
            .raw("\" x=\"")
            .number(left(index))
            .raw("\" y=\"")
            .number(-sizes.height / 2)
            .raw("\" width=\"")
            .number(left(index + 1) - left(index))
            .raw("\" height=\"")
            .number(sizes.height)
            .raw("\"/></g>");
    }
}

/// Marks seats of the viewer's colleagues.
fn is_team(seat: &SeatView, scene: &Scene) -> Option<&'static str> {
    scene.chosen.iter().filter_map(|slot| super::model::holder(seat, slot)).any(|who| who.team).then_some("yes")
}

/// Invisible, as wide as the drawing must be for fingers and eyes, or as it was zoomed to; the plan fills what it opens.
pub fn spacer(scene: &Scene, zoomed_to_px: Option<u32>) -> impl IntoView + use<> {
    let width = zoomed_to_px.unwrap_or_else(|| comfortable_width_px(&scene.view));
    view! { <svg class="fl-spacer" width=width.to_string() height="1" aria-hidden="true" focusable="false" /> }
}
