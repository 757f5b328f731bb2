use std::{
    option,
    sync::{Mutex, PoisonError},
};

use async_graphql::{Error, ID, Result};
use futures_util::stream;

use crate::{
    graphql::{
        dials::Asked,
        error::{ErrorCode, bad_input},
        id::GlobalId,
        scalars::SafeInt,
    },
    live::{Feed, FeedError, Item, Live},
    service::ProofError,
};

/// What the library runs a subscription for.
pub(super) enum Delivery {
    /// To begin it.
    Begin(Begin),
    /// To tell one item.
    Tell(Item),
}

/// A subscription that is to begin.
pub(super) struct Begin {
    live: Live,
    /// Where the client says that it was, outside the query.
    resume: Option<u64>,
    feed: Mutex<Option<Feed>>,
}

impl Delivery {
    pub(super) fn begin(live: Live, resume: Option<u64>) -> Self {
        Self::Begin(Begin { live, resume, feed: Mutex::default() })
    }

    pub(super) fn begins(&self) -> Option<&Begin> {
        match self {
            Self::Begin(begin) => Some(begin),
            Self::Tell(_) => None,
        }
    }

    /// The item to be told, as the schema shows it.
    pub(super) fn tell<T>(
        &self,
        shown: impl FnOnce(&Item) -> Option<T>,
    ) -> stream::Iter<option::IntoIter<T>> {
        let item = match self {
            Self::Begin(_) => None,
            Self::Tell(item) => shown(item),
        };
        stream::iter(item)
    }
}

impl Begin {
    pub(super) fn live(&self) -> &Live {
        &self.live
    }

    /// The place to go on from.
    pub(super) fn after(&self, said: Option<SafeInt>) -> Option<u64> {
        self.resume.or(said.map(|position| position.0))
    }

    /// A convention that must be recorded, as it is now, by its code or its id.
    pub(super) fn convention(&self, id: &ID) -> Result<Asked> {
        let global = GlobalId::read(id);
        let code = global.as_ref().map_or(id.as_str(), |global| &global.convention);
        self.live.convention(code).map_err(|error| refused(&error))
    }

    /// Keeps what the subscription is to be told.
    pub(super) fn with(&self, feed: Result<Feed, FeedError>) -> Result<()> {
        let feed = feed.map_err(|error| refused(&error))?;
        *self.feed.lock().unwrap_or_else(PoisonError::into_inner) = Some(feed);
        Ok(())
    }

    /// What the subscription is to be told, once it was run.
    pub(super) fn begun(&self) -> Option<Feed> {
        self.feed.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Why nothing can be told.
pub(super) fn refused(error: &FeedError) -> Error {
    match error {
        FeedError::NoConvention { .. }
        | FeedError::Dial(_)
        | FeedError::Proof(ProofError::NoKey) => bad_input(error),
        FeedError::Proof(_) => ErrorCode::Internal.error(error),
    }
}
