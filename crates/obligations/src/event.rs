use chancery_kernel::{
    ClockId, DecisionId, DocumentSymbol, MeetingId, ObligationId, PartialDate, StateCode, Text,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::duty::DutyKey;

chancery_kernel::events! {
    /// What happened to an obligation.
    Event in "obligations" {
        /// A State owes it.
        Declared(Declaration) = "declared" @ 1,
        /// A State reported.
        Reported(Report) = "reported" @ 1,
        /// A State asked for more time.
        ExtensionRequested(ExtensionRequest) = "extension_requested" @ 1,
        /// It was given more time.
        ExtensionGranted(ExtensionGrant) = "extension_granted" @ 1,
        /// A State has done what it owed.
        Completed(Completion) = "completed" @ 1,
        /// What had been completed is owed again.
        Reopened(Reopening) = "reopened" @ 1,
    }
}

/// A State owes an obligation that not every State does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ObligationDeclaration")]
pub struct Declaration {
    /// Who.
    pub state: StateCode,
    /// What, as the profile names it.
    pub obligation: ObligationId,
    /// The clock, where an event starts it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockId>,
    /// When that event was: from then on the clock runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<PartialDate>,
    /// The due date that the source prints; a difference from what the rule gives is a finding.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_as_printed: Option<PartialDate>,
    /// Since when it owes it.
    pub on: PartialDate,
}

/// A State handed in a report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Report {
    /// Who.
    pub state: StateCode,
    /// Which report, as the profile names it.
    pub obligation: ObligationId,
    /// The calendar year that it covers, of a yearly report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The report itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentSymbol>,
    /// When it was handed in.
    pub on: PartialDate,
}

/// A State asked for more time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionRequest {
    /// Who.
    pub state: StateCode,
    /// For what.
    pub obligation: ObligationId,
    /// On which clock, where an event started it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockId>,
    /// Until when; absent is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<PartialDate>,
    /// The meeting that is to decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<MeetingId>,
    /// When it was submitted; absent is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// When it was seen to have been submitted, where the day itself is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seen_on: Option<PartialDate>,
}

/// A State was given more time, perhaps less than it asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExtensionGrant {
    /// Who.
    pub state: StateCode,
    /// For what.
    pub obligation: ObligationId,
    /// On which clock, where an event started it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockId>,
    /// The new date, the last day included.
    pub until: PartialDate,
    /// The decision that granted it.
    pub decision: DecisionId,
    /// When.
    pub on: PartialDate,
}

/// A State has done what it owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Completion {
    /// Who.
    pub state: StateCode,
    /// What.
    pub obligation: ObligationId,
    /// On which clock, where an event started it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockId>,
    /// When the work was done; absent where only the declaration is dated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<PartialDate>,
    /// When the State declared so; absent is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared_on: Option<PartialDate>,
}

/// What had been completed is owed again: more was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    /// Who.
    pub state: StateCode,
    /// What.
    pub obligation: ObligationId,
    /// On which clock, where an event started it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockId>,
    /// The date by which it is owed now; absent: the date that stood counts again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<PartialDate>,
    /// Why, in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Text>,
    /// When.
    pub on: PartialDate,
}

impl ExtensionRequest {
    /// When it was submitted or, where that is not known, seen to have been.
    pub fn counts_from(&self) -> Option<PartialDate> {
        self.on.or(self.seen_on)
    }
}

impl Completion {
    /// When the work was done or, where that is not known, declared to have been.
    pub fn counts_from(&self) -> Option<PartialDate> {
        self.on.or(self.declared_on)
    }
}

impl Event {
    /// When it was done. A request or a completion without any date is never recorded.
    pub fn on(&self) -> PartialDate {
        let undated = PartialDate::Year(jiff::civil::Date::MIN);
        match self {
            Self::Declared(it) => it.on,
            Self::Reported(it) => it.on,
            Self::ExtensionRequested(it) => it.counts_from().unwrap_or(undated),
            Self::ExtensionGranted(it) => it.on,
            Self::Completed(it) => it.counts_from().unwrap_or(undated),
            Self::Reopened(it) => it.on,
        }
    }

    /// Whose duty it is about, and which.
    pub fn duty(&self) -> DutyKey {
        let (state, obligation, clock) = match self {
            Self::Declared(it) => (it.state, &it.obligation, &it.clock),
            Self::Reported(it) => (it.state, &it.obligation, &None),
            Self::ExtensionRequested(it) => (it.state, &it.obligation, &it.clock),
            Self::ExtensionGranted(it) => (it.state, &it.obligation, &it.clock),
            Self::Completed(it) => (it.state, &it.obligation, &it.clock),
            Self::Reopened(it) => (it.state, &it.obligation, &it.clock),
        };
        DutyKey { state, obligation: obligation.clone(), clock: clock.clone() }
    }
}
