//! What the contract means, as tests that every backend passes.
//!
//! A backend runs them all with [`conformance_tests!`](crate::conformance_tests), given something
//! that makes an empty store:
//!
//! ```
//! # use std::sync::Arc;
//! use chancery_store::{EventStore, MemoryStore, conformance_tests};
//!
//! // The second half is whatever must outlive the store: a temporary folder, a server.
//! fn empty() -> (Arc<dyn EventStore>, ()) {
//!     (Arc::new(MemoryStore::new()), ())
//! }
//!
//! conformance_tests!(empty);
//! ```
//!
//! Each case is a function too, for a test harness of another kind.

mod append;
mod concurrent;
mod kept;
mod read;
mod subscribe;

use std::sync::Arc;

pub use append::*;
pub use concurrent::*;
pub use kept::*;
pub use read::*;
pub use subscribe::*;

use crate::{Append, Body, Commit, EventStore, Position, StreamName, Version};

/// What a case was promised and did not get, or an error where there should be none.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How a case ends.
pub type Outcome = Result<(), Failure>;

/// One `#[tokio::test]` for each case. Takes a function or closure that gives an empty store as
/// `Arc<dyn EventStore>`, and whatever must outlive it. Needs tokio's `macros` and
/// `rt-multi-thread`.
#[macro_export]
macro_rules! conformance_tests {
    ($empty:expr) => {
        $crate::conformance_tests!(@each $empty;
            an_empty_log_is_empty
            positions_and_versions_are_gap_free
            the_expected_version_guards
            sizes_are_limited
            a_large_commit_is_whole
            one_of_two_writers_wins
            many_writers_interleave_whole_commits
            first_polled_is_first_appended
            a_dropped_append_harms_nobody
            reading_starts_at_the_commit_that_holds_a_position
            reading_stops_after_about_as_many_as_asked
            a_stream_is_read_by_itself
            a_closed_store_says_so
            a_subscription_starts_anywhere
            a_subscription_follows_concurrent_writers
            a_forgotten_subscription_harms_nobody
            a_dropped_wait_loses_nothing
            what_is_kept_comes_back_until_it_is_forgotten
        );
    };
    (@each $empty:expr; $($case:ident)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $case() {
                let (store, kept) = $empty();
                let outcome = $crate::conformance::$case(store).await;
                drop(kept);
                assert!(outcome.is_ok(), "{}", outcome.err().map_or(String::new(), |f| f.to_string()));
            }
        )*
    };
}

/// Fails the case with what was expected and what came.
fn same<T: PartialEq + std::fmt::Debug>(what: &str, found: &T, expected: &T) -> Outcome {
    if found == expected {
        return Ok(());
    }
    Err(format!("{what}: expected {expected:?}, found {found:?}").into())
}

/// Fails the case unless `holds`.
fn holds(holds: bool, what: impl FnOnce() -> String) -> Outcome {
    if holds { Ok(()) } else { Err(what().into()) }
}

fn stream(name: &str) -> Result<StreamName, Failure> {
    Ok(name.parse()?)
}

/// A body that differs from every other with another text.
fn body(text: &str) -> Body {
    text.as_bytes().into()
}

/// Appends bodies with these texts where the stream is.
async fn add(store: &dyn EventStore, name: &str, texts: &[&str]) -> Result<Arc<Commit>, Failure> {
    let stream = stream(name)?;
    let expected = store.version(&stream).await?;
    let events = texts.iter().map(|text| body(text)).collect();
    Ok(store.append(Append { stream, expected, events }).await?)
}

fn append(name: &str, expected: u64, text: &str) -> Result<Append, Failure> {
    let expected = Version::new(expected);
    Ok(Append { stream: stream(name)?, expected, events: vec![body(text)] })
}

/// The whole log, checked to be gap-free in positions and in the versions of each stream.
async fn whole_log(store: &dyn EventStore) -> Result<Vec<Arc<Commit>>, Failure> {
    let mut log: Vec<Arc<Commit>> = Vec::new();
    let mut next = Position::START;
    loop {
        let page = store.read(next, 100).await?;
        if page.is_empty() {
            break;
        }
        for commit in page {
            same("the place of a commit", &commit.first, &next)?;
            next = commit.next();
            log.push(commit);
        }
    }
    same("the head", &store.head().await?.next, &next)?;
    let mut versions = std::collections::HashMap::new();
    for commit in &log {
        let version = versions.entry(commit.stream.clone()).or_insert(Version::EMPTY);
        same("the version before a commit", &commit.first_version, version)?;
        *version = commit.version();
    }
    for (stream, version) in &versions {
        same("the version of a stream", &store.version(stream).await?, version)?;
    }
    Ok(log)
}
