//! Forms as typed: only strings, always storable, addressed by the name of the field.

use std::borrow::Cow;

/// A form whose fields can be listed, read and written by name, so that drafts, differences, error summaries and
/// review items need no knowledge of the single form.
pub trait Form: Default + Clone {
    /// Every value with its field name, in the order of the form. Rows are written `rows.0.kind`.
    fn values(&self) -> Vec<(Cow<'static, str>, &str)>;
    /// Writes one value; `false` when the form has no such field.
    fn set(&mut self, field: &str, value: String) -> bool;
    /// The value of a field, or `None` when the form has no such field.
    fn get(&self, field: &str) -> Option<&str> {
        self.values().into_iter().find(|(name, _)| name == field).map(|(_, value)| value)
    }
}

/// A form whose fields are known only when it is read: what was posted, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Typed(pub std::collections::BTreeMap<String, String>);

impl Form for Typed {
    fn values(&self) -> Vec<(Cow<'static, str>, &str)> {
        self.0.iter().map(|(name, value)| (name.clone().into(), value.as_str())).collect()
    }
    fn set(&mut self, field: &str, value: String) -> bool {
        self.0.insert(field.to_owned(), value);
        true
    }
}

/// Declares a flat form: a struct of strings that implements [`Form`](crate::form::Form) and carries `FIELDS`.
#[macro_export]
macro_rules! form {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$fmeta:meta])* $field:ident),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub struct $name { $($(#[$fmeta])* pub $field: String),* }

        impl $name {
            /// The names of the fields, in the order of the form.
            pub const FIELDS: &'static [&'static str] = &[$(stringify!($field)),*];
        }

        impl $crate::form::Form for $name {
            fn values(&self) -> Vec<(std::borrow::Cow<'static, str>, &str)> {
                vec![$((std::borrow::Cow::Borrowed(stringify!($field)), self.$field.as_str())),*]
            }
            fn set(&mut self, field: &str, value: String) -> bool {
                match field {
                    $(stringify!($field) => { self.$field = value; true })*
                    _ => false,
                }
            }
        }
    };
}
