//! Many writers.

use std::{
    collections::BTreeMap,
    future::poll_fn,
    sync::Arc,
    task::{Context, Poll, Waker},
};

use super::{Outcome, append, holds, same, stream, whole_log};
use crate::{AppendError, EventStore, Version};

/// Of two appends that expect the same version one is taken, the other learns the new version.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn one_of_two_writers_wins(store: Arc<dyn EventStore>) -> Outcome {
    for round in 0..20 {
        let write = |text: &str| {
            let (store, append) = (store.clone(), append("ccm", round, text));
            tokio::spawn(async move { Ok::<_, super::Failure>(store.append(append?).await) })
        };
        let (one, other) = (write("one"), write("other"));
        let results = [one.await??, other.await??];
        let lost: Vec<_> = results.into_iter().filter_map(Result::err).collect();
        let conflict = AppendError::Conflict {
            stream: stream("ccm")?,
            expected: Version::new(round),
            current: Version::new(round + 1),
        };
        same("who lost", &lost, &vec![conflict])?;
    }
    same("commits", &whole_log(&*store).await?.len(), &20)
}

/// Writers on many streams all get through; each stream holds what its writer wrote, in order.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn many_writers_interleave_whole_commits(store: Arc<dyn EventStore>) -> Outcome {
    const STREAMS: usize = 24;
    const COMMITS: u64 = 15;
    let name = |n: usize| format!("stream-{n}");
    let mut writers = tokio::task::JoinSet::new();
    for n in 0..STREAMS {
        let store = store.clone();
        writers.spawn(async move {
            let mut version = 0;
            for commit in 0..COMMITS {
                let mut next = append(&name(n), version, &format!("{n} {version}"))?;
                // Commits of one to three events, so that a neighbour's could fall in between.
                for more in 1..=commit % 3 {
                    next.events.push(super::body(&format!("{n} {}", version + more)));
                }
                version = store.append(next).await?.version().get();
            }
            Ok::<_, super::Failure>(())
        });
    }
    while let Some(written) = writers.join_next().await {
        written??;
    }
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for commit in whole_log(&*store).await? {
        let texts = commit.events.iter().map(|b| String::from_utf8_lossy(b).into_owned());
        found.entry(commit.stream.to_string()).or_default().extend(texts);
    }
    let events: u64 = (0..COMMITS).map(|commit| 1 + commit % 3).sum();
    let all = |n: usize| (0..events).map(move |event| format!("{n} {event}")).collect();
    same("events", &found, &(0..STREAMS).map(|n| (name(n), all(n))).collect())
}

/// Appends take effect in the order in which they were first polled, also when more of them wait
/// than a backend's queue can hold.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn first_polled_is_first_appended(store: Arc<dyn EventStore>) -> Outcome {
    const APPENDS: u64 = 1500;
    let mut waiting = Vec::new();
    for n in 0..APPENDS {
        // Each is taken only if the one before it was.
        let mut append = store.append(append("ccm", n, &n.to_string())?);
        match append.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(result) => drop(result?),
            Poll::Pending => waiting.push(append),
        }
    }
    // Later polls come backwards, to show that their order does not count.
    poll_fn(|context| {
        let mut result = Ok(());
        waiting.reverse();
        waiting.retain_mut(|append| match append.as_mut().poll(context) {
            Poll::Ready(Err(error)) => {
                result = Err(error);
                false
            }
            Poll::Ready(Ok(_)) => false,
            Poll::Pending => true,
        });
        waiting.reverse();
        if result.is_err() || waiting.is_empty() { Poll::Ready(result) } else { Poll::Pending }
    })
    .await?;
    same("commits", &(whole_log(&*store).await?.len() as u64), &APPENDS)
}

/// A caller that goes away while it waits leaves a whole commit or none, and the store at work.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn a_dropped_append_harms_nobody(store: Arc<dyn EventStore>) -> Outcome {
    for _ in 0..50 {
        let version = store.version(&stream("ccm")?).await?.get();
        let mut dropped = store.append(append("ccm", version, "left")?);
        let _ = dropped.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        drop(dropped);
        // Whether it was taken shows once the next append has been decided.
        store.append(append("other", store.version(&stream("other")?).await?.get(), "x")?).await?;
        let after = store.version(&stream("ccm")?).await?.get();
        holds(after == version || after == version + 1, || format!("{version} then {after}"))?;
    }
    whole_log(&*store).await.map(drop)
}
