//! How what the interface answers is described (docs/adr/0039): what is more than a number or a text has a shape of its own here.

use domain::school::{Cause, Noting, Outcome};
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};

/// An amount: hundredths are told as a text, so that nobody loses any.
pub(super) fn amount() -> Object {
    ObjectBuilder::new().schema_type(Type::String).pattern(Some("^[0-9]+(\\.[0-9]{1,2})?$")).build()
}

/// What became of a row.
pub(super) fn outcome() -> Object {
    one_of(Outcome::ALL.iter().map(|outcome| outcome.code()))
}

/// What became of a report of progress.
pub(super) fn noting() -> Object {
    one_of(Noting::ALL.iter().map(|noting| noting.code()))
}

/// What is wrong with a field.
pub(super) fn cause() -> Object {
    one_of(Cause::ALL.iter().map(|cause| cause.code()))
}

/// Whether each row of a batch has its outcome.
pub(super) fn state() -> Object {
    one_of(["open", "done"].into_iter())
}

fn one_of(codes: impl Iterator<Item = &'static str>) -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(codes)).build()
}
