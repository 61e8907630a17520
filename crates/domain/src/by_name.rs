//! How an enum of many variants is read from JSON.
//!
//! The reader that serde derives is as long as the variants are many, and the program for the browser would carry it twice. What is
//! written is the same: `"Missing"`, `{"TooLong":50}`, `{"FileSmall":{"width":300,"height":400}}`.

use serde::Deserialize;
use serde::de::{Deserializer, Error};
use serde_json::value::RawValue;

/// An enum that tells by the name of a variant how to read the rest.
pub trait ByName: Sized {
    /// The variant of this name with what stands beside it as JSON, which is empty where nothing does; `None` when there is none.
    ///
    /// # Errors
    /// What stands beside the name is not what the variant holds.
    fn named(name: &str, rest: &str) -> Option<serde_json::Result<Self>>;
}

/// Reads a variant: a string, or an object with one entry.
///
/// # Errors
/// As the deserializer, and for a name that no variant has.
pub fn read<'de, D: Deserializer<'de>, T: ByName>(deserializer: D) -> Result<T, D::Error> {
    let json = Box::<RawValue>::deserialize(deserializer)?;
    variant(json.get()).map_err(D::Error::custom)
}

fn variant<T: ByName>(json: &str) -> serde_json::Result<T> {
    let (name, rest) = parts(json).ok_or_else(|| serde_json::Error::custom("no variant"))?;
    T::named(name, rest).unwrap_or_else(|| Err(serde_json::Error::custom("no such variant")))
}

/// Names of variants hold nothing that JSON would escape.
fn parts(json: &str) -> Option<(&str, &str)> {
    let Some(inner) = json.strip_prefix('{') else {
        return Some((json.strip_prefix('"')?.strip_suffix('"')?, ""));
    };
    let (name, rest) = inner.trim_start().strip_prefix('"')?.split_once('"')?;
    let rest = rest.trim_start().strip_prefix(':')?;
    Some((name, rest.strip_suffix('}')?.trim()))
}

/// Declares an enum that is read by the names of its variants.
#[macro_export]
macro_rules! by_name {
    ($(#[$meta:meta])* pub enum $enum:ident {
        $($(#[$vmeta:meta])* $variant:ident $(($held:ty))? $({ $($(#[$fmeta:meta])* $field:ident: $of:ty),* $(,)? })?),* $(,)?
    }) => {
        $(#[$meta])*
        pub enum $enum {
            $($(#[$vmeta])* $variant $(($held))? $({ $($(#[$fmeta])* $field: $of),* })?),*
        }

        impl $crate::by_name::ByName for $enum {
            fn named(name: &str, rest: &str) -> Option<serde_json::Result<Self>> {
                match name {
                    $(stringify!($variant) => $crate::by_name!(@read $variant rest $(($held))? $({ $($field: $of),* })?),)*
                    _ => return None,
                }
                .into()
            }
        }

        impl<'de> serde::Deserialize<'de> for $enum {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::by_name::read(deserializer)
            }
        }
    };
    (@read $variant:ident $rest:ident) => { Ok(Self::$variant) };
    (@read $variant:ident $rest:ident ($held:ty)) => { serde_json::from_str::<$held>($rest).map(Self::$variant) };
    (@read $variant:ident $rest:ident { $($field:ident: $of:ty),* }) => {{
        #[derive(serde::Deserialize)]
        struct Held { $($field: $of),* }
        serde_json::from_str($rest).map(|Held { $($field),* }| Self::$variant { $($field),* })
    }};
}

#[cfg(test)]
mod tests {
    use serde::Serialize;

    by_name! {
        #[derive(Debug, PartialEq, Serialize)]
        pub enum Sort {
            Plain,
            Held(String),
            Named { width: u32, name: char },
        }
    }

    #[test]
    fn what_is_written_is_read_however_it_is_spaced() {
        for sort in [Sort::Plain, Sort::Held("“}”\"\\".into()), Sort::Held(String::new()), Sort::Named { width: 3, name: '"' }]
        {
            let dense = serde_json::to_string(&sort).unwrap();
            let wide = serde_json::to_string_pretty(&sort).unwrap();
            assert_eq!(serde_json::from_str::<Sort>(&dense).unwrap(), sort);
            assert_eq!(serde_json::from_str::<Sort>(&wide).unwrap(), sort);
            assert_eq!(serde_json::from_value::<Sort>(serde_json::to_value(&sort).unwrap()).unwrap(), sort);
            assert_eq!(serde_json::from_str::<Option<Sort>>(&dense).unwrap(), Some(sort));
        }
        assert_eq!(serde_json::from_str::<Option<Sort>>("null").unwrap(), None);
    }

    #[test]
    fn what_is_no_variant_is_refused() {
        for json in [
            "\"Other\"",
            "\"Held\"",
            "{\"Held\":3}",
            "{}",
            "{\"Held\":\"a\",\"Plain\":null}",
            "3",
            "null",
            "[]",
            "{\"Named\":{\"width\":1}}",
        ] {
            assert!(serde_json::from_str::<Sort>(json).is_err(), "{json}");
        }
    }
}
