//! What PBXs ask and tell, on both databases: the contract of telephony.md §4.3, who may ask, and names that mean harm.

use crate::harness::{TestApp, on_both, read, telephones};
use domain::account::Scope;
use futures::future::join_all;
use reqwest::{Method, RequestBuilder};
use serde_json::{Value, json};
use server::{
    state::Stop,
    telephones::{Sockets, Telephones},
};
use tokio::net::TcpListener;

on_both!(
    the_very_next_call_follows_a_check_in,
    only_a_pbx_is_answered,
    every_form_says_the_same,
    the_table_and_the_passwords_are_pulled_once,
    events_are_taken_once,
    a_call_can_be_asked_about_afterwards,
    an_administrator_is_told_what_is_wrong_with_a_pbx,
    people_and_the_house_decide,
    a_wrong_file_changes_nothing,
    nobody_asks_without_end,
    a_listener_of_their_own_lives_beside_the_pages,
);

/// A secret of the PBX `k1`.
pub async fn secret(app: &TestApp) -> String {
    let token = app.token(Scope::Manage, None).await;
    let (status, made) = read(app.ask(Method::POST, "/api/v1/pbx-links/k1/secret").bearer_auth(token).send().await.unwrap()).await;
    assert_eq!(status, 201, "{made}");
    made["secret"].as_str().unwrap().to_owned()
}

pub fn as_pbx(app: &TestApp, method: Method, path: &str, secret: &str) -> RequestBuilder {
    app.ask(method, &format!("/pbx/v1{path}")).basic_auth("k1", Some(secret))
}

async fn route(app: &TestApp, secret: &str, to: &str) -> Value {
    let question = json!({ "v": 1, "to": to, "from": "0312345678", "trunk": "ntt", "call_id": "c1", "hop": 0 });
    let answer = as_pbx(app, Method::POST, "/route", secret).json(&question).send().await.unwrap();
    assert_eq!(answer.headers()["cache-control"], "no-store");
    let (status, answer) = read(answer).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

fn first_stage(answer: &Value) -> Vec<String> {
    answer["stages"][0]["targets"].as_array().into_iter().flatten().map(|target| target["aor"].as_str().unwrap_or_default().to_owned()).collect()
}

async fn the_very_next_call_follows_a_check_in(app: TestApp) {
    let (secret, token) = (secret(&app).await, app.token(Scope::Manage, None).await);
    app.set_clock("2026-11-24T09:00:00+09:00");
    let booking = app.booked("A1", "2026-11-24", "1001").await;
    assert_eq!(first_stage(&route(&app, &secret, "2101").await), ["mob-1001"]);
    let here = app.ask(Method::POST, &format!("/api/v1/bookings/{}/check-in", booking["id"])).bearer_auth(&token).send().await.unwrap();
    assert_eq!(here.status(), 200);
    let answer = route(&app, &secret, "2101").await;
    assert_eq!(first_stage(&answer), ["seat-a1", "mob-1001"]);
    assert!(!answer["offline"].to_string().contains("seat-a1"), "{answer}");
    let gone = app.ask(Method::POST, &format!("/api/v1/bookings/{}/release", booking["id"])).bearer_auth(&token).send().await.unwrap();
    assert_eq!(gone.status(), 200);
    assert_eq!(first_stage(&route(&app, &secret, "2101").await), ["mob-1001"]);
    assert_eq!(route(&app, &secret, "2999").await["status"], 404, "an unknown number is no HTTP 404");
    app.end().await;
}

async fn only_a_pbx_is_answered(app: TestApp) {
    let good = secret(&app).await;
    let question = json!({ "v": 1, "to": "2101" });
    let ask = |request: RequestBuilder| {
        let request = request.json(&question);
        async move { request.send().await.unwrap() }
    };
    let path = "/pbx/v1/route";
    let nobody = ask(app.ask(Method::POST, path)).await;
    assert_eq!((nobody.status().as_u16(), nobody.headers()["www-authenticate"].to_str().unwrap()), (401, "Basic realm=\"nanawari-pbx\""));
    for (id, secret) in [("k1", "wrong"), ("k2", good.as_str()), ("", ""), ("k1", "")] {
        assert_eq!(ask(app.ask(Method::POST, path).basic_auth(id, Some(secret))).await.status(), 401, "{id}:{secret}");
    }
    let token = app.token(Scope::Read, None).await;
    assert_eq!(ask(app.ask(Method::POST, path).bearer_auth(token)).await.status(), 403);
    let token = app.token(Scope::Pbx, None).await;
    assert_eq!(ask(app.ask(Method::POST, path).bearer_auth(token)).await.status(), 200);
    let cookie = app.cookie("1009").await;
    assert_eq!(ask(app.ask(Method::POST, path).header("cookie", cookie).header("sec-fetch-site", "same-origin")).await.status(), 401);
    for body in ["", "{", "[]", "{\"v\":2,\"to\":\"2101\"}", "{\"v\":1}"] {
        assert_eq!(as_pbx(&app, Method::POST, "/route", &good).body(body).send().await.unwrap().status(), 400, "{body}");
    }
    assert_eq!(as_pbx(&app, Method::GET, "/nothing", &good).send().await.unwrap().status(), 404);
    assert_eq!(as_pbx(&app, Method::DELETE, "/route", &good).send().await.unwrap().status(), 405);
    app.end().await;
}

async fn every_form_says_the_same(app: TestApp) {
    let secret = secret(&app).await;
    app.set_clock("2026-11-24T09:00:00+09:00");
    let line = as_pbx(&app, Method::GET, "/asterisk/route?to=2101&from=0312345678&tech=PJSIP&trunk=ntt", &secret).send().await.unwrap().text().await.unwrap();
    assert!(line.starts_with("v1~200~") && line.contains("PJSIP/mob-1001") && line.lines().count() == 1, "{line}");
    let form =
        [("Caller-Destination-Number", "2101"), ("Caller-Caller-ID-Number", "0312345678"), ("Caller-Context", "public"), ("variable_sip_gateway_name", "ntt")];
    let xml = as_pbx(&app, Method::POST, "/fs/dialplan", &secret).form(&form).send().await.unwrap().text().await.unwrap();
    assert!(xml.contains("mob-1001@pbx.example.lg.jp") && xml.contains("name=\"public\""), "{xml}");
    // A number that is not ours goes on to what FreeSWITCH itself has, which asks once more on the way.
    let unknown = [("Hunt-Destination-Number", "2999"), ("Hunt-Context", "public"), ("variable_nanawari_unknown", "2999")];
    let first = as_pbx(&app, Method::POST, "/fs/dialplan", &secret).form(&unknown[..2]).send().await.unwrap().text().await.unwrap();
    assert!(first.contains("hash(delete/nanawari/o:2999)") && first.contains("2999 XML public"), "{first}");
    let second = as_pbx(&app, Method::POST, "/fs/dialplan", &secret).form(&unknown).send().await.unwrap().text().await.unwrap();
    assert!(second.contains("not found"), "{second}");
    // A caller's name from the house's own list means harm in every form.
    let answer = route(&app, &secret, "2101").await;
    let name = answer["caller"]["name"].as_str().unwrap();
    assert!(name.contains("町会") && !name.contains(['"', '\r', '\n', '\\']), "{name}");
    assert!(!xml.contains("<script>") && !xml.contains("${x}"), "{xml}");
    let book = as_pbx(&app, Method::GET, "/directory.xml", &secret).send().await.unwrap();
    assert_eq!(book.headers()["content-type"], "text/xml; charset=utf-8");
    let book = book.text().await.unwrap();
    assert!(book.contains("2101") && book.contains("佐藤 健太"), "{book}");
    for wrong in ["/asterisk/route?to=1&tech=H323", "/asterisk/route", "/directory.xml?form=x"] {
        assert_eq!(as_pbx(&app, Method::GET, wrong, &secret).send().await.unwrap().status(), 400, "{wrong}");
    }
    app.end().await;
}

async fn the_table_and_the_passwords_are_pulled_once(app: TestApp) {
    let (secret, token) = (secret(&app).await, app.token(Scope::Manage, None).await);
    let get = |path: String| {
        let request = as_pbx(&app, Method::GET, &path, &secret);
        async move { read(request.send().await.unwrap()).await }
    };
    let (_, whole) = get("/table".into()).await;
    assert_eq!(whole["whole"], true);
    assert_eq!(whole["set"]["2101"]["status"], 200);
    let rev = whole["rev"].as_i64().unwrap();
    let tag = format!("\"{rev}\"");
    let same = as_pbx(&app, Method::GET, &format!("/table?since={rev}"), &secret).header("if-none-match", &tag).send().await.unwrap();
    assert_eq!((same.status().as_u16(), same.headers()["etag"].to_str().unwrap()), (304, tag.as_str()));
    let away = app.ask(Method::PUT, "/api/v1/people/1001/presence").bearer_auth(&token).json(&json!({ "state": "leave" })).send().await.unwrap();
    assert_eq!(away.status(), 204);
    let (_, change) = get(format!("/table?since={rev}")).await;
    assert_eq!(
        (change["whole"].as_bool(), change["set"].as_object().map(|set| set.keys().cloned().collect::<Vec<_>>())),
        (Some(false), Some(vec!["2101".to_owned()]))
    );

    let made = app.ask(Method::POST, "/api/v1/devices/mob-1001/password").bearer_auth(&token).send().await.unwrap();
    let (status, made) = read(made).await;
    assert_eq!((status, made["realm"].as_str(), made["password"].as_str().map(str::len)), (201, Some("nanawari"), Some(20)));
    let (_, passwords) = get("/devices".into()).await;
    assert_eq!(passwords["set"].as_object().map(serde_json::Map::len), Some(1));
    assert!(!passwords.to_string().contains(made["password"].as_str().unwrap()));
    let unknown = app.ask(Method::POST, "/api/v1/devices/nobody/password").bearer_auth(&token).send().await.unwrap();
    assert_eq!(unknown.status(), 404);
    app.end().await;
}

async fn events_are_taken_once(app: TestApp) {
    let secret = secret(&app).await;
    app.set_clock("2026-11-24T09:10:00+09:00");
    let event = |seq: i64, ev: &str, ts: &str| json!({ "pbx": "k1", "call_id": "c9", "seq": seq, "ev": ev, "ts": ts, "to": "2101", "from": "0312345678", "trunk": "ntt", "by": "mob-1001" });
    let told = json!([event(1, "ring", "2026-11-24T00:00:00Z"), event(2, "answer", "2026-11-24T00:00:04Z"), event(3, "hangup", "2026-11-24T00:01:00Z")]);
    for taken in [3, 0] {
        let (status, answer) = read(as_pbx(&app, Method::POST, "/events", &secret).json(&told).send().await.unwrap()).await;
        assert_eq!((status, answer["taken"].as_i64()), (200, Some(taken)));
    }
    for (token, seen) in
        [(app.token(Scope::Manage, None).await, 1), (app.token(Scope::Book, Some("1001")).await, 1), (app.token(Scope::Book, Some("1003")).await, 0)]
    {
        let (status, calls) = read(app.get("/api/v1/calls?from=2026-11-24T00:00:00%2B09:00").bearer_auth(token).send().await.unwrap()).await;
        assert_eq!((status, calls["items"].as_array().map(Vec::len)), (200, Some(seen)), "{calls}");
        for call in calls["items"].as_array().unwrap() {
            assert_eq!((call["outcome"].as_str(), call["answered_by"].as_str(), call["to"].as_str()), (Some("answered"), Some("1001"), Some("2101")));
        }
    }
    for broken in [json!([event(1, "sings", "2026-11-24T00:00:00Z")]), json!({}), json!([{ "ev": "ring" }])] {
        assert_eq!(as_pbx(&app, Method::POST, "/events", &secret).json(&broken).send().await.unwrap().status(), 422, "{broken}");
    }
    let registered = as_pbx(&app, Method::POST, "/devices", &secret).json(&json!({ "registered": ["mob-1001", "not a name"] })).send().await.unwrap();
    assert_eq!(registered.status(), 204);
    app.end().await;
}

async fn an_administrator_is_told_what_is_wrong_with_a_pbx(app: TestApp) {
    let token = app.token(Scope::Manage, None).await;
    let troubles = async || {
        services::telephone::keep_status(&app.services).await.unwrap();
        let (status, links) = read(app.get("/api/v1/pbx-links").bearer_auth(&token).send().await.unwrap()).await;
        assert_eq!(status, 200, "{links}");
        let names = links["items"][0]["troubles"].as_array().unwrap().iter().map(|trouble| trouble["trouble"].as_str().unwrap().to_owned());
        (names.collect::<Vec<_>>(), links["items"][0].clone())
    };
    app.set_clock("2026-11-24T09:00:00+09:00");
    assert_eq!(troubles().await.0, ["no_secret"]);
    let secret = secret(&app).await;
    assert_eq!(troubles().await.0, ["never_asked"]);
    app.ask(Method::POST, "/pbx/v1/route").basic_auth("k1", Some("wrong")).json(&json!({ "v": 1, "to": "2101" })).send().await.unwrap();
    assert_eq!(troubles().await.0, ["refused", "never_asked"]);
    app.set_clock("2026-11-24T09:01:00+09:00");
    route(&app, &secret, "2101").await;
    assert_eq!(troubles().await.0, ["old_table", "silent"]);
    as_pbx(&app, Method::GET, "/table", &secret).send().await.unwrap();
    as_pbx(&app, Method::POST, "/devices", &secret).json(&json!({ "registered": ["bcp-soumu", "bcp-zaisei", "not a name"] })).send().await.unwrap();
    let (names, link) = troubles().await;
    assert_eq!(names, ["not_registered"]);
    assert_eq!(link["troubles"][0]["devices"], json!(["bcp-house", "seat-a1"]), "smartphones come and go");
    as_pbx(&app, Method::POST, "/devices", &secret).json(&json!({ "registered": ["bcp-soumu", "bcp-zaisei", "bcp-house", "seat-a1"] })).send().await.unwrap();
    let (names, link) = troubles().await;
    assert_eq!((names.len(), link["registered"].as_u64()), (0, Some(4)), "{link}");
    let (status, _) = read(app.get("/api/v1/pbx-links").bearer_auth(app.token(Scope::Read, None).await).send().await.unwrap()).await;
    assert_eq!(status, 403);
    app.end().await;
}

async fn a_call_can_be_asked_about_afterwards(app: TestApp) {
    let (secret, token) = (secret(&app).await, app.token(Scope::Manage, None).await);
    let answer = route(&app, &secret, "2101").await;
    assert!(answer.get("why").is_none(), "a PBX gets no reasons");
    let id = answer["decision_id"].as_str().unwrap();
    let (status, decision) = read(app.get(&format!("/api/v1/decisions/{id}")).bearer_auth(&token).send().await.unwrap()).await;
    assert_eq!(status, 200, "{decision}");
    assert!(!decision["plan"]["why"].as_array().unwrap().is_empty());
    assert_eq!(decision["call"]["to"], "2101");
    let asked =
        app.ask(Method::POST, "/api/v1/simulate").bearer_auth(&token).json(&json!({ "to": "3100", "from": "0312345678", "at": "2026-11-23T12:00:00+09:00" }));
    let (status, simulated) = read(asked.send().await.unwrap()).await;
    assert_eq!(status, 200, "{simulated}");
    assert!(simulated["why"].to_string().contains("closed"), "a holiday: {simulated}");
    app.end().await;
}

async fn people_and_the_house_decide(app: TestApp) {
    let (secret, token) = (secret(&app).await, app.token(Scope::Book, Some("1001")).await);
    app.set_clock("2026-11-24T09:00:00+09:00");
    let put = |path: &'static str, body: Value| {
        let request = app.ask(Method::PUT, &format!("/api/v1{path}")).bearer_auth(&token).json(&body);
        async move { read(request.send().await.unwrap()).await }
    };
    assert_eq!(put("/people/1001/phone", json!({ "ring_ms": 7000 })).await.0, 204);
    assert_eq!(route(&app, &secret, "2101").await["stages"][0]["ring_ms"], 8000, "a mobile is woken first");
    assert_eq!(put("/delegations", json!({ "from": "1001", "to": "1002" })).await.0, 204);
    assert_eq!(first_stage(&route(&app, &secret, "2101").await), ["mob-1002"]);
    assert_eq!(put("/delegations", json!({ "from": "1001", "to": null })).await.0, 204);
    assert_eq!(first_stage(&route(&app, &secret, "2101").await), ["mob-1001"]);
    for (path, body, status, code) in [
        ("/people/1002/presence", json!({ "state": "dnd" }), 404, "not_found"),
        ("/people/1001/presence", json!({ "state": "asleep" }), 422, "invalid_value"),
        ("/people/1001/presence", json!({ "state": "dnd", "until": "2020-01-01T00:00:00Z" }), 422, "ends_before_it_begins"),
        ("/people/1001/presence", json!({ "state": "dnd", "until": "tomorrow" }), 422, "invalid_value"),
        ("/people/1001/phone", json!({ "picked": ["mob-1002"] }), 422, "device_of_somebody_else"),
        ("/people/1001/phone", json!({ "ring_ms": 5 }), 422, "ring_time"),
        ("/delegations", json!({ "from": "1001", "to": "1001" }), 422, "oneself"),
        ("/mode", json!({ "mode": "disaster" }), 403, "denied"),
    ] {
        let (got, problem) = put(path, body).await;
        assert_eq!((got, problem["code"].as_str()), (status, Some(code)), "{path} {problem}");
    }
    app.end().await;
}

async fn a_wrong_file_changes_nothing(app: TestApp) {
    let token = app.token(Scope::Manage, None).await;
    let put = |file: Value, query: &'static str| {
        let request = app.ask(Method::PUT, &format!("/api/v1/telephone{query}")).bearer_auth(&token).header("accept-language", "ja").body(file.to_string());
        async move { read(request.send().await.unwrap()).await }
    };
    let before = read(app.get("/api/v1/telephone").bearer_auth(&token).send().await.unwrap()).await;
    let mut file = telephones();
    file["numbers"][0]["section"] = json!("nobody");
    let (status, problem) = put(file, "").await;
    assert_eq!((status, problem["code"].as_str()), (422, Some("invalid_file")), "{problem}");
    assert!(problem["detail"].as_str().unwrap().contains("該当するものがありません"), "{problem}");
    let mut file = telephones();
    file["numbers"].as_array_mut().unwrap().remove(2);
    let (status, tried) = put(file, "?dry_run=1").await;
    assert_eq!((status, tried["changed"].clone()), (200, json!(["3200"])), "{tried}");
    assert_eq!(read(app.get("/api/v1/telephone").bearer_auth(&token).send().await.unwrap()).await, before);
    let (status, _) = put(before.1.clone(), "").await;
    assert_eq!(status, 200, "what is exported is taken again");
    app.end().await;
}

async fn nobody_asks_without_end(app: TestApp) {
    let secret = secret(&app).await;
    let mut refused = None;
    for _ in 0..1_500 {
        let answer = as_pbx(&app, Method::GET, "/directory.xml", &secret).send().await.unwrap();
        if answer.status() == 429 {
            refused = Some(answer.headers()["retry-after"].to_str().unwrap().to_owned());
            break;
        }
    }
    assert_eq!(refused.as_deref(), Some("1"));
    app.end().await;
}

async fn a_listener_of_their_own_lives_beside_the_pages(app: TestApp) {
    let secret = secret(&app).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let (stop, stopping) = Stop::new();
    let telephones = Telephones::start(Sockets { http: Some((listener, None)), sip: None }, app.state.clone(), stopping).unwrap();
    let ask = |method: Method, path: &str| app.client.request(method, format!("{base}{path}")).basic_auth("k1", Some(&secret));
    assert_eq!(ask(Method::GET, "/healthz").send().await.unwrap().status(), 404, "nothing else is served there");
    // Many at once read the database, so that connections to it are opened on the telephones' thread.
    app.set_clock("2026-11-24T09:10:00+09:00");
    let told =
        json!([{ "pbx": "k1", "call_id": "own", "seq": 1, "ev": "ring", "ts": "2026-11-24T00:00:00Z", "to": "2101", "from": "0312345678", "trunk": "ntt" }]);
    let questions =
        (0..10).flat_map(|_| [ask(Method::GET, "/pbx/v1/devices"), ask(Method::GET, "/pbx/v1/table"), ask(Method::POST, "/pbx/v1/events").json(&told)]);
    for answer in join_all(questions.map(|question| question.send())).await {
        let answer = answer.unwrap();
        assert!(answer.status().is_success(), "{}: {}", answer.url(), answer.status());
    }
    // Whoever asks last is answered, and after it the pages go on with the same connections.
    stop.now();
    let silent = telephones.finish().await.unwrap();
    assert!(ask(Method::GET, "/pbx/v1/table").send().await.is_err(), "nobody listens any more");
    let token = app.token(Scope::Read, None).await;
    for page in join_all((0..20).map(|_| app.get("/api/v1/bookings?from=2026-11-24&to=2026-11-25").bearer_auth(&token).send())).await {
        assert_eq!(page.unwrap().status(), 200);
    }
    app.end().await;
    silent.end();
}
