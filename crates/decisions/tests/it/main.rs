//! What the decider of decisions takes and what it refuses, and how much its verbs weigh.
#![allow(clippy::unwrap_used, reason = "tests")]

mod adopting;
mod chance;
mod deciding;
mod dissociating;
mod ids;
mod laws;
mod mandates;
mod verbs;
mod voting;
mod words;
