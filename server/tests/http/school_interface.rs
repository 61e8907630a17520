//! The description of `/api/v1` says what is served: its routes, its shapes, its errors; and its examples work.

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::{Map, Value, json};

use crate::schools::{ask, town};
use crate::support::{Page, TestApp};

async fn document(app: &TestApp) -> Value {
    let page = app.browser().look("/api/v1/openapi.json").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("application/json")));
    page.json()
}

fn entries<'a>(of: &'a Value, pointer: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    of.pointer(pointer).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

/// Whether a value has the shape that the document gives it; what it has beyond that is a fault too.
fn fits(document: &Value, schema: &Value, value: &Value, at: &str) {
    if let Some(name) = schema["$ref"].as_str() {
        return fits(document, document.pointer(name.trim_start_matches('#')).unwrap(), value, at);
    }
    let is = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        other => panic!("{at}: {other}"),
    };
    let kinds = match &schema["type"] {
        Value::String(kind) => vec![kind.as_str()],
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    assert!(kinds.iter().any(|kind| is(kind)), "{at} is none of {kinds:?}: {value}");
    if let Some(known) = schema["enum"].as_array() {
        assert!(known.contains(value), "{at}: {value}");
    }
    for (place, item) in value.as_array().into_iter().flatten().enumerate() {
        fits(document, &schema["items"], item, &format!("{at}[{place}]"));
    }
    for required in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        assert!(value.get(required).is_some(), "{at} has no {required}: {value}");
    }
    for (name, field) in value.as_object().into_iter().flatten() {
        let known = schema["properties"].get(name).unwrap_or_else(|| panic!("{at} says nothing of {name}"));
        fits(document, known, field, &format!("{at}.{name}"));
    }
}

/// What came, compared with what the document says of the operation.
fn is_described(document: &Value, (method, path): (&Method, &str), page: &Page) {
    let method = method.as_str().to_ascii_lowercase();
    let said = document["paths"][path][&method]["responses"].get(page.status.as_str());
    let said = said.unwrap_or_else(|| panic!("{method} {path} says nothing of {}: {}", page.status, page.text()));
    fits(document, &said["content"]["application/json"]["schema"], &page.json(), path);
    for (name, _) in entries(said, "/headers") {
        assert!(page.header(&name.to_ascii_lowercase()).is_some(), "{path} {} without {name}", page.status);
    }
}

/// Calls an operation as its example says.
async fn by_example(app: &TestApp, document: &Value, (method, path): (&str, &str), id: &str) -> Page {
    let operation = &document["paths"][path][method];
    let (mut address, mut heads, mut query) = (path.to_owned(), Vec::new(), Vec::new());
    for param in operation["parameters"].as_array().into_iter().flatten() {
        let name = param["name"].as_str().unwrap();
        let example = match (&param["example"], name) {
            (_, "id") => id.to_owned(),
            (Value::String(text), _) => text.clone(),
            (other, _) => other.to_string(),
        };
        match param["in"].as_str().unwrap() {
            "path" => address = address.replace(&format!("{{{name}}}"), &example),
            "query" => query.push(format!("{name}={example}")),
            "header" => heads.push((name.to_ascii_lowercase(), example)),
            other => panic!("{other}"),
        }
    }
    if !query.is_empty() {
        address = format!("{address}?{}", query.join("&"));
    }
    let heads: Vec<(&str, &str)> = heads.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let body = operation.pointer("/requestBody/content/application~1json/example").cloned().unwrap_or(Value::Null);
    assert_eq!(body.is_null(), operation["requestBody"].is_null(), "{path} has no example");
    ask(app, method.to_ascii_uppercase().parse().unwrap(), &address, &heads, &body).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_of_the_interface_is_described_and_nothing_else() {
    let app = TestApp::sqlite().await;
    town(&app).await;
    let document = document(&app).await;
    let described: BTreeSet<String> = entries(&document, "/paths").map(|(path, _)| path.clone()).collect();
    let served = suanpan_server::router::beside_pages(app.house());
    let about = ["/api/v1/openapi.json", "/api/v1/docs"];
    let served: BTreeSet<String> =
        served.into_iter().filter(|path| path.starts_with("/api/v1/") && !about.contains(&path.as_str())).collect();
    assert_eq!(described, served);
    for (path, operations) in entries(&document, "/paths") {
        for method in [Method::GET, Method::POST, Method::PUT, Method::PATCH, Method::DELETE] {
            let page = ask(&app, method.clone(), path, &[], &Value::Null).await;
            let is_described = operations.get(method.as_str().to_ascii_lowercase()).is_some();
            assert_eq!(page.status.as_u16() != 405, is_described, "{method} {path}");
            if !is_described {
                is_fault(&page, "wrong_method");
                assert!(!page.header("allow").unwrap_or_default().is_empty(), "{method} {path} says what it takes");
            }
        }
    }
}

/// An error in the shape of the interface, with one of its words.
fn is_fault(page: &Page, code: &str) {
    assert_eq!(page.header("content-type"), Some("application/json"), "{}", page.text());
    assert_eq!(page.json()["error"]["code"], json!(code));
    assert!(!page.json()["error"]["message"].as_str().unwrap().is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_below_the_interface_is_not_there_is_said_in_its_shape() {
    let app = TestApp::sqlite().await;
    town(&app).await;
    for method in [Method::GET, Method::POST, Method::DELETE] {
        for path in [
            "/api/v1/",
            "/api/v1/nothing",
            "/api/v1/batches",
            "/api/v1/credits/x",
            "/api/v1/tickets",
            "/api/v1/%00",
            "/api/v1/a/b/c",
        ] {
            let page = ask(&app, method.clone(), path, &[], &Value::Null).await;
            assert_eq!(page.status.as_u16(), 404, "{method} {path}");
            is_fault(&page, "not_found");
            let page = app.browser().send(method.clone(), path, &[], Vec::new()).await;
            assert_eq!(page.status.as_u16(), 404, "{method} {path} without a token");
        }
        for about in ["/api/v1/openapi.json", "/api/v1/docs"] {
            let page = ask(&app, method.clone(), about, &[], &Value::Null).await;
            if method != Method::GET {
                assert_eq!(page.status.as_u16(), 405, "{method} {about}");
                is_fault(&page, "wrong_method");
            }
        }
    }
    // Elsewhere people are answered.
    assert!(app.browser().look("/api/v2/x").await.text().contains("<html"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_is_good_from_the_networks_of_its_school_alone_before_a_body_is_read() {
    let app = TestApp::sqlite().await;
    town(&app).await;
    let document = document(&app).await;
    let narrow = async |ranges: &'static str| {
        let now = app.services().now();
        let written = app.services().db.write(move |tx| {
            Box::pin(async move {
                Ok::<_, service::Failure>(
                    tx.set_school_ranges("school-1", ranges, (&domain::id::StaffId::from("test"), now)).await?,
                )
            })
        });
        written.await.unwrap();
    };
    narrow("198.51.100.0/24").await;
    for (path, operations) in entries(&document, "/paths") {
        for (method, _) in operations.as_object().unwrap() {
            let method: Method = method.to_ascii_uppercase().parse().unwrap();
            let page = ask(&app, method.clone(), path, &[], &Value::Null).await;
            assert_eq!(page.status.as_u16(), 403, "{method} {path}");
            is_fault(&page, "address_not_allowed");
            is_described(&document, (&method, path), &page);
        }
    }
    // Where the browsers of the tests are.
    narrow("198.51.100.0/24,10.0.0.0/8").await;
    assert_eq!(ask(&app, Method::GET, "/api/v1/enrolments", &[], &Value::Null).await.status.as_u16(), 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_examples_of_the_document_are_accepted_and_the_answers_are_as_it_says() {
    let app = TestApp::sqlite().await;
    let (mut owner, _) = town(&app).await;
    let form = [("province", "hunan"), ("form[year]", "2026"), ("form[school]", "school-1")];
    owner.post_only("/api/learning/schools/enrol", &form).await;
    let enrolments = ask(&app, Method::GET, "/api/v1/enrolments", &[], &Value::Null).await.json();
    let form =
        [("province", "hunan"), ("form[enrolment]", enrolments["enrolments"][0]["id"].as_str().unwrap()), ("form[year]", "2026")];
    owner.post_only("/api/learning/missing/ask", &form).await;
    let asked = ask(&app, Method::GET, "/api/v1/requests", &[], &Value::Null).await.json();
    let asked = asked["requests"][0]["id"].as_str().unwrap();
    let document = document(&app).await;
    let batch = by_example(&app, &document, ("post", "/api/v1/credits"), "").await.json();
    assert_eq!((&batch["state"], &batch["counts"]["refused"]), (&json!("done"), &json!(0)), "{batch}");
    let id = batch["id"].as_str().unwrap();
    for (path, operations) in entries(&document, "/paths") {
        for (method, _) in operations.as_object().unwrap() {
            let id = if path.contains("/requests/") { asked } else { id };
            let page = by_example(&app, &document, (method, path), id).await;
            assert_eq!(page.status.as_u16(), 200, "{method} {path}: {}", page.text());
            is_described(&document, (&method.to_ascii_uppercase().parse().unwrap(), path), &page);
        }
    }
    let rows = |document: &Value| document["components"]["schemas"]["CreditRow"]["required"].as_array().unwrap().clone();
    for field in rows(&document) {
        let field = field.as_str().unwrap();
        let mut sent =
            document["paths"]["/api/v1/credits"]["post"]["requestBody"]["content"]["application/json"]["example"].clone();
        sent["rows"][0].as_object_mut().unwrap().remove(field).unwrap();
        let said = ask(&app, Method::POST, "/api/v1/credits", &[("idempotency-key", field)], &sent).await.json();
        assert_eq!((&said["rows"][0]["field"], &said["rows"][0]["cause"]), (&json!(field), &json!("missing")));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_goes_wrong_is_named_in_the_document() {
    let app = TestApp::sqlite().await;
    town(&app).await;
    let document = document(&app).await;
    let known = &document["components"]["schemas"]["Refused"]["properties"]["error"]["properties"]["code"]["enum"];
    let key = [("idempotency-key", "k")];
    let row = json!({ "rows": [{ "id": "1" }] });
    ask(&app, Method::POST, "/api/v1/credits", &key, &row).await;
    let two = json!({ "rows": [{ "id": "1" }, { "id": "2" }] });
    let large = json!({ "ticket": "x".repeat(5 * 1024 * 1024) });
    let post = Method::POST;
    for (method, path, address, heads, body, code) in [
        (Method::GET, "/api/v1/enrolments", "/api/v1/enrolments?after=x", &[][..], Value::Null, "malformed"),
        (Method::GET, "/api/v1/batches/{id}", "/api/v1/batches/x", &[], Value::Null, "not_found"),
        (Method::GET, "/api/v1/days/{day}", "/api/v1/days/x", &[], Value::Null, "malformed"),
        (post.clone(), "/api/v1/tickets/verify", "/api/v1/tickets/verify", &[], json!({}), "malformed"),
        (post.clone(), "/api/v1/tickets/verify", "/api/v1/tickets/verify", &[], large, "too_large"),
        (post.clone(), "/api/v1/credits", "/api/v1/credits", &[], row, "invalid"),
        (post, "/api/v1/credits", "/api/v1/credits", &key, two, "key_used_for_something_else"),
    ] {
        let page = ask(&app, method.clone(), address, heads, &body).await;
        assert_eq!(page.json()["error"]["code"], json!(code), "{path}");
        assert!(known.as_array().unwrap().contains(&json!(code)));
        is_described(&document, (&method, path), &page);
    }
    for (path, operations) in entries(&document, "/paths") {
        for (method, _) in operations.as_object().unwrap() {
            let method: Method = method.to_ascii_uppercase().parse().unwrap();
            let page = app.browser().send(method.clone(), path, &[], Vec::new()).await;
            assert_eq!(page.json()["error"]["code"], json!("no_such_token"), "{path}");
            is_described(&document, (&method, path), &page);
        }
    }
    for _ in 0..120 {
        ask(&app, Method::GET, "/api/v1/enrolments", &[], &Value::Null).await;
    }
    let page = ask(&app, Method::GET, "/api/v1/enrolments", &[], &Value::Null).await;
    assert_eq!(page.json()["error"]["code"], json!("too_often"));
    is_described(&document, (&Method::GET, "/api/v1/enrolments"), &page);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_of_the_interface_is_drawn_from_the_document_without_scripts() {
    let app = TestApp::sqlite().await;
    let document = document(&app).await;
    let page = app.browser().look("/api/v1/docs").await;
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'") && !policy.contains("script"), "{policy}");
    let text = page.text();
    assert!(!text.contains("<script") && !text.contains("style="), "{text}");
    assert!(!text.contains("http://") && !text.contains("https://"), "nothing comes from elsewhere");
    for (path, operations) in entries(&document, "/paths") {
        for (method, operation) in operations.as_object().unwrap() {
            assert!(text.contains(&format!("{} {path}", method.to_ascii_uppercase())), "{path}");
            assert!(text.contains(operation["summary"].as_str().unwrap()), "{path}");
        }
    }
    for (name, shape) in entries(&document, "/components/schemas") {
        assert!(text.contains(&format!("id=\"shape-{name}\"")), "{name}");
        for (field, _) in entries(shape, "/properties") {
            assert!(text.contains(&format!(">{field}<")), "{name}.{field}");
        }
    }
    for code in
        document["components"]["schemas"]["Refused"]["properties"]["error"]["properties"]["code"]["enum"].as_array().unwrap()
    {
        assert!(text.contains(code.as_str().unwrap()), "{code}");
    }
}
