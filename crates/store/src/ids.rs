//! Ids in columns that may hold none.

use sqlx::{Database, Decode, Type};

/// A column whose id is missing where it is NULL or empty; `domain` knows no database, so that the rows name this type between.
pub struct Given<T>(Option<T>);

impl<T> From<Given<T>> for Option<T> {
    fn from(Given(id): Given<T>) -> Self {
        id
    }
}

impl<T, D: Database> Type<D> for Given<T>
where
    String: Type<D>,
{
    fn type_info() -> D::TypeInfo {
        String::type_info()
    }

    fn compatible(found: &D::TypeInfo) -> bool {
        String::compatible(found)
    }
}

impl<'r, T: From<String>, D: Database> Decode<'r, D> for Given<T>
where
    Option<String>: Decode<'r, D>,
{
    fn decode(value: D::ValueRef<'r>) -> Result<Self, sqlx::error::BoxDynError> {
        let word = Option::<String>::decode(value)?;
        Ok(Self(word.filter(|word| !word.is_empty()).map(T::from)))
    }
}
