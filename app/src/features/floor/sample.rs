//! A floor small enough to reason about in tests: six seats, two zones, one seat outside them.

use chrono::{NaiveDate, NaiveDateTime};
use domain::{
    BookingId, FloorId, PersonId, SeatId, SiteId, Slots, UnitId, ZoneId,
    booking::{SeatUse, State, view::DayLabel},
    floor::{
        Point, Rect,
        view::{FloorHead, FloorView, MyPlace, SeatView, SlotState, ZoneView},
    },
    person::view::Who,
    slot::Grid,
};

/// The shown day.
pub fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 24).expect("a date")
}

/// A moment of the shown day.
pub fn wall(hour: u32, minute: u32) -> NaiveDateTime {
    day().and_hms_opt(hour, minute, 0).expect("a time")
}

/// Somebody of another unit.
pub fn who(id: i64, name: &str) -> Who {
    Who { id: PersonId(id), staff_no: format!("10{id:02}"), name: name.into(), unit: Some("総務課".into()), extension: Some("2101".into()), team: false }
}

/// A seat with these states in the morning and in the afternoon.
pub fn seat_with(states: [SlotState; 2]) -> SeatView {
    seat(1, "A-12", (1_000, 1_000), Some(1), states)
}

fn seat(id: i64, label: &str, at: (i32, i32), zone: Option<i64>, states: [SlotState; 2]) -> SeatView {
    SeatView {
        id: SeatId(id),
        label: label.into(),
        at: Point { x_mm: at.0, y_mm: at.1 },
        rotation: 0,
        zone: zone.map(ZoneId),
        attributes: vec!["monitor".into(), "window".into()],
        seat_use: SeatUse::Open,
        slots: states.into(),
    }
}

fn zone(id: i64, name: &str, home_of: &[&str]) -> ZoneView {
    ZoneView {
        id: ZoneId(id),
        name: name.into(),
        area: Rect { x_mm: 500, y_mm: 500, width_mm: 4_000, height_mm: 4_000 },
        home_of: home_of.iter().map(|unit| (*unit).into()).collect(),
        mine: id == 1,
        members: 6,
        seats: 4,
        opens_at: (id == 2).then(|| day().pred_opt().expect("a date").and_hms_opt(17, 0, 0).expect("a time")),
    }
}

/// The floor: 1 free, 2 booked, 3 half booked, 4 the viewer's, 5 reserved, 6 free and outside zones.
pub fn floor() -> FloorView {
    let head = FloorHead { id: FloorId(2), name: "2階".into(), site: SiteId(1), site_name: "本庁舎".into(), seats: 6 };
    let label = DayLabel { on: day(), closed: None, today: false, past: false, too_far: false };
    let free = || SlotState::Free;
    let booked = || SlotState::Booked { who: Some(who(3, "佐藤 花子")) };
    let mine = || SlotState::Mine { booking: BookingId(41), checked_in: false };
    let reserved = || SlotState::ReservedFor { units: vec![UnitId(9)] };
    FloorView {
        floors: vec![head.clone()],
        floor: head,
        width_mm: 12_000,
        height_mm: 8_000,
        image: None,
        days: vec![label.clone()],
        day: label,
        previous_week_on: day() - chrono::Days::new(7),
        next_week_on: day() + chrono::Days::new(7),
        now: day().pred_opt().expect("a date").and_hms_opt(10, 0, 0).expect("a time"),
        grid: Grid::half_days().times().to_vec(),
        seat_size_mm: (1_300, 1_000),
        zones: vec![zone(1, "総務課", &["総務課"]), zone(2, "税務課", &["税務課"])],
        seats: vec![
            seat(1, "A-01", (1_000, 1_000), Some(1), [free(), free()]),
            seat(2, "A-02", (2_500, 1_000), Some(1), [booked(), booked()]),
            seat(3, "A-03", (1_000, 2_500), Some(1), [booked(), free()]),
            seat(4, "A-04", (2_500, 2_600), Some(1), [mine(), mine()]),
            seat(5, "B-01", (6_000, 1_000), Some(2), [reserved(), reserved()]),
            seat(6, "X-01", (10_000, 6_000), None, [free(), free()]),
        ],
        rooms: Vec::new(),
        calls: domain::telephone::CallLinks::default(),
        mine: vec![MyPlace {
            booking: BookingId(41),
            seat: SeatId(4),
            seat_label: "A-04".into(),
            zone_name: Some("総務課".into()),
            floor: FloorId(2),
            floor_name: "2階".into(),
            on: day(),
            slots: Slots::first(2),
            state: State::Booked,
            can_check_in: false,
            check_in_opens_at: Some(wall(7, 30)),
        }],
        version: 1,
    }
}
