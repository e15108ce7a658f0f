//! What a seat looks like for the chosen slots, without a framework: fill, border and symbol are decided here once,
//! and the map, the list, the legend and the panel all draw the same decision (`research/japan.md` §3.3 points 4–5).

use domain::{
    Slot, Slots,
    booking::SeatUse,
    floor::view::{FloorView, SeatView, SlotState, ZoneView},
    person::view::Who,
};

/// The look of a seat, or of one slot of it. A style sheet class and a legend entry each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tone {
    /// 空席.
    Free,
    /// The viewer's, in every chosen slot.
    Mine,
    /// 利用中: somebody came.
    Used,
    /// 予約あり: held in every chosen slot, nobody came yet.
    Booked,
    /// Held in some of the chosen slots; strips say which.
    Part,
    /// The viewer's in some of the chosen slots; strips say which.
    MinePart,
    /// 当番席 that nobody holds.
    DutyFree,
    /// 当番席 that somebody holds.
    DutyHeld,
    /// チーム優先: kept for its home units until it opens.
    Reserved,
    /// 使用不可.
    Closed,
}

/// A drawn sign; shapes instead of characters, so that no font decides whether it is seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Symbol {
    /// ○
    Ring,
    /// ★
    Star,
    /// ●
    Disc,
    /// ◎
    RingedDot,
    /// ◐, the earlier part is held.
    FirstHalf,
    /// ◑, the later part is held.
    LastHalf,
    /// ☎
    Phone,
    /// A lock.
    Lock,
    /// ✕
    Cross,
}

/// How one seat is drawn for the chosen slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Fill and border.
    pub tone: Tone,
    /// The sign.
    pub symbol: Symbol,
    /// First character of the surname of who holds it, as far as the viewer may know; `+` says that there are more.
    pub initial: String,
    /// One fill per chosen slot when they differ, in the order of the day; empty when they do not.
    pub strips: Vec<Tone>,
}

impl Tone {
    /// The word in `data-tone`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Free => "free",
            Self::Mine => "mine",
            Self::Used => "used",
            Self::Booked => "booked",
            Self::Part => "part",
            Self::MinePart => "mine-part",
            Self::DutyFree => "duty-free",
            Self::DutyHeld => "duty-held",
            Self::Reserved => "reserved",
            Self::Closed => "closed",
        }
    }

    /// The sign that goes with the look when no strips tell more.
    #[must_use]
    pub const fn symbol(self) -> Symbol {
        match self {
            Self::Free => Symbol::Ring,
            Self::Mine | Self::MinePart => Symbol::Star,
            Self::Used => Symbol::Disc,
            Self::Booked => Symbol::RingedDot,
            Self::Part => Symbol::FirstHalf,
            Self::DutyFree | Self::DutyHeld => Symbol::Phone,
            Self::Reserved => Symbol::Lock,
            Self::Closed => Symbol::Cross,
        }
    }
}

impl Symbol {
    /// Reference to the drawing in the page's sprite.
    #[must_use]
    pub const fn href(self) -> &'static str {
        match self {
            Self::Ring => "#sym-ring",
            Self::Star => "#sym-star",
            Self::Disc => "#sym-disc",
            Self::RingedDot => "#sym-ringed-dot",
            Self::FirstHalf => "#sym-first-half",
            Self::LastHalf => "#sym-last-half",
            Self::Phone => "#sym-phone",
            Self::Lock => "#sym-lock",
            Self::Cross => "#sym-cross",
        }
    }
}

/// The look of one slot of a seat.
#[must_use]
pub fn slot_tone(seat: &SeatView, slot: Slot) -> Tone {
    match (seat.state_in(slot), seat.seat_use) {
        (_, SeatUse::Closed) | (SlotState::Closed, _) => Tone::Closed,
        (SlotState::Mine { .. }, _) => Tone::Mine,
        (SlotState::Free, SeatUse::Duty) => Tone::DutyFree,
        (SlotState::Free, SeatUse::Open) => Tone::Free,
        (SlotState::ReservedFor { .. }, _) => Tone::Reserved,
        (SlotState::CheckedIn { .. } | SlotState::Booked { .. }, SeatUse::Duty) => Tone::DutyHeld,
        (SlotState::CheckedIn { .. }, SeatUse::Open) => Tone::Used,
        (SlotState::Booked { .. }, SeatUse::Open) => Tone::Booked,
    }
}

/// How a seat is drawn for the chosen slots.
#[must_use]
pub fn mark(seat: &SeatView, chosen: Slots) -> Mark {
    let tones: Vec<Tone> = chosen.iter().map(|slot| slot_tone(seat, slot)).collect();
    let initial = initials(seat, chosen);
    let Some(&first) = tones.first() else { return Mark { tone: Tone::Closed, symbol: Symbol::Cross, initial, strips: Vec::new() } };
    let is_held = |tone: &Tone| matches!(tone, Tone::Used | Tone::Booked | Tone::DutyHeld);
    if tones.iter().all(|tone| *tone == first) {
        return Mark { tone: first, symbol: first.symbol(), initial, strips: Vec::new() };
    }
    if tones.iter().all(is_held) {
        // Some came and some did not: somebody is there, and that is what a person wants to know.
        return Mark { tone: Tone::Used, symbol: Symbol::Disc, initial, strips: Vec::new() };
    }
    if tones.contains(&Tone::Mine) {
        return Mark { tone: Tone::MinePart, symbol: Symbol::Star, initial: String::new(), strips: tones };
    }
    let symbol = match (seat.seat_use, first) {
        (SeatUse::Duty, _) => Symbol::Phone,
        (_, Tone::Free) => Symbol::LastHalf,
        _ => Symbol::FirstHalf,
    };
    Mark { tone: Tone::Part, symbol, initial, strips: tones }
}

/// Who holds a seat in a slot, if somebody else does and the viewer may know.
#[must_use]
pub fn holder(seat: &SeatView, slot: Slot) -> Option<&Who> {
    match seat.state_in(slot) {
        SlotState::Booked { who } | SlotState::CheckedIn { who } => who.as_ref(),
        _ => None,
    }
}

fn initials(seat: &SeatView, chosen: Slots) -> String {
    let mut seen: Vec<&Who> = Vec::new();
    for who in chosen.iter().filter_map(|slot| holder(seat, slot)) {
        if !seen.iter().any(|other| other.id == who.id) {
            seen.push(who);
        }
    }
    let first = seen.first().map(|who| first_of_surname(&who.name)).unwrap_or_default();
    if seen.len() > 1 { first + "+" } else { first }
}

/// The first character of a name, with the selector that may choose its form (葛󠄀, 辻󠄀).
#[must_use]
pub fn first_of_surname(name: &str) -> String {
    let is_selector = |c: char| matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
    let mut chars = name.trim().chars();
    chars.next().into_iter().chain(chars.take_while(|c| is_selector(*c))).collect()
}

/// The zone of a seat.
#[must_use]
pub fn zone_of<'a>(view: &'a FloorView, seat: &SeatView) -> Option<&'a ZoneView> {
    seat.zone.and_then(|zone| view.zones.iter().find(|other| other.id == zone))
}

/// How many seats look like this, for the legend, in the order of [`LEGEND`].
#[must_use]
pub fn counts(view: &FloorView, chosen: Slots) -> Vec<(Tone, usize)> {
    let tones: Vec<Tone> = view.seats.iter().map(|seat| mark(seat, chosen).tone).collect();
    LEGEND.iter().map(|(tone, also)| (*tone, tones.iter().filter(|other| *other == tone || *other == also).count())).collect()
}

/// The entries of the legend; a look that only differs in its strips is counted with its whole form.
pub const LEGEND: [(Tone, Tone); 8] = [
    (Tone::Free, Tone::Free),
    (Tone::Mine, Tone::MinePart),
    (Tone::Used, Tone::Used),
    (Tone::Booked, Tone::Booked),
    (Tone::Part, Tone::Part),
    (Tone::DutyFree, Tone::DutyHeld),
    (Tone::Reserved, Tone::Reserved),
    (Tone::Closed, Tone::Closed),
];

/// Seats that can be taken for all chosen slots.
#[must_use]
pub fn free_count(view: &FloorView, chosen: Slots) -> usize {
    view.seats.iter().filter(|seat| !chosen.is_empty() && seat.free_slots().covers(chosen)).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::floor::sample::{floor, seat_with, who};
    use domain::BookingId;

    const DAY: Slots = Slots::from_bits(0b11);

    fn booked(name: &str) -> SlotState {
        SlotState::Booked { who: Some(who(1, name)) }
    }

    fn sits(name: &str) -> SlotState {
        SlotState::CheckedIn { who: Some(who(1, name)) }
    }

    fn mine() -> SlotState {
        SlotState::Mine { booking: BookingId(7), checked_in: false }
    }

    #[test]
    fn whole_days_have_one_fill() {
        let look = |states: [SlotState; 2]| {
            let Mark { tone, symbol, initial, strips } = mark(&seat_with(states), DAY);
            assert!(strips.is_empty());
            (tone, symbol, initial)
        };
        assert_eq!(look([SlotState::Free, SlotState::Free]), (Tone::Free, Symbol::Ring, String::new()));
        assert_eq!(look([mine(), mine()]), (Tone::Mine, Symbol::Star, String::new()));
        assert_eq!(look([sits("佐藤 花子"), sits("佐藤 花子")]), (Tone::Used, Symbol::Disc, "佐".into()));
        assert_eq!(look([booked("髙橋 一"), booked("髙橋 一")]), (Tone::Booked, Symbol::RingedDot, "髙".into()));
        assert_eq!(look([sits("佐藤 花子"), booked("佐藤 花子")]), (Tone::Used, Symbol::Disc, "佐".into()));
        assert_eq!(look([SlotState::Closed, SlotState::Closed]), (Tone::Closed, Symbol::Cross, String::new()));
    }

    #[test]
    fn a_half_day_shows_which_half() {
        let morning = mark(&seat_with([booked("佐藤 花子"), SlotState::Free]), DAY);
        assert_eq!((morning.tone, morning.symbol, morning.strips), (Tone::Part, Symbol::FirstHalf, vec![Tone::Booked, Tone::Free]));
        let afternoon = mark(&seat_with([SlotState::Free, sits("佐藤 花子")]), DAY);
        assert_eq!((afternoon.symbol, afternoon.strips), (Symbol::LastHalf, vec![Tone::Free, Tone::Used]));
        let looked_at_alone = mark(&seat_with([SlotState::Free, sits("佐藤 花子")]), Slots::only(Slot(0)));
        assert_eq!((looked_at_alone.tone, looked_at_alone.initial.as_str()), (Tone::Free, ""));
    }

    #[test]
    fn my_half_is_mine_and_shows_the_other_half() {
        let mark = mark(&seat_with([mine(), SlotState::Free]), DAY);
        assert_eq!((mark.tone, mark.symbol, mark.strips), (Tone::MinePart, Symbol::Star, vec![Tone::Mine, Tone::Free]));
    }

    #[test]
    fn two_people_share_a_day() {
        let seat = seat_with([booked("佐藤 花子"), SlotState::Booked { who: Some(who(2, "鈴木 次郎")) }]);
        assert_eq!(mark(&seat, DAY).initial, "佐+");
    }

    #[test]
    fn who_may_not_be_known_has_no_initial() {
        let seat = seat_with([SlotState::CheckedIn { who: None }, SlotState::CheckedIn { who: None }]);
        assert_eq!(mark(&seat, DAY), Mark { tone: Tone::Used, symbol: Symbol::Disc, initial: String::new(), strips: Vec::new() });
    }

    #[test]
    fn duty_and_closed_seats_keep_their_sign() {
        let mut seat = seat_with([SlotState::Free, SlotState::Free]);
        seat.seat_use = SeatUse::Duty;
        assert_eq!(mark(&seat, DAY).tone, Tone::DutyFree);
        seat.slots[0] = sits("佐藤 花子");
        assert_eq!((mark(&seat, DAY).tone, mark(&seat, DAY).symbol), (Tone::Part, Symbol::Phone));
        seat.slots[1] = sits("佐藤 花子");
        assert_eq!(mark(&seat, DAY).tone, Tone::DutyHeld);
        seat.seat_use = SeatUse::Closed;
        assert_eq!(mark(&seat, DAY).tone, Tone::Closed);
    }

    #[test]
    fn reserved_seats_have_a_lock() {
        let reserved = || SlotState::ReservedFor { units: Vec::new() };
        assert_eq!(mark(&seat_with([reserved(), reserved()]), DAY).symbol, Symbol::Lock);
    }

    #[test]
    fn a_surname_keeps_the_form_of_its_character() {
        assert_eq!(first_of_surname("葛\u{e0100}城 太郎"), "葛\u{e0100}");
        assert_eq!(first_of_surname(""), "");
    }

    #[test]
    fn the_legend_counts_every_seat_once() {
        let view = floor();
        assert_eq!(counts(&view, DAY).iter().map(|(_, count)| count).sum::<usize>(), view.seats.len());
        assert_eq!(free_count(&view, DAY), 2);
    }
}
