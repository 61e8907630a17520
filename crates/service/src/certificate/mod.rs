//! 完成证明: a completed learning year is certified in a statement that anybody can verify, by itself and without the house
//! (docs/adr/0038).

mod extract;
mod issue;
mod ledger;
mod notary;
mod openings;
mod print;
mod share;
mod verify;

#[cfg(test)]
pub(crate) mod stories;

pub use extract::{amended, extract};
pub use issue::{Noting, renamed, settle, settle_for};
pub use notary::{KeySet, Opened, PublicKey, VaultNotary, named_key};
pub use openings::{Openings, write_openings};
pub use print::{choose_name, printed};
pub use share::{certificate, looked_at, share, shared, unshare};
pub use verify::{key_set, verified, verified_offline};
