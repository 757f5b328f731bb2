//! Reading commits along the log.

use super::{
    blob::Blob,
    engine::{EngineError, guarded},
    packing::{Form, Unpacker},
    part::{self, Checksum, Key, Part},
};
use crate::{Commit, Position};

/// Why there is no commit where one was looked for.
#[derive(Debug)]
pub(super) enum Flaw {
    /// The log ends in the middle of it.
    Unfinished,
    /// It is damaged, or something else stands in its place.
    Damaged(String),
    Io(String),
}

impl From<EngineError> for Flaw {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Damaged(detail) => Self::Damaged(detail),
            EngineError::Io(_) | EngineError::Locked => Self::Io(error.to_string()),
        }
    }
}

/// Goes from one commit to the next and stops at the first flaw.
pub(super) struct Walk<P = sled::Iter> {
    parts: P,
    next: Position,
    bytes: Vec<u8>,
    unpacker: Unpacker,
}

impl Walk {
    /// Walks from the commit that begins at `first` up to the place `end`.
    pub(super) fn new(tree: &sled::Tree, first: Position, end: Position) -> Result<Self, Flaw> {
        let range = part::key(first, 0)..part::key(end, 0);
        let mut walk = Walk::over(guarded(|| Ok(tree.range(range)))?);
        walk.go_to(first);
        Ok(walk)
    }
}

impl<P, K> Walk<P>
where
    P: Iterator<Item = sled::Result<(K, sled::IVec)>>,
    K: AsRef<[u8]>,
{
    /// Walks over parts.
    pub(super) fn over(parts: P) -> Self {
        Self { parts, next: Position::START, bytes: Vec::new(), unpacker: Unpacker::new() }
    }

    /// Says where the next commit must begin.
    pub(super) fn go_to(&mut self, first: Position) {
        self.next = first;
    }

    /// Where the next commit must begin.
    pub(super) fn position(&self) -> Position {
        self.next
    }

    /// The next commit, or `None` at the end.
    pub(super) fn commit(&mut self) -> Result<Option<Commit>, Flaw> {
        let first = self.next;
        Ok(self.blob(|_, _, _| ())?.map(|blob| blob.into_commit(first)))
    }

    /// The next commit in place, or `None` at the end. `seen` is told of each of its parts.
    pub(super) fn blob(
        &mut self,
        mut seen: impl FnMut(Key, Checksum, &sled::IVec),
    ) -> Result<Option<Blob<'_>>, Flaw> {
        self.bytes.clear();
        let (mut expected, mut form) = (0, Form::Plain);
        loop {
            let Some((key, value)) = guarded(|| self.parts.next().transpose())? else {
                return if expected == 0 { Ok(None) } else { Err(Flaw::Unfinished) };
            };
            let key = key.as_ref();
            if part::split_key(key) != Some((self.next, expected)) {
                return Err(Flaw::Damaged(misplaced(key, expected)));
            }
            let part = Part::read(key, &value).map_err(Flaw::Damaged)?;
            if expected == 0 {
                form = part.form;
            } else if part.form != form {
                return Err(Flaw::Damaged("the parts of a commit are of two forms".into()));
            }
            self.bytes.extend_from_slice(part.content);
            seen(part::key(self.next, expected), part.checksum, &value);
            if part.last {
                break;
            }
            expected += 1;
        }
        let bytes = self.unpacker.unpack(form, &self.bytes).map_err(Flaw::Damaged)?;
        let blob = Blob::decode(bytes).map_err(Flaw::Damaged)?;
        self.next = self.next.plus(blob.events.len() as u64);
        Ok(Some(blob))
    }
}

/// The commits from the one that holds `from`, until they hold `max_events`, and what stopped it
/// before that with the place where it did. `end` is the head that may be seen.
pub(super) fn read(
    tree: &sled::Tree,
    from: Position,
    end: Position,
    max_events: usize,
) -> (Vec<Commit>, Option<(Position, Flaw)>) {
    let mut commits = Vec::new();
    let mut walk = match start(tree, from, end) {
        Ok(walk) => walk,
        Err(flaw) => return (commits, Some((from, flaw))),
    };
    let mut events = 0;
    while events < max_events.max(1) && walk.position() < end {
        let at = walk.position();
        let flaw = match walk.commit() {
            Ok(Some(commit)) if commit.next() > from => {
                events += commit.events.len();
                commits.push(commit);
                continue;
            }
            Ok(_) => Flaw::Damaged("the commit that should be here is missing".into()),
            Err(Flaw::Unfinished) => Flaw::Damaged("the end of the commit is missing".into()),
            Err(flaw) => flaw,
        };
        return (commits, Some((at, flaw)));
    }
    (commits, None)
}

/// A walk from the commit that holds `from`.
fn start(tree: &sled::Tree, from: Position, end: Position) -> Result<Walk, Flaw> {
    // Most readers go on where a commit ended, which is where the next begins.
    if guarded(|| tree.contains_key(part::key(from, 0)))? {
        return Walk::new(tree, from, end);
    }
    let before = guarded(|| tree.range(..part::key(from, 0)).next_back().transpose())?;
    match before.as_ref().and_then(|(key, _)| part::split_key(key)) {
        Some((first, _)) => Walk::new(tree, first, end),
        None => Err(Flaw::Damaged("the commit that should be here is missing".into())),
    }
}

fn misplaced(key: &[u8], expected: u32) -> String {
    match part::split_key(key) {
        Some((found, number)) => format!(
            "part {expected} of the commit is missing, part {number} of the one at position \
             {found} follows"
        ),
        None => "something that is no part of a commit stands here".into(),
    }
}
