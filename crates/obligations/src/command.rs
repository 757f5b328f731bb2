use chancery_kernel::{ClockId, ObligationId, PartialDate, StateCode};

use crate::event::{Completion, Declaration, ExtensionGrant, ExtensionRequest, Reopening, Report};

chancery_kernel::commands! {
    /// What somebody asks to record about an obligation.
    Command {
        /// A State owes it.
        Declare(Declaration) = "obligation_declared",
        /// A State reported.
        Report(Report) = "reported",
        /// A State asked for more time.
        RequestExtension(ExtensionRequest) = "extension_requested",
        /// It was given more time.
        GrantExtension(ExtensionGrant) = "extension_granted",
        /// A State has done what it owed.
        Complete(Completion) = "completed",
        /// What had been completed is owed again.
        Reopen(Reopening) = "reopened",
    }
}

impl Command {
    /// Who, what, on which clock, and when; the last is `None` where no date is given.
    pub fn about(&self) -> (StateCode, &ObligationId, Option<&ClockId>, Option<PartialDate>) {
        match self {
            Self::Declare(it) => (it.state, &it.obligation, it.clock.as_ref(), Some(it.on)),
            Self::Report(it) => (it.state, &it.obligation, None, Some(it.on)),
            Self::RequestExtension(it) => {
                (it.state, &it.obligation, it.clock.as_ref(), it.counts_from())
            }
            Self::GrantExtension(it) => (it.state, &it.obligation, it.clock.as_ref(), Some(it.on)),
            Self::Complete(it) => (it.state, &it.obligation, it.clock.as_ref(), it.counts_from()),
            Self::Reopen(it) => (it.state, &it.obligation, it.clock.as_ref(), Some(it.on)),
        }
    }
}
