//! What names an account, a case, a staff member and a bureau. Each is a type of its own, so that the compiler tells apart what
//! are all short words in the database, the address and the wire; there they stand as the bare word.
//!
//! An id is no secret, but it leads to a person: it stands in the audit trail, and in a log only where nothing else would do.

use std::borrow::Borrow;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Declares a name of something over the word by which it is kept. Nothing is checked here: a word that names nothing is found
/// nowhere, and what people may send is bounded where it arrives.
macro_rules! ids {
    ($($(#[doc = $doc:expr])* $name:ident;)*) => {$(
        $(#[doc = $doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// The word, for the database, an address or a seal.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The name where one is given: `None` for the empty word, as columns and forms have it.
            #[must_use]
            pub fn given(word: &str) -> Option<Self> {
                (!word.is_empty()).then(|| Self(word.to_owned()))
            }
        }

        impl From<String> for $name {
            fn from(word: String) -> Self {
                Self(word)
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                Self(word.to_owned())
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> Self {
                name.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        // It compares and hashes as its word does, so that a map is asked with either.
        impl Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl PartialEq<str> for $name {
            fn eq(&self, word: &str) -> bool {
                self.0 == *word
            }
        }

        impl PartialEq<&str> for $name {
            fn eq(&self, word: &&str) -> bool {
                self.0 == **word
            }
        }
    )*};
}

ids! {
    /// The account of an accountant (会计人员) in one province.
    AccountId;
    /// A case (业务单) of any kind, from its draft on; the number that people are told (受理编号) is another thing.
    CaseId;
    /// A member of the staff (工作人员) of a bureau.
    StaffId;
    /// A bureau (财政局) of `provinces/data/bureaus.csv`. It looks like the code of a division, and is none: a division has at
    /// most one bureau, and a bureau of a city serves several.
    BureauCode;
    /// A row (学分记录) in the ledger of credits of an accountant.
    EntryId;
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn an_id_is_its_bare_word_on_the_wire_and_in_a_map() {
        let id = CaseId::from("c-1");
        assert_eq!(serde_json::to_string(&id).unwrap(), r#""c-1""#);
        assert_eq!(serde_json::from_str::<CaseId>(r#""c-1""#).unwrap(), id);
        let map = BTreeMap::from([(BureauCode::from("430111"), 1)]);
        assert_eq!(serde_json::to_string(&map).unwrap(), r#"{"430111":1}"#);
        assert_eq!((map.get("430111"), map.get("430112")), (Some(&1), None));
        assert_eq!(format!("/cases/{id}"), "/cases/c-1");
    }

    #[test]
    fn the_empty_word_names_nothing() {
        assert_eq!(StaffId::given(""), None);
        assert_eq!(StaffId::given("s").as_ref().map(StaffId::as_str), Some("s"));
    }
}
