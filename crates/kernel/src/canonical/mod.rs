//! Canonical JSON (RFC 8785): one value, one text. What is hashed is written so.
//!
//! Every event and the id of every command goes through here, so it writes in one pass: an object
//! whose keys do not come in order is put in order where it stands. Numbers are whole, and of at
//! most 53 bits; there are no floats anywhere.

mod key;
mod object;
mod text;
mod writer;

use std::fmt::Display;

use serde::{Serialize, ser};

use self::writer::Writer;

/// Writes plain data as canonical JSON.
///
/// # Errors
/// A float, a whole number beyond 53 bits, bytes, or a map whose keys are no texts.
pub fn to_vec<T: Serialize + ?Sized>(value: &T) -> Result<Vec<u8>, CanonicalError> {
    let mut writer = Writer::default();
    value.serialize(&mut writer)?;
    Ok(writer.out)
}

/// Why a value has no canonical JSON here.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonicalError {
    /// A kind of value that events do not hold.
    #[error("{0} has no place in canonical JSON here")]
    Kind(&'static str),
    /// A number that a reader of JSON may round.
    #[error("{0} has more than 53 bits; write it as a text")]
    Number(i128),
    /// What the value itself says.
    #[error("{0}")]
    Said(String),
}

impl ser::Error for CanonicalError {
    fn custom<T: Display>(message: T) -> Self {
        Self::Said(message.to_string())
    }
}

#[cfg(test)]
mod tests;
