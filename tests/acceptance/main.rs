//! Acceptance tests over the whole.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests, too

mod arrows;
mod attendance;
mod conventions;
mod corrections;
mod coverage;
mod days;
mod difference;
mod duties;
mod everything;
mod example;
mod finance;
mod findings;
mod foreign;
mod frozen_events;
mod frozen_log;
mod knowledge;
mod mandates;
mod names;
mod offices;
mod properties;
mod schemas;
mod snapshots;
mod status;
mod status_lists;
mod why;
