//! What is allowed in Suanpan: the types, the rules and the status tables, compiled for the server and for the browser alike.
//! Nothing here reads a clock, a file, a database or a random number; such things are arguments.

#![deny(missing_docs)]

pub mod account;
pub mod annulment;
pub mod answer;
pub mod ban;
pub mod by_name;
pub mod calendar;
pub mod case;
pub mod certificate;
pub mod change;
pub mod closing;
pub mod confirmation;
pub mod correction;
pub mod counter;
pub mod date;
pub mod employer;
pub mod fault;
pub mod form;
pub mod handover;
pub mod id;
pub mod identity;
pub mod import;
pub mod inquiry;
pub mod inspection;
pub mod intake;
pub mod integrity;
pub mod learning;
pub mod limit;
pub mod merge;
pub mod named;
pub mod national;
pub mod not_converted;
pub mod papers;
pub mod phone_change;
pub mod picture;
pub mod portal;
pub mod province;
pub mod question;
pub mod record;
pub mod relocation;
pub mod reminder;
pub mod review;
pub mod school;
mod secret;
pub mod staff;
pub mod text;
pub mod transfer;
