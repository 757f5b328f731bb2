use async_graphql::{ID, Object, Result};
use chancery_gateway_macros::direct;
use chancery_kernel::{DecisionId, DocumentSymbol};
use chancery_projections::DocumentAt;

use super::{
    page::{Connection, PageArgs, connect},
    participant::{State, states},
    scalars::PartialDate,
    source::Source,
};

/// A document.
pub(super) struct Document(pub(super) DocumentAt);

/// A document that had been issued by the day asked about.
#[direct]
#[Object]
impl Document {
    /// Its symbol as printed: `CCM/MSP/2017/12`.
    async fn symbol(&self) -> &str {
        self.0.symbol.as_str()
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The id of the meeting that it was issued for.
    async fn meeting(&self) -> Option<ID> {
        self.0.meeting.as_ref().map(|it| it.as_str().into())
    }

    /// The States that prepared or submitted it.
    async fn states(&self) -> Vec<State> {
        states(&self.0.states)
    }

    /// When it was issued, as precisely as that is known.
    async fn issued(&self) -> PartialDate {
        PartialDate(self.0.issued)
    }

    /// The symbol of the document that it supersedes: the one whose symbol it extends by `/Rev.n`.
    async fn revises(&self) -> Option<&str> {
        self.0.revises.as_ref().map(DocumentSymbol::as_str)
    }

    /// Symbols of later versions of it.
    async fn revised_by(&self) -> Vec<&str> {
        self.0.revised_by.iter().map(DocumentSymbol::as_str).collect()
    }

    /// Ids of the meetings that considered it.
    async fn considered_by(&self) -> Vec<ID> {
        let meetings = self.0.considered_by.iter();
        meetings.map(|it| it.as_str().into()).collect()
    }

    /// Ids of the decisions that adopted it.
    async fn adopted_by(&self) -> Vec<ID> {
        ids(&self.0.adopted_by)
    }

    /// Ids of the decisions that adopted another text to be issued as this one.
    async fn issued_after(&self) -> Vec<ID> {
        ids(&self.0.issued_after)
    }

    /// The place that proves it.
    async fn source(&self) -> Option<Source> {
        self.0.source.as_ref().map(Source::from)
    }
}

/// A page of documents.
pub(super) fn documents(
    documents: Vec<DocumentAt>,
    page: &PageArgs,
) -> Result<Connection<Document>> {
    let key = |document: &DocumentAt| document.symbol.to_string();
    connect("documents", documents, key, page, Document)
}

fn ids(decisions: &[DecisionId]) -> Vec<ID> {
    decisions.iter().map(|it| it.as_str().into()).collect()
}
