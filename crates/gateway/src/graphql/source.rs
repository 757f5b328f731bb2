use async_graphql::Object;
use chancery_gateway_macros::direct;
use chancery_kernel::{Citation, Place};

/// The place in a document that proves a fact.
pub(super) struct Source(Citation);

impl From<&Citation> for Source {
    fn from(citation: &Citation) -> Self {
        Self(citation.clone())
    }
}

/// The place in a document that proves a fact. Exactly one kind of place is set.
#[direct]
#[Object]
impl Source {
    /// The document: its symbol, or its description where it has none.
    async fn symbol(&self) -> &str {
        self.0.symbol.as_str()
    }

    /// A numbered paragraph, with its sub-paragraph: `23`, `50(a)`.
    async fn paragraph(&self) -> Option<&str> {
        self.number(matches!(self.0.place, Place::Paragraph(_)))
    }

    /// A footnote by its number: `5`.
    async fn footnote(&self) -> Option<&str> {
        self.number(matches!(self.0.place, Place::Footnote(_)))
    }

    /// An item of an annex: `I.3`.
    async fn annex(&self) -> Option<&str> {
        self.number(matches!(self.0.place, Place::Annex(_)))
    }

    /// An article of a treaty, with its paragraph: `17(1)`.
    async fn article(&self) -> Option<&str> {
        self.number(matches!(self.0.place, Place::Article(_)))
    }

    /// An entry of a list: `BEN`.
    async fn entry(&self) -> Option<&str> {
        self.number(matches!(self.0.place, Place::Entry(_)))
    }

    /// Document and place in one line: `CCM/MSP/2017/12, ¶23`.
    async fn cited(&self) -> String {
        self.0.to_string()
    }
}

impl Source {
    fn number(&self, is_set: bool) -> Option<&str> {
        is_set.then(|| self.0.place.number())
    }
}

/// The sources of a fact that rests on several places.
pub(super) fn sources(citations: &[Citation]) -> Vec<Source> {
    citations.iter().map(Source::from).collect()
}
