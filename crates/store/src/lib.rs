//! The event store: append, read, subscribe, head.
//!
//! **What it is.** A contract, [`EventStore`], for one append-only log that many streams share;
//! a [conformance suite](conformance) that says what the contract means; and two backends that
//! pass it: [`MemoryStore`] for tests and [`SledStore`] for one machine's disk.
//!
//! **What it is not.** It does not know what the bytes mean: it neither parses nor orders nor
//! stamps them. It is no general database: nothing can be changed or removed, and reading is
//! along the log or along one stream of it. It does not replicate.
//!
//! **Who builds on it.** The gateway, which appends what the register decided and feeds the
//! projections from a [`Subscription`]; the program, which verifies and copies logs. A replicated
//! backend comes behind the same contract, so nothing here may name sled except [`SledStore`].
//!
//! # The promises
//!
//! - A [`Commit`] is stored whole or not at all, and is acknowledged only once it is durable.
//! - Positions are gap-free from 0, in commit order; the events of a commit are neighbours.
//! - A reader sees acknowledged commits only, and never waits for a writer.
//! - What is [kept](EventStore::keep) beside the log is for speed alone: it may be lost at any
//!   time, and is made again.
//! - Damaged bytes give an error that names the first bad position, never a wrong answer.

mod commit;
pub mod conformance;
mod contract;
mod disk;
mod error;
mod figures;
mod kept;
mod memory;
mod position;
mod stream;
mod subscription;

pub use commit::{Append, Body, Commit, MAX_COMMIT_BYTES, MAX_EVENT_BYTES};
pub use contract::{EventStore, LogReader};
pub use disk::SledStore;
pub use error::{AppendError, CloseError, OpenError, ReadError};
pub use figures::{StoreFigures, Times};
pub use kept::{KeepError, KeptName, KeptNameError, MAX_KEPT_NAME_BYTES};
pub use memory::MemoryStore;
pub use position::{Head, Position, Version};
pub use stream::{MAX_STREAM_NAME_BYTES, StreamName, StreamNameError};
pub use subscription::Subscription;
