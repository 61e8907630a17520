//! The directory of employers behind an address, asked over a real connection.

use std::collections::HashMap;

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use axum::{Json, Router};
use service::Employers;
use suanpan_server::adapters::employers::EmployersAt;

async fn answer(Query(asked): Query<HashMap<String, String>>) -> Response {
    match asked.get("code").map(String::as_str) {
        Some("91350100M000100Y43") => Json(serde_json::json!({ "name": " 福建算盘有限公司\n" })).into_response(),
        Some("12345678-8") => Json(serde_json::json!({ "name": "长".repeat(101) })).into_response(),
        Some("D2143569-X") => "<html>".into_response(),
        Some("00000006-X") => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        _ => StatusCode::NOT_FOUND.into_response(),
    }
}

#[tokio::test]
async fn an_employer_is_found_unknown_or_the_directory_is_broken() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/employers?key=1", listener.local_addr().unwrap());
    let server = tokio::spawn(async move { axum::serve(listener, Router::new().route("/employers", get(answer))).await });
    let directory = EmployersAt::new(&address).unwrap();
    assert_eq!(directory.find("zhejiang", "91350100M000100Y43").await.unwrap().as_deref(), Some("福建算盘有限公司"));
    assert_eq!(directory.find("zhejiang", "91350100M000100Y4X").await.unwrap(), None);
    for code in ["12345678-8", "D2143569-X", "00000006-X"] {
        assert!(directory.find("zhejiang", code).await.is_err(), "{code}");
    }
    server.abort();
    let _ = server.await;
    let gone = EmployersAt::new("http://127.0.0.1:9/employers").unwrap();
    assert!(gone.find("zhejiang", "91350100M000100Y43").await.is_err());
}

#[test]
fn a_directory_that_others_could_read_along_with_is_refused() {
    for address in ["http://employers.example/", "ftp://127.0.0.1/", "employers", ""] {
        assert!(EmployersAt::new(address).is_err(), "{address}");
    }
    assert!(EmployersAt::new("https://employers.example/find").is_ok());
}
