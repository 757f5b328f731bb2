//! All domains of a convention as one event, one command and one state.
//!
//! What it is: the register's [`Command`], [`Event`] and [`State`]; the [`rules`] that cross
//! domains; the [`Profile`] that holds a convention's law as data; the [`Envelope`] in which events
//! are stored; [`corrections`] of what is recorded; record files and tables ([`record`]) with their diagnostics; what of a source is
//! recorded ([`coverage`]).
//!
//! What it is not: it stores nothing and serves nothing. It reads no file, no clock, no network:
//! texts, ids and the time come from outside.
//!
//! Who builds on it: `chancery-projections`, `chancery-gateway`, the program.

pub mod audit;
mod command;
pub mod corrections;
pub mod coverage;
mod decide;
mod draft;
mod envelope;
mod error;
mod event;
pub mod journal;
pub mod mention;
mod plan;
mod profile;
pub mod record;
pub mod rules;
pub mod schema;
pub mod sources;
mod state;

pub use command::{Command, Domain};
pub use decide::Register;
pub use draft::Draft;
pub use envelope::{DecodeError, Envelope, Recorded};
pub use error::{Rejection, Want};
pub use event::Event;
pub use plan::{Decided, Plan, Rejected, command_id, mistakes, plan};
pub use profile::{
    Command as ProfileCommand, Event as ProfileEvent, Organisation, Profile, ProfileRecord,
};
pub use state::State;
