//! What the decider of meetings takes and what it refuses, and how dates hang on meetings.
#![allow(clippy::unwrap_used, reason = "tests")]

mod attending;
mod calendar;
mod calling;
mod chance;
mod closing;
mod documents;
mod laws;
mod opening;
mod plenaries;
mod rescheduling;
mod scheduling;
mod session;
mod speaking;
mod unknown_meetings;
mod words;
