//! The keys of maps: texts, and what prints as one.

use serde::{Serialize, ser::Impossible};

use super::CanonicalError;

/// Reads a map's key as a text.
pub(super) struct Key;

type Never = Impossible<String, CanonicalError>;
type Outcome = Result<String, CanonicalError>;

const KEY: CanonicalError = CanonicalError::Kind("a key that is no text");

/// Whole numbers print as keys as they do in serde_json.
macro_rules! printed {
    ($($name:ident: $ty:ty),*) => {
        $(fn $name(self, it: $ty) -> Outcome {
            Ok(it.to_string())
        })*
    };
}

/// Kinds of values that are no keys.
macro_rules! refused {
    ($($name:ident($($ty:ty),*) -> $out:ty;)*) => {
        $(fn $name(self, $(_: $ty),*) -> Result<$out, CanonicalError> {
            Err(KEY)
        })*
    };
}

impl serde::Serializer for Key {
    type Ok = String;
    type Error = CanonicalError;
    type SerializeSeq = Never;
    type SerializeTuple = Never;
    type SerializeTupleStruct = Never;
    type SerializeTupleVariant = Never;
    type SerializeMap = Never;
    type SerializeStruct = Never;
    type SerializeStructVariant = Never;

    printed!(
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64,
        serialize_char: char
    );

    refused! {
        serialize_bool(bool) -> String;
        serialize_f32(f32) -> String;
        serialize_f64(f64) -> String;
        serialize_bytes(&[u8]) -> String;
        serialize_none() -> String;
        serialize_unit() -> String;
        serialize_unit_struct(&'static str) -> String;
        serialize_seq(Option<usize>) -> Never;
        serialize_tuple(usize) -> Never;
        serialize_tuple_struct(&'static str, usize) -> Never;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Never;
        serialize_map(Option<usize>) -> Never;
        serialize_struct(&'static str, usize) -> Never;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Never;
    }

    fn serialize_str(self, it: &str) -> Outcome {
        Ok(it.to_owned())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, _: &T) -> Outcome {
        Err(KEY)
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Outcome {
        Ok(variant.to_owned())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, it: &T) -> Outcome {
        it.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: &T,
    ) -> Outcome {
        Err(KEY)
    }
}
