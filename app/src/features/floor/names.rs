//! A seat in words: what a screen reader says, what stands in the panel and in the list. Japanese and English from the
//! same decision, so that no language knows less.

use super::model::{holder, zone_of};
use crate::i18n::{Locale, common, dates};
use domain::{
    SeatId, Slot, Slots,
    booking::SeatUse,
    floor::view::{FloorView, SeatView, SlotState},
};

/// The full name: 「2階 総務課 A-12、空席、外部モニターあり、窓側」.
#[must_use]
pub fn seat_name(locale: Locale, view: &FloorView, seat: &SeatView, chosen: Slots, selected: Option<SeatId>) -> String {
    let t = locale.floor();
    let mut place = view.floor.name.clone();
    if let Some(zone) = zone_of(view, seat) {
        place.push(' ');
        place.push_str(&zone.name);
    }
    let mut parts = vec![format!("{place} {}", seat.label)];
    if seat.seat_use == SeatUse::Duty {
        parts.push(t.state.duty.into());
    }
    parts.push(state_words(locale, view, seat, chosen));
    parts.extend(equipment(seat).map(|code| spoken_attribute(locale, code)));
    if selected == Some(seat.id) {
        parts.push(t.state.selected.into());
    }
    parts.join(t.comma)
}

/// The state of the chosen slots: one phrase when they agree, one for each slot when they do not.
#[must_use]
pub fn state_words(locale: Locale, view: &FloorView, seat: &SeatView, chosen: Slots) -> String {
    let words: Vec<(Slot, String)> = chosen.iter().map(|slot| (slot, slot_words(locale, view, seat, slot))).collect();
    match words.first() {
        Some((_, first)) if words.iter().all(|(_, other)| other == first) => first.clone(),
        _ => {
            let each = words.iter().filter_map(|(slot, words)| view.grid.get(usize::from(slot.0)).map(|time| format!("{} {words}", dates::slot(locale, time))));
            each.collect::<Vec<_>>().join(locale.floor().comma)
        }
    }
}

/// The state of one slot, with the holder as far as the viewer may know: 「利用中 総務課 佐藤 花子」.
#[must_use]
pub fn slot_words(locale: Locale, view: &FloorView, seat: &SeatView, slot: Slot) -> String {
    let word = slot_word(locale, view, seat, slot);
    match holder(seat, slot) {
        Some(who) => match &who.unit {
            Some(unit) => format!("{word} {unit} {}", who.name),
            None => format!("{word} {}", who.name),
        },
        None => word,
    }
}

/// The state of one slot without the holder.
#[must_use]
pub fn slot_word(locale: Locale, view: &FloorView, seat: &SeatView, slot: Slot) -> String {
    let t = &locale.floor().state;
    if seat.seat_use == SeatUse::Closed {
        return t.closed.into();
    }
    match seat.state_in(slot) {
        SlotState::Free => t.free.into(),
        SlotState::Closed => t.closed.into(),
        SlotState::Mine { checked_in: true, .. } => t.mine_here.into(),
        SlotState::Mine { checked_in: false, .. } => t.mine_booked.into(),
        SlotState::CheckedIn { .. } => t.used.into(),
        SlotState::Booked { .. } => t.booked.into(),
        SlotState::ReservedFor { .. } => match zone_of(view, seat).map(|zone| zone.home_of.join(locale.pick("・", ", "))) {
            Some(units) if !units.is_empty() => (t.reserved_for)(&units),
            _ => t.reserved.into(),
        },
    }
}

/// The state of one slot in as few words as the list's sign leaves open.
#[must_use]
pub fn slot_short(locale: Locale, view: &FloorView, seat: &SeatView, slot: Slot) -> String {
    let t = &locale.floor().state;
    match seat.state_in(slot) {
        _ if seat.seat_use == SeatUse::Closed => t.closed.into(),
        SlotState::Mine { .. } => t.mine.into(),
        SlotState::ReservedFor { .. } => t.reserved.into(),
        _ => slot_word(locale, view, seat, slot),
    }
}

/// What a seat has, as it stands in the list: 「外部モニター・窓側」.
#[must_use]
pub fn attributes(locale: Locale, seat: &SeatView) -> String {
    let words: Vec<String> = equipment(seat).map(|code| common::attribute(locale, code)).collect();
    words.join(locale.pick("・", ", "))
}

/// Every attribute that seats of the floor have, without what follows the colon, once each and in first-seen order.
#[must_use]
pub fn attribute_codes(view: &FloorView) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for code in view.seats.iter().flat_map(equipment) {
        let code = plain(code);
        if !codes.iter().any(|other| other == code) {
            codes.push(code.into());
        }
    }
    codes
}

/// Whether a seat has an attribute, whatever follows the colon.
#[must_use]
pub fn has(seat: &SeatView, wanted: &str) -> bool {
    seat.attributes.iter().any(|code| plain(code) == wanted)
}

/// What a seat has. What it is for is a state of its own, although offices write it among the attributes.
fn equipment(seat: &SeatView) -> impl Iterator<Item = &str> {
    seat.attributes.iter().map(String::as_str).filter(|code| SeatUse::parse(code).is_none())
}

fn plain(code: &str) -> &str {
    code.split(':').next().unwrap_or(code)
}

/// Things are there (「外部モニターあり」), places are (「窓側」).
fn spoken_attribute(locale: Locale, code: &str) -> String {
    let word = common::attribute(locale, code);
    match plain(code) {
        "monitor" | "phone" | "socket" | "standing" => (locale.floor().has)(&word),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::floor::sample::floor;

    const DAY: Slots = Slots::from_bits(0b11);

    fn names(view: &FloorView, index: usize) -> [String; 2] {
        [Locale::Ja, Locale::En].map(|locale| seat_name(locale, view, &view.seats[index], DAY, None))
    }

    #[test]
    fn every_state_has_a_name_in_both_languages() {
        let view = floor();
        assert_eq!(names(&view, 0), ["2階 総務課 A-01、空席、外部モニターあり、窓側", "2階 総務課 A-01, free, monitor, Window"]);
        assert_eq!(
            names(&view, 1),
            ["2階 総務課 A-02、予約あり 総務課 佐藤 花子、外部モニターあり、窓側", "2階 総務課 A-02, booked 総務課 佐藤 花子, monitor, Window"]
        );
        assert_eq!(names(&view, 3), ["2階 総務課 A-04、あなたの予約、外部モニターあり、窓側", "2階 総務課 A-04, your booking, monitor, Window"]);
        assert_eq!(names(&view, 4), ["2階 税務課 B-01、チーム優先(税務課)、外部モニターあり、窓側", "2階 税務課 B-01, kept for 税務課, monitor, Window"]);
        assert_eq!(names(&view, 5)[0], "2階 X-01、空席、外部モニターあり、窓側");
    }

    #[test]
    fn half_days_say_which_half() {
        let view = floor();
        assert_eq!(state_words(Locale::Ja, &view, &view.seats[2], DAY), "午前 予約あり 総務課 佐藤 花子、午後 空席");
        assert_eq!(state_words(Locale::En, &view, &view.seats[2], DAY), "Morning booked 総務課 佐藤 花子, Afternoon free");
        assert_eq!(state_words(Locale::Ja, &view, &view.seats[2], Slots::only(Slot(1))), "空席");
    }

    #[test]
    fn presence_and_use_are_told_apart() {
        let mut view = floor();
        view.seats[1].slots = vec![SlotState::CheckedIn { who: None }; 2];
        assert_eq!(state_words(Locale::Ja, &view, &view.seats[1], DAY), "利用中");
        view.seats[3].slots = vec![SlotState::Mine { booking: domain::BookingId(41), checked_in: true }; 2];
        assert_eq!(state_words(Locale::Ja, &view, &view.seats[3], DAY), "あなたが着席中");
        view.seats[0].seat_use = SeatUse::Closed;
        assert_eq!(state_words(Locale::En, &view, &view.seats[0], DAY), "out of use");
        view.seats[5].seat_use = SeatUse::Duty;
        assert!(names(&view, 5)[0].contains("当番席、空席"));
    }

    #[test]
    fn the_selected_seat_says_so() {
        let view = floor();
        assert!(seat_name(Locale::Ja, &view, &view.seats[0], DAY, Some(SeatId(1))).ends_with("、選択中"));
    }

    #[test]
    fn attributes_lose_what_only_the_telephone_needs() {
        let mut view = floor();
        view.seats[0].attributes = vec!["duty".into(), "phone:seat-2f-1".into(), "デュアルディスプレイ".into()];
        assert_eq!(attributes(Locale::Ja, &view.seats[0]), "座席電話・デュアルディスプレイ");
        assert_eq!(attribute_codes(&view), ["phone", "デュアルディスプレイ", "monitor", "window"]);
        assert!(has(&view.seats[0], "phone") && !has(&view.seats[0], "monitor"));
    }
}
