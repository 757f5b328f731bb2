use chancery_kernel::{
    DocumentSymbol, MeetingId, OfficeId, OrganisationId, PartialDate, StateCode, ThemeId,
};

/// Why a fact cannot be true, given what is recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// Who is bound.
    #[error(transparent)]
    Membership(#[from] chancery_membership::Rejection),
    /// Meetings.
    #[error(transparent)]
    Meetings(#[from] chancery_meetings::Rejection),
    /// Offices.
    #[error(transparent)]
    Offices(#[from] chancery_offices::Rejection),
    /// Decisions.
    #[error(transparent)]
    Decisions(#[from] chancery_decisions::Rejection),
    /// Nothing comes before the profile.
    #[error("the profile of this convention is not recorded; record it first")]
    NoProfile,
    /// The same profile again.
    #[error("this is the profile that is recorded already; nothing would change")]
    SameProfile,
    /// Elected without being there.
    #[error(
        "{state} is not recorded as attending {meeting}, so it cannot be elected there; record `attended` first, or check the code"
    )]
    NotAttending {
        /// Who.
        state: StateCode,
        /// Where.
        meeting: MeetingId,
    },
    /// An office for States parties only.
    #[error(
        "{state} is not a State party in force on {on}, and only such a State can be {office}; check the code and the date"
    )]
    NotAStateParty {
        /// Who.
        state: StateCode,
        /// Which office.
        office: OfficeId,
        /// When.
        on: PartialDate,
    },
    /// Adopted out of session.
    #[error("{meeting} was not in session on {on}, so it cannot have adopted anything; {help}")]
    NotInSession {
        /// Which.
        meeting: MeetingId,
        /// When.
        on: PartialDate,
        /// What would be right.
        help: String,
    },
    /// Adopted without having been issued.
    #[error("{document} has not been issued; record `issued` before, or say `to_be_issued_as`")]
    NotIssued {
        /// Which.
        document: DocumentSymbol,
    },
    /// An organisation that the profile does not name.
    #[error("the profile knows no organisation `{organisation}`; {help}")]
    UnknownOrganisation {
        /// Which.
        organisation: OrganisationId,
        /// What would be right.
        help: String,
    },
    /// A theme that the profile does not name.
    #[error("the profile knows no theme `{theme}`; {help}")]
    UnknownTheme {
        /// Which.
        theme: ThemeId,
        /// What would be right.
        help: String,
    },
    /// A meeting that is not recorded.
    #[error("no meeting `{meeting}` is recorded; {help}")]
    UnknownMeeting {
        /// Which.
        meeting: MeetingId,
        /// What would be right.
        help: String,
    },
}
