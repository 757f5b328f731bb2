//! Places in the log and in a stream.

use std::fmt;

/// A place in the log, counted in events from 0.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position(u64);

impl Position {
    /// The place of the first event of the log.
    pub const START: Self = Self(0);

    /// The place that `events` events precede.
    #[must_use]
    pub const fn new(events: u64) -> Self {
        Self(events)
    }

    /// How many events precede this place.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The place after this one. It stays at the last one there can be.
    #[must_use]
    pub const fn next(self) -> Self {
        self.plus(1)
    }

    /// The place `events` further on. It stays at the last one there can be.
    #[must_use]
    pub const fn plus(self, events: u64) -> Self {
        Self(self.0.saturating_add(events))
    }
}

impl From<u64> for Position {
    fn from(events: u64) -> Self {
        Self(events)
    }
}

impl From<Position> for u64 {
    fn from(position: Position) -> Self {
        position.0
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// How many events a stream holds: 0 when it is empty.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version(u64);

impl Version {
    /// The version of a stream that holds nothing.
    pub const EMPTY: Self = Self(0);

    /// The version of a stream that holds `events` events.
    #[must_use]
    pub const fn new(events: u64) -> Self {
        Self(events)
    }

    /// How many events the stream holds.
    #[must_use]
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The version after one more event. It stays at the last one there can be.
    #[must_use]
    pub const fn next(self) -> Self {
        self.plus(1)
    }

    /// The version after `events` more. It stays at the last one there can be.
    #[must_use]
    pub const fn plus(self, events: u64) -> Self {
        Self(self.0.saturating_add(events))
    }
}

impl From<u64> for Version {
    fn from(events: u64) -> Self {
        Self(events)
    }
}

impl From<Version> for u64 {
    fn from(version: Version) -> Self {
        version.0
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Where the log ends.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Head {
    /// The place that the next event will get, which is also how many events there are.
    pub next: Position,
}
