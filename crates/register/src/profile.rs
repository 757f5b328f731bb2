use chancery_kernel::{OrganisationId, PartialDate, Text};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

chancery_kernel::events! {
    /// What happened to the law that the register applies.
    Event in "profile" {
        /// The profile was recorded: the first event of every convention.
        Adopted(ProfileRecord) = "adopted" @ 1,
        /// The profile was replaced. Its rules on membership stay: acts rest on them.
        Amended(ProfileRecord) = "amended" @ 1,
    }
}

chancery_kernel::commands! {
    /// What somebody asks to record about the law.
    Command {
        /// This is the profile.
        Record(ProfileRecord) = "profile",
    }
}

/// A profile with the day from which it applies.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProfileRecord {
    /// The day.
    pub on: PartialDate,
    /// The law.
    pub profile: Profile,
}

/// The law of one convention, as data. No rule of any convention stands in code.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The convention's name.
    pub name: Text,
    /// Its abbreviation.
    pub short_name: Text,
    /// The day on which its text was adopted.
    #[serde(deserialize_with = "chancery_kernel::day")]
    #[schemars(with = "PartialDate")]
    pub adopted_on: Date,
    /// Who keeps the original.
    pub depositary: Text,
    /// Becoming bound and ceasing to be.
    pub membership: chancery_membership::Rules,
    /// Formal meetings.
    #[serde(default)]
    pub meetings: chancery_meetings::Rules,
    /// Offices and themes.
    #[serde(default)]
    pub offices: chancery_offices::Rules,
    /// Participants that are no States.
    #[serde(default)]
    pub organisations: Vec<Organisation>,
    /// What States owe by a date.
    #[serde(default, skip_serializing_if = "chancery_obligations::Rules::is_empty")]
    pub obligations: chancery_obligations::Rules,
}

/// A participant that is no State: a body of the United Nations, an international or a
/// non-governmental organisation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Organisation {
    /// Its id in this convention's records.
    pub id: OrganisationId,
    /// Its name.
    pub name: Text,
    /// Its abbreviation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub short_name: Option<Text>,
}

impl Event {
    /// The day from which the profile applies.
    pub fn on(&self) -> PartialDate {
        let (Self::Adopted(it) | Self::Amended(it)) = self;
        it.on
    }
}

impl Profile {
    /// An organisation by its id.
    pub fn organisation(&self, id: &OrganisationId) -> Option<&Organisation> {
        self.organisations.iter().find(|it| it.id == *id)
    }
}
