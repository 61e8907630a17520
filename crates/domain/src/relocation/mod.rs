//! 跨省调转: a record leaves for another province in a signed package, and is received there without being typed again
//! (docs/package.md, docs/adr/0053).

mod fill;
pub mod forms;
mod not_received;
mod package;
mod passphrase;
mod place;
#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;
mod travel;
pub mod view;

pub use fill::{Filled, fill};
pub use not_received::NotReceived;
pub use package::{
    Approval, FORMAT, LARGEST, Package, PackedCredit, PackedEntry, PackedFile, PackedHolder, PackedVersion, Party, VERSION,
};
pub use passphrase::{passphrase, tidy_passphrase};
pub use place::{Place, PlaceKey, Places};
pub use travel::travels;
