use std::fmt::Display;

use chancery_kernel::PartialDate;
use jiff::civil::Date;
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
        // What has to be escaped is rare, and looking for it is quick.
        let escaped = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
        if text.as_bytes().iter().fold(false, |any, byte| any | escaped(byte)) {
            return self.json(text);
        }
        self.bytes.push(b'"');
        self.bytes.extend_from_slice(text.as_bytes());
        self.bytes.push(b'"');
        Ok(())
    }

    /// A string of what a value prints, which has nothing in it that JSON escapes.
    pub(in crate::graphql) fn plain(&mut self, value: impl Display) -> Written {
        use std::io::Write;
        write!(self.bytes, "\"{value}\"").map_err(|_| Declined)
    }

    /// A string of a day: `2017-09-04`. Lists hold so many of them that printing one digit by digit
    /// is worth it.
    pub(in crate::graphql) fn day(&mut self, day: Date) -> Written {
        let Ok(year) = u16::try_from(day.year()) else { return self.plain(day) };
        let digit =
            |number: u16| b'0'.saturating_add(u8::try_from(number % 10).unwrap_or_default());
        let (month, on) = (day.month().unsigned_abs().into(), day.day().unsigned_abs().into());
        let two = |number: u16| [digit(number / 10), digit(number)];
        let ([a, b], [c, d], [e, f], [g, h]) = (two(year / 100), two(year), two(month), two(on));
        self.bytes.extend_from_slice(&[b'"', a, b, c, d, b'-', e, f, b'-', g, h, b'"']);
        Ok(())
    }

    /// A string of a date as precisely as it is known.
    pub(in crate::graphql) fn partial(&mut self, date: PartialDate) -> Written {
        match date {
            PartialDate::Day(day) => self.day(day),
            PartialDate::Month(_) | PartialDate::Year(_) => self.plain(date),
        }
    }

    /// Anything that is JSON already.
    pub(in crate::graphql) fn json<T: Serialize + ?Sized>(&mut self, value: &T) -> Written {
        serde_json::to_writer(&mut self.bytes, value).map_err(|_| Declined)
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    fn written(write: impl FnOnce(&mut Out) -> Written) -> String {
        let mut out = Out::default();
        write(&mut out).unwrap();
        String::from_utf8(out.into_bytes()).unwrap()
    }

    #[test]
    fn a_string_is_what_json_makes_of_it() {
        let every: String = ('\0'..='\u{2fff}').collect();
        for text in
            ["", "7msp", "Côte d'Ivoire", "a \"b\"", "a\\b", "a\nb", "\u{7f}\u{2028}", &every]
        {
            assert_eq!(written(|out| out.text(text)), serde_json::to_string(text).unwrap());
        }
    }

    #[test]
    fn a_day_is_what_it_prints() {
        let mut day = Date::MIN;
        while let Ok(next) = day.checked_add(97.days()) {
            assert_eq!(written(|out| out.day(day)), format!("\"{day}\""));
            day = next;
        }
        for date in ["2017-09-04", "2017-09", "2017"] {
            let date: PartialDate = date.parse().unwrap();
            assert_eq!(written(|out| out.partial(date)), format!("\"{date}\""));
        }
    }
}
