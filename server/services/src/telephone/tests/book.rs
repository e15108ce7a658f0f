//! The book as people of the house read it.

use super::*;
use crate::account;
use domain::{
    person::Visibility,
    telephone::view::{Answers, BookPerson, BookPresence, BookView, BookWhat},
};
use sea_orm::EntityTrait;

async fn look(house: &House, viewer: &str, query: &str) -> BookView {
    book(&house.cx, &house.actor(viewer), query).await.unwrap()
}

fn names(view: &BookView) -> Vec<&str> {
    view.rows.iter().map(|row| row.name.as_str()).collect()
}

async fn person(house: &House, viewer: &str, query: &str) -> BookPerson {
    match look(house, viewer, query).await.rows.swap_remove(0).what {
        BookWhat::Person(person) => *person,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn people_sections_and_the_main_number_are_found() {
    for house in telephones().await {
        assert_eq!(names(&look(&house, "3001", "").await), ["本庁舎", "総務課", "財政課"], "without a query the shared numbers");
        assert_eq!(names(&look(&house, "3001", "すずき").await), ["鈴木 四郎"]);
        assert_eq!(names(&look(&house, "3001", "2201").await), ["鈴木 四郎"]);
        assert_eq!(names(&look(&house, "3001", "主事 田中").await), ["田中 五月"]);
        assert_eq!(names(&look(&house, "3001", "0875731100").await), ["本庁舎"]);
        assert_eq!(names(&look(&house, "3001", "財政課").await), ["財政課", "鈴木 四郎", "田中 五月"], "the section's own number first");
        let main = &look(&house, "3001", "").await.rows[0];
        assert_eq!((main.ext.as_str(), main.tel.as_deref()), ("3000", Some("0875731100")));
    }
}

#[tokio::test]
async fn a_row_follows_whoever_sits_down_and_says_something() {
    for house in telephones().await {
        let before = person(&house, "1001", "鈴木").await;
        assert_eq!((before.presence, before.place), (BookPresence::Away, None));
        let booking = house.book("2001", "Z1", today(), DAY).await;
        check_in(&house.cx, &house.actor("2001"), booking).await.unwrap();
        let seated = person(&house, "1001", "鈴木").await;
        assert_eq!((seated.presence, seated.place.map(|place| (place.label, place.floor_name))), (BookPresence::AtSeat, Some(("Z1".into(), "2階".into()))));
        let until = instant("2026-11-24T11:30");
        set_presence(&house.cx, &house.actor("2001"), house.person("2001"), PresenceState::Meeting, Some(until)).await.unwrap();
        delegate(&house.cx, &house.actor("2001"), house.person("2001"), house.person("2002"), Scope::All, None).await.unwrap();
        let busy = person(&house, "1001", "鈴木").await;
        let wall = "2026-11-24T11:30:00".parse().unwrap();
        assert_eq!((busy.presence, busy.answered_by.as_deref()), (BookPresence::Busy(PresenceState::Meeting, Some(wall)), Some("田中 五月")));
    }
}

#[tokio::test]
async fn a_shared_number_says_who_answers() {
    for house in telephones().await {
        let answers = |view: &BookView| match &view.rows[0].what {
            BookWhat::Section(answers) => answers.clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(answers(&look(&house, "1001", "3200").await), Answers::Fixed, "nobody has come yet");
        let booking = house.book("2001", "Z1", today(), DAY).await;
        check_in(&house.cx, &house.actor("2001"), booking).await.unwrap();
        assert_eq!(answers(&look(&house, "1001", "3200").await), Answers::People { names: vec!["鈴木 四郎".into()], count: 1 });
    }
}

#[tokio::test]
async fn nobody_sees_more_than_they_may_and_everybody_sees_who_looked() {
    for house in telephones().await {
        let booking = house.book("2001", "Z1", today(), DAY).await;
        check_in(&house.cx, &house.actor("2001"), booking).await.unwrap();
        account::set_visibility(&house.cx, &house.actor("2001"), Visibility::Unit).await.unwrap();
        let seen = person(&house, "3001", "鈴木").await;
        assert_eq!((seen.presence, seen.place), (BookPresence::In, None), "another unit is told that he is in, not where");
        assert_eq!(person(&house, "2002", "鈴木").await.presence, BookPresence::AtSeat);
        let wish = PhoneWish { listed: Some(false), ..PhoneWish::default() };
        set_phone(&house.cx, &house.actor("2002"), house.person("2002"), wish).await.unwrap();
        assert!(names(&look(&house, "3001", "田中").await).is_empty(), "not listed");

        look(&house, "3001", "鈴木").await;
        let traces = entity::look_up::Entity::find().all(house.cx.db().reader()).await.unwrap();
        let by_ito: Vec<_> = traces.iter().filter(|row| row.viewer_id == house.person("3001").0).map(|row| (row.person_id, row.times)).collect();
        assert_eq!(by_ito, [(house.person("2001").0, 1)], "a page that follows the typing counts as one look");
    }
}

#[tokio::test]
async fn a_house_without_telephones_has_an_empty_book() {
    for house in houses().await {
        let view = look(&house, "1001", "鈴木").await;
        assert!(!view.in_use && view.rows.is_empty());
    }
}

#[tokio::test]
async fn the_book_says_what_the_house_does_now() {
    for house in telephones().await {
        assert!(look(&house, "1001", "").await.modes.is_empty(), "nine on a Tuesday is normal");
        let site = house.cx.board().world.houses().next().unwrap().site;
        set_mode(&house.cx, &house.actor("1002"), site, Some(Mode::Disaster), None).await.unwrap();
        let modes = look(&house, "1001", "").await.modes;
        assert_eq!((modes[0].now.mode, modes[0].by.as_deref()), (Mode::Disaster, Some("髙橋 花子")));
        set_mode(&house.cx, &house.actor("1002"), site, None, None).await.unwrap();
        house.at("2026-11-24T18:00");
        let modes = look(&house, "1001", "").await.modes;
        assert_eq!((modes[0].now.mode, modes[0].by.as_deref(), modes[0].since), (Mode::AfterHours, None, None));
    }
}
