use chancery_kernel::{ClockId, ObligationId, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a convention asks of its States by a date: part of its profile.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
#[schemars(rename = "ObligationRules")]
pub struct Rules {
    /// The obligations.
    pub obligations: Vec<Obligation>,
}

/// An obligation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Obligation {
    /// Its id: `clearance`.
    pub id: ObligationId,
    /// Its name: `Clearance and destruction of remnants`.
    pub name: Text,
    /// Which States owe it.
    pub owed_by: OwedBy,
    /// What fulfils it.
    pub done_by: DoneBy,
    /// How completely the register records what fulfils it. In part, unless somebody answers for
    /// the whole: that a State is late is a claim, and silence alone does not prove it.
    #[serde(default, skip_serializing_if = "Kept::is_partial")]
    pub kept: Kept,
    /// When it is due: one clock, or several that run apart from each other.
    pub clocks: Vec<Clock>,
    /// How its date can be put off; absent where the convention allows none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extension: Option<Extension>,
}

/// Which States owe an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum OwedBy {
    /// Every State for which the convention is in force.
    EveryParty,
    /// Only a State of which it is recorded that it does: it has stocks, or contaminated land.
    Declared,
}

/// What fulfils an obligation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum DoneBy {
    /// The work is completed.
    Completion,
    /// A report is handed in.
    Report,
}

/// How completely the register records what fulfils an obligation.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Kept {
    /// Whatever States do is recorded: what is not recorded was not done.
    Complete,
    /// Only some of it is recorded: what is not recorded may have been done.
    #[default]
    Partial,
}

/// One way in which an obligation's date is counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clock {
    /// The article that says so.
    pub article: Text,
    /// What starts it.
    pub starts: Starts,
    /// How long it runs.
    pub due: Due,
}

/// What starts a clock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Starts {
    /// The entry into force of the convention for the State.
    EntryIntoForce,
    /// An event that is recorded with its date when the State declares the obligation.
    Event {
        /// The clock's id, by which facts name it: `end_of_hostilities`.
        id: ClockId,
        /// The event's name: `the end of active hostilities`.
        name: Text,
        /// Only one that came after the entry into force for the State starts this clock: what was
        /// there before is due by the other.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        after_entry_into_force: bool,
    },
}

/// How long a clock runs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Due {
    /// Once, by so long after the start; the last day is the anniversary itself: "not later than ten
    /// years after".
    Within(Period),
    /// Once, in the first so long from the start on; the last day is the one before the anniversary:
    /// "within the first year after".
    WithinFirst(Period),
    /// Every year, for the calendar year before.
    EachYear(EachYear),
}

/// A day of every year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EachYear {
    /// The month, 1 to 12.
    pub month: i8,
    /// The day of the month, 1 to 31.
    pub day: i8,
    /// An obligation that comes first: the yearly one is owed from the first such day that lies
    /// after the other's own. Absent: from the first such day after the clock started.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<ObligationId>,
}

/// A length of time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Period {
    /// Days.
    Days(u16),
    /// Calendar months: the same day number, or the last day of a shorter month.
    Months(u16),
    /// Calendar years: the anniversary.
    Years(u16),
}

/// How an obligation's date can be put off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Extension {
    /// The article that says so.
    pub article: Text,
    /// The longest time that one extension may add to the date that stands.
    pub longest: Period,
    /// How many there may be; absent where the convention sets no number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub times: Option<u16>,
    /// How long before the meeting that decides a request has to be in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lead: Option<Lead>,
    /// Whether a request has to be in before the date that stands has passed.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub before_due: bool,
}

/// How long before the meeting that decides a request has to be in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lead {
    /// The article that says so.
    pub article: Text,
    /// The time before the meeting's opening.
    pub time: Period,
}

impl Rules {
    /// Whether there is no obligation at all.
    pub fn is_empty(&self) -> bool {
        self.obligations.is_empty()
    }

    /// The rule on an obligation.
    pub fn obligation(&self, id: &ObligationId) -> Option<&Obligation> {
        self.obligations.iter().find(|it| it.id == *id)
    }
}

impl Obligation {
    /// The clock that an event starts, by its id; without one, that of entry into force.
    pub fn clock(&self, id: Option<&ClockId>) -> Option<&Clock> {
        self.clocks.iter().find(|clock| clock.id() == id)
    }
}

impl Kept {
    /// Whether only some of it is recorded.
    pub fn is_partial(&self) -> bool {
        *self == Self::Partial
    }
}

impl Clock {
    /// Its id, if an event starts it.
    pub fn id(&self) -> Option<&ClockId> {
        match &self.starts {
            Starts::EntryIntoForce => None,
            Starts::Event { id, .. } => Some(id),
        }
    }
}
