//! The floor page: a plan drawn from data, its list twin, and the panel of one seat. `model`, `nav`, `keys`, `offers`, `names` and
//! `query` decide without a framework; `map`, `list`, `panel` and `header` draw what they decided.

pub mod api;
mod header;
#[cfg(any(feature = "hydrate", test))]
mod keys;
mod list;
mod live_bar;
mod map;
mod model;
mod names;
mod nav;
mod offers;
mod page;
mod panel;
mod query;
#[cfg(test)]
mod sample;
#[cfg(any(feature = "hydrate", test))]
mod speak;
mod symbols;
#[cfg(feature = "hydrate")]
mod touch;

pub use page::{FloorIndexPage, FloorPage};
pub use query::{FloorQuery, Show, SlotChoice, ViewChoice};

use crate::i18n::Locale;
use domain::{SeatId, Slots, floor::view::FloorView};
use std::sync::Arc;

/// Everything one drawing of the page depends on.
#[derive(Clone)]
struct Scene {
    /// The language.
    locale: Locale,
    /// The floor on the day.
    view: Arc<FloorView>,
    /// What the address asks for.
    query: FloorQuery,
    /// The slots the page is about.
    chosen: Slots,
    /// The map's one Tab stop.
    tab_stop: Option<SeatId>,
}

impl Scene {
    fn new(locale: Locale, view: Arc<FloorView>, query: FloorQuery, last: Option<SeatId>) -> Self {
        let chosen = query::chosen_slots(&query, &view);
        let tab_stop = nav::tab_stop(&view, last, query.seat);
        Self { locale, view, query, chosen, tab_stop }
    }

    /// The address of a choice on this floor.
    fn href(&self, query: &FloorQuery) -> String {
        query.href(self.view.floor.id)
    }

    /// The page as it is, for forms to come back to.
    fn back(&self) -> String {
        self.href(&self.query)
    }
}
