//! Invented offices keep the rules real ones keep.

use super::{
    floors::{BIG_FLOOR, FLOOR, floors},
    organisation::{people, units},
    *,
};
use crate::testing::{day, empty_houses, today};
use entity::booking;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use std::collections::{BTreeMap, BTreeSet};

fn size(people: u32, seats: u32, days: u32) -> DemoSize {
    DemoSize { people, seats, days, seed: 7 }
}

#[test]
fn units_and_people_add_up() {
    for wanted in [0, 1, 31, 32, 33, 77, 3_000, 9_000] {
        let size = size(wanted, 0, 0);
        let units = units(&size);
        let members: usize = units.iter().map(|unit| unit.members).sum();
        assert_eq!(members, wanted as usize);
        let codes: BTreeSet<_> = units.iter().map(|unit| &unit.code).collect();
        assert_eq!(codes.len(), units.len(), "a code twice among {wanted} people");
        assert!(units.iter().all(|unit| unit.parent.is_none() == (unit.members == 0)));
        let people = people(&size, &units, today(), today());
        assert_eq!(people.len(), wanted as usize);
        let numbers: BTreeSet<_> = people.iter().map(|person| &person.staff_no).collect();
        assert_eq!(numbers.len(), people.len());
    }
}

#[test]
fn floors_have_every_seat_once_and_one_is_big() {
    let cases: &[(u32, &[usize])] = &[(0, &[]), (54, &[54]), (300, &[300]), (499, &[300, 199]), (500, &[500]), (2_100, &[500, 300, 300, 300, 300, 300, 100])];
    for (seats, expected) in cases {
        let size = size(seats * 10 / 7, *seats, 0);
        let floors = floors(&size, &units(&size));
        let counts: Vec<usize> = floors.iter().map(|floor| floor.zones.iter().map(|zone| zone.seats.len()).sum()).collect();
        assert_eq!(counts, *expected, "{seats} seats");
        assert!(counts.iter().all(|count| *count <= FLOOR || *count == BIG_FLOOR));
        for floor in &floors {
            let seats = || floor.zones.iter().flat_map(|zone| &zone.seats);
            let places: BTreeSet<_> = seats().map(|seat| (seat.x_mm, seat.y_mm)).collect();
            let labels: BTreeSet<_> = seats().map(|seat| &seat.label).collect();
            assert_eq!((places.len(), labels.len()), (seats().count(), seats().count()), "{}", floor.name);
            assert!(seats().all(|seat| (0..floor.width_mm).contains(&seat.x_mm) && (0..floor.height_mm).contains(&seat.y_mm)));
        }
    }
}

#[test]
fn homes_have_seven_seats_for_ten_members() {
    let size = size(3_000, 2_100, 0);
    let units = units(&size);
    let mut seats: BTreeMap<String, usize> = BTreeMap::new();
    for zone in floors(&size, &units).iter().flat_map(|floor| &floor.zones) {
        *seats.entry(zone.home_of.clone()).or_default() += zone.seats.len();
    }
    for unit in units.iter().filter(|unit| unit.members > 0) {
        let percent = seats[&unit.code] * 100 / unit.members;
        assert!((64..=76).contains(&percent), "{}: {percent} % of {}", unit.name, unit.members);
    }
}

#[tokio::test]
async fn a_generated_office_is_sound_and_the_same_each_time() {
    let mut seen = Vec::new();
    // Twice on the embedded database, and once more on PostgreSQL where there is one.
    for house in empty_houses().await.into_iter().chain(empty_houses().await) {
        house.at("2026-11-24T10:00");
        let cx = &house.cx;
        let report = generate(cx, size(200, 140, 15)).await.unwrap();
        assert_eq!((report.people, report.seats), (200, 140));
        house.is_sound().await;
        let mut rows = booking::Entity::find().all(cx.db().reader()).await.unwrap();
        assert_eq!(rows.len(), report.bookings);
        rows.sort_by_key(|row| row.id);
        let states: BTreeSet<_> = rows.iter().map(|row| row.state.clone()).collect();
        assert!(["booked", "checked_in", "done", "expired"].iter().all(|state| states.contains(*state)), "{states:?}");
        assert_eq!(crate::booking::release_no_shows(cx).await.unwrap(), 0, "nothing is overdue when the demo begins");
        seen.push(rows.into_iter().map(|row| (row.person_id, row.space_id, row.local_date, row.booked_slots, row.state)).collect::<Vec<_>>());
        cx.close().await;
    }
    assert!(seen.iter().all(|rows| *rows == seen[0]));
}

#[tokio::test]
async fn a_real_booking_follows_the_invented_ones() {
    for house in empty_houses().await {
        let cx = &house.cx;
        generate(cx, size(40, 28, 3)).await.unwrap();
        let wish = crate::booking::Want::Any;
        let on = day("2026-12-21");
        let mut made = 0;
        for person in cx.office().people.keys() {
            let reserve = crate::booking::Reserve {
                person: *person,
                want: wish,
                on,
                slots: domain::Slots::first(2),
                on_held: domain::booking::OnHeld::Refuse,
                idempotency: None,
            };
            made += usize::from(crate::booking::reserve(cx, &crate::Actor::System, reserve).await.is_ok());
        }
        assert!(made > 0, "somebody finds a seat");
        house.is_sound().await;
    }
}

#[tokio::test]
async fn the_sample_office_is_alive_and_left_alone_the_second_time() {
    for house in empty_houses().await {
        house.at("2026-11-24T10:00");
        let cx = &house.cx;
        let report = load_sample(cx).await.unwrap();
        assert_eq!((report.people, report.seats), (77, 81));
        assert!(report.administrator.is_some());
        house.is_sound().await;
        let today = booking::Entity::find().filter(booking::Column::LocalDate.eq(today()));
        let count = async |state: &str| today.clone().filter(booking::Column::State.eq(state)).count(cx.db().reader()).await.unwrap();
        let (booked, there) = (count("booked").await, count("checked_in").await);
        assert!((20..=45).contains(&(booked + there)), "{booked} booked and {there} there of 81");
        assert!(there >= 15 && booked >= 1, "{booked} booked and {there} there");
        let halves = today.clone().filter(booking::Column::BookedSlots.ne(0b11)).count(cx.db().reader()).await.unwrap();
        assert!(halves >= 2, "{halves} half-days");
        let again = load_sample(cx).await.unwrap();
        assert_eq!((again.people, again.bookings), (77, 0));
    }
}

#[tokio::test]
async fn the_sample_telephone_file_is_what_the_demo_has() {
    for house in crate::testing::empty_houses().await {
        load_sample(&house.cx).await.unwrap();
        let file = include_str!("../../../../assets/sample/telephone.json");
        let report = crate::telephone::import_telephone(&house.cx, file.as_bytes(), crate::person::ImportMode::Apply).await.unwrap();
        assert_eq!((report.changed, report.conflicts), (Vec::new(), Vec::new()));
        let site = *house.cx.office().sites.keys().next().unwrap();
        let written = serde_json::to_value(crate::telephone::export_telephone(&house.cx, site).await.unwrap()).unwrap();
        assert_eq!(written, serde_json::from_str::<serde_json::Value>(file).unwrap());
    }
}

#[test]
fn the_sample_has_seven_seats_for_ten_members_of_every_section() {
    let people = include_str!("../../../../assets/sample/people.csv");
    let floor: serde_json::Value = serde_json::from_str(include_str!("../../../../assets/sample/floor-2.json")).unwrap();
    let (mut all, mut seats_of_all) = (0, 0);
    for zone in floor["zones"].as_array().unwrap() {
        let unit = zone["home_of"][0].as_str().unwrap();
        let members = people.lines().filter(|line| line.contains(&format!(",{unit},")) && line.contains(",本務,")).count();
        let seats = floor["seats"].as_array().unwrap().iter().filter(|seat| seat["zone"] == zone["id"]).count();
        assert_eq!(domain::zone::planned_seats(u32::try_from(members).unwrap(), 70) as usize, seats, "{unit}");
        (all, seats_of_all) = (all + members, seats_of_all + seats);
    }
    assert_eq!((all, seats_of_all), (77, 54));
}
