//! The document that programs are written from: complete, valid as far as it can be checked here, and the same everywhere.

use crate::harness::{Door, TestApp, read};

#[tokio::test(flavor = "multi_thread")]
async fn the_document_is_served_and_kept() {
    let app = TestApp::sqlite(Door::Plain).await;
    let (status, served) = read(app.get("/api/v1/openapi.json").send().await.unwrap()).await;
    assert_eq!((status, served["openapi"].as_str()), (200, Some("3.1.0")));
    assert_eq!(served, serde_json::to_value(server::rest::document()).unwrap());
    insta::assert_json_snapshot!("openapi", served);
    app.end().await;
}

#[test]
fn every_route_of_the_contract_is_described_with_its_errors() {
    let document = serde_json::to_value(server::rest::document()).unwrap();
    for (path, method) in [
        ("/sites", "get"),
        ("/floors", "get"),
        ("/floors/{id}", "get"),
        ("/floors/{id}/availability", "get"),
        ("/bookings", "get"),
        ("/bookings", "post"),
        ("/bookings/{id}", "get"),
        ("/bookings/{id}", "delete"),
        ("/bookings/{id}/check-in", "post"),
        ("/bookings/{id}/release", "post"),
        ("/people", "get"),
        ("/people/{no}/whereabouts", "get"),
    ] {
        let operation = &document["paths"][path][method];
        for status in ["401", "403", "422", "500", "503"] {
            assert!(operation["responses"][status].is_object(), "{method} {path} {status}");
        }
        assert!(operation["operationId"].is_string() && operation["summary"].is_string(), "{method} {path}");
    }
    let text = document.to_string();
    for reference in text.split("\"$ref\":\"#/components/schemas/").skip(1).map(|rest| rest.split('"').next().unwrap()) {
        assert!(document["components"]["schemas"][reference].is_object(), "{reference} is described");
    }
}
