//! Every REST route, as it should go and as it should not.

use crate::harness::{TODAY, TOMORROW, TestApp, on_both, read};
use domain::account::Scope;
use reqwest::Method;
use serde_json::{Value, json};

on_both!(
    places_are_described,
    availability_shows_states_and_people,
    a_seat_is_booked_listed_and_given_back,
    a_taken_seat_is_refused_with_the_nearest_free_ones,
    rules_refuse_by_code,
    zones_and_any_find_a_seat,
    a_repeated_request_is_one_booking,
    check_in_and_release_follow_the_clock,
    people_are_found_and_hidden_ones_are_not,
    lists_page,
    wrong_values_are_named,
    bodies_are_checked_before_anything_else,
    others_bookings_do_not_exist,
    words_follow_the_language,
);

async fn get(app: &TestApp, token: &str, path: &str) -> (u16, Value) {
    read(app.get(&format!("/api/v1{path}")).bearer_auth(token).send().await.unwrap()).await
}

async fn places_are_described(app: TestApp) {
    let token = app.token(Scope::Read, None).await;
    let (status, sites) = get(&app, &token, "/sites").await;
    assert_eq!((status, sites["items"][0]["time_zone"].as_str()), (200, Some("Asia/Tokyo")));
    assert_eq!(sites["items"][0]["slots"][0], json!({ "code": "am", "start": "08:30", "end": "12:00" }));
    let (_, floors) = get(&app, &token, "/floors").await;
    assert_eq!(floors["items"][0]["seat_count"], 8);
    let (status, floor) = get(&app, &token, &format!("/floors/{}", app.floor())).await;
    assert_eq!((status, floor["seats"].as_array().unwrap().len(), floor["zones"][0]["home_of"][0].as_str()), (200, 8, Some("1010")));
    assert_eq!((floor["seats"][0]["label"].as_str(), floor["seats"][0]["x"].as_f64()), (Some("A1"), Some(2.0)));
    assert_eq!(floor["rooms"][0]["capacity"], 6);
    for unknown in ["/floors/999999", "/floors/-1", "/floors/9223372036854775807"] {
        let (status, problem) = get(&app, &token, unknown).await;
        assert_eq!((status, problem["code"].as_str()), (404, Some("not_found")), "{unknown}");
    }
    app.end().await;
}

async fn availability_shows_states_and_people(app: TestApp) {
    app.booked("A1", TOMORROW, "1001").await;
    let path = format!("/floors/{}/availability?date={TOMORROW}", app.floor());
    let seat = |body: &Value, label: &str| body["seats"].as_array().unwrap().iter().find(|seat| seat["label"] == label).unwrap().clone();
    let (status, body) = get(&app, &app.token(Scope::Read, None).await, &path).await;
    assert_eq!((status, body["date"].as_str(), body["closed"].is_null()), (200, Some(TOMORROW), true));
    assert_eq!(seat(&body, "A1")["slots"]["am"]["state"], "booked");
    assert_eq!(seat(&body, "A1")["slots"]["am"]["person"]["no"], "1001");
    assert_eq!(seat(&body, "A2")["slots"]["pm"], json!({ "state": "reserved_for", "units": ["総務課"] }));
    assert_eq!(seat(&body, "B1")["slots"]["am"]["state"], "free");
    let (_, body) = get(&app, &app.token(Scope::Book, Some("1001")).await, &path).await;
    assert!(seat(&body, "A1")["slots"]["am"]["booking_id"].is_i64(), "one's own booking has its number");
    assert_eq!(seat(&body, "A2")["slots"]["am"]["state"], "free", "one's own home zone is open");
    let (_, body) = get(&app, &app.token(Scope::Read, None).await, &format!("/floors/{}/availability?date=2026-11-28", app.floor())).await;
    assert_eq!((body["closed"]["why"].as_str(), seat(&body, "B1")["slots"]["am"]["state"].as_str()), (Some("weekend"), Some("closed")));
    app.end().await;
}

async fn a_seat_is_booked_listed_and_given_back(app: TestApp) {
    let token = app.token(Scope::Book, Some("1001")).await;
    let asked = app.ask(Method::POST, "/api/v1/bookings").bearer_auth(&token);
    let response = asked.json(&json!({ "seat_id": app.seat("A1"), "date": TOMORROW, "slots": ["am"], "state": "checked_in", "id": 7 })).send().await.unwrap();
    let location = response.headers()["location"].to_str().unwrap().to_owned();
    let (status, booking) = read(response).await;
    assert_eq!((status, booking["state"].as_str(), booking["person_no"].as_str()), (201, Some("booked"), Some("1001")), "unknown fields are ignored (T35)");
    assert_eq!((booking["date"].as_str(), &booking["slots"]), (Some(TOMORROW), &json!(["am"])));
    let (status, found) = read(app.get(&location).bearer_auth(&token).send().await.unwrap()).await;
    assert_eq!((status, &found), (200, &booking));
    let (_, listed) = get(&app, &token, &format!("/bookings?person_no=1001&from={TOMORROW}&to=2026-11-26")).await;
    assert_eq!(listed["items"], json!([booking]));
    let (status, ended) = read(app.ask(Method::DELETE, &location).bearer_auth(&token).send().await.unwrap()).await;
    assert_eq!((status, ended["state"].as_str()), (200, Some("cancelled")));
    let (status, problem) = read(app.ask(Method::DELETE, &location).bearer_auth(&token).send().await.unwrap()).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("ended")));
    app.booked("A1", TOMORROW, "1002").await;
    app.end().await;
}

async fn a_taken_seat_is_refused_with_the_nearest_free_ones(app: TestApp) {
    app.booked("A1", TOMORROW, "1001").await;
    let token = app.token(Scope::Book, Some("1002")).await;
    let (status, problem) = app.book(&token, json!({ "seat_id": app.seat("A1"), "date": TOMORROW, "slots": ["am"] })).await;
    assert_eq!((status, problem["code"].as_str(), problem["status"].as_u64()), (409, Some("seat_taken"), Some(409)));
    let nearest: Vec<i64> = problem["alternatives"].as_array().unwrap().iter().map(|id| id.as_i64().unwrap()).collect();
    assert_eq!(nearest.len(), 3);
    assert!(nearest[..2].contains(&app.seat("A2")) && nearest[..2].contains(&app.seat("A3")), "{nearest:?}");
    assert_eq!(problem["type"], "urn:nanawari:problem:seat_taken");
    assert!(!problem["request_id"].as_str().unwrap().is_empty());
    app.end().await;
}

async fn rules_refuse_by_code(app: TestApp) {
    let (own, other) = (app.token(Scope::Book, Some("1001")).await, app.token(Scope::Book, Some("1003")).await);
    let (a1, b1) = (app.seat("A1"), app.seat("B1"));
    app.booked("B2", TOMORROW, "1001").await;
    for (token, seat, date, slots, expected) in [
        (&own, a1, "2026-11-23", vec!["am"], "past_day"),
        (&own, a1, "2026-11-28", vec!["am"], "closed_day"),
        (&own, a1, "2027-03-01", vec!["am"], "too_far_ahead"),
        (&own, a1, TOMORROW, vec![], "no_slots"),
        (&own, a1, TOMORROW, vec!["am"], "person_already_seated"),
        (&other, a1, TOMORROW, vec!["am"], "not_yet_open"),
    ] {
        let (status, problem) = app.book(token, json!({ "seat_id": seat, "date": date, "slots": slots })).await;
        assert_eq!((status, problem["code"].as_str()), (409, Some(expected)), "{problem}");
        assert_eq!(problem["reason"]["code"], expected);
    }
    app.set_clock("2026-11-24T12:30:00+09:00");
    let (status, problem) = app.book(&own, json!({ "seat_id": b1, "date": TODAY, "slots": ["am"] })).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("slot_over")));
    app.end().await;
}

async fn zones_and_any_find_a_seat(app: TestApp) {
    let token = app.token(Scope::Book, Some("1001")).await;
    let zone = app.services.office().zones.values().find(|zone| zone.key == "B").unwrap().id.0;
    let (status, booking) = app.book(&token, json!({ "zone_id": zone, "date": TOMORROW, "slots": ["am"] })).await;
    assert_eq!(status, 201, "{booking}");
    assert!(booking["seat_label"].as_str().unwrap().starts_with('B'));
    let (status, booking) = app.book(&token, json!({ "any": true, "date": "2026-11-26", "slots": ["am", "pm"] })).await;
    assert_eq!(status, 201, "{booking}");
    assert!(booking["seat_label"].as_str().unwrap().starts_with('A'), "home first");
    for body in [
        json!({ "date": TOMORROW, "slots": ["am"] }),
        json!({ "any": true, "zone_id": zone, "date": TOMORROW, "slots": ["am"] }),
        json!({ "any": false, "date": TOMORROW, "slots": ["am"] }),
    ] {
        let (status, problem) = app.book(&token, body).await;
        assert_eq!((status, problem["code"].as_str()), (422, Some("invalid_value")));
    }
    app.end().await;
}

async fn a_repeated_request_is_one_booking(app: TestApp) {
    let token = app.token(Scope::Book, Some("1001")).await;
    let send = |key: &'static str, seat: i64| {
        let asked = app.ask(Method::POST, "/api/v1/bookings").bearer_auth(&token).header("idempotency-key", key);
        asked.json(&json!({ "seat_id": seat, "date": TOMORROW, "slots": ["am"] })).send()
    };
    let (first_status, first) = read(send("k-1", app.seat("A1")).await.unwrap()).await;
    let (again_status, again) = read(send("k-1", app.seat("A1")).await.unwrap()).await;
    assert_eq!((first_status, again_status, &first), (201, 201, &again));
    let (status, problem) = read(send("k-1", app.seat("A2")).await.unwrap()).await;
    assert_eq!((status, problem["code"].as_str()), (422, Some("idempotency_key_reused")));
    let (status, problem) = read(send("", app.seat("A2")).await.unwrap()).await;
    assert_eq!((status, problem["code"].as_str()), (422, Some("invalid_value")));
    let other = app.token(Scope::Book, Some("1002")).await;
    let asked = app.ask(Method::POST, "/api/v1/bookings").bearer_auth(&other).header("idempotency-key", "k-1");
    let (status, _) = read(asked.json(&json!({ "seat_id": app.seat("A2"), "date": TOMORROW, "slots": ["am"] })).send().await.unwrap()).await;
    assert_eq!(status, 201, "keys of different programs do not meet");
    app.end().await;
}

async fn check_in_and_release_follow_the_clock(app: TestApp) {
    let token = app.token(Scope::Book, Some("1001")).await;
    let tomorrow = app.booked("A1", TOMORROW, "1001").await["id"].as_i64().unwrap();
    let today = app.booked("A1", TODAY, "1001").await["id"].as_i64().unwrap();
    let post = |id: i64, verb: &'static str| app.ask(Method::POST, &format!("/api/v1/bookings/{id}/{verb}")).bearer_auth(&token).send();
    let (status, problem) = read(post(tomorrow, "check-in").await.unwrap()).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("too_early")));
    let (status, booking) = read(post(today, "check-in").await.unwrap()).await;
    assert_eq!((status, booking["state"].as_str()), (200, Some("checked_in")));
    let (status, problem) = read(post(today, "check-in").await.unwrap()).await;
    assert_eq!((status, problem["code"].as_str()), (409, Some("already_checked_in")));
    let (_, found) = get(&app, &token, "/people/1001/whereabouts").await;
    assert_eq!((found["state"].as_str(), found["place"]["seat_label"].as_str()), (Some("at_seat"), Some("A1")));
    let since = found["since"].as_str().unwrap();
    assert!(since.starts_with("2026-11-24T08:2") && since.ends_with("+09:00"), "{since}");
    let (status, booking) = read(post(today, "release").await.unwrap()).await;
    assert_eq!((status, booking["state"].as_str()), (200, Some("released")));
    let (status, _) = read(post(999_999, "check-in").await.unwrap()).await;
    assert_eq!(status, 404);
    app.end().await;
}

async fn people_are_found_and_hidden_ones_are_not(app: TestApp) {
    use sea_orm::ConnectionTrait;
    let database = app.database().await;
    database.execute_unprepared("UPDATE person SET visibility = 'hidden' WHERE staff_no = '1005'").await.unwrap();
    database.execute_unprepared("UPDATE office_revision SET revision = revision + 1").await.unwrap();
    database.close().await.unwrap();
    app.services.refresh_office().await.unwrap();
    app.booked("A4", TODAY, "1005").await;
    let (reader, manager) = (app.token(Scope::Read, None).await, app.token(Scope::Manage, None).await);
    for (query, expected) in [("佐藤", "1001"), ("タカハシ", "1002"), ("yamazaki", "1003"), ("2202", "1004")] {
        let (status, found) = get(&app, &reader, &format!("/people?q={}", app::routes::encode(query))).await;
        assert_eq!((status, found["items"][0]["no"].as_str()), (200, Some(expected)), "{query}");
    }
    for token in [&reader, &app.token(Scope::Book, Some("1001")).await] {
        let (_, found) = get(&app, token, "/people?q=1005").await;
        assert_eq!(found["items"], json!([]));
        assert_eq!(get(&app, token, "/people/1005/whereabouts").await.0, 404);
        assert_eq!(get(&app, token, "/bookings?person_no=1005").await.0, 404);
        let (_, listed) = get(&app, token, &format!("/bookings?from={TODAY}")).await;
        assert_eq!(listed["items"], json!([]));
        let (_, floor) = get(&app, token, &format!("/floors/{}/availability?date={TODAY}", app.floor())).await;
        assert!(!floor.to_string().contains("秘密"), "the seat is taken, by nobody one may know");
    }
    assert_eq!(get(&app, &manager, "/people/1005/whereabouts").await.0, 200);
    assert_eq!(get(&app, &reader, "/people/nobody/whereabouts").await.0, 404);
    let (status, problem) = get(&app, &reader, "/people").await;
    assert_eq!((status, problem["code"].as_str()), (422, Some("invalid_value")));
    for wild in ["%25", "_", "%00", "'%20OR%201=1--"] {
        let (status, found) = get(&app, &reader, &format!("/people?q={wild}")).await;
        assert_eq!((status, &found["items"]), (200, &json!([])), "{wild} (T75)");
    }
    app.end().await;
}

async fn lists_page(app: TestApp) {
    let token = app.token(Scope::Manage, None).await;
    for (seat, person) in [("A1", "1001"), ("A2", "1002"), ("B1", "1003"), ("B2", "1004"), ("A4", "1009")] {
        app.booked(seat, TOMORROW, person).await;
    }
    let (mut cursor, mut seen) = (String::new(), Vec::new());
    loop {
        let (status, page) = get(&app, &token, &format!("/bookings?from={TOMORROW}&limit=2{cursor}")).await;
        assert_eq!(status, 200);
        seen.extend(page["items"].as_array().unwrap().iter().map(|booking| booking["id"].as_i64().unwrap()));
        let Some(next) = page["next_cursor"].as_str() else { break };
        cursor = format!("&cursor={next}");
    }
    let mut once = seen.clone();
    once.dedup();
    assert_eq!((seen.len(), once.len()), (5, 5));
    for wrong in ["limit=0", "limit=501", "limit=x", "cursor=x", "from=x", "from=2026-11-26&to=2026-11-25", "to=2026-11-31"] {
        let (status, problem) = get(&app, &token, &format!("/bookings?{wrong}")).await;
        assert_eq!((status, problem["code"].as_str()), (422, Some("invalid_value")), "{wrong}");
    }
    app.end().await;
}

async fn wrong_values_are_named(app: TestApp) {
    let token = app.token(Scope::Book, Some("1001")).await;
    let seat = app.seat("A1");
    for (body, field) in [
        (json!({ "seat_id": seat, "date": "2026-13-01", "slots": ["am"] }), "date"),
        (json!({ "seat_id": seat, "date": "11/25", "slots": ["am"] }), "date"),
        (json!({ "seat_id": seat, "date": TOMORROW, "slots": ["evening"] }), "slots"),
        (json!({ "seat_id": "A1", "date": TOMORROW, "slots": ["am"] }), "body"),
        (json!({ "seat_id": seat, "slots": ["am"] }), "body"),
        (json!([1, 2]), "body"),
    ] {
        let (status, problem) = app.book(&token, body).await;
        assert_eq!((status, problem["code"].as_str()), (422, Some("invalid_value")));
        assert!(problem["detail"].as_str().unwrap().starts_with(field), "{problem}");
    }
    for (body, expected) in
        [(json!({ "seat_id": 999_999, "date": TOMORROW, "slots": ["am"] }), 404), (json!({ "zone_id": 999_999, "date": TOMORROW, "slots": ["am"] }), 404)]
    {
        assert_eq!(app.book(&token, body).await.0, expected);
    }
    let manager = app.token(Scope::Manage, None).await;
    let (status, _) = app.book(&manager, json!({ "seat_id": seat, "date": TOMORROW, "slots": ["am"] })).await;
    assert_eq!(status, 422, "a token without a person must name one");
    let (status, _) = app.book(&manager, json!({ "seat_id": seat, "date": TOMORROW, "slots": ["am"], "person_no": "0000" })).await;
    assert_eq!(status, 404);
    let (status, _) = app.book(&token, json!({ "seat_id": seat, "date": TOMORROW, "slots": ["am"], "person_no": "1002" })).await;
    assert_eq!(status, 403, "only manage books for others");
    assert_eq!(get(&app, &token, "/floors/x").await.0, 422);
    assert_eq!(get(&app, &token, &format!("/floors/{}/availability?date=yesterday", app.floor())).await.0, 422);
    app.end().await;
}

async fn bodies_are_checked_before_anything_else(app: TestApp) {
    let token = app.token(Scope::Book, Some("1001")).await;
    let post = |body: Vec<u8>, kind: &'static str| app.ask(Method::POST, "/api/v1/bookings").bearer_auth(&token).header("content-type", kind).body(body).send();
    let deep = format!("{{\"x\":{}", "[".repeat(100_000));
    for (body, kind, status, code) in [
        (b"{\"seat_id\":".to_vec(), "application/json", 400, "malformed_json"),
        (deep.into_bytes(), "application/json", 400, "malformed_json"),
        (vec![0xff, 0xfe], "application/json", 400, "malformed_json"),
        (b"{}".to_vec(), "text/plain", 415, "unsupported_media_type"),
        (vec![b' '; 10 * 1024 * 1024], "application/json", 413, "body_too_large"),
    ] {
        let (got, problem) = read(post(body, kind).await.unwrap()).await;
        assert_eq!((got, problem["code"].as_str()), (status, Some(code)));
    }
    let chunks = futures::stream::iter((0..64).map(|_| Ok::<_, std::io::Error>(vec![b' '; 64 * 1024])));
    let asked = app.ask(Method::POST, "/api/v1/bookings").bearer_auth(&token).header("content-type", "application/json");
    // A body without a length may be cut off while it is sent; if the answer arrives, it says why.
    if let Ok(response) = asked.body(reqwest::Body::wrap_stream(chunks)).send().await {
        assert_eq!(read(response).await.1["code"], "body_too_large");
    }
    for (method, path, status) in
        [(Method::PUT, "/api/v1/bookings", 405), (Method::POST, "/api/v1/nothing", 404), (Method::GET, "/api/v1", 404), (Method::PATCH, "/api/v1/sites", 405)]
    {
        let (got, problem) = read(app.ask(method, path).bearer_auth(&token).send().await.unwrap()).await;
        assert_eq!(got, status, "{path}: {problem}");
        assert!(problem["code"].is_string(), "{path}: {problem}");
    }
    app.end().await;
}

async fn others_bookings_do_not_exist(app: TestApp) {
    let id = app.booked("A1", TODAY, "1001").await["id"].as_i64().unwrap();
    let other = app.token(Scope::Book, Some("1002")).await;
    let asks = [
        (Method::DELETE, format!("/api/v1/bookings/{id}")),
        (Method::POST, format!("/api/v1/bookings/{id}/check-in")),
        (Method::POST, format!("/api/v1/bookings/{id}/release")),
    ];
    for (method, path) in asks {
        let (status, problem) = read(app.ask(method, &path).bearer_auth(&other).send().await.unwrap()).await;
        assert_eq!((status, problem["code"].as_str()), (404, Some("not_found")), "{path} (T32)");
    }
    let (_, booking) = get(&app, &app.token(Scope::Manage, None).await, &format!("/bookings/{id}")).await;
    assert_eq!(booking["state"], "booked", "nothing was half-done");
    app.end().await;
}

async fn words_follow_the_language(app: TestApp) {
    let token = app.token(Scope::Book, Some("1001")).await;
    let ask = |language: &'static str| app.get("/api/v1/floors/999").bearer_auth(&token).header("accept-language", language).send();
    for (language, title) in [("en", "Not found"), ("ja", "見つかりません"), ("fr, en;q=0.5", "Not found"), ("", "見つかりません")] {
        let response = ask(language).await.unwrap();
        assert_eq!(response.headers()["content-type"], "application/problem+json");
        assert_eq!(read(response).await.1["title"], title, "{language}");
    }
    let response = app.get("/api/v1/sites").bearer_auth("nw_wrong").send().await.unwrap();
    assert!(response.headers()["www-authenticate"].to_str().unwrap().contains("invalid_token"));
    let response = app.ask(Method::DELETE, "/api/v1/bookings/1").bearer_auth(app.token(Scope::Read, None).await).send().await.unwrap();
    assert!(response.headers()["www-authenticate"].to_str().unwrap().contains("scope=\"book\""));
    assert_eq!(read(response).await.1["code"], "insufficient_scope");
    app.end().await;
}
