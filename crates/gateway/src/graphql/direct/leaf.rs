//! What has no fields, and what holds others: options, lists, references.

use std::{borrow::Cow, sync::Arc};

use async_graphql::{ID, Json, connection::PageInfo, resolver_utils::EnumType};

use super::{Declined, Direct, Fields, Out, Place, Written, object};

impl<T: Direct + ?Sized> Direct for &T {
    fn write(&self, place: &Place<'_, '_>, out: &mut Out) -> Written {
        T::write(self, place, out)
    }
}

impl<T: Direct + ?Sized> Direct for Box<T> {
    fn write(&self, place: &Place<'_, '_>, out: &mut Out) -> Written {
        T::write(self, place, out)
    }
}

impl<T: Direct + ?Sized> Direct for Arc<T> {
    fn write(&self, place: &Place<'_, '_>, out: &mut Out) -> Written {
        T::write(self, place, out)
    }
}

impl<T: Direct> Direct for Option<T> {
    fn write(&self, place: &Place<'_, '_>, out: &mut Out) -> Written {
        match self {
            Some(value) => value.write(place, out),
            None => {
                out.null();
                Ok(())
            }
        }
    }
}

impl<T: Direct> Direct for [T] {
    fn write(&self, place: &Place<'_, '_>, out: &mut Out) -> Written {
        out.list(self, |item, out| item.write(place, out))
    }
}

impl<T: Direct> Direct for Vec<T> {
    fn write(&self, place: &Place<'_, '_>, out: &mut Out) -> Written {
        self.as_slice().write(place, out)
    }
}

impl Direct for str {
    fn write(&self, _: &Place<'_, '_>, out: &mut Out) -> Written {
        out.text(self)
    }
}

impl Direct for String {
    fn write(&self, _: &Place<'_, '_>, out: &mut Out) -> Written {
        out.text(self)
    }
}

impl Direct for Cow<'_, str> {
    fn write(&self, _: &Place<'_, '_>, out: &mut Out) -> Written {
        out.text(self)
    }
}

impl Direct for ID {
    fn write(&self, _: &Place<'_, '_>, out: &mut Out) -> Written {
        out.text(self)
    }
}

impl Direct for bool {
    fn write(&self, _: &Place<'_, '_>, out: &mut Out) -> Written {
        out.json(self)
    }
}

impl Direct for i32 {
    fn write(&self, _: &Place<'_, '_>, out: &mut Out) -> Written {
        out.json(self)
    }
}

impl Direct for Json<serde_json::Value> {
    fn write(&self, _: &Place<'_, '_>, out: &mut Out) -> Written {
        out.json(&self.0)
    }
}

impl Fields for PageInfo {
    fn index(name: &str) -> Option<usize> {
        ["hasPreviousPage", "hasNextPage", "startCursor", "endCursor"]
            .iter()
            .position(|it| *it == name)
    }

    fn write_field(&self, index: usize, place: &Place<'_, '_>, out: &mut Out) -> Written {
        match index {
            0 => self.has_previous_page.write(place, out),
            1 => self.has_next_page.write(place, out),
            2 => self.start_cursor.write(place, out),
            3 => self.end_cursor.write(place, out),
            _ => Err(Declined),
        }
    }
}

impl Direct for PageInfo {
    fn write(&self, place: &Place<'_, '_>, out: &mut Out) -> Written {
        object(self, place, out)
    }
}

/// Writes a value of an enum by its name in the schema.
pub(in crate::graphql) fn write_enum<T: EnumType>(value: T, out: &mut Out) -> Written {
    let item = T::items().iter().find(|item| item.value == value).ok_or(Declined)?;
    out.text(item.name)
}
