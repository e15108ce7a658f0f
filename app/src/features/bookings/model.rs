//! What the page of my bookings works out of its view.

use crate::i18n::{Locale, dates};
use chrono::{Days, NaiveDate};
use domain::{
    SeatId, SlotTime, Slots,
    booking::view::{MyBookingsView, WeekDay},
};
use std::collections::BTreeMap;

/// A part of the day that can be asked for: its slot words joined by dots, and its name.
pub type Part = (String, String);

/// Parts of the day a form offers: the whole, each slot, and for a day of hours its halves.
#[must_use]
pub fn parts(locale: Locale, grid: &[SlotTime]) -> Vec<Part> {
    let join = |times: &[&SlotTime]| times.iter().map(|time| time.code.as_str()).collect::<Vec<_>>().join(".");
    let all: Vec<&SlotTime> = grid.iter().collect();
    let mut parts = vec![(join(&all), locale.common().all_day.to_owned())];
    if grid.len() > 4 {
        let t = locale.booking();
        let (before, after): (Vec<&SlotTime>, Vec<&SlotTime>) = grid.iter().partition(|time| time.end_minute <= 13 * 60);
        parts.push((join(&before), t.before_noon.to_owned()));
        parts.push((join(&after), t.after_noon.to_owned()));
    }
    if grid.len() > 1 {
        parts.extend(grid.iter().map(|time| (time.code.clone(), dates::slot(locale, time))));
    }
    parts
}

/// What the person holds of a day.
#[must_use]
pub fn held(day: &WeekDay) -> Slots {
    day.places.iter().filter(|place| place.state.is_live()).fold(Slots::EMPTY, |slots, place| slots.union(place.slots))
}

/// Whether something of the day can still be booked.
#[must_use]
pub fn bookable(day: &WeekDay, grid: &[SlotTime]) -> bool {
    let label = &day.day;
    label.closed.is_none() && !label.past && !label.too_far && !held(day).covers(Slots::first(grid.len()))
}

/// Seats the person holds in the span, by label: what "always the same seat" can mean.
#[must_use]
pub fn own_seats(view: &MyBookingsView) -> Vec<(SeatId, String)> {
    let seats: BTreeMap<&str, SeatId> = view.days.iter().flat_map(|day| &day.places).map(|place| (place.seat_label.as_str(), place.seat)).collect();
    seats.into_iter().map(|(label, seat)| (seat, label.to_owned())).collect()
}

/// First days of the spans before and after.
#[must_use]
pub fn neighbours(view: &MyBookingsView) -> (NaiveDate, NaiveDate) {
    let span = Days::new(u64::try_from((view.to_on - view.from_on).num_days()).unwrap_or(7));
    (view.from_on.checked_sub_days(span).unwrap_or(view.from_on), view.to_on)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::{BookingId, FloorId, Grid, Slot, booking::State, booking::view::DayLabel, floor::view::MyPlace};

    fn day(slots: Slots, state: State) -> WeekDay {
        let on = NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        let place = MyPlace {
            booking: BookingId(1),
            seat: SeatId(9),
            seat_label: "B06".into(),
            zone_name: None,
            floor: FloorId(1),
            floor_name: "2階".into(),
            on,
            slots,
            state,
            can_check_in: false,
            check_in_opens_at: None,
        };
        WeekDay { day: DayLabel { on, closed: None, today: false, past: false, too_far: false }, places: vec![place] }
    }

    #[test]
    fn halves_offer_three_parts() {
        let names: Vec<_> = parts(Locale::Ja, Grid::half_days().times()).into_iter().map(|(codes, name)| format!("{codes}={name}")).collect();
        assert_eq!(names, ["am.pm=終日", "am=午前", "pm=午後"]);
    }

    #[test]
    fn hours_offer_halves_too() {
        let parts = parts(Locale::En, Grid::hours(9, 17).times());
        assert_eq!(parts[1], ("h09.h10.h11.h12".to_owned(), "Morning".to_owned()));
        assert_eq!(parts.len(), 3 + 8);
    }

    #[test]
    fn a_day_with_a_free_half_can_be_booked() {
        let grid = Grid::half_days();
        assert!(bookable(&day(Slots::only(Slot(0)), State::Booked), grid.times()));
        assert!(!bookable(&day(grid.all(), State::Booked), grid.times()));
        assert!(bookable(&day(grid.all(), State::Cancelled), grid.times()), "a booking that was taken back holds nothing");
        let mut past = day(Slots::EMPTY, State::Done);
        past.day.past = true;
        assert!(!bookable(&past, grid.times()));
    }
}
