use async_graphql::SimpleObject;
use chancery_gateway_macros::Direct;
use chancery_kernel::{Citation, Place};

/// The place in a document that proves a fact. Exactly one kind of place is set.
#[derive(SimpleObject, Direct, Default)]
pub(super) struct Source {
    /// The document: its symbol, or its description where it has none.
    symbol: String,
    /// A numbered paragraph, with its sub-paragraph: `23`, `50(a)`.
    paragraph: Option<String>,
    /// A footnote by its number: `5`.
    footnote: Option<String>,
    /// An item of an annex: `I.3`.
    annex: Option<String>,
    /// An article of a treaty, with its paragraph: `17(1)`.
    article: Option<String>,
    /// An entry of a list: `BEN`.
    entry: Option<String>,
    /// Document and place in one line: `CCM/MSP/2017/12, ¶23`.
    cited: String,
}

impl From<&Citation> for Source {
    fn from(citation: &Citation) -> Self {
        let mut source = Self {
            symbol: citation.symbol.to_string(),
            cited: citation.to_string(),
            ..Self::default()
        };
        let number = Some(citation.place.number().to_owned());
        match &citation.place {
            Place::Paragraph(_) => source.paragraph = number,
            Place::Footnote(_) => source.footnote = number,
            Place::Annex(_) => source.annex = number,
            Place::Article(_) => source.article = number,
            Place::Entry(_) => source.entry = number,
        }
        source
    }
}

/// The sources of a fact that rests on several places.
pub(super) fn sources(citations: &[Citation]) -> Vec<Source> {
    citations.iter().map(Source::from).collect()
}
