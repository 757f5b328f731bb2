use chancery_kernel::{ClockId, ObligationId, PartialDate, StateCode};

use crate::event::{
    Completion, Declaration, Event, ExtensionGrant, ExtensionRequest, Reopening, Report,
};

chancery_kernel::commands! {
    /// What somebody asks to record about an obligation.
    Command from Event {
        /// A State owes an obligation that not every State does.
        Declare(Declaration) = "obligation_declared" from Declared,
        /// A State reported.
        Report(Report) = "reported" from Reported,
        /// A State asked for more time.
        RequestExtension(ExtensionRequest) = "extension_requested" from ExtensionRequested,
        /// A State was given more time.
        GrantExtension(ExtensionGrant) = "extension_granted" from ExtensionGranted,
        /// A State has done what it owed.
        Complete(Completion) = "completed" from Completed,
        /// What had been completed is owed again.
        Reopen(Reopening) = "reopened" from Reopened,
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
