//! The set-up of the telephones on pages and by programs: who may change what, what a preview stores (nothing), and the way back.

use crate::harness::{TestApp, on_both, read};
use domain::account::{Role, Scope};
use reqwest::Method;
use serde_json::{Value, json};
use services::account;

on_both!(
    heads_change_their_own_section_and_know_of_no_other,
    a_preview_stores_nothing_and_saving_can_be_undone,
    programs_change_a_section_and_take_it_back,
    a_day_is_compared_by_who_administers
);

/// 1003 heads 財政課; 1002 heads 総務課.
async fn heads(app: &TestApp) {
    for person in ["1002", "1003"] {
        account::create_user(&app.services, person, Role::SectionAdmin, "ochanomizu-7-wari").await.unwrap();
    }
}

async fn page(app: &TestApp, who: &str, path: &str) -> (u16, String) {
    let answer = app.get(path).header("cookie", app.cookie(who).await).header("accept", "text/html").send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn post(app: &TestApp, who: &str, to: &str, fields: &[(&str, &str)]) -> (u16, String) {
    let answer =
        app.form(&format!("/api/fn/telephone/{to}"), fields).header("cookie", app.cookie(who).await).header("accept", "text/html").send().await.unwrap();
    let to = answer.headers().get("location").and_then(|to| to.to_str().ok()).unwrap_or_default().to_owned();
    (answer.status().as_u16(), to)
}

/// The status that the same post gets from a program that does not ask for a page.
async fn status_of(app: &TestApp, who: &str, to: &str, fields: &[(&str, &str)]) -> u16 {
    app.form(&format!("/api/fn/telephone/{to}"), fields).header("cookie", app.cookie(who).await).send().await.unwrap().status().as_u16()
}

/// The fields of 財政課's form, filled in.
fn wish(more: &str) -> String {
    format!(
        "part=section&key=zaisei&sent=1&name=%E8%B2%A1%E6%94%BF%E8%AA%B2&ring=sequential&ring_s=20&fixed_s=25&overflow=soumu&closed=announcement&tasks=%E4%BA%88%E7%AE%97{more}"
    )
}

async fn sections(app: &TestApp) -> Vec<Value> {
    let token = app.token(Scope::Manage, None).await;
    let (status, file) = read(app.get("/api/v1/telephone").bearer_auth(token).send().await.unwrap()).await;
    assert_eq!(status, 200);
    file["sections"].as_array().unwrap().clone()
}

async fn heads_change_their_own_section_and_know_of_no_other(app: TestApp) {
    heads(&app).await;
    for (who, path, expected) in [
        ("1009", "/telephone/setup", 200),
        ("1009", "/telephone/edit?part=section&key=zaisei", 200),
        ("1009", "/telephone/edit?part=number&key=3100", 200),
        ("1009", "/telephone/edit?part=number&key=9999", 404),
        ("1009", "/telephone/edit?part=nonsense", 404),
        ("1009", "/telephone/history", 200),
        ("1009", "/telephone/history?rev=999999", 404),
        ("1009", "/telephone/history?rev=x", 404),
        ("1003", "/telephone/setup", 200),
        ("1003", "/telephone/edit?part=section&key=zaisei", 200),
        ("1003", "/telephone/edit?part=section&key=soumu", 404),
        ("1003", "/telephone/edit?part=section", 404),
        ("1003", "/telephone/edit?part=number&key=3200", 404),
        ("1003", "/telephone/edit?part=house", 404),
        ("1003", "/telephone/history", 200),
        ("1003", "/telephone/history?rev=1", 404),
        ("1001", "/telephone/setup", 404),
        ("1001", "/telephone/edit?part=section&key=soumu", 404),
        ("1001", "/telephone/history", 404),
        ("1004", "/telephone/setup", 404),
        ("1004", "/telephone/history?rev=1", 404),
    ] {
        let (status, text) = page(&app, who, path).await;
        assert_eq!(status, expected, "{who} {path}");
        let told = text.contains("n-setup") || text.contains("n-rows");
        assert!(!told || ["1009", "1003"].contains(&who), "{who} {path} is told of a section");
    }
    // Posts of what was never offered to them.
    let before = sections(&app).await;
    for who in ["1002", "1001", "1004"] {
        assert_eq!(status_of(&app, who, "edit", &[("wish", &wish(""))]).await, 404, "{who}");
    }
    let token = app.token(Scope::Book, Some("1003")).await;
    for (method, path) in
        [(Method::GET, "/api/v1/telephone/revisions"), (Method::GET, "/api/v1/telephone/revisions/1"), (Method::POST, "/api/v1/telephone/revisions/1/undo")]
    {
        assert_eq!(app.ask(method, path).bearer_auth(&token).send().await.unwrap().status(), 404, "{path}");
    }
    assert_eq!(sections(&app).await, before);
    app.end().await;
}

async fn a_preview_stores_nothing_and_saving_can_be_undone(app: TestApp) {
    heads(&app).await;
    let before = sections(&app).await;
    let (status, shown) = page(&app, "1003", &format!("/telephone/edit?{}", wish(""))).await;
    assert_eq!(status, 200);
    for expected in ["3200", "予算", "いつも同じ順に", "name=\"wish\""] {
        assert!(shown.contains(expected), "{expected}: {shown}");
    }
    assert_eq!(sections(&app).await, before, "looking stores nothing");
    // What is wrong is said by the name of its field, with what was typed still there.
    for (more, expected) in
        [("&roster=7777", "「災害当番」: 「7777」"), ("&h0_days=open_days&h0_open=09:00", "「1行目 終了」"), ("&blocks=abc", "「受けない相手」: 「abc」")]
    {
        let (status, shown) = page(&app, "1003", &format!("/telephone/edit?{}", wish(more))).await;
        assert_eq!(status, 200, "{more}");
        assert!(shown.contains(expected) && !shown.contains("name=\"wish\""), "{more}: {expected}\n{shown}");
    }
    let (status, to) = post(&app, "1003", "edit", &[("wish", &wish("&ring_s=zzz").replace("ring_s=20&", ""))]).await;
    assert_eq!((status, to.starts_with("/telephone/edit?")), (302, true), "{to}");
    assert_eq!(sections(&app).await, before);

    let (status, to) = post(&app, "1003", "edit", &[("wish", &wish(""))]).await;
    assert_eq!((status, to.starts_with("/telephone/setup?")), (302, true), "{to}");
    let after = sections(&app).await;
    assert_eq!((after[1]["ring"].clone(), after[1]["tasks"].clone()), (json!("sequential"), json!(["予算"])));
    assert_eq!(after[0], before[0]);
    let (_, shown) = page(&app, "1003", &to).await;
    assert!(shown.contains("telephone/undo"), "the notice undoes it");
    let revision = to.split("was_revision=").nth(1).unwrap();
    let (status, shown) = page(&app, "1003", &format!("/telephone/history?rev={revision}&back=one")).await;
    assert!(status == 200 && shown.contains("戻すとこう変わります"), "{shown}");
    assert_eq!(sections(&app).await, after, "looking stores nothing");
    // Another head knows of no such change.
    assert_eq!(page(&app, "1002", &format!("/telephone/history?rev={revision}")).await.0, 404);
    assert_eq!(status_of(&app, "1002", "undo", &[("revision", revision)]).await, 404);
    let (status, to) = post(&app, "1003", "undo", &[("revision", revision)]).await;
    assert_eq!((status, to.starts_with("/telephone/history?")), (302, true), "{to}");
    assert_eq!(sections(&app).await, before);
    app.end().await;
}

async fn programs_change_a_section_and_take_it_back(app: TestApp) {
    let token = app.token(Scope::Manage, None).await;
    let put = |path: &str, body: Value| app.ask(Method::PUT, path).bearer_auth(&token).json(&body).send();
    let before = sections(&app).await;
    let mut zaisei = before[1].clone();
    zaisei["fixed_ms"] = json!(25_000);
    let (status, tried) = read(put("/api/v1/telephone/sections/zaisei?dry_run=1", zaisei.clone()).await.unwrap()).await;
    assert_eq!(
        (status, tried["report"]["changed"].clone(), tried["rows"][0]["key"].clone()),
        (200, json!(["2201", "2202", "3200"]), json!("zaisei")),
        "{tried}"
    );
    assert_eq!(sections(&app).await, before);
    let (status, done) = read(put("/api/v1/telephone/sections/zaisei", zaisei.clone()).await.unwrap()).await;
    assert_eq!(status, 200, "{done}");
    let (status, again) = read(put("/api/v1/telephone/sections/zaisei", zaisei.clone()).await.unwrap()).await;
    assert_eq!((status, again["code"].clone()), (409, json!("unchanged")));
    let (status, none) = read(put("/api/v1/telephone/sections/nowhere", zaisei.clone()).await.unwrap()).await;
    assert_eq!((status, none["code"].clone()), (404, json!("not_found")));
    zaisei["ring_ms"] = json!(1);
    let (status, wrong) = read(put("/api/v1/telephone/sections/zaisei", zaisei).await.unwrap()).await;
    assert_eq!((status, wrong["code"].clone()), (422, json!("invalid_file")));

    let (_, list) = read(app.get("/api/v1/telephone/revisions").bearer_auth(&token).send().await.unwrap()).await;
    let (newest, first) = (list["items"][0]["id"].clone(), list["items"][1]["id"].clone());
    assert_eq!(
        (list["items"][0]["origin"].clone(), list["items"][0]["changed"].clone(), newest.clone()),
        (json!("page"), json!(["2201", "2202", "3200"]), done["report"]["revision"].clone())
    );
    // The file it began with lies under the later change.
    let undo = |id: &Value, query: &str| app.ask(Method::POST, &format!("/api/v1/telephone/revisions/{id}/undo{query}")).bearer_auth(&token).send();
    let (status, refused) = read(undo(&first, "").await.unwrap()).await;
    assert_eq!((status, refused["code"].clone(), refused["reason"].clone()), (409, json!("changed_since"), json!([newest])));
    let (status, tried) = read(undo(&newest, "?dry_run=1").await.unwrap()).await;
    assert_eq!((status, tried["report"]["changed"].clone()), (200, json!(["2201", "2202", "3200"])), "{tried}");
    let (status, _) = read(undo(&newest, "").await.unwrap()).await;
    assert_eq!(status, 200);
    assert_eq!(sections(&app).await, before);
    app.end().await;
}

async fn a_day_is_compared_by_who_administers(app: TestApp) {
    // 山﨑 goes to 総務課 on April 1st.
    let transfer = "職員番号,氏名,カナ,所属コード,所属名,役職,本務兼務,発令日,終了日,任用区分,メール,内線\n\
        1003,山﨑 次郎,ヤマザキ ジロウ,1020,財政課,主事,本務,2024-04-01,2027-03-31,正規,,2201\n\
        1003,山﨑 次郎,ヤマザキ ジロウ,1010,総務課,主事,本務,2027-04-01,,正規,,2201\n";
    services::person::import_people(&app.services, transfer.as_bytes(), services::person::ImportMode::Apply).await.unwrap();
    let token = app.token(Scope::Manage, None).await;
    let (status, found) = read(app.get("/api/v1/telephone/changes?on=2027-04-01&at=09:00").bearer_auth(&token).send().await.unwrap()).await;
    assert_eq!(status, 200, "{found}");
    let exts: Vec<_> = found["items"].as_array().unwrap().iter().map(|item| item["ext"].as_str().unwrap().to_owned()).collect();
    assert_eq!(exts, ["2201"], "he has no telephone of his own, so no group rings otherwise");
    for query in ["", "?on=tomorrow", "?on=2027-04-01&at=late"] {
        assert_eq!(app.get(&format!("/api/v1/telephone/changes{query}")).bearer_auth(&token).send().await.unwrap().status(), 422, "{query}");
    }
    let (status, shown) = page(&app, "1009", "/telephone/changes?on=2027-04-01&at=09:00").await;
    assert!(status == 200 && shown.contains("2201") && shown.contains("山﨑 次郎") && shown.contains("総務課"), "{shown}");
    let (_, quiet) = page(&app, "1009", "/telephone/changes?on=2027-03-31").await;
    assert!(quiet.contains("鳴り方が変わる番号はありません"), "{quiet}");
    let (_, told) = page(&app, "1001", "/telephone/changes?on=2027-04-01").await;
    assert!(!told.contains("2201"), "who does not administer is told nothing");

    let csv = |who: &'static str| {
        let app = &app;
        async move { app.get("/telephone/files/changes.csv?on=2027-04-01").header("cookie", app.cookie(who).await).send().await.unwrap() }
    };
    let answer = csv("1009").await;
    assert_eq!(answer.headers()["content-type"], "text/csv; charset=utf-8");
    let text = answer.text().await.unwrap();
    assert!(text.starts_with("\u{feff}\"番号\",") && text.lines().count() == 2 && text.contains("\"2201\",\"山﨑 次郎\",\"総務課\",\"2027-04-01\""), "{text}");
    assert_eq!(csv("1001").await.status(), 404);
    assert_eq!(app.get("/telephone/files/changes.csv").send().await.unwrap().status(), 404);
    app.end().await;
}
