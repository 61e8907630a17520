//! Enums of codes: one word for the database, the address and the wire.

/// Declares an enum of codes: `ALL`, `code()` and `from_code()`, the same words in serde and in the database.
macro_rules! codes {
    ($(#[$meta:meta])* pub enum $name:ident {
        $($(#[doc = $doc:expr])* $(#[cfg($cfg:meta)])? $variant:ident = $code:literal),* $(,)?
    }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[doc = $doc])* $(#[cfg($cfg)])? $variant),* }

        impl $name {
            /// Every variant, in the order of the declaration.
            pub const ALL: &'static [Self] = &[$($(#[cfg($cfg)])? Self::$variant),*];
            /// The word that the database, the address and the wire use.
            pub const fn code(self) -> &'static str {
                match self { $($(#[cfg($cfg)])? Self::$variant => $code),* }
            }
            /// The variant of a code, or `None` for any other word.
            pub fn from_code(code: &str) -> Option<Self> {
                match code { $($(#[cfg($cfg)])? $code => Some(Self::$variant),)* _ => None }
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::case::UnknownCode;
            fn try_from(code: String) -> Result<Self, Self::Error> {
                Self::from_code(&code).ok_or($crate::case::UnknownCode(code))
            }
        }
    };
}
pub(crate) use codes;

/// A word that no variant has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown code {0:?}")]
pub struct UnknownCode(pub String);
