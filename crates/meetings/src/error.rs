use chancery_kernel::{DocumentSymbol, MeetingId, OrganisationId, PartialDate, StateCode, Text};

/// Why something cannot have happened in a meeting, given what is recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// No such meeting.
    #[error("no meeting `{meeting}` is recorded; {help}")]
    UnknownMeeting {
        /// Which.
        meeting: MeetingId,
        /// What would be right.
        help: String,
    },
    /// No such kind.
    #[error("the profile knows no kind of meeting `{kind}`; {help}")]
    UnknownKind {
        /// Which.
        kind: Text,
        /// What would be right.
        help: String,
    },
    /// A second scheduling.
    #[error("{0} is scheduled already; a change is `rescheduled`")]
    AlreadyScheduled(MeetingId),
    /// Last day before the first.
    #[error("{meeting} would close on {closes} before it opens on {opens}; swap the two")]
    ClosesBeforeItOpens {
        /// Which.
        meeting: MeetingId,
        /// First day.
        opens: PartialDate,
        /// Last day.
        closes: PartialDate,
    },
    /// A rescheduling that changes nothing.
    #[error("this changes nothing of {0}; write `opens_on`, `closes_on` or `venue`")]
    NothingChanged(MeetingId),
    /// A second opening.
    #[error("{meeting} was opened already, on {on}; a meeting opens once")]
    AlreadyOpened {
        /// Which.
        meeting: MeetingId,
        /// When.
        on: PartialDate,
    },
    /// Closed without having been opened.
    #[error("{0} has not been opened, so it cannot close; record `opened` first")]
    NotOpened(MeetingId),
    /// A second closing.
    #[error("{meeting} was closed already, on {on}; a meeting closes once")]
    AlreadyClosed {
        /// Which.
        meeting: MeetingId,
        /// When.
        on: PartialDate,
    },
    /// A State in two categories.
    #[error("{state} is listed as attending {meeting} already; a State attends in one category")]
    AttendsAlready {
        /// Which.
        meeting: MeetingId,
        /// Who.
        state: StateCode,
    },
    /// An organisation twice.
    #[error("{organisation} is listed as attending {meeting} already; list it once")]
    OrganisationAttendsAlready {
        /// Which.
        meeting: MeetingId,
        /// Who.
        organisation: OrganisationId,
    },
    /// States as organisations or the other way round.
    #[error("`as: {category}` goes with `{right}`; use the other category for the rest")]
    WrongParticipants {
        /// What was written.
        category: &'static str,
        /// Which key belongs to it.
        right: &'static str,
    },
    /// Nobody named.
    #[error("nobody is named as attending {0}; write `states` or `organisations`")]
    NobodyAttends(MeetingId),
    /// A plenary meeting before the first.
    #[error("plenary meetings of {0} are numbered from 1; there is no number 0")]
    PlenaryNought(MeetingId),
    /// A plenary meeting out of range.
    #[error("plenary meetings of {meeting} are numbered 1 to {of}; there is no number {number}")]
    NoSuchPlenary {
        /// Which.
        meeting: MeetingId,
        /// The number.
        number: u32,
        /// How many there are.
        of: u32,
    },
    /// A plenary meeting twice.
    #[error("plenary meeting {number} of {meeting} is recorded already; record each once")]
    PlenaryHeldAlready {
        /// Which.
        meeting: MeetingId,
        /// The number.
        number: u32,
    },
    /// A symbol twice.
    #[error("{0} was issued already; a symbol is given once, a later version bears /Rev.1")]
    AlreadyIssued(DocumentSymbol),
}
