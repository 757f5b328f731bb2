use chancery_kernel::{DecisionId, PartialDate, StateCode};

/// Why something cannot have been decided, given what is recorded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Rejection {
    /// The id is taken.
    #[error("a decision `{0}` is recorded already; give this one an id of its own")]
    IdTaken(DecisionId),
    /// No such decision.
    #[error("no decision `{decision}` is recorded; {help}")]
    UnknownDecision {
        /// Which.
        decision: DecisionId,
        /// What would be right.
        help: String,
    },
    /// Nothing adopted.
    #[error("`{0}` adopts no document; name at least one, or write `decided`")]
    NothingAdopted(DecisionId),
    /// Nobody stands apart.
    #[error("nobody stands apart from `{0}`; name the States")]
    NobodyDissociates(DecisionId),
    /// Twice.
    #[error("{state} stands apart from `{decision}` already; record it once")]
    DissociatedAlready {
        /// Who.
        state: StateCode,
        /// From what.
        decision: DecisionId,
    },
    /// Before there was anything to stand apart from.
    #[error("nobody can stand apart from `{decision}` on {on}; it was decided on {decided}")]
    DissociatesTooSoon {
        /// From what.
        decision: DecisionId,
        /// When.
        on: PartialDate,
        /// When it was decided.
        decided: PartialDate,
    },
    /// A vote on nothing.
    #[error("the vote names neither a document nor a decision; write one of the two")]
    VoteOnNothing,
}
