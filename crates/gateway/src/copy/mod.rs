//! A copy of the whole log that stands alone: JSON Lines, with the hash of every event.
//!
//! What it is: the form of backups and the way from one store to another. [`Copying`] writes it
//! from a service that goes on recording meanwhile; [`Reading`] reads it and takes nothing on
//! trust.
//!
//! What it is not: a proof. Whoever changes a copy can compute its hashes anew; only a root that
//! was kept or signed elsewhere tells.
//!
//! ```text
//! {"chancery":"log","form":2,"events":2,"root":"…"}
//! {"position":0,"commit":0,"of":2,"stream":"ccm","leaf":"…","event":{…}}
//! {"position":1,"commit":0,"of":2,"stream":"ccm","leaf":"…","event":{…}}
//! ```
//!
//! The first line says how many events follow and the root of their tree; each other line is one
//! event: its place, the place of the first event of its commit and how many that has, its stream,
//! and its stored bytes, as they are, since canonical JSON has no line breaks. `leaf` is the RFC 6962 hash of those
//! bytes, `root` that of all of them; both are in base64, as in a checkpoint.

mod error;
mod form;
mod read;
mod write;

pub use error::CopyError;
pub use form::Head;
pub use read::Reading;
pub use write::{Copying, CopyingError};
