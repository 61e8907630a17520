//! Writes rows. Nothing is `-`, yes and no are `t` and `f`, a number is `n-12;`, a text is `s6:算盘` with its length in bytes, a
//! list or a struct is `(` its parts `)`, a map likewise with keys and values in turn, an alternative is `v` with its name as
//! a text and what it holds.

use std::fmt::Write;

use serde::ser::{self, Serialize};

use super::read::Unreadable;

/// Data as rows.
///
/// # Errors
/// What a value's own `Serialize` reports.
pub(super) fn rows<T: Serialize + ?Sized>(data: &T) -> Result<String, Unreadable> {
    let mut writer = Writer { text: super::STAMP.to_owned() };
    data.serialize(&mut writer)?;
    Ok(writer.text)
}

struct Writer {
    text: String,
}

type Done = Result<(), Unreadable>;

impl Writer {
    fn put(&mut self, sign: char) -> Done {
        self.text.push(sign);
        Ok(())
    }

    fn number(&mut self, value: impl std::fmt::Display) -> Done {
        write!(self.text, "n{value};").map_err(|_| Unreadable)
    }

    fn text(&mut self, value: &str) -> Done {
        write!(self.text, "s{}:{value}", value.len()).map_err(|_| Unreadable)
    }

    fn variant(&mut self, name: &str) -> Done {
        self.put('v')?;
        self.text(name)
    }

    fn open(&mut self) -> Result<&mut Self, Unreadable> {
        self.put('(')?;
        Ok(self)
    }
}

macro_rules! numbers {
    ($($method:ident: $type:ty),*) => { $(fn $method(self, value: $type) -> Done { self.number(value) })* };
}

impl<'a> ser::Serializer for &'a mut Writer {
    type Ok = ();
    type Error = Unreadable;
    type SerializeSeq = &'a mut Writer;
    type SerializeTuple = &'a mut Writer;
    type SerializeTupleStruct = &'a mut Writer;
    type SerializeTupleVariant = &'a mut Writer;
    type SerializeMap = &'a mut Writer;
    type SerializeStruct = &'a mut Writer;
    type SerializeStructVariant = &'a mut Writer;

    numbers!(serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_u8: u8, serialize_u16: u16,
        serialize_u32: u32, serialize_u64: u64, serialize_f32: f32, serialize_f64: f64);

    fn serialize_bool(self, value: bool) -> Done {
        self.put(if value { 't' } else { 'f' })
    }

    fn serialize_char(self, value: char) -> Done {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Done {
        self.text(value)
    }

    fn serialize_bytes(self, value: &[u8]) -> Done {
        value.serialize(self)
    }

    fn serialize_none(self) -> Done {
        self.put('-')
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.put('-')
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.put('-')
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, name: &'static str) -> Done {
        self.variant(name)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Done {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(self, _: &'static str, _: u32, name: &'static str, value: &T) -> Done {
        self.variant(name)?;
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Self, Unreadable> {
        self.open()
    }

    fn serialize_tuple(self, _: usize) -> Result<Self, Unreadable> {
        self.open()
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Self, Unreadable> {
        self.open()
    }

    fn serialize_tuple_variant(self, _: &'static str, _: u32, name: &'static str, _: usize) -> Result<Self, Unreadable> {
        self.variant(name)?;
        self.open()
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Self, Unreadable> {
        self.open()
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Self, Unreadable> {
        self.open()
    }

    fn serialize_struct_variant(self, _: &'static str, _: u32, name: &'static str, _: usize) -> Result<Self, Unreadable> {
        self.variant(name)?;
        self.open()
    }
}

macro_rules! parts {
    ($($trait:ident :: $method:ident),*) => { $(impl ser::$trait for &mut Writer {
        type Ok = ();
        type Error = Unreadable;
        fn $method<T: Serialize + ?Sized>(&mut self, value: &T) -> Done { value.serialize(&mut **self) }
        fn end(self) -> Done { self.put(')') }
    })* };
}
parts!(
    SerializeSeq::serialize_element,
    SerializeTuple::serialize_element,
    SerializeTupleStruct::serialize_field,
    SerializeTupleVariant::serialize_field
);

macro_rules! named_parts {
    ($($trait:ident),*) => { $(impl ser::$trait for &mut Writer {
        type Ok = ();
        type Error = Unreadable;
        fn serialize_field<T: Serialize + ?Sized>(&mut self, _: &'static str, value: &T) -> Done { value.serialize(&mut **self) }
        // The place of every field has to be kept.
        fn skip_field(&mut self, _: &'static str) -> Done { self.put('-') }
        fn end(self) -> Done { self.put(')') }
    })* };
}
named_parts!(SerializeStruct, SerializeStructVariant);

impl ser::SerializeMap for &mut Writer {
    type Ok = ();
    type Error = Unreadable;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Done {
        key.serialize(&mut **self)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Done {
        value.serialize(&mut **self)
    }

    fn end(self) -> Done {
        self.put(')')
    }
}
