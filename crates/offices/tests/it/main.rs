//! What the decider of offices takes and what it refuses, and how terms begin and end.
#![allow(clippy::unwrap_used, reason = "tests")]

mod appointing;
mod chance;
mod ending;
mod holders;
mod laws;
mod seats;
mod succeeding;
mod terms;
mod unknown_names;
mod words;
