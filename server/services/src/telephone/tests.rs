//! Telephones as they are stored and asked for, on both databases.

mod book;
mod cover;
mod edit;
mod emergency;
mod mine;
mod records;

use super::*;
use crate::{
    Actor, Failure, audit,
    booking::{check_in, leave},
    import::ImportError,
    person::ImportMode,
    testing::{DAY, House, houses, instant, today},
};
use chrono::{DateTime, Utc};
use domain::telephone::{CallIn, Conflict, Mode, Plan, PresenceState, Rung, Scope, Status, Target, render::RouteRequest};
use serde_json::{Value, json};

/// 総務課 and 財政課 with a fixed telephone each; Z1's seat phone stands among the seat's attributes.
fn set_up() -> Value {
    json!({
        "site": "本庁舎", "house_phone": { "aor": "bcp-house" }, "reception": "soumu",
        "hours": [{ "windows": [{ "from": "08:30", "until": "17:15" }] }],
        "sections": [
            { "key": "soumu", "name": "総務課", "unit": "S", "closed": { "duty": "9000" }, "roster": ["1001"] },
            { "key": "zaisei", "name": "財政課", "unit": "Z", "overflow": "soumu", "ring": "rotate" },
        ],
        "devices": [
            { "aor": "mob-2001", "kind": "mobile", "person": "2001" },
            { "aor": "mob-2002", "kind": "mobile", "person": "2002" },
            { "aor": "mob-1001", "kind": "mobile", "person": "1001" },
            { "aor": "seat-s1", "kind": "seat_phone", "seat": { "floor": "2階", "label": "S1" } },
            { "aor": "bcp-soumu", "kind": "fixed_bcp", "section": "soumu" },
            { "aor": "bcp-zaisei", "kind": "fixed_bcp", "section": "zaisei" },
            { "aor": "bcp-house", "kind": "fixed_bcp", "house": true },
        ],
        "numbers": [
            { "ext": "3000", "kind": "main", "section": "soumu", "tel": "+81875731100" },
            { "ext": "3100", "kind": "section", "section": "soumu" },
            { "ext": "3200", "kind": "section", "section": "zaisei" },
            { "ext": "9000", "kind": "room", "device": "bcp-house" },
        ],
        "contacts": [{ "tel": "+81312345678", "name": "○○町会" }],
        "links": [{ "id": "k1", "kind": "kamailio" }],
    })
}

async fn bring(house: &House, file: &Value, mode: ImportMode) -> Result<TelephoneReport, Vec<crate::import::ImportProblem>> {
    match import_telephone(&house.cx, file.to_string().as_bytes(), mode).await {
        Ok(report) => Ok(report),
        Err(Failure::Refused(problems)) => Err(problems),
        Err(failure) => panic!("{failure:?}"),
    }
}

async fn telephones() -> Vec<House> {
    let houses = houses().await;
    for house in &houses {
        house.at("2026-11-24T09:00");
        bring(house, &set_up(), ImportMode::Apply).await.unwrap();
    }
    houses
}

fn ask(house: &House, to: &str) -> Plan {
    let call = CallIn { to: to.into(), from: "0312345678".into(), trunk: Some("t".into()), ..CallIn::default() };
    plan(&house.cx, &call, house.cx.clock().now())
}

/// What rings, stage by stage.
fn rings(plan: &Plan) -> Vec<Vec<String>> {
    let name = |rung: &Rung| rung.target.to_string();
    plan.stages.iter().map(|stage| stage.targets.iter().map(name).collect()).collect()
}

#[tokio::test]
async fn the_next_call_finds_whoever_sat_down_moved_or_left() {
    for house in telephones().await {
        // 鈴木 (2001) has the number of the people file.
        assert_eq!(rings(&ask(&house, "2201"))[0], ["mob-2001"]);
        let booking = house.book("2001", "Z1", today(), DAY).await;
        assert_eq!(rings(&ask(&house, "2201"))[0], ["mob-2001"], "a booking is nobody at a seat");
        check_in(&house.cx, &house.actor("2001"), booking).await.unwrap();
        let plan = ask(&house, "2201");
        assert_eq!(rings(&plan)[0], ["seat-z1", "mob-2001"]);
        assert_eq!(plan.caller.name, "○○町会");
        assert!(plan.offline().stages.iter().flat_map(|stage| &stage.targets).all(|rung| rung.target != Target::Aor("seat-z1".parse().unwrap())));
        leave(&house.cx, &house.actor("2001"), booking).await.unwrap();
        assert_eq!(rings(&ask(&house, "2201"))[0], ["mob-2001"]);
    }
}

#[tokio::test]
async fn a_seat_that_frees_itself_takes_its_telephone_along() {
    for house in telephones().await {
        let booking = house.book("2001", "Z1", today(), DAY).await;
        check_in(&house.cx, &house.actor("2001"), booking).await.unwrap();
        house.at("2026-11-24T20:00");
        assert_eq!(rings(&ask(&house, "2201"))[0], ["mob-2001"], "the booking and its grace time are over");
        house.at("2026-11-25T09:00");
        house.cx.refresh_office().await.unwrap();
        assert_eq!(house.cx.board().loaded_on, instant("2026-11-25T09:00").date_naive());
    }
}

#[tokio::test]
async fn people_decide_about_their_calls() {
    for house in telephones().await {
        let (suzuki, tanaka) = (house.person("2001"), house.person("2002"));
        let own = house.actor("2001");
        set_presence(&house.cx, &own, suzuki, PresenceState::Meeting, Some(instant("2026-11-24T10:00"))).await.unwrap();
        assert_ne!(rings(&ask(&house, "2201")).first().map(Vec::as_slice), Some(["mob-2001".to_owned()].as_slice()));
        house.at("2026-11-24T10:01");
        assert_eq!(rings(&ask(&house, "2201"))[0], ["mob-2001"], "a meeting ends by itself");
        delegate(&house.cx, &own, suzuki, tanaka, Scope::Outside, None).await.unwrap();
        assert_eq!(rings(&ask(&house, "2201"))[0], ["mob-2002"]);
        delegate(&house.cx, &own, suzuki, tanaka, Scope::All, None).await.unwrap();
        end_delegation(&house.cx, &own, suzuki).await.unwrap();
        assert_eq!(rings(&ask(&house, "2201"))[0], ["mob-2001"]);
        let wish = PhoneWish { ring_ms: Some(Some(9_000)), ..PhoneWish::default() };
        set_phone(&house.cx, &own, suzuki, wish).await.unwrap();
        assert_eq!(ask(&house, "2201").stages[0].ring_ms, 9_000);
        // Nobody else's, nobody oneself, nothing past.
        assert!(matches!(set_presence(&house.cx, &own, tanaka, PresenceState::Dnd, None).await, Err(Failure::NotFound(_))));
        assert!(matches!(delegate(&house.cx, &own, suzuki, suzuki, Scope::All, None).await, Err(Failure::Refused(PhoneRefusal::Oneself))));
        let past = Some(instant("2026-11-24T08:00"));
        let outcome = set_presence(&house.cx, &own, suzuki, PresenceState::Dnd, past).await;
        assert!(matches!(outcome, Err(Failure::Refused(PhoneRefusal::EndsBeforeItBegins))));
        let others = house.cx.board().world.device_at(&Target::Aor("mob-2002".parse().unwrap())).unwrap().id;
        let wish = PhoneWish { picked: Some(Some(vec![others])), ..PhoneWish::default() };
        assert!(matches!(set_phone(&house.cx, &own, suzuki, wish).await, Err(Failure::Refused(PhoneRefusal::DeviceOfSomebodyElse))));
        // What was decided is in the rows, not only in memory.
        let before = rings(&ask(&house, "2201"));
        house.cx.reload_board().await.unwrap();
        assert_eq!(rings(&ask(&house, "2201")), before);
    }
}

#[tokio::test]
async fn anybody_who_works_here_ends_the_night_forwarding() {
    for house in telephones().await {
        let site = *house.cx.office().sites.keys().next().unwrap();
        house.at("2026-11-24T22:00");
        assert_eq!(rings(&ask(&house, "3100"))[0], ["bcp-house"], "the duty number");
        set_mode(&house.cx, &house.actor("3001"), site, Some(Mode::Disaster), None).await.unwrap();
        assert_eq!(rings(&ask(&house, "3100"))[0], ["bcp-soumu", "mob-1001"], "the roster and the fixed telephone");
        set_mode(&house.cx, &house.actor("3001"), site, None, None).await.unwrap();
        assert_eq!(rings(&ask(&house, "3100"))[0], ["bcp-house"]);
        let token = Actor::Token { id: 1, scope: domain::account::Scope::Book, person: None };
        assert!(matches!(set_mode(&house.cx, &token, site, Some(Mode::Normal), None).await, Err(Failure::Denied)));
    }
}

#[tokio::test]
async fn sections_follow_posts_so_april_first_needs_no_second_list() {
    for house in telephones().await {
        let members = |on: &str| {
            let section = house.cx.board().world.sections().find(|section| section.name == "総務課").unwrap().id;
            house.cx.board().world.members_of(section, on.parse().unwrap()).count()
        };
        // 渡邉's term ends with November; 田中 has a second post there.
        assert_eq!((members("2026-11-24"), members("2026-12-01")), (5, 4));
    }
}

#[tokio::test]
async fn a_file_is_taken_whole_or_not_at_all() {
    for house in telephones().await {
        let before = export_telephone(&house.cx, *house.cx.office().sites.keys().next().unwrap()).await.unwrap();
        for (path, value, what) in [
            ("/numbers/1/section", json!("nobody"), ImportError::UnknownReference),
            ("/devices/0/person", json!("9999"), ImportError::UnknownReference),
            ("/sections/0/unit", json!("XX"), ImportError::UnknownReference),
            ("/numbers/2/ext", json!("3100"), ImportError::Duplicate { first: "2".into() }),
            ("/numbers/2/ext", json!("119"), ImportError::Contradiction),
            ("/devices/3/kind", json!("mobile"), ImportError::Contradiction),
            ("/devices/0/aor", json!("a b"), ImportError::OutOfRange { range: "A–Z a–z 0–9 . _ -".into() }),
        ] {
            let mut file = set_up();
            *file.pointer_mut(path).unwrap() = value;
            let problems = bring(&house, &file, ImportMode::Apply).await.unwrap_err();
            assert!(problems.iter().any(|problem| problem.what == what), "{path}: {problems:?}");
        }
        let after = export_telephone(&house.cx, *house.cx.office().sites.keys().next().unwrap()).await.unwrap();
        assert_eq!(before, after, "a refused file changes nothing");
    }
}

#[tokio::test]
async fn what_is_written_is_taken_again() {
    for house in telephones().await {
        let site = *house.cx.office().sites.keys().next().unwrap();
        let written = serde_json::to_value(export_telephone(&house.cx, site).await.unwrap()).unwrap();
        let report = bring(&house, &written, ImportMode::Apply).await.unwrap();
        assert_eq!(report.changed, Vec::<String>::new());
        assert_eq!(serde_json::to_value(export_telephone(&house.cx, site).await.unwrap()).unwrap(), written);
    }
}

#[tokio::test]
async fn trying_shows_what_would_change_and_changes_nothing() {
    for house in telephones().await {
        let mut file = set_up();
        file["devices"].as_array_mut().unwrap().remove(4);
        let report = bring(&house, &file, ImportMode::DryRun).await.unwrap();
        assert!(report.changed.contains(&"3100".to_owned()), "{report:?}");
        assert!(report.conflicts.iter().any(|conflict| matches!(conflict, Conflict::SectionWithoutFixedPhone { .. })));
        assert!(rings(&ask(&house, "3100")).concat().contains(&"bcp-soumu".to_owned()));
        let done = bring(&house, &file, ImportMode::Apply).await.unwrap();
        assert_eq!((done.changed, done.conflicts.len()), (report.changed, report.conflicts.len()));
        assert!(!rings(&ask(&house, "3100")).concat().contains(&"bcp-soumu".to_owned()));
    }
}

#[tokio::test]
async fn two_secrets_live_and_the_third_ends_the_first() {
    for house in telephones().await {
        let admin = Actor::System;
        let mut secrets = Vec::new();
        for _ in 0..3 {
            secrets.push(new_secret(&house.cx, &admin, "k1").await.unwrap());
        }
        let admitted: Vec<bool> = secrets.iter().map(|secret| house.cx.pbx("k1", secret).is_some()).collect();
        assert_eq!(admitted, [false, true, true]);
        assert!(house.cx.pbx("k2", &secrets[2]).is_none() && house.cx.pbx("k1", "").is_none());
        // An import keeps secrets and passwords.
        let password = new_password(&house.cx, &admin, "seat-z1".parse().unwrap()).await.unwrap();
        assert_eq!(password.len(), 20);
        bring(&house, &set_up(), ImportMode::Apply).await.unwrap();
        let link = house.cx.pbx("k1", &secrets[2]).unwrap();
        assert!(credentials(&house.cx, link.site).await.unwrap().set.contains_key("seat-z1"));
        assert!(matches!(new_secret(&house.cx, &house.actor("1001"), "k1").await, Err(Failure::Denied)));
    }
}

async fn link(house: &House) -> Link {
    let secret = new_secret(&house.cx, &Actor::System, "k1").await.unwrap();
    house.cx.pbx("k1", &secret).unwrap()
}

#[tokio::test]
async fn an_answer_is_remembered_with_its_reasons() {
    for house in telephones().await {
        let link = link(&house).await;
        let asked = answer(&house.cx, &link, RouteRequest { v: 1, to: "2201".into(), call_id: "c1".into(), ..RouteRequest::default() });
        let told = decision(&house.cx, &Actor::System, &asked.id).await.unwrap();
        assert_eq!(keep_decisions(&house.cx).await.unwrap(), 1);
        let kept = decision(&house.cx, &Actor::System, &asked.id).await.unwrap();
        assert_eq!((kept.plan.clone(), kept.call), (told.plan, told.call));
        assert!(!kept.plan["why"].as_array().unwrap().is_empty());
        assert!(matches!(decision(&house.cx, &house.actor("1001"), &asked.id).await, Err(Failure::Denied)));
        house.cx.clock().set(instant("2026-12-26T09:00"));
        keep_decisions(&house.cx).await.unwrap();
        assert!(matches!(decision(&house.cx, &Actor::System, &asked.id).await, Err(Failure::NotFound(_))), "thirty days");
    }
}

#[tokio::test]
async fn turns_go_round() {
    for house in telephones().await {
        let link = link(&house).await;
        for (staff_no, seat) in [("2001", "Z1"), ("2002", "Z2")] {
            let booking = house.book(staff_no, seat, today(), DAY).await;
            check_in(&house.cx, &house.actor(staff_no), booking).await.unwrap();
        }
        let first = || rings(&answer(&house.cx, &link, RouteRequest { v: 1, to: "3200".into(), ..RouteRequest::default() }).plan)[0].clone();
        let (one, other) = (first(), first());
        assert_ne!(one, other);
        house.cx.reload_board().await.unwrap();
        assert_eq!(first(), one, "whose turn it is outlives a change of the set-up");
    }
}

#[tokio::test]
async fn a_table_is_told_whole_once_and_then_what_changed() {
    for house in telephones().await {
        let link = link(&house).await;
        let (whole, kind) = table(&house.cx, &link, None);
        assert_eq!(kind, Whole::Everything);
        assert!(whole.set.contains_key("2201") && whole.set.contains_key("3000"));
        let (nothing, kind) = table(&house.cx, &link, Some(whole.rev));
        assert_eq!((kind, nothing.set.len(), nothing.del.len(), nothing.rev), (Whole::Changes, 0, 0, whole.rev));
        set_presence(&house.cx, &house.actor("2001"), house.person("2001"), PresenceState::Leave, None).await.unwrap();
        let (change, _) = table(&house.cx, &link, Some(whole.rev));
        assert_eq!(change.set.keys().collect::<Vec<_>>(), ["2201"]);
        assert!(change.rev > whole.rev);
        assert_eq!(table(&house.cx, &link, Some(1)).1, Whole::Everything, "a revision nobody knows");
    }
}

fn event(seq: i64, ev: &str, second: i64, more: &Value) -> EventIn {
    let ts: DateTime<Utc> = instant("2026-11-24T09:00") + chrono::TimeDelta::seconds(second);
    let mut event = json!({ "pbx": "k1", "call_id": "c1", "seq": seq, "ev": ev, "ts": ts, "to": "2201", "from": "0312345678", "trunk": "t" });
    event.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    serde_json::from_value(event).unwrap()
}

#[tokio::test]
async fn calls_are_recorded_once_however_often_they_are_told() {
    for house in telephones().await {
        let link = link(&house).await;
        let booking = house.book("2002", "Z1", today(), DAY).await;
        check_in(&house.cx, &house.actor("2002"), booking).await.unwrap();
        let told = || {
            vec![
                event(1, "ring", 1, &json!({ "stage": 1, "rule": "person.devices" })),
                event(2, "answer", 5, &json!({ "by": "seat-z1" })),
                event(3, "hangup", 60, &json!({})),
            ]
        };
        assert_eq!(take_events(&house.cx, &link, told()).await.unwrap(), 3);
        assert_eq!(take_events(&house.cx, &link, told()).await.unwrap(), 0);
        let (from, until) = (instant("2026-11-24T00:00"), instant("2026-11-25T00:00"));
        let all = calls(&house.cx, &Actor::System, from, until, 10).await.unwrap();
        assert_eq!(all.len(), 1);
        let call = &all[0];
        assert_eq!((call.to.as_str(), call.outcome.as_str(), call.outside), ("2201", "answered", true));
        assert_eq!(call.answered_by.as_deref(), Some("2002"), "whoever sat at the telephone's seat");
        assert_eq!((call.answered_at.unwrap() - call.started_at).num_seconds(), 4);
        // The called and whoever answered see it; others do not.
        for (staff_no, seen) in [("2001", 1), ("2002", 1), ("1001", 0)] {
            assert_eq!(calls(&house.cx, &house.actor(staff_no), from, until, 10).await.unwrap().len(), seen, "{staff_no}");
        }
        house.cx.clock().set(instant("2027-03-01T09:00"));
        assert_eq!(forget_calls(&house.cx).await.unwrap(), 1);
    }
}

#[tokio::test]
async fn whoever_had_no_call_for_longest_rings_first() {
    for house in telephones().await {
        let mut file = set_up();
        file["sections"][1]["ring"] = json!("longest_idle");
        bring(&house, &file, ImportMode::Apply).await.unwrap();
        let link = link(&house).await;
        for (staff_no, seat) in [("2001", "Z1"), ("2002", "Z2")] {
            let booking = house.book(staff_no, seat, today(), DAY).await;
            check_in(&house.cx, &house.actor(staff_no), booking).await.unwrap();
        }
        let first = || rings(&ask(&house, "3200"))[0].clone();
        let (suzuki, tanaka) = (["seat-z1", "mob-2001"], ["mob-2002"]);
        for (call, by, next) in [("c1", "seat-z1", &tanaka[..]), ("c2", "mob-2002", &suzuki[..])] {
            let second = if call == "c1" { 0 } else { 100 };
            let told = vec![
                event(1, "ring", second, &json!({ "call_id": call })),
                event(2, "answer", second + 5, &json!({ "call_id": call, "by": by })),
                event(3, "hangup", second + 60, &json!({ "call_id": call })),
            ];
            take_events(&house.cx, &link, told).await.unwrap();
            assert_eq!(first(), next, "after {call}");
            house.cx.reload_board().await.unwrap();
            assert_eq!(first(), next, "the calls are in the rows");
        }
    }
}

#[tokio::test]
async fn answers_need_no_database() {
    for house in telephones().await {
        house.cx.db().close().await;
        assert_eq!(ask(&house, "2201").status, Status::Ring);
        assert!(audit::version(house.cx.db().reader()).await.is_err(), "the database is away");
    }
}
