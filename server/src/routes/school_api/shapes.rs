//! What a school sends, as the document describes it. The service reads it by hand, so that whatever a body holds, memory stays
//! within its size; a test compares the two.

use domain::learning::Subject;
use domain::school::{MOST_PROGRESS, MOST_ROWS};
use serde::Serialize;
use serde_json::Number;
use utoipa::ToSchema;
use utoipa::openapi::schema::{Array, ArrayBuilder, Object, ObjectBuilder, OneOfBuilder, Ref, Schema, Type};

/// A batch of credits.
#[derive(Serialize, ToSchema)]
pub struct CreditsRequest {
    #[schema(schema_with = rows)]
    rows: Vec<CreditRow>,
}

fn rows() -> Array {
    let row = Ref::from_schema_name("CreditRow");
    ArrayBuilder::new().items(row).min_items(Some(1)).max_items(Some(MOST_ROWS)).build()
}

/// A row of it.
#[derive(Serialize, ToSchema)]
pub struct CreditRow {
    #[schema(min_length = 1, max_length = 64, pattern = "^[0-9A-Za-z_.:-]+$")]
    id: String,
    #[schema(min_length = 22, max_length = 22, pattern = "^[0-9A-Za-z_-]+$")]
    learner: String,
    #[schema(minimum = 1000, maximum = 9999)]
    year: i32,
    #[schema(schema_with = subjects)]
    subject: &'static str,
    #[schema(schema_with = amount)]
    credits: Number,
    #[schema(format = Date)]
    completed_on: &'static str,
    #[schema(max_length = 66)]
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'static str>,
}

/// 学员编号 of the examples; it is nobody's.
const LEARNER: &str = "kq3Zr8wX1mP5tB7nC9vD2a";

impl CreditsRequest {
    /// As the page shows it.
    pub fn example() -> Self {
        let row = |id: &str, subject: Subject, credits: i64, name| CreditRow {
            id: id.to_owned(),
            learner: LEARNER.to_owned(),
            year: 2026,
            subject: subject.code(),
            credits: credits.into(),
            completed_on: "2026-10-31",
            name,
        };
        Self { rows: vec![row("A-1", Subject::Professional, 60, Some("张三")), row("A-2", Subject::Public, 30, None)] }
    }
}

/// How far people are.
#[derive(Serialize, ToSchema)]
pub struct ProgressRequest {
    #[schema(schema_with = progress_rows)]
    rows: Vec<ProgressRow>,
}

/// How far one of them is: in per cent or in hours.
#[derive(Serialize, ToSchema)]
pub struct ProgressRow {
    #[schema(min_length = 22, max_length = 22, pattern = "^[0-9A-Za-z_-]+$")]
    learner: String,
    #[schema(minimum = 1000, maximum = 9999)]
    year: i32,
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 100)]
    #[serde(skip_serializing_if = "Option::is_none")]
    percent: Option<Number>,
    #[schema(value_type = Option<f64>, minimum = 0, maximum = 8784)]
    #[serde(skip_serializing_if = "Option::is_none")]
    hours: Option<Number>,
    #[schema(format = DateTime)]
    at: &'static str,
}

fn progress_rows() -> Array {
    let row = Ref::from_schema_name("ProgressRow");
    ArrayBuilder::new().items(row).min_items(Some(1)).max_items(Some(MOST_PROGRESS)).build()
}

impl ProgressRequest {
    /// As the page shows it.
    pub fn example() -> Self {
        let row = ProgressRow {
            learner: LEARNER.to_owned(),
            year: 2026,
            percent: Some(60.into()),
            hours: None,
            at: "2026-10-31T09:00:00Z",
        };
        Self { rows: vec![row] }
    }
}

fn subjects() -> Object {
    let codes = [Subject::Professional, Subject::Public].map(Subject::code);
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes)).build()
}

/// An amount with at most two decimals, as a number or a text.
fn amount() -> Schema {
    let number = ObjectBuilder::new().schema_type(Type::Number).exclusive_minimum(Some(0)).build();
    let text = ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9]+(\\.[0-9]{1,2})?$")).build();
    OneOfBuilder::new().item(number).item(text).build().into()
}
