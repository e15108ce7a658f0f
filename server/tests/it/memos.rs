//! Memos through every door: who may see them, and what leaves the house about them, to a real program and a real mail server on
//! this machine.

use crate::harness::{Door, TestApp, on_both, read};
use axum::{Router, body::Body, extract::State, http::HeaderMap, response::Response, routing::post};
use domain::{
    account::Scope,
    memo::{Format, Tongue},
};
use futures::StreamExt;
use reqwest::Method;
use serde_json::{Value, json};
use server::{
    cli::Settings,
    config::Config,
    outgoing::{SIGNATURE, Sender, TIMESTAMP, signature},
};
use services::{
    Actor,
    memo::{NewWebhook, add_webhook, webhooks},
};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::TcpListener,
};

on_both!(
    a_memo_is_left_read_and_closed_over_rest,
    a_program_is_told_once_and_can_trust_it,
    a_mail_says_that_a_memo_waits,
    only_whom_it_concerns_hears_of_it,
    what_people_write_stays_words,
);

async fn leave(app: &TestApp, token: &str, body: Value) -> (u16, Value) {
    read(app.ask(Method::POST, "/api/v1/memos").bearer_auth(token).json(&body).send().await.unwrap()).await
}

async fn a_memo_is_left_read_and_closed_over_rest(app: TestApp) {
    let (writer, own, other) =
        (app.token(Scope::Book, Some("1002")).await, app.token(Scope::Book, Some("1001")).await, app.token(Scope::Book, Some("1003")).await);
    let (status, memo) = leave(&app, &writer, json!({ "to_no": "1001", "caller_name": "町会", "wish": "call_back", "urgency": "urgent" })).await;
    assert_eq!((status, memo["written_by"].as_str()), (201, Some("髙橋 花子")), "{memo}");
    let path = format!("/api/v1/memos/{}", memo["id"]);
    let ask = |method: Method, path: String, token: &str, body: Option<Value>| {
        let request = app.ask(method, &path).bearer_auth(token);
        let request = if let Some(body) = body { request.json(&body) } else { request };
        async move { read(request.send().await.unwrap()).await }
    };
    for (method, path, body) in [
        (Method::GET, path.clone(), None),
        (Method::POST, format!("{path}/read"), None),
        (Method::POST, format!("{path}/end"), Some(json!({ "how": "no_need" }))),
        (Method::POST, format!("{path}/reopen"), None),
    ] {
        let (status, told) = ask(method, path.clone(), &other, body).await;
        assert_eq!((status, told["code"].as_str()), (404, Some("not_found")), "{path}");
    }
    let (_, list) = ask(Method::GET, "/api/v1/memos".into(), &own, None).await;
    assert_eq!(list["items"][0]["id"], memo["id"]);
    assert_eq!(ask(Method::GET, "/api/v1/memos?person_no=1001".into(), &other, None).await.0, 404);
    let (_, seen) = ask(Method::POST, format!("{path}/read"), &own, None).await;
    assert_eq!(seen["receipts"][0]["name"], "佐藤 健太");
    let (status, done) = ask(Method::POST, format!("{path}/end"), &own, Some(json!({ "how": "called_back" }))).await;
    assert_eq!((status, done["ended"]["how"].as_str()), (200, Some("called_back")));
    let (status, late) = ask(Method::POST, format!("{path}/end"), &writer, Some(json!({ "how": "no_need" }))).await;
    assert_eq!((status, late["code"].as_str()), (409, Some("memo_already_ended")));
    assert_eq!(ask(Method::POST, format!("{path}/end"), &own, Some(json!({ "how": "answered" }))).await.0, 422, "only the system says so");
    assert_eq!(ask(Method::POST, format!("{path}/reopen"), &own, None).await.0, 200);
    assert_eq!(ask(Method::POST, format!("{path}/reopen"), &own, None).await.1["code"], "memo_not_ended");

    for (body, status, code) in [
        (json!({ "to_no": "1001" }), 422, "nothing_said"),
        (json!({ "to_no": "1001", "wish": "tell", "caller_name": "x" }), 422, "text_missing"),
        (json!({ "to_no": "1001", "caller_name": "あ".repeat(81) }), 422, "name_too_long"),
        (json!({ "to_no": "9999", "caller_name": "x" }), 404, "not_found"),
        (json!({ "section": "何課", "caller_name": "x" }), 404, "not_found"),
        (json!({ "caller_name": "x" }), 422, "invalid_value"),
        (json!({ "to_no": "1001", "caller_name": "x", "wish": "shout" }), 422, "invalid_value"),
    ] {
        let (found, told) = leave(&app, &writer, body.clone()).await;
        assert_eq!((found, told["code"].as_str()), (status, Some(code)), "{body}: {told}");
    }
    let section = leave(&app, &writer, json!({ "section": "財政課", "text": "至急" })).await.1;
    assert_eq!(ask(Method::GET, format!("/api/v1/memos/{}", section["id"]), &other, None).await.0, 200, "a member");
    let twice =
        || async { app.ask(Method::POST, "/api/v1/memos").bearer_auth(&writer).header("idempotency-key", "k1").json(&json!({ "to_no": "1001", "text": "x" })) };
    let first = read(twice().await.send().await.unwrap()).await.1;
    assert_eq!(read(twice().await.send().await.unwrap()).await.1["id"], first["id"]);
    app.end().await;
}

/// What a program heard.
pub type Heard = Arc<Mutex<Vec<(HeaderMap, String)>>>;

/// A program on this machine: `/hook` takes, `/away` leads to `/hook`, `/endless` never ends its answer, `/broken` cannot.
pub async fn program() -> (u16, Heard) {
    async fn take(State(heard): State<Heard>, headers: HeaderMap, body: String) -> &'static str {
        heard.lock().unwrap().push((headers, body));
        "thank you"
    }
    async fn away() -> Response {
        Response::builder().status(307).header("location", "/hook").body(Body::empty()).unwrap()
    }
    async fn endless() -> Response {
        let forever = futures::stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b'x'; 65_536]));
        Response::new(Body::from_stream(forever))
    }
    let heard = Heard::default();
    let routes = Router::new()
        .route("/hook", post(take))
        .route("/away", post(away))
        .route("/endless", post(endless))
        .route("/broken", post(|| async { axum::http::StatusCode::SERVICE_UNAVAILABLE }))
        .with_state(Arc::clone(&heard));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    (port, heard)
}

/// A sender with settings of its own, as `serve` makes it.
pub fn sender(app: &TestApp, hosts: &str, mail: Option<u16>) -> Sender {
    let settings = Settings {
        base_url: Some("https://seats.example.lg.jp".into()),
        data_dir: Some("no-such-folder".into()),
        webhook_hosts: Some(hosts.into()),
        mail_url: mail.map(|port| format!("smtp://127.0.0.1:{port}")),
        mail_from: Some("七割 <nanawari@example.lg.jp>".into()),
        ..Settings::default()
    };
    let config = Config::read(&settings).unwrap();
    app.services.allow_outgoing(config.outgoing());
    Sender::new(&config)
}

pub async fn tell(app: &TestApp, url: String, format: Format) -> String {
    let new = NewWebhook { name: url.clone(), url, format, tongue: Tongue::Ja, whole: false, section: None };
    add_webhook(&app.services, &Actor::System, new).await.unwrap().1
}

async fn a_program_is_told_once_and_can_trust_it(app: TestApp) {
    let (port, heard) = program().await;
    let hosts = format!("http://127.0.0.1:{port}");
    let (one, other) = (sender(&app, &hosts, None), sender(&app, &hosts, None));
    let secret = tell(&app, format!("http://127.0.0.1:{port}/hook"), Format::Json).await;
    let token = app.token(Scope::Book, Some("1002")).await;
    for number in 0..5 {
        leave(&app, &token, json!({ "to_no": "1001", "caller_name": "町会", "caller_number": "0312345678", "text": format!("用件{number}") })).await;
    }
    // Two servers send at the same time.
    tokio::try_join!(one.send_due(&app.services, || true), other.send_due(&app.services, || true)).unwrap();
    one.send_due(&app.services, || true).await.unwrap();
    let heard = heard.lock().unwrap().clone();
    let mut deliveries: Vec<&str> = heard.iter().map(|(headers, _)| headers["x-nanawari-delivery"].to_str().unwrap()).collect();
    deliveries.sort_unstable();
    deliveries.dedup();
    assert_eq!((heard.len(), deliveries.len()), (5, 5));
    for (headers, body) in &heard {
        let at: i64 = headers[TIMESTAMP].to_str().unwrap().parse().unwrap();
        assert_eq!(headers[SIGNATURE].to_str().unwrap(), signature(&secret, at, body.as_bytes()));
        let told: Value = serde_json::from_str(body).unwrap();
        assert_eq!((told["event"].as_str(), told["memo"]["name"].as_str()), (Some("memo.written"), Some("佐藤 健太")));
        assert!(told["link"].as_str().unwrap().starts_with("https://seats.example.lg.jp/memos#memo-"));
        for hidden in ["町会", "0312345678", "用件", "髙橋"] {
            assert!(!body.contains(hidden), "{body}");
        }
    }
    app.end().await;
}

async fn troubles(app: &TestApp) -> Vec<(String, Option<String>)> {
    let views = webhooks(&app.services, &Actor::System).await.unwrap();
    views.into_iter().map(|view| (view.name.rsplit('/').next().unwrap().to_owned(), view.state.trouble)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_leads_a_message_elsewhere() {
    let app = TestApp::sqlite(Door::Plain).await;
    let (port, heard) = program().await;
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port();
    let sender = sender(&app, &format!("http://127.0.0.1:{port}, http://127.0.0.1:{free}"), None);
    for path in ["away", "endless", "broken"] {
        tell(&app, format!("http://127.0.0.1:{port}/{path}"), Format::Teams).await;
    }
    tell(&app, format!("http://127.0.0.1:{free}/closed"), Format::Json).await;
    leave(&app, &app.token(Scope::Manage, None).await, json!({ "to_no": "1001", "text": "x" })).await;
    tokio::time::timeout(Duration::from_secs(8), sender.send_due(&app.services, || true)).await.expect("an endless answer is not read").unwrap();
    let told: Vec<_> = troubles(&app).await;
    let of = |name: &str| told.iter().find(|(known, _)| known == name).unwrap().1.as_deref();
    assert_eq!((of("away"), of("endless"), of("broken"), of("closed")), (Some("status:307"), None, Some("status:503"), Some("connect")));
    assert!(heard.lock().unwrap().is_empty(), "a redirect is not followed");
    app.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_points_to_this_machine_is_not_called() {
    let app = TestApp::sqlite(Door::Plain).await;
    let (port, heard) = program().await;
    let sender = sender(&app, &format!("http://localhost:{port}"), None);
    tell(&app, format!("http://localhost:{port}/hook"), Format::Json).await;
    leave(&app, &app.token(Scope::Manage, None).await, json!({ "to_no": "1001", "text": "x" })).await;
    sender.send_due(&app.services, || true).await.unwrap();
    assert_eq!(troubles(&app).await, [("hook".to_owned(), Some("address_refused".to_owned()))]);
    assert!(heard.lock().unwrap().is_empty());
    // A host that was taken from the list is not called either, though its row is there.
    let strict = self::sender(&app, "other.example", None);
    app.clock.set(app.clock.now() + chrono::TimeDelta::minutes(5));
    strict.send_due(&app.services, || true).await.unwrap();
    assert_eq!(troubles(&app).await[0].1.as_deref(), Some("host_not_allowed"));
    app.end().await;
}

/// A mail server that takes one mail after another.
async fn mail_server() -> (u16, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let mails = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&mails);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let kept = Arc::clone(&kept);
            tokio::spawn(async move {
                let (from, mut to) = stream.into_split();
                let mut lines = BufReader::new(from).lines();
                let mut mail: Option<String> = None;
                to.write_all(b"220 sink\r\n").await.unwrap();
                while let Ok(Some(line)) = lines.next_line().await {
                    let answer = match (&mut mail, line.as_str()) {
                        (Some(text), ".") => {
                            kept.lock().unwrap().push(std::mem::take(text));
                            mail = None;
                            "250 taken\r\n"
                        }
                        (Some(text), line) => {
                            text.push_str(line);
                            text.push('\n');
                            continue;
                        }
                        (None, "DATA") => {
                            mail = Some(String::new());
                            "354 go on\r\n"
                        }
                        (None, "QUIT") => break,
                        (None, _) => "250 fine\r\n",
                    };
                    to.write_all(answer.as_bytes()).await.unwrap();
                }
            });
        }
    });
    (port, mails)
}

/// Text in which `=E4` stands for a byte and `=` at an end joins lines (RFC 2045 §6.7).
fn unquoted(body: &str) -> String {
    let joined = body.replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, more)) = rest.split_first() {
        let quoted = (*first == b'=').then(|| std::str::from_utf8(more.get(..2)?).ok().and_then(|digits| u8::from_str_radix(digits, 16).ok())).flatten();
        bytes.push(quoted.unwrap_or(*first));
        rest = if quoted.is_some() { &more[2..] } else { more };
    }
    String::from_utf8(bytes).unwrap()
}

/// What a mail says.
fn text_of(mail: &str) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    let (head, body) = mail.split_once("\n\n").unwrap();
    let body: String = if head.to_lowercase().contains("base64") {
        let packed: String = body.split_whitespace().collect();
        String::from_utf8(STANDARD.decode(packed).unwrap()).unwrap()
    } else {
        unquoted(body)
    };
    format!("{head}\n\n{body}")
}

async fn a_mail_says_that_a_memo_waits(app: TestApp) {
    let (port, mails) = mail_server().await;
    let sender = sender(&app, "", Some(port));
    let csv = "職員番号,氏名,カナ,所属コード,所属名,役職,本務兼務,発令日,終了日,任用区分,メール,内線\n1001,佐藤 健太,サトウ ケンタ,1010,総務課,主事,本務,2024-04-01,,正規,kenta@example.lg.jp,2101\n";
    services::person::import_people(&app.services, csv.as_bytes(), services::person::ImportMode::Apply).await.unwrap();
    app.services.refresh_office().await.unwrap();
    let token = app.token(Scope::Book, Some("1002")).await;
    leave(&app, &token, json!({ "to_no": "1001", "caller_name": "町会\r\nBcc: evil@example.com", "text": "用件" })).await;
    for _ in 0..2 {
        sender.send_due(&app.services, || true).await.unwrap();
    }
    let first = {
        let mails = mails.lock().unwrap();
        assert_eq!(mails.len(), 1);
        text_of(&mails[0])
    };
    assert!(
        first.contains("kenta@example.lg.jp") && first.contains("https://seats.example.lg.jp/memos#memo-") && first.contains("佐藤 健太さんあて"),
        "{first}"
    );
    assert!(!first.contains("町会") && !first.contains("evil") && !first.contains("用件"), "nothing of the caller: {first}");

    // Whoever wants to, gets what it says; what was typed is text and never a header.
    let (own, fields) = (app.cookie("1001").await, [("mail", "whole"), ("lang", "en")]);
    assert_eq!(app.form("/api/fn/memo/setting", &fields).header("accept", "text/html").header("cookie", &own).send().await.unwrap().status(), 302);
    leave(&app, &token, json!({ "to_no": "1001", "caller_name": "町会\r\nBcc: evil@example.com", "text": "用件\r\n.\r\nBcc: evil@example.com" })).await;
    sender.send_due(&app.services, || true).await.unwrap();
    let mails = mails.lock().unwrap().clone();
    assert_eq!(mails.len(), 2);
    let (head, _) = mails[1].split_once("\n\n").unwrap();
    assert!(!head.lines().any(|line| line.to_lowercase().starts_with("bcc")), "{head}");
    let second = text_of(&mails[1]);
    assert!(second.contains("Caller: 町会 Bcc: evil@example.com") && second.contains("用件"), "{second}");
    app.end().await;
}

async fn only_whom_it_concerns_hears_of_it(app: TestApp) {
    let mut ears = Vec::new();
    for staff_no in ["1001", "1002", "1003"] {
        let response = app.get("/live/memos").header("cookie", app.cookie(staff_no).await).send().await.unwrap();
        assert_eq!(response.status(), 200);
        let mut stream = Box::pin(response.bytes_stream());
        stream.next().await.unwrap().unwrap();
        ears.push(stream);
    }
    if app.database_url.starts_with("postgres") {
        // The listener between servers needs a moment after the start.
        tokio::time::sleep(Duration::from_millis(800)).await;
    }
    leave(&app, &app.token(Scope::Book, Some("1002")).await, json!({ "to_no": "1001", "text": "秘密" })).await;
    for (who, hears) in [(0, true), (1, true), (2, false)] {
        let heard = tokio::time::timeout(Duration::from_millis(if hears { 1_000 } else { 300 }), ears[who].next()).await;
        assert_eq!(heard.is_ok(), hears, "{who}");
        if let Ok(Some(Ok(bytes))) = heard {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            assert!(text.contains("event: changed") && text.contains("data: {}"), "a notice says nothing: {text}");
        }
    }
    let (waiting, nobody) = (app.get("/api/fn/memo/waiting").header("cookie", app.cookie("1001").await), app.get("/api/fn/memo/waiting"));
    assert_eq!(read(waiting.send().await.unwrap()).await, (200, json!({ "open": 1, "urgent": 0 })));
    assert_ne!(nobody.header("accept", "application/json").send().await.unwrap().status(), 200);
    assert_eq!(app.get("/live/memos").send().await.unwrap().status(), 401);
    assert_eq!(app.get("/live/memos").bearer_auth(app.token(Scope::Manage, None).await).send().await.unwrap().status(), 403);
    app.end().await;
}

async fn what_people_write_stays_words(app: TestApp) {
    let token = app.token(Scope::Book, Some("1002")).await;
    let hostile = "<script>alert(1)</script>\" onmouseover=\"x";
    let (_, memo) = leave(&app, &token, json!({ "to_no": "1001", "caller_name": hostile, "caller_number": "javascript:alert(1)", "text": hostile })).await;
    let cookie = app.cookie("1001").await;
    for page in ["/memos", "/"] {
        let text = app.get(page).header("cookie", &cookie).send().await.unwrap().text().await.unwrap();
        assert!(text.contains("&lt;script&gt;") && !text.contains("<script>alert") && !text.contains("href=\"javascript"), "{page}");
    }
    // Somebody else's memo is changed by no form.
    let id = memo["id"].to_string();
    let stranger = app.cookie("1003").await;
    for (function, fields) in [("read", vec![("id", id.as_str())]), ("end", vec![("id", id.as_str()), ("how", "no_need")])] {
        let answer = app.form(&format!("/api/fn/memo/{function}"), &fields).header("cookie", &stranger).send().await.unwrap();
        assert!(answer.headers()["location"].to_str().unwrap().contains("refused=gone"), "{function}");
    }
    let own = app.get("/api/v1/memos").bearer_auth(app.token(Scope::Book, Some("1001")).await).send().await.unwrap();
    assert_eq!(read(own).await.1["items"][0]["ended"], Value::Null);
    app.end().await;
}
