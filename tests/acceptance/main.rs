//! Acceptance tests over the whole.

mod arrows;
mod attendance;
mod coverage;
mod findings;
mod frozen_events;
mod names;
mod offices;
mod properties;
mod schemas;
mod snapshots;
mod status;
