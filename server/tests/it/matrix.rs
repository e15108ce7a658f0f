//! Who may do what: every page, server function and REST route × everybody who might ask, as one table (T31). A route that
//! is not in the table makes this test fail until somebody has looked at its row.

use crate::harness::{Door, PASSWORD, TODAY, TestApp, telephones};
use domain::{
    Slots,
    account::{Actor, Role, Scope},
    booking::OnHeld,
    memo::{Allowed, Draft, Format, MemoTo, Tongue, Urgency},
};
use reqwest::Method;
use serde_json::json;
use services::{
    booking::{Reserve, Want, cancel_range, reserve},
    memo::{self, MemoWish, NewWebhook},
};
use std::{collections::BTreeMap, fmt::Write as _};

/// Everybody who might ask.
#[derive(Clone, Copy, Debug)]
enum Caller {
    Nobody,
    /// The person whose booking it is.
    Staff,
    OtherStaff,
    /// 課の管理者 of 財政課, whose telephones the table is about.
    Head,
    /// 課の管理者 of another section.
    OtherHead,
    Auditor,
    Admin,
    TokenRead,
    TokenBook,
    TokenManage,
    TokenPbx,
}

const CALLERS: [Caller; 11] = [
    Caller::Nobody,
    Caller::Staff,
    Caller::OtherStaff,
    Caller::Head,
    Caller::OtherHead,
    Caller::Auditor,
    Caller::Admin,
    Caller::TokenRead,
    Caller::TokenBook,
    Caller::TokenManage,
    Caller::TokenPbx,
];

#[tokio::test(flavor = "multi_thread")]
async fn everybody_may_do_what_the_table_says() {
    let mut table: BTreeMap<String, Vec<u16>> = BTreeMap::new();
    for caller in CALLERS {
        // Each caller in an office of their own: nobody's attempts slow down the next one's.
        let app = TestApp::sqlite(Door::Plain).await;
        for head in ["1003", "1005"] {
            services::account::create_user(&app.services, head, Role::SectionAdmin, PASSWORD).await.unwrap();
        }
        for (method, route) in routes() {
            let rows = prepare(&app).await;
            let status = attempt(&app, caller, &method, &route, rows).await;
            table.entry(format!("{route} {method}")).or_default().push(status);
        }
        app.end().await;
    }
    let mut text = format!("{:<46}{}\n", "", CALLERS.map(|caller| format!("{caller:?}")).join(" "));
    for (route, statuses) in table {
        let cells: String = CALLERS.iter().zip(statuses).fold(String::new(), |mut line, (caller, status)| {
            let width = format!("{caller:?}").len() + 1;
            let _ = write!(line, "{status:<width$}");
            line
        });
        let _ = writeln!(text, "{route:<46}{}", cells.trim_end());
    }
    insta::assert_snapshot!("matrix", text);
}

/// Every route there is.
fn routes() -> Vec<(Method, String)> {
    let pages = server::web::page_routes().into_iter().map(|page| (Method::GET, page.path().to_owned()));
    let functions = leptos::server_fn::axum::server_fn_paths().map(|(path, method)| (method, path.to_owned()));
    let document = serde_json::to_value(server::rest::document()).unwrap();
    let mut rest = Vec::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            rest.push((method.to_uppercase().parse().unwrap(), format!("/api/v1{path}")));
        }
    }
    let others = [
        "/live/floors/{id}",
        "/live/telephone",
        "/live/memos",
        "/telephone/files/changes.csv",
        "/telephone/files/calls.csv",
        "/telephone/duty.ics",
        "/ical/duty/{name}",
        "/floors/{id}/plan.webp",
        "/api/v1/openapi.json",
        "/healthz",
        "/readyz",
    ]
    .map(|path| (Method::GET, path.to_owned()));
    let pbx = ["table", "devices", "asterisk/route", "directory.xml"].map(|path| (Method::GET, format!("/pbx/v1/{path}")));
    let told = ["route", "events", "devices", "fs/dialplan"].map(|path| (Method::POST, format!("/pbx/v1/{path}")));
    // One page of many kinds, each with rights of its own.
    let setup = ["setup", "edit", "history"].map(|page| (Method::GET, format!("/telephone/{page}")));
    let mut all: Vec<_> = pages.chain(setup).chain(functions).chain(rest).chain(others).chain(pbx).chain(told).collect();
    all.sort_by_key(|(method, route)| format!("{route} {method}"));
    all.dedup();
    all
}

/// What is there to be asked about.
#[derive(Clone, Copy, Debug)]
struct Rows {
    booking: i64,
    memo: i64,
    webhook: i64,
}

/// One booking of 1001 for today and nothing else, a memo for 1001, a program that is told.
async fn prepare(app: &TestApp) -> Rows {
    let (office, on) = (app.services.office(), TODAY.parse().unwrap());
    for number in ["1001", "1002", "1003", "1004", "1009"] {
        let person = office.by_staff_no[number];
        drop(cancel_range(&app.services, &Actor::System, person, on, "2026-12-31".parse().unwrap()).await);
    }
    let seat = domain::SeatId(app.seat("A1"));
    let wish = Reserve { person: office.by_staff_no["1001"], want: Want::Seat(seat), on, slots: Slots::first(2), on_held: OnHeld::Refuse, idempotency: None };
    let booking = reserve(&app.services, &Actor::System, wish).await.unwrap().id.0;
    let hosts = Allowed::parse("h.example").unwrap();
    app.services.allow_outgoing(memo::Outgoing { base_url: app.base.clone(), mail: false, allowed: hosts });
    let draft = Draft {
        to: MemoTo::Person(office.by_staff_no["1001"]),
        caller_name: "x".into(),
        caller_number: String::new(),
        wish: domain::memo::Wish::Called,
        text: String::new(),
        urgency: Urgency::Normal,
    };
    let left = memo::write(&app.services, &Actor::System, MemoWish { draft, call: None, key: None }).await.unwrap();
    let hook = NewWebhook { name: "x".into(), url: "https://h.example/".into(), format: Format::Json, tongue: Tongue::Ja, whole: false, section: None };
    Rows { booking, memo: left.0, webhook: memo::add_webhook(&app.services, &Actor::System, hook).await.unwrap().0.0 }
}

async fn attempt(app: &TestApp, caller: Caller, method: &Method, route: &str, rows: Rows) -> u16 {
    // 総務課, to which two of the callers belong and which nobody but administrators leads.
    let section = app.services.board().world.sections().map(|section| section.id).min().unwrap().to_string();
    let member = app.services.office().by_staff_no["1001"].to_string();
    let id = match route {
        _ if route.contains("bookings/{id}") => rows.booking.to_string(),
        _ if route.contains("memos/{id}") => rows.memo.to_string(),
        _ if route.contains("webhooks/{id}") => rows.webhook.to_string(),
        _ if route.contains("pbx-links") => "k1".into(),
        _ if route.contains("sections/{id}") => section.clone(),
        // Of turns, wishes and rules there is none: who may not know is told what everybody is told.
        _ if route.contains("duties/{id}") || route.contains("duty-swaps") || route.contains("cover-rules/{id}") => "999999".into(),
        _ => app.floor().to_string(),
    };
    let path = route
        .replace("{id}", &id)
        .replace("{aor}", "mob-1001")
        .replace("{no}", "1001")
        .replace("{topic}", "floor")
        .replace("{key}", "zaisei")
        .replace("{page}", if route.starts_with("/memos") { "new" } else { "me" });
    let seat = app.seat("B1").to_string();
    let (booking, floor) = (rows.booking.to_string(), app.floor().to_string());
    let of = if route.ends_with("-target") { rows.webhook } else { rows.memo }.to_string();
    // The memo's wish is a word, the set-up's a whole form.
    let wish = if route.contains("memo") { "call_back" } else { "part=section&key=zaisei&sent=1&name=x&ring=all&ring_s=15&fixed_s=20" };
    let fields = [
        ("booking", booking.as_str()),
        ("seat", &seat),
        ("floor", &floor),
        ("date", TODAY),
        ("on", TODAY),
        ("slots", "am"),
        ("from", TODAY),
        ("last", TODAY),
        ("days[0]", "2026-11-26"),
        ("weekdays[0]", "0"),
        ("pattern", "999999"),
        ("session", "999999"),
        ("q", "1002"),
        ("lang", "en"),
        ("back", "/"),
        ("view", "week"),
        ("staff_no", "7777"),
        ("password", "wrong-password-1"),
        ("name", "x"),
        ("code", "x"),
        ("repeat", "wrong-password-1"),
        ("current", "x"),
        ("new", "wrong-password-1"),
        ("person", member.as_str()),
        ("visibility", "house"),
        ("wishes[0]", "monitor"),
        ("to", "2101"),
        ("Caller-Destination-Number", "2101"),
        ("state", "meeting"),
        ("mode", ""),
        ("site", "1"),
        ("id", &of),
        ("how", "no_need"),
        ("wish", wish),
        ("caller_name", "x"),
        ("mail", "notice"),
        ("url", "https://h.example/"),
        ("part", "section"),
        ("key", "zaisei"),
        ("dry_run", "1"),
        ("revision", "1"),
        ("section", &section),
        ("duty", "999999"),
        ("swap", "999999"),
        ("rule", "999999"),
        ("with", "t999999"),
        ("begins", "12:00"),
        ("ends", "13:00"),
        ("people", "1"),
        ("answer", "yes"),
    ];
    let query: Vec<_> = fields.iter().map(|(name, value)| format!("{name}={}", app::routes::encode(value))).collect();
    let asked = match (route.starts_with("/api/v1"), method) {
        _ if body(app, method, route).is_some() => app.ask(method.clone(), &path).json(&body(app, method, route)),
        // Their `to`, `site` and `state` mean something else.
        (true, &Method::GET)
            if ["/api/v1/calls", "/api/v1/telephone", "/api/v1/memos", "/api/v1/sections/{id}/cover-gaps", "/api/v1/sections/{id}/duties"].contains(&route) =>
        {
            app.ask(Method::GET, &path)
        }
        (false, &Method::POST) => app.form(&path, &fields),
        _ => app.ask(method.clone(), &format!("{path}?{}", query.join("&"))),
    };
    let asked = match caller {
        Caller::Nobody => asked,
        Caller::Staff => asked.header("cookie", app.cookie("1001").await),
        Caller::OtherStaff => asked.header("cookie", app.cookie("1002").await),
        Caller::Head => asked.header("cookie", app.cookie("1003").await),
        Caller::OtherHead => asked.header("cookie", app.cookie("1005").await),
        Caller::Auditor => asked.header("cookie", app.cookie("1004").await),
        Caller::Admin => asked.header("cookie", app.cookie("1009").await),
        Caller::TokenRead => asked.bearer_auth(app.token(Scope::Read, None).await),
        Caller::TokenBook => asked.bearer_auth(app.token(Scope::Book, Some("1003")).await),
        Caller::TokenManage => asked.bearer_auth(app.token(Scope::Manage, None).await),
        Caller::TokenPbx => asked.bearer_auth(app.token(Scope::Pbx, None).await),
    };
    asked.send().await.unwrap().status().as_u16()
}

/// The JSON of routes that want some.
fn body(app: &TestApp, method: &Method, route: &str) -> Option<serde_json::Value> {
    if let Some(told) = route.strip_prefix("/pbx/v1") {
        return match (method.as_str(), told) {
            ("POST", "/route") => Some(json!({ "v": 1, "to": "2101" })),
            ("POST", "/events") => Some(json!([])),
            ("POST", "/devices") => Some(json!({ "registered": ["mob-1001"] })),
            _ => None,
        };
    }
    let api = route.strip_prefix("/api/v1")?;
    Some(match (method.as_str(), api) {
        ("POST", "/bookings") => json!({ "seat_id": app.seat("B2"), "date": "2026-11-26", "slots": ["am"], "person_no": "1001" }),
        ("PUT", "/telephone") => telephones(),
        ("PUT", "/telephone/sections/{key}") => json!({ "key": "zaisei", "name": "財政課", "unit": "1020" }),
        ("PUT", "/people/{no}/presence") => json!({ "state": "out" }),
        ("PUT", "/people/{no}/phone") => json!({ "listed": true }),
        ("PUT", "/delegations") => json!({ "from": "1001", "to": "1002" }),
        ("PUT", "/mode") => json!({ "mode": "normal" }),
        ("POST", "/simulate") => json!({ "to": "2101" }),
        ("POST", "/memos") => json!({ "to_no": "1001", "text": "x" }),
        ("POST", "/memos/{id}/end") => json!({ "how": "no_need" }),
        ("POST", "/webhooks") => json!({ "name": "x", "url": "https://h.example/", "format": "json" }),
        ("POST", "/sections/{id}/cover-rules") => json!({ "people": 1, "from": "09:00", "until": "10:00" }),
        ("POST", "/sections/{id}/duties") => json!({ "date": "2026-12-01", "from": "09:00", "until": "10:00", "person_no": "1001" }),
        ("POST", "/sections/{id}/duties/propose") => json!({ "from_date": "2026-12-02", "until_date": "2026-12-04", "from": "12:00", "until": "13:00" }),
        ("PUT", "/sections/{id}/duty-members/{no}") => json!({ "exclusions": [] }),
        ("PUT", "/duties/{id}") => json!({ "person_no": "1002" }),
        ("POST", "/duties/{id}/answer" | "/duty-swaps/{id}/answer") => json!({ "accept": true }),
        ("POST", "/duty-swaps") => json!({ "duty_id": 999_999, "person_no": "1002" }),
        _ => return None,
    })
}
