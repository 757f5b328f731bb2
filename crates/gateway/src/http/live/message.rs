//! The messages of `graphql-transport-ws`.

use serde::Deserialize;
use serde_json::{Map, Value, json};

/// The WebSocket subprotocol.
pub(super) const PROTOCOL: &str = "graphql-transport-ws";

/// The longest id of an operation, in bytes: every message of its repeats it.
const MAX_ID_BYTES: usize = 256;

/// What a client says.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum ClientMessage {
    ConnectionInit {
        /// Nothing in it is asked for: what is subscribed to is public.
        #[allow(dead_code, reason = "its form is checked")]
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Ping {
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Pong {
        #[allow(dead_code, reason = "its form is checked")]
        #[serde(default)]
        payload: Option<Map<String, Value>>,
    },
    Subscribe {
        id: String,
        payload: Map<String, Value>,
    },
    Complete {
        id: String,
    },
}

/// Why the server closes a socket: a code, and words of at most 123 bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Close {
    pub(super) code: u16,
    pub(super) reason: String,
}

impl Close {
    pub(super) fn new(code: u16, reason: impl Into<String>) -> Self {
        let mut reason = reason.into();
        reason.truncate(reason.floor_char_boundary(123));
        Self { code, reason }
    }

    /// The message is none of the protocol's.
    pub(super) fn invalid(reason: impl Into<String>) -> Self {
        Self::new(4400, reason)
    }
}

impl ClientMessage {
    /// # Errors
    /// The code of an invalid message.
    pub(super) fn read(text: &str) -> Result<Self, Close> {
        let message: Self = serde_json::from_str(text)
            .map_err(|error| Close::invalid(format!("not a message of {PROTOCOL}: {error}")))?;
        let id = match &message {
            Self::Subscribe { id, .. } | Self::Complete { id } => id,
            _ => return Ok(message),
        };
        match id.len() {
            0 => Err(Close::invalid("the id is empty")),
            1..=MAX_ID_BYTES => Ok(message),
            bytes => Err(Close::invalid(format!(
                "the id has {bytes} bytes; at most {MAX_ID_BYTES} are taken"
            ))),
        }
    }
}

/// The connection is taken.
pub(super) fn ack() -> String {
    json!({ "type": "connection_ack" }).to_string()
}

/// The answer to a ping.
pub(super) fn pong(payload: Option<Map<String, Value>>) -> String {
    match payload {
        Some(payload) => json!({ "type": "pong", "payload": payload }).to_string(),
        None => json!({ "type": "pong" }).to_string(),
    }
}

/// An answer, which is JSON already.
pub(super) fn next(id: &str, answer: &[u8]) -> Vec<u8> {
    let id = Value::from(id).to_string();
    [b"{\"id\":", id.as_bytes(), b",\"type\":\"next\",\"payload\":", answer, b"}"].concat()
}

/// Nothing was run, or nothing more can be told.
pub(super) fn error(id: &str, errors: &impl serde::Serialize) -> String {
    json!({ "id": id, "type": "error", "payload": errors }).to_string()
}

/// There will be no more.
pub(super) fn complete(id: &str) -> String {
    json!({ "id": id, "type": "complete" }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn invalid(text: &str, says: &str) {
        let close = ClientMessage::read(text).unwrap_err();
        assert_eq!(close.code, 4400);
        assert!(close.reason.contains(says) && close.reason.len() <= 123, "{close:?}");
    }

    #[test]
    fn what_is_no_message_is_told_why() {
        invalid("", "EOF");
        invalid("[]", "not a message");
        invalid("{}", "missing field `type`");
        invalid(r#"{"type":"start","id":"1","payload":{}}"#, "unknown variant `start`");
        invalid(r#"{"type":"connection_init","payload":"key"}"#, "invalid type");
        invalid(r#"{"type":"subscribe","payload":{}}"#, "missing field `id`");
        invalid(r#"{"type":"subscribe","id":1,"payload":{}}"#, "invalid type");
        invalid(r#"{"type":"subscribe","id":"1"}"#, "missing field `payload`");
        invalid(r#"{"type":"complete","id":""}"#, "empty");
        invalid(&json!({ "type": "complete", "id": "é".repeat(200) }).to_string(), "400 bytes");
        invalid(&format!(r#"{{"type":"ping","payload":{}"#, "[".repeat(5000)), "recursion");
        invalid(&format!(r#"{{"type":"{}"}}"#, "é".repeat(200)), "unknown variant");
    }

    #[test]
    fn the_protocols_own_are_read() {
        for text in [
            r#"{"type":"connection_init"}"#,
            r#"{"type":"connection_init","payload":null}"#,
            r#"{"type":"connection_init","payload":{"key":"value"}}"#,
            r#"{"type":"ping"}"#,
            r#"{"type":"pong","payload":{}}"#,
            r#"{"type":"complete","id":"1"}"#,
            r#"{"id":"1","payload":{"query":"{a}"},"type":"subscribe"}"#,
        ] {
            assert!(ClientMessage::read(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn an_answer_is_put_into_its_message_as_it_is() {
        let text = next("a\"b", br#"{"data":{"a":1}}"#);
        let message: Value = serde_json::from_slice(&text).unwrap();
        assert_eq!(
            message,
            json!({ "id": "a\"b", "type": "next", "payload": { "data": { "a": 1 } } })
        );
    }
}
