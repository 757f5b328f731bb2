use std::{sync::Arc, time::Duration};

use tokio::{
    sync::watch,
    time::{self, Instant},
};

use super::{FeedError, Head, Item, Live};
use crate::service::Signed;

/// How far apart checkpoints come: one covers all before it, and each is a signature.
const APART: Duration = Duration::from_secs(1);

/// Signed checkpoints of the log.
pub(crate) struct CheckpointFeed {
    live: Live,
    head: watch::Receiver<Arc<Head>>,
    /// The present one, which is told first.
    first: Option<Signed>,
    size: u64,
    told_at: Instant,
}

impl CheckpointFeed {
    pub(super) async fn begin(live: Live) -> Result<Self, FeedError> {
        let mut head = live.0.head.clone();
        head.mark_changed();
        let first = live.0.service.checkpoint().await?;
        let size = first.checkpoint.size;
        Ok(Self { live, head, first: Some(first), size, told_at: Instant::now() })
    }

    /// The next checkpoint; waits for one. `None` once the store is closed.
    pub(super) async fn next(&mut self) -> Option<Result<Item, FeedError>> {
        if let Some(first) = self.first.take() {
            return Some(Ok(Item::Checkpoint(first)));
        }
        loop {
            self.head.changed().await.ok()?;
            time::sleep_until(self.told_at + APART).await;
            self.head.borrow_and_update();
            let signed = match self.live.0.service.checkpoint().await {
                Ok(signed) => signed,
                Err(error) => return Some(Err(error.into())),
            };
            if signed.checkpoint.size > self.size {
                self.size = signed.checkpoint.size;
                self.told_at = Instant::now();
                return Some(Ok(Item::Checkpoint(signed)));
            }
        }
    }
}
