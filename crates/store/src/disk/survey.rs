//! What opening learns of the log, kept beside it: the next time, parts are read and their
//! checksums checked as ever, but commits are taken apart only behind where they were.

use std::path::Path;

use sha2::{Digest as _, Sha256};

use super::{
    at_hand::AtHand,
    engine::guarded,
    kept::KeptFiles,
    part::{self, Checksum, Key, Part},
    streams::Streams,
    walk::{Flaw, Walk},
};
use crate::{KeptName, Position};

/// Under which name it is kept.
const NAME: &str = "survey";

/// What it begins with.
const MAGIC: &[u8; 4] = b"svy1";

/// What is kept is renewed when this part of the log, or more, stands behind where it ends: then
/// what is written comes to a fixed share of what is recorded, however long the log is.
const PART: u64 = 16;

/// What a look at the whole log found.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) streams: Streams,
    pub(super) seen: Seen,
    pub(super) at_hand: AtHand,
    /// Why the whole commits end where they do, unless the log ends there too.
    pub(super) flaw: Option<Flaw>,
}

/// The parts of the log up to a place.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// Where the whole commits end.
    pub(super) next: Position,
    /// The key and the checksum of each part before that.
    parts: Sha256,
    /// Where what is kept ends.
    kept: Position,
}

impl Survey {
    /// Reads every part and checks that positions and versions have no gap. Of the first commits
    /// what is kept beside the log says that, if it is of the very same parts.
    pub(super) fn of(tree: &sled::Tree, path: &Path) -> Self {
        let known = Kept::read(path).and_then(|kept| kept.confirmed_by(tree)).unwrap_or_default();
        let mut survey = known.go_on(tree);
        survey.seen.keep_if_far(&survey.streams, path);
        survey
    }

    /// Takes the commits apart that follow.
    fn go_on(mut self, tree: &sled::Tree) -> Self {
        let end = Position::new(u64::MAX);
        let mut walk = match Walk::new(tree, self.seen.next, end) {
            Ok(walk) => walk,
            Err(flaw) => return Self { flaw: Some(flaw), ..self },
        };
        loop {
            let first = self.seen.next;
            let (mut seen, mut parts) = (self.seen.clone(), AtHand::default());
            let each = |key, checksum, value: &sled::IVec| {
                seen.part(&key, checksum);
                parts.push(key, value.clone());
            };
            self.flaw = match walk.blob(each) {
                Ok(None) => None,
                Err(flaw) => Some(flaw),
                Ok(Some(blob)) => {
                    let version = self.streams.version(&blob.stream);
                    if version == blob.first_version {
                        let events = blob.events.len() as u64;
                        self.streams.add(&blob.stream, first, version.plus(events));
                        self.seen = Seen { next: first.plus(events), ..seen };
                        self.at_hand.extend(parts);
                        continue;
                    }
                    Some(Flaw::Damaged(format!(
                        "a commit follows version {} of its stream, which is at version {version}",
                        blob.first_version
                    )))
                }
            };
            return self;
        }
    }
}

impl Seen {
    /// Takes in the next part.
    pub(super) fn part(&mut self, key: &Key, checksum: Checksum) {
        self.parts.update(key);
        self.parts.update(checksum);
    }

    /// Keeps what is known up to here, unless that is little more than what is kept.
    pub(super) fn keep_if_far(&mut self, streams: &Streams, path: &Path) {
        let (next, more) = (self.next.get(), self.next.get().saturating_sub(self.kept.get()));
        if more > 0 && more >= next / PART {
            self.keep(streams, path);
            self.kept = self.next;
        }
    }

    /// The log goes on without it, so a failure is no more than a warning.
    fn keep(&self, streams: &Streams, path: &Path) {
        let Ok(name) = NAME.parse::<KeptName>() else { return };
        let next = self.next.get().to_be_bytes();
        let bytes = [&MAGIC[..], &next, &self.digest(), &streams.to_bytes()].concat();
        if let Err(error) = KeptFiles::in_folder(path).write(&name, &bytes) {
            tracing::warn!(%error, "the next start takes longer");
        }
    }

    fn digest(&self) -> [u8; 32] {
        self.parts.clone().finalize().into()
    }
}

/// A survey as it was kept, which may be of another log.
pub(super) struct Kept {
    streams: Streams,
    next: Position,
    digest: [u8; 32],
}

impl Kept {
    pub(super) fn read(path: &Path) -> Option<Self> {
        let bytes = KeptFiles::in_folder(path).read(&NAME.parse().ok()?).ok()??;
        let rest = bytes.strip_prefix(MAGIC)?;
        let (next, rest) = rest.split_first_chunk()?;
        let (digest, streams) = rest.split_first_chunk()?;
        let next = Position::new(u64::from_be_bytes(*next));
        Some(Self { streams: Streams::from_bytes(streams)?, next, digest: *digest })
    }

    /// The survey, if the log begins with the very parts that it is of, none of them damaged. What
    /// is wrong otherwise is for a look at every commit to say.
    pub(super) fn confirmed_by(self, tree: &sled::Tree) -> Option<Survey> {
        let mut seen = Seen { next: self.next, kept: self.next, ..Seen::default() };
        let mut at_hand = AtHand::default();
        let mut parts = guarded(|| Ok(tree.range(..part::key(self.next, 0)))).ok()?;
        while let Some((key, value)) = guarded(|| parts.next().transpose()).ok()? {
            let key: Key = (&*key).try_into().ok()?;
            seen.part(&key, Part::read(&key, &value).ok()?.checksum);
            at_hand.push(key, value);
        }
        let streams = self.streams;
        (seen.digest() == self.digest).then_some(Survey { streams, seen, at_hand, flaw: None })
    }
}
