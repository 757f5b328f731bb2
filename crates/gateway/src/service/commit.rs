//! Appending what was decided: the one way into the store.

use std::{
    future::poll_fn,
    sync::{Arc, PoisonError},
    task::Poll,
    time::Instant,
};

use chancery_kernel::ConventionId;
use chancery_projections::View;
use chancery_register::{Plan, Recorded};
use chancery_store::{Append, AppendError, Commit, StreamName, Times, Version};
use uuid::Uuid;

use super::{CommitError, Service};

/// How appending has gone since the service was opened.
#[derive(Debug, Clone, Default)]
pub struct AppendFigures {
    /// How long each took until it was durable.
    pub times: Times,
    /// How many the store refused: another was first, or nothing can be written.
    pub refused: u64,
}

impl Service {
    /// How appending has gone since the service was opened.
    pub fn appends(&self) -> AppendFigures {
        self.appends.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Appends a plan as one commit, then swaps in what follows from it. The caller holds the
    /// stream's writer and has decided the plan on its present view.
    pub(super) async fn append_plan(
        &self,
        convention: &ConventionId,
        plan: &Plan,
    ) -> Result<Arc<Commit>, CommitError> {
        let together = self.appending.clone().read_owned().await;
        self.append_holding(together, convention, plan).await
    }

    /// As [`append_plan`](Self::append_plan), for the caller who has seen to it that nobody else
    /// appends.
    pub(super) async fn append_alone(
        &self,
        convention: &ConventionId,
        plan: &Plan,
    ) -> Result<Arc<Commit>, CommitError> {
        self.append_holding((), convention, plan).await
    }

    /// Appends, and holds something until the store has answered, even if the caller goes away.
    async fn append_holding(
        &self,
        held: impl Send + 'static,
        convention: &ConventionId,
        plan: &Plan,
    ) -> Result<Arc<Commit>, CommitError> {
        let view = self
            .stream_view(convention)?
            .map_or_else(|| View::empty(convention.clone()), |view| (*view).clone());
        let version = view.state().version;
        let stream: StreamName = convention.as_str().parse()?;

        // Times never decrease along the log: an append takes its place in the store's queue when
        // it is first polled, and that happens under the lock that gives out the times.
        let mut last_stamp = self.last_stamp.lock().await;
        *last_stamp = (*last_stamp).max((self.clock)());
        let envelopes = plan.seal(convention, version, *last_stamp, Uuid::now_v7);
        let sealed = envelopes.iter().zip(plan.drafts());
        let events = sealed
            .map(|(it, draft)| Arc::from(draft.seal(it.id, it.recorded_at, it.version)))
            .collect();
        let append = Append { stream, expected: Version::new(version), events };
        let store = self.store.clone();
        let began = Instant::now();
        let mut append = Box::pin(async move {
            let done = store.append(append).await;
            drop(held);
            done
        });
        let queued = poll_fn(|context| Poll::Ready(append.as_mut().poll(context))).await;
        drop(last_stamp);
        let commit = match queued {
            Poll::Ready(done) => done,
            // It ends only with the runtime.
            Poll::Pending => tokio::spawn(append).await.unwrap_or(Err(AppendError::Closed)),
        };
        {
            let mut appends = self.appends.lock().unwrap_or_else(PoisonError::into_inner);
            match &commit {
                Ok(_) => appends.times.add(began.elapsed()),
                Err(_) => appends.refused += 1,
            }
        }
        let commit = commit?;

        let recorded =
            envelopes.into_iter().zip(commit.iter()).map(|(envelope, (position, _, _))| {
                Arc::new(Recorded { position: position.get(), envelope })
            });
        self.publish(view.after_all(recorded));
        self.ledger.follow(&commit).await;
        Ok(commit)
    }
}

#[cfg(test)]
mod tests {
    use chancery_store::MemoryStore;

    use super::{super::Input, *};

    const PROFILE: &str =
        include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/../../fixtures/example/profile.yaml"));

    #[tokio::test]
    async fn what_the_store_refuses_is_counted() {
        let store = Arc::new(MemoryStore::new());
        let first = Service::open(store.clone(), |_, _| {}).await.unwrap();
        let late = Service::open(store, |_, _| {}).await.unwrap();
        let inputs = [Input::file("profile.yaml", PROFILE.to_owned()).unwrap()];
        let plans = late.plan(&inputs).unwrap();
        first.record(&inputs).await.unwrap();
        let refused = late.append_plan(inputs[0].convention(), &plans[0]).await;
        assert!(matches!(refused, Err(CommitError::Append(AppendError::Conflict { .. }))));
        let counts = |service: &Service| {
            let AppendFigures { times, refused } = service.appends();
            (times.count(), refused)
        };
        assert_eq!((counts(&first), counts(&late)), ((1, 0), (0, 1)));
    }
}
