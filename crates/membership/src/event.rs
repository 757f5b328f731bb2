use chancery_kernel::{PartialDate, StateCode, Text};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

chancery_kernel::events! {
    /// What a State did about a convention.
    Event in "membership" {
        /// It signed.
        Signed(Signature) = "signed" @ 1,
        /// It deposited an instrument of ratification.
        Ratified(Deposit) = "ratified" @ 1,
        /// It deposited an instrument of acceptance.
        Accepted(Deposit) = "accepted" @ 1,
        /// It deposited an instrument of approval.
        Approved(Deposit) = "approved" @ 1,
        /// It deposited an instrument of accession.
        Acceded(Deposit) = "acceded" @ 1,
        /// It notified its succession.
        Succeeded(Succession) = "succeeded" @ 1,
        /// It declared that it would apply the convention provisionally.
        ProvisionallyApplied(ProvisionalApplication) = "provisionally_applied" @ 1,
        /// It made a declaration.
        Declared(Declaration) = "declared" @ 1,
        /// It said to which of its territories the convention applies.
        TerritoryChanged(TerritoryChange) = "territory_changed" @ 1,
        /// It gave notice of withdrawal.
        Withdrew(Withdrawal) = "withdrew" @ 1,
        /// The depositary lists it under another name.
        Renamed(Renaming) = "renamed" @ 1,
        /// A source prints from when the convention is in force for it.
        EntryIntoForcePrinted(PrintedForce) = "entry_into_force_printed" @ 1,
    }
}

/// A signature, subject to ratification, acceptance or approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Who signed.
    pub state: StateCode,
    /// The day.
    #[serde(deserialize_with = "chancery_kernel::day")]
    #[schemars(with = "PartialDate")]
    pub on: Date,
}

/// The deposit of an instrument by which a State consents to be bound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Deposit {
    /// Who deposited it.
    pub state: StateCode,
    /// The day on which the depositary received it.
    #[serde(deserialize_with = "chancery_kernel::day")]
    #[schemars(with = "PartialDate")]
    pub on: Date,
    /// The day of entry into force for this State that the source prints. It is compared with the
    /// computed one, and never used instead.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "chancery_kernel::optional_day"
    )]
    #[schemars(with = "Option<PartialDate>")]
    pub in_force_as_printed: Option<Date>,
}

/// A notification of succession: the State is bound in place of its predecessor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Succession {
    /// The successor.
    pub state: StateCode,
    /// The State that was bound before it, as printed.
    pub predecessor: Text,
    /// The day on which the depositary received the notification.
    #[serde(deserialize_with = "chancery_kernel::day")]
    #[schemars(with = "PartialDate")]
    pub on: Date,
    /// The day from which it is bound (usually that of its independence).
    #[serde(deserialize_with = "chancery_kernel::day")]
    #[schemars(with = "PartialDate")]
    pub from: Date,
}

/// A declaration of provisional application pending entry into force (VCLT article 25).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProvisionalApplication {
    /// Who declared it.
    pub state: StateCode,
    /// The articles that it applies, as printed.
    pub articles: Text,
    /// The day.
    #[serde(deserialize_with = "chancery_kernel::day")]
    #[schemars(with = "PartialDate")]
    pub on: Date,
}

/// A declaration or statement that leaves the State's rights and duties as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Declaration {
    /// Who declared.
    pub state: StateCode,
    /// What, in short.
    pub summary: Text,
    /// The day.
    #[serde(deserialize_with = "chancery_kernel::day")]
    #[schemars(with = "PartialDate")]
    pub on: Date,
}

/// A declaration about the territories to which the convention applies (VCLT article 29).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TerritoryChange {
    /// Who declared.
    pub state: StateCode,
    /// The territory, by name.
    pub territory: Text,
    /// Whether it is taken in or left out.
    pub change: TerritoryChangeKind,
    /// The day, as far as it is known.
    pub on: PartialDate,
}

/// Whether a territory is taken in or left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TerritoryChangeKind {
    /// The convention does not apply there.
    Excluded,
    /// The convention applies there, too.
    Extended,
}

/// A withdrawal. At least one of the two days is known; the rules give the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Withdrawal {
    /// Who withdraws.
    pub state: StateCode,
    /// The day on which the depositary received the notice.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "chancery_kernel::optional_day"
    )]
    #[schemars(with = "Option<PartialDate>")]
    pub on: Option<Date>,
    /// The day from which the State is no longer bound, where the source names it: later than
    /// computed when the notice says so, or when an armed conflict delays it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "chancery_kernel::optional_day"
    )]
    #[schemars(with = "Option<PartialDate>")]
    pub takes_effect: Option<Date>,
}

/// The name under which the depositary of this convention lists a State, where it differs from the
/// short name in use at the United Nations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Renaming {
    /// Which State.
    pub state: StateCode,
    /// The name.
    pub name: Text,
    /// The first day of its use.
    #[serde(deserialize_with = "chancery_kernel::day")]
    #[schemars(with = "PartialDate")]
    pub on: Date,
}

/// The day of entry into force for a State that a source prints, where the deposit is recorded from
/// another. It is compared with the computed one, and never used instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PrintedForce {
    /// Which State.
    pub state: StateCode,
    /// The day of the deposit, or of the notification of succession, that it is said of.
    #[serde(deserialize_with = "chancery_kernel::day")]
    #[schemars(with = "PartialDate")]
    pub on: Date,
    /// The day that is printed.
    #[serde(deserialize_with = "chancery_kernel::day")]
    #[schemars(with = "PartialDate")]
    pub in_force_as_printed: Date,
}

impl Event {
    /// The State that acted.
    pub fn state(&self) -> StateCode {
        match self {
            Self::Signed(it) => it.state,
            Self::Ratified(it) | Self::Accepted(it) | Self::Approved(it) | Self::Acceded(it) => {
                it.state
            }
            Self::Succeeded(it) => it.state,
            Self::ProvisionallyApplied(it) => it.state,
            Self::Declared(it) => it.state,
            Self::TerritoryChanged(it) => it.state,
            Self::Withdrew(it) => it.state,
            Self::Renamed(it) => it.state,
            Self::EntryIntoForcePrinted(it) => it.state,
        }
    }

    /// The day on which the act was done; of a withdrawal whose notice is not known, the day on
    /// which it takes effect.
    pub fn on(&self) -> PartialDate {
        match self {
            Self::Signed(it) => it.on.into(),
            Self::Ratified(it) | Self::Accepted(it) | Self::Approved(it) | Self::Acceded(it) => {
                it.on.into()
            }
            Self::Succeeded(it) => it.on.into(),
            Self::ProvisionallyApplied(it) => it.on.into(),
            Self::Declared(it) => it.on.into(),
            Self::TerritoryChanged(it) => it.on,
            Self::Withdrew(it) => it.on.or(it.takes_effect).unwrap_or_default().into(),
            Self::Renamed(it) => it.on.into(),
            Self::EntryIntoForcePrinted(it) => it.on.into(),
        }
    }
}
