//! Security headers on every answer: pages, files, programs' routes, refusals, and what is not there (T49, T51, T54).

use crate::harness::{Door, TestApp, on_both};
use domain::account::Scope;
use reqwest::{Method, header::HeaderMap};

on_both!(every_answer_is_guarded);

const EVERYWHERE: [(&str, &str); 4] = [
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), midi=(), payment=(), usb=()",
    ),
];

fn text<'a>(headers: &'a HeaderMap, name: &str) -> &'a str {
    headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
}

async fn every_answer_is_guarded(app: TestApp) {
    let (cookie, token, floor) = (app.cookie("1001").await, app.token(Scope::Read, None).await, app.floor());
    let paths = [
        "/",
        "/floors",
        "/bookings",
        "/people?q=x",
        "/account",
        "/sign-in",
        "/set-up",
        "/guide",
        "/nothing",
        "/floors/999",
        "/healthz",
        "/readyz",
        "/favicon.svg",
        "/pkg/nanawari.1.js",
        "/pkg/nanawari.2.wasm",
        "/pkg/none.js",
        "/api/v1/sites",
        "/api/v1/openapi.json",
        "/api/v1/nothing",
        "/api/fn/nothing",
        "/live/floors/999?date=2026-11-24",
        "/manifest.json",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
    ];
    let own = [format!("/floors/{floor}"), format!("/floors/{floor}/plan.webp"), "/api/fn/session/current".to_owned()];
    for path in paths.into_iter().map(str::to_owned).chain(own) {
        for (method, accept) in
            [(Method::GET, "text/html"), (Method::GET, "application/json"), (Method::POST, "text/html"), (Method::HEAD, "*/*"), (Method::TRACE, "*/*")]
        {
            let response = app.ask(method.clone(), &path).header("accept", accept).header("cookie", &cookie).bearer_auth(&token).send().await.unwrap();
            let (status, headers) = (response.status(), response.headers().clone());
            let what = format!("{method} {path} ({accept}) {status}");
            assert!(!status.is_server_error(), "{what}");
            for (name, value) in EVERYWHERE {
                assert_eq!(text(&headers, name), value, "{what}");
            }
            let policy = text(&headers, "content-security-policy");
            assert!(
                policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'") && policy.contains("base-uri 'none'"),
                "{what}: {policy}"
            );
            assert!(!policy.contains("unsafe-inline") && !policy.contains("unsafe-eval'") || policy.contains("'wasm-unsafe-eval'"), "{what}: {policy}");
            assert!(["same-origin", "no-referrer"].contains(&text(&headers, "referrer-policy")), "{what}");
            assert!(!text(&headers, "x-request-id").is_empty(), "{what}");
            assert!(!text(&headers, "cache-control").is_empty(), "{what}");
            assert!(headers.get("server").is_none() && headers.get("strict-transport-security").is_none(), "{what}");
            let body = response.text().await.unwrap();
            assert!(!body.contains("root:x:") && !body.contains("panicked") && !body.contains("SELECT "), "{what}");
        }
    }
    app.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_carry_a_fresh_nonce_and_are_not_kept() {
    let app = TestApp::sqlite(Door::Plain).await;
    let mut nonces = Vec::new();
    for _ in 0..2 {
        let response = app.get("/sign-in").header("accept", "text/html").send().await.unwrap();
        assert_eq!((text(response.headers(), "cache-control"), text(response.headers(), "referrer-policy")), ("no-store", "same-origin"));
        let policy = text(response.headers(), "content-security-policy").to_owned();
        let nonce = policy.split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        let html = response.text().await.unwrap();
        assert!(html.contains(&format!("nonce=\"{nonce}\"")) && !html.contains(" style=\""), "scripts carry the nonce, nothing has an inline style");
        nonces.push(nonce);
    }
    assert_ne!(nonces[0], nonces[1]);
    app.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_kept_by_their_name_and_sent_packed_or_not_at_all() {
    let app = TestApp::sqlite(Door::Plain).await;
    let response = app.get("/pkg/nanawari.2.wasm").send().await.unwrap();
    assert_eq!(
        (text(response.headers(), "content-type"), text(response.headers(), "cache-control")),
        ("application/wasm", "public, max-age=31536000, immutable")
    );
    let etag = text(response.headers(), "etag").to_owned();
    assert_eq!(app.get("/pkg/nanawari.2.wasm").header("if-none-match", etag).send().await.unwrap().status(), 304);
    let page = app.get("/sign-in").header("accept", "text/html").header("accept-encoding", "br").send().await.unwrap();
    assert_eq!(text(page.headers(), "content-encoding"), "br");
    let picture = app.get(&format!("/floors/{}/plan.webp", app.floor()));
    assert_eq!(picture.send().await.unwrap().status(), 404, "a drawing is for people who are signed in");
    let picture = app.get(&format!("/floors/{}/plan.webp?v=1", app.floor())).header("cookie", app.cookie("1001").await).send().await.unwrap();
    assert_eq!((picture.status().as_u16(), text(picture.headers(), "content-type")), (200, "image/webp"));
    assert!(text(picture.headers(), "cache-control").starts_with("private"));
    app.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn over_tls_browsers_are_told_to_stay_there() {
    let app = TestApp::sqlite(Door::Tls).await;
    for path in ["/", "/api/v1/sites", "/favicon.svg", "/nothing"] {
        let response = app.get(path).send().await.unwrap();
        assert_eq!(text(response.headers(), "strict-transport-security"), "max-age=31536000", "{path}");
    }
    app.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn signed_out_pages_lead_to_the_door_and_hold_no_data() {
    let app = TestApp::sqlite(Door::Plain).await;
    app.booked("A1", crate::harness::TODAY, "1001").await;
    for path in ["/".to_owned(), format!("/floors/{}", app.floor()), "/bookings".into(), "/people?q=1001".into(), "/account".into()] {
        let response = app.get(&path).header("accept", "text/html").send().await.unwrap();
        assert!(response.status().is_redirection(), "{path}");
        assert!(text(response.headers(), "location").starts_with("/sign-in"), "{path}: {}", text(response.headers(), "location"));
        let body = response.text().await.unwrap();
        assert!(!body.contains("佐藤") && !body.contains("総務課"), "{path} (T54)");
    }
    app.end().await;
}
