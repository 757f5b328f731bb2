//! The program, run as people run it.

mod bad_input;
mod demo;
mod kill;
mod reading;
mod recording;
mod run;
