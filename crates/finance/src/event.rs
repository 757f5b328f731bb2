use std::collections::BTreeMap;

use chancery_kernel::{
    Amount, DecisionId, DocumentSymbol, ExchangeRate, MeetingId, Money, OrganisationId,
    PartialDate, Percent, StateCode, Text, When, one_or_many,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    category::{Category, CategoryCode},
    destination::Destination,
    reserve::{Funding, Purpose},
    years::{Year, Years},
};

chancery_kernel::events! {
    /// What happened to the money.
    Event in "finance" {
        /// Financial procedures were adopted, completed or amended.
        ProceduresAdopted(Procedures) = "procedures_adopted" @ 1,
        /// A scale of assessments was adopted for a period.
        ScaleAdopted(Scale) = "scale_adopted" @ 1,
        /// A budget was approved.
        BudgetApproved(Budget) = "budget_approved" @ 1,
        /// A State was asked for its part.
        Invoiced(Invoice) = "invoiced" @ 1,
        /// Somebody paid.
        Contributed(Contribution) = "contributed" @ 1,
        /// A source sums up what was paid for a year.
        ContributionsCounted(Counted) = "contributions_counted" @ 1,
        /// The level of the reserve was set, and what it is for.
        ReserveTargetSet(Target) = "reserve_target_set" @ 1,
        /// Money was taken from the reserve.
        ReserveDrawn(Drawdown) = "reserve_drawn" @ 1,
        /// What was taken was given back.
        ReserveRestored(Restoration) = "reserve_restored" @ 1,
        /// What was left of earlier years was carried over.
        UnspentCarried(Carried) = "unspent_carried" @ 1,
        /// The costs of a meeting were estimated.
        CostsEstimated(Estimate) = "costs_estimated" @ 1,
        /// Arrears were reported.
        ArrearsReported(Arrears) = "arrears_reported" @ 1,
    }
}

/// On whose word something holds. At least one of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// The decision, if it is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionId>,
    /// The meeting, if it is recorded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub meeting: Option<MeetingId>,
    /// The document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentSymbol>,
    /// The body, in words, where nothing of it is recorded: `First Review Conference`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
}

/// Financial procedures. The first ones are adopted; later ones complete or amend them, and the
/// authority of both is kept. Categories that are named again are replaced, others stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Procedures {
    /// Who decided.
    pub authority: Authority,
    /// What they say or change, in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// The categories of contributions.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub categories: Vec<Category>,
    /// When they are to be reviewed next.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<When>,
    /// When.
    pub on: PartialDate,
}

/// A scale of assessments for some years. A second one for the same years adds the States that the
/// first leaves out, on its own authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The years that it holds for.
    pub years: Years,
    /// Each State's rate, in per cent.
    pub rates: BTreeMap<StateCode, Percent>,
    /// When.
    pub on: PartialDate,
}

/// A budget, with its work plan, of one year or of several.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Budget {
    /// The years. A budget of one year takes the place of one of several years that holds it.
    pub years: Years,
    /// Who approved it.
    pub authority: Authority,
    /// How much, for each of the years; unset while it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Amount>,
    /// The work plan is part of it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub work_plan: bool,
    /// It takes the place of one for the same years.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub revises: bool,
    /// When.
    pub on: PartialDate,
}

/// A State is asked for its part of a year's budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Invoice {
    /// Who.
    pub state: StateCode,
    /// The budget's year.
    pub year: Year,
    /// Under which category; unset where the invoice names none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<CategoryCode>,
    /// How much.
    pub amount: Money,
    /// The cut-off: the last day for paying.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pay_by: Option<When>,
    /// When.
    pub on: PartialDate,
}

/// Somebody pays, to a year's budget or to the reserve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Contribution {
    /// The State that pays.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateCode>,
    /// The organisation that pays. The reserve may be given to by several at once, not named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<OrganisationId>,
    /// To the budget of a year, or to the reserve.
    pub to: Destination,
    /// How much, in the currency that was paid.
    pub amount: Amount,
    /// What one unit of that currency is worth in the one that is counted in, where they differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rate: Option<ExchangeRate>,
    /// What of it goes to which category, in the currency that is counted in, as whoever received
    /// it says. What is not said is not inferred.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allocation: Vec<Allocation>,
    /// When.
    pub on: PartialDate,
}

/// The part of a contribution that goes to one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Allocation {
    /// Which category.
    pub category: CategoryCode,
    /// How much.
    pub amount: Money,
}

/// What a source says of a year's contributions in sum, as printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Counted {
    /// The budget's year.
    pub year: Year,
    /// How many States parties contributed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contributors: Option<u32>,
    /// How many that was among the States parties, in the words of the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub portion: Option<Portion>,
    /// Whether the budget was covered.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<Coverage>,
    /// How much came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Amount>,
    /// Categories by which most contributed.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub mostly_by: Vec<CategoryCode>,
    /// Whether some contributed more than was requested of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub some_in_excess: bool,
    /// When the source says so.
    pub on: PartialDate,
}

/// A part of the States parties, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Portion {
    /// Less than half of them.
    LessThanHalf,
    /// Half of them or more.
    HalfOrMore,
    /// Each of them.
    All,
}

/// How far a budget was covered, in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[schemars(rename = "Covered")]
pub enum Coverage {
    /// The whole of it.
    Fully,
    /// Less than the whole.
    Partly,
}

/// The level at which a reserve is to be kept, and the rules on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Target {
    /// Who decided.
    pub authority: Authority,
    /// The level.
    pub level: Money,
    /// What may be put in.
    #[serde(deserialize_with = "one_or_many")]
    pub funded_by: Vec<Funding>,
    /// What it may be drawn for.
    #[serde(deserialize_with = "one_or_many")]
    pub only_for: Vec<Purpose>,
    /// When.
    pub on: PartialDate,
}

/// Money is taken from the reserve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Drawdown {
    /// How much.
    pub amount: Money,
    /// What for.
    pub purpose: Purpose,
    /// When.
    pub on: PartialDate,
}

/// What was taken from the reserve is given back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Restoration {
    /// How much.
    pub amount: Money,
    /// When.
    pub on: PartialDate,
}

/// What was left of earlier years is carried to a budget or to the reserve.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// The years that it is left of.
    pub from: Years,
    /// Where it goes.
    pub to: Destination,
    /// How much.
    pub amount: Amount,
    /// When.
    pub on: PartialDate,
}

/// What a meeting will cost. A later estimate takes the place of an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Estimate {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Who adopted it.
    pub authority: Authority,
    /// How much; unset while it is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Amount>,
    /// When.
    pub on: PartialDate,
}

/// Somebody reports that States are in arrears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Arrears {
    /// Who reports.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<OrganisationId>,
    /// What is said, in short.
    pub summary: Text,
    /// How much in all; unset where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Amount>,
    /// Who owes how much; empty where it is not said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub owed: Vec<Owed>,
    /// When.
    pub on: PartialDate,
}

/// What one State owes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Owed {
    /// Who.
    pub state: StateCode,
    /// How much.
    pub amount: Amount,
}

impl Event {
    /// The meeting whose money it is: for estimates of its costs.
    pub fn meeting(&self) -> Option<&MeetingId> {
        match self {
            Self::CostsEstimated(it) => Some(&it.meeting),
            _ => None,
        }
    }

    /// The years whose budget it is about.
    pub fn budgets(&self) -> Option<Years> {
        let of = |to: Destination| match to {
            Destination::Budget(year) => Some(Years::from(year)),
            Destination::Reserve => None,
        };
        match self {
            Self::BudgetApproved(it) => Some(it.years),
            Self::Invoiced(it) => Some(it.year.into()),
            Self::Contributed(it) => of(it.to),
            Self::ContributionsCounted(it) => Some(it.year.into()),
            Self::UnspentCarried(it) => of(it.to),
            Self::ProceduresAdopted(_)
            | Self::ScaleAdopted(_)
            | Self::ReserveTargetSet(_)
            | Self::ReserveDrawn(_)
            | Self::ReserveRestored(_)
            | Self::CostsEstimated(_)
            | Self::ArrearsReported(_) => None,
        }
    }

    /// When it was done.
    pub fn on(&self) -> PartialDate {
        match self {
            Self::ProceduresAdopted(it) => it.on,
            Self::ScaleAdopted(it) => it.on,
            Self::BudgetApproved(it) => it.on,
            Self::Invoiced(it) => it.on,
            Self::Contributed(it) => it.on,
            Self::ContributionsCounted(it) => it.on,
            Self::ReserveTargetSet(it) => it.on,
            Self::ReserveDrawn(it) => it.on,
            Self::ReserveRestored(it) => it.on,
            Self::UnspentCarried(it) => it.on,
            Self::CostsEstimated(it) => it.on,
            Self::ArrearsReported(it) => it.on,
        }
    }
}
