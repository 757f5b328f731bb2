use chancery_ledger::{
    Checkpoint, Hash, NoteError, SigningKey, VerifierKey,
    note::{self, Note},
};

use chancery_store::EventStore;

use super::{Ledger, kept};
use crate::service::{ProofError, Service, journal};

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
    /// Signs the log's checkpoints with this key from now on. The key's name is the log's origin.
    ///
    /// It must be the key that signed the last checkpoint, or the one that a rotation put in its
    /// place; and the log must still be the one that was signed.
    ///
    /// # Errors
    /// [`ProofError::Retired`], [`ProofError::OtherKey`], [`ProofError::Forked`],
    /// [`ProofError::RolledBack`], a checkpoint whose signature is wrong.
    pub async fn sign_with(&self, key: SigningKey) -> Result<(), ProofError> {
        let before = journal::may_go_on_from(key.public(), &self.journal())?;
        if let Some(last) = self.last_checkpoint().await {
            match Checkpoint::open(&last.note, &before) {
                Ok(_) => {}
                Err(NoteError::Unknown(signed_by)) => {
                    let key = key.public().to_string();
                    return Err(ProofError::OtherKey { signed_by, key });
                }
                Err(error) => return Err(error.into()),
            }
        }
        self.ledger.sign_with(key).await
    }

    /// Signs with a key that nothing leads to from the one that signed before: for those who have
    /// lost that one. Signs a checkpoint at once, which takes the place of the last.
    ///
    /// # Errors
    /// [`ProofError::Forked`], [`ProofError::RolledBack`]: the log must still be the one that was
    /// signed, whoever signs it.
    pub async fn sign_anew(&self, key: SigningKey) -> Result<Signed, ProofError> {
        self.ledger.sign_with(key).await?;
        self.checkpoint().await
    }

    /// The key that verifies the log's checkpoints; `None` if none signs them.
    pub async fn log_key(&self) -> Option<VerifierKey> {
        self.ledger.signing.lock().await.public()
    }

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
    async fn sign_with(&self, key: SigningKey) -> Result<(), ProofError> {
        if let Some(last) = read(&*self.store).await {
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

    /// Signs what is not signed yet, if there is a key, and keeps the edge of the tree. For the
    /// end: what is recorded after it was last asked for is vouched for, too.
    pub(in crate::service) async fn settle(&self) {
        self.keep_edge(&*self.tree.lock().await).await;
        if self.signing.lock().await.key.is_some()
            && let Err(error) = self.checkpoint().await
        {
            tracing::warn!(%error, "the last events are not signed");
        }
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
    fn public(&self) -> Option<VerifierKey> {
        self.key.as_ref().map(|key| key.public().clone())
    }

    fn sign(&self, size: u64, root: Hash) -> Result<Signed, ProofError> {
        let key = self.key.as_ref().ok_or(ProofError::NoKey)?;
        let checkpoint = Checkpoint { origin: key.name().to_owned(), size, root };
        let note = note::sign(&checkpoint.to_string(), &[key])?;
        Ok(Signed { checkpoint, note })
    }
}

impl Signed {
    /// A checkpoint as somebody holds it. Its signature is for whoever has a key to judge.
    ///
    /// # Errors
    /// A text that is no signed checkpoint.
    pub fn read(note: String) -> Result<Self, NoteError> {
        let text = Note::read(&note)?.text;
        let checkpoint =
            text.parse().map_err(|_| NoteError::Form("a text that is no checkpoint"))?;
        Ok(Self { checkpoint, note })
    }
}

/// The checkpoint that was kept.
pub(in crate::service) async fn read(store: &dyn EventStore) -> Option<Signed> {
    Signed::read(String::from_utf8(kept(store, LAST).await?).ok()?).ok()
}
