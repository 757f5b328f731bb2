//! Registers of fictional conventions, of any size, to measure and to try on.
//!
//! What it is: a seeded generator of lawful histories. Each convention has a profile of its own and
//! decades of signatures, deposits, withdrawals, meetings, decisions, money, reports, extensions and
//! corrections. It comes out as record files that were read already, one for each source, in the
//! order in which they would have been recorded. Number and seed decide a convention, whatever the
//! size: a village is the first conventions of a world.
//!
//! What it is not: it knows no rule. What it makes is decided by the register like everything else,
//! and a fact that is refused is a mistake here. Nothing it says of a State is so: every convention
//! is labelled as fictional. It is no part of the program `chancery`.
//!
//! Who builds on it: its own program, the benchmarks.

mod chance;
mod convention;
mod corrections;
mod duties;
mod error;
mod meetings;
mod money;
mod profile;
mod recording;
mod size;
mod source;
mod states;
mod words;
mod world;

pub use convention::{convention, id};
pub use error::{MakeError, RecordingError};
pub use recording::{Recording, record, record_all};
pub use size::Size;
pub use world::World;
