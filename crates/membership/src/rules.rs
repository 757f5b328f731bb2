use chancery_kernel::{PartialDate, Text};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a convention says about becoming bound by it and ceasing to be: part of its profile.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "MembershipRules")]
pub struct Rules {
    /// The first day on which a State may sign.
    #[serde(deserialize_with = "chancery_kernel::day")]
    #[schemars(with = "PartialDate")]
    pub opens_for_signature: Date,
    /// Until when a State may sign.
    pub signature_closes: SignatureCloses,
    /// From when a State that has not signed may accede.
    pub accession_opens: AccessionOpens,
    /// When the convention itself enters into force.
    pub entry_into_force: EntryIntoForce,
    /// When it enters into force for a State that deposits later.
    pub later_states: Later,
    /// How a State withdraws; absent where the convention is silent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub withdrawal: Option<WithdrawalRule>,
}

/// Until when a convention is open for signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SignatureCloses {
    /// With the day of its entry into force.
    AtEntryIntoForce,
    /// Never.
    Never,
    /// With this day.
    On(
        #[serde(deserialize_with = "chancery_kernel::day")]
        #[schemars(with = "PartialDate")]
        Date,
    ),
}

/// From when a convention is open for accession.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AccessionOpens {
    /// From the start.
    AtOnce,
    /// From the day of its entry into force.
    AtEntryIntoForce,
}

/// The kinds of act by which a State consents to be bound (VCLT articles 11 to 16).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "Act")]
pub enum Instrument {
    /// By a signatory.
    Ratification,
    /// By a signatory, under another name.
    Acceptance,
    /// By a signatory, under another name.
    Approval,
    /// By a State that has not signed.
    Accession,
    /// By a State that takes the place of one that was bound.
    Succession,
}

impl std::fmt::Display for Instrument {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Ratification => "ratification",
            Self::Acceptance => "acceptance",
            Self::Approval => "approval",
            Self::Accession => "accession",
            Self::Succession => "succession",
        })
    }
}

/// When a convention enters into force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EntryIntoForce {
    /// The article that says so.
    pub article: Text,
    /// How many instruments it takes.
    pub instruments: u32,
    /// Which kinds count.
    pub counted: Vec<Instrument>,
    /// The time from the day on which the last of them was deposited.
    pub delay: Delay,
}

/// When a convention enters into force for a State whose instrument comes later.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Later {
    /// The article that says so.
    pub article: Text,
    /// Later than what.
    pub than: LaterThan,
    /// The time from the day of the State's own deposit.
    pub delay: Delay,
}

/// What a deposit must come after to be a later one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum LaterThan {
    /// The day on which the number of instruments was reached.
    LastInstrument,
    /// The convention's entry into force. A deposit between the two is then covered by no words of
    /// the text, so the profile has to say how it is read.
    EntryIntoForce {
        /// From when the convention is in force for a State that deposits between the two.
        between: Between,
        /// Who reads it so, and where that can be seen.
        reading: Text,
    },
}

/// From when a convention is in force for a State of which its text says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Between {
    /// As for a later State: the delay from its own deposit, and not before the convention itself.
    OwnDeposit,
    /// As for an earlier State: from the convention's own entry into force.
    WithConvention,
}

/// A time that a treaty lets pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Delay {
    /// Until the first day of the so-manieth month after the month of the event.
    FirstDayOfMonth(u8),
    /// So many days.
    Days(u16),
    /// So many calendar months: the same day number, or the last day of a shorter month.
    Months(u16),
}

/// How a State withdraws.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawalRule {
    /// The article that says so.
    pub article: Text,
    /// The time from the day on which the depositary received the notice.
    pub notice: Delay,
}
