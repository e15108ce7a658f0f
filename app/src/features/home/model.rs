//! What the home page works out of its view.

use crate::i18n::Locale;
use chrono::{NaiveDateTime, Timelike};
use domain::{
    Slot, SlotTime, Slots,
    booking::{
        State,
        view::{HomeView, WeekDay},
    },
    floor::view::MyPlace,
    site::Closed,
};

/// What one person finds in one part of one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    /// A seat.
    Place(Box<MyPlace>),
    /// Nothing yet; it can be chosen.
    Choose,
    /// Nothing, and it is too late or too early to choose.
    Nothing,
}

/// One row of my week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Row {
    /// A closed day without a booking.
    Closed(Closed),
    /// One cell for each slot; equal neighbours are one cell over several slots.
    Open(Vec<(Cell, u32)>),
}

/// The greeting of the hour.
#[must_use]
pub fn greeting(locale: Locale, now: NaiveDateTime, name: &str) -> String {
    let t = locale.booking();
    match now.hour() {
        4..=10 => (t.good_morning)(name),
        11..=16 => (t.good_day)(name),
        _ => (t.good_evening)(name),
    }
}

/// Whether today's card comes before the proposal: there is something to do at a seat today.
#[must_use]
pub fn today_first(home: &HomeView) -> bool {
    home.today.iter().any(|place| place.can_check_in || place.state == State::CheckedIn)
}

/// What the person already holds on the proposal's day.
#[must_use]
pub fn held_on_that_day(home: &HomeView) -> Vec<MyPlace> {
    home.week.iter().filter(|day| day.day.on == home.for_day.on).flat_map(|day| day.places.iter().filter(|place| place.state.is_live()).cloned()).collect()
}

/// A row of my week.
#[must_use]
pub fn row(day: &WeekDay, grid: &[SlotTime], now: NaiveDateTime) -> Row {
    if let (Some(closed), true) = (&day.day.closed, day.places.is_empty()) {
        return Row::Closed(closed.clone());
    }
    let minute = now.hour() * 60 + now.minute();
    let mut cells: Vec<(Cell, u32)> = Vec::new();
    for (at, time) in (0u8..).zip(grid) {
        let held = day.places.iter().find(|place| place.slots.contains(Slot(at)));
        let over = day.day.past || (day.day.today && u32::from(time.end_minute) <= minute);
        let cell = match held {
            Some(place) => Cell::Place(Box::new(place.clone())),
            None if over || day.day.too_far || day.day.closed.is_some() => Cell::Nothing,
            None => Cell::Choose,
        };
        match cells.last_mut() {
            Some((Cell::Place(before), span)) if matches!(&cell, Cell::Place(place) if place.booking == before.booking) => *span += 1,
            _ => cells.push((cell, 1)),
        }
    }
    Row::Open(cells)
}

/// Words of slots as addresses and forms carry them.
#[must_use]
pub fn slot_codes(grid: &[SlotTime], slots: Slots) -> Vec<String> {
    slots.iter().filter_map(|slot| grid.get(usize::from(slot.0))).map(|time| time.code.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::NaiveDate;
    use domain::{BookingId, FloorId, Grid, SeatId, booking::view::DayLabel};

    fn on() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 11, 24).unwrap()
    }

    fn day(places: Vec<MyPlace>, today: bool) -> WeekDay {
        WeekDay { day: DayLabel { on: on(), closed: None, today, past: false, too_far: false }, places }
    }

    fn place(booking: i64, slots: Slots) -> MyPlace {
        MyPlace {
            booking: BookingId(booking),
            seat: SeatId(1),
            seat_label: "A01".into(),
            zone_name: None,
            floor: FloorId(1),
            floor_name: "2階".into(),
            on: on(),
            slots,
            state: State::Booked,
            can_check_in: false,
            check_in_opens_at: None,
        }
    }

    #[test]
    fn a_whole_day_is_one_cell() {
        let grid = Grid::half_days();
        let now = on().and_hms_opt(7, 0, 0).unwrap();
        let whole = day(vec![place(1, grid.all())], true);
        assert!(matches!(row(&whole, grid.times(), now), Row::Open(cells) if cells.len() == 1 && cells[0].1 == 2));
        let half = day(vec![place(1, Slots::only(Slot(0)))], true);
        assert!(matches!(row(&half, grid.times(), now), Row::Open(cells) if cells.len() == 2 && cells[1].0 == Cell::Choose));
    }

    #[test]
    fn what_is_over_cannot_be_chosen() {
        let grid = Grid::half_days();
        let afternoon = on().and_hms_opt(13, 30, 0).unwrap();
        let Row::Open(cells) = row(&day(Vec::new(), true), grid.times(), afternoon) else { panic!("an open day") };
        assert_eq!(cells, [(Cell::Nothing, 1), (Cell::Choose, 1)]);
    }

    #[test]
    fn a_closed_day_says_why() {
        let mut closed = day(Vec::new(), false);
        closed.day.closed = Some(Closed::Weekend);
        assert_eq!(row(&closed, Grid::half_days().times(), on().and_hms_opt(8, 0, 0).unwrap()), Row::Closed(Closed::Weekend));
    }

    #[test]
    fn greetings_follow_the_hour() {
        let at = |hour| on().and_hms_opt(hour, 0, 0).unwrap();
        assert_eq!(greeting(Locale::Ja, at(8), "佐藤"), "おはようございます、佐藤さん");
        assert_eq!(greeting(Locale::En, at(13), "Sato"), "Good afternoon, Sato");
        assert_eq!(greeting(Locale::Ja, at(18), "佐藤"), "お疲れさまです、佐藤さん");
    }
}
