//! The formal meetings of a convention: calling, holding, attending, documents.
//!
//! What it is: the life of a meeting from the decision to hold it to its closing, who took part in
//! which category, who spoke, and the documents issued for it.
//!
//! What it is not: it knows neither who pays nor who is bound; that a participant stands in the
//! right category is for `chancery-projections` to see. What meetings decide is in
//! `chancery-decisions`, who presides in `chancery-offices`.

mod command;
mod decide;
mod error;
mod event;
mod rules;
mod state;

pub use command::Command;
pub use decide::Meetings;
pub use error::Rejection;
pub use event::{
    AlternativeVenue, Attendance, Category, Closing, Consideration, Convocation, Event, Issue,
    Opening, Plenary, Rescheduling, Scheduling, Speech, SpeechForm, Venue,
};
pub use rules::{MeetingKind, Rules};
pub use state::{Document, Meeting, State};
