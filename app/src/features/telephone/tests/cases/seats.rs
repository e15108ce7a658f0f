//! 着席: the extension follows the seat, and only who came is there.

use super::{Case, case, outside, promised};
use crate::features::telephone::tests::office::*;
use domain::{
    SeatId,
    telephone::{Occupancy, OccupancyFrom, OccupancySource, Owner, PresenceState},
};

fn booked(source: OccupancySource) -> Occupancy {
    Occupancy { person: TANAKA, seat: SeatId(12), span: span("8:30", "17:15"), source }
}

pub fn cases() -> Vec<Case> {
    vec![
        promised(),
        case("着席していなければ、本人のスマホだけが鳴る", office(), outside("2101")),
        case("席を移ったら、新しい席の電話が鳴る", office().sits(TANAKA, 12, "9:02").sits(TANAKA, 13, "9:40"), outside("2101")),
        case("前の席にほかの人が座ったら、その席の電話は鳴らさない", office().sits(TANAKA, 12, "9:02").sits(YAMADA, 12, "9:40"), outside("2101")),
        case("その席に座った人あての電話で、席の電話が鳴る", office().sits(TANAKA, 12, "9:02").sits(YAMADA, 12, "9:40"), outside("2104")),
        case("これから着席する予定だけでは、席の電話は鳴らない", office().sits(TANAKA, 12, "11:00"), outside("2101")),
        case(
            "予約しただけで、まだ来ていない",
            office().with("田中は 3F-12 を 8:30 から予約(着席はまだ)", |rows| rows.occupancies.push(booked(OccupancySource::Booking))),
            outside("2101"),
        ),
        case(
            "予約の時間になれば席にいるとみなす庁舎",
            office()
                .with("田中は 3F-12 を 8:30 から予約(着席はまだ)", |rows| rows.occupancies.push(booked(OccupancySource::Booking)))
                .with("この庁舎は、予約の開始で着席とみなす", |rows| rows.houses[0].occupancy_from = OccupancyFrom::BookingStart),
            outside("2101"),
        ),
        case("自席のある人", office().with("3F-12 は田中の自席", |rows| rows.occupancies.push(booked(OccupancySource::Manual))), outside("2101")),
        case(
            "きのうから座り続けている夜勤の人",
            office().with("田中は前日 22:00 に 3F-12 に着席", |rows| {
                rows.occupancies.push(Occupancy { span: span("2026-11-23 22:00", "17:15"), ..booked(OccupancySource::CheckIn) });
            }),
            outside("2101"),
        ),
        case(
            "電話機のない席に座り、スマホも持っていない",
            office().sits(TANAKA, 15, "9:02").with("3F-15 に電話機はなく、田中はスマホを持っていない", |rows| {
                rows.devices.retain(|device| ![Owner::Seat(SeatId(15)), Owner::Person(TANAKA)].contains(&device.owner));
            }),
            outside("2101"),
        ),
        case(
            "同僚は課の電話として鳴り、席の電話も一緒に鳴る",
            office().sits(SATO, 12, "8:50").sits(SUZUKI, 11, "8:55").says(TANAKA, PresenceState::Out, None),
            outside("2101"),
        ),
    ]
}
