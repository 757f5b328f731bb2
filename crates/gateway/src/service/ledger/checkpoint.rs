use chancery_ledger::{
    Checkpoint, Hash, SigningKey, VerifierKey,
    note::{self, Note},
};

use chancery_store::EventStore;

use super::{Ledger, kept};
use crate::service::{ProofError, Service};

/// Where the last signed checkpoint is kept.
const LAST: &str = "log/checkpoint";

/// A checkpoint and the signed note that holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// Its text with the log's signature.
    pub note: String,
}

/// What signs, and what it signed last.
#[derive(Default)]
pub(super) struct Signing {
    key: Option<SigningKey>,
    last: Option<Signed>,
}

impl Service {
    /// The log's signed checkpoint over all that it holds.
    ///
    /// # Errors
    /// [`ProofError::NoKey`], or a store that cannot be read.
    pub async fn checkpoint(&self) -> Result<Signed, ProofError> {
        self.ledger.checkpoint().await
    }

    /// The log's signed checkpoint over its first `size` events.
    ///
    /// # Errors
    /// [`ProofError::NoKey`], a log that is shorter, or a store that cannot be read.
    pub async fn checkpoint_at(&self, size: u64) -> Result<Signed, ProofError> {
        let root = self.ledger.root(size).await?;
        self.ledger.signing.lock().await.sign(size, root)
    }

    /// The checkpoint that was signed last, as it was kept; `None` if none was.
    pub async fn last_checkpoint(&self) -> Option<Signed> {
        read(&*self.ledger.store).await
    }
}

impl Ledger {
    pub(super) async fn sign_with(&self, key: SigningKey) -> Result<(), ProofError> {
        let last = read(&*self.store).await;
        if let Some(last) = last.as_ref().filter(|last| last.checkpoint.origin == key.name()) {
            self.continues(&last.checkpoint).await?;
        }
        *self.signing.lock().await = Signing { key: Some(key), last: None };
        Ok(())
    }

    /// A log must not sign what contradicts what it signed before (tlog-checkpoint, signatures).
    async fn continues(&self, signed: &Checkpoint) -> Result<(), ProofError> {
        let size = self.current().await?.size();
        if signed.size > size {
            return Err(ProofError::RolledBack { signed: signed.size, size });
        }
        let root = self.root(signed.size).await?;
        if root == signed.root {
            return Ok(());
        }
        Err(ProofError::Forked { size: signed.size, signed: signed.root, found: root })
    }

    async fn checkpoint(&self) -> Result<Signed, ProofError> {
        let mut signing = self.signing.lock().await;
        let tree = self.current().await?;
        if let Some(last) = signing.last.as_ref().filter(|it| it.checkpoint.size == tree.size()) {
            return Ok(last.clone());
        }
        let signed = signing.sign(tree.size(), tree.root())?;
        self.keep(LAST, signed.note.clone().into_bytes()).await;
        signing.last = Some(signed.clone());
        Ok(signed)
    }
}

impl Signing {
    pub(super) fn public(&self) -> Option<VerifierKey> {
        self.key.as_ref().map(|key| key.public().clone())
    }

    fn sign(&self, size: u64, root: Hash) -> Result<Signed, ProofError> {
        let key = self.key.as_ref().ok_or(ProofError::NoKey)?;
        let checkpoint = Checkpoint { origin: key.name().to_owned(), size, root };
        let note = note::sign(&checkpoint.to_string(), &[key])?;
        Ok(Signed { checkpoint, note })
    }
}

/// The checkpoint that was kept. Its signature is for `verify` to judge.
pub(in crate::service) async fn read(store: &dyn EventStore) -> Option<Signed> {
    let note = String::from_utf8(kept(store, LAST).await?).ok()?;
    let checkpoint = Note::read(&note).ok()?.text.parse().ok()?;
    Some(Signed { checkpoint, note })
}
