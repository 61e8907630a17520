//! Who somebody is: documents, names, numbers and their masks.

pub mod contact;
pub mod credit_code;
pub mod document;
mod latin;
pub mod mask;
pub mod name;
pub(crate) mod rare;
pub mod resident;

use serde::{Deserialize, Serialize};

pub use contact::Mobile;
pub use credit_code::{CreditCode, OrganisationCode};
pub use document::{DocumentKind, DocumentNumber};

/// 性别, GB/T 2261.1.
#[derive(Serialize, Deserialize, Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
#[serde(rename_all = "snake_case")]
pub enum Sex {
    /// 男.
    Male,
    /// 女.
    Female,
}

impl Sex {
    /// 男 or 女.
    pub fn label(self) -> &'static str {
        match self {
            Self::Male => "男",
            Self::Female => "女",
        }
    }

    /// The code of GB/T 2261.1: `1` or `2`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Male => "1",
            Self::Female => "2",
        }
    }

    /// The sex with this code of GB/T 2261.1; 0 and 9 (unknown, not stated) are none.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Male, Self::Female].into_iter().find(|sex| sex.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sex_has_the_code_and_the_word_of_the_standard() {
        assert_eq!((Sex::Male.code(), Sex::Male.label()), ("1", "男"));
        assert_eq!((Sex::Female.code(), Sex::Female.label()), ("2", "女"));
        assert_eq!(Sex::from_code("2"), Some(Sex::Female));
        assert_eq!(Sex::from_code("9"), None);
        assert_eq!(serde_json::to_string(&Sex::Female).unwrap(), "\"female\"");
    }
}
