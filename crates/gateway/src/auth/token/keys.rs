//! The public keys of an issuer: read again from time to time, and when a token names one that is
//! not known. However many such tokens come, the issuer is asked one at a time and at a pace.

use std::{
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use jsonwebtoken::{Algorithm, DecodingKey};
use tokio::{sync::watch, task::JoinSet, time};

use super::{
    place::Place,
    set::{self, PublicKey},
};
use crate::settings::Oidc;

/// The keys of an issuer.
pub(super) struct Keys {
    shared: Arc<Shared>,
    /// Reads them again; ends with this.
    _refresh: JoinSet<()>,
}

/// Why there is no key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoKey {
    /// The issuer has no such key.
    Unknown,
    /// What keys the issuer has is not known.
    Unavailable,
}

struct Shared {
    place: Place,
    pace: Pace,
    known: Mutex<Known>,
    /// Told whenever a reading has ended.
    ended: watch::Sender<()>,
}

/// How often, and how long.
#[derive(Debug, Clone, Copy)]
struct Pace {
    /// Keys are read again after this time, ...
    refresh: Duration,
    /// ... or, if that failed or a key is not known, after this one.
    retry: Duration,
    /// Keys that cannot be read again count for so long.
    keep: Duration,
    /// Nobody waits longer for keys.
    patience: Duration,
}

#[derive(Default)]
struct Known {
    keys: Arc<[PublicKey]>,
    /// Whether they are being read now.
    is_under_way: bool,
    /// When it was last begun to read them.
    tried: Option<Instant>,
    /// When they were last read.
    read: Option<Instant>,
    /// Whether the last reading failed.
    has_failed: bool,
}

impl Keys {
    /// Reads the keys, and goes on reading them.
    ///
    /// Returns why the first reading failed, if it did: they are then tried again.
    pub(super) async fn open(place: Place, settings: &Oidc) -> (Self, Option<String>) {
        let pace = Pace {
            refresh: settings.refresh_seconds.get(),
            retry: settings.retry_seconds.get(),
            keep: settings.keep_seconds.get(),
            patience: settings.timeout_seconds.get(),
        };
        let (known, ended) = (Mutex::default(), watch::Sender::new(()));
        let shared = Arc::new(Shared { place, pace, known, ended });
        let failed = match shared.claim() {
            true => shared.clone().read().await.err(),
            false => None,
        };
        let mut refresh = JoinSet::new();
        refresh.spawn(shared.clone().refresh());
        (Self { shared, _refresh: refresh }, failed)
    }

    /// The key that a token names, or the only one that there is where it names none. One that is
    /// not known is asked for, if the pace allows.
    ///
    /// # Errors
    /// There is none.
    pub(super) async fn key(
        &self,
        id: Option<&str>,
        algorithm: Algorithm,
    ) -> Result<DecodingKey, NoKey> {
        // Before looking, so that no end is missed.
        let mut ended = self.shared.ended.subscribe();
        if let Ok(key) = self.shared.find(id, algorithm) {
            return Ok(key);
        }
        if self.shared.claim() {
            // Apart from the request: it goes on when the client goes away.
            tokio::spawn(self.shared.clone().read());
        }
        if self.shared.known().is_under_way {
            // What is found is found below, in time or not.
            let _ = time::timeout(self.shared.pace.patience, ended.changed()).await;
        }
        self.shared.find(id, algorithm)
    }
}

impl Shared {
    /// Whether it is the caller's turn to read the keys; who has it must do it.
    fn claim(&self) -> bool {
        let mut known = self.known();
        let is_early = known.tried.is_some_and(|tried| tried.elapsed() < self.pace.retry);
        if known.is_under_way || is_early {
            return false;
        }
        known.is_under_way = true;
        known.tried = Some(Instant::now());
        true
    }

    /// Reads the keys. If that fails, those that are known count on for their time.
    async fn read(self: Arc<Self>) -> Result<(), String> {
        let this = self.clone();
        let read = tokio::task::spawn_blocking(move || {
            let read = this.place.read(this.pace.patience).and_then(|text| set::read(&text));
            read.map_err(|error| format!("{}: {error}", this.place))
        });
        let read = read.await.unwrap_or_else(|error| Err(error.to_string()));
        let mut known = self.known();
        known.is_under_way = false;
        known.has_failed = read.is_err();
        let done = match read {
            Ok(keys) => {
                let ids = |keys: &[PublicKey]| {
                    let ids: Vec<_> = keys.iter().map(|key| key.id.clone()).collect();
                    ids
                };
                if keys.is_empty() {
                    tracing::warn!(place = %self.place, "the issuer has no key that a token could be signed by");
                } else if ids(&known.keys) != ids(&keys) {
                    tracing::info!(place = %self.place, keys = keys.len(), "the issuer's keys were read");
                }
                known.keys = keys.into();
                known.read = Some(Instant::now());
                Ok(())
            }
            Err(error) => {
                tracing::warn!(%error, "the issuer's keys cannot be read; those that are known count on for their time");
                Err(error)
            }
        };
        drop(known);
        self.ended.send_replace(());
        done
    }

    /// Reads the keys again and again.
    async fn refresh(self: Arc<Self>) {
        loop {
            let wait = match self.known().has_failed {
                true => self.pace.retry,
                false => self.pace.refresh,
            };
            time::sleep(wait).await;
            if self.claim() {
                // Why it failed is in the log.
                let _ = self.clone().read().await;
            }
        }
    }

    fn find(&self, id: Option<&str>, algorithm: Algorithm) -> Result<DecodingKey, NoKey> {
        let known = self.known();
        if known.read.is_none_or(|read| read.elapsed() >= self.pace.keep) {
            return Err(NoKey::Unavailable);
        }
        let found = match (id, &*known.keys) {
            (Some(id), keys) => keys.iter().find(|key| key.fits(id, algorithm)),
            (None, [only]) if only.signs_by(algorithm) => Some(only),
            // Which of several is not said.
            (None, _) => None,
        };
        match found {
            Some(key) => Ok(key.key.clone()),
            // It may have come since, and that could not be looked up.
            None if known.has_failed => Err(NoKey::Unavailable),
            None => Err(NoKey::Unknown),
        }
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
