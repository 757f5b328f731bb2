use chancery_kernel::ConventionId;
use chancery_ledger::{Checkpoint, FullTile, Hash, Tree, leaf_hash};
use chancery_projections::View;
use chancery_register::{
    Event,
    audit::{Audit, Fault, Looked, look},
    journal::{self, JOURNAL, Seal},
};
use chancery_store::{Commit, Position, StreamName, Version};

use super::{CheckedCheckpoint, Sealed, Trust, Verified, VerifyError};
use crate::service::{STATE_ROOT_FORM, Signed, StateRoot, journal::Trusted};

/// An event as far as it can be judged by itself, and its hash as a leaf of the tree.
pub(super) struct Leaf {
    stream: StreamName,
    position: Position,
    version: Version,
    looked: Result<Looked, Fault>,
    hash: Hash,
}

/// Looks at each event by itself.
pub(super) fn leaves<'a>(commits: impl IntoIterator<Item = &'a Commit>) -> Vec<Leaf> {
    let events = commits.into_iter().flat_map(|commit| {
        commit.iter().map(|(position, version, body)| Leaf {
            stream: commit.stream.clone(),
            position,
            version,
            looked: look(position.get(), body),
            hash: leaf_hash(body),
        })
    });
    events.collect()
}

/// One pass over a log, event by event. It reads nothing itself.
#[derive(Default)]
pub(super) struct Pass {
    audit: Audit,
    tree: Tree,
    /// What was signed, with the root that the log has at its size, once the tree is there.
    signed: Vec<(Signed, Option<Hash>)>,
}

impl Pass {
    pub(super) fn new(signed: impl IntoIterator<Item = Signed>) -> Self {
        let signed = signed.into_iter().map(|it| (it, None)).collect();
        let mut pass = Self { signed, ..Self::default() };
        pass.note_root();
        pass
    }

    /// The tree over the events that were looked at.
    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }

    /// Takes the next event. Returns the tiles that are full with it.
    pub(super) fn event(&mut self, leaf: Leaf) -> Result<Vec<FullTile>, VerifyError> {
        let Leaf { stream, position, version, looked, hash } = leaf;
        let position = position.get();
        let checked = self.audit.check(stream.as_str(), version.get(), looked);
        checked.map_err(|fault| VerifyError::Event { position, fault })?;
        if stream.as_str() == JOURNAL {
            self.check_seal(position)?;
        }
        let full = self.tree.push(hash);
        self.note_root();
        Ok(full)
    }

    /// A seal is over all that stands before it, which is what the tree holds when it comes.
    fn check_seal(&self, position: u64) -> Result<(), VerifyError> {
        let Some(seal) = self.audit.journal().last().and_then(|it| sealed(&it.envelope.event))
        else {
            return Ok(());
        };
        let found = self.tree.root();
        if *seal.root == found.to_string() {
            return Ok(());
        }
        Err(VerifyError::SealedRoot { position, sealed: seal.root.to_string(), found })
    }

    fn note_root(&mut self) {
        let (size, tree) = (self.tree.size(), &self.tree);
        for (signed, root) in &mut self.signed {
            if signed.checkpoint.size == size {
                *root = Some(tree.root());
            }
        }
    }

    /// What holds of the whole, once all was seen. `kept` is whether the first of what was signed
    /// is what was kept beside the log.
    pub(super) fn verified(self, trust: &Trust, kept: bool) -> Result<Verified, VerifyError> {
        let trusted =
            Trusted::of(&trust.keys, self.audit.journal()).map_err(VerifyError::Rotation)?;
        let size = self.tree.size();
        let mut checkpoints = Vec::new();
        for (signed, root) in &self.signed {
            checkpoints.push(check(signed, size, *root, &trusted)?);
        }
        let held = checkpoints.split_off(usize::from(kept));
        let stream = |(id, state): (&ConventionId, &chancery_register::State)| {
            (id.to_string(), state.version)
        };
        Ok(Verified {
            size,
            root: self.tree.root(),
            streams: self.audit.states().iter().map(stream).collect(),
            recorded_at: self.audit.last_stamp(),
            commands: self.audit.commands(),
            tiles: 0,
            tiles_missing: 0,
            checkpoint: checkpoints.pop(),
            held,
            sealed: self.replay()?,
            rotations: trusted.rotations(),
        })
    }

    /// Compares what the last seal says of results with what the same events come to now.
    fn replay(&self) -> Result<Option<Sealed>, VerifyError> {
        let seals = self.audit.journal().filter_map(|it| sealed(&it.envelope.event));
        let Some(seal) = seals.last() else { return Ok(None) };
        let Seal { size, form, .. } = *seal;
        if form != STATE_ROOT_FORM {
            return Ok(Some(Sealed { size, form, state_root: None }));
        }
        let conventions = self.audit.states().iter().filter(|(id, _)| id.as_str() != JOURNAL);
        let views = conventions.map(|(id, state)| {
            let log = state.log.iter().take_while(|event| event.position < size);
            View::folded(id.clone(), log.cloned())
        });
        let found = StateRoot::of(size, views)?.root;
        if found.to_string() == *seal.state_root {
            return Ok(Some(Sealed { size, form, state_root: Some(found) }));
        }
        let sealed = seal.state_root.to_string();
        Err(VerifyError::SealedResults { size, sealed, found })
    }
}

fn sealed(event: &Event) -> Option<&Seal> {
    match event {
        Event::Journal(journal::Event::Sealed(seal)) => Some(seal),
        _ => None,
    }
}

fn check(
    signed: &Signed,
    size: u64,
    root: Option<Hash>,
    trusted: &Trusted,
) -> Result<CheckedCheckpoint, VerifyError> {
    let Signed { checkpoint, note } = signed;
    let over = checkpoint.size;
    let mut by = None;
    if !trusted.keys().is_empty() {
        let opened = Checkpoint::open(note, trusted.keys());
        let (_, key) = opened.map_err(|source| VerifyError::Signature { size: over, source })?;
        if let Some(position) = trusted.retired(key, over) {
            return Err(VerifyError::Retired { key: key.to_string(), position, size: over });
        }
        by = Some(key.clone());
    }
    match root {
        None => Err(VerifyError::Shorter { signed: over, size }),
        Some(found) if found != checkpoint.root => {
            Err(VerifyError::Checkpoint { size: over, signed: checkpoint.root, found })
        }
        Some(_) => Ok(CheckedCheckpoint { checkpoint: checkpoint.clone(), key: by }),
    }
}
