use chancery_kernel::{
    DecisionId, DocumentSymbol, MeetingId, ObligationId, OfficeId, OrganisationId, PartialDate,
    StateCode, ThemeId,
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
    /// Obligations.
    #[error(transparent)]
    Obligations(#[from] chancery_obligations::Rejection),
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
    /// Only a State that is bound owes anything.
    #[error(
        "{state} was not bound on {on}, so it owed no `{obligation}`; record its deposit first, or check the code and the date"
    )]
    OwesNothing {
        /// Who.
        state: StateCode,
        /// What.
        obligation: ObligationId,
        /// When.
        on: PartialDate,
    },
    /// More time without a decision.
    #[error(
        "an extension needs the decision that granted it, and no decision `{decision}` is recorded; {help}"
    )]
    NotGranted {
        /// Which.
        decision: DecisionId,
        /// What would be right.
        help: String,
    },
    /// More time before it was decided.
    #[error(
        "`{decision}` was taken on {taken}, so it cannot have extended anything on {on}; check the date"
    )]
    GrantedBeforeDecided {
        /// Which.
        decision: DecisionId,
        /// When it was taken.
        taken: PartialDate,
        /// When it is said to have extended.
        on: PartialDate,
    },
    /// An office that the profile does not name.
    #[error("the profile knows no office `{office}`; {help}")]
    UnknownOffice {
        /// Which.
        office: OfficeId,
        /// What would be right.
        help: String,
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

impl Rejection {
    /// What would have to be recorded first, by its name in record files, where that is the reason.
    /// When it stands in the same file but could not be read, this rejection only follows from
    /// that.
    pub fn wants(&self) -> Option<String> {
        use chancery_decisions::Rejection as Decisions;
        use chancery_meetings::Rejection as Meetings;
        use chancery_membership::Rejection as Membership;
        use chancery_obligations::Rejection as Obligations;
        use chancery_offices::Rejection as Offices;
        Some(match self {
            Self::Membership(
                Membership::NotASignatory { state, .. }
                | Membership::NotBound { state, .. }
                | Membership::NothingToApply { state, .. },
            )
            | Self::Offices(Offices::DoesNotHold { state })
            | Self::NotAttending { state, .. }
            | Self::NotAStateParty { state, .. } => state.to_string(),
            Self::Meetings(
                Meetings::UnknownMeeting { meeting, .. } | Meetings::NotOpened(meeting),
            )
            | Self::UnknownMeeting { meeting, .. }
            | Self::NotInSession { meeting, .. } => meeting.to_string(),
            Self::Decisions(Decisions::UnknownDecision { decision, .. })
            | Self::NotGranted { decision, .. } => decision.to_string(),
            Self::Decisions(Decisions::UnknownMandate { mandate, .. }) => mandate.to_string(),
            Self::Obligations(
                Obligations::DoesNotOwe { state, .. }
                | Obligations::NotDone { state, .. }
                | Obligations::NotInForce { state },
            )
            | Self::OwesNothing { state, .. } => state.to_string(),
            Self::NotIssued { document } => document.to_string(),
            Self::UnknownOrganisation { organisation, .. } => organisation.to_string(),
            Self::UnknownTheme { theme, .. } => theme.to_string(),
            Self::NoProfile => "profile".to_owned(),
            _ => return None,
        })
    }
}
