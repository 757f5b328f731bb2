//! The register as a whole: rules that cross domains, and the way in for people.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests, too

mod corrections;
mod finance;
mod obligations;
mod profile;
mod reading;
mod register;
mod rules;
mod tables;
