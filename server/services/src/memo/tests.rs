//! Memos as they are stored, on both databases: who may see them, one for a call, what is told outside, once.

use super::*;
use crate::{
    Actor, Failure, Kind, audit,
    person::ImportMode,
    telephone::{EventIn, Link, delegate, import_telephone, new_secret, take_events},
    testing::{House, houses, instant},
};
use chrono::TimeDelta;
use domain::{
    MemoId,
    account::{Role, Scope as TokenScope},
    memo::{Draft, DraftError, Ending, Field, Format, MailWish, MemoRefusal, Tongue, Urgency, UrlError, Wish, view::MemoView},
    telephone::Scope,
};
use serde_json::{Value, json};

async fn offices() -> Vec<House> {
    let houses = houses().await;
    for house in &houses {
        house.at("2026-11-24T09:00");
        let file = json!({
            "site": "本庁舎", "house_phone": { "aor": "bcp-house" }, "reception": "soumu",
            "hours": [{ "windows": [{ "from": "08:30", "until": "17:15" }] }],
            "sections": [{ "key": "soumu", "name": "総務課", "unit": "S" }, { "key": "zaisei", "name": "財政課", "unit": "Z" }],
            "devices": [
                { "aor": "mob-2001", "kind": "mobile", "person": "2001" },
                { "aor": "bcp-soumu", "kind": "fixed_bcp", "section": "soumu" },
                { "aor": "bcp-zaisei", "kind": "fixed_bcp", "section": "zaisei" },
                { "aor": "bcp-house", "kind": "fixed_bcp", "house": true },
            ],
            "numbers": [
                { "ext": "3000", "kind": "main", "section": "soumu", "tel": "+81875731100" },
                { "ext": "3200", "kind": "section", "section": "zaisei" },
                { "ext": "9000", "kind": "room", "device": "bcp-house" },
            ],
            "blocks": [{ "callers": "+81999999999" }],
            "contacts": [{ "tel": "+81312345678", "name": "○○町会" }],
            "links": [{ "id": "k1", "kind": "kamailio" }],
        });
        import_telephone(&house.cx, file.to_string().as_bytes(), ImportMode::Apply).await.unwrap();
    }
    houses
}

fn person(house: &House, staff_no: &str) -> MemoTo {
    MemoTo::Person(house.person(staff_no))
}

fn section(house: &House, name: &str) -> MemoTo {
    MemoTo::Section(house.cx.board().world.sections().find(|section| section.name == name).unwrap().id)
}

fn wish(to: MemoTo, caller: &str) -> MemoWish {
    let draft =
        Draft { to, caller_name: caller.into(), caller_number: "03-1234-5678".into(), wish: Wish::CallBack, text: String::new(), urgency: Urgency::Normal };
    MemoWish { draft, call: None, key: None }
}

async fn left(house: &House, author: &str, to: MemoTo) -> MemoId {
    write(&house.cx, &house.actor(author), wish(to, "町会")).await.unwrap()
}

async fn open_for(house: &House, staff_no: &str) -> Vec<MemoView> {
    mine(&house.cx, &house.actor(staff_no)).await.unwrap().open
}

#[tokio::test]
async fn a_memo_is_written_read_and_closed() {
    for house in offices().await {
        let (to, cx) = (person(&house, "2001"), &house.cx);
        let id = left(&house, "1001", to).await;
        let (own, author) = (house.actor("2001"), house.actor("1001"));
        assert_eq!(waiting(cx, &own).await.unwrap().open, 1);
        let written = mine(cx, &author).await.unwrap().written;
        assert_eq!((written.len(), written[0].receipts.len(), written[0].mine), (1, 0, false));

        house.at("2026-11-24T09:05");
        read(cx, &author, id).await.unwrap();
        assert_eq!(find(cx, &author, id).await.unwrap().receipts, [], "who wrote it leaves no receipt");
        for _ in 0..2 {
            read(cx, &own, id).await.unwrap();
        }
        let seen = find(cx, &author, id).await.unwrap();
        assert_eq!(seen.receipts.iter().map(|receipt| receipt.name.as_str()).collect::<Vec<_>>(), ["鈴木 四郎"]);
        assert_eq!((seen.receipts[0].at - instant("2026-11-24T09:05")).num_seconds(), 0);
        unread(cx, &own, id).await.unwrap();
        assert_eq!(find(cx, &own, id).await.unwrap().receipts, []);

        end(cx, &own, id, Ending::CalledBack).await.unwrap();
        end(cx, &own, id, Ending::CalledBack).await.unwrap();
        assert_eq!(waiting(cx, &own).await.unwrap().open, 0);
        let view = mine(cx, &own).await.unwrap();
        assert_eq!((view.open.len(), view.ended.len(), view.ended[0].ended.as_ref().unwrap().how), (0, 1, Ending::CalledBack));
        assert_eq!(view.ended[0].receipts.len(), 1, "who closes it has read it");
        let late = end(cx, &author, id, Ending::NoNeed).await;
        assert!(matches!(late, Err(Failure::Refused(MemoRefusal::AlreadyEnded(ended))) if ended.by == Some(house.person("2001"))), "{late:?}");
        reopen(cx, &own, id).await.unwrap();
        assert!(matches!(reopen(cx, &own, id).await, Err(Failure::Refused(MemoRefusal::NotEnded))));
        assert_eq!(open_for(&house, "2001").await.len(), 1);

        house.at("2027-01-01T09:00");
        assert_eq!(mine(cx, &author).await.unwrap().written.len(), 0, "thirty days");
        house.is_sound().await;
    }
}

#[tokio::test]
async fn others_do_not_know_of_it() {
    for house in offices().await {
        let cx = &house.cx;
        let id = left(&house, "1001", person(&house, "2001")).await;
        for staff_no in ["1002", "2002", "3001"] {
            let stranger = house.actor(staff_no);
            for outcome in [read(cx, &stranger, id).await, end(cx, &stranger, id, Ending::NoNeed).await, reopen(cx, &stranger, id).await] {
                assert!(matches!(outcome, Err(Failure::NotFound(Kind::Memo))), "{staff_no}: {outcome:?}");
            }
            assert!(find(cx, &stranger, id).await.is_err() && open_for(&house, staff_no).await.is_empty());
        }
        // Whoever answers for somebody reads for them, while they do.
        delegate(cx, &house.actor("2001"), house.person("2001"), house.person("3001"), Scope::All, Some(instant("2026-11-24T10:00"))).await.unwrap();
        assert_eq!(open_for(&house, "3001").await.len(), 1);
        read(cx, &house.actor("3001"), id).await.unwrap();
        house.at("2026-11-24T10:01");
        assert!(open_for(&house, "3001").await.is_empty());

        let reader = Actor::Token { id: 1, scope: TokenScope::Read, person: Some(house.person("2001")) };
        assert!(matches!(end(cx, &reader, id, Ending::NoNeed).await, Err(Failure::Denied)));
        assert!(matches!(write(cx, &reader, wish(person(&house, "2002"), "x")).await, Err(Failure::Denied)));
        let booker = Actor::Token { id: 1, scope: TokenScope::Book, person: Some(house.person("2001")) };
        assert_eq!(list(cx, &booker, house.person("2001"), false, 10).await.unwrap().len(), 1);
        assert!(matches!(list(cx, &booker, house.person("2002"), false, 10).await, Err(Failure::NotFound(Kind::Person))));
        end(cx, &Actor::Token { id: 2, scope: TokenScope::Manage, person: None }, id, Ending::NoNeed).await.unwrap();
        assert_eq!(find(cx, &booker, id).await.unwrap().ended.unwrap().name, None, "a program is nobody");
        house.is_sound().await;
    }
}

#[tokio::test]
async fn a_sections_memo_is_everybodys_and_closed_once() {
    for house in offices().await {
        let cx = &house.cx;
        let id = left(&house, "3001", section(&house, "財政課")).await;
        for (staff_no, waits) in [("2001", 1), ("2002", 1), ("1002", 0)] {
            assert_eq!(open_for(&house, staff_no).await.len(), waits, "{staff_no}");
        }
        let [one, other] = ["2001", "2002"].map(|staff_no| house.actor(staff_no));
        read(cx, &one, id).await.unwrap();
        assert!(!open_for(&house, "2002").await[0].read_by_me);
        let (first, second) = tokio::join!(end(cx, &one, id, Ending::CalledBack), end(cx, &other, id, Ending::NoNeed));
        assert_eq!([first.is_ok(), second.is_ok()].into_iter().filter(|closed| *closed).count(), 1, "{first:?} {second:?}");
        assert!(matches!(first.and(second), Err(Failure::Refused(MemoRefusal::AlreadyEnded(_)))));
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_refused_whole() {
    for house in offices().await {
        let (cx, author) = (&house.cx, house.actor("1001"));
        let refused = |outcome| match outcome {
            Err(Failure::Refused(why)) => why,
            other => panic!("{other:?}"),
        };
        let mut empty = wish(person(&house, "2001"), "");
        empty.draft.caller_number.clear();
        assert_eq!(refused(write(cx, &author, empty).await), DraftError::NothingSaid);
        let long = wish(person(&house, "2001"), &"あ".repeat(81));
        assert_eq!(refused(write(cx, &author, long).await), DraftError::TooLong { field: Field::CallerName, most: 80, has: 81 });
        let nobody = write(cx, &author, wish(MemoTo::Person(domain::PersonId(999_999)), "x")).await;
        assert!(matches!(nobody, Err(Failure::NotFound(Kind::Person))), "{nobody:?}");
        let nowhere = write(cx, &author, wish(MemoTo::Section(domain::SectionId(999_999)), "x")).await;
        assert!(matches!(nowhere, Err(Failure::NotFound(Kind::Section))));
        assert_eq!(waiting(cx, &house.actor("2001")).await.unwrap().open, 0);
        // Pressed twice, it is written once; somebody else's key is another one.
        let twice = MemoWish { key: Some("k".into()), ..wish(person(&house, "2001"), "x") };
        let first = write(cx, &author, twice.clone()).await.unwrap();
        assert_eq!(write(cx, &author, twice.clone()).await.unwrap(), first);
        assert_ne!(write(cx, &house.actor("1002"), twice).await.unwrap(), first);
        assert_eq!(waiting(cx, &house.actor("2001")).await.unwrap().open, 2);
    }
}

#[tokio::test]
async fn urgent_ones_come_first() {
    for house in offices().await {
        let (cx, to) = (&house.cx, person(&house, "2001"));
        let old = left(&house, "1001", to).await;
        let mut urgent = wish(to, "警察");
        urgent.draft.urgency = Urgency::Urgent;
        let urgent = write(cx, &house.actor("1001"), urgent).await.unwrap();
        let new = left(&house, "1001", to).await;
        let order: Vec<MemoId> = open_for(&house, "2001").await.iter().map(|memo| memo.id).collect();
        assert_eq!(order, [urgent, new, old]);
        let (waits, first) = open_ones(cx, &house.actor("2001"), 2).await.unwrap();
        assert_eq!(((waits.open, waits.urgent), first.len()), ((3, 1), 2));
    }
}

#[tokio::test]
async fn a_text_means_a_section_or_a_person() {
    for house in offices().await {
        let found = |text: &str| addressees(&house.cx, &house.actor("1001"), text).into_iter().map(|found| found.full()).collect::<Vec<_>>();
        assert_eq!(found("財政課"), ["財政課 3200"]);
        assert_eq!(found("3200"), ["財政課 3200"]);
        assert_eq!(found("財政課 3200"), ["財政課 3200"]);
        assert_eq!(found("鈴木"), ["鈴木 四郎 2201"]);
        assert_eq!(found("鈴木 四郎 2201"), ["鈴木 四郎 2201"]);
        assert!(found("2202").iter().any(|name| name.starts_with("田中")), "{:?}", found("2202"));
        assert_eq!(found(""), [""; 0]);
        assert_eq!(found("zzzz"), [""; 0]);
    }
}

async fn link(house: &House) -> Link {
    let secret = new_secret(&house.cx, &Actor::System, "k1").await.unwrap();
    house.cx.pbx("k1", &secret).unwrap()
}

fn told(call: &str, to: &str, events: &[(i64, &str, i64)]) -> Vec<EventIn> {
    let event = |(seq, ev, second): &(i64, &str, i64)| {
        let ts = instant("2026-11-24T09:00") + TimeDelta::seconds(*second);
        let event: Value = json!({ "call_id": call, "seq": seq, "ev": ev, "ts": ts, "to": to, "from": "0312345678", "trunk": "t", "by": (*ev == "answer").then_some("mob-2001") });
        serde_json::from_value(event).unwrap()
    };
    events.iter().map(event).collect()
}

#[tokio::test]
async fn a_call_nobody_answered_leaves_one_memo() {
    for house in offices().await {
        let (cx, link) = (&house.cx, link(&house).await);
        for _ in 0..2 {
            take_events(cx, &link, told("c1", "2201", &[(1, "ring", 0), (2, "unanswered", 25)])).await.unwrap();
        }
        take_events(cx, &link, told("c1", "2201", &[(3, "hangup", 26)])).await.unwrap();
        let memos = open_for(&house, "2001").await;
        assert_eq!(memos.len(), 1);
        let memo = &memos[0];
        assert_eq!((memo.caller_name.as_str(), memo.caller_number.as_str(), memo.wish), ("○○町会", "0312345678", Wish::Called));
        assert_eq!((memo.author, memo.rang_s, memo.called_at), (domain::memo::Author::System, Some(25), instant("2026-11-24T09:00")));
        let form = prefill(cx, &house.actor("2001"), memo.call, None).await.unwrap();
        assert_eq!((form.call, form.caller_number.as_str()), (memo.call, "0312345678"));

        take_events(cx, &link, told("c2", "3000", &[(1, "ring", 0), (2, "abandoned", 8)])).await.unwrap();
        assert_eq!(open_for(&house, "1002").await[0].to_name, "総務課", "the main number's section");
        // The house's own telephones are the reception's; a caller nobody wants and a number nobody has are no one's.
        take_events(cx, &link, told("c3", "9000", &[(1, "unanswered", 8)])).await.unwrap();
        assert_eq!(open_for(&house, "1002").await.len(), 2);
        take_events(cx, &link, told("c4", "2999", &[(1, "unanswered", 8)])).await.unwrap();
        let mut unwanted = told("c5", "2201", &[(1, "abandoned", 8)]);
        unwanted[0].from = Some("0999999999".into());
        take_events(cx, &link, unwanted).await.unwrap();
        take_events(cx, &link, told("c6", "2201", &[(1, "ring", 0), (2, "answer", 3), (3, "hangup", 9)])).await.unwrap();
        assert_eq!(open_for(&house, "2001").await.len(), 1);
        house.is_sound().await;
    }
}

#[tokio::test]
async fn an_answer_told_late_takes_the_memo_back() {
    for house in offices().await {
        let (cx, link) = (&house.cx, link(&house).await);
        take_events(cx, &link, told("c1", "2201", &[(1, "ring", 0), (3, "unanswered", 25)])).await.unwrap();
        take_events(cx, &link, told("c2", "2201", &[(1, "ring", 0), (3, "unanswered", 25)])).await.unwrap();
        let read_one = open_for(&house, "2001").await.iter().map(|memo| memo.id).max().unwrap();
        read(cx, &house.actor("2001"), read_one).await.unwrap();
        for call in ["c1", "c2"] {
            take_events(cx, &link, told(call, "2201", &[(2, "answer", 5)])).await.unwrap();
        }
        let view = mine(cx, &house.actor("2001")).await.unwrap();
        assert_eq!(view.open.iter().map(|memo| memo.id).collect::<Vec<_>>(), [read_one], "what somebody has read stays");
        let ended = view.ended[0].ended.as_ref().unwrap();
        assert_eq!((ended.how, ended.name.as_deref()), (Ending::Answered, None));
    }
}

#[tokio::test]
async fn a_form_begins_with_the_call_it_is_about() {
    for house in offices().await {
        let (cx, link) = (&house.cx, link(&house).await);
        take_events(cx, &link, told("c1", "3200", &[(1, "ring", 0), (2, "answer", 4), (3, "hangup", 60)])).await.unwrap();
        let calls = recent_calls(cx, &house.actor("2001")).await.unwrap();
        assert_eq!(calls.iter().map(|(call, wall)| (call.to.as_str(), wall.to_string())).collect::<Vec<_>>(), [("3200", "2026-11-24 09:00:00".to_owned())]);
        let call = Some(calls[0].0.id);
        let form = prefill(cx, &house.actor("2001"), call, None).await.unwrap();
        assert_eq!((form.to.unwrap().name.as_str(), form.caller_name.as_str(), form.call), ("財政課", "○○町会", call));
        let form = prefill(cx, &house.actor("2001"), call, Some(person(&house, "2002"))).await.unwrap();
        assert_eq!(form.to.unwrap().name, "田中 五月", "who is chosen wins");
        assert_eq!(prefill(cx, &house.actor("3001"), call, None).await.unwrap(), Prefill::default(), "somebody else's call");
        assert!(recent_calls(cx, &house.actor("3001")).await.unwrap().is_empty());
    }
}

fn outgoing(hosts: &str) -> Outgoing {
    Outgoing { base_url: "https://seats.example".into(), mail: true, allowed: Allowed::parse(hosts).unwrap() }
}

fn hook(url: &str, section: Option<MemoTo>) -> NewWebhook {
    let section = section.map(|to| if let MemoTo::Section(id) = to { id } else { panic!("no section") });
    NewWebhook { name: "掲示".into(), url: url.into(), format: Format::Json, tongue: Tongue::Ja, whole: false, section }
}

async fn all_due(house: &House) -> Vec<Due> {
    let mut all = Vec::new();
    while let Some(due) = claim(&house.cx).await.unwrap() {
        all.push(due);
    }
    all
}

fn addresses(dues: &[Due]) -> Vec<String> {
    let address = |due: &Due| match &due.message {
        Message::Mail { address, .. } => address.clone(),
        Message::Webhook { target, .. } => target.url.clone(),
    };
    let mut all: Vec<String> = dues.iter().map(address).collect();
    all.sort();
    all
}

#[tokio::test]
async fn a_memo_is_told_outside_once_to_whom_it_concerns() {
    for house in offices().await {
        let (cx, admin) = (&house.cx, Actor::System);
        cx.allow_outgoing(outgoing("a.example, z.example"));
        add_webhook(cx, &admin, hook("https://a.example/all", None)).await.unwrap();
        add_webhook(cx, &admin, hook("https://z.example/zaisei", Some(section(&house, "財政課")))).await.unwrap();
        // 佐藤 (1001) has an address, 髙橋 (1002) has none.
        left(&house, "2001", person(&house, "1001")).await;
        assert_eq!(addresses(&all_due(&house).await), ["https://a.example/all", "ichiro@example.lg.jp"]);
        left(&house, "2001", person(&house, "1002")).await;
        left(&house, "1001", section(&house, "財政課")).await;
        assert_eq!(addresses(&all_due(&house).await), ["https://a.example/all", "https://a.example/all", "https://z.example/zaisei"]);
        // A section's memos are mailed to whom they were promised; nobody gets mail about what they wrote.
        let sato = house.person("1001");
        set_setting(cx, &house.actor("1001"), sato, MailWish::Whole, true, Tongue::En).await.unwrap();
        left(&house, "2001", section(&house, "総務課")).await;
        left(&house, "1001", section(&house, "総務課")).await;
        let due = all_due(&house).await;
        assert_eq!(addresses(&due), ["https://a.example/all", "https://a.example/all", "ichiro@example.lg.jp"]);
        let mail = due.iter().find_map(|due| if let Message::Mail { whole, tongue, .. } = &due.message { Some((*whole, *tongue)) } else { None });
        assert_eq!(mail, Some((true, Tongue::En)));
        set_setting(cx, &house.actor("1001"), sato, MailWish::Off, true, Tongue::En).await.unwrap();
        left(&house, "2001", person(&house, "1001")).await;
        assert_eq!(addresses(&all_due(&house).await), ["https://a.example/all"]);
        assert!(set_setting(cx, &house.actor("1002"), sato, MailWish::Off, true, Tongue::En).await.is_err());
        house.is_sound().await;
    }
}

#[tokio::test]
async fn nothing_is_told_where_nothing_may_leave() {
    for house in offices().await {
        left(&house, "2001", person(&house, "1001")).await;
        assert!(all_due(&house).await.is_empty());
        let refused = add_webhook(&house.cx, &Actor::System, hook("https://a.example/", None)).await;
        assert!(matches!(refused, Err(Failure::Refused(WebhookRefusal::Url(UrlError::NotAllowed)))), "{refused:?}");
    }
}

#[tokio::test]
async fn what_fails_is_tried_again_and_given_up_after_a_day() {
    for house in offices().await {
        let (cx, admin) = (&house.cx, Actor::System);
        cx.allow_outgoing(outgoing("a.example"));
        let (id, _) = add_webhook(cx, &admin, hook("https://a.example/", None)).await.unwrap();
        left(&house, "2001", person(&house, "1002")).await;
        let first = claim(cx).await.unwrap().unwrap();
        assert!(claim(cx).await.unwrap().is_none(), "nobody else gets it while it is sent");
        let next = failed(cx, &first, "status:503", true).await.unwrap().unwrap();
        assert_eq!((next - cx.clock().now()).num_seconds(), 29, "half a minute, and a moment is over");
        assert!(claim(cx).await.unwrap().is_none());
        cx.clock().set(next);
        let again = claim(cx).await.unwrap().unwrap();
        assert_eq!(again.id, first.id, "the same number at every try");
        let state = |views: Vec<WebhookView>| views.into_iter().next().unwrap().state;
        assert_eq!(state(webhooks(cx, &admin).await.unwrap()).trouble.as_deref(), Some("status:503"));
        // A server that died while it sent lets go.
        cx.clock().set(cx.clock().now() + TimeDelta::minutes(3));
        let after = claim(cx).await.unwrap().unwrap();
        cx.clock().set(cx.clock().now() + TimeDelta::hours(27));
        assert_eq!(failed(cx, &after, "timeout", true).await.unwrap(), None);
        let end = state(webhooks(cx, &admin).await.unwrap());
        assert_eq!((end.waiting, end.given_up, end.trouble.as_deref()), (0, 1, Some("timeout")));
        // What will never be taken is not tried again; what arrives is settled.
        try_webhook(cx, &admin, id).await.unwrap();
        let tried = claim(cx).await.unwrap().unwrap();
        assert!(matches!(&tried.message, Message::Webhook { memo: None, .. }));
        sent(cx, &tried).await.unwrap();
        try_webhook(cx, &admin, id).await.unwrap();
        let tried = claim(cx).await.unwrap().unwrap();
        assert_eq!(failed(cx, &tried, "status:410", false).await.unwrap(), None);
        let end = state(webhooks(cx, &admin).await.unwrap());
        assert_eq!((end.waiting, end.given_up, end.sent.is_some()), (0, 2, true));
    }
}

#[tokio::test]
async fn what_was_done_with_meanwhile_is_not_told() {
    for house in offices().await {
        let (cx, own) = (&house.cx, house.actor("1001"));
        cx.allow_outgoing(outgoing("a.example"));
        let (hook, _) = add_webhook(cx, &Actor::System, hook("https://a.example/", None)).await.unwrap();
        let closed = left(&house, "2001", person(&house, "1001")).await;
        end(cx, &own, closed, Ending::CalledBack).await.unwrap();
        assert!(all_due(&house).await.is_empty());
        let seen = left(&house, "2001", person(&house, "1001")).await;
        read(cx, &own, seen).await.unwrap();
        assert_eq!(addresses(&all_due(&house).await), ["https://a.example/"], "no mail about what was read");
        left(&house, "2001", person(&house, "1002")).await;
        end_webhook(cx, &Actor::System, hook).await.unwrap();
        assert!(all_due(&house).await.is_empty());
    }
}

#[tokio::test]
async fn programs_are_named_by_administrators() {
    for house in offices().await {
        let (cx, admin) = (&house.cx, Actor::Person { id: house.person("1001"), role: Role::Admin });
        cx.allow_outgoing(outgoing("a.example"));
        for (url, why) in [
            ("http://a.example/", WebhookRefusal::Url(UrlError::NotAllowed)),
            ("https://b.example/", WebhookRefusal::Url(UrlError::NotAllowed)),
            ("https://a.example@b.example/", WebhookRefusal::Url(UrlError::Malformed)),
            ("https://127.0.0.1/", WebhookRefusal::Url(UrlError::NotAllowed)),
            ("nonsense", WebhookRefusal::Url(UrlError::Malformed)),
        ] {
            let refused = add_webhook(cx, &admin, hook(url, None)).await;
            assert!(matches!(&refused, Err(Failure::Refused(found)) if *found == why), "{url}: {refused:?}");
        }
        for name in ["", "  ", &"あ".repeat(61)] {
            let refused = add_webhook(cx, &admin, NewWebhook { name: name.into(), ..hook("https://a.example/", None) }).await;
            assert!(matches!(refused, Err(Failure::Refused(WebhookRefusal::Name))), "{name:?}");
        }
        let (id, secret) = add_webhook(cx, &admin, hook("https://a.example/secret-path", None)).await.unwrap();
        let seen = format!("{:?}", webhooks(cx, &admin).await.unwrap());
        assert!(seen.contains("a.example") && !seen.contains("secret-path") && !seen.contains(&secret), "{seen}");
        assert_eq!(fresh_secret(cx, &admin, id).await.unwrap(), Some(secret));
        house.at("2026-11-24T09:11");
        assert_eq!(fresh_secret(cx, &admin, id).await.unwrap(), None, "ten minutes");
        let own = house.actor("2001");
        assert!(matches!(fresh_secret(cx, &own, id).await, Err(Failure::Denied)));
        assert!(matches!(add_webhook(cx, &own, hook("https://a.example/", None)).await, Err(Failure::Denied)));
        assert!(matches!(webhooks(cx, &own).await, Err(Failure::Denied)));
        assert!(matches!(mail_state(cx, &own).await, Err(Failure::Denied)));
        for outcome in [end_webhook(cx, &own, id).await, restore_webhook(cx, &own, id).await, try_webhook(cx, &own, id).await] {
            assert!(matches!(outcome, Err(Failure::Denied)));
        }
        end_webhook(cx, &admin, id).await.unwrap();
        assert!(webhooks(cx, &admin).await.unwrap().is_empty());
        assert!(matches!(end_webhook(cx, &admin, id).await, Err(Failure::NotFound(Kind::Webhook))));
        restore_webhook(cx, &admin, id).await.unwrap();
        assert_eq!(webhooks(cx, &admin).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn memos_are_forgotten_with_everything_of_them() {
    for house in offices().await {
        let (cx, own) = (&house.cx, house.actor("1001"));
        cx.allow_outgoing(outgoing("a.example"));
        let id = left(&house, "2001", person(&house, "1001")).await;
        read(cx, &own, id).await.unwrap();
        let before = audit::version(cx.db().reader()).await.unwrap();
        assert_eq!(forget(cx).await.unwrap(), 0);
        house.at("2027-02-23T09:01");
        assert_eq!(forget(cx).await.unwrap(), 1);
        assert!(matches!(find(cx, &own, id).await, Err(Failure::NotFound(Kind::Memo))));
        assert_eq!(audit::version(cx.db().reader()).await.unwrap(), before, "that it was there stays written down");
        house.is_sound().await;
    }
}
