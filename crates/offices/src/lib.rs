//! Who holds which office of a convention, how they came to it, and for how long.
//!
//! What it is: terms of office. An office belongs to a State (or an organisation); persons come and
//! go with it. Terms begin and end with meetings, so they are kept as they were said and resolve to
//! dates when asked.
//!
//! What it is not: it does not know who is bound or who attends; `chancery-register` holds those
//! rules, since they cross domains. Which offices there are is in the profile ([`Rules`]).

mod command;
mod decide;
mod error;
mod event;
mod rules;
mod state;

pub use command::Command;
pub use decide::Offices;
pub use error::Rejection;
pub use event::{Appointment, Ending, Event, Manner, Succession};
pub use rules::{Holder, OfficeRule, Rules, Seat, Theme};
pub use state::{Accession, State, Term};
