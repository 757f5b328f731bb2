use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DocumentSymbol, Text};

/// Where a fact is proved: a document, and the place in it.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Citation {
    /// The document: its symbol, or its description where it has none.
    pub symbol: DocumentSymbol,
    /// The place in it.
    #[serde(flatten)]
    pub place: Place,
}

/// A place in a document. One kind each: a fact rests on one place.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Place {
    /// A numbered paragraph, with its sub-paragraph: `23`, `50(a)`.
    Paragraph(Text),
    /// A footnote by its number: `5`.
    Footnote(Text),
    /// An item of an annex: `I.3`, `II CCM/MSP/2017/4`.
    Annex(Text),
    /// An article of a treaty, with its paragraph: `17(1)`.
    Article(Text),
    /// An entry of a list: `BEN`.
    Entry(Text),
}

impl Place {
    /// The number or name within its kind.
    pub fn number(&self) -> &str {
        match self {
            Self::Paragraph(text)
            | Self::Footnote(text)
            | Self::Annex(text)
            | Self::Article(text)
            | Self::Entry(text) => text,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Paragraph(number) => write!(f, "¶{number}"),
            Self::Footnote(number) => write!(f, "footnote {number}"),
            Self::Annex(number) => write!(f, "annex {number}"),
            Self::Article(number) => write!(f, "article {number}"),
            Self::Entry(name) => write!(f, "entry {name}"),
        }
    }
}

impl fmt::Display for Citation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.symbol, self.place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_place_stands_beside_the_symbol() {
        let json = r#"{"symbol":"CCM/MSP/2017/12","paragraph":"23"}"#;
        let citation: Citation = serde_json::from_str(json).unwrap();
        assert_eq!(citation.to_string(), "CCM/MSP/2017/12, ¶23");
        assert_eq!(serde_json::to_string(&citation).unwrap(), json);
    }
}
