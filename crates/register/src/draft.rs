use std::fmt::Write as _;

use chancery_kernel::{
    Citation, ConventionId, PartialDate, RecorderId,
    canonical::{self, CanonicalError},
};
use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::{envelope::Envelope, event::Data};

/// The stored bytes of an event, but for what is known only when it is appended: its id, the time
/// and its number. They are written once, when it is decided whether there is room for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The canonical bytes before and behind those of the id and the time, without the braces.
    bytes: Vec<u8>,
    /// Where the id belongs.
    split: usize,
}

impl Draft {
    /// Writes what an envelope says but for its id, time and number.
    ///
    /// # Errors
    /// None in practice: events hold text, whole numbers and truth values only.
    pub fn of(envelope: &Envelope) -> Result<Self, CanonicalError> {
        let Envelope { convention, recorded_by, effective, source, command, event, .. } = envelope;
        let (command, effective, data) = (*command, *effective, event.stored());
        let mut bytes = canonical::to_vec(&Before { command, convention, data, effective })?;
        // The brace that closes it.
        bytes.pop();
        let split = bytes.len();
        let (schema, kind) = (event.schema(), event.kind());
        let mut behind = canonical::to_vec(&Behind { recorded_by, schema, source, kind })?;
        // And the two of the rest.
        behind.pop();
        bytes.extend_from_slice(behind.get(1..).unwrap_or_default());
        Ok(Self { bytes, split })
    }

    /// The canonical bytes (RFC 8785) of the event with this id, time and number.
    pub fn seal(&self, id: Uuid, recorded_at: Timestamp, version: u64) -> Vec<u8> {
        let (before, behind) = self.bytes.split_at_checked(self.split).unwrap_or_default();
        let mut bytes = Vec::with_capacity(self.size(version));
        bytes.extend_from_slice(before);
        let mut said = String::with_capacity(MORE);
        // Writing into a text does not fail. Neither an id nor a time has anything to escape.
        let _ = write!(said, r#","id":"{id}","recorded_at":"{recorded_at}","#);
        bytes.extend_from_slice(said.as_bytes());
        bytes.extend_from_slice(behind);
        said.clear();
        let _ = write!(said, r#","version":{version}}}"#);
        bytes.extend_from_slice(said.as_bytes());
        bytes
    }

    /// The most bytes that it comes to under a number.
    pub(crate) fn size(&self, version: u64) -> usize {
        let digits = version.checked_ilog10().map_or(1, |log| log as usize + 1);
        self.bytes.len() + MORE + digits
    }
}

/// The most that an id, a time and a number take, but for the number's digits, with their names:
/// 7 + 36, 17 + 27 + 2 and 11 + 1 bytes. A time has six decimals at the most.
const MORE: usize = 101;

/// What stands before the id in the order of the keys.
#[derive(Serialize)]
struct Before<'a> {
    command: Uuid,
    convention: &'a ConventionId,
    data: Data<'a>,
    effective: PartialDate,
}

/// What stands behind the time, but for the number, which is last.
#[derive(Serialize)]
struct Behind<'a> {
    recorded_by: &'a RecorderId,
    schema: u32,
    source: &'a Citation,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_that_is_added_when_it_is_sealed() {
        let draft = Draft { bytes: br#"{"a":1"b":2"#.to_vec(), split: 6 };
        let last = Timestamp::from_microsecond(253_402_207_199_999_999).unwrap();
        let sealed = draft.seal(Uuid::max(), last, 9_007_199_254_740_991);
        assert_eq!(
            String::from_utf8_lossy(&sealed),
            r#"{"a":1,"id":"ffffffff-ffff-ffff-ffff-ffffffffffff","recorded_at":"9999-12-30T21:59:59.999999Z","b":2,"version":9007199254740991}"#
        );
        for version in [1, 9, 10, 99, 100, 12_345, 9_007_199_254_740_991] {
            assert_eq!(draft.seal(Uuid::max(), last, version).len(), draft.size(version));
        }
    }
}
