//! Every way to take, attend, lose and give back a seat, on both databases.

use super::*;
use crate::{
    Failure, Services, audit,
    testing::{AM, DAY, PM, day, houses, instant, today},
    verify::verify,
};
use chrono::{Days, NaiveDate, Weekday};
use domain::{
    BookingId,
    booking::{CheckInRefusal, EndRefusal, OnHeld, Pattern, State, Weekdays},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

fn tomorrow() -> NaiveDate {
    today() + Days::new(1)
}

async fn state(cx: &Services, id: BookingId) -> (State, u32) {
    let row = entity::booking::Entity::find_by_id(id.0).one(cx.db().reader()).await.unwrap().unwrap();
    (State::parse(&row.state).unwrap(), store::slots_of(row.slots).len())
}

/// Where a person's slots of a day are, in their order.
async fn held(house: &crate::testing::House, staff_no: &str, on: NaiveDate) -> Vec<(String, u8)> {
    let rows = store::held_from(house.cx.db().reader(), house.person(staff_no), on).await.unwrap();
    let office = house.cx.office();
    rows.iter().filter(|row| row.local_date == on).map(|row| (office.seats[&domain::SeatId(row.space_id)].label.clone(), store::slot_of(row.slot).0)).collect()
}

#[tokio::test]
async fn a_taken_seat_is_refused_with_the_nearest_free_ones() {
    for house in houses().await {
        house.book("1001", "S2", tomorrow(), AM).await;
        assert_eq!(house.refusal("1002", "S2", tomorrow(), DAY).await, ("seat_taken", vec!["S1".into(), "S3".into(), "W1".into()]));
        house.book("1002", "S2", tomorrow(), PM).await;
        house.is_sound().await;
    }
}

#[tokio::test]
async fn one_person_has_one_seat_and_may_move() {
    for house in houses().await {
        let first = house.book("1001", "S1", tomorrow(), DAY).await;
        assert_eq!(house.refusal("1001", "S2", tomorrow(), PM).await.0, "person_already_seated");
        let wish = Reserve { on_held: OnHeld::Move, ..house.wish("1001", "S2", tomorrow(), PM) };
        let second = reserve(&house.cx, &house.actor("1001"), wish).await.unwrap();
        assert_eq!((state(&house.cx, first).await, second.slots), ((State::Booked, 1), vec!["pm".to_owned()]));
        let wish = Reserve { on_held: OnHeld::Move, ..house.wish("1001", "S3", tomorrow(), DAY) };
        reserve(&house.cx, &house.actor("1001"), wish).await.unwrap();
        assert_eq!((state(&house.cx, first).await.0, state(&house.cx, second.id).await.0), (State::Cancelled, State::Cancelled));
        house.is_sound().await;
    }
}

#[tokio::test]
async fn a_change_of_seat_can_be_taken_back() {
    for house in houses().await {
        let (actor, at_eight) = (house.actor("1001"), "2026-11-24T08:00");
        house.at(at_eight);
        let first = house.book("1001", "S1", tomorrow(), DAY).await;
        house.at("2026-11-24T08:01");
        let wish = Reserve { on_held: OnHeld::Move, ..house.wish("1001", "S2", tomorrow(), PM) };
        let second = reserve(&house.cx, &actor, wish).await.unwrap();
        undo_move(&house.cx, &actor, second.id).await.unwrap();
        assert_eq!((state(&house.cx, first).await, state(&house.cx, second.id).await.0), ((State::Booked, 1), State::Cancelled));
        assert_eq!(held(&house, "1001", tomorrow()).await, [("S1".to_owned(), 0), ("S1".to_owned(), 1)]);

        house.at("2026-11-24T08:02");
        let wish = Reserve { on_held: OnHeld::Move, ..house.wish("1001", "S3", tomorrow(), DAY) };
        let third = reserve(&house.cx, &actor, wish).await.unwrap();
        assert!(matches!(undo_move(&house.cx, &house.actor("1002"), third.id).await, Err(Failure::NotFound(_))), "somebody else's");
        house.book("1002", "S1", tomorrow(), AM).await;
        assert!(matches!(undo_move(&house.cx, &actor, third.id).await, Err(Failure::Refused(_))), "the old seat is taken");
        assert_eq!(held(&house, "1001", tomorrow()).await, [("S3".to_owned(), 0), ("S3".to_owned(), 1)], "the new one stays");
        house.at("2026-11-24T08:12");
        assert!(matches!(undo_move(&house.cx, &actor, third.id).await, Err(Failure::NotFound(_))), "too long ago");
        house.is_sound().await;
    }
}

#[tokio::test]
async fn others_wait_for_the_release_time_and_members_do_not() {
    for house in houses().await {
        let later = day("2026-12-04");
        assert_eq!(house.refusal("3001", "S1", later, AM).await, ("not_yet_open", vec!["W1".into()]));
        house.book("1002", "S1", later, AM).await;
        house.book("2002", "S2", later, AM).await; // 兼務: at home in both
        house.at("2026-12-03T17:00");
        house.book("3001", "S3", later, AM).await;
        house.is_sound().await;
    }
}

#[tokio::test]
async fn a_full_home_overflows_in_order_and_within_what_is_lent() {
    for house in houses().await {
        let later = day("2026-11-27");
        assert_eq!(house.refusal("1003", "Z1", later, DAY).await.0, "not_yet_open");
        house.book("1001", "S1", later, DAY).await;
        house.book("1002", "S2", later, DAY).await;
        house.book("2002", "S3", later, DAY).await;
        house.book("1003", "Z1", later, DAY).await; // the one seat 財政課 lends
        let (code, _) = house.refusal("1004", "Z2", later, DAY).await;
        assert_eq!(code, "not_yet_open");
        house.book("2001", "Z2", later, DAY).await;
        house.is_sound().await;
    }
}

#[tokio::test]
async fn every_bad_day_is_named() {
    for house in houses().await {
        let cases = [("2026-11-23", "past_day"), ("2026-11-28", "closed_day"), ("2026-12-23", "too_far_ahead")];
        for (on, code) in cases {
            assert_eq!(house.refusal("1001", "S1", day(on), DAY).await.0, code, "{on}");
        }
        assert_eq!(house.refusal("1001", "X1", tomorrow(), DAY).await.0, "seat_closed");
        assert_eq!(house.refusal("1004", "S1", day("2026-12-01"), DAY).await.0, "not_employed");
        house.at("2026-11-24T12:30");
        assert_eq!(house.refusal("1001", "S1", today(), DAY).await.0, "slot_over");
        assert_eq!(house.refusal("1001", "S1", today(), domain::Slots::EMPTY).await.0, "no_slots");
    }
}

#[tokio::test]
async fn nobody_acts_for_others_and_unknown_things_are_not_found() {
    for house in houses().await {
        let id = house.book("1001", "S1", tomorrow(), DAY).await;
        let other = house.actor("1002");
        assert!(matches!(cancel(&house.cx, &other, id).await, Err(Failure::NotFound(_))));
        assert!(matches!(check_in(&house.cx, &other, id).await, Err(Failure::NotFound(_))));
        assert!(matches!(reserve(&house.cx, &other, house.wish("1001", "S2", tomorrow(), DAY)).await, Err(Failure::Denied)));
        assert!(matches!(cancel(&house.cx, &other, BookingId(99_999)).await, Err(Failure::NotFound(_))));
        assert_eq!(state(&house.cx, id).await, (State::Booked, 2));
    }
}

#[tokio::test]
async fn a_repeated_request_books_once_and_its_key_stands_for_it_alone() {
    for house in houses().await {
        let key = |fingerprint: &str| Some(Idempotency { key: "k1".into(), fingerprint: fingerprint.into() });
        let wish = Reserve { idempotency: key("a"), ..house.wish("1001", "S1", tomorrow(), DAY) };
        let first = reserve(&house.cx, &house.actor("1001"), wish.clone()).await.unwrap();
        let again = reserve(&house.cx, &house.actor("1001"), wish.clone()).await.unwrap();
        assert_eq!(first.id, again.id);
        let other = Reserve { idempotency: key("b"), ..wish };
        assert!(matches!(reserve(&house.cx, &house.actor("1001"), other).await, Err(Failure::KeyReused)));
    }
}

#[tokio::test]
async fn cancelling_frees_the_seat_and_can_be_undone() {
    for house in houses().await {
        let actor = house.actor("1001");
        let id = house.book("1001", "S1", tomorrow(), DAY).await;
        assert_eq!(cancel(&house.cx, &actor, id).await.unwrap().state, State::Cancelled);
        assert!(matches!(cancel(&house.cx, &actor, id).await, Err(Failure::Refused(EndRefusal::Ended { .. }))));
        let back = restore(&house.cx, &actor, id).await.unwrap();
        assert_eq!((back.seat_label.as_str(), back.slots.len()), ("S1", 2));
        cancel(&house.cx, &actor, back.id).await.unwrap();
        house.book("1002", "S1", tomorrow(), AM).await;
        assert!(matches!(restore(&house.cx, &actor, back.id).await, Err(Failure::Refused(_))));
        house.at("2026-11-24T08:45");
        assert!(matches!(restore(&house.cx, &actor, id).await, Err(Failure::NotFound(_))));
        house.is_sound().await;
    }
}

#[tokio::test]
async fn check_in_has_a_window_and_serves_the_whole_day() {
    for house in houses().await {
        let actor = house.actor("1001");
        let id = house.book("1001", "S1", today(), DAY).await;
        house.at("2026-11-24T07:29");
        assert!(matches!(check_in(&house.cx, &actor, id).await, Err(Failure::Refused(CheckInRefusal::TooEarly { .. }))));
        house.at("2026-11-24T07:30");
        assert_eq!(check_in(&house.cx, &actor, id).await.unwrap().state, State::CheckedIn);
        assert!(matches!(check_in(&house.cx, &actor, id).await, Err(Failure::Refused(CheckInRefusal::AlreadyCheckedIn))));
        assert_eq!(undo_check_in(&house.cx, &actor, id).await.unwrap().state, State::Booked);
        check_in(&house.cx, &actor, id).await.unwrap();
        house.at("2026-11-24T13:40");
        assert_eq!(release_no_shows(&house.cx).await.unwrap(), 0);
        assert_eq!(leave(&house.cx, &actor, id).await.unwrap().state, State::Released);
        house.book("1002", "S1", today(), PM).await;
        house.is_sound().await;
    }
}

#[tokio::test]
async fn a_seat_nobody_came_to_frees_itself_and_the_afternoon_is_kept() {
    for house in houses().await {
        let id = house.book("1001", "S1", today(), DAY).await;
        house.at("2026-11-24T08:59");
        assert_eq!(release_no_shows(&house.cx).await.unwrap(), 0);
        house.at("2026-11-24T09:00");
        assert_eq!(release_no_shows(&house.cx).await.unwrap(), 1);
        assert_eq!(state(&house.cx, id).await, (State::Booked, 1));
        house.book("1002", "S1", today(), AM).await;
        house.is_sound().await;
        house.at("2026-11-24T12:50");
        check_in(&house.cx, &house.actor("1001"), id).await.unwrap();
        house.at("2026-11-24T17:15");
        release_no_shows(&house.cx).await.unwrap();
        assert_eq!(state(&house.cx, id).await, (State::Done, 0));
        house.is_sound().await;
    }
}

#[tokio::test]
async fn sitting_down_takes_the_seat_at_once_and_gives_up_the_other() {
    for house in houses().await {
        let booked = house.book("1001", "S1", today(), DAY).await;
        house.book("1002", "S2", today(), PM).await;
        let here = sit_now(&house.cx, &house.actor("1001"), house.person("1001"), house.seat("S2")).await.unwrap();
        assert_eq!((here.state, here.slots), (State::CheckedIn, vec!["am".to_owned()]));
        assert_eq!(state(&house.cx, booked).await, (State::Booked, 1));
        let refused = sit_now(&house.cx, &house.actor("1003"), house.person("1003"), house.seat("S2")).await;
        assert!(matches!(refused, Err(Failure::Refused(refused)) if refused.reason.code() == "seat_taken" && refused.alternatives.len() == 3 ));
        house.at("2026-11-24T17:20");
        let late = sit_now(&house.cx, &house.actor("1003"), house.person("1003"), house.seat("S3")).await;
        assert!(matches!(late, Err(Failure::Refused(refused)) if refused.reason.code() == "slot_over"));
        house.is_sound().await;
    }
}

#[tokio::test]
async fn several_days_are_booked_each_on_its_own_and_taken_back_by_range() {
    for house in houses().await {
        let actor = house.actor("1001");
        house.book("1002", "S1", day("2026-11-26"), DAY).await;
        let days = ["2026-11-25", "2026-11-26", "2026-11-28"].map(day).to_vec();
        let results = reserve_days(&house.cx, &actor, house.person("1001"), Want::Seat(house.seat("S1")), days, DAY).await.unwrap();
        let codes: Vec<_> = results.iter().map(|day| day.outcome.as_ref().map_or_else(|refused| refused.reason.code(), |_| "ok")).collect();
        assert_eq!(codes, ["ok", "seat_taken", "closed_day"]);
        let ended = cancel_range(&house.cx, &actor, house.person("1001"), day("2026-11-25"), day("2026-12-01")).await.unwrap();
        assert_eq!((ended.ended.len(), ended.kept.len()), (1, 0));
        house.is_sound().await;
    }
}

#[tokio::test]
async fn a_recurring_wish_books_its_days_as_they_come() {
    for house in houses().await {
        let actor = house.actor("1001");
        let pattern = Pattern { weekdays: Weekdays::default().with(Weekday::Tue).with(Weekday::Thu), from_on: today(), until_on: None };
        let request = PatternRequest { person: house.person("1001"), pattern, slots: AM, seat: Some(house.seat("S2")) };
        house.book("1002", "S2", day("2026-11-26"), AM).await;
        let (id, results) = add_pattern(&house.cx, &actor, request).await.unwrap();
        assert_eq!(results.len(), 9, "Tuesdays and Thursdays of 29 days");
        assert!(results.iter().all(|day| day.outcome.is_ok()), "a taken seat is replaced by the best free one");
        house.at("2026-11-25T01:00");
        assert_eq!(extend_patterns(&house.cx).await.unwrap(), 0, "the next day within the horizon is a Wednesday");
        house.at("2026-11-26T01:00");
        assert_eq!(extend_patterns(&house.cx).await.unwrap(), 1);
        end_pattern(&house.cx, &actor, id, EndPattern::CancelBookings).await.unwrap();
        house.at("2026-11-30T01:00");
        assert_eq!(extend_patterns(&house.cx).await.unwrap(), 0);
        let view = my_bookings(&house.cx, &actor, None, Span::Month).await.unwrap();
        assert!(view.patterns.is_empty() && view.days.iter().all(|day| day.places.is_empty()));
        house.is_sound().await;
    }
}

#[tokio::test]
async fn many_at_once_have_exactly_one_winner() {
    for house in houses().await {
        for round in 0..20 {
            let on = day("2026-11-25") + Days::new([0, 1, 2][round % 3]);
            let label = ["S1", "S2", "S3"][round / 3 % 3];
            let tries = ["1001", "1002", "1003", "2002"].into_iter().cycle().take(24).map(|who| {
                let (cx, actor, wish) = (house.cx.clone(), house.actor(who), house.wish(who, label, on, DAY));
                tokio::spawn(async move { reserve(&cx, &actor, wish).await })
            });
            let mut winners = Vec::new();
            for result in futures::future::join_all(tries).await {
                match result.unwrap() {
                    Ok(view) => winners.push(view.id),
                    Err(Failure::Refused(_) | Failure::Busy) => {}
                    Err(failure) => panic!("{failure:?}"),
                }
            }
            assert_eq!(winners.len(), 1, "round {round}");
            house.is_sound().await;
            let owner = entity::booking::Entity::find_by_id(winners[0].0).one(house.cx.db().reader()).await.unwrap().unwrap().person_id;
            cancel(&house.cx, &domain::account::Actor::Person { id: domain::PersonId(owner), role: domain::account::Role::Staff }, winners[0]).await.unwrap();
        }
    }
}

#[tokio::test]
async fn the_proposal_is_at_home_and_says_why() {
    for house in houses().await {
        house.book("1002", "S2", today(), DAY).await;
        let view = home_view(&house.cx, &house.actor("1001")).await.unwrap();
        let proposal = view.proposal.unwrap();
        assert_eq!((view.for_day.on, proposal.zone_name.as_deref()), (today(), Some("総務課エリア")));
        assert!(proposal.reasons.contains(&domain::booking::Reason::HomeZone) && proposal.reasons.contains(&domain::booking::Reason::NearTeam { count: 1 }));
        assert_eq!((view.floor_free.map(|free| (free.2, free.3)), view.home_load_percent), (Some((5, 6)), Some(33)));
        house.book("1001", "S1", today(), DAY).await;
        let view = home_view(&house.cx, &house.actor("1001")).await.unwrap();
        assert_eq!((view.today.len(), view.for_day.on, view.week.len()), (1, tomorrow(), 4));
    }
}

#[tokio::test]
async fn any_and_zone_take_the_best_free_seat() {
    for house in houses().await {
        let any = Reserve { want: Want::Any, ..house.wish("3001", "S1", tomorrow(), DAY) };
        assert_eq!(reserve(&house.cx, &house.actor("3001"), any.clone()).await.unwrap().seat_label, "W1", "the only one open to all");
        let other = Reserve { person: house.person("2001"), want: Want::Zone(house.zone("z")), ..any };
        assert!(reserve(&house.cx, &house.actor("2001"), other.clone()).await.unwrap().seat_label.starts_with('Z'));
        let full = Reserve { person: house.person("1001"), want: Want::Zone(house.zone("w")), ..other };
        let refused = reserve(&house.cx, &house.actor("1001"), full).await;
        assert!(matches!(refused, Err(Failure::Refused(refused)) if refused.reason.code() == "nothing_free"));
    }
}

#[tokio::test]
async fn a_change_is_told_after_it_is_stored() {
    for house in houses().await {
        // On PostgreSQL notices come through a listener of its own, which needs a moment to begin.
        tokio::time::sleep(std::time::Duration::from_millis(300)).await;
        let mut changes = house.cx.live().subscribe();
        let id = house.book("1001", "S1", tomorrow(), DAY).await;
        let change = tokio::time::timeout(std::time::Duration::from_secs(5), changes.recv()).await.unwrap().unwrap();
        assert!(matches!(change, crate::live::Notice::Floor(change) if change.on == tomorrow()));
        assert_eq!(state(&house.cx, id).await.0, State::Booked);
    }
}

#[tokio::test]
async fn a_record_that_appears_late_does_not_break_the_chain() {
    for house in houses().await {
        house.book("1001", "S1", tomorrow(), DAY).await;
        // A transaction takes its number before it ends: the smaller one may be seen after the larger one was sealed.
        for (id, at) in [(1_100, "2026-11-24T09:00"), (1_050, "2026-11-24T08:00")] {
            house
                .cx
                .db()
                .write(move |transaction| {
                    Box::pin(async move {
                        let row = entity::audit::ActiveModel {
                            id: Set(id),
                            at: Set(instant(at)),
                            actor: Set("system".into()),
                            action: Set("test".into()),
                            subject: Set("test:1".into()),
                            detail: Set("{}".into()),
                            ..Default::default()
                        };
                        entity::audit::Entity::insert(row).exec_without_returning(transaction).await?;
                        Ok::<_, Failure<crate::Never>>(())
                    })
                })
                .await
                .unwrap();
            assert!(audit::seal(&house.cx).await.unwrap() > 0);
        }
        house.is_sound().await;
        house
            .cx
            .db()
            .write(|transaction| {
                Box::pin(async move {
                    entity::audit::Entity::delete_by_id(1_100).exec(transaction).await?;
                    Ok::<_, Failure<crate::Never>>(())
                })
            })
            .await
            .unwrap();
        let checks: Vec<_> = verify(&house.cx).await.unwrap().into_iter().map(|finding| finding.check).collect();
        assert_eq!(checks, ["audit_chain"], "a removed row shows");
    }
}

#[tokio::test]
async fn verify_sees_damage() {
    for house in houses().await {
        house.book("1001", "S1", tomorrow(), DAY).await;
        house.cx.clock().set(instant("2026-11-24T08:40"));
        assert!(audit::seal(&house.cx).await.unwrap() > 0);
        house.is_sound().await;
        house
            .cx
            .db()
            .write(|transaction| {
                Box::pin(async move {
                    entity::occupancy::Entity::delete_many().filter(entity::occupancy::Column::Slot.eq(0)).exec(transaction).await?;
                    let forged = sea_orm::sea_query::Expr::value("forged");
                    entity::audit::Entity::update_many()
                        .col_expr(entity::audit::Column::Detail, forged)
                        .filter(entity::audit::Column::Id.eq(1))
                        .exec(transaction)
                        .await?;
                    Ok::<_, Failure<crate::Never>>(())
                })
            })
            .await
            .unwrap();
        let checks: Vec<_> = verify(&house.cx).await.unwrap().into_iter().map(|finding| finding.check).collect();
        assert_eq!(checks, ["booking_owns_slots", "audit_chain"]);
    }
}
