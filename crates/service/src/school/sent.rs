//! What a school sends, read without keeping more of it than it may say: whatever the body holds, memory stays within its size.

use std::fmt;
use std::marker::PhantomData;

use domain::school::{Cause, MOST_PROGRESS, MOST_ROWS, RowFault, SentProgress, SentRow};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// The texts of a row, by the names of its fields.
pub(super) trait Texts: Default {
    /// Rows that there may be at once.
    const MOST: usize;
    /// Where the text of a field belongs; `None` for what is no field.
    fn place(&mut self, name: &str) -> Option<(&'static str, &mut String)>;
}

impl Texts for SentRow {
    const MOST: usize = MOST_ROWS;

    fn place(&mut self, name: &str) -> Option<(&'static str, &mut String)> {
        Some(match name {
            "id" => ("id", &mut self.id),
            "learner" => ("learner", &mut self.learner),
            "year" => ("year", &mut self.year),
            "subject" => ("subject", &mut self.subject),
            "credits" => ("credits", &mut self.credits),
            "completed_on" => ("completed_on", &mut self.completed_on),
            "name" => ("name", &mut self.name),
            _ => return None,
        })
    }
}

impl Texts for SentProgress {
    const MOST: usize = MOST_PROGRESS;

    fn place(&mut self, name: &str) -> Option<(&'static str, &mut String)> {
        Some(match name {
            "learner" => ("learner", &mut self.learner),
            "year" => ("year", &mut self.year),
            "percent" => ("percent", &mut self.percent),
            "hours" => ("hours", &mut self.hours),
            "at" => ("at", &mut self.at),
            _ => return None,
        })
    }
}

/// A batch, as it came.
#[derive(Deserialize)]
#[serde(bound = "T: Texts")]
pub(super) struct Sent<T: Texts = SentRow> {
    pub(super) rows: Rows<T>,
}

/// Its rows, as many as there may be.
pub(super) struct Rows<T = SentRow> {
    pub(super) kept: Vec<Row<T>>,
    pub(super) are_too_many: bool,
}

/// The texts of a row, and the first field that holds neither a text nor a number. What else it holds is passed over.
#[derive(Clone, Default)]
pub(super) struct Row<T = SentRow> {
    pub(super) sent: T,
    pub(super) wrong: Option<RowFault>,
}

/// The value of a field.
enum Scalar {
    Absent,
    Text(String),
    Wrong,
}

impl<'de, T: Texts> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct All<T>(PhantomData<T>);
        impl<'de, T: Texts> Visitor<'de> for All<T> {
            type Value = Rows<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of rows")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Rows<T>, A::Error> {
                let mut kept = Vec::new();
                while kept.len() < T::MOST {
                    match seq.next_element()? {
                        Some(row) => kept.push(row),
                        None => return Ok(Rows { kept, are_too_many: false }),
                    }
                }
                let mut are_too_many = false;
                while seq.next_element::<IgnoredAny>()?.is_some() {
                    are_too_many = true;
                }
                Ok(Rows { kept, are_too_many })
            }
        }
        deserializer.deserialize_seq(All(PhantomData))
    }
}

impl<T: Texts> Row<T> {
    fn put(&mut self, name: &str, value: Scalar) {
        let Some((field, place)) = self.sent.place(name) else { return };
        match value {
            Scalar::Absent => place.clear(),
            Scalar::Text(text) => *place = text,
            Scalar::Wrong => self.wrong = self.wrong.or(Some(RowFault { field, cause: Cause::Malformed })),
        }
    }
}

impl<'de, T: Texts> Deserialize<'de> for Row<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct One<T>(PhantomData<T>);
        impl<'de, T: Texts> Visitor<'de> for One<T> {
            type Value = Row<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a row")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Row<T>, A::Error> {
                let mut row = Row::<T>::default();
                while let Some(name) = map.next_key::<String>()? {
                    if row.sent.place(&name).is_some() {
                        row.put(&name, map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                Ok(row)
            }

            // A row that is none has none of the fields.
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Row<T>, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Row::default())
            }

            fn visit_str<E>(self, _: &str) -> Result<Row<T>, E> {
                Ok(Row::default())
            }

            fn visit_bool<E>(self, _: bool) -> Result<Row<T>, E> {
                Ok(Row::default())
            }

            fn visit_u64<E>(self, _: u64) -> Result<Row<T>, E> {
                Ok(Row::default())
            }

            fn visit_i64<E>(self, _: i64) -> Result<Row<T>, E> {
                Ok(Row::default())
            }

            fn visit_f64<E>(self, _: f64) -> Result<Row<T>, E> {
                Ok(Row::default())
            }

            fn visit_unit<E>(self) -> Result<Row<T>, E> {
                Ok(Row::default())
            }
        }
        deserializer.deserialize_any(One(PhantomData))
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Value;
        impl<'de> Visitor<'de> for Value {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a text or a number")
            }

            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar::Text(text.trim().to_owned()))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar::Text(number.to_string()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar::Text(number.to_string()))
            }

            // Beyond what a number holds exactly two different numbers are one, which would pass a row off as its repetition.
            fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
                let is_exact = number.abs() < 1e9;
                Ok(if is_exact { Scalar::Text(number.to_string()) } else { Scalar::Wrong })
            }

            fn visit_bool<E>(self, _: bool) -> Result<Scalar, E> {
                Ok(Scalar::Wrong)
            }

            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar::Absent)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar::Wrong)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar::Wrong)
            }
        }
        deserializer.deserialize_any(Value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Rows {
        serde_json::from_str::<Sent>(text).unwrap().rows
    }

    #[test]
    fn of_a_row_its_seven_texts_are_kept_and_nothing_else() {
        let read =
            rows(r#"{"more":[1,{"x":2}],"rows":[{"id":" r-1 ","year":2026,"credits":1.5,"x":[{"":0},{"":0}],"name":null}]}"#);
        let row = &read.kept[0];
        let sent = SentRow { id: "r-1".into(), year: "2026".into(), credits: "1.5".into(), ..SentRow::default() };
        assert_eq!((&row.sent, row.wrong), (&sent, None));
    }

    #[test]
    fn what_is_neither_text_nor_number_is_named_and_what_is_no_row_is_an_empty_one() {
        let wrong = |field| Some(RowFault { field, cause: Cause::Malformed });
        for (text, fault) in [
            (r#"{"learner":{"a":1}}"#, wrong("learner")),
            (r#"{"credits":[1]}"#, wrong("credits")),
            (r#"{"id":true,"name":[]}"#, wrong("id")),
            (r#"{"id":12345678901234567890121}"#, wrong("id")),
            ("[1,[2]]", None),
            ("7", None),
            ("-7", None),
            ("0.5", None),
            ("\"r\"", None),
            ("null", None),
            ("true", None),
        ] {
            let read = rows(&format!(r#"{{"rows":[{text}]}}"#));
            assert_eq!((read.kept[0].wrong, &read.kept[0].sent), (fault, &SentRow::default()), "{text}");
        }
    }

    #[test]
    fn more_rows_than_there_may_be_are_counted_and_not_kept() {
        let many = |count: usize| rows(&format!(r#"{{"rows":[{}]}}"#, vec![r#"{"":0}"#; count].join(",")));
        let (most, more) = (many(MOST_ROWS), many(MOST_ROWS + 1));
        assert_eq!((most.kept.len(), most.are_too_many), (MOST_ROWS, false));
        assert_eq!((more.kept.len(), more.are_too_many), (MOST_ROWS, true));
    }
}
