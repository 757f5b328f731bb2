//! What the store promises, tried on both backends and on a damaged disk.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod child;
mod conformance;
mod corruption;
mod disk_full;
mod folder;
mod in_use;
mod kill;
mod log;
mod reopen;
mod snapshots;
