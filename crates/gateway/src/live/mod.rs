//! What happens, as it happens.
//!
//! One task follows the log and makes a [`Head`] of it after each commit: how far the views have
//! come, and the last few commits. Everybody who subscribes has a place of their own in the log and
//! pulls from there: what is at hand from the head, what is older from the views. So nothing is
//! stored up for one who is slow, and who comes back goes on at the place that they name.

mod checkpoints;
mod events;
mod follow;
mod head;
mod places;
mod status;
#[cfg(test)]
mod tests;

use std::{sync::Arc, thread, time::Duration};

use axum::body::Bytes;
use chancery_kernel::ConventionId;
use chancery_register::Recorded;
use quick_cache::{Weighter, sync::Cache};
use tokio::{
    sync::{Semaphore, watch},
    task::JoinSet,
    time,
};

use self::{
    checkpoints::CheckpointFeed, events::EventFeed, follow::Follower, head::Head, places::Places,
    status::StatusFeed,
};
pub(crate) use self::{events::EventsAsk, status::StatusChange};
use crate::service::{Asked, DialError, Dials, ProofError, Service, Signed};

/// What the payloads that are kept come to, in bytes: those of the last commits, for as many
/// different subscriptions as there may be.
const MAX_PAYLOAD_BYTES: u64 = 8 << 20;

/// The log as it grows. A clone is cheap; following ends with the last one.
#[derive(Clone)]
pub(crate) struct Live(Arc<Inner>);

struct Inner {
    service: Arc<Service>,
    head: watch::Receiver<Arc<Head>>,
    places: Places,
    snapshots: status::Snapshots,
    payloads: Cache<PayloadKey, Bytes, Length>,
    /// How many payloads may be made at a time: subscribers who catch up leave the processors to
    /// others as well.
    making: Arc<Semaphore>,
    _follower: JoinSet<()>,
}

/// How long to wait for what is stored to be told.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a payload depends on: the subscription, but for where it began, and the item.
pub(crate) type PayloadKey = [u8; 32];

/// One thing that happened.
#[derive(Clone)]
pub(crate) enum Item {
    /// An event was appended. It is shown with a view that holds it.
    Event(Asked, Arc<Recorded>),
    /// States stand otherwise than before.
    Status(Arc<StatusChange>),
    /// The log has a new signed checkpoint.
    Checkpoint(Signed),
}

/// What one subscription is told, one thing after the other.
pub(crate) enum Feed {
    Events(EventFeed),
    Status(StatusFeed),
    Checkpoints(CheckpointFeed),
}

/// Why a subscription cannot begin, or go on.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FeedError {
    /// A convention that is not recorded.
    #[error("no convention `{asked}` is recorded; {known}")]
    NoConvention {
        /// What was asked for.
        asked: String,
        /// What there is.
        known: String,
    },
    /// A position that the log does not have, or a log that cannot be read.
    #[error(transparent)]
    Dial(#[from] DialError),
    /// No checkpoint can be signed.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

impl Live {
    /// Follows the log of a service from here on. Must be called within a runtime.
    pub(crate) fn follow(service: Arc<Service>) -> Self {
        let (follower, head) = Follower::new(service.clone());
        let mut task = JoinSet::new();
        task.spawn(follower.run());
        let cores = thread::available_parallelism().map_or(2, usize::from);
        Self(Arc::new(Inner {
            service,
            head,
            places: Places::default(),
            snapshots: status::snapshots(),
            payloads: Cache::with_weighter(1_000, MAX_PAYLOAD_BYTES, Length),
            making: Arc::new(Semaphore::new(cores)),
            _follower: task,
        }))
    }

    /// The events that `ask` names.
    ///
    /// # Errors
    /// A convention or a position that there is not.
    pub(crate) async fn events(&self, ask: EventsAsk) -> Result<Feed, FeedError> {
        self.catch_up().await;
        EventFeed::begin(self.clone(), ask).map(Feed::Events)
    }

    /// Changes of how States stand towards a convention: since what was known after a position of
    /// the log, or from now on.
    ///
    /// # Errors
    /// A convention or a position that there is not.
    pub(crate) async fn status(
        &self,
        convention: ConventionId,
        after: Option<u64>,
    ) -> Result<Feed, FeedError> {
        self.catch_up().await;
        StatusFeed::begin(self.clone(), convention, after).map(Feed::Status)
    }

    /// Signed checkpoints: the present one, then new ones.
    ///
    /// # Errors
    /// Nobody signs for the log.
    pub(crate) async fn checkpoints(&self) -> Result<Feed, FeedError> {
        CheckpointFeed::begin(self.clone()).await.map(Feed::Checkpoints)
    }

    /// Waits until what is stored now can be told: who has just recorded something may name its
    /// position.
    async fn catch_up(&self) {
        let Ok(stored) = self.0.service.store().head().await else { return };
        let mut head = self.0.head.clone();
        // A log that cannot be read is told of where it is read.
        let _ = time::timeout(PATIENCE, head.wait_for(|it| it.next >= stored.next.get())).await;
    }

    /// By how many events the one that is furthest behind is behind.
    pub(crate) fn behind(&self) -> u64 {
        self.0.places.furthest_behind(self.0.head.borrow().next)
    }

    /// A payload as it was made before, or made now, once for all who wait for it. `make` gives
    /// what is not to be kept as an error.
    pub(crate) async fn payload(
        &self,
        key: &PayloadKey,
        make: impl Future<Output = Result<Bytes, Bytes>>,
    ) -> Bytes {
        let made = async {
            // The semaphore is never closed.
            let _turn = self.0.making.acquire().await;
            make.await
        };
        match self.0.payloads.get_or_insert_async(key, made).await {
            Ok(payload) | Err(payload) => payload,
        }
    }

    /// The convention of this id, as it is recorded now.
    pub(crate) fn convention(&self, id: &str) -> Result<Asked, FeedError> {
        let moment = self.0.service.moment();
        moment.ask(id, Dials::default())?.ok_or_else(|| {
            let known: Vec<&str> = moment.conventions().map(ConventionId::as_str).collect();
            let known = match known.as_slice() {
                [] => "none is recorded yet".to_owned(),
                known => format!("there is `{}`", known.join("`, `")),
            };
            FeedError::NoConvention { asked: id.chars().take(80).collect(), known }
        })
    }
}

impl Feed {
    /// The next thing that happened; waits for it. `None` once the store is closed.
    ///
    /// # Errors
    /// Nothing more can be told.
    pub(crate) async fn next(&mut self) -> Option<Result<Item, FeedError>> {
        match self {
            Self::Events(feed) => feed.next().await,
            Self::Status(feed) => feed.next().await,
            Self::Checkpoints(feed) => feed.next().await,
        }
    }
}

impl Item {
    /// Where the log stood when it had happened: who comes back names it to go on from there.
    pub(crate) fn position(&self) -> Option<u64> {
        match self {
            Self::Event(_, recorded) => Some(recorded.position),
            Self::Status(change) => Some(change.asked.known().position),
            Self::Checkpoint(signed) => signed.checkpoint.size.checked_sub(1),
        }
    }

    /// What a payload of it depends on, besides the query.
    pub(crate) fn tag(&self) -> String {
        match self {
            Self::Event(asked, recorded) => {
                let known = asked.known().position;
                format!("event {} known at {known} on {}", recorded.position, asked.day())
            }
            Self::Status(change) => change.tag(),
            Self::Checkpoint(signed) => format!("checkpoint {}", signed.note),
        }
    }
}

#[derive(Clone)]
struct Length;

impl Weighter<PayloadKey, Bytes> for Length {
    fn weight(&self, _: &PayloadKey, payload: &Bytes) -> u64 {
        payload.len() as u64 + 100
    }
}
