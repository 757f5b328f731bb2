//! Objects, whose keys stand in the order of their UTF-16 code units (RFC 8785, section 3.2.3).

use std::{borrow::Cow, cmp::Ordering, ops::Range};

use serde::{Serialize, ser};

use super::{CanonicalError, key::Key, text::quoted, writer::Writer};

/// An entry of an object that is not closed yet.
pub(super) struct Entry {
    key: Cow<'static, str>,
    /// Where its key and value stand, without the comma before them.
    at: Range<usize>,
}

/// An object that is being written.
pub(super) struct Object<'a> {
    writer: &'a mut Writer,
    /// Where it begins.
    start: usize,
    /// Its first entry among those of all open objects.
    first: usize,
    /// Whether the keys have come in order so far.
    in_order: bool,
    /// The key whose value comes next.
    key: Option<String>,
    /// What closes behind it: it is the only entry of another object.
    wrapped: bool,
}

impl<'a> Object<'a> {
    pub(super) fn open(writer: &'a mut Writer, wrapped: bool) -> Self {
        let (start, first) = (writer.out.len(), writer.entries.len());
        writer.out.push(b'{');
        Self { writer, start, first, in_order: true, key: None, wrapped }
    }

    fn entry<T: Serialize + ?Sized>(
        &mut self,
        key: Cow<'static, str>,
        value: &T,
    ) -> Result<(), CanonicalError> {
        let Writer { out, entries } = &mut *self.writer;
        if let Some(before) = entries[self.first..].last() {
            out.push(b',');
            match order(&before.key, &key) {
                Ordering::Less => {}
                Ordering::Equal => return Err(CanonicalError::Kind("a key that stands twice")),
                Ordering::Greater => self.in_order = false,
            }
        }
        let start = out.len();
        quoted(out, &key);
        out.push(b':');
        value.serialize(&mut *self.writer)?;
        let at = start..self.writer.out.len();
        self.writer.entries.push(Entry { key, at });
        Ok(())
    }

    fn close(self) -> Result<(), CanonicalError> {
        let Writer { out, entries } = self.writer;
        if !self.in_order {
            let mine = &mut entries[self.first..];
            mine.sort_by(|one, other| order(&one.key, &other.key));
            if mine.windows(2).any(|pair| pair[0].key == pair[1].key) {
                return Err(CanonicalError::Kind("a key that stands twice"));
            }
            let mut again = Vec::with_capacity(out.len() - self.start);
            for entry in &*mine {
                again.push(if again.is_empty() { b'{' } else { b',' });
                again.extend_from_slice(&out[entry.at.clone()]);
            }
            out.truncate(self.start);
            out.extend_from_slice(&again);
        }
        entries.truncate(self.first);
        out.push(b'}');
        if self.wrapped {
            out.push(b'}');
        }
        Ok(())
    }
}

/// By UTF-16 code units. Texts of ASCII compare alike by their bytes.
fn order(one: &str, other: &str) -> Ordering {
    if one.is_ascii() && other.is_ascii() {
        return one.cmp(other);
    }
    one.encode_utf16().cmp(other.encode_utf16())
}

impl ser::SerializeStruct for Object<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), CanonicalError> {
        self.entry(Cow::Borrowed(key), value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.close()
    }
}

impl ser::SerializeStructVariant for Object<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), CanonicalError> {
        self.entry(Cow::Borrowed(key), value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.close()
    }
}

impl ser::SerializeMap for Object<'_> {
    type Ok = ();
    type Error = CanonicalError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), CanonicalError> {
        self.key = Some(key.serialize(Key)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), CanonicalError> {
        let key = self.key.take().ok_or(CanonicalError::Kind("a value without a key"))?;
        self.entry(Cow::Owned(key), value)
    }

    fn end(self) -> Result<(), CanonicalError> {
        self.close()
    }
}
