//! 110, 118, 119: the house's security reads who called and where that is, once, whatever else happens.

use super::*;
use crate::{
    account::create_user,
    memo::{Due, Message, NewWebhook, Outgoing, add_webhook, claim, claim_emergency, mine, set_setting},
};
use chrono::TimeDelta;
use domain::{
    account::Role,
    memo::{Allowed, Author, Format, MailWish, MemoTo, Tongue, Urgency, view::MemoView},
    telephone::EmergencyPlace,
};

/// The house of the other tests, with telephones from which help is called, and this security.
async fn guarded(security: &Value) -> Vec<House> {
    let houses = telephones().await;
    for house in &houses {
        let mut file = set_up();
        file["security"] = security.clone();
        file["devices"].as_array_mut().unwrap().push(json!({ "aor": "soft-2002", "kind": "softphone", "person": "2002" }));
        file["numbers"].as_array_mut().unwrap().push(json!({ "ext": "8119", "kind": "emergency" }));
        bring(house, &file, ImportMode::Apply).await.unwrap();
    }
    houses
}

async fn link(house: &House) -> Link {
    let secret = new_secret(&house.cx, &Actor::System, "k1").await.unwrap();
    house.cx.pbx("k1", &secret).unwrap()
}

/// What Kamailio tells: the telephone's name is the caller's, too.
fn dialled(call: &str, device: &str, to: &str) -> Vec<EventIn> {
    let event = json!({ "call_id": call, "seq": 1, "ev": "emergency", "ts": instant("2026-11-24T09:01"), "to": to, "from": device, "from_device": device });
    vec![serde_json::from_value(event).unwrap()]
}

async fn open(house: &House, staff_no: &str) -> Vec<MemoView> {
    mine(&house.cx, &house.actor(staff_no)).await.unwrap().open
}

/// `service name number device | site floor seat place`.
fn line(memo: &MemoView) -> String {
    let told = memo.emergency.as_deref().unwrap();
    let place = format!("{} {} {} {:?}", told.site, told.floor, told.seat, told.place);
    format!("{:?} {} {} {} | {place}", told.service, memo.caller_name, memo.caller_number, told.device)
}

#[tokio::test]
async fn security_is_told_who_called_and_where_that_is() {
    for house in guarded(&json!({ "sections": ["soumu"] })).await {
        let (cx, link) = (&house.cx, link(&house).await);
        let booking = house.book("2001", "Z1", today(), DAY).await;
        check_in(cx, &house.actor("2001"), booking).await.unwrap();
        set_presence(cx, &house.actor("2002"), house.person("2002"), PresenceState::Telework, None).await.unwrap();
        house.at("2026-11-24T09:01");
        let mut heard = cx.live().subscribe();
        let cases = [
            ("mob-2001", "119", "Fire 鈴木 四郎 2201 mob-2001 | 本庁舎 2階 Z1 Person"),
            ("seat-z1", "110", "Police 鈴木 四郎 2201 seat-z1 | 本庁舎 2階 Z1 Telephone"),
            ("seat-s1", "118", "CoastGuard   seat-s1 | 本庁舎 2階 S1 Telephone"),
            ("soft-2002", "119", "Fire 田中 五月 2202 soft-2002 | 本庁舎   Afar"),
            ("bcp-zaisei", "119", "Fire 財政課 3200 bcp-zaisei | 本庁舎   Telephone"),
            ("mob-1001", "8119", "House 佐藤 一郎 2101 mob-1001 | 本庁舎   Unknown"),
            ("mob-lost", "119", "Fire   mob-lost | 本庁舎   Unknown"),
            ("mob-2001", "0119", "Fire 鈴木 四郎 2201 mob-2001 | 本庁舎 2階 Z1 Person"),
        ];
        for (number, (device, to, expected)) in cases.iter().enumerate() {
            let call = format!("c{number}");
            for _ in 0..2 {
                take_events(cx, &link, dialled(&call, device, to)).await.unwrap();
            }
            let memos = open(&house, "1002").await;
            assert_eq!(memos.len(), number + 1, "{device}: told twice, there is one");
            let memo = memos.iter().max_by_key(|memo| memo.id).unwrap();
            assert_eq!(line(memo), *expected);
            assert_eq!(
                (memo.author, memo.urgency, memo.called_at, memo.to_name.as_str()),
                (Author::System, Urgency::Urgent, instant("2026-11-24T09:01"), "総務課")
            );
            assert_eq!(memo.emergency.as_ref().unwrap().dialled, *to);
            assert!(memo.call.is_some(), "the record of the call");
            // What was told before may still come: between servers notices take their time.
            let header = async { while heard.recv().await.unwrap() != crate::live::Notice::Memo(memo.to, None) {} };
            tokio::time::timeout(std::time::Duration::from_secs(20), header).await.expect("the header follows at once");
        }
        // What is told hours later does not say where they sit by now.
        house.at("2026-11-24T11:30");
        let booking = house.book("1001", "S2", today(), DAY).await;
        check_in(cx, &house.actor("1001"), booking).await.unwrap();
        house.at("2026-11-24T11:31");
        take_events(cx, &link, dialled("late", "mob-1001", "119")).await.unwrap();
        let late = open(&house, "1002").await.into_iter().max_by_key(|memo| memo.id).unwrap();
        assert_eq!((line(&late).as_str(), late.called_at), ("Fire 佐藤 一郎 2101 mob-1001 | 本庁舎   Unknown", instant("2026-11-24T09:01")));
        // What the PBX tells later of such a call is no second notice.
        let ended = json!({ "call_id": "c0", "seq": 2, "ev": "hangup", "ts": instant("2026-11-24T09:03"), "to": "119", "from": "mob-2001" });
        take_events(cx, &link, vec![serde_json::from_value(ended).unwrap()]).await.unwrap();
        assert_eq!((open(&house, "1002").await.len(), open(&house, "2001").await.len()), (cases.len() + 1, 0), "and nobody else's");
        house.is_sound().await;
    }
}

#[tokio::test]
async fn a_pbx_that_asks_is_answered_first() {
    for house in guarded(&json!({ "people": ["1001"], "sections": ["zaisei"] })).await {
        let (cx, link) = (&house.cx, link(&house).await);
        let ask = |call: &str, to: &str| {
            let request = RouteRequest { v: 1, to: to.into(), from: "2101".into(), call_id: call.into(), ..RouteRequest::default() };
            answer(cx, &link, request).plan.status
        };
        assert_eq!(ask("c1", "119"), Status::Emergency);
        assert!(open(&house, "1001").await.is_empty(), "nothing was waited for");
        tokio::time::timeout(std::time::Duration::from_secs(20), cx.emergency_raised()).await.expect("whoever tells is woken");
        assert_eq!(tell_emergencies(cx).await.unwrap(), 1);
        let memos = open(&house, "1001").await;
        assert_eq!(memos.iter().map(line).collect::<Vec<_>>(), ["Fire 佐藤 一郎 2101  | 本庁舎   Unknown"]);
        assert_eq!(open(&house, "2002").await.len(), 1, "the section is told as well");
        // It comes round again, and is told as an event, too: it is one call.
        ask("c1", "119");
        take_events(cx, &link, dialled("c1", "mob-1001", "119")).await.unwrap();
        assert_eq!(tell_emergencies(cx).await.unwrap(), 1);
        assert_eq!(open(&house, "1001").await.len(), 1);
        // Calls that have no name are each their own.
        ask("", "8119");
        ask("", "8119");
        assert_eq!((ask("", "3100"), tell_emergencies(cx).await.unwrap()), (Status::Ring, 2));
        assert_eq!(open(&house, "1001").await.len(), 3);
        let told: Vec<EmergencyPlace> = open(&house, "1001").await.iter().map(|memo| memo.emergency.as_ref().unwrap().place).collect();
        assert_eq!(told, [EmergencyPlace::Unknown; 3]);
        house.is_sound().await;
    }
}

#[tokio::test]
async fn where_nobody_is_named_administrators_are_told() {
    for house in guarded(&json!({})).await {
        let (cx, link) = (&house.cx, link(&house).await);
        take_events(cx, &link, dialled("c1", "mob-2001", "119")).await.unwrap();
        assert_eq!(open(&house, "1002").await.len(), 1, "without any administrator: the reception");
        create_user(cx, "2002", Role::Admin, "ochanomizu-7-wari").await.unwrap();
        create_user(cx, "3001", Role::SectionAdmin, "ochanomizu-7-wari").await.unwrap();
        take_events(cx, &link, dialled("c2", "mob-2001", "119")).await.unwrap();
        let of = |memos: Vec<MemoView>| memos.into_iter().map(|memo| memo.to).collect::<Vec<_>>();
        assert_eq!(of(open(&house, "2002").await)[0], MemoTo::Person(house.person("2002")));
        assert!(open(&house, "3001").await.is_empty());
        let site = *cx.office().sites.keys().next().unwrap();
        let conflict = Conflict::NobodyOfSecurity { site };
        assert!(cx.board().conflicts.contains(&conflict));
        let mut file = set_up();
        file["security"] = json!({ "people": ["1003"] });
        let report = bring(&house, &file, ImportMode::Apply).await.unwrap();
        assert!(!report.conflicts.contains(&conflict), "{report:?}");
        // 渡邉's term has ended: nobody would read it.
        file["security"] = json!({ "people": ["1004"] });
        bring(&house, &file, ImportMode::Apply).await.unwrap();
        house.at("2026-12-01T09:00");
        cx.refresh_office().await.unwrap();
        let late = EventIn { ts: instant("2026-12-01T09:00"), ..dialled("c3", "mob-2001", "119").remove(0) };
        take_events(cx, &link, vec![late]).await.unwrap();
        assert_eq!(open(&house, "2002").await.iter().filter(|memo| memo.to == MemoTo::Person(house.person("2002"))).count(), 2);
        house.is_sound().await;
    }
}

async fn all(house: &House, emergencies: bool) -> Vec<Due> {
    let mut dues = Vec::new();
    while let Some(due) = if emergencies { claim_emergency(&house.cx).await } else { claim(&house.cx).await }.unwrap() {
        dues.push(due);
    }
    dues
}

#[tokio::test]
async fn it_leaves_the_house_before_everything_else_and_to_everybody() {
    for house in guarded(&json!({ "sections": ["soumu"] })).await {
        let (cx, link) = (&house.cx, link(&house).await);
        cx.allow_outgoing(Outgoing { base_url: "https://seats.example".into(), mail: true, allowed: Allowed::parse("a.example").unwrap() });
        let hook =
            NewWebhook { name: "掲示".into(), url: "https://a.example/".into(), format: Format::Json, tongue: Tongue::Ja, whole: false, section: None };
        add_webhook(cx, &Actor::System, hook).await.unwrap();
        // 佐藤 wants no mail about memos, least of all a section's.
        set_setting(cx, &house.actor("1001"), house.person("1001"), MailWish::Off, false, Tongue::En).await.unwrap();
        let waits =
            json!({ "call_id": "c0", "seq": 1, "ev": "unanswered", "ts": instant("2026-11-24T09:00"), "to": "3100", "from": "0312345678", "trunk": "t" });
        take_events(cx, &link, vec![serde_json::from_value(waits).unwrap()]).await.unwrap();
        cx.clock().set(cx.clock().now() + TimeDelta::seconds(1));
        take_events(cx, &link, dialled("c1", "mob-2001", "119")).await.unwrap();
        let urgent = all(&house, true).await;
        let told: Vec<String> = urgent
            .iter()
            .map(|due| match &due.message {
                Message::Mail { address, tongue, whole, memo, .. } => format!("{address} {tongue:?} {whole} {}", memo.emergency.is_some()),
                Message::Webhook { target, memo } => format!("{} {}", target.url, memo.as_ref().is_some_and(|memo| memo.emergency.is_some())),
            })
            .collect();
        assert_eq!(told, ["ichiro@example.lg.jp En true true", "https://a.example/ true"]);
        assert_eq!(all(&house, false).await.len(), 1, "the memo of the other call waits its turn");
    }
}

#[tokio::test]
async fn who_is_security_stands_in_the_file() {
    for house in guarded(&json!({ "sections": ["zaisei", "soumu"], "people": ["2001", "1001"] })).await {
        let site = *house.cx.office().sites.keys().next().unwrap();
        let written = export_telephone(&house.cx, site).await.unwrap();
        assert_eq!(
            (written.security.sections.as_slice(), written.security.people.as_slice()),
            (["zaisei".to_owned(), "soumu".into()].as_slice(), ["2001".to_owned(), "1001".into()].as_slice())
        );
        let told = house.cx.board().world.house(site).unwrap().security.clone();
        assert_eq!((told.len(), told[2..].to_vec()), (4, ["2001", "1001"].map(|no| MemoTo::Person(house.person(no))).to_vec()));
        let again = serde_json::to_value(&written).unwrap();
        bring(&house, &again, ImportMode::Apply).await.unwrap();
        assert_eq!(export_telephone(&house.cx, site).await.unwrap(), written);
        for (security, column, what) in [
            (json!({ "sections": ["guards"] }), "security.sections", ImportError::UnknownReference),
            (json!({ "people": ["9999"] }), "security.people", ImportError::UnknownReference),
            (json!({ "sections": ["soumu", "soumu"] }), "security.sections", ImportError::Duplicate { first: "1".into() }),
            (json!({ "people": ["1001", "1001"] }), "security.people", ImportError::Duplicate { first: "1".into() }),
        ] {
            let mut file = again.clone();
            file["security"] = security;
            let problems = bring(&house, &file, ImportMode::Apply).await.unwrap_err();
            assert!(problems.iter().any(|problem| problem.column == column && problem.what == what), "{problems:?}");
        }
        let mut odd = again.clone();
        odd["security"] = json!({ "guards": ["x"] });
        assert!(matches!(&bring(&house, &odd, ImportMode::Apply).await.unwrap_err()[0].what, ImportError::Syntax { .. }));
        assert_eq!(export_telephone(&house.cx, site).await.unwrap(), written, "a refused file changes nothing");
    }
}
