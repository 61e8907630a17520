//! The description of the interface, OpenAPI 3.1, and the page that is drawn from it. It is made once, of what stands at the
//! handlers and shapes, and completed by the errors and the words. It needs neither a token nor a database.

use std::sync::LazyLock;

use app::plain::interface::{Interface, Operation, Shape};
use axum::extract::State;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{Html, IntoResponse, Response};
use domain::school::{Cause, Noting, Outcome};
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};

use super::Code;
use super::code::Refused;
use super::shapes::{CreditRow, CreditsRequest, ProgressRequest, ProgressRow};
use super::words::{FIELDS, SHAPES, of_cause, of_noting, of_outcome};
use crate::router::House;
use crate::routes::certificate::style;

/// Where the document is.
pub const JSON: &str = "/api/v1/openapi.json";
/// Where it can be read.
pub const PAGE: &str = "/api/v1/docs";

const TITLE: &str = "网校接口";
const ABOUT: &str = "网校的系统由此读取报名、核验登录凭证、报送学分和对账。内容是 UTF-8 的 JSON。\
    请求头 Authorization: Bearer 后面写接口口令，由省级管理员在“网校管理”中申请，经另一位管理员同意后得到。每分钟一般最多调用 120 次。\
    地址不对时回答 404 not_found，请求方法不对时回答 405 wrong_method。";

#[derive(OpenApi)]
#[openapi(
    info(title = TITLE, description = ABOUT, version = "1", license(name = "Apache-2.0", identifier = "Apache-2.0")),
    servers((url = "/")),
    paths(super::enrolments, super::verify, super::credits, super::progress, super::batch, super::day, super::requests, super::answer),
    components(schemas(CreditRow, ProgressRow, Refused))
)]
struct Described;

static DOCUMENT: LazyLock<Value> = LazyLock::new(document);

/// The document.
fn document() -> Value {
    let mut described = Described::openapi();
    let token = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    described.components.get_or_insert_default().add_security_scheme("token", token);
    let mut document = json!(described);
    put_words(&mut document);
    put_params(&mut document);
    put_errors(&mut document);
    put_example(&mut document, "/api/v1/credits", json!(CreditsRequest::example()));
    put_example(&mut document, "/api/v1/progress", json!(ProgressRequest::example()));
    put_example(&mut document, "/api/v1/requests/{id}", json!({ "answer": "已经补报。" }));
    put_example(&mut document, "/api/v1/tickets/verify", json!({ "ticket": "eyJ0eXAiOiJKV1QiLCJhbGciOiJFZERTQSJ9.e30.AA" }));
    document
}

fn schema<'a>(document: &'a mut Value, shape: &str) -> Option<&'a mut Map<String, Value>> {
    document.pointer_mut(&format!("/components/schemas/{shape}"))?.as_object_mut()
}

/// Says what everything is. The comments of the code are for whoever reads the code.
fn put_words(document: &mut Value) {
    for (shape, text) in SHAPES {
        if let Some(schema) = schema(document, shape) {
            schema.insert("description".into(), json!(text));
        }
    }
    for (shape, field, text) in FIELDS {
        let properties = schema(document, shape).and_then(|schema| schema.get_mut("properties"));
        let property = properties.and_then(|properties| properties.get_mut(*field)).and_then(Value::as_object_mut);
        if let Some(property) = property {
            let text = match (*shape, *field) {
                ("Row", "outcome") => with_codes(text, Outcome::ALL.iter().map(|one| (one.code(), of_outcome(*one)))),
                ("ProgressOutcome", "outcome") => with_codes(text, Noting::ALL.iter().map(|one| (one.code(), of_noting(*one)))),
                ("Row" | "ProgressOutcome", "cause") => {
                    with_codes(text, Cause::ALL.iter().map(|one| (one.code(), of_cause(*one))))
                }
                _ => (*text).to_owned(),
            };
            property.insert("description".into(), json!(text));
        }
    }
}

fn with_codes(text: &str, codes: impl Iterator<Item = (&'static str, &'static str)>) -> String {
    let codes: Vec<String> = codes.map(|(code, meaning)| format!("{code}：{meaning}")).collect();
    format!("{text}{}。", codes.join("；"))
}

/// The errors of an operation.
fn errors_of(method: &str, path: &str) -> impl Iterator<Item = Code> {
    let (is_post, is_batch, is_answer) = (method == "post", path.ends_with("/credits"), path.contains("/requests/"));
    let is_checked = is_batch || is_answer || path.ends_with("/progress");
    Code::ALL.into_iter().filter(move |code| match code {
        Code::Malformed
        | Code::NoSuchToken
        | Code::AddressNotAllowed
        | Code::TooOften
        | Code::Broken
        | Code::Busy
        | Code::DiskFull => true,
        // Said of the whole: no operation that is described has it.
        Code::WrongMethod => false,
        Code::TooSlow | Code::TooLarge => is_post,
        Code::Invalid => is_checked,
        Code::KeyUsedForSomethingElse => is_batch,
        Code::AnsweredAlready => is_answer,
        Code::NotFound => is_checked || path.contains("/batches/") || path.contains("/days/"),
    })
}

/// What may be left out of an address is not null in it.
fn put_params(document: &mut Value) {
    let paths = document.pointer_mut("/paths").and_then(Value::as_object_mut);
    let operations = paths.into_iter().flat_map(|paths| paths.values_mut()).filter_map(Value::as_object_mut);
    for operation in operations.flat_map(|operations| operations.values_mut()) {
        let params = operation.pointer_mut("/parameters").and_then(Value::as_array_mut);
        for schema in params.into_iter().flatten().filter_map(|param| param.get_mut("schema")) {
            let kinds = schema.get("type").and_then(Value::as_array).cloned().unwrap_or_default();
            if let (Some(kind), Some(schema)) = (kinds.into_iter().find(|kind| kind != "null"), schema.as_object_mut()) {
                schema.insert("type".into(), kind);
            }
        }
    }
}

fn put_errors(document: &mut Value) {
    let Some(paths) = document.pointer_mut("/paths").and_then(Value::as_object_mut) else { return };
    for (path, item) in paths {
        for (method, operation) in item.as_object_mut().into_iter().flatten() {
            let Some(responses) = operation.pointer_mut("/responses").and_then(Value::as_object_mut) else { continue };
            for code in errors_of(method, path) {
                responses.insert(code.status().as_str().to_owned(), error(code));
            }
        }
    }
}

fn error(code: Code) -> Value {
    let head = match code {
        Code::TooOften | Code::Busy => Some(("Retry-After", json!({ "type": "integer", "minimum": 1 }), "多少秒以后再试。")),
        Code::NoSuchToken => Some(("WWW-Authenticate", json!({ "type": "string" }), "Bearer。")),
        _ => None,
    };
    let mut response = json!({
        "description": format!("{}：{}", code.code(), code.message()),
        "content": { "application/json": {
            "schema": { "$ref": "#/components/schemas/Refused" },
            "example": { "error": { "code": code.code(), "message": code.message() } },
        } },
    });
    if let (Some((name, schema, text)), Some(response)) = (head, response.as_object_mut()) {
        response.insert("headers".into(), json!({ name: { "schema": schema, "description": text } }));
    }
    response
}

fn put_example(document: &mut Value, path: &str, example: Value) {
    let body = document.get_mut("paths").and_then(|paths| paths.get_mut(path));
    let content = body.and_then(|path| path.pointer_mut("/post/requestBody/content/application~1json"));
    if let Some(content) = content.and_then(Value::as_object_mut) {
        content.insert("example".into(), example);
    }
}

/// `GET /api/v1/openapi.json`.
pub async fn openapi() -> Response {
    let headers = [(CONTENT_TYPE, "application/json"), (CACHE_CONTROL, "public, max-age=300")];
    (headers, DOCUMENT.to_string()).into_response()
}

/// `GET /api/v1/docs`.
pub async fn page(State(house): State<House>) -> Response {
    let policy =
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";
    ([(CONTENT_SECURITY_POLICY, policy)], Html(app::plain::interface::interface(&style(&house), drawn(&DOCUMENT))))
        .into_response()
}

fn text(of: &Value, pointer: &str) -> String {
    of.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The document as the page shows it.
fn drawn(document: &Value) -> Interface {
    let entries = |pointer: &str| document.pointer(pointer).and_then(Value::as_object).into_iter().flatten();
    let operations = entries("/paths").flat_map(|(path, item)| {
        item.as_object().into_iter().flatten().map(|(method, of)| operation(&method.to_ascii_uppercase(), path, of))
    });
    Interface {
        title: text(document, "/info/title"),
        about: text(document, "/info/description"),
        json: JSON,
        operations: operations.collect(),
        shapes: entries("/components/schemas").map(|(name, of)| shape(name, of)).collect(),
    }
}

fn operation(method: &str, path: &str, of: &Value) -> Operation {
    let json = "/content/application~1json";
    let list = |pointer: &str| of.pointer(pointer).and_then(Value::as_array).into_iter().flatten();
    let params = list("/parameters").map(|param| {
        let is_required = param.get("required") == Some(&Value::Bool(true));
        let schema = param.get("schema").unwrap_or(&Value::Null);
        [text(param, "/name"), kind(schema), needed(is_required), text(param, "/description")]
    });
    let answers = of.pointer("/responses").and_then(Value::as_object).into_iter().flatten().map(|(status, answer)| {
        let shape = answer.pointer(&format!("{json}/schema")).map(kind).unwrap_or_default();
        [status.clone(), shape, text(answer, "/description")]
    });
    let body = of.pointer(&format!("/requestBody{json}"));
    let example = body.and_then(|body| body.get("example")).and_then(|example| serde_json::to_string_pretty(example).ok());
    Operation {
        id: text(of, "/operationId"),
        name: format!("{method} {path}"),
        summary: text(of, "/summary"),
        description: text(of, "/description"),
        params: params.collect(),
        body: body.and_then(|body| body.get("schema")).map(kind),
        example,
        answers: answers.collect(),
    }
}

fn needed(is_required: bool) -> String {
    if is_required { "必填".into() } else { "选填".into() }
}

fn shape(name: &str, of: &Value) -> Shape {
    let required: Vec<&str> =
        of.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let fields = of.get("properties").and_then(Value::as_object).into_iter().flatten().map(|(field, of)| {
        let is_there = if required.contains(&field.as_str()) { "有" } else { "可以没有" };
        [field.clone(), kind(of), is_there.to_owned(), text(of, "/description")]
    });
    Shape { name: name.to_owned(), description: text(of, "/description"), fields: fields.collect() }
}

/// What kind of value a schema takes: `string`, `Row[]`.
fn kind(schema: &Value) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
        return name.rsplit('/').next().unwrap_or_default().to_owned();
    }
    if let Some(any) = schema.get("oneOf").and_then(Value::as_array) {
        return any.iter().map(kind).collect::<Vec<_>>().join(" | ");
    }
    let name = match schema.get("type") {
        Some(Value::String(name)) if name == "array" => format!("{}[]", schema.get("items").map(kind).unwrap_or_default()),
        Some(Value::String(name)) => name.clone(),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" | "),
        _ => String::new(),
    };
    match schema.get("format").and_then(Value::as_str) {
        Some(format) => format!("{name} ({format})"),
        None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_shape_and_field_has_its_words_and_no_words_are_left_over() {
        let mut described = Vec::new();
        for (name, shape) in DOCUMENT.pointer("/components/schemas").unwrap().as_object().unwrap() {
            assert!(SHAPES.iter().any(|(shape, _)| shape == name), "{name}");
            described.extend(shape["properties"].as_object().unwrap().keys().map(|field| (name.clone(), field.clone())));
        }
        let mut words: Vec<_> = FIELDS.iter().map(|(shape, field, _)| ((*shape).to_owned(), (*field).to_owned())).collect();
        described.sort();
        words.sort();
        assert_eq!(described, words);
        assert_eq!(SHAPES.len(), DOCUMENT.pointer("/components/schemas").unwrap().as_object().unwrap().len());
    }

    #[test]
    fn every_code_is_described_where_it_can_come() {
        let all = DOCUMENT["paths"].to_string();
        let about = DOCUMENT["info"]["description"].as_str().unwrap();
        assert!(about.contains(&format!("405 {}", Code::WrongMethod.code())));
        for code in Code::ALL.into_iter().filter(|code| *code != Code::WrongMethod) {
            assert!(all.contains(&format!("{}：", code.code())), "{}", code.code());
        }
        assert_eq!(DOCUMENT["openapi"], json!("3.1.0"));
    }
}
