//! Saying aloud what changed by others: only the viewer's own seats and the selected one, at most every five seconds,
//! the newest words winning (`research/japan.md` §3.3 point 6).

use super::{
    names::state_words,
    query::{FloorQuery, chosen_slots},
};
use crate::i18n::Locale;
use domain::floor::view::{FloorView, SlotState};
#[cfg(feature = "hydrate")]
use leptos::prelude::*;

/// What is to be said after a change, if anything.
#[must_use]
pub fn words(locale: Locale, old: &FloorView, new: &FloorView, query: &FloorQuery) -> Option<String> {
    if old.day.on != new.day.on {
        return None;
    }
    let matters = |view: &FloorView, index: usize| {
        let seat = &view.seats[index];
        query.seat == Some(seat.id) || seat.slots.iter().any(|state| matches!(state, SlotState::Mine { .. }))
    };
    let chosen = chosen_slots(query, new);
    let mut said = Vec::new();
    for (index, seat) in new.seats.iter().enumerate() {
        let Some(before) = old.seats.get(index).filter(|before| before.id == seat.id) else { continue };
        if before.slots != seat.slots && (matters(old, index) || matters(new, index)) {
            said.push((locale.floor().announce)(&seat.label, &state_words(locale, new, seat, chosen)));
        }
    }
    (!said.is_empty()).then(|| said.join(locale.floor().comma))
}

#[cfg(feature = "hydrate")]
const QUIET: std::time::Duration = std::time::Duration::from_secs(5);

/// Speaks now, or when the quiet time after the last words is over.
#[cfg(feature = "hydrate")]
pub fn change(locale: Locale, old: &FloorView, new: &FloorView, query: &FloorQuery) {
    thread_local! {
        static WAITING: std::cell::RefCell<Option<String>> = const { std::cell::RefCell::new(None) };
        static SPOKEN_LATELY: std::cell::Cell<bool> = const { std::cell::Cell::new(false) };
    }
    fn speak(words: &str) {
        crate::ui::announce(words);
        SPOKEN_LATELY.set(true);
        set_timeout(
            || {
                SPOKEN_LATELY.set(false);
                if let Some(words) = WAITING.take() {
                    speak(&words);
                }
            },
            QUIET,
        );
    }
    let Some(words) = words(locale, old, new, query) else { return };
    if SPOKEN_LATELY.get() {
        WAITING.set(Some(words));
    } else {
        speak(&words);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::floor::sample::{floor, who};

    #[test]
    fn only_own_and_selected_seats_are_spoken_of() {
        let old = floor();
        let mut new = floor();
        new.seats[0].slots = vec![SlotState::Booked { who: Some(who(5, "田中 三郎")) }; 2];
        assert_eq!(words(Locale::Ja, &old, &new, &FloorQuery::default()), None, "somebody else's seat");
        let selected = FloorQuery::default().at_seat(Some(new.seats[0].id));
        assert_eq!(words(Locale::Ja, &old, &new, &selected).as_deref(), Some("A-01: 予約あり 総務課 田中 三郎"));
        new.seats[3].slots = vec![SlotState::Free; 2];
        assert_eq!(words(Locale::En, &old, &new, &FloorQuery::default()).as_deref(), Some("A-04: free"));
    }

    #[test]
    fn another_day_is_not_a_change() {
        let old = floor();
        let mut new = floor();
        new.day.on = new.next_week_on;
        new.seats[3].slots = vec![SlotState::Free; 2];
        assert_eq!(words(Locale::Ja, &old, &new, &FloorQuery::default()), None);
    }
}
