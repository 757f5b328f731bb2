//! What the decider of membership takes and what it refuses, when a convention enters into force
//! for whom, and how a State stands on which day.
#![allow(clippy::unwrap_used, reason = "tests")]

mod accession;
mod chance;
mod conventions;
mod entry_into_force;
mod laws;
mod names;
mod other_acts;
mod provisional_application;
mod ratification;
mod rejoining;
mod signature;
mod standing;
mod succession;
mod withdrawal;
mod words;
