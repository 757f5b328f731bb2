//! Keys that did not count: how many, from whom, and how long to wait for the next.

use std::{
    net::IpAddr,
    sync::Mutex,
    time::{Duration, Instant},
};

use quick_cache::unsync::Cache;

use super::client::household;

/// How many clients are remembered. Who is forgotten is one who was wrong long ago.
const CLIENTS: usize = 10_000;

/// One wrong key each so long is answered, ...
const PACE: Duration = Duration::from_secs(1);

/// ... after so many at once.
const FREE: u32 = 5;

/// Nobody waits longer for an answer.
const LONGEST: Duration = Duration::from_secs(5);

/// When each client's wrong keys will have been paid for (the generic cell rate algorithm).
pub(super) struct Attempts(Mutex<Cache<Option<IpAddr>, Instant>>);

/// When an attempt is answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// At once.
    Now,
    /// After this time.
    In(Duration),
    /// Not at all; the next one is after this time.
    Never(Duration),
}

impl Attempts {
    pub(super) fn new() -> Self {
        Self(Mutex::new(Cache::new(CLIENTS)))
    }

    /// Counts a wrong key.
    pub(super) fn wrong(&self, client: Option<IpAddr>) -> Turn {
        self.wrong_at(client, Instant::now())
    }

    fn wrong_at(&self, client: Option<IpAddr>, now: Instant) -> Turn {
        let client = client.map(household);
        let mut paid = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let until = paid.get(&client).copied().unwrap_or(now).max(now) + PACE;
        let wait = until.saturating_duration_since(now).saturating_sub(PACE * FREE);
        if wait > LONGEST {
            return Turn::Never(wait);
        }
        paid.insert(client, until);
        if wait.is_zero() { Turn::Now } else { Turn::In(wait) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_often_wrong_waits() {
        let (attempts, now) = (Attempts::new(), Instant::now());
        let wrong = |address: &str, at| attempts.wrong_at(Some(address.parse().unwrap()), at);
        let turns: Vec<Turn> = (0..12).map(|_| wrong("192.0.2.1", now)).collect();
        assert_eq!(turns[..5], [Turn::Now; 5]);
        let waits: Vec<Turn> = (1..6).map(|seconds| Turn::In(PACE * seconds)).collect();
        assert_eq!(turns[5..10], waits);
        assert_eq!(
            turns[10..],
            [Turn::Never(PACE * 6); 2],
            "who is turned away does not wait longer for it"
        );
        assert_eq!(wrong("192.0.2.2", now), Turn::Now, "others do not");
        assert_eq!(wrong("192.0.2.1", now + PACE * 20), Turn::Now, "it passes");
    }

    #[test]
    fn no_more_clients_are_remembered_than_fit() {
        let (attempts, now) = (Attempts::new(), Instant::now());
        for number in 0..30_000_u32 {
            attempts.wrong_at(Some(IpAddr::from(number.to_be_bytes())), now);
        }
        assert!(attempts.0.lock().unwrap().len() <= CLIENTS);
    }
}
