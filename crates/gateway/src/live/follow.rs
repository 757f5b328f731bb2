use std::{sync::Arc, time::Duration};

use chancery_register::journal::JOURNAL;
use chancery_store::Commit;
use tokio::{sync::watch, time};

use super::head::{Appended, Head};
use crate::service::{LoadError, Service};

/// How long to wait before something that failed is tried again.
const RETRY: Duration = Duration::from_secs(5);

/// How often to look whether the day has turned: a clock may be set, and a machine may sleep.
const LOOK: Duration = Duration::from_secs(1);

/// Whoever follows the log, for all who subscribe.
pub(super) struct Follower {
    service: Arc<Service>,
    head: watch::Sender<Arc<Head>>,
}

impl Follower {
    pub(super) fn new(service: Arc<Service>) -> (Self, watch::Receiver<Arc<Head>>) {
        let head = Head::new(service.opened_at().get(), service.today());
        let (head, follows) = watch::channel(Arc::new(head));
        (Self { service, head }, follows)
    }

    /// Follows until the store is closed.
    pub(super) async fn run(self) {
        let mut log = self.service.store().subscribe(self.service.opened_at());
        let mut look = time::interval(LOOK);
        loop {
            tokio::select! {
                commit = log.next() => match commit {
                    None => return,
                    Some(Ok(commit)) => self.take(&commit).await,
                    Some(Err(error)) => {
                        tracing::error!(%error, "the log cannot be followed; it is tried again");
                        time::sleep(RETRY).await;
                    }
                },
                _ = look.tick() => self.look(),
            }
        }
    }

    /// Takes in a commit as soon as a view holds it. Nothing that comes later is told before.
    async fn take(&self, commit: &Commit) {
        loop {
            match self.appended(commit).await {
                Ok(appended) => {
                    let head = self.head.borrow().after(appended);
                    self.head.send_replace(Arc::new(head));
                    return;
                }
                Err(error) => {
                    tracing::error!(%error, "an event cannot be taken in; it is tried again");
                    time::sleep(RETRY).await;
                }
            }
        }
    }

    async fn appended(&self, commit: &Commit) -> Result<Appended, LoadError> {
        let (first, next) = (commit.first.get(), commit.next().get());
        let view = self.service.holding(commit).await?;
        // The journal is no convention: nothing of it is told.
        let asked = view
            .filter(|view| view.convention().as_str() != JOURNAL)
            .and_then(|view| self.service.present(view));
        let versions = commit.first_version.next().get()..=commit.version().get();
        let events = asked.as_ref().map_or_else(Vec::new, |asked| {
            versions.filter_map(|version| asked.view().recorded(version).cloned()).collect()
        });
        Ok(Appended { first, next, asked, events })
    }

    /// Tells when the day has turned.
    fn look(&self) {
        let today = self.service.today();
        if self.head.borrow().today != today {
            self.head.send_modify(|head| Arc::make_mut(head).today = today);
        }
    }
}
