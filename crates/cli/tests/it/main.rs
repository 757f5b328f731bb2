//! The program, run as people run it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers of tests, too

mod access;
mod attack;
mod bad_input;
mod demo;
mod dials;
mod differences;
mod doctor;
mod export;
mod faults;
mod finance;
mod keeping;
mod kill;
mod live;
mod load;
mod proof;
mod reading;
mod recording;
mod run;
mod sealing;
mod serving;
mod settings;
mod trouble;
mod why;
mod writing;
