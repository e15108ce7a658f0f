//! Change notices: heard at once, only for the floor and day asked for, only while one may listen (T6, T44).

use crate::harness::{Door, TODAY, TOMORROW, TestApp, on_both};
use domain::account::Scope;
use futures::StreamExt;
use sea_orm::ConnectionTrait;
use std::time::Duration;

on_both!(a_change_is_heard_within_a_second, signing_out_ends_the_stream, a_disabled_account_hears_no_more, strangers_hear_nothing);

/// An open stream of notices.
struct Ear(std::pin::Pin<Box<dyn futures::Stream<Item = String> + Send>>);

impl Ear {
    async fn open(app: &TestApp, cookie: &str, day: &str) -> Self {
        let response = app.get(&format!("/live/floors/{}?date={day}", app.floor())).header("cookie", cookie).send().await.unwrap();
        assert_eq!((response.status().as_u16(), response.headers()["content-type"].to_str().unwrap()), (200, "text/event-stream"));
        let mut ear = Self(Box::pin(response.bytes_stream().map(|bytes| bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).unwrap_or_default())));
        assert!(ear.next(2_000).await.unwrap().unwrap().contains("listening"));
        ear
    }

    /// What comes within so many milliseconds: `Ok(None)` is the end, `Err` is silence.
    async fn next(&mut self, milliseconds: u64) -> Result<Option<String>, tokio::time::error::Elapsed> {
        tokio::time::timeout(Duration::from_millis(milliseconds), self.0.next()).await
    }
}

async fn a_change_is_heard_within_a_second(app: TestApp) {
    let cookie = app.cookie("1002").await;
    let (mut today, mut tomorrow) = (Ear::open(&app, &cookie, TODAY).await, Ear::open(&app, &cookie, TOMORROW).await);
    if app.database_url.starts_with("postgres") {
        // The listener between servers needs a moment after the start.
        tokio::time::sleep(Duration::from_millis(800)).await;
    }
    app.booked("A1", TODAY, "1001").await;
    let heard = today.next(1_000).await.expect("within a second").unwrap();
    assert!(heard.contains("event: changed") && heard.contains(&format!("\"date\":\"{TODAY}\"")) && heard.contains("\"version\":"), "{heard}");
    assert!(!heard.contains("1001") && !heard.contains("佐藤"), "a notice names nobody");
    assert!(tomorrow.next(300).await.is_err(), "another day is another stream");
    app.end().await;
}

async fn signing_out_ends_the_stream(app: TestApp) {
    let cookie = app.cookie("1002").await;
    let mut ear = Ear::open(&app, &cookie, TODAY).await;
    app.form("/api/fn/account/sign-out", &[]).header("cookie", &cookie).send().await.unwrap();
    assert_eq!(ear.next(5_500).await.expect("within five seconds"), None);
    app.end().await;
}

async fn a_disabled_account_hears_no_more(app: TestApp) {
    let cookie = app.cookie("1002").await;
    let mut ear = Ear::open(&app, &cookie, TODAY).await;
    let person = app.services.office().by_staff_no["1002"];
    let disable = format!("INSERT INTO account (person_id, role, disabled, created_at) VALUES ({person}, 'staff', TRUE, '2026-11-24T00:00:00Z')");
    app.database().await.execute_unprepared(&disable).await.unwrap();
    assert_eq!(ear.next(5_500).await.expect("within five seconds"), None);
    app.end().await;
}

async fn strangers_hear_nothing(app: TestApp) {
    let path = format!("/live/floors/{}?date={TODAY}", app.floor());
    assert_eq!(app.get(&path).send().await.unwrap().status(), 401);
    assert_eq!(app.get(&path).header("cookie", "sid=nonsense").send().await.unwrap().status(), 401);
    let cookie = app.cookie("1001").await;
    assert_eq!(app.get(&path).header("cookie", &cookie).header("sec-fetch-site", "cross-site").send().await.unwrap().status(), 403);
    assert_eq!(app.get("/live/floors/999999?date=2026-11-24").header("cookie", &cookie).send().await.unwrap().status(), 404);
    assert_eq!(app.get(&format!("/live/floors/{}?date=x", app.floor())).header("cookie", &cookie).send().await.unwrap().status(), 422);
    let metrics = app.token(Scope::Metrics, None).await;
    assert_eq!(app.get(&path).bearer_auth(metrics).send().await.unwrap().status(), 401);
    let reader = app.token(Scope::Read, None).await;
    assert_eq!(app.get(&path).bearer_auth(reader).send().await.unwrap().status(), 200);
    app.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_browser_that_was_cut_off_looks_anew_and_streams_end_with_the_program() {
    let app = TestApp::sqlite(Door::Plain).await;
    let cookie = app.cookie("1001").await;
    let response = app.get(&format!("/live/floors/{}?date={TODAY}", app.floor())).header("cookie", &cookie).header("last-event-id", "1").send().await.unwrap();
    let mut stream = response.bytes_stream();
    let first = String::from_utf8(stream.next().await.unwrap().unwrap().to_vec()).unwrap();
    assert!(first.contains("event: resync"), "{first}");
    app.stop();
    assert!(tokio::time::timeout(Duration::from_secs(3), stream.next()).await.expect("ends at once").is_none());
    app.ended().await;
}
