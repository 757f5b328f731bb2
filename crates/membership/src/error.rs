use chancery_kernel::{StateCode, Text};
use jiff::civil::Date;

use crate::rules::Instrument;

/// Why an act cannot have happened, given what is recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// The stream has no profile yet.
    #[error("the rules of this convention are not recorded; record its profile first")]
    NoRules,
    /// Before the opening.
    #[error(
        "{state} can have neither signed nor acceded on {on}; the convention opened for signature on {opened}"
    )]
    NotYetOpen {
        /// Who.
        state: StateCode,
        /// When.
        on: Date,
        /// The first day.
        opened: Date,
    },
    /// After the close.
    #[error("{state} cannot have signed on {on}; signature closed on {closed}")]
    SignatureClosed {
        /// Who.
        state: StateCode,
        /// When.
        on: Date,
        /// The last day.
        closed: Date,
    },
    /// A second signature.
    #[error("{state} has signed already, on {before}; a State signs once")]
    AlreadySigned {
        /// Who.
        state: StateCode,
        /// When it did.
        before: Date,
    },
    /// A signature by a State that is bound without one.
    #[error("{state} is bound already, since {since}; only a State that is not bound signs")]
    SignsWhenBound {
        /// Who.
        state: StateCode,
        /// Since when.
        since: Date,
    },
    /// Ratification, acceptance or approval without signature.
    #[error(
        "{state} has not signed by {on}, so {instrument} is not open to it; a State that has not signed accedes"
    )]
    NotASignatory {
        /// Who.
        state: StateCode,
        /// When.
        on: Date,
        /// By what.
        instrument: Instrument,
    },
    /// Ratification, acceptance or approval after a withdrawal.
    #[error(
        "{state} was bound and withdrew, so {instrument} is not open to it again; it comes back by accession"
    )]
    ReturnsAsSignatory {
        /// Who.
        state: StateCode,
        /// By what.
        instrument: Instrument,
    },
    /// Accession after signature.
    #[error(
        "{state} signed on {signed}, so it cannot accede; a signatory ratifies, accepts or approves"
    )]
    AccedesAsSignatory {
        /// Who.
        state: StateCode,
        /// When it signed.
        signed: Date,
    },
    /// Accession before it is open.
    #[error(
        "{state} cannot have acceded on {on}; accession opens when the convention enters into force"
    )]
    AccessionNotOpen {
        /// Who.
        state: StateCode,
        /// When.
        on: Date,
    },
    /// A second deposit.
    #[error(
        "{state} is bound already, by its deposit of {before}; a State deposits one instrument"
    )]
    AlreadyBound {
        /// Who.
        state: StateCode,
        /// When it deposited.
        before: Date,
    },
    /// An entry into force of no deposit.
    #[error(
        "{state} deposited nothing on {on}, so no entry into force can be printed of it; write the day of its deposit"
    )]
    NoDeposit {
        /// Who.
        state: StateCode,
        /// When.
        on: Date,
    },
    /// The same print again.
    #[error("that {printed} is printed for {state} is recorded already; leave it away")]
    PrintedAlready {
        /// For whom.
        state: StateCode,
        /// What.
        printed: Date,
    },
    /// Withdrawal by a State that is not bound.
    #[error(
        "{state} is not bound on {on}, so it cannot withdraw; only a State that deposited an instrument can"
    )]
    NotBound {
        /// Who.
        state: StateCode,
        /// When.
        on: Date,
    },
    /// A withdrawal without any day.
    #[error(
        "a withdrawal of {state} needs a day; write `on` (receipt of the notice) or `takes_effect`"
    )]
    UndatedWithdrawal {
        /// Who.
        state: StateCode,
    },
    /// Earlier than the notice itself.
    #[error(
        "the withdrawal of {state} cannot take effect on {takes_effect}, before its notice was received on {on}; swap the two"
    )]
    EffectBeforeNotice {
        /// Who.
        state: StateCode,
        /// When the notice was received.
        on: Date,
        /// When it would take effect.
        takes_effect: Date,
    },
    /// Earlier than the notice allows.
    #[error(
        "the withdrawal of {state} cannot take effect on {takes_effect}; article {article} makes it {earliest} at the earliest"
    )]
    WithdrawsTooSoon {
        /// Who.
        state: StateCode,
        /// When it would.
        takes_effect: Date,
        /// The first lawful day.
        earliest: Date,
        /// The rule.
        article: Text,
    },
    /// The convention has no rule on it.
    #[error("the profile has no rule on withdrawal; amend it, or write `takes_effect`")]
    NoWithdrawalRule,
    /// Provisional application by a stranger.
    #[error(
        "{state} has neither signed nor deposited by {on}, so it has nothing to apply provisionally; record that first"
    )]
    NothingToApply {
        /// Who.
        state: StateCode,
        /// When.
        on: Date,
    },
    /// A day past the end of the calendar.
    #[error("the date that follows from {0} lies beyond the calendar; check the year")]
    BeyondCalendar(Date),
}
