use std::fmt::Display;

use serde::Serialize;

use super::{Declined, Planned, Written};

/// How many fields one answer may have. Complexity bounds what a query may ask for; this bounds
/// what lists that are longer than expected make of it.
const MAX_FIELDS: usize = 1_000_000;

/// The JSON of an answer, as far as it is written.
#[derive(Default)]
pub(in crate::graphql) struct Out {
    bytes: Vec<u8>,
    fields: usize,
}

impl Out {
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// An object; `write` writes the value of each field.
    pub(super) fn object<'p, 'q>(
        &mut self,
        fields: &'p [Planned<'q>],
        mut write: impl FnMut(&'p Planned<'q>, &mut Self) -> Written,
    ) -> Written {
        self.fields += fields.len();
        if self.fields > MAX_FIELDS {
            return Err(Declined);
        }
        let mut before = b'{';
        for planned in fields {
            self.bytes.push(before);
            self.bytes.extend_from_slice(planned.key.as_bytes());
            write(planned, self)?;
            before = b',';
        }
        self.bytes.push(b'}');
        Ok(())
    }

    /// A list; `write` writes each item.
    pub(super) fn list<T>(
        &mut self,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(T, &mut Self) -> Written,
    ) -> Written {
        self.bytes.push(b'[');
        for (index, item) in items.into_iter().enumerate() {
            if index > 0 {
                self.bytes.push(b',');
            }
            write(item, self)?;
        }
        self.bytes.push(b']');
        Ok(())
    }

    pub(super) fn null(&mut self) {
        self.bytes.extend_from_slice(b"null");
    }

    /// A string.
    pub(super) fn text(&mut self, text: &str) -> Written {
        self.json(text)
    }

    /// A string of what a value prints, which has nothing in it that JSON escapes.
    pub(super) fn plain(&mut self, value: impl Display) -> Written {
        use std::io::Write;
        write!(self.bytes, "\"{value}\"").map_err(|_| Declined)
    }

    /// Anything that is JSON already.
    pub(in crate::graphql) fn json<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        serde_json::to_writer(&mut self.bytes, value).map_err(|_| Declined)
    }
}
