use chancery_kernel::{Citation, ConventionId, PartialDate, RecorderId, canonical::CanonicalError};
use jiff::Timestamp;
use serde::Deserialize;
use serde_json::value::RawValue;
use uuid::Uuid;

use crate::{draft::Draft, event::Event};

/// An event as it is stored: the act, who recorded it when, and the paragraph that proves it.
///
/// Its bytes are canonical JSON (RFC 8785). They are what is hashed; nothing re-serialises them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Envelope {
    /// The event's own id, a version 7 UUID.
    pub id: Uuid,
    /// The convention whose stream it is in.
    pub convention: ConventionId,
    /// Its number in that stream, from 1.
    pub version: u64,
    /// When it was recorded.
    pub recorded_at: Timestamp,
    /// Who recorded it.
    pub recorded_by: RecorderId,
    /// When the act was done, as the source says.
    pub effective: PartialDate,
    /// The place that proves it.
    pub source: Citation,
    /// The command that it came from, a version 5 UUID of what was asked.
    pub command: Uuid,
    /// The act.
    pub event: Event,
}

/// An event with its place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// Its place in the log, from 0.
    pub position: u64,
    /// The event.
    pub envelope: Envelope,
}

/// Why stored bytes are not an event.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    /// Not JSON, or not of this form.
    #[error("the event at position {position} cannot be read: {source}")]
    Malformed {
        /// Where.
        position: u64,
        /// What is wrong.
        source: serde_json::Error,
    },
    /// A type or schema that this program does not know: it is never skipped.
    #[error(
        "the event at position {position} is of type `{kind}`, schema {schema}, which this version of chancery does not know; a newer one wrote it"
    )]
    Unknown {
        /// Where.
        position: u64,
        /// The type.
        kind: String,
        /// The schema.
        schema: u32,
    },
}

impl Envelope {
    /// The canonical bytes.
    ///
    /// # Errors
    /// None in practice: events hold text, whole numbers and truth values only.
    pub fn encode(&self) -> Result<Vec<u8>, CanonicalError> {
        Ok(Draft::of(self)?.seal(self.id, self.recorded_at, self.version))
    }

    /// The same, with the names that an event before it says too held once for both. Most events
    /// are recorded by whom the one before was, from the same source.
    #[must_use]
    pub fn sharing(mut self, before: &Self) -> Self {
        fn share<T: Clone + PartialEq>(own: &mut T, other: &T) {
            if own == other {
                own.clone_from(other);
            }
        }
        share(&mut self.convention, &before.convention);
        share(&mut self.recorded_by, &before.recorded_by);
        share(&mut self.source.symbol, &before.source.symbol);
        self
    }

    /// Reads the bytes stored at a position.
    ///
    /// # Errors
    /// Bytes of another form, or a type or schema that is not known.
    pub fn decode(position: u64, bytes: &[u8]) -> Result<Self, DecodeError> {
        let malformed = |source| DecodeError::Malformed { position, source };
        let stored: Stored<Box<RawValue>> = serde_json::from_slice(bytes).map_err(malformed)?;
        let mut data = serde_json::Deserializer::from_str(stored.data.get());
        let event = Event::read(&stored.kind, stored.schema, &mut data)
            .ok_or_else(|| DecodeError::Unknown {
                position,
                kind: stored.kind.clone(),
                schema: stored.schema,
            })?
            .map_err(malformed)?;
        Ok(Self {
            id: stored.id,
            convention: stored.convention,
            version: stored.version,
            recorded_at: stored.recorded_at,
            recorded_by: stored.recorded_by,
            effective: stored.effective,
            source: stored.source,
            command: stored.command,
            event,
        })
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored<Data> {
    id: Uuid,
    convention: ConventionId,
    version: u64,
    recorded_at: Timestamp,
    recorded_by: RecorderId,
    effective: PartialDate,
    source: Citation,
    command: Uuid,
    #[serde(rename = "type")]
    kind: String,
    schema: u32,
    data: Data,
}
