use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, SeqAccess, Visitor, value::StrDeserializer},
};

/// Reads a list that people may also write as its single item: `states: DEU` is `states: [DEU]`.
///
/// # Errors
/// The deserializer's own, with the item that is wrong.
pub fn one_or_many<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct OneOrMany<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("one or a list of them")
        }

        fn visit_str<E: de::Error>(self, one: &str) -> Result<Vec<T>, E> {
            Ok(vec![T::deserialize(StrDeserializer::new(one))?])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Vec<T>, A::Error> {
            let mut many = Vec::with_capacity(items.size_hint().unwrap_or_default());
            while let Some(item) = items.next_element()? {
                many.push(item);
            }
            Ok(many)
        }
    }

    deserializer.deserialize_any(OneOrMany(PhantomData))
}
