use chancery_kernel::{Citation, Place, Text};
use uuid::Uuid;

/// Why an event cannot be corrected, or a finding not dismissed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// No event has this number.
    #[error(
        "this convention has no event {version}, its last is {last}; `chancery history` shows them"
    )]
    UnknownVersion {
        /// Which.
        version: u64,
        /// The last one.
        last: u64,
    },
    /// No event has this id.
    #[error(
        "this convention has no event with the id {0}; an event of another convention is corrected in a file of that convention"
    )]
    UnknownId(Uuid),
    /// Nothing is recorded there.
    #[error("no {} is recorded from {place}; {help}", fact.as_ref().map_or("fact", |fact| &**fact))]
    NothingThere {
        /// The place.
        place: Place,
        /// What was asked for.
        fact: Option<Text>,
        /// What would be right.
        help: String,
    },
    /// Several events fit.
    #[error("{place} has several such facts: {found}; name one by its `version`")]
    Ambiguous {
        /// The place.
        place: Place,
        /// Each of them.
        found: String,
    },
    /// There is no such fact.
    #[error("there is no fact `{fact}`; {help}")]
    UnknownFact {
        /// The word.
        fact: Text,
        /// What would be right.
        help: String,
    },
    /// Nobody is named.
    #[error(
        "nobody is named who decided this; write `authority: {{ body: … }}`, or a `decision`, a `meeting` or a `document`"
    )]
    NoAuthority,
    /// Neither a field nor an annulment.
    #[error("nothing is corrected; write `correct: {{ field: value }}` or `annulled: true`")]
    Nothing,
    /// Both a field and an annulment.
    #[error("an event that is annulled has nothing left to correct; keep `correct` or `annulled`")]
    Both,
    /// The event says so already.
    #[error(
        "the event says so already, so nothing would change; check the values, or leave this away"
    )]
    Unchanged,
    /// A field that does not exist, cannot be left away, or has no such value.
    #[error("in `{fact}`, {what}; {}", right.as_deref().unwrap_or("write it as the fact's own entry would"))]
    Field {
        /// The fact's key.
        fact: &'static str,
        /// What is wrong.
        what: String,
        /// What would be right.
        right: Option<String>,
    },
    /// A part of a correction that says what it is about.
    #[error(
        "a correction is about its event for good, so `{field}` cannot change; annul it, and record another"
    )]
    Fixed {
        /// Which field.
        field: &'static str,
    },
    /// It counts for nothing already.
    #[error("event {version} is annulled already by event {by}; correct or annul that one")]
    Annulled {
        /// Which.
        version: u64,
        /// By which.
        by: u64,
    },
    /// Nothing comes before the profile.
    #[error("a convention cannot be without its profile; correct it instead")]
    Profile,
    /// A later event rests on what would change.
    #[error(
        "event {version}, `{kind}` of {source_place}, could not have been recorded then: {what}; correct or annul that one first"
    )]
    LaterEvent {
        /// Which.
        version: u64,
        /// Its type.
        kind: &'static str,
        /// Where it stands.
        source_place: Citation,
        /// What it would break.
        what: String,
    },
    /// The same finding again.
    #[error("this finding is dismissed already by event {by}; leave this away")]
    Dismissed {
        /// By which.
        by: u64,
    },
}
