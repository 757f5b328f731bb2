//! Reading what is stored.

use std::{sync::Arc, time::Duration};

use super::{Outcome, add, append, same, stream, whole_log};
use crate::{AppendError, EventStore, Position, ReadError, Version};

/// From every position, the first commit read is the one that holds it.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn reading_starts_at_the_commit_that_holds_a_position(
    store: Arc<dyn EventStore>,
) -> Outcome {
    for n in 0..60_usize {
        let texts = vec!["x"; 1 + n % 4];
        add(&*store, ["ccm", "apmbc", "att"][n % 3], &texts).await?;
    }
    let log = whole_log(&*store).await?;
    for commit in &log {
        for (position, _, _) in commit.iter() {
            let read = store.read(position, 1).await?;
            same("what is read", &read, &vec![commit.clone()])?;
        }
    }
    let head = store.head().await?.next;
    for beyond in [head, head.next(), head.plus(1000), Position::new(u64::MAX)] {
        same("commits beyond the head", &store.read(beyond, 10).await?.len(), &0)?;
    }
    Ok(())
}

/// A read gives whole commits, as few as hold what was asked for, and at least one.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn reading_stops_after_about_as_many_as_asked(store: Arc<dyn EventStore>) -> Outcome {
    for _ in 0..5 {
        add(&*store, "ccm", &["a", "b", "c"]).await?;
    }
    for (asked, commits) in
        [(0, 1), (1, 1), (3, 1), (4, 2), (6, 2), (7, 3), (15, 5), (16, 5), (usize::MAX, 5)]
    {
        let read = store.read(Position::START, asked).await?;
        same(&format!("commits when {asked} events are asked for"), &read.len(), &commits)?;
    }
    let inside = store.read(Position::new(4), 4).await?;
    let places: Vec<_> = inside.iter().map(|commit| commit.first.get()).collect();
    same("the places read from 4 on", &places, &vec![3, 6])
}

/// A stream is read by itself, whole or as far as it was at a version, whatever stands in between.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn a_stream_is_read_by_itself(store: Arc<dyn EventStore>) -> Outcome {
    for n in 0..60_usize {
        let texts = vec!["x"; 1 + n % 4];
        add(&*store, ["ccm", "apmbc", "att"][n % 3], &texts).await?;
    }
    let log = whole_log(&*store).await?;
    for name in ["ccm", "apmbc", "att"] {
        let name = stream(name)?;
        let own: Vec<_> = log.iter().filter(|it| it.stream == name).cloned().collect();
        same("a stream", &store.read_stream(&name, Version::new(u64::MAX))?, &own)?;
        for (count, commit) in own.iter().enumerate() {
            let before = store.read_stream(&name, commit.first_version)?;
            same("a stream as it was", &before, &own[..count].to_vec())?;
        }
    }
    let none = store.read_stream(&stream("tpnw")?, Version::new(u64::MAX))?;
    same("commits of a stream that is not there", &none.len(), &0)
}

/// Once closed, a store neither takes nor gives, says so, and ends its subscriptions.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn a_closed_store_says_so(store: Arc<dyn EventStore>) -> Outcome {
    add(&*store, "ccm", &["a"]).await?;
    same("why it is stopped", &store.figures().stopped, &None)?;
    let mut waiting = store.subscribe(Position::new(1));
    let waiting = tokio::spawn(async move { waiting.next().await });
    store.close().await?;
    store.close().await?;
    let ended = tokio::time::timeout(Duration::from_secs(10), waiting).await??;
    same("what a subscription gets", &ended, &None)?;
    same("a later subscription", &store.subscribe(Position::START).next().await, &None)?;
    let closed = Some(ReadError::Closed);
    same("read", &store.read(Position::START, 1).await.err(), &closed)?;
    let read = store.read_stream(&stream("ccm")?, Version::new(1));
    same("read of a stream", &read.err(), &closed)?;
    same("head", &store.head().await.err(), &closed)?;
    same("version", &store.version(&stream("ccm")?).await.err(), &closed)?;
    let appended = store.append(append("ccm", 1, "b")?).await.err();
    same("append", &appended, &Some(AppendError::Closed))
}
