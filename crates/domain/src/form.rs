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

/// What kind of answer a field takes, for the check and for the control that is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// At most `max` characters.
    Text {
        /// In characters.
        max: u32,
    },
    /// A code of the list that the profile names.
    Choice,
    /// A calendar date.
    Date,
    /// A calendar date, or a month where the certificate has no more.
    DateOrMonth,
    /// The code of a division of the province.
    Division,
    /// Mobile, or with area code.
    Telephone,
    /// 邮政编码, six digits.
    Postcode,
    /// An e-mail address.
    Email,
    /// 统一社会信用代码 (GB 32100-2015).
    CreditCode,
    /// 统一社会信用代码 or the older 组织机构代码.
    EmployerCode,
    /// The code of a bureau that takes cases of the chosen division.
    Bureau,
    /// Which bureau takes the cases of the chosen division: shown, and never typed (手册丁 所属会计管理部门).
    ResponsibleBureau,
    /// The name of a person.
    Name,
    /// 手机号, 11 digits.
    Mobile,
}
