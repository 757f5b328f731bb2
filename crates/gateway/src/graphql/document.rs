use async_graphql::{ID, Object, Result};
use chancery_gateway_macros::direct;
use chancery_kernel::{DecisionId, DocumentSymbol, MeetingId};
use chancery_projections::DocumentAt;

use super::{
    dials::Asked,
    id::{Kind, global},
    page::{Connection, PageArgs, connect},
    participant::{State, states},
    scalars::PartialDate,
    source::Source,
};

/// A document.
pub(super) struct Document {
    asked: Asked,
    it: DocumentAt,
}

impl Document {
    /// A document, with what its ids are made from.
    pub(super) fn new(asked: &Asked, it: DocumentAt) -> Self {
        Self { asked: asked.clone(), it }
    }
}

/// A document that had been issued by the day asked about.
#[direct]
#[Object]
impl Document {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Document, &self.asked, self.it.symbol.as_str())
    }

    /// Its symbol as printed: `CCM/MSP/2017/12`.
    async fn symbol(&self) -> &str {
        self.it.symbol.as_str()
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.it.title
    }

    /// The code of the meeting that it was issued for.
    async fn meeting(&self) -> Option<&str> {
        self.it.meeting.as_ref().map(MeetingId::as_str)
    }

    /// The States that prepared or submitted it.
    async fn states(&self) -> Vec<State> {
        states(&self.asked, &self.it.states)
    }

    /// When it was issued, as precisely as that is known.
    async fn issued(&self) -> PartialDate {
        PartialDate(self.it.issued)
    }

    /// The symbol of the document that it supersedes: the one whose symbol it extends by `/Rev.n`.
    async fn revises(&self) -> Option<&str> {
        self.it.revises.as_ref().map(DocumentSymbol::as_str)
    }

    /// Symbols of later versions of it.
    async fn revised_by(&self) -> Vec<&str> {
        self.it.revised_by.iter().map(DocumentSymbol::as_str).collect()
    }

    /// Codes of the meetings that considered it.
    async fn considered_by(&self) -> Vec<&str> {
        self.it.considered_by.iter().map(MeetingId::as_str).collect()
    }

    /// Codes of the decisions that adopted it.
    async fn adopted_by(&self) -> Vec<&str> {
        self.it.adopted_by.iter().map(DecisionId::as_str).collect()
    }

    /// Codes of the decisions that adopted another text to be issued as this one.
    async fn issued_after(&self) -> Vec<&str> {
        self.it.issued_after.iter().map(DecisionId::as_str).collect()
    }

    /// The place that proves it.
    async fn source(&self) -> Option<Source> {
        self.it.source.as_ref().map(Source::from)
    }
}

/// A page of documents.
pub(super) fn documents(
    asked: &Asked,
    documents: Vec<DocumentAt>,
    page: &PageArgs,
) -> Result<Connection<Document>> {
    let key = |document: &DocumentAt| document.symbol.to_string();
    connect("documents", documents, key, page, |it| Document::new(asked, it))
}
