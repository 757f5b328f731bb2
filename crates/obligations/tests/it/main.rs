//! What the decider of obligations takes and what it refuses, and what follows on a day.
#![allow(clippy::unwrap_used, reason = "tests")]

mod chance;
mod completing;
mod declaring;
mod extending;
mod laws;
mod owed;
mod reopening;
mod reporting;
mod words;
