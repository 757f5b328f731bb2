//! What meetings adopt, decide and recommend, who stood apart, and what is to be done.
//!
//! What it is: decisions with the verb that the source uses (its legal weight differs), the
//! documents adopted, votes, dissociations put on record, and mandates: who must do what by when.
//!
//! What it is not: it does not know whether the meeting was open or the document issued;
//! `chancery-register` holds those rules, since they cross domains.

mod command;
mod decide;
mod error;
mod event;
mod mandate;
mod state;
mod verb;

pub use command::Command;
pub use decide::Decisions;
pub use error::Rejection;
pub use event::{Adoption, AdoptionVerb, Decided, Dissociation, Event, Vote};
pub use mandate::{Fulfilment, Mandate, MandateRecord, MandateStanding};
pub use state::{Decision, State};
pub use verb::{Verb, Weight};
