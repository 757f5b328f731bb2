use chancery_kernel::{ActorError, OfficeId, StateCode, ThemeId};

/// Why an office cannot have been filled or left, given what is recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// No such office.
    #[error("the profile knows no office `{office}`; {help}")]
    UnknownOffice {
        /// Which.
        office: OfficeId,
        /// What would be right.
        help: String,
    },
    /// No such theme.
    #[error("the profile knows no theme `{theme}`; {help}")]
    UnknownTheme {
        /// Which.
        theme: ThemeId,
        /// What would be right.
        help: String,
    },
    /// Nobody, or States and an organisation at once.
    #[error(
        "an office is held by States or by one organisation; write `state`, `states` or `organisation`"
    )]
    NoHolder,
    /// One person for several States.
    #[error("one person cannot stand for {0} States; record each with its own person")]
    OnePersonForMany(usize),
    /// No holder that can be described so.
    #[error(transparent)]
    Actor(#[from] ActorError),
    /// An office of a meeting without a meeting.
    #[error(
        "`{0}` is an office of a meeting; write `meeting`, or `of` when another meeting's is meant"
    )]
    NoMeeting(OfficeId),
    /// The same term twice.
    #[error(
        "{state} holds this office already by an earlier act; end that term first, or leave this one away"
    )]
    HoldsAlready {
        /// Who.
        state: StateCode,
    },
    /// Nobody to succeed or to end.
    #[error(
        "{state} does not hold this office, so its term cannot end; check office, theme and `of`"
    )]
    DoesNotHold {
        /// Who.
        state: StateCode,
    },
}
