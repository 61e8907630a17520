//! What people go through with an account, on both engines.

mod activation;
mod codes;
mod email;
mod freeze;
mod identity;
mod interleaved;
mod legacy;
mod lost;
mod merging;
mod people;
mod registration;
mod reset;
mod settings;
mod signing_in;
mod usernames;
mod ways;

pub(crate) use people::{Browser, MOBILE, NUMBER, PASSWORD, faults, is_fault, sent, tries_left};
