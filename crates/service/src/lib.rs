//! What happens: one function for each thing that a person or a timer does. Each authorises, checks, writes through the
//! one door, writes its audit row in the same transaction, and notifies through the outbox.

#![deny(missing_docs)]

pub mod account;
pub mod annulment;
pub mod case;
pub mod certificate;
pub mod change;
pub mod clock;
pub mod closing;
pub mod confirmation;
pub mod counter;
pub mod employer;
pub mod handover;
pub mod import;
pub mod intake;
pub mod integrity;
pub mod learning;
pub mod national;
pub mod notify;
pub mod password;
pub mod phone_change;
pub mod portal;
pub mod question;
pub mod readiness;
pub mod record;
pub mod relocation;
pub mod reminder;
pub mod review;
pub mod school;
pub mod second_factor;
pub mod staff;
pub mod transfer;
pub mod vault;

mod by_hand;
#[cfg(feature = "demo-kind")]
mod demo_kind;
mod failure;
mod kinds;
mod limits;
mod ports;
mod services;
#[cfg(test)]
mod stories_full_disk;
#[cfg(test)]
mod testing;
mod visit;

pub use failure::Failure;
pub use limits::{Limit, allow};
pub(crate) use limits::{left, wrong};
pub use pictures::{Pages, PagesError, PictureDesk, PictureError};
pub use ports::{
    Attempt, Clock, Diploma, EmployerError, Employers, FileError, Files, Identity, IdentityError, Ids, Known, NoIdentity, Notary,
    NotaryError, OutgoingSms, Paper, PaperError, Seal, ServicePage, Sheet, Sms, SmsError,
};
pub use services::{Rooms, Services, china_date};
pub use visit::{Arrival, Entered, Glimpse, Memo, Met, Role, Slip, Token, UploadFaults, Visit, name_of_page};
