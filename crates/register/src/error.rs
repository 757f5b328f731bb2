use chancery_finance::Year;
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
    /// Money.
    #[error(transparent)]
    Finance(#[from] chancery_finance::Rejection),
    /// Obligations.
    #[error(transparent)]
    Obligations(#[from] chancery_obligations::Rejection),
    /// Corrections.
    #[error(transparent)]
    Corrections(#[from] crate::corrections::Rejection),
    /// The journal.
    #[error(transparent)]
    Journal(#[from] crate::journal::Rejection),
    /// More than a log entry holds.
    #[error(
        "this fact comes to {bytes} bytes when it is stored, and an event has 65,535 at most; split it into several"
    )]
    TooLarge {
        /// How many.
        bytes: usize,
    },
    /// More than one commit holds.
    #[error(
        "up to here the facts of this file come to more than 60 MiB when they are stored; split the file"
    )]
    FileTooLarge,
    /// More corrections than one file may hold.
    #[error(
        "up to here this file holds 1,000 corrections, as many as one may; put the rest into another"
    )]
    TooManyCorrections,
    /// The same fact twice in one file.
    #[error("the same fact stands above in this file, with the same source; leave one away")]
    Repeated,
    /// Nothing comes before the profile.
    #[error("the profile of this convention is not recorded; record it first")]
    NoProfile,
    /// The same profile again.
    #[error("this is the profile that is recorded already; nothing would change")]
    SameProfile,
    /// An amendment that would rewrite what has happened.
    #[error(
        "the rules on membership cannot change any more, since treaty actions that rest on them are recorded; leave `membership` as it was, or begin a register anew"
    )]
    AmendsMembership,
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

/// Something that would have to be recorded first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    /// The keys of facts that bring it.
    keys: &'static [&'static str],
    /// Its name in record files.
    name: String,
}

impl Want {
    /// Whether an entry, could it be recorded, would bring it: one of the keys and the name stand
    /// in its text.
    pub(crate) fn would_come_from(&self, entry: &str) -> bool {
        // A row of a table has no keys: its facts are acts of the State that it names.
        let keyed = self.keys.iter().any(|key| entry.contains(&format!("{key}:")));
        (keyed || !entry.contains(':')) && has_word(entry, &self.name)
    }
}

fn has_word(text: &str, word: &str) -> bool {
    let part_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '/' | '.');
    text.match_indices(word).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(part_of_word) && !after.is_some_and(part_of_word)
    })
}

impl Rejection {
    /// What would have to be recorded first, where that is the reason. When the same file holds
    /// it, but it could not be recorded either, this rejection only follows from that.
    pub fn wants(&self) -> Option<Want> {
        use chancery_decisions::Rejection as Decisions;
        use chancery_finance::Rejection as Finance;
        use chancery_meetings::Rejection as Meetings;
        use chancery_membership::Rejection as Membership;
        use chancery_obligations::Rejection as Obligations;
        use chancery_offices::Rejection as Offices;
        const JOIN: &[&str] =
            &["signed", "ratified", "accepted", "approved", "acceded", "succeeded"];
        const PAY: &[&str] = &["signed", "ratified", "accepted", "approved", "acceded", "attended"];
        let want = |keys, name: &dyn std::fmt::Display| Want { keys, name: name.to_string() };
        Some(match self {
            Self::Membership(
                Membership::NotASignatory { state, .. }
                | Membership::NotBound { state, .. }
                | Membership::NoDeposit { state, .. }
                | Membership::NothingToApply { state, .. },
            )
            | Self::NotAStateParty { state, .. }
            | Self::NotAParty { state, .. } => want(JOIN, state),
            Self::NotAPayer { state, .. } => want(PAY, state),
            Self::Obligations(Obligations::NotInForce { state })
            | Self::OwesNothing { state, .. } => want(JOIN, state),
            Self::Obligations(Obligations::DoesNotOwe { state, .. }) => {
                want(&["obligation_declared"], state)
            }
            Self::Obligations(Obligations::NotDone { state, .. }) => want(&["completed"], state),
            Self::Offices(Offices::DoesNotHold { state }) => {
                want(&["elected", "designated", "confirmed"], state)
            }
            Self::Finance(Finance::NoBudget(year)) => want(&["budget_approved"], year),
            Self::Finance(Finance::UnknownCategory { category, .. }) => {
                want(&["procedures_adopted"], category)
            }
            Self::Finance(Finance::NoTarget) => want(&["reserve_target_set"], &"level"),
            Self::Finance(Finance::EmptyReserve) => {
                want(&["contributed", "unspent_carried"], &"reserve")
            }
            Self::Finance(Finance::NothingDrawn(_)) => want(&["reserve_drawn"], &"amount"),
            Self::NotAttending { state, .. } => want(&["attended"], state),
            Self::Meetings(Meetings::UnknownMeeting { meeting, .. })
            | Self::UnknownMeeting { meeting, .. } => want(&["scheduled"], meeting),
            Self::Meetings(Meetings::NotOpened(meeting)) => want(&["opened"], meeting),
            Self::NotInSession { meeting, .. } => want(&["opened", "rescheduled"], meeting),
            Self::Decisions(Decisions::UnknownDecision { decision, .. })
            | Self::UnknownAuthority { decision, .. }
            | Self::NotGranted { decision, .. } => want(&["decided", "adopted"], decision),
            Self::Decisions(Decisions::UnknownMandate { mandate, .. }) => {
                want(&["mandated"], mandate)
            }
            Self::NotIssued { document } => want(&["issued"], document),
            Self::UnknownOrganisation { organisation, .. } => want(&["profile"], organisation),
            Self::UnknownOffice { office, .. } => want(&["profile"], office),
            Self::UnknownTheme { theme, .. } => want(&["profile"], theme),
            _ => return None,
        })
    }
}
