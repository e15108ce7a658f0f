//! Calls of months: counted while they are kept, written down before they are forgotten, seen by who may.

use super::{event, link, telephones};
use crate::{
    Actor, Failure,
    booking::check_in,
    telephone::{close_months, forget_calls, month_totals, take_events, year_totals},
    testing::{DAY, House, instant, today},
};
use domain::{
    account::Role,
    telephone::totals::{Called, Month},
};
use serde_json::json;

/// Five calls of one morning: two taken, one of them by a colleague of another section's; three missed.
async fn morning(house: &House) {
    let link = link(house).await;
    for (staff_no, seat) in [("2002", "Z1"), ("1001", "S1")] {
        let booking = house.book(staff_no, seat, today(), DAY).await;
        check_in(&house.cx, &house.actor(staff_no), booking).await.unwrap();
    }
    let call = |id: &str, to: &str, more: &[(&str, i64, serde_json::Value)]| {
        let ring = event(1, "ring", 0, &json!({ "call_id": id, "to": to }));
        let rest = more.iter().zip(2..).map(|((ev, second, more), seq)| {
            let mut detail = more.clone();
            detail["call_id"] = json!(id);
            event(seq, ev, *second, &detail)
        });
        std::iter::once(ring).chain(rest).collect::<Vec<_>>()
    };
    let told = [
        call("a", "3200", &[("answer", 4, json!({ "by": "seat-z1" })), ("transfer", 9, json!({})), ("hangup", 60, json!({}))]),
        call("b", "3200", &[("answer", 10, json!({ "by": "mob-1001" })), ("hangup", 60, json!({}))]),
        call("c", "3200", &[("unanswered", 45, json!({}))]),
        call("d", "3000", &[("abandoned", 12, json!({}))]),
        call("e", "2201", &[("unanswered", 45, json!({}))]),
        call("f", "2201", &[]),
    ];
    take_events(&house.cx, &link, told.concat()).await.unwrap();
}

fn november() -> Month {
    "2026-11".parse().unwrap()
}

fn as_role(house: &House, staff_no: &str, role: Role) -> Actor {
    Actor::Person { id: house.person(staff_no), role }
}

#[tokio::test]
async fn a_month_is_counted() {
    for house in telephones().await {
        morning(&house).await;
        let view = month_totals(&house.cx, &Actor::System, november()).await.unwrap();
        let row = |wanted: fn(Called) -> bool| view.rows.iter().find(|(called, ..)| wanted(*called)).map(|(_, name, totals)| (name.as_str(), *totals)).unwrap();
        let (name, zaisei) = row(|called| matches!(called, Called::Section(_)));
        assert_eq!((name, zaisei.calls, zaisei.answered, zaisei.meant, zaisei.unanswered, zaisei.passed_on), ("財政課", 3, 2, 1, 1, 1));
        assert_eq!(zaisei.answer_tenths(), Some(70), "four and ten seconds");
        let (name, main) = row(|called| matches!(called, Called::Main(_)));
        assert_eq!((name, main.calls, main.abandoned), ("総務課", 1, 1));
        assert_eq!(row(|called| called == Called::People).1.calls, 1, "who rings still has not ended");
        assert_eq!((view.hours[9].calls, view.hours[9].missed(), view.hours[10].calls), (5, 3, 0));
        let year = year_totals(&house.cx, &Actor::System, november()).await.unwrap();
        assert_eq!((year.len(), year[11].1.calls, year[10].1.calls), (12, 5, 0));
    }
}

#[tokio::test]
async fn totals_outlive_the_calls() {
    for house in telephones().await {
        morning(&house).await;
        let before = month_totals(&house.cx, &Actor::System, november()).await.unwrap();
        assert_eq!(close_months(&house.cx).await.unwrap(), 0, "the month is not over");
        for (now, forgotten) in [("2026-12-02T01:00", 0), ("2027-03-01T01:00", 6), ("2027-03-02T01:00", 0)] {
            house.cx.clock().set(instant(now));
            house.cx.refresh_board().await.unwrap();
            close_months(&house.cx).await.unwrap();
            assert_eq!(forget_calls(&house.cx).await.unwrap(), forgotten, "{now}");
            assert_eq!(month_totals(&house.cx, &Actor::System, november()).await.unwrap(), before, "{now}");
        }
        house.cx.clock().set(instant("2031-12-01T01:00"));
        house.cx.refresh_board().await.unwrap();
        close_months(&house.cx).await.unwrap();
        assert!(month_totals(&house.cx, &Actor::System, november()).await.unwrap().rows.is_empty(), "five years");
    }
}

#[tokio::test]
async fn a_head_sees_the_own_section_and_staff_see_no_totals() {
    for house in telephones().await {
        morning(&house).await;
        let called = |view: domain::telephone::view::MonthView| view.rows.into_iter().map(|(_, name, _)| name).collect::<Vec<_>>();
        // 課長 by the title alone, and with the role.
        for role in [Role::Staff, Role::SectionAdmin] {
            let head = month_totals(&house.cx, &as_role(&house, "2001", role), november()).await.unwrap();
            assert_eq!(called(head), ["財政課"], "{role:?}");
        }
        let auditor = month_totals(&house.cx, &as_role(&house, "2001", Role::Auditor), november()).await.unwrap();
        assert_eq!(called(auditor).len(), 3);
        for role in [Role::Staff, Role::FacilityAdmin] {
            assert!(matches!(month_totals(&house.cx, &as_role(&house, "2002", role), november()).await, Err(Failure::Denied)));
        }
    }
}
