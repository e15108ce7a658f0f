//! Signing in, and everything that ends a session (T1–T5, T8, T10, T14, T15).

use crate::harness::{Door, PASSWORD, TestApp, on_both, read};
use sea_orm::{ConnectionTrait, Statement};
use std::time::{Duration, Instant};

on_both!(
    a_session_begins_and_ends_on_the_server,
    idle_and_absolute_ends_hold,
    people_end_their_own_sessions_only,
    secrets_are_stored_as_hashes,
    guessing_is_slowed_and_tells_nothing
);

async fn sign_in(app: &TestApp, staff_no: &str, password: &str) -> reqwest::Response {
    app.form("/api/fn/account/sign_in", &[("staff_no", staff_no), ("password", password)]).send().await.unwrap()
}

fn cookie(response: &reqwest::Response) -> String {
    response.headers()["set-cookie"].to_str().unwrap().to_owned()
}

/// Whether the cookie signs somebody in.
async fn is_in(app: &TestApp, cookie: &str) -> bool {
    let (status, body) = read(app.get("/api/fn/session/current").header("cookie", cookie).send().await.unwrap()).await;
    assert_eq!(status, 200);
    !body["me"].is_null()
}

#[tokio::test(flavor = "multi_thread")]
async fn over_tls_the_cookie_is_bound_to_the_host() {
    let app = TestApp::sqlite(Door::Tls).await;
    let response = sign_in(&app, "1009", PASSWORD).await;
    let set = cookie(&response);
    assert!(set.starts_with("__Host-sid="), "{set}");
    for attribute in ["Secure", "HttpOnly", "SameSite=Lax", "Path=/"] {
        assert!(set.contains(attribute), "{set} (T1)");
    }
    assert!(!set.contains("Domain"), "{set}");
    assert!(is_in(&app, set.split(';').next().unwrap()).await);
    let plain = set.split(';').next().unwrap().replace("__Host-sid", "sid");
    assert!(!is_in(&app, &plain).await, "the other name counts for nothing");
    app.end().await;
}

async fn a_session_begins_and_ends_on_the_server(app: TestApp) {
    let first = cookie(&sign_in(&app, "1009", PASSWORD).await);
    let again = app.form("/api/fn/account/sign_in", &[("staff_no", "1009"), ("password", PASSWORD)]).header("cookie", first.split(';').next().unwrap());
    let second = cookie(&again.send().await.unwrap());
    let (first, second) = (first.split(';').next().unwrap(), second.split(';').next().unwrap());
    assert_ne!(first, second, "a new sign-in has a new secret (T2)");
    assert!(first.len() > 4 + 40, "256 bits (T10)");
    assert!(is_in(&app, second).await);
    let out = app.form("/api/fn/account/sign-out", &[]).header("cookie", second).send().await.unwrap();
    assert!(cookie(&out).contains("Max-Age=0"));
    assert!(!is_in(&app, second).await, "the old secret is dead on the server (T3)");
    app.end().await;
}

async fn idle_and_absolute_ends_hold(app: TestApp) {
    let staff = app.cookie("1001").await;
    app.set_clock("2026-11-24T12:19:00+09:00");
    assert!(is_in(&app, &staff).await, "3 h 59 min");
    app.set_clock("2026-11-24T16:18:00+09:00");
    assert!(is_in(&app, &staff).await, "used in between");
    app.set_clock("2026-11-24T17:21:00+09:00");
    assert!(!is_in(&app, &staff).await, "nine hours are the end, used or not (T5)");
    let idle = app.cookie("1002").await;
    app.set_clock("2026-11-24T21:22:00+09:00");
    assert!(!is_in(&app, &idle).await, "four hours unused (T4)");
    let admin = app.cookie("1009").await;
    app.set_clock("2026-11-24T21:53:00+09:00");
    assert!(!is_in(&app, &admin).await, "thirty minutes for administrators");
    app.end().await;
}

async fn people_end_their_own_sessions_only(app: TestApp) {
    let (one, other, stranger) = (app.cookie("1001").await, app.cookie("1001").await, app.cookie("1002").await);
    let view = |cookie: &str| app.get("/api/fn/account/view").header("cookie", cookie).send();
    let (_, account) = read(view(&one).await.unwrap()).await;
    let sessions = account["sessions"].as_array().unwrap().clone();
    assert_eq!(sessions.len(), 2, "T8");
    let id = sessions.iter().find(|session| session["this"] == false).unwrap()["id"].to_string();
    let end = |cookie: &str| app.form("/api/fn/account/end-session", &[("session", &id)]).header("cookie", cookie.to_owned()).send();
    assert_eq!(end(&stranger).await.unwrap().status(), 404);
    assert!(is_in(&app, &other).await);
    assert_eq!(end(&one).await.unwrap().status(), 200);
    assert!(!is_in(&app, &other).await && is_in(&app, &one).await && is_in(&app, &stranger).await);
    app.end().await;
}

async fn secrets_are_stored_as_hashes(app: TestApp) {
    let cookie = app.cookie("1001").await;
    let token = app.token(domain::account::Scope::Manage, None).await;
    let database = app.database().await;
    for (table, secret) in [("session", cookie.trim_start_matches("sid=")), ("api_token", token.as_str())] {
        let rows = database.query_all_raw(Statement::from_string(database.get_database_backend(), format!("SELECT token_hash FROM {table}"))).await.unwrap();
        let stored: Vec<String> = rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect();
        assert!(!stored.is_empty() && stored.iter().all(|hash| hash != secret), "{table}");
        // What a thief of the database would try first.
        assert!(!is_in(&app, &format!("sid={}", stored[0])).await);
        assert_eq!(app.get("/api/v1/sites").bearer_auth(&stored[0]).send().await.unwrap().status(), 401);
    }
    database.close().await.unwrap();
    app.end().await;
}

async fn guessing_is_slowed_and_tells_nothing(app: TestApp) {
    async fn attempt(app: &TestApp, staff_no: &str) -> (u16, String, Duration) {
        let began = Instant::now();
        let (status, body) = read(sign_in(app, staff_no, "wrong-password-1").await).await;
        (status, body["error"]["code"].as_str().unwrap_or_default().to_owned(), began.elapsed())
    }
    let (mut known, mut unknown) = (Duration::MAX, Duration::MAX);
    for (account, stranger) in [("1009", "7777"), ("1004", "7778"), ("1009", "7779")] {
        let (first, second) = (attempt(&app, account).await, attempt(&app, stranger).await);
        assert_eq!((first.0, &first.1), (second.0, &second.1), "the same answer (T15)");
        (known, unknown) = (known.min(first.2), unknown.min(second.2));
    }
    let ratio = known.as_secs_f64() / unknown.as_secs_f64();
    assert!((0.4..2.5).contains(&ratio), "in the same time, as far as a busy machine can tell: {known:?} and {unknown:?} (T15)");
    let mut slowed = false;
    for _ in 0..20 {
        slowed |= attempt(&app, "1009").await.0 == 429;
    }
    assert!(slowed, "T14");
    app.set_clock("2026-11-24T09:50:00+09:00");
    assert_eq!(sign_in(&app, "1009", PASSWORD).await.status(), 200, "nobody is locked out for good");
    app.end().await;
}
