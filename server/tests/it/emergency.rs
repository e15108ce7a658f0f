//! Somebody calls 119: the house's security reads it by every door, and it leaves the house without waiting for anything.

use crate::{
    harness::{TestApp, on_both, read, telephones},
    memos::{program, sender, tell},
    pbx::{as_pbx, secret},
};
use domain::{account::Scope, memo::Format};
use reqwest::Method;
use serde_json::{Value, json};
use server::{jobs, state::Stop};
use services::{person::ImportMode, telephone::import_telephone};
use std::time::{Duration, Instant};

on_both!(a_call_for_help_is_read_by_security, it_is_sent_before_anything_asks, a_pbx_that_asks_leaves_one_memo);

/// 財政課 (1003, 1004) looks after the building.
async fn guard(app: &TestApp) {
    let mut file = telephones();
    file["security"] = json!({ "sections": ["zaisei"] });
    import_telephone(&app.services, file.to_string().as_bytes(), ImportMode::Apply).await.unwrap();
}

fn help(call: &str, device: &str) -> Value {
    json!([{ "call_id": call, "seq": 1, "ev": "emergency", "ts": "2026-11-24T00:10:00Z", "to": "119", "from": device, "from_device": device }])
}

async fn events(app: &TestApp, secret: &str, body: &Value) -> Value {
    let (status, answer) = read(as_pbx(app, Method::POST, "/events", secret).json(body).send().await.unwrap()).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

async fn memos(app: &TestApp, staff_no: &str) -> Vec<Value> {
    let token = app.token(Scope::Book, Some(staff_no)).await;
    let (status, answer) = read(app.get("/api/v1/memos").bearer_auth(token).send().await.unwrap()).await;
    assert_eq!(status, 200, "{answer}");
    answer["items"].as_array().unwrap().clone()
}

async fn page(app: &TestApp, staff_no: &str, lang: &str) -> String {
    let cookie = format!("{}; lang={lang}", app.cookie(staff_no).await);
    app.get("/memos").header("cookie", cookie).send().await.unwrap().text().await.unwrap()
}

async fn a_call_for_help_is_read_by_security(app: TestApp) {
    guard(&app).await;
    let secret = secret(&app).await;
    app.set_clock("2026-11-24T09:00:00+09:00");
    let booking = app.booked("A1", "2026-11-24", "1001").await;
    let token = app.token(Scope::Manage, None).await;
    let here = app.ask(Method::POST, &format!("/api/v1/bookings/{}/check-in", booking["id"])).bearer_auth(&token).send().await.unwrap();
    assert_eq!(here.status(), 200);
    app.set_clock("2026-11-24T09:10:00+09:00");
    for taken in [1, 0] {
        assert_eq!(events(&app, &secret, &help("c1", "seat-a1")).await["taken"], taken);
    }
    events(&app, &secret, &help("c2", "nobodys")).await;
    let found = memos(&app, "1003").await;
    assert_eq!(found.len(), 2, "{found:?}");
    let memo = found.iter().min_by_key(|memo| memo["id"].as_i64()).unwrap();
    let expected = json!({
        "service": "fire", "dialled": "119", "site": "本庁舎", "floor": "2階", "seat": "A1", "device": "seat-a1", "place": "telephone",
    });
    assert_eq!(memo["emergency"], expected);
    assert_eq!(
        [&memo["caller_name"], &memo["caller_number"], &memo["urgency"], &memo["author"], &memo["name"]],
        ["佐藤 健太", "2101", "urgent", "system", "財政課"]
    );
    assert_eq!(found.iter().map(|memo| memo["emergency"]["place"].as_str().unwrap()).max(), Some("unknown"));
    assert!(memos(&app, "1002").await.is_empty(), "it is nobody else's");
    let ja = page(&app, "1004", "ja").await;
    for words in ["119(消防・救急)への緊急通報", "本庁舎 2階 A1(電話機のある座席)", "佐藤 健太", "対応した", "分かりません(本庁舎の電話)"]
    {
        assert!(ja.contains(words), "{words}: {ja}");
    }
    let en = page(&app, "1004", "en").await;
    for words in ["Emergency call to 119 (the fire and ambulance service)", "the telephone stands at this seat", "Dealt with"] {
        assert!(en.contains(words), "{words}: {en}");
    }
    let calls = read(app.get("/api/v1/calls?from=2026-11-24&to=2026-11-25").bearer_auth(&token).send().await.unwrap()).await.1;
    assert_eq!(calls["items"][0]["outcome"], "emergency", "{calls}");
    app.end().await;
}

/// Waits until a program has heard so many messages.
async fn until(heard: impl Fn() -> usize, count: usize) {
    let began = Instant::now();
    while heard() < count {
        assert!(began.elapsed() < Duration::from_secs(60), "nobody was told");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

async fn it_is_sent_before_anything_asks(app: TestApp) {
    guard(&app).await;
    let (port, heard) = program().await;
    let sender = sender(&app, &format!("http://127.0.0.1:{port}"), None);
    tell(&app, format!("http://127.0.0.1:{port}/hook"), Format::Json).await;
    let secret = secret(&app).await;
    let (stop, stopping) = Stop::new();
    let jobs = jobs::start(&app.services, &stopping, sender);
    app.set_clock("2026-11-24T09:10:00+09:00");
    let began = Instant::now();
    events(&app, &secret, &help("c1", "mob-1001")).await;
    until(|| heard.lock().unwrap().len(), 1).await;
    eprintln!("a program heard of 119 {} ms after the PBX told of it", began.elapsed().as_millis());
    let told: Value = serde_json::from_str(&heard.lock().unwrap()[0].1).unwrap();
    assert_eq!((told["memo"]["emergency"].as_str(), told["memo"]["urgency"].as_str()), (Some("fire"), Some("urgent")), "{told}");
    assert!(!told.to_string().contains("佐藤") && !told.to_string().contains("mob-1001"), "who and where stays in the house: {told}");
    stop.now();
    jobs.finish().await;
    app.end().await;
}

async fn a_pbx_that_asks_leaves_one_memo(app: TestApp) {
    guard(&app).await;
    let (port, heard) = program().await;
    let sender = sender(&app, &format!("http://127.0.0.1:{port}"), None);
    tell(&app, format!("http://127.0.0.1:{port}/hook"), Format::Teams).await;
    let secret = secret(&app).await;
    let (stop, stopping) = Stop::new();
    let jobs = jobs::start(&app.services, &stopping, sender);
    app.set_clock("2026-11-24T09:10:00+09:00");
    let question = json!({ "v": 1, "to": "119", "from": "2101", "call_id": "c1" });
    let (status, answer) = read(as_pbx(&app, Method::POST, "/route", &secret).json(&question).send().await.unwrap()).await;
    assert_eq!((status, answer["status"].as_i64(), answer["stages"].as_array().map(Vec::len)), (200, Some(200), Some(0)), "{answer}");
    until(|| heard.lock().unwrap().len(), 1).await;
    events(&app, &secret, &help("c1", "mob-1001")).await;
    let found = memos(&app, "1003").await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!((&found[0]["caller_name"], &found[0]["emergency"]["place"]), (&json!("佐藤 健太"), &json!("unknown")));
    let card = heard.lock().unwrap()[0].1.clone();
    assert!(card.contains("【緊急】119") && card.contains("への緊急通報がありました") && !card.contains("佐藤"), "{card}");
    stop.now();
    jobs.finish().await;
    app.end().await;
}
