use std::{fmt, sync::Arc};

use chancery_kernel::{Citation, PartialDate};
use chancery_register::Recorded;
use serde::{Serialize, Serializer};

use super::words;

/// One thing that changed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// What kind of change it is.
    pub kind: ChangeKind,
    /// The id of what changed: `BEN`, `8msp`, `CCM/MSP/2017/12`.
    pub about: String,
    /// The change in one sentence, with names.
    pub summary: String,
    /// Whether the second point no longer says it: it was taken back, or lies ahead of it.
    pub gone: bool,
    /// What it was before, and what it is after.
    pub values: Vec<ChangedValue>,
    /// The events that brought it, of those that only one of the points counts; where time alone
    /// brought it, the events that it follows from. In the order of recording.
    #[serde(serialize_with = "places")]
    pub events: Vec<Arc<Recorded>>,
}

/// A value that is not the same at both points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ChangedValue {
    /// Which: `opens_on`.
    pub what: &'static str,
    /// What the first point says; `None` is nothing.
    pub before: Option<Worth>,
    /// What the second point says; `None` is nothing.
    pub after: Option<Worth>,
}

/// A value of something that a point says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Worth {
    /// A date, as precisely as it is known.
    Date(PartialDate),
    /// Anything else, in words.
    Text(String),
}

/// Kinds of changes, in the order in which they are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The rules in the profile were recorded or amended.
    Law,
    /// The convention's own entry into force was settled.
    EntryIntoForce,
    /// A State signed.
    Signed,
    /// A State consented to be bound.
    Joined,
    /// The convention entered into force for a State.
    EnteredIntoForce,
    /// The day of a State's entry into force changed.
    InForceMoved,
    /// A State declared that it applies the convention provisionally.
    ProvisionallyApplied,
    /// A State gave notice of withdrawal.
    WithdrawalNotified,
    /// A State's withdrawal took effect.
    Withdrew,
    /// A State is listed under another name.
    Renamed,
    /// It was decided to hold a meeting.
    MeetingScheduled,
    /// A meeting's days or place changed.
    MeetingMoved,
    /// A meeting was opened or closed.
    MeetingHeld,
    /// Somebody was chosen for a term that has not begun.
    OfficeFilled,
    /// A term of office began.
    OfficeBegan,
    /// A term of office ended.
    OfficeEnded,
    /// The days of a term of office changed.
    OfficeMoved,
    /// A decision was taken.
    DecisionTaken,
    /// A State stood apart from a decision.
    Dissociated,
    /// A vote was taken.
    Voted,
    /// A document was issued.
    DocumentIssued,
    /// A document was considered by a meeting.
    DocumentConsidered,
    /// A document was adopted.
    DocumentAdopted,
    /// Somebody was given something to do.
    MandateGiven,
    /// The date of a mandate changed.
    MandateMoved,
    /// The date of a mandate passed, and it is not recorded as done.
    MandateOverdue,
    /// A mandate was fulfilled.
    MandateFulfilled,
    /// Another mandate took the place of one.
    MandateSuperseded,
    /// A State owes something by a date.
    DeadlineSet,
    /// The date of a deadline changed, or how it stands.
    DeadlineMoved,
    /// A deadline passed, and it is not done: its record is complete.
    DeadlineOverdue,
    /// A deadline passed, and nothing that fulfils it is recorded; its record is kept only in
    /// part, so it may have been done.
    DeadlineNotRecorded,
    /// A State did what it owed.
    DeadlineFulfilled,
    /// Financial procedures were adopted, completed or amended.
    Procedures,
    /// A scale of assessments was adopted or completed.
    Scale,
    /// A budget was approved, or something came in for it.
    Budget,
    /// A State was asked for its part.
    Invoiced,
    /// Somebody paid.
    Contributed,
    /// A source sums up what was paid.
    Counted,
    /// The reserve's level or balance changed.
    Reserve,
    /// The costs of a meeting were estimated.
    Estimated,
    /// Arrears were reported.
    Arrears,
    /// What was recorded was corrected or annulled.
    Corrected,
    /// Something contradicts something else.
    Finding,
    /// A correction closed a finding, or somebody set it aside.
    FindingSettled,
}

/// What kinds of changes have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeGroup {
    /// The convention's rules.
    Law,
    /// Who is bound.
    States,
    /// Meetings.
    Meetings,
    /// Offices.
    Offices,
    /// Decisions and votes.
    Decisions,
    /// Documents.
    Documents,
    /// Mandates.
    Mandates,
    /// What States owe.
    Deadlines,
    /// Money.
    Money,
    /// What was corrected or annulled.
    Corrections,
    /// What contradicts what.
    Findings,
}

impl ChangeKind {
    /// What it is about.
    pub fn group(self) -> ChangeGroup {
        match self {
            Self::Law => ChangeGroup::Law,
            Self::EntryIntoForce
            | Self::Signed
            | Self::Joined
            | Self::EnteredIntoForce
            | Self::InForceMoved
            | Self::ProvisionallyApplied
            | Self::WithdrawalNotified
            | Self::Withdrew
            | Self::Renamed => ChangeGroup::States,
            Self::MeetingScheduled | Self::MeetingMoved | Self::MeetingHeld => {
                ChangeGroup::Meetings
            }
            Self::OfficeFilled | Self::OfficeBegan | Self::OfficeEnded | Self::OfficeMoved => {
                ChangeGroup::Offices
            }
            Self::DecisionTaken | Self::Dissociated | Self::Voted => ChangeGroup::Decisions,
            Self::DocumentIssued | Self::DocumentConsidered | Self::DocumentAdopted => {
                ChangeGroup::Documents
            }
            Self::MandateGiven
            | Self::MandateMoved
            | Self::MandateOverdue
            | Self::MandateFulfilled
            | Self::MandateSuperseded => ChangeGroup::Mandates,
            Self::DeadlineSet
            | Self::DeadlineMoved
            | Self::DeadlineOverdue
            | Self::DeadlineNotRecorded
            | Self::DeadlineFulfilled => ChangeGroup::Deadlines,
            Self::Procedures
            | Self::Scale
            | Self::Budget
            | Self::Invoiced
            | Self::Contributed
            | Self::Counted
            | Self::Reserve
            | Self::Estimated
            | Self::Arrears => ChangeGroup::Money,
            Self::Corrected => ChangeGroup::Corrections,
            Self::Finding | Self::FindingSettled => ChangeGroup::Findings,
        }
    }
}

impl fmt::Display for ChangeGroup {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Law => "The rules of the convention",
            Self::States => "States",
            Self::Meetings => "Meetings",
            Self::Offices => "Offices",
            Self::Decisions => "Decisions",
            Self::Documents => "Documents",
            Self::Mandates => "Mandates",
            Self::Deadlines => "Deadlines",
            Self::Money => "Money",
            Self::Corrections => "Corrections",
            Self::Findings => "Findings",
        })
    }
}

/// As people read it; as JSON a date is ISO 8601.
impl fmt::Display for Worth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Date(date) => f.write_str(&words::date(*date)),
            Self::Text(text) => f.write_str(text),
        }
    }
}

impl From<PartialDate> for Worth {
    fn from(date: PartialDate) -> Self {
        Self::Date(date)
    }
}

impl From<jiff::civil::Date> for Worth {
    fn from(day: jiff::civil::Date) -> Self {
        Self::Date(day.into())
    }
}

impl From<String> for Worth {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Events as the places where they stand.
pub(super) fn places<S: Serializer>(
    events: &[Arc<Recorded>],
    serializer: S,
) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct PlaceOf<'a> {
        position: u64,
        #[serde(rename = "type")]
        kind: &'static str,
        effective: PartialDate,
        source: &'a Citation,
    }
    serializer.collect_seq(events.iter().map(|it| PlaceOf {
        position: it.position,
        kind: it.envelope.event.kind(),
        effective: it.envelope.effective,
        source: &it.envelope.source,
    }))
}
