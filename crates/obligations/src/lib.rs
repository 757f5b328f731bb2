//! What States owe by when: deadlines, extensions, completions and reports.
//!
//! What it is: duties that a treaty sets a date for. Some every State party owes, some only those
//! that have something to destroy or to clear; some are done once, some every year. [`State::owed`]
//! says what a State owes, by when and how it stands, as at any day.
//!
//! What it is not: it knows no convention. The law is a value, [`Rules`], that a convention's
//! profile holds. It does not know who is bound: the day on which the convention entered into force
//! for a State is set from outside ([`State::enter_into_force`]). Whether a granting decision was
//! taken is `chancery-register`'s to ask, since that crosses domains.
//!
//! Who builds on it: `chancery-register` and `chancery-projections`.

mod command;
mod decide;
mod due;
mod duty;
mod error;
mod event;
mod owed;
mod rules;
mod state;

pub use command::Command;
pub use decide::Obligations;
pub use duty::{Duty, DutyAt, DutyKey, Step};
pub use error::{Rejection, StartFault};
pub use event::{
    Completion, Declaration, Event, ExtensionGrant, ExtensionRequest, Reopening, Report,
};
pub use owed::{Owed, Standing, Timing};
pub use rules::{
    Clock, DoneBy, Due, EachYear, Extension, Kept, Lead, Obligation, OwedBy, Period, Rules, Starts,
};
pub use state::{ReportKey, State};
