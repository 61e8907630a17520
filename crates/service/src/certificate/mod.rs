//! 完成证明: a completed learning year is certified in a statement that anybody can verify, by itself and without the house
//! (docs/adr/0038).

mod issue;
mod ledger;
mod notary;
mod print;
mod share;
mod verify;

#[cfg(test)]
mod stories;

pub use issue::{Noting, settle, settle_for};
pub use notary::{KeySet, Opened, PublicKey, VaultNotary, named_key};
pub use print::printed;
pub use share::{certificate, share, shared, unshare};
pub use verify::{key_set, verified, verified_offline};
