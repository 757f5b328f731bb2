//! Answers that go on: subscriptions over WebSockets (`graphql-transport-ws`) and as server-sent
//! events (`graphql-sse`, a connection for each operation). Queries may be sent over both, mutations
//! over neither.
//!
//! Neither stores up anything for a client: the next answer is made when the last one was taken.

pub(super) mod events;
mod message;
mod operation;
mod origin;
pub(super) mod socket;

use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::{
    client::{Clients, Place},
    reply::Refusal,
};
use crate::{graphql::ErrorCode, live::Live, settings};

/// The connections whose answers go on. A clone is cheap.
#[derive(Clone)]
pub(super) struct Sockets(Arc<Inner>);

struct Inner {
    live: Live,
    free: Arc<Semaphore>,
    number: u32,
    clients: Arc<Clients>,
    stopped: watch::Sender<bool>,
    subscriptions: AtomicUsize,
    too_slow: AtomicU64,
}

/// What the connections come to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct SocketFigures {
    /// Connections that are open: WebSockets and streams of events.
    pub(super) open: usize,
    /// Subscriptions that have begun on them and not ended.
    pub(super) subscriptions: usize,
    /// How many connections of all kinds were cut since the start because their clients took
    /// nothing of what was sent.
    pub(super) too_slow: u64,
    /// By how many events the subscription that is furthest behind is behind the log.
    pub(super) behind: u64,
}

/// A connection's place, until this is dropped.
pub(super) struct Admitted {
    _place: Place,
    _free: OwnedSemaphorePermit,
}

/// A subscription that counts until this is dropped.
struct Counted(Sockets);

impl Sockets {
    pub(super) fn new(live: Live, settings: &settings::Sockets) -> Self {
        let number = settings.number.get();
        Self(Arc::new(Inner {
            live,
            free: Arc::new(Semaphore::new(number)),
            number: u32::try_from(number).unwrap_or(u32::MAX),
            clients: Arc::new(Clients::new(settings.per_client.get(), "sockets and streams")),
            stopped: watch::Sender::new(false),
            subscriptions: AtomicUsize::new(0),
            too_slow: AtomicU64::new(0),
        }))
    }

    /// What the connections come to now.
    pub(super) fn figures(&self) -> SocketFigures {
        let free = self.0.free.available_permits();
        SocketFigures {
            open: (self.0.number as usize).saturating_sub(free),
            subscriptions: self.0.subscriptions.load(Ordering::Relaxed),
            too_slow: self.0.too_slow.load(Ordering::Relaxed),
            behind: self.0.live.behind(),
        }
    }

    /// A place for one more connection.
    ///
    /// # Errors
    /// There are as many as there may be, of this client or in all.
    pub(super) fn admit(&self, client: Option<IpAddr>) -> Result<Admitted, Refusal> {
        let place = self.0.clients.admit(client)?;
        let free = self.0.free.clone().try_acquire_owned().map_err(|_| {
            let message = format!(
                "{} sockets and streams are open already, as many as there may be; try again later",
                self.0.number
            );
            Refusal::new(ErrorCode::TooManyRequests, &message)
        })?;
        Ok(Admitted { _place: place, _free: free })
    }

    /// Has every connection end.
    pub(super) fn stop(&self) {
        self.0.stopped.send_replace(true);
    }

    /// Whether they are to end.
    pub(super) fn is_stopped(&self) -> bool {
        *self.0.stopped.borrow()
    }

    /// Waits until they are to end.
    async fn stopped(&self) {
        // The sender lives as long as this.
        let _ = self.0.stopped.subscribe().wait_for(|stopped| *stopped).await;
    }

    /// Waits until all have ended.
    pub(super) async fn ended(&self) {
        // The semaphore is never closed.
        let _ = self.0.free.acquire_many(self.0.number).await;
    }

    fn count(&self) -> Counted {
        self.0.subscriptions.fetch_add(1, Ordering::Relaxed);
        Counted(self.clone())
    }

    /// Counts a connection that was cut because its client took nothing.
    pub(super) fn was_too_slow(&self) {
        self.0.too_slow.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.0.0.subscriptions.fetch_sub(1, Ordering::Relaxed);
    }
}
