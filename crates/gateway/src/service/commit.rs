//! Appending what was decided: the one way into the store.

use std::{future::poll_fn, sync::Arc, task::Poll};

use chancery_kernel::ConventionId;
use chancery_projections::View;
use chancery_register::{Plan, Recorded};
use chancery_store::{Append, Commit, StreamName, Version};
use uuid::Uuid;

use super::{CommitError, Service};

impl Service {
    /// Appends a plan as one commit, then swaps in what follows from it. The caller holds the
    /// stream's writer and has decided the plan on its present view.
    pub(super) async fn append_plan(
        &self,
        convention: &ConventionId,
        plan: &Plan,
    ) -> Result<Arc<Commit>, CommitError> {
        let view = self
            .stream_view(convention)
            .map_or_else(|| View::empty(convention.clone()), |view| (*view).clone());
        let version = view.state().version;
        let stream: StreamName = convention.as_str().parse()?;

        // Times never decrease along the log: an append takes its place in the store's queue when
        // it is first polled, and that happens under the lock that gives out the times.
        let mut last_stamp = self.last_stamp.lock().await;
        *last_stamp = (*last_stamp).max((self.clock)());
        let envelopes = plan.seal(convention, version, *last_stamp, Uuid::now_v7);
        let events = envelopes
            .iter()
            .map(|envelope| envelope.encode().map(Arc::from))
            .collect::<Result<_, _>>()?;
        let mut append =
            self.store.append(Append { stream, expected: Version::new(version), events });
        let queued = poll_fn(|context| Poll::Ready(append.as_mut().poll(context))).await;
        drop(last_stamp);
        let commit = match queued {
            Poll::Ready(done) => done,
            Poll::Pending => append.await,
        }?;

        let recorded =
            envelopes.into_iter().zip(commit.iter()).map(|(envelope, (position, _, _))| {
                Arc::new(Recorded { position: position.get(), envelope })
            });
        self.publish(view.after_all(recorded));
        // The commit is durable, whatever becomes of the tree: the next one to ask has it go on.
        if let Err(error) = self.ledger.current().await {
            tracing::warn!(%error, "the tree does not keep up with the log");
        }
        Ok(commit)
    }
}
