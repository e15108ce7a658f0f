//! What one person sees of a floor, and what a floor file may not do.

use super::*;
use crate::{
    Actor, Failure,
    account::set_visibility,
    booking::check_in,
    import::ImportError,
    testing::{AM, DAY, House, houses, today},
};
use chrono::Days;
use domain::{account::Scope, floor::view::SlotState, person::Visibility};

async fn states(house: &House, actor: &Actor, label: &str, on: chrono::NaiveDate) -> Vec<SlotState> {
    let floor = house.cx.office().floors[0].id;
    let view = floor_view(&house.cx, actor, floor, Some(on)).await.unwrap();
    view.seats.into_iter().find(|seat| seat.label == label).unwrap().slots
}

#[tokio::test]
async fn a_floor_shows_each_viewer_what_is_theirs_to_see() {
    for house in houses().await {
        let later = today() + Days::new(3);
        let mine = house.book("1001", "S1", today(), AM).await;
        house.book("1002", "S2", today(), DAY).await;
        let (me, other) = (house.actor("1001"), house.actor("3001"));
        check_in(&house.cx, &me, mine).await.unwrap();
        assert_eq!(states(&house, &me, "S1", today()).await, [SlotState::Mine { booking: mine, checked_in: true }, SlotState::Free]);
        assert!(matches!(&states(&house, &other, "S1", today()).await[0], SlotState::CheckedIn { who: Some(who) } if who.name == "佐藤 一郎" && !who.team));
        assert_eq!(states(&house, &me, "X1", today()).await, [SlotState::Closed, SlotState::Closed]);
        assert!(matches!(&states(&house, &other, "S3", later).await[0], SlotState::ReservedFor { units } if units.len() == 1));
        assert_eq!(states(&house, &me, "S3", later).await[0], SlotState::Free);
        set_visibility(&house.cx, &house.actor("1002"), Visibility::Unit).await.unwrap();
        assert_eq!(states(&house, &other, "S2", today()).await[0], SlotState::Booked { who: None });
        assert!(matches!(&states(&house, &me, "S2", today()).await[0], SlotState::Booked { who: Some(_) }));
        let program = Actor::Token { id: 1, scope: Scope::Read, person: None };
        assert!(matches!(states(&house, &program, "S3", later).await[0], SlotState::ReservedFor { .. }));
    }
}

#[tokio::test]
async fn zones_count_people_once_and_closed_days_are_closed() {
    for house in houses().await {
        let floor = house.cx.office().floors[0].id;
        let view = floor_view(&house.cx, &house.actor("1001"), floor, None).await.unwrap();
        let zone = view.zones.iter().find(|zone| zone.name == "総務課エリア").unwrap();
        assert_eq!((zone.members, zone.seats, zone.mine, view.zones.len(), view.rooms.len()), (4, 3, true, 3, 1));
        let sunday = floor_view(&house.cx, &house.actor("1001"), floor, Some(today() + Days::new(5))).await.unwrap();
        assert!(sunday.day.closed.is_some() && sunday.seats.iter().all(|seat| seat.free_slots().is_empty()));
        assert!(matches!(floor_view(&house.cx, &house.actor("1001"), domain::FloorId(999), None).await, Err(Failure::NotFound(_))));
    }
}

#[tokio::test]
async fn a_new_drawing_keeps_bookings_and_never_drops_a_booked_seat() {
    for house in houses().await {
        house.book("1001", "S1", today(), DAY).await;
        let file = |seats: &str| {
            format!(
                r#"{{"site":"本庁舎","floor":"2階","size":{{"width_m":20,"height_m":10}},"zones":[{{"id":"s","name":"総務課","home_of":["S"]}}],"seats":[{seats}]}}"#
            )
        };
        let without = import_floor(&house.cx, file(r#"{"label":"S2","x_m":4,"y_m":2,"zone":"s"}"#).as_bytes(), None).await;
        let Err(Failure::Refused(problems)) = without else { panic!("a booked seat went") };
        assert_eq!((problems[0].value.as_str(), &problems[0].what), ("S1", &ImportError::SeatBooked { bookings: 1 }));
        assert_eq!(house.cx.office().floors[0].seats.len(), 7, "nothing was changed");
        let before = house.seat("S1");
        import_floor(&house.cx, file(r#"{"label":"S1","x_m":9,"y_m":2,"zone":"s"}"#).as_bytes(), None).await.unwrap();
        assert_eq!((house.seat("S1"), house.cx.office().floors[0].seats.len()), (before, 1));
        house.is_sound().await;
    }
}

#[tokio::test]
async fn a_bad_drawing_is_refused_whole_with_every_reason() {
    for house in houses().await {
        let bad = r#"{"site":"","floor":"3階","size":{"width_m":20,"height_m":0},"zones":[{"id":"a","name":"A","home_of":["NOPE"],"ratio":9}],
            "seats":[{"label":"A1","x_m":2,"y_m":0,"zone":"b"},{"label":"A1","x_m":200,"y_m":0}]}"#;
        let Err(Failure::Refused(problems)) = import_floor(&house.cx, bad.as_bytes(), None).await else { panic!("accepted") };
        let columns: Vec<_> = problems.iter().map(|problem| problem.column.as_str()).collect();
        assert_eq!(columns, ["size.height_m", "zones.ratio", "site", "seats.label", "seats", "seats.zone", "home_of"]);
        assert!(matches!(import_floor(&house.cx, b"{", None).await, Err(Failure::Refused(_))));
        let good = r#"{"site":"本庁舎","floor":"3階","size":{"width_m":20,"height_m":10}}"#;
        let Err(Failure::Refused(problems)) = import_floor(&house.cx, good.as_bytes(), Some(b"GIF89a")).await else { panic!("accepted") };
        assert!(matches!(problems[0].what, ImportError::Picture { .. }));
        assert_eq!(house.cx.office().floors.len(), 1);
    }
}

#[tokio::test]
async fn a_picture_is_re_encoded_in_two_sizes_and_bombs_are_refused() {
    for house in houses().await {
        let mut png = std::io::Cursor::new(Vec::new());
        ::image::DynamicImage::new_rgb8(1_200, 600).write_to(&mut png, ::image::ImageFormat::Png).unwrap();
        let json = r#"{"site":"本庁舎","floor":"3階","size":{"width_m":20,"height_m":10}}"#.as_bytes();
        let report = import_floor(&house.cx, json, Some(png.get_ref())).await.unwrap();
        let small = plan_image(&house.cx, report.floor, ImageWidth::Small).await.unwrap();
        let size = ::image::load_from_memory(&small.bytes).unwrap();
        assert_eq!((size.width(), size.height(), small.content_type.as_str()), (900, 450, "image/webp"));
        // A header that promises 50,000 × 50,000 pixels.
        let mut bomb = png.into_inner();
        bomb[16..24].copy_from_slice(&[0, 0, 0xC3, 0x50, 0, 0, 0xC3, 0x50]);
        assert!(matches!(import_floor(&house.cx, json, Some(&bomb)).await, Err(Failure::Refused(_))));
        let none = house.cx.office().floors[0].id;
        assert!(matches!(plan_image(&house.cx, none, ImageWidth::Full).await, Err(Failure::NotFound(_))));
    }
}
