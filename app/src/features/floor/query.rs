//! What of the floor page lives in its address: day, slots, seat, view and filters. Everything that a person can
//! choose here can be linked, shared and used without JavaScript.

use crate::routes;
use chrono::{NaiveDate, Timelike};
use domain::{FloorId, SeatId, Slot, Slots, floor::view::FloorView};

/// Which slots the page looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SlotChoice {
    /// Nothing chosen: what is left of today, or the whole of another day.
    #[default]
    Sensible,
    /// 終日.
    All,
    /// These slot words.
    These(Vec<String>),
}

/// Which of the two renderings a narrow screen shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ViewChoice {
    /// Nothing chosen: both on a wide screen, the list on a narrow one.
    #[default]
    Both,
    /// 一覧.
    List,
    /// 図.
    Map,
}

/// Whether the list leaves out seats that cannot be taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Show {
    /// Every seat.
    #[default]
    Every,
    /// 空席だけ.
    FreeOnly,
}

/// The query part of the floor page's address.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FloorQuery {
    /// The day; `None` is today or the next open day.
    pub on: Option<NaiveDate>,
    /// The slots.
    pub slots: SlotChoice,
    /// The seat whose panel is open.
    pub seat: Option<SeatId>,
    /// Map or list.
    pub view: ViewChoice,
    /// Filter of the list.
    pub show: Show,
    /// The attribute every listed seat must have.
    pub with: Option<String>,
}

impl FloorQuery {
    /// Reads the parameters of an address; what makes no sense counts as not given.
    pub fn parse(get: impl Fn(&str) -> Option<String>) -> Self {
        let slots = match get("slots").as_deref() {
            None | Some("") => SlotChoice::Sensible,
            Some("all") => SlotChoice::All,
            Some(codes) => SlotChoice::These(codes.split(['.', ',']).filter(|code| !code.is_empty()).map(|code| code.chars().take(16).collect()).collect()),
        };
        let view = match get("view").as_deref() {
            Some("list") => ViewChoice::List,
            Some("map") => ViewChoice::Map,
            _ => ViewChoice::Both,
        };
        Self {
            on: get("date").and_then(|date| date.parse().ok()),
            slots,
            seat: get("seat").and_then(|seat| seat.parse().ok()),
            view,
            show: if get("free").is_some_and(|free| !free.is_empty()) { Show::FreeOnly } else { Show::Every },
            with: get("with").filter(|with| !with.is_empty()).map(|with| with.chars().take(64).collect()),
        }
    }

    /// The address of this choice on a floor.
    pub fn href(&self, floor: FloorId) -> String {
        let pairs: Vec<String> = self.pairs().into_iter().map(|(name, value)| format!("{name}={}", routes::encode(&value))).collect();
        let path = routes::floor(floor, &routes::FloorAt::default());
        if pairs.is_empty() { path } else { format!("{path}?{}", pairs.join("&")) }
    }

    /// The parameters, in a fixed order; used for links and for the hidden fields of the filter form.
    pub fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = Vec::new();
        if let Some(on) = self.on {
            pairs.push(("date", on.to_string()));
        }
        match &self.slots {
            SlotChoice::Sensible => {}
            SlotChoice::All => pairs.push(("slots", "all".into())),
            SlotChoice::These(codes) => pairs.push(("slots", codes.join(","))),
        }
        match self.view {
            ViewChoice::Both => {}
            ViewChoice::List => pairs.push(("view", "list".into())),
            ViewChoice::Map => pairs.push(("view", "map".into())),
        }
        if self.show == Show::FreeOnly {
            pairs.push(("free", "1".into()));
        }
        if let Some(with) = &self.with {
            pairs.push(("with", with.clone()));
        }
        if let Some(seat) = self.seat {
            pairs.push(("seat", seat.to_string()));
        }
        pairs
    }

    /// The same page with another seat's panel.
    #[must_use]
    pub fn at_seat(&self, seat: Option<SeatId>) -> Self {
        Self { seat, ..self.clone() }
    }

    /// The same page on another day.
    #[must_use]
    pub fn on_day(&self, on: NaiveDate) -> Self {
        Self { on: Some(on), ..self.clone() }
    }

    /// The same page for other slots.
    #[must_use]
    pub fn in_slots(&self, slots: SlotChoice) -> Self {
        Self { slots, ..self.clone() }
    }

    /// The same page as map or list.
    #[must_use]
    pub fn seen_as(&self, view: ViewChoice) -> Self {
        Self { view, ..self.clone() }
    }
}

/// The slots that the page is about: those chosen, or what is left of today, or the whole day.
#[must_use]
pub fn chosen_slots(query: &FloorQuery, view: &FloorView) -> Slots {
    let all = Slots::first(view.grid.len());
    let chosen = match &query.slots {
        SlotChoice::All => all,
        SlotChoice::Sensible => remaining_slots(view),
        SlotChoice::These(codes) => slots_named(view, codes),
    };
    if chosen.is_empty() { all } else { chosen }
}

/// The slots of the shown day that have not ended.
#[must_use]
pub fn remaining_slots(view: &FloorView) -> Slots {
    let all = Slots::first(view.grid.len());
    if view.day.past {
        return Slots::EMPTY;
    }
    if !view.day.today {
        return all;
    }
    let minute = view.now.hour() * 60 + view.now.minute();
    all.iter().filter(|slot| view.grid.get(usize::from(slot.0)).is_some_and(|time| minute < u32::from(time.end_minute))).collect()
}

/// The slot under way on the shown day, or the next to begin; `None` unless it is today and the day is not over.
#[must_use]
pub fn slot_now(view: &FloorView) -> Option<Slot> {
    if view.day.today { remaining_slots(view).iter().next() } else { None }
}

fn slots_named(view: &FloorView, codes: &[String]) -> Slots {
    (0u8..).zip(&view.grid).filter(|(_, time)| codes.contains(&time.code)).map(|(at, _)| Slot(at)).collect()
}

/// The words of a set of slots, as booking forms send them.
#[must_use]
pub fn slot_codes(view: &FloorView, slots: Slots) -> String {
    let codes: Vec<&str> = slots.iter().filter_map(|slot| view.grid.get(usize::from(slot.0))).map(|time| time.code.as_str()).collect();
    codes.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::floor::sample::{floor, wall};

    fn query(pairs: &[(&str, &str)]) -> FloorQuery {
        FloorQuery::parse(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn an_address_survives_the_round_trip() {
        let read = query(&[("date", "2026-11-24"), ("slots", "am"), ("seat", "12"), ("view", "map"), ("free", "1"), ("with", "外部")]);
        let href = read.href(FloorId(2));
        assert_eq!(href, "/floors/2?date=2026-11-24&slots=am&view=map&free=1&with=%E5%A4%96%E9%83%A8&seat=12");
    }

    #[test]
    fn nonsense_counts_as_not_given() {
        assert_eq!(query(&[("date", "tomorrow"), ("seat", "x"), ("view", "3d"), ("slots", "")]), FloorQuery::default());
    }

    #[test]
    fn without_a_choice_today_offers_what_is_left() {
        let mut view = floor();
        let (am, pm) = (Slots::only(Slot(0)), Slots::only(Slot(1)));
        assert_eq!(chosen_slots(&FloorQuery::default(), &view), am.union(pm), "another day: the whole of it");
        view.day.today = true;
        view.now = wall(13, 30);
        assert_eq!(chosen_slots(&FloorQuery::default(), &view), pm);
        assert_eq!(slot_now(&view), Some(Slot(1)));
        view.now = wall(18, 0);
        assert_eq!(chosen_slots(&FloorQuery::default(), &view), am.union(pm), "the day is over: show it as it was");
        assert_eq!(slot_now(&view), None);
    }

    #[test]
    fn a_chosen_half_day_is_read_from_the_grid() {
        let view = floor();
        assert_eq!(chosen_slots(&query(&[("slots", "pm")]), &view), Slots::only(Slot(1)));
        assert_eq!(chosen_slots(&query(&[("slots", "h09")]), &view), Slots::first(2), "unknown words mean the whole day");
        assert_eq!(slot_codes(&view, Slots::first(2)), "am.pm");
    }
}
