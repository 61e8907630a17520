//! What never shows in a log: types that hold secrets print the fields that they name, and nothing else. A field that is
//! added later is hidden until somebody names it.

/// `Debug` for a type that holds secrets: `shown!(Registration { document, mobile })` prints these two, `shown!(Activate)`
/// only the name of the type.
#[macro_export]
macro_rules! shown {
    ($name:ident) => {
        $crate::shown!($name {});
    };
    ($name:ident { $($field:ident),* }) => {
        impl ::core::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(stringify!($name))$(.field(stringify!($field), &self.$field))*.finish_non_exhaustive()
            }
        }
    };
}

#[cfg(test)]
mod tests {
    #[test]
    fn only_what_is_named_is_printed() {
        struct Slip {
            kind: u8,
            _code: &'static str,
        }
        crate::shown!(Slip { kind });
        assert_eq!(format!("{:?}", Slip { kind: 3, _code: "424242" }), "Slip { kind: 3, .. }");
    }
}
