//! The one thread that writes.
//!
//! Group commit: it takes what waits, as far as the [pace](super::pace) allows, writes all of it,
//! and syncs once for all. While it syncs the next group gathers, so a slow disk makes groups
//! large and not many writers slow. Streams never wait for one another but for that sync.

use std::{collections::HashMap, io, path::PathBuf, sync::Arc, time::Instant};

use tokio::sync::{OwnedSemaphorePermit, mpsc, oneshot, watch};

use super::{
    blob,
    engine::{self, guarded},
    head::HeadFile,
    lock::FolderLock,
    pace::Pace,
    packing::{Packed, Packer},
    part::{self, Key},
    shared::Shared,
    survey::Seen,
};
use crate::{Append, AppendError, CloseError, Commit, Position, StreamName, Version};

/// Makes durable what sled has written. A test puts a failing one here.
pub(super) type Sync = Box<dyn FnMut() -> io::Result<()> + Send>;

/// What the writer is asked for.
pub(super) enum Job {
    Append(Append, Room, Reply),
    Close,
}

/// The room that an append takes while it waits, given back when this is dropped.
pub(super) type Room = OwnedSemaphorePermit;

pub(super) type Reply = oneshot::Sender<Result<Arc<Commit>, AppendError>>;

/// How the store was closed, once it is.
pub(super) type Closed = Option<Result<(), CloseError>>;

pub(super) struct Writer {
    pub(super) jobs: mpsc::UnboundedReceiver<Job>,
    /// An append that the last group had no room for.
    pub(super) held_back: Option<Waiting>,
    pub(super) path: PathBuf,
    /// The parts that were written, and those before them.
    pub(super) seen: Seen,
    pub(super) packer: Packer,
    pub(super) pace: Pace,
    pub(super) shared: Arc<Shared>,
    pub(super) db: sled::Db,
    pub(super) sync: Sync,
    pub(super) head_file: HeadFile,
    pub(super) head: watch::Sender<Position>,
    pub(super) closed: watch::Sender<Closed>,
    pub(super) lock: FolderLock,
}

/// An append with its bytes.
pub(super) struct Waiting {
    append: Append,
    packed: Packed,
    room: Room,
    reply: Reply,
}

/// Appends that are synced together.
struct Group {
    decided: Vec<(Reply, Result<Arc<Commit>, AppendError>)>,
    /// The versions of the streams that the group appends to.
    versions: HashMap<StreamName, Version>,
    next: Position,
    parts: Vec<(Key, Vec<u8>)>,
    /// The pace, had the parts been written.
    pace: Pace,
    rooms: Vec<Room>,
}

impl Writer {
    /// Works until it is told to close, or until nobody is left who could ask.
    pub(super) fn run(mut self) {
        let mut open = true;
        while open {
            let mut group = Group {
                decided: Vec::new(),
                versions: HashMap::new(),
                next: self.shared.head(),
                parts: Vec::new(),
                pace: self.pace.clone(),
                rooms: Vec::new(),
            };
            open = self.gather(&mut group);
            self.settle(group);
        }
        self.finish();
    }

    /// Waits for an append and decides what waits with it, until the group is as large as one sync
    /// allows. False if nothing may follow it.
    fn gather(&mut self, group: &mut Group) -> bool {
        let first = match self.held_back.take() {
            Some(waiting) => Some(waiting),
            None => match self.jobs.blocking_recv() {
                None | Some(Job::Close) => return false,
                Some(Job::Append(append, room, reply)) => self.pack(append, room, reply),
            },
        };
        let mut waiting = first;
        loop {
            if let Some(it) = waiting.take() {
                if !group.parts.is_empty() && !group.allows(&it.packed) {
                    self.held_back = Some(it);
                    return true;
                }
                self.decide(it, group);
            }
            match self.jobs.try_recv() {
                Err(_) => return true,
                Ok(Job::Close) => return false,
                Ok(Job::Append(append, room, reply)) => waiting = self.pack(append, room, reply),
            }
        }
    }

    /// The bytes of an append, which are the same wherever in the log it comes to stand. Who has
    /// gone away takes back what has not been begun.
    fn pack(&mut self, append: Append, room: Room, reply: Reply) -> Option<Waiting> {
        if reply.is_closed() {
            return None;
        }
        let packed = self.packer.pack(blob::encode(&append));
        Some(Waiting { append, packed, room, reply })
    }

    /// Gives an append its place behind those of the group, unless another was first.
    fn decide(&self, waiting: Waiting, group: &mut Group) {
        let Waiting { append, packed, room, reply } = waiting;
        group.rooms.push(room);
        let Append { stream, expected, events } = append;
        let known = group.versions.get(&stream).copied();
        let current = known.unwrap_or_else(|| self.shared.version(&stream));
        if current != expected {
            let conflict = AppendError::Conflict { stream, expected, current };
            group.decided.push((reply, Err(conflict)));
            return;
        }
        let commit = Commit { stream, first: group.next, first_version: current, events };
        group.versions.insert(commit.stream.clone(), commit.version());
        group.next = commit.next();
        for (key, value) in part::cut(commit.first, &packed) {
            group.pace.add(value.len());
            group.parts.push((key, value));
        }
        group.decided.push((reply, Ok(Arc::new(commit))));
    }

    /// Makes the group durable and visible, then tells those who wait: also the losers, since
    /// what they lost to may be in the same group.
    fn settle(&mut self, group: Group) {
        let written = self.write(group.parts, group.next);
        drop(group.rooms);
        if let Err(reason) = written {
            let reason = self.shared.stop(reason);
            for (reply, _) in group.decided {
                // Those who no longer wait need no answer, here and below.
                let _gone = reply.send(Err(AppendError::Stopped { reason: reason.clone() }));
            }
            return;
        }
        if group.next != self.shared.head() {
            self.seen.next = group.next;
            let commits = group.decided.iter().filter_map(|(_, decided)| decided.as_ref().ok());
            self.shared.publish(commits);
            self.head.send_replace(group.next);
        }
        for (reply, result) in group.decided {
            let _gone = reply.send(result);
        }
    }

    /// Writes the parts of a group, makes them durable, and then records that they are.
    fn write(&mut self, parts: Vec<(Key, Vec<u8>)>, next: Position) -> Result<(), String> {
        if let Some(reason) = self.shared.stopped() {
            return Err(reason.to_owned());
        }
        if parts.is_empty() {
            return Ok(());
        }
        let busy = self.shared.busy();
        for (key, value) in parts {
            // Within a large commit only, or nearly: groups are gathered to need one sync.
            if !self.pace.allows(value.len()) {
                self.sync()?;
            }
            self.pace.add(value.len());
            self.seen.part(&key, part::checksum_in(&value));
            self.insert(key, value)?;
        }
        self.sync()?;
        self.head_file
            .advance(next)
            .map_err(|error| format!("recording the acknowledged head failed: {error}"))?;
        drop(busy);
        // Those who waited may have given up on a disk that did answer after all. What they were
        // told stands.
        self.shared.stopped().map_or(Ok(()), |reason| Err(reason.to_owned()))
    }

    fn insert(&self, key: Key, value: Vec<u8>) -> Result<(), String> {
        guarded(|| {
            self.db.insert(key, value)?;
            // sled splits a full leaf when it is next visited, and a split writes. Done now, a
            // reader need not do it, who must not depend on what can be written; and new pages
            // are numbered in the order in which they are logged, without which sled cannot open
            // what a crash has cut (`serialization.rs`: "tried to serialize Uninitialized").
            self.db.contains_key(key)
        })
        .map(drop)
        .map_err(|error| format!("writing to the log failed: {error}"))
    }

    /// Makes durable what has been inserted.
    fn sync(&mut self) -> Result<(), String> {
        let began = Instant::now();
        guarded(|| self.db.flush())
            .map_err(|error| format!("writing to the log failed: {error}"))?;
        (self.sync)().map_err(|error| format!("syncing the log to the disk failed: {error}"))?;
        self.pace.synced();
        self.shared.synced(began.elapsed());
        Ok(())
    }

    /// Lets everything go, in the order in which the next one to open needs it.
    fn finish(self) {
        let Self {
            path,
            mut seen,
            jobs,
            held_back,
            shared,
            db,
            sync,
            head_file,
            head,
            closed,
            lock,
            ..
        } = self;
        // What a failed write left behind is for the next start to look at.
        if shared.stopped().is_none() {
            seen.keep_if_far(&shared.streams(), &path);
        }
        // Those behind the one who closed find their reply dropped.
        drop((jobs, held_back));
        let readers = shared.close();
        let dropped = engine::close((readers, db));
        drop((sync, head_file, lock));
        drop(head);
        let reason = shared.stopped().map(str::to_owned);
        let reason = reason.or_else(|| dropped.err().map(|error| error.to_string()));
        closed.send_replace(Some(match reason {
            None => Ok(()),
            Some(reason) => Err(CloseError::Unclean { reason }),
        }));
    }
}

impl Group {
    /// Whether a commit fits into the group without a sync in between.
    fn allows(&self, packed: &Packed) -> bool {
        let mut pace = self.pace.clone();
        part::sizes(packed).all(|bytes| {
            let allowed = pace.allows(bytes);
            pace.add(bytes);
            allowed
        })
    }
}
