use chancery_finance::Year;
use chancery_kernel::{
    DecisionId, DocumentSymbol, MeetingId, OfficeId, OrganisationId, PartialDate, StateCode,
    ThemeId,
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
    /// Money.
    #[error(transparent)]
    Finance(#[from] chancery_finance::Rejection),
    /// The same fact twice in one file.
    #[error("the same fact stands above in this file, with the same source; leave one away")]
    Repeated,
    /// Nothing comes before the profile.
    #[error("the profile of this convention is not recorded; record it first")]
    NoProfile,
    /// The same profile again.
    #[error("this is the profile that is recorded already; nothing would change")]
    SameProfile,
    /// A profile that cannot be applied.
    #[error("this profile cannot be applied: {0}; correct it")]
    UnsoundProfile(String),
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
    /// A decision that is not recorded.
    #[error("no decision `{decision}` is recorded that could have authority; {help}")]
    UnknownAuthority {
        /// Which.
        decision: DecisionId,
        /// What would be right.
        help: String,
    },
    /// Money from or of a State that has no part in the convention.
    #[error(
        "{state} has neither signed, nor deposited, nor attended a meeting by {on}, so it takes no part in the payments; record that first, or check the code"
    )]
    NotAPayer {
        /// Who.
        state: StateCode,
        /// When.
        on: PartialDate,
    },
    /// An invoice to a State that is not bound.
    #[error(
        "{state} is not bound in {year}, and an invoice goes to States parties; check the code and the year"
    )]
    NotAParty {
        /// Who.
        state: StateCode,
        /// The budget's year.
        year: Year,
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

impl Rejection {
    /// What would have to be recorded first, by its name in record files, where that is the reason.
    /// When it stands in the same file but could not be read, this rejection only follows from
    /// that.
    pub fn wants(&self) -> Option<String> {
        use chancery_decisions::Rejection as Decisions;
        use chancery_finance::Rejection as Finance;
        use chancery_meetings::Rejection as Meetings;
        use chancery_membership::Rejection as Membership;
        use chancery_offices::Rejection as Offices;
        Some(match self {
            Self::Membership(
                Membership::NotASignatory { state, .. }
                | Membership::NotBound { state, .. }
                | Membership::NothingToApply { state, .. },
            )
            | Self::Offices(Offices::DoesNotHold { state })
            | Self::NotAttending { state, .. }
            | Self::NotAPayer { state, .. }
            | Self::NotAParty { state, .. }
            | Self::NotAStateParty { state, .. } => state.to_string(),
            Self::Meetings(
                Meetings::UnknownMeeting { meeting, .. } | Meetings::NotOpened(meeting),
            )
            | Self::UnknownMeeting { meeting, .. }
            | Self::NotInSession { meeting, .. } => meeting.to_string(),
            Self::Decisions(Decisions::UnknownDecision { decision, .. })
            | Self::UnknownAuthority { decision, .. } => decision.to_string(),
            Self::Finance(Finance::NoBudget(year)) => year.to_string(),
            Self::Finance(Finance::UnknownCategory { category, .. }) => category.to_string(),
            Self::Finance(Finance::NoTarget | Finance::EmptyReserve) => "reserve".to_owned(),
            Self::Finance(Finance::NothingDrawn) => "reserve_drawn".to_owned(),
            Self::NotIssued { document } => document.to_string(),
            Self::UnknownOrganisation { organisation, .. } => organisation.to_string(),
            Self::UnknownTheme { theme, .. } => theme.to_string(),
            Self::NoProfile => "profile".to_owned(),
            _ => return None,
        })
    }
}
