//! How it is kept: every SQL text, the row structs, the migrations, and the one door through which all writes go.
//!
//! [`Reader`] can only look, [`Tx`] can also change; a `Tx` is handed out by [`Db::write`] alone, inside a task of its own,
//! so that a client that hangs up never leaves a transaction half open.

pub mod account;
pub mod audit;
pub mod intake;
pub mod keys;
pub mod notify;
pub mod portal;
pub mod review;
pub mod session;
pub mod staff;

pub mod clock;
mod conn;
mod db;
mod door;
mod error;
mod migrate;
#[cfg(feature = "testing")]
pub mod testing;

pub use conn::{Reader, Tx};
pub use db::Db;
pub use error::StoreError;
pub use migrate::portable_columns;

/// Every statement of the crate, so that a test can prepare each on both engines.
pub fn statements() -> Vec<&'static str> {
    [
        account::STATEMENTS,
        account::legacy::STATEMENTS,
        audit::STATEMENTS,
        clock::STATEMENTS,
        intake::draft::STATEMENTS,
        intake::attachment::STATEMENTS,
        intake::employer::STATEMENTS,
        keys::STATEMENTS,
        notify::message::STATEMENTS,
        notify::outbox::STATEMENTS,
        notify::sent_sms::STATEMENTS,
        portal::contact::STATEMENTS,
        portal::notice::STATEMENTS,
        review::case::STATEMENTS,
        review::desk::STATEMENTS,
        review::phone_change::STATEMENTS,
        review::record::STATEMENTS,
        review::round::STATEMENTS,
        session::STATEMENTS,
        session::challenge::STATEMENTS,
        session::entered::STATEMENTS,
        session::limit::STATEMENTS,
        staff::STATEMENTS,
        staff::activation::STATEMENTS,
        staff::address::STATEMENTS,
        staff::people::STATEMENTS,
    ]
    .concat()
}
