//! Sizes and order of the map that keyboards and fingers rely on: its one Tab stop, and how large it must be drawn.

use domain::{SeatId, floor::view::FloorView};

/// The seat that Tab reaches: where the person was, else the open panel's, else the own, else the first.
#[must_use]
pub fn tab_stop(view: &FloorView, last: Option<SeatId>, selected: Option<SeatId>) -> Option<SeatId> {
    let here = |seat: &SeatId| view.seats.iter().any(|other| other.id == *seat);
    let own = || view.mine.iter().map(|place| place.seat).find(here);
    last.filter(here).or_else(|| selected.filter(here)).or_else(own).or_else(|| view.seats.first().map(|seat| seat.id))
}

/// The drawing's smallest comfortable width, px: seats at least 24 px on each side (WCAG 2.5.8) and labels at least 12 px.
#[must_use]
pub fn comfortable_width_px(view: &FloorView) -> u32 {
    let (width, height) = view.seat_size_mm;
    let side = 24.0 / f64::from(width.min(height).max(1));
    let text = 12.0 / label_size_mm(view);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a floor is a few thousand pixels wide")]
    let px = (f64::from(view.width_mm) * side.max(text)).ceil() as u32;
    px.clamp(320, 12_000)
}

/// Height of a seat's label, mm: as large as the longest label of the floor lets it be.
#[must_use]
pub fn label_size_mm(view: &FloorView) -> f64 {
    let (width, height) = view.seat_size_mm;
    let longest = view.seats.iter().map(|seat| text_width_em(&seat.label)).fold(2.0, f64::max);
    (f64::from(width) * 0.92 / longest).min(f64::from(height) * 0.4)
}

/// Width of a text in em, counting Latin letters and digits as 0.62 and everything else as 1.
#[must_use]
pub fn text_width_em(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.62 } else { 1.0 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::floor::sample::floor;

    #[test]
    fn there_is_exactly_one_tab_stop() {
        let view = floor();
        assert_eq!(tab_stop(&view, None, None), Some(SeatId(4)), "the own seat");
        assert_eq!(tab_stop(&view, None, Some(SeatId(2))), Some(SeatId(2)), "the panel's seat");
        assert_eq!(tab_stop(&view, Some(SeatId(3)), Some(SeatId(2))), Some(SeatId(3)), "where the person was");
        assert_eq!(tab_stop(&view, Some(SeatId(99)), None), Some(SeatId(4)), "a seat of another floor does not count");
    }

    #[test]
    fn seats_are_large_enough_at_default_zoom() {
        let view = floor();
        let scale = f64::from(comfortable_width_px(&view)) / f64::from(view.width_mm);
        assert!(f64::from(view.seat_size_mm.0.min(view.seat_size_mm.1)) * scale >= 24.0);
        assert!(label_size_mm(&view) * scale >= 12.0);
    }
}
