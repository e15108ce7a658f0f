//! Reading changes nothing (T48): every GET of the product is asked, and the tables are the same before and after.

use crate::harness::{TODAY, TestApp, on_both};
use domain::account::Scope;
use reqwest::Method;
use sea_orm::{ConnectionTrait, DatabaseConnection, Statement};

on_both!(no_get_changes_a_table);

/// All tables but two: a look at a person leaves a trace by law of the house, and a session's last use is noted.
const TABLES: [&str; 18] = [
    "site",
    "floor",
    "zone",
    "zone_home",
    "overflow",
    "space",
    "plan_image",
    "unit",
    "person",
    "post",
    "account",
    "api_token",
    "booking",
    "occupancy",
    "person_occupancy",
    "pattern",
    "idempotency",
    "audit",
];

async fn no_get_changes_a_table(app: TestApp) {
    app.booked("A1", TODAY, "1001").await;
    let (cookie, token, database) = (app.cookie("1001").await, app.token(Scope::Manage, None).await, app.database().await);
    let before = dump(&database).await;
    for path in paths(&app) {
        for accept in ["text/html", "application/json"] {
            for method in [Method::GET, Method::HEAD] {
                let asked = app.ask(method, &path).header("cookie", &cookie).bearer_auth(&token).header("accept", accept);
                let status = asked.send().await.unwrap().status();
                assert!(!status.is_server_error(), "{path}: {status}");
            }
        }
    }
    let after = dump(&database).await;
    for (table, (before, after)) in TABLES.iter().zip(before.iter().zip(&after)) {
        assert_eq!(before, after, "{table}");
    }
    database.close().await.unwrap();
    app.end().await;
}

/// Pages, functions and REST routes that answer GET; changing functions are asked by GET too.
fn paths(app: &TestApp) -> Vec<String> {
    let floor = app.floor();
    let booking = 1;
    let pages = ["/", "/floors", "/bookings", "/bookings?view=month", "/people?q=1002", "/account", "/sign-in", "/set-up", "/demo", "/guide", "/guide/floor"]
        .map(str::to_owned);
    let functions = leptos::server_fn::axum::server_fn_paths()
        .map(|(path, _)| format!("{path}?floor={floor}&on={TODAY}&booking={booking}&seat=1&date={TODAY}&q=1002&slots=am&session=1"));
    let rest =
        ["/sites", "/floors", "/people?q=1002", "/people/1002/whereabouts", "/bookings", "/bookings/1", "/openapi.json"].map(|path| format!("/api/v1{path}"));
    let floors = [
        format!("/floors/{floor}"),
        format!("/floors/{floor}/plan.webp"),
        format!("/api/v1/floors/{floor}"),
        format!("/api/v1/floors/{floor}/availability?date={TODAY}"),
    ];
    pages.into_iter().chain(functions).chain(rest).chain(floors).chain(["/healthz".into(), "/readyz".into()]).collect()
}

/// Every table as text, in the order of its rows.
async fn dump(database: &DatabaseConnection) -> Vec<String> {
    let mut tables = Vec::new();
    for table in TABLES {
        let rows = database.query_all_raw(Statement::from_string(database.get_database_backend(), format!("SELECT * FROM {table}"))).await.unwrap();
        let mut lines: Vec<_> = rows.iter().map(|row| format!("{row:?}")).collect();
        lines.sort();
        tables.push(lines.join("\n"));
    }
    tables
}
