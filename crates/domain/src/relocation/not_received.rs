//! Why a package is not taken.

use serde::{Deserialize, Serialize};

use crate::case::codes;

codes! {
    /// Why a package is not taken. Nothing of it is kept.
    pub enum NotReceived {
        /// No package, or not the whole of one.
        NotAPackage = "not_a_package",
        /// It is locked with a passphrase, and none was given.
        PassphraseNeeded = "passphrase_needed",
        /// The passphrase does not open it; whether that or the file is wrong cannot be told.
        WrongPassphrase = "wrong_passphrase",
        /// It is locked for another province.
        NotForUs = "not_for_us",
        /// Something of it was changed after it was signed.
        Altered = "altered",
        /// Of a version that is not known here.
        OtherVersion = "other_version",
        /// Whoever signed it is not known here.
        UnknownOrigin = "unknown_origin",
        /// It was made for another province.
        OtherDestination = "other_destination",
        /// It is about somebody else.
        OtherPerson = "other_person",
        /// It was taken before.
        UsedBefore = "used_before",
        /// The person has a record here.
        HasRecord = "has_record",
        /// What the person handed in waits for its review, or was given back.
        UnderReview = "under_review",
    }
}
