use chancery_kernel::{Currency, Money, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the law of a convention says about money. Part of its profile; what is left out is not
/// known, and whatever needs it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// The currency of budgets, invoices and the reserve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The costs of formal meetings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting_costs: Option<CostRule>,
    /// The costs of the secretariat, by its budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_costs: Option<CostRule>,
}

/// Who bears a cost, in the proportion of the scale of assessments "adjusted appropriately": those
/// who pay make up the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostRule {
    /// The article or document.
    pub article: Text,
    /// Who pays.
    pub payers: Payers,
    /// The least that a payer pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub floor: Option<Money>,
    /// The most that a payer pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Money>,
}

/// Who pays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Payers {
    /// The States parties in force.
    StatesParties,
    /// The States parties in force, and the States not party that take part in the meeting.
    StatesPartiesAndParticipants,
}
