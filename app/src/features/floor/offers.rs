//! What the seat panel lets the viewer do. Only an offer: the rule that decides is in `domain::booking`, on the server.

use super::query::{remaining_slots, slot_now};
use chrono::NaiveDateTime;
use domain::{
    BookingId, Slots,
    booking::{SeatUse, State},
    floor::view::{FloorView, MyPlace, SeatView, SlotState},
};

/// Everything the panel of one seat offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offers {
    /// The viewer's bookings of this seat on that day.
    pub own: Vec<OwnOffer>,
    /// Taking it.
    pub take: Result<TakeOffer, WhyNot>,
    /// Sitting down there at once.
    pub sit_now: Option<SitOffer>,
}

/// A booking of the viewer and what may be done with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnOffer {
    /// The booking.
    pub booking: BookingId,
    /// Its slots.
    pub slots: Slots,
    /// What comes next in its life.
    pub next: OwnNext,
}

/// What comes next for a booking the viewer holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnNext {
    /// 着席する, or give it back.
    CheckIn,
    /// Check-in opens then; giving it back is possible.
    Wait(Option<NaiveDateTime>),
    /// 退席する.
    Leave,
    /// Its time is over.
    Over,
}

/// A booking that could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TakeOffer {
    /// The slots it would hold: what is free of those chosen and still to come.
    pub slots: Slots,
    /// Whether it is everything the viewer chose.
    pub extent: Extent,
    /// Labels of the seats that would be given up for it, each once.
    pub gives_up: Vec<String>,
}

/// Sitting down now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SitOffer {
    /// Labels of the seats that would be given up for it, each once.
    pub gives_up: Vec<String>,
}

/// How much of what was chosen can be had.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// All of it.
    Whole,
    /// A part of it.
    Some,
}

/// Why there is nothing to book, as far as the page can see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WhyNot {
    /// The viewer holds it already.
    Yours,
    /// The day or the chosen slots are over.
    Over,
    /// The site is closed on that day.
    DayClosed,
    /// Beyond the horizon.
    TooFar,
    /// Out of use.
    SeatClosed,
    /// Kept for its home units.
    Reserved,
    /// Somebody holds it.
    Taken,
}

/// What the viewer may do with a seat for the chosen slots.
#[must_use]
pub fn offers(view: &FloorView, seat: &SeatView, chosen: Slots) -> Offers {
    let own = view.mine.iter().filter(|place| place.seat == seat.id).map(|place| own_offer(view, place)).collect();
    Offers { own, take: take(view, seat, chosen), sit_now: sit_now(view, seat) }
}

fn own_offer(view: &FloorView, place: &MyPlace) -> OwnOffer {
    let over = place.slots.both(remaining_slots(view)).is_empty();
    let next = match place.state {
        _ if over => OwnNext::Over,
        State::CheckedIn => OwnNext::Leave,
        State::Booked if place.can_check_in => OwnNext::CheckIn,
        State::Booked => OwnNext::Wait(place.check_in_opens_at),
        State::Cancelled | State::Released | State::Expired | State::Done => OwnNext::Over,
    };
    OwnOffer { booking: place.booking, slots: place.slots, next }
}

fn take(view: &FloorView, seat: &SeatView, chosen: Slots) -> Result<TakeOffer, WhyNot> {
    let wanted = chosen.both(remaining_slots(view));
    let slots = wanted.both(seat.free_slots());
    if view.day.closed.is_some() {
        return Err(WhyNot::DayClosed);
    }
    if view.day.too_far {
        return Err(WhyNot::TooFar);
    }
    if wanted.is_empty() {
        return Err(WhyNot::Over);
    }
    if seat.seat_use == SeatUse::Closed {
        return Err(WhyNot::SeatClosed);
    }
    if slots.is_empty() {
        return Err(why_taken(seat, wanted));
    }
    let extent = if slots == wanted { Extent::Whole } else { Extent::Some };
    Ok(TakeOffer { slots, extent, gives_up: elsewhere(view, seat, slots) })
}

fn why_taken(seat: &SeatView, wanted: Slots) -> WhyNot {
    let states: Vec<&SlotState> = wanted.iter().map(|slot| seat.state_in(slot)).collect();
    if states.iter().any(|state| matches!(state, SlotState::Mine { .. })) {
        WhyNot::Yours
    } else if states.iter().any(|state| matches!(state, SlotState::Booked { .. } | SlotState::CheckedIn { .. })) {
        WhyNot::Taken
    } else if states.iter().any(|state| matches!(state, SlotState::ReservedFor { .. })) {
        WhyNot::Reserved
    } else {
        WhyNot::SeatClosed
    }
}

fn sit_now(view: &FloorView, seat: &SeatView) -> Option<SitOffer> {
    let now = slot_now(view)?;
    let usable = view.day.closed.is_none() && seat.seat_use != SeatUse::Closed && seat.free_slots().contains(now);
    usable.then(|| SitOffer { gives_up: elsewhere(view, seat, remaining_slots(view).both(seat.free_slots())) })
}

/// Seats the viewer holds elsewhere in these slots.
fn elsewhere(view: &FloorView, seat: &SeatView, slots: Slots) -> Vec<String> {
    let mut labels = Vec::new();
    for place in &view.mine {
        if place.state.is_live() && place.seat != seat.id && !place.slots.both(slots).is_empty() && !labels.contains(&place.seat_label) {
            labels.push(place.seat_label.clone());
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::floor::sample::{day, floor, wall};
    use domain::{Slot, site::Closed};

    const DAY: Slots = Slots::from_bits(0b11);
    const PM: Slots = Slots::from_bits(0b10);

    fn take_at(view: &FloorView, seat: usize, chosen: Slots) -> Result<(Slots, Extent), WhyNot> {
        offers(view, &view.seats[seat], chosen).take.map(|offer| (offer.slots, offer.extent))
    }

    #[test]
    fn a_free_seat_is_offered_for_what_was_chosen() {
        let view = floor();
        assert_eq!(take_at(&view, 0, DAY), Ok((DAY, Extent::Whole)));
        assert_eq!(take_at(&view, 2, DAY), Ok((PM, Extent::Some)), "the free half of a half-booked seat");
        assert_eq!(take_at(&view, 2, Slots::only(Slot(0))), Err(WhyNot::Taken));
        assert_eq!(take_at(&view, 2, PM), Ok((PM, Extent::Whole)));
    }

    #[test]
    fn holding_another_seat_turns_it_into_a_move() {
        let view = floor();
        let offer = offers(&view, &view.seats[0], DAY).take.expect("free");
        assert_eq!(offer.gives_up, ["A-04"]);
    }

    #[test]
    fn a_refusal_names_its_reason() {
        let mut view = floor();
        assert_eq!(take_at(&view, 1, DAY), Err(WhyNot::Taken));
        assert_eq!(take_at(&view, 3, DAY), Err(WhyNot::Yours));
        assert_eq!(take_at(&view, 4, DAY), Err(WhyNot::Reserved));
        view.day.closed = Some(Closed::Weekend);
        assert_eq!(take_at(&view, 0, DAY), Err(WhyNot::DayClosed));
        view.day.closed = None;
        view.day.too_far = true;
        assert_eq!(take_at(&view, 0, DAY), Err(WhyNot::TooFar));
        view.day.too_far = false;
        view.day.past = true;
        assert_eq!(take_at(&view, 0, DAY), Err(WhyNot::Over));
    }

    #[test]
    fn today_only_what_is_left_can_be_had() {
        let mut view = floor();
        view.day.today = true;
        view.now = wall(13, 0);
        assert_eq!(take_at(&view, 0, DAY), Ok((PM, Extent::Whole)));
        assert_eq!(offers(&view, &view.seats[0], DAY).sit_now, Some(SitOffer { gives_up: vec!["A-04".into()] }));
        assert_eq!(offers(&view, &view.seats[1], DAY).sit_now, None);
        view.now = day().and_hms_opt(18, 0, 0).expect("a time");
        assert_eq!(take_at(&view, 0, DAY), Err(WhyNot::Over));
        assert_eq!(offers(&view, &view.seats[0], DAY).sit_now, None);
    }

    #[test]
    fn an_own_booking_goes_from_waiting_to_leaving() {
        let mut view = floor();
        let next = |view: &FloorView| offers(view, &view.seats[3], DAY).own[0].next;
        assert_eq!(next(&view), OwnNext::Wait(Some(wall(7, 30))));
        view.mine[0].can_check_in = true;
        assert_eq!(next(&view), OwnNext::CheckIn);
        view.mine[0].state = State::CheckedIn;
        assert_eq!(next(&view), OwnNext::Leave);
        view.day.past = true;
        assert_eq!(next(&view), OwnNext::Over);
    }
}
