use std::sync::Arc;

use async_graphql::{Object, Result, SimpleObject};

use crate::{
    graphql::{
        convention::Convention,
        error::ErrorCode,
        finding::Finding,
        log::Log,
        page::{FEW, cost_of_window, int, window},
        scalars::SafeInt,
    },
    service::{Dials, Done, Service},
};

/// What recording came to.
pub(super) struct RecordPayload {
    service: Arc<Service>,
    done: Done,
}

/// What became of the facts.
#[derive(SimpleObject)]
pub(super) struct Receipt {
    /// Facts that are new.
    facts: i32,
    /// Facts that had been recorded before.
    known: i32,
    /// Events that were appended; of a dry run, that would be.
    events: i32,
    /// The position in the log of the first of them; null if there is none.
    first_position: Option<SafeInt>,
    /// The position of the last of them; null if there is none.
    last_position: Option<SafeInt>,
    /// The convention's version after it: what the next `expectedVersion` is. Of a dry run, as it
    /// would be.
    version: SafeInt,
}

impl RecordPayload {
    pub(super) fn of(service: Arc<Service>, done: Done) -> Self {
        Self { service, done }
    }

    fn last_position(&self) -> Option<u64> {
        let it = &self.done.receipt;
        it.first_position.map(|first| first + (it.events as u64).saturating_sub(1))
    }
}

/// What recording came to. The same request with the same idempotency key gets the same receipt and
/// the same findings.
#[Object]
impl RecordPayload {
    /// What became of the facts.
    async fn receipt(&self) -> Result<Receipt> {
        let it = &self.done.receipt;
        Ok(Receipt {
            facts: int(it.facts)?,
            known: int(it.known)?,
            events: int(it.events)?,
            first_position: it.first_position.map(SafeInt),
            last_position: self.last_position().map(SafeInt),
            version: SafeInt(self.done.version()),
        })
    }

    /// What of it contradicts something, among itself or with what was recorded before: what was
    /// recorded is recorded all the same. Of a dry run, what would.
    #[graphql(complexity = "cost_of_window(limit, FEW, child_complexity)")]
    async fn findings(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Finding>> {
        let Some(asked) = self.service.moment().ask_view(self.done.after.clone()) else {
            return Ok(Vec::new());
        };
        let found = window(self.done.findings(), limit, offset)?;
        Ok(found.into_iter().map(|it| Finding::of(&asked, it)).collect())
    }

    /// The convention as it is recorded now; null if it is not.
    async fn convention(&self) -> Result<Option<Convention>> {
        let id = self.done.after.convention();
        let asked = self.service.moment().ask(id.as_str(), Dials::default());
        Ok(asked.map_err(|error| ErrorCode::Internal.error(error))?.map(Convention))
    }

    /// The log up to the last event that was appended, with its signed checkpoint: keep it, and
    /// nobody can leave the event out again unseen. The whole log if nothing was appended; null if
    /// nobody signs for it.
    async fn log(&self) -> Result<Option<Log>> {
        let size = match self.last_position() {
            Some(last) => last + 1,
            None => self.service.folded(),
        };
        Log::up_to(self.service.clone(), size).await
    }
}
