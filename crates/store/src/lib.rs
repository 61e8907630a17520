//! How it is kept: every SQL text, the row structs, the migrations, and the one door through which all writes go.
//!
//! [`Reader`] can only look, [`Tx`] can also change; a `Tx` is handed out by [`Db::write`] alone, inside a task of its own,
//! so that a client that hangs up never leaves a transaction half open.

#![deny(missing_docs)]

pub mod account;
pub mod archive;
pub mod audit;
pub mod case;
pub mod certificate;
pub mod confirmation;
pub mod employer;
pub mod handover;
pub mod import;
pub mod intake;
pub mod integrity;
pub mod keys;
pub mod learning;
pub mod notify;
pub mod phone_change;
pub mod portal;
pub mod question;
pub mod relocation;
pub mod reminder;
pub mod school;
pub mod session;
pub mod staff;

pub mod clock;
mod conn;
mod db;
mod door;
mod error;
mod ids;
mod lending;
mod migrate;
#[cfg(feature = "testing")]
pub mod testing;

pub use conn::{Reader, Traffic, Tx};
pub use db::Db;
pub use error::StoreError;
pub use migrate::portable_columns;

/// Every statement of the crate, so that a test can prepare each on both engines.
pub fn statements() -> Vec<&'static str> {
    [
        account::STATEMENTS,
        account::alike::STATEMENTS,
        account::freeze::STATEMENTS,
        account::legacy::STATEMENTS,
        account::merge::STATEMENTS,
        account::merge::MOVES,
        archive::STATEMENTS,
        archive::annulment::STATEMENTS,
        archive::closing::STATEMENTS,
        archive::look::STATEMENTS,
        archive::paper::STATEMENTS,
        audit::STATEMENTS,
        case::answered::STATEMENTS,
        case::attachment::STATEMENTS,
        case::barred::STATEMENTS,
        case::draft::STATEMENTS,
        case::figures::STATEMENTS,
        case::file::STATEMENTS,
        case::former::STATEMENTS,
        case::queue::STATEMENTS,
        case::skip::STATEMENTS,
        case::staged::STATEMENTS,
        case::urge::STATEMENTS,
        case::waited::STATEMENTS,
        case::round::STATEMENTS,
        certificate::STATEMENTS,
        certificate::extract::STATEMENTS,
        certificate::share::STATEMENTS,
        clock::STATEMENTS,
        confirmation::STATEMENTS,
        employer::STATEMENTS,
        employer::employment::STATEMENTS,
        employer::manager::STATEMENTS,
        handover::STATEMENTS,
        import::STATEMENTS,
        import::copy::STATEMENTS,
        import::effect::STATEMENTS,
        import::row::STATEMENTS,
        intake::certificate::STATEMENTS,
        intake::employer::STATEMENTS,
        integrity::STATEMENTS,
        integrity::entry::STATEMENTS,
        integrity::export::STATEMENTS,
        integrity::objection::STATEMENTS,
        integrity::penalty::STATEMENTS,
        keys::STATEMENTS,
        learning::class::STATEMENTS,
        learning::class_request::STATEMENTS,
        learning::conversion::STATEMENTS,
        learning::entry::STATEMENTS,
        learning::export::STATEMENTS,
        learning::inspection::STATEMENTS,
        learning::institution::STATEMENTS,
        learning::integrity::STATEMENTS,
        notify::message::STATEMENTS,
        notify::outbox::STATEMENTS,
        notify::sent_sms::STATEMENTS,
        phone_change::STATEMENTS,
        portal::contact::STATEMENTS,
        portal::file::STATEMENTS,
        portal::search::STATEMENTS,
        portal::shown::STATEMENTS,
        portal::text::STATEMENTS,
        portal::version::STATEMENTS,
        portal::vote::STATEMENTS,
        relocation::STATEMENTS,
        question::STATEMENTS,
        reminder::STATEMENTS,
        school::STATEMENTS,
        school::approval::STATEMENTS,
        school::aside::STATEMENTS,
        school::batch::STATEMENTS,
        school::enrolment::STATEMENTS,
        school::progress::STATEMENTS,
        school::logo::STATEMENTS,
        school::missing::STATEMENTS,
        school::report::STATEMENTS,
        school::request::STATEMENTS,
        session::STATEMENTS,
        session::challenge::STATEMENTS,
        session::entered::STATEMENTS,
        session::left::STATEMENTS,
        session::limit::STATEMENTS,
        session::met::STATEMENTS,
        staff::STATEMENTS,
        staff::activation::STATEMENTS,
        staff::address::STATEMENTS,
        staff::people::STATEMENTS,
    ]
    .concat()
}
