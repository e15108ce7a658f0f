//! A page of another origin changes nothing (T45–T47), whatever cookies the browser adds.

use crate::harness::{TODAY, TestApp, on_both, read};
use domain::account::Scope;
use reqwest::Method;

on_both!(foreign_pages_change_nothing, our_own_pages_and_programs_may, a_form_never_leads_to_another_site);

/// Every changing route: server functions by post, and REST.
fn changing() -> Vec<(Method, String)> {
    let functions = leptos::server_fn::axum::server_fn_paths().filter(|(_, method)| *method == Method::POST).map(|(path, method)| (method, path.to_owned()));
    let rest = [
        (Method::POST, "/api/v1/bookings"),
        (Method::DELETE, "/api/v1/bookings/1"),
        (Method::POST, "/api/v1/bookings/1/check-in"),
        (Method::POST, "/api/v1/bookings/1/release"),
    ];
    functions.chain(rest.map(|(method, path)| (method, path.to_owned()))).collect()
}

async fn foreign_pages_change_nothing(app: TestApp) {
    let (cookie, token) = (app.cookie("1001").await, app.token(Scope::Manage, None).await);
    let routes = changing();
    assert!(routes.len() > 15, "server functions are registered: {}", routes.len());
    for (method, path) in routes {
        for (name, value) in [
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
            ("sec-fetch-site", "none"),
            ("origin", "https://evil.example"),
            ("origin", "http://127.0.0.1:1"),
            ("origin", "null"),
        ] {
            for kind in ["application/x-www-form-urlencoded", "text/plain", "application/json"] {
                let asked = app.ask(method.clone(), &path).header("cookie", &cookie).bearer_auth(&token).header(name, value).header("content-type", kind);
                let (status, problem) = read(asked.body("{}").send().await.unwrap()).await;
                assert_eq!((status, problem["code"].as_str()), (403, Some("cross_site")), "{method} {path} {name}: {value}");
            }
        }
        let (status, _) = read(app.ask(method.clone(), &path).header("cookie", &cookie).body("").send().await.unwrap()).await;
        let expected = if path.starts_with("/api/v1/") { 401 } else { 403 };
        assert_eq!(status, expected, "{method} {path}: a cookie alone is no permission");
    }
    app.end().await;
}

async fn our_own_pages_and_programs_may(app: TestApp) {
    let (cookie, seat) = (app.cookie("1001").await, app.seat("A1").to_string());
    let fields = [("seat", seat.as_str()), ("date", TODAY), ("slots", "am")];
    let by_origin = app.form("/api/fn/booking/reserve", &fields);
    let response = by_origin.header("cookie", &cookie).send().await.unwrap();
    assert_eq!(response.status(), 200, "{}", response.text().await.unwrap());
    let body = format!("booking={}", app.services.office().revision);
    let asked = app
        .ask(Method::POST, "/api/fn/booking/cancel")
        .header("cookie", &cookie)
        .header("origin", &app.base)
        .header("content-type", "application/x-www-form-urlencoded");
    assert_ne!(asked.body(body).send().await.unwrap().status(), 403, "the right Origin is enough for old browsers (T47)");
    let (status, _) =
        app.book(&app.token(Scope::Book, Some("1002")).await, serde_json::json!({ "seat_id": app.seat("A2"), "date": TODAY, "slots": ["am"] })).await;
    assert_eq!(status, 201, "a program sends neither and carries a token");
    app.end().await;
}

async fn a_form_never_leads_to_another_site(app: TestApp) {
    let cookie = app.cookie("1001").await;
    for (referer, expected) in [
        ("https://evil.example/x".to_owned(), format!("{}/", app.base)),
        (format!("{}/bookings?view=month", app.base), format!("{}/bookings?view=month", app.base)),
    ] {
        let asked =
            app.form("/api/fn/booking/cancel", &[("booking", "999999")]).header("cookie", &cookie).header("accept", "text/html").header("referer", &referer);
        let response = asked.send().await.unwrap();
        assert!(response.status().is_redirection(), "{referer}: {}", response.status());
        let location = response.headers()["location"].to_str().unwrap().to_owned();
        assert!(location.starts_with(&expected), "{referer} → {location}");
    }
    app.end().await;
}
