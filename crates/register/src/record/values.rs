//! A tree with spans as serde's input. Every error knows where it is and what kind it is.

use std::{fmt, ops::Range};

use serde::de::{
    self, DeserializeSeed, Deserializer, EnumAccess, MapAccess, SeqAccess, Unexpected,
    VariantAccess, Visitor,
};

use super::node::{Key, Node, Value};

/// What is wrong with a piece of a file.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) span: Option<Range<usize>>,
    pub(super) kind: FaultKind,
}

#[derive(Debug)]
pub(super) enum FaultKind {
    UnknownKey { key: String, known: &'static [&'static str] },
    UnknownWord { word: String, known: &'static [&'static str] },
    Missing(&'static str),
    Other(String),
}

impl Fault {
    fn other(span: &Range<usize>, message: String) -> Self {
        Self { span: Some(span.clone()), kind: FaultKind::Other(message) }
    }

    /// The innermost place wins.
    fn at(mut self, span: &Range<usize>) -> Self {
        self.span.get_or_insert_with(|| span.clone());
        self
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            FaultKind::UnknownKey { key, .. } => write!(f, "there is no key `{key}` here"),
            FaultKind::UnknownWord { word, .. } => {
                write!(f, "`{word}` is none of the words that stand here")
            }
            FaultKind::Missing(key) => write!(f, "`{key}` is missing"),
            FaultKind::Other(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for Fault {}

impl de::Error for Fault {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { span: None, kind: FaultKind::Other(message.to_string()) }
    }

    fn unknown_field(field: &str, known: &'static [&'static str]) -> Self {
        Self { span: None, kind: FaultKind::UnknownKey { key: field.to_owned(), known } }
    }

    fn unknown_variant(word: &str, known: &'static [&'static str]) -> Self {
        Self { span: None, kind: FaultKind::UnknownWord { word: word.to_owned(), known } }
    }

    fn missing_field(field: &'static str) -> Self {
        Self { span: None, kind: FaultKind::Missing(field) }
    }

    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        match unexpected {
            Unexpected::Unsigned(number) => {
                Self::custom(format!("{number} is too large a number; check it"))
            }
            other => Self::invalid_type(other, expected),
        }
    }

    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        let found = match unexpected {
            Unexpected::Unit => "nothing".to_owned(),
            Unexpected::Seq => "a list".to_owned(),
            Unexpected::Map => "a mapping".to_owned(),
            Unexpected::Str(text) => format!("`{text}`"),
            other => other.to_string(),
        };
        Self::custom(format!("{found} stands here; write {expected}"))
    }
}

impl Node {
    fn text<V>(
        &self,
        wanted: &str,
        visit: impl FnOnce(&str) -> Result<V, Fault>,
    ) -> Result<V, Fault> {
        match &self.value {
            Value::Scalar { text, .. } => visit(text).map_err(|fault| fault.at(&self.span)),
            _ => Err(Fault::other(
                &self.span,
                format!("{} stands here; write {wanted}", self.kind()),
            )),
        }
    }

    fn count<V>(&self, visit: impl FnOnce(u64) -> Result<V, Fault>) -> Result<V, Fault> {
        self.text("a whole number", |text| match text.parse() {
            Ok(number) => visit(number),
            Err(_) => Err(Fault::other(
                &self.span,
                format!("`{text}` is not a count; write a whole number from 0"),
            )),
        })
    }
}

macro_rules! counts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.count(|number| visitor.visit_u64(number))
        }
    )*};
}

macro_rules! texts {
    ($($method:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
            self.text("a text", |text| visitor.visit_str(text))
        }
    )*};
}

impl<'de> Deserializer<'de> for &Node {
    type Error = Fault;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match &self.value {
            Value::Nothing => visitor.visit_unit(),
            Value::Scalar { text, .. } => visitor.visit_str(text),
            Value::List(items) => visitor.visit_seq(Items(items.iter())),
            Value::Map(entries) => {
                visitor.visit_map(Entries { entries: entries.iter(), value: None })
            }
        }
        .map_err(|fault| fault.at(&self.span))
    }

    counts! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64 }
    texts! { deserialize_str deserialize_string deserialize_char deserialize_identifier }

    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        self.text("true or false", |text| match text {
            "true" => visitor.visit_bool(true),
            "false" => visitor.visit_bool(false),
            _ => Err(Fault::other(&self.span, format!("`{text}` is neither; write true or false"))),
        })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Fault> {
        match self.value {
            Value::Nothing => visitor.visit_none(),
            _ => visitor.visit_some(self),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Fault> {
        visitor.visit_newtype_struct(self).map_err(|fault| fault.at(&self.span))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        match self.value {
            Value::Map(_) => self.deserialize_any(visitor),
            _ => Err(Fault::other(
                &self.span,
                format!("{} stands here; write `key: value` pairs", self.kind()),
            )),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        known: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        let choice = match &self.value {
            Value::Scalar { .. } => Choice { word: self, value: None, span: &self.span },
            Value::Map(entries) if entries.len() == 1 => {
                let (key, value) = &entries[0];
                // The key as a node, so that one reader serves both forms.
                let word = Node::scalar(key.span.clone(), &key.name);
                return visitor
                    .visit_enum(Choice { word: &word, value: Some(value), span: &self.span })
                    .map_err(|fault| fault.at(&self.span));
            }
            _ => {
                let words = known.join("`, `");
                return Err(Fault::other(
                    &self.span,
                    format!("{} stands here; write one of `{words}`", self.kind()),
                ));
            }
        };
        visitor.visit_enum(choice).map_err(|fault| fault.at(&self.span))
    }

    serde::forward_to_deserialize_any! {
        i128 u128 f32 f64 bytes byte_buf unit unit_struct seq tuple tuple_struct map ignored_any
    }
}

struct Items<'a>(std::slice::Iter<'a, Node>);

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = Fault;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Fault> {
        self.0
            .next()
            .map(|item| seed.deserialize(item).map_err(|fault| fault.at(&item.span)))
            .transpose()
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.0.len())
    }
}

struct Entries<'a> {
    entries: std::slice::Iter<'a, (Key, Node)>,
    value: Option<&'a Node>,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = Fault;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Fault> {
        let Some((key, value)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some(value);
        let name = de::value::StrDeserializer::<Fault>::new(&key.name);
        seed.deserialize(name).map(Some).map_err(|fault| fault.at(&key.span))
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Fault> {
        let value = self.value.take().ok_or_else(|| de::Error::custom("a value without a key"))?;
        seed.deserialize(value).map_err(|fault| fault.at(&value.span))
    }
}

struct Choice<'a> {
    word: &'a Node,
    value: Option<&'a Node>,
    span: &'a Range<usize>,
}

impl<'a, 'de> EnumAccess<'de> for Choice<'a> {
    type Error = Fault;
    type Variant = Self;

    fn variant_seed<V: DeserializeSeed<'de>>(self, seed: V) -> Result<(V::Value, Self), Fault> {
        let variant = seed.deserialize(self.word).map_err(|fault| fault.at(&self.word.span))?;
        Ok((variant, self))
    }
}

impl<'de> VariantAccess<'de> for Choice<'_> {
    type Error = Fault;

    fn unit_variant(self) -> Result<(), Fault> {
        match self.value {
            None => Ok(()),
            Some(value) => Err(Fault::other(
                &value.span,
                "nothing belongs here; write the word alone".to_owned(),
            )),
        }
    }

    fn newtype_variant_seed<T: DeserializeSeed<'de>>(self, seed: T) -> Result<T::Value, Fault> {
        match self.value {
            Some(value) => seed.deserialize(value),
            None => {
                Err(Fault::other(self.span, "a value is missing; write `word: value`".to_owned()))
            }
        }
    }

    fn tuple_variant<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Fault> {
        self.value.map_or_else(
            || Err(Fault::other(self.span, "a list is missing; write `word: [...]`".to_owned())),
            |value| value.deserialize_any(visitor),
        )
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Fault> {
        self.tuple_variant(0, visitor)
    }
}
