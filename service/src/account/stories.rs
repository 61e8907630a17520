//! What people go through with an account, on both engines.

mod codes;
mod people;
mod registration;
mod reset;
mod signing_in;

pub(crate) use people::{Browser, MOBILE, NUMBER, PASSWORD, is_fault, sent};
