//! Which events are about something, by a rule that anybody can apply to the stored bytes with no
//! knowledge of conventions.

use chancery_kernel::{DocumentSymbol, MeetingId, StateCode};
use serde_json::Value;

/// What a set of events is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// A meeting by its id.
    Meeting(MeetingId),
    /// A State by its code.
    State(StateCode),
    /// A document by its symbol.
    Document(DocumentSymbol),
}

impl Subject {
    /// The subject of a kind and a name, as [`kind`](Self::kind) and [`text`](Self::text) give
    /// them; `None` if it is none.
    pub fn named(kind: &str, text: &str) -> Option<Self> {
        match kind {
            "meeting" => text.parse().ok().map(Self::Meeting),
            "state" => text.parse().ok().map(Self::State),
            "document" => text.parse().ok().map(Self::Document),
            _ => None,
        }
    }

    /// Whether an event, as it is stored, is about this. Bytes that are no JSON are about nothing.
    pub fn is_in(&self, entry: &[u8]) -> bool {
        let Ok(entry) = serde_json::from_slice::<Value>(entry) else { return false };
        let cited = entry.pointer("/source/symbol").is_some_and(|symbol| self.is_said(symbol));
        cited || entry.get("data").is_some_and(|data| self.is_said(data))
    }

    /// The rule, in words that say how to apply it.
    pub fn rule(&self) -> String {
        let how = match self {
            Self::Document(_) => "is the whole of",
            Self::Meeting(_) | Self::State(_) => {
                "stands in, with no letter, digit, `-` or `_` directly before or after it,"
            }
        };
        format!(
            "an event belongs to the set if `{}` {how} a text or the name of a field anywhere in its `data`, or its `source.symbol`",
            self.text()
        )
    }

    /// What is looked for.
    pub fn text(&self) -> &str {
        match self {
            Self::Meeting(id) => id.as_str(),
            Self::State(code) => code.as_str(),
            Self::Document(symbol) => symbol.as_str(),
        }
    }

    /// What kind of thing it is: `meeting`, `state`, `document`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Meeting(_) => "meeting",
            Self::State(_) => "state",
            Self::Document(_) => "document",
        }
    }

    fn is_said(&self, value: &Value) -> bool {
        match value {
            Value::String(text) => self.is_text(text),
            Value::Array(items) => items.iter().any(|item| self.is_said(item)),
            Value::Object(fields) => {
                fields.iter().any(|(name, value)| self.is_text(name) || self.is_said(value))
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }

    fn is_text(&self, text: &str) -> bool {
        let wanted = self.text();
        if let Self::Document(_) = self {
            return text == wanted;
        }
        let joins = |it: char| it.is_alphanumeric() || it == '-' || it == '_';
        text.match_indices(wanted).any(|(at, _)| {
            let (before, after) = (&text[..at], &text[at + wanted.len()..]);
            !before.ends_with(joins) && !after.starts_with(joins)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_found_as_a_word_and_a_document_as_a_whole() {
        let check = |subject: &Subject, data: &str, found: bool| {
            let entry = format!(r#"{{"data":{data},"source":{{"symbol":"A/1"}}}}"#);
            assert_eq!(subject.is_in(entry.as_bytes()), found, "{data}");
        };
        let meeting = Subject::Meeting("7msp".parse().unwrap());
        check(&meeting, r#"{"meeting":"7msp"}"#, true);
        check(&meeting, r#"{"until":"the end of 7msp"}"#, true);
        check(&meeting, r#"{"meeting":"17msp"}"#, false);
        check(&meeting, r#"{"id":"7msp-1"}"#, false);
        check(&meeting, "[7]", false);
        let state = Subject::State("ZMB".parse().unwrap());
        check(&state, r#"{"rates":{"ZMB":"0.1"}}"#, true);
        check(&state, r#"{"states":["AUT",["ZMB"]]}"#, true);
        let document = Subject::Document("A/1".parse().unwrap());
        check(&document, "{}", true);
        assert!(!Subject::Document("A/12".parse().unwrap()).is_in(br#"{"data":["A/1"]}"#));
        assert!(!document.is_in(b"no json"));
    }
}
