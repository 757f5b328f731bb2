use chancery_kernel::{Currency, Money, Text};
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::years::Year;

/// What the law of a convention says about money. Part of its profile; what is left out is not
/// known, and whatever needs it says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "FinanceRules")]
pub struct Rules {
    /// The currency of budgets, invoices and the reserve.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub currency: Option<Currency>,
    /// The costs of formal meetings.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting_costs: Option<CostRule>,
    /// The costs of the secretariat, by its budget.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub budget_costs: Option<BudgetRule>,
}

/// Who bears a year's budget: the States parties in force. How it is divided among them stands in
/// the categories of the financial procedures.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetRule {
    /// The article or document.
    pub article: Text,
    /// The day of the budget's year on which it is told who is a party, and so pays; unset while
    /// nobody says so, and then nothing is computed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parties_on: Option<DayOfYear>,
}

/// A day of every year; of a shorter month, its last day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DayOfYear {
    /// The month, 1 to 12.
    pub month: i8,
    /// The day of the month, 1 to 31.
    pub day: i8,
}

/// Who bears the costs of a meeting, in the proportion of the scale of assessments "adjusted appropriately": those
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

impl DayOfYear {
    /// The day in a year; `None` where no year has it.
    pub fn within(self, year: Year) -> Option<Date> {
        let year = i16::try_from(year.number()).ok()?;
        let first = Date::new(year, self.month, 1).ok()?;
        // A leap year has every day that any year has.
        Date::new(2024, self.month, self.day).ok()?;
        Date::new(year, self.month, self.day.min(first.days_in_month())).ok()
    }
}
