//! The hands of the page in the browser: which seat an event means, and carrying the focus. Everything about what should
//! happen is decided elsewhere.

use domain::SeatId;
use leptos::{ev, prelude::*};
use std::time::Duration;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node, SvgElement};

/// The seat an event happened on.
pub fn seat_of(event: &ev::Event) -> Option<SeatId> {
    let target: Element = event.target()?.dyn_into().ok()?;
    target.closest("[data-seat]").ok()??.get_attribute("data-seat")?.parse().ok()
}

/// Whether a link was pressed that leads to the list.
pub fn leads_to_list(event: &ev::Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    target.and_then(|target| target.closest("[data-to='list']").ok()).flatten().is_some()
}

/// Whether a press is for the page and not for the browser (another tab, another window).
pub fn is_plain(event: &ev::MouseEvent) -> bool {
    event.button() == 0 && !event.ctrl_key() && !event.meta_key() && !event.shift_key() && !event.alt_key() && !event.default_prevented()
}

/// Moves the map's one Tab stop and the focus to a seat.
pub fn go_to(seat: SeatId) {
    if let Ok(Some(before)) = document().query_selector("#plan [data-seat][tabindex='0']") {
        let _ = before.set_attribute("tabindex", "-1");
    }
    if let Some(element) = document().get_element_by_id(&format!("seat-{seat}")) {
        let _ = element.set_attribute("tabindex", "0");
        focus(&element);
    }
}

/// Gives the focus to the seat in the map, or in the list where the map is not shown.
pub fn return_to(seat: SeatId) {
    let in_map = document().get_element_by_id(&format!("seat-{seat}")).filter(|element| element.get_bounding_client_rect().width() > 0.0);
    let in_list = || document().query_selector(&format!("#list [data-seat='{seat}']")).ok().flatten();
    if let Some(element) = in_map.or_else(in_list) {
        focus(&element);
    }
}

/// Gives the focus to a part of the page once it is drawn.
pub fn focus_soon(id: &'static str) {
    set_timeout(
        move || {
            if let Some(element) = document().get_element_by_id(id) {
                focus(&element);
            }
        },
        Duration::from_millis(60),
    );
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    } else if let Some(element) = element.dyn_ref::<SvgElement>() {
        let _ = element.focus();
    }
}

/// Gives the focus back after the coming redraw: a seat that changed is put in anew, in the map and in the list.
pub fn keep_focus() {
    let Some(active) = document().active_element() else { return };
    // A button of the list names its seat too; when it goes, its row's link has the focus.
    let Some(seat) = active.get_attribute("data-seat").or_else(|| active.get_attribute("value")) else { return };
    let Some(part) = active.closest("#plan, #list").ok().flatten().map(|part| part.id()) else { return };
    let place = format!("#{part} [data-seat='{seat}']");
    let restore = move || {
        let lost = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        if let Some(element) = document().query_selector(&place).ok().flatten().filter(|_| lost) {
            focus(&element);
        }
    };
    for wait_ms in [20, 150] {
        set_timeout(restore.clone(), Duration::from_millis(wait_ms));
    }
}

/// Whether the page's focus is inside a part of it.
pub fn has_focus(id: &str) -> bool {
    let active = document().active_element();
    let part = document().get_element_by_id(id);
    part.zip(active).is_some_and(|(part, active)| part.contains(Some(active.unchecked_ref::<Node>())))
}

/// Width of the drawing on the screen, px.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a width on a screen")]
pub fn plan_width() -> Option<u32> {
    document().get_element_by_id("plan").map(|plan| plan.get_bounding_client_rect().width().round() as u32)
}

/// Brings a seat into view inside the map's own scroll box, once, without moving the page.
pub fn reveal(seat: SeatId) {
    let Some(element) = document().get_element_by_id(&format!("seat-{seat}")) else { return };
    let Ok(Some(scroll)) = element.closest(".fl-map__scroll") else { return };
    let (seat, view) = (element.get_bounding_client_rect(), scroll.get_bounding_client_rect());
    let aside = seat.left() < view.left() || seat.right() > view.right();
    if aside && view.width() > 0.0 {
        #[expect(clippy::cast_possible_truncation, reason = "a distance on a screen")]
        let by = (seat.left() - view.left() - view.width() / 2.0) as i32;
        scroll.set_scroll_left(scroll.scroll_left() + by);
    }
}
