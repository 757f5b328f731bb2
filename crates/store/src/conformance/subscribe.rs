//! Following the log.

use std::{
    sync::Arc,
    task::{Context, Poll, Waker},
    time::Duration,
};

use super::{Failure, Outcome, add, append, holds, same};
use crate::{Commit, EventStore, Position, Subscription};

/// A subscription delivers from the start, from within a commit, from the head and from beyond it.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn a_subscription_starts_anywhere(store: Arc<dyn EventStore>) -> Outcome {
    let mut early = store.subscribe(Position::START);
    let mut beyond = store.subscribe(Position::new(7));
    for texts in [&["a", "b"][..], &["c", "d", "e"], &["f"]] {
        add(&*store, "ccm", texts).await?;
    }
    let mut inside = store.subscribe(Position::new(3));
    let mut head = store.subscribe(Position::new(6));
    same("from the start", &places(&mut early, 3).await?, &vec![0, 2, 5])?;
    same("from within", &places(&mut inside, 2).await?, &vec![2, 5])?;
    add(&*store, "att", &["g"]).await?;
    add(&*store, "ccm", &["h", "i"]).await?;
    same("from the start, on", &places(&mut early, 2).await?, &vec![6, 7])?;
    same("from within, on", &places(&mut inside, 2).await?, &vec![6, 7])?;
    same("from the head", &places(&mut head, 2).await?, &vec![6, 7])?;
    same("from beyond the head", &places(&mut beyond, 1).await?, &vec![7])?;
    same("where it goes on", &beyond.position(), &Position::new(9))
}

/// While writers are at work, every subscriber gets every commit once and in order.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn a_subscription_follows_concurrent_writers(store: Arc<dyn EventStore>) -> Outcome {
    const WRITERS: usize = 4;
    const COMMITS: usize = 60;
    let mut followers = tokio::task::JoinSet::new();
    for start in [0, 1, 100] {
        let mut subscription = store.subscribe(Position::new(start));
        followers.spawn(async move {
            let places = places(&mut subscription, WRITERS * COMMITS - start as usize).await?;
            let all: Vec<_> = (start..(WRITERS * COMMITS) as u64).collect();
            same("the places", &places, &all)
        });
    }
    let mut writers = tokio::task::JoinSet::new();
    for writer in 0..WRITERS {
        let store = store.clone();
        writers.spawn(async move {
            for n in 0..COMMITS {
                add(&*store, &format!("stream-{writer}"), &[&n.to_string()]).await?;
            }
            Ok::<_, Failure>(())
        });
    }
    while let Some(done) = writers.join_next().await {
        done??;
    }
    while let Some(done) = followers.join_next().await {
        done??;
    }
    Ok(())
}

/// A subscriber that never asks holds up neither writers nor others, and finds all when it does.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn a_forgotten_subscription_harms_nobody(store: Arc<dyn EventStore>) -> Outcome {
    let mut forgotten = store.subscribe(Position::START);
    let mut other = store.subscribe(Position::START);
    for n in 0..600_u64 {
        store.append(append("ccm", n, &n.to_string())?).await?;
    }
    let all: Vec<_> = (0..600).collect();
    same("the other's places", &places(&mut other, 600).await?, &all)?;
    same("the forgotten one's places", &places(&mut forgotten, 600).await?, &all)
}

/// To stop waiting, at any moment, neither loses nor repeats a commit.
///
/// # Errors
///
/// What the store did otherwise.
pub async fn a_dropped_wait_loses_nothing(store: Arc<dyn EventStore>) -> Outcome {
    let mut subscription = store.subscribe(Position::START);
    let mut found = Vec::new();
    for n in 0..200_u64 {
        let wait = async { subscription.next().await };
        let mut wait = Box::pin(wait);
        if let Poll::Ready(next) = wait.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            found.push(next.ok_or("the subscription ended")??.first.get());
        }
        drop(wait);
        store.append(append("ccm", n, "x")?).await?;
    }
    let rest = 200 - found.len();
    found.extend(places(&mut subscription, rest).await?);
    same("the places", &found, &(0..200).collect())?;
    // And nothing more than that.
    let more = tokio::time::timeout(Duration::from_millis(20), subscription.next()).await;
    holds(more.is_err(), || format!("got {more:?} at the head"))
}

/// The places of the next commits.
async fn places(subscription: &mut Subscription, commits: usize) -> Result<Vec<u64>, Failure> {
    let mut places = Vec::new();
    for _ in 0..commits {
        let next = tokio::time::timeout(Duration::from_secs(20), subscription.next());
        let commit: Arc<Commit> = next.await?.ok_or("the subscription ended")??;
        places.push(commit.first.get());
    }
    Ok(places)
}
