//! My phone, as its owner sees it.

use super::*;
use domain::telephone::{Listing, PresenceSource};

fn mine(house: &House, staff_no: &str) -> MyPhone {
    my_phone(&house.cx, &house.actor(staff_no)).unwrap()
}

#[tokio::test]
async fn a_person_sees_who_rings_for_them_and_what_they_said() {
    for house in telephones().await {
        let me = house.person("2001");
        let before = mine(&house, "2001");
        assert_eq!(before.ext.map(String::from).as_deref(), Some("2201"));
        assert_eq!(rings(&before.plans.as_ref().unwrap()[0])[0], ["mob-2001"]);
        assert_eq!((before.said, before.standing.source, before.listing), (None, PresenceSource::Default, Listing::Listed));

        let until = instant("2026-11-24T11:30");
        assert_eq!(instant_for(&house.cx, me, "2026-11-24T11:30:00".parse().unwrap()), until);
        set_presence(&house.cx, &house.actor("2001"), me, PresenceState::Dnd, Some(until)).await.unwrap();
        delegate(&house.cx, &house.actor("2001"), me, house.person("1001"), Scope::Outside, None).await.unwrap();
        let after = mine(&house, "2001");
        assert_eq!(after.said.map(|row| (row.state, row.span.until_at)), Some((PresenceState::Dnd, Some(until))));
        assert_eq!(after.delegations.iter().map(|(row, name)| (row.scope, name.as_str())).collect::<Vec<_>>(), [(Scope::Outside, "佐藤 一郎")]);
        let [outside, inside] = after.plans.unwrap();
        assert_eq!(rings(&outside)[0], ["mob-1001"], "whoever answers for him");
        assert!(!rings(&inside).concat().contains(&"mob-2001".to_owned()), "not to be disturbed");
    }
}

#[tokio::test]
async fn colleagues_are_found_by_name_or_number() {
    for house in telephones().await {
        let names = |text: &str| colleagues(&house.cx, &house.actor("2001"), text).into_iter().map(|person| person.name).collect::<Vec<_>>();
        assert_eq!(names("たなか"), ["田中 五月"]);
        assert_eq!(names("2202"), ["田中 五月"]);
        assert_eq!(names("田中 五月 2202"), ["田中 五月"]);
        assert!(names("鈴木").is_empty(), "nobody hands over to themselves");
        assert!(names("").is_empty());
    }
}

#[tokio::test]
async fn numbers_are_for_who_administers() {
    for house in telephones().await {
        assert!(matches!(numbers(&house.cx, &house.actor("2001")), Err(Failure::Denied)));
        assert_eq!(numbers(&house.cx, &Actor::System).unwrap().first().map(|(ext, _)| ext.to_string()).as_deref(), Some("2101"));
    }
}
