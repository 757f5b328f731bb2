use std::fmt::{Display, Write as _};

use serde::{Serialize, ser};

use super::{
    CanonicalError,
    object::{Entry, Object},
    text::{Escaping, quoted},
};

/// The largest whole number that every reader of JSON takes exactly: 2^53 - 1.
const MAX: i128 = (1 << 53) - 1;

/// What is written, and the entries of the objects that are open.
#[derive(Default)]
pub(super) struct Writer {
    pub(super) out: Vec<u8>,
    pub(super) entries: Vec<Entry>,
}

/// A list that is being written.
pub(super) struct List<'a> {
    writer: &'a mut Writer,
    empty: bool,
    /// What closes behind it: it is the only entry of an object.
    wrapped: bool,
}

type Done = Result<(), CanonicalError>;

impl Writer {
    fn number(&mut self, number: i128) -> Done {
        if !(-MAX..=MAX).contains(&number) {
            return Err(CanonicalError::Number(number));
        }
        write!(Escaping(&mut self.out), "{number}")
            .map_err(|_| CanonicalError::Kind("a number that does not print"))
    }

    fn word(&mut self, word: &str) -> Done {
        self.out.extend_from_slice(word.as_bytes());
        Ok(())
    }

    /// Opens an object of one entry.
    fn wrap(&mut self, key: &'static str) {
        self.out.push(b'{');
        quoted(&mut self.out, key);
        self.out.push(b':');
    }

    fn list(&mut self, wrapped: bool) -> List<'_> {
        self.out.push(b'[');
        List { writer: self, empty: true, wrapped }
    }
}

impl List<'_> {
    fn item<T: Serialize + ?Sized>(&mut self, item: &T) -> Done {
        if !std::mem::take(&mut self.empty) {
            self.writer.out.push(b',');
        }
        item.serialize(&mut *self.writer)
    }

    fn close(self) -> Done {
        self.writer.word(if self.wrapped { "]}" } else { "]" })
    }
}

macro_rules! numbers {
    ($($name:ident: $ty:ty),*) => {
        $(fn $name(self, number: $ty) -> Done {
            self.number(number.into())
        })*
    };
}

impl<'a> serde::Serializer for &'a mut Writer {
    type Ok = ();
    type Error = CanonicalError;
    type SerializeSeq = List<'a>;
    type SerializeTuple = List<'a>;
    type SerializeTupleStruct = List<'a>;
    type SerializeTupleVariant = List<'a>;
    type SerializeMap = Object<'a>;
    type SerializeStruct = Object<'a>;
    type SerializeStructVariant = Object<'a>;

    numbers!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64
    );

    fn serialize_bool(self, it: bool) -> Done {
        self.word(if it { "true" } else { "false" })
    }

    fn serialize_f32(self, _: f32) -> Done {
        Err(CanonicalError::Kind("a float"))
    }

    fn serialize_f64(self, _: f64) -> Done {
        Err(CanonicalError::Kind("a float"))
    }

    fn serialize_char(self, it: char) -> Done {
        quoted(&mut self.out, it.encode_utf8(&mut [0; 4]));
        Ok(())
    }

    fn serialize_str(self, it: &str) -> Done {
        quoted(&mut self.out, it);
        Ok(())
    }

    fn collect_str<T: Display + ?Sized>(self, it: &T) -> Done {
        self.out.push(b'"');
        write!(Escaping(&mut self.out), "{it}")
            .map_err(|_| CanonicalError::Kind("a value that does not print"))?;
        self.out.push(b'"');
        Ok(())
    }

    fn serialize_bytes(self, _: &[u8]) -> Done {
        Err(CanonicalError::Kind("a value of bytes"))
    }

    fn serialize_none(self) -> Done {
        self.word("null")
    }

    fn serialize_some<T: Serialize + ?Sized>(self, it: &T) -> Done {
        it.serialize(self)
    }

    fn serialize_unit(self) -> Done {
        self.word("null")
    }

    fn serialize_unit_struct(self, _: &'static str) -> Done {
        self.word("null")
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Done {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, it: &T) -> Done {
        it.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        it: &T,
    ) -> Done {
        self.wrap(variant);
        it.serialize(&mut *self)?;
        self.word("}")
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<List<'a>, CanonicalError> {
        Ok(self.list(false))
    }

    fn serialize_tuple(self, _: usize) -> Result<List<'a>, CanonicalError> {
        Ok(self.list(false))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<List<'a>, CanonicalError> {
        Ok(self.list(false))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<List<'a>, CanonicalError> {
        self.wrap(variant);
        Ok(self.list(true))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Object<'a>, CanonicalError> {
        Ok(Object::open(self, false))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Object<'a>, CanonicalError> {
        Ok(Object::open(self, false))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Object<'a>, CanonicalError> {
        self.wrap(variant);
        Ok(Object::open(self, true))
    }
}

macro_rules! lists {
    ($($name:ident: $item:ident),*) => {
        $(impl ser::$name for List<'_> {
            type Ok = ();
            type Error = CanonicalError;

            fn $item<T: Serialize + ?Sized>(&mut self, item: &T) -> Done {
                self.item(item)
            }

            fn end(self) -> Done {
                self.close()
            }
        })*
    };
}

lists!(
    SerializeSeq: serialize_element,
    SerializeTuple: serialize_element,
    SerializeTupleStruct: serialize_field,
    SerializeTupleVariant: serialize_field
);
