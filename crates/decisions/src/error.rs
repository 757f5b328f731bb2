use chancery_kernel::{DecisionId, MandateId, PartialDate, StateCode};

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
    /// The mandate's id is taken.
    #[error("a mandate `{0}` is recorded already; give this one an id of its own")]
    MandateTaken(MandateId),
    /// No such mandate.
    #[error("no mandate `{mandate}` is recorded; {help}")]
    UnknownMandate {
        /// Which.
        mandate: MandateId,
        /// What would be right.
        help: String,
    },
    /// Nobody has to do it.
    #[error(
        "nobody is to carry out `{0}`; name `states`, `organisations`, an `office` or a `body`"
    )]
    NobodyMandated(MandateId),
    /// Replaced already.
    #[error("`{mandate}` was superseded by `{by}` already; leave it away, or name that one")]
    SupersededAlready {
        /// Which.
        mandate: MandateId,
        /// By which.
        by: MandateId,
    },
    /// Done already.
    #[error("`{mandate}` was fulfilled already, on {on}; only one that recurs is fulfilled again")]
    FulfilledAlready {
        /// Which.
        mandate: MandateId,
        /// When.
        on: PartialDate,
    },
    /// Done when another had taken its place.
    #[error(
        "`{mandate}` cannot have been fulfilled on {on}, since `{by}` took its place on {since}; name that one, or check the date"
    )]
    FulfilledAfterSuperseded {
        /// Which.
        mandate: MandateId,
        /// When it would have been done.
        on: PartialDate,
        /// The one that took its place.
        by: MandateId,
        /// When that was.
        since: PartialDate,
    },
    /// Done before it was given.
    #[error(
        "`{mandate}` cannot have been fulfilled on {on}, before it was given on {given}; check the date"
    )]
    FulfilledBeforeGiven {
        /// Which.
        mandate: MandateId,
        /// When it would have been done.
        on: PartialDate,
        /// When it was given.
        given: PartialDate,
    },
}
