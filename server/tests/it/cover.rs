//! The guarantee and the rota through the program's doors: programs, plain forms, calendars.

use crate::harness::{TOMORROW, TestApp, on_both, read};
use domain::account::Scope;
use reqwest::Method;
use serde_json::{Value, json};

on_both!(
    a_gap_is_filled_by_programs,
    a_needed_booking_is_kept,
    a_rota_is_proposed_published_and_exchanged,
    wrong_wishes_are_named,
    a_head_fills_a_gap_by_plain_forms,
    calendars_need_a_session_or_the_secret,
);

async fn call(app: &TestApp, token: &str, method: Method, path: &str, body: Value) -> (u16, Value) {
    let asked = app.ask(method.clone(), &format!("/api/v1{path}")).bearer_auth(token);
    read(if method == Method::GET { asked } else { asked.json(&body) }.send().await.unwrap()).await
}

async fn soumu(app: &TestApp, token: &str) -> i64 {
    let (_, sections) = call(app, token, Method::GET, "/sections", json!({})).await;
    sections["items"].as_array().unwrap().iter().find(|section| section["name"] == "総務課").unwrap()["id"].as_i64().unwrap()
}

/// 課長 (1009) by a token of hers, and 総務課, which wants somebody from nine to eleven.
async fn guarded(app: &TestApp, on_gap: &str) -> (String, i64) {
    let head = app.token(Scope::Book, Some("1009")).await;
    let section = soumu(app, &head).await;
    let rule = json!({ "people": 1, "from": "09:00", "until": "11:00", "on_gap": on_gap });
    assert_eq!(call(app, &head, Method::POST, &format!("/sections/{section}/cover-rules"), rule).await.0, 201);
    (head, section)
}

async fn a_gap_is_filled_by_programs(app: TestApp) {
    let (head, section) = guarded(&app, "warn").await;
    let gaps = format!("/sections/{section}/cover-gaps?from={TOMORROW}&to=2026-11-27");
    let (status, found) = call(&app, &head, Method::GET, &gaps, json!({})).await;
    let expected = json!({ "section_id": section, "date": TOMORROW, "from": "09:00", "until": "11:00", "planned": 0, "needed": 1 });
    assert_eq!((status, &found["items"][0], found["items"].as_array().unwrap().len()), (200, &expected, 2));

    let wish = json!({ "date": TOMORROW, "from": "09:00", "until": "11:00", "person_no": "1002", "ask": true });
    let (status, asked) = call(&app, &head, Method::POST, &format!("/sections/{section}/duties"), wish).await;
    assert_eq!(status, 201);
    let answer = format!("/duties/{}/answer", asked["id"]);
    let (own, other) = (app.token(Scope::Book, Some("1002")).await, app.token(Scope::Book, Some("1001")).await);
    assert_eq!(call(&app, &other, Method::POST, &answer, json!({ "accept": true })).await.0, 404);
    assert_eq!(call(&app, &own, Method::POST, &answer, json!({ "accept": true })).await.0, 204);
    let (status, again) = call(&app, &own, Method::POST, &answer, json!({ "accept": false })).await;
    assert_eq!((status, again["code"].as_str()), (409, Some("changed")));
    assert_eq!(call(&app, &head, Method::GET, &gaps, json!({})).await.1["items"].as_array().unwrap().len(), 1);
    let (_, duties) = call(&app, &other, Method::GET, &format!("/sections/{section}/duties"), json!({})).await;
    assert_eq!((duties["items"][0]["person_no"].as_str(), duties["items"][0]["state"].as_str()), (Some("1002"), Some("set")));
    assert_eq!(call(&app, &head, Method::PUT, &format!("/duties/{}", asked["id"]), json!({ "person_no": "1001" })).await.0, 204);
    assert_eq!(call(&app, &own, Method::DELETE, &format!("/duties/{}", asked["id"]), json!({})).await.0, 403);
    assert_eq!(call(&app, &head, Method::DELETE, &format!("/duties/{}", asked["id"]), json!({})).await.0, 204);

    let stranger = app.token(Scope::Book, Some("1003")).await;
    for path in [format!("/sections/{section}/cover-rules"), format!("/sections/{section}/duties"), gaps] {
        assert_eq!(call(&app, &stranger, Method::GET, &path, json!({})).await.0, 404, "{path}");
    }
    let (_, rules) = call(&app, &head, Method::GET, &format!("/sections/{section}/cover-rules"), json!({})).await;
    assert_eq!(rules["items"][0]["weekdays"], json!([0, 1, 2, 3, 4, 5, 6]));
    assert_eq!(call(&app, &head, Method::DELETE, &format!("/cover-rules/{}", rules["items"][0]["id"]), json!({})).await.0, 204);
    app.end().await;
}

async fn a_needed_booking_is_kept(app: TestApp) {
    let (head, section) = guarded(&app, "refuse").await;
    let own = app.token(Scope::Book, Some("1001")).await;
    let booking = app.booked("A1", TOMORROW, "1001").await["id"].as_i64().unwrap();
    let (status, problem) = call(&app, &own, Method::DELETE, &format!("/bookings/{booking}"), json!({})).await;
    assert_eq!((status, problem["code"].as_str(), problem["reason"]["gaps"][0]["from"].as_str()), (409, Some("cover"), Some("09:00")));
    assert!(problem["detail"].as_str().unwrap().contains("9:00–11:00"), "{problem}");
    let leave = json!({ "state": "leave", "until": "2026-11-26T00:00:00+09:00" });
    let (status, problem) = call(&app, &own, Method::PUT, "/people/1001/presence", leave.clone()).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("cover")));
    assert_eq!(call(&app, &own, Method::PUT, "/people/1001/presence", json!({ "state": "meeting" })).await.0, 204);
    let manage = app.token(Scope::Manage, None).await;
    let (status, told) = call(&app, &manage, Method::PUT, "/people/1001/presence", leave).await;
    assert_eq!((status, told["cover"][0]["date"].as_str(), told["cover"][0]["section_id"].as_i64()), (200, Some(TOMORROW), Some(section)));
    assert_eq!(call(&app, &own, Method::PUT, "/people/1001/presence", json!({ "state": "available" })).await.0, 204);
    let (status, ended) = call(&app, &manage, Method::DELETE, &format!("/bookings/{booking}"), json!({})).await;
    assert_eq!((status, ended["state"].as_str(), ended["cover"][0]["from"].as_str()), (200, Some("cancelled"), Some("09:00")));
    let free = app.booked("A1", TOMORROW, "1001").await;
    assert!(free["cover"].is_null(), "nothing to tell: {free} {head}");
    app.end().await;
}

async fn a_rota_is_proposed_published_and_exchanged(app: TestApp) {
    let (head, section) = guarded(&app, "warn").await;
    let wish = json!({ "from_date": TOMORROW, "until_date": "2026-11-28", "from": "12:00", "until": "13:00" });
    let (status, made) = call(&app, &head, Method::POST, &format!("/sections/{section}/duties/propose"), wish.clone()).await;
    assert_eq!((status, made["turns"].as_i64()), (201, Some(3)));
    let own = app.token(Scope::Book, Some("1001")).await;
    let duties = format!("/sections/{section}/duties");
    assert_eq!(call(&app, &own, Method::GET, &duties, json!({})).await.1["items"], json!([]), "drafts are the head's");
    assert_eq!(call(&app, &head, Method::POST, &format!("{duties}/publish"), json!({})).await, (200, json!({ "turns": 3 })));
    assert_eq!(call(&app, &head, Method::POST, &format!("{duties}/publish"), json!({})).await.0, 409);
    let (_, published) = call(&app, &own, Method::GET, &duties, json!({})).await;
    let turns = published["items"].as_array().unwrap();
    let of = |no: &str| turns.iter().find(|turn| turn["person_no"] == no).unwrap()["id"].clone();
    let (mine, theirs) = (of("1001"), of("1002"));
    let swap = json!({ "duty_id": mine, "other_duty_id": theirs });
    let (status, asked) = call(&app, &own, Method::POST, "/duty-swaps", swap.clone()).await;
    assert_eq!(status, 201);
    assert_eq!(call(&app, &own, Method::POST, "/duty-swaps", swap).await.1["code"], "asked_already");
    let other = app.token(Scope::Book, Some("1002")).await;
    let answer = format!("/duty-swaps/{}/answer", asked["id"]);
    assert_eq!(call(&app, &own, Method::POST, &answer, json!({ "accept": true })).await.0, 404);
    assert_eq!(call(&app, &other, Method::POST, &answer, json!({ "accept": true })).await.0, 204);
    let (_, now) = call(&app, &own, Method::GET, &duties, json!({})).await;
    let holder = |id: &Value| now["items"].as_array().unwrap().iter().find(|turn| turn["id"] == *id).unwrap()["person_no"].clone();
    assert_eq!((holder(&mine), holder(&theirs)), (json!("1002"), json!("1001")));
    let (status, asked) = call(&app, &own, Method::POST, "/duty-swaps", json!({ "duty_id": theirs, "person_no": "1002" })).await;
    assert_eq!(status, 201);
    assert_eq!(call(&app, &other, Method::DELETE, &format!("/duty-swaps/{}", asked["id"]), json!({})).await.0, 404);
    assert_eq!(call(&app, &own, Method::DELETE, &format!("/duty-swaps/{}", asked["id"]), json!({})).await.0, 204);
    let wednesdays = json!({ "exclusions": [{ "weekdays": 4 }] });
    assert_eq!(call(&app, &own, Method::PUT, &format!("/sections/{section}/duty-members/1001"), wednesdays).await.0, 204);
    app.end().await;
}

async fn wrong_wishes_are_named(app: TestApp) {
    let (head, section) = guarded(&app, "warn").await;
    let rules = format!("/sections/{section}/cover-rules");
    let rule = |people: u32, from: &str, until: &str| json!({ "people": people, "from": from, "until": until });
    for (body, status, code) in [
        (rule(0, "09:00", "10:00"), 422, "needed"),
        (rule(1, "09:05", "10:00"), 422, "duty_hours"),
        (rule(1, "10:00", "09:00"), 422, "duty_hours"),
        (rule(1, "nine", "10:00"), 422, "invalid_value"),
        (rule(1, "9:00", "99:00"), 422, "invalid_value"),
        (json!({ "people": 1, "from": "09:00", "until": "10:00", "weekdays": [] }), 422, "weekdays"),
        (rule(1, "09:00", "11:00"), 409, "same_rule"),
        (json!({ "people": 1 }), 422, "invalid_value"),
    ] {
        let (answered, problem) = call(&app, &head, Method::POST, &rules, body.clone()).await;
        assert_eq!((answered, problem["code"].as_str()), (status, Some(code)), "{body} {problem}");
    }
    let duties = format!("/sections/{section}/duties");
    let give = |date: &str, no: &str| json!({ "date": date, "from": "09:00", "until": "11:00", "person_no": no });
    for (body, status, code) in [
        (give("2026-11-20", "1001"), 409, "over"),
        (give(TOMORROW, "1003"), 409, "not_member"),
        (give(TOMORROW, "9999"), 404, "not_found"),
        (json!({ "date": TOMORROW, "from": "09:00", "until": "11:00", "person_no": "1001", "kind": "kitchen" }), 422, "invalid_value"),
    ] {
        let (answered, problem) = call(&app, &head, Method::POST, &duties, body.clone()).await;
        assert_eq!((answered, problem["code"].as_str()), (status, Some(code)), "{body} {problem}");
    }
    assert_eq!(call(&app, &head, Method::POST, "/duty-swaps", json!({ "duty_id": 1 })).await.0, 422);
    assert_eq!(call(&app, &head, Method::GET, &format!("{duties}?from=2026-11-25&to=2026-11-25"), json!({})).await.0, 422);
    assert_eq!(call(&app, &head, Method::GET, "/sections/999999/duties", json!({})).await.0, 404);
    app.end().await;
}

async fn a_head_fills_a_gap_by_plain_forms(app: TestApp) {
    let (_, section) = guarded(&app, "warn").await;
    let cookie = app.cookie("1009").await;
    let page = format!("/telephone/cover?section={section}");
    let shown = app.get(&page).header("cookie", &cookie).header("accept-language", "ja").send().await.unwrap();
    assert_eq!(shown.status(), 200);
    let text = shown.text().await.unwrap();
    assert!(text.contains("11月25日(水) 9:00–11:00") && text.contains("割り当てる"), "{text}");
    let person = app.services.office().by_staff_no["1002"].to_string();
    let section_text = section.to_string();
    let give = |begins| {
        let fields = [
            ("section", section_text.as_str()),
            ("date", TOMORROW),
            ("begins", begins),
            ("ends", "660"),
            ("person", &person),
            ("how", "set"),
            ("back", "cover"),
        ];
        app.form("/api/fn/telephone/duty-give", &fields).header("cookie", &cookie).header("accept", "text/html").send()
    };
    let led = |answer: &reqwest::Response| answer.headers()["location"].to_str().unwrap().to_owned();
    let answer = give("540").await.unwrap();
    assert_eq!(answer.status(), 302);
    assert!(led(&answer).starts_with("/telephone/cover?news=given&of=") && led(&answer).ends_with(&format!("&section={section}")), "{}", led(&answer));
    let refused = led(&give("540").await.unwrap());
    assert!(refused.starts_with("/telephone/cover?refused=busy"), "{refused}");
    let told = app.get(&refused).header("cookie", &cookie).header("accept-language", "ja").send().await.unwrap().text().await.unwrap();
    assert!(told.contains("髙橋 花子には、その時間に別の当番があります。"));
    // A member sees the gaps and has no buttons; whoever is no member sees nothing of the section.
    let member = app.cookie("1001").await;
    let text = app.get(&page).header("cookie", &member).header("accept-language", "ja").send().await.unwrap().text().await.unwrap();
    assert!(text.contains("11月26日(木) 9:00–11:00") && !text.contains("割り当てる</"), "a member");
    let stranger = app.cookie("1003").await;
    let text = app.get(&page).header("cookie", &stranger).header("accept-language", "ja").send().await.unwrap().text().await.unwrap();
    assert!(!text.contains("9:00–11:00") && !text.contains("髙橋"), "a stranger");
    // Words of an address are never believed.
    let evil = format!("{page}&refused=busy&to=%3Cscript%3Ealert(1)%3C/script%3E&short=%3Cb%3E");
    let text = app.get(&evil).header("cookie", &cookie).send().await.unwrap().text().await.unwrap();
    assert!(!text.contains("<script>alert"));
    app.end().await;
}

async fn calendars_need_a_session_or_the_secret(app: TestApp) {
    let (head, section) = guarded(&app, "warn").await;
    let wish = json!({ "date": TOMORROW, "from": "09:00", "until": "11:00", "person_no": "1002" });
    assert_eq!(call(&app, &head, Method::POST, &format!("/sections/{section}/duties"), wish).await.0, 201);
    let cookie = app.cookie("1002").await;
    assert_eq!(app.get("/telephone/duty.ics").send().await.unwrap().status(), 404);
    let file = app.get("/telephone/duty.ics").header("cookie", &cookie).header("accept-language", "ja").send().await.unwrap();
    assert_eq!(file.headers()["content-type"], "text/calendar; charset=utf-8");
    let text = file.text().await.unwrap();
    assert!(text.contains("SUMMARY:電話番 (総務課)\r\n") && text.contains("DTSTART:20261125T000000Z\r\n"), "{text}");
    let fields = [("section", section.to_string()), ("of", "section".to_owned())];
    let fields = fields.each_ref().map(|(name, value)| (*name, value.as_str()));
    let made = app.form("/api/fn/telephone/duty-feed", &fields).header("cookie", &cookie).header("accept", "text/html").send().await.unwrap();
    let led = made.headers()["location"].to_str().unwrap();
    let secret = led.split("feed=").nth(1).unwrap().split('#').next().unwrap();
    let feed = app.get(&format!("/ical/duty/{secret}.ics?lang=en")).send().await.unwrap();
    assert_eq!(feed.status(), 200);
    let text = feed.text().await.unwrap();
    assert!(text.contains("X-WR-CALNAME:Duty rota of 総務課\r\n") && text.contains("telephone duty 髙橋 花子"), "{text}");
    for unknown in ["/ical/duty/x.ics", "/ical/duty/x", "/telephone/duty.ics?section=x"] {
        assert_eq!(app.get(unknown).header("cookie", &cookie).send().await.unwrap().status(), 404, "{unknown}");
    }
    let stranger = app.cookie("1003").await;
    assert_eq!(app.get(&format!("/telephone/duty.ics?section={section}")).header("cookie", stranger).send().await.unwrap().status(), 404);
    app.end().await;
}
