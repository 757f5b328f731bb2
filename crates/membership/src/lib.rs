//! Who is bound by a convention, how, and since when.
//!
//! What it is: the treaty actions of States (signature, the instruments by which they consent to be
//! bound, provisional application, declarations, territory, withdrawal) and the computation of
//! entry into force from them.
//!
//! What it is not: it knows no convention. The law is a value, [`Rules`], that a convention's
//! profile holds. It knows no meetings and no money.
//!
//! Who builds on it: `chancery-register`, which sets the rules from the profile, and
//! `chancery-projections`, which asks [`State::standing`].

mod command;
mod decide;
mod error;
mod event;
mod force;
mod rules;
mod state;

pub use command::Command;
pub use decide::Membership;
pub use error::Rejection;
pub use event::{
    Declaration, Deposit, Event, PrintedForce, ProvisionalApplication, Renaming, Signature,
    Succession, TerritoryChange, TerritoryChangeKind, Withdrawal,
};
pub use force::{Force, ForceBy, delayed};
pub use rules::{
    AccessionOpens, Between, Delay, EntryIntoForce, Instrument, Later, LaterThan, Rules,
    SignatureCloses, WithdrawalRule,
};
pub use state::{Bond, Participant, Standing, State};
