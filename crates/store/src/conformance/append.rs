//! One writer.

use std::sync::Arc;

use super::{Failure, Outcome, add, append, body, holds, same, stream, whole_log};
use crate::{
    Append, AppendError, Body, EventStore, MAX_COMMIT_BYTES, MAX_EVENT_BYTES, Position, Version,
};

/// Nothing there, and no error for asking.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn an_empty_log_is_empty(store: Arc<dyn EventStore>) -> Outcome {
    same("the head", &store.head().await?.next, &Position::START)?;
    same("a version", &store.version(&stream("ccm")?).await?, &Version::EMPTY)?;
    same("commits", &store.read(Position::START, 10).await?.len(), &0)?;
    same("commits beyond the head", &store.read(Position::new(7), 10).await?.len(), &0)
}

/// Commits of two streams follow one another in the log, and each counts its own events.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn positions_and_versions_are_gap_free(store: Arc<dyn EventStore>) -> Outcome {
    let store = &*store;
    let first = add(store, "ccm", &["a", "b", "c"]).await?;
    let second = add(store, "apmbc", &["d"]).await?;
    let third = add(store, "ccm", &["e", "f"]).await?;
    same("the first place", &first.first, &Position::START)?;
    same("the second place", &second.first, &Position::new(3))?;
    same("the third place", &third.first, &Position::new(4))?;
    same("the version of another stream", &second.first_version, &Version::EMPTY)?;
    same("the version of the first", &third.first_version, &Version::new(3))?;
    let events: Vec<_> = third.iter().map(|(p, v, b)| (p.get(), v.get(), b.to_vec())).collect();
    same("events", &events, &vec![(4, 4, b"e".to_vec()), (5, 5, b"f".to_vec())])?;
    same("what is read", &whole_log(store).await?, &vec![first, second, third])
}

/// An append that expects another version changes nothing and is told the current one.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn the_expected_version_guards(store: Arc<dyn EventStore>) -> Outcome {
    add(&*store, "ccm", &["a", "b"]).await?;
    for wrong in [0, 1, 3, u64::MAX] {
        let found = store.append(append("ccm", wrong, "x")?).await.err();
        let conflict = AppendError::Conflict {
            stream: stream("ccm")?,
            expected: Version::new(wrong),
            current: Version::new(2),
        };
        same("the error", &found, &Some(conflict))?;
    }
    same("events", &store.head().await?.next, &Position::new(2))?;
    store.append(append("ccm", 2, "c")?).await?;
    same("commits", &whole_log(&*store).await?.len(), &2)
}

/// Events have 1 to 65,535 bytes, a commit at least one event, and what breaks that is refused
/// whole.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn sizes_are_limited(store: Arc<dyn EventStore>) -> Outcome {
    let ccm = stream("ccm")?;
    let refused = async |events: Vec<Body>| -> Result<AppendError, Failure> {
        let append = Append { stream: ccm.clone(), expected: Version::EMPTY, events };
        store.append(append).await.err().ok_or_else(|| "it was appended".into())
    };
    let of = |bytes: usize| Body::from(vec![7; bytes]);
    let stream = ccm.clone();
    same("no event", &refused(vec![]).await?, &AppendError::Empty { stream: stream.clone() })?;
    same(
        "an event without bytes",
        &refused(vec![body("a"), of(0)]).await?,
        &AppendError::EmptyEvent { stream: stream.clone(), index: 1 },
    )?;
    same(
        "a large event",
        &refused(vec![body("a"), of(MAX_EVENT_BYTES), of(MAX_EVENT_BYTES + 1)]).await?,
        &AppendError::TooLarge { stream: stream.clone(), index: 2, bytes: MAX_EVENT_BYTES + 1 },
    )?;
    let count = MAX_COMMIT_BYTES / MAX_EVENT_BYTES + 1;
    same(
        "a large commit",
        &refused(vec![of(MAX_EVENT_BYTES); count]).await?,
        &AppendError::CommitTooLarge { stream, bytes: count * MAX_EVENT_BYTES },
    )?;
    same("the head", &store.head().await?.next, &Position::START)?;

    let largest = vec![of(1), of(MAX_EVENT_BYTES), of(1)];
    let name = "a-name-of-64-bytes-0123456789-abcdefghijklmnopqrstuvwxyz-0123456";
    let append =
        Append { stream: super::stream(name)?, expected: Version::EMPTY, events: largest.clone() };
    store.append(append).await?;
    let log = whole_log(&*store).await?;
    same("the stream", &log[0].stream.as_str(), &name)?;
    holds(log[0].events == largest, || "the largest event came back changed".into())
}

/// A commit of 5 MB is never seen in part, and comes back as it was.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn a_large_commit_is_whole(store: Arc<dyn EventStore>) -> Outcome {
    add(&*store, "ccm", &["before"]).await?;
    // No two events and no two stretches of an event are alike.
    let event = |n: u32| -> Body {
        (0..12_500_u32)
            .flat_map(|i| (i ^ (n << 16)).wrapping_mul(0x9E37_79B1).to_le_bytes())
            .collect()
    };
    let events: Vec<Body> = (0..100).map(event).collect();
    let large = Append { stream: stream("att")?, expected: Version::EMPTY, events: events.clone() };
    let writing = tokio::spawn({
        let store = store.clone();
        async move { store.append(large).await }
    });
    loop {
        let seen = store.read(Position::new(1), 1).await?;
        let head = store.head().await?.next.get();
        holds(head == 1 || head == 101, || format!("the head was {head} meanwhile"))?;
        if let [commit] = seen.as_slice() {
            same("events", &commit.events.len(), &100)?;
            break;
        }
        tokio::task::yield_now().await;
    }
    writing.await??;
    add(&*store, "ccm", &["after"]).await?;
    let log = whole_log(&*store).await?;
    same("commits", &log.len(), &3)?;
    holds(log[1].events == events, || "the large commit came back changed".into())
}
