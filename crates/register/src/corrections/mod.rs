//! Corrections of what is recorded: an event is never changed, a later one says what is right.
//!
//! [`Rectified`] names an event of the same convention and gives fields other values, or annuls it;
//! [`Dismissed`] sets a finding aside. Both can be rectified in their turn. What is computed from a
//! log takes the corrected values from the correction's place in the log on; a log that ends before
//! it knows nothing of it.
//!
//! A correction is decided like everything else: the corrected event, and every event after it, is
//! decided once more on the corrected history.

mod again;
mod command;
mod decide;
mod effective;
mod error;
mod event;
mod fields;
mod find;

pub use command::{Command, Dismissal, Rectification, Reference, ReferenceError};
pub use effective::{corrected, effective};
pub use error::Rejection;
pub use event::{Dismissed, Event, EventRef, Rectified};

pub(crate) use decide::decide;
