//! What sources say of contributions, compared with what is recorded.

use std::collections::BTreeSet;

use chancery_finance::{Counted, Destination, Invoice, Portion, State as FinanceState, requests};
use chancery_kernel::StateCode;
use chancery_membership::Standing;
use chancery_register::Recorded;
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    findings::{Finding, FindingRule},
    view::View,
};

/// Whether a part of the States parties in words holds for the numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PortionCheck {
    /// What is said.
    pub portion: Portion,
    /// How many contributed.
    pub contributors: u32,
    /// Of how many: the States parties in force on the day on which it was said.
    pub of: u32,
    /// That day.
    pub on: Date,
    /// Whether it holds.
    pub holds: bool,
    /// All of it in one sentence, with the denominator that was taken.
    pub said: String,
}

impl View {
    /// The words set against the numbers; `None` where one of the two is not recorded.
    pub(super) fn portion_check(&self, state: &FinanceState, it: &Counted) -> Option<PortionCheck> {
        let portion = it.portion?;
        let of_the_year = state.counts().iter().rev().filter(|other| other.year == it.year);
        let contributors =
            it.contributors.or_else(|| of_the_year.clone().find_map(|it| it.contributors))?;
        let on = it.on.latest();
        let of = u32::try_from(self.parties(on).len()).ok()?;
        let twice = u64::from(contributors) * 2;
        let (holds, words) = match portion {
            Portion::LessThanHalf => (twice < u64::from(of), "less than half"),
            Portion::HalfOrMore => (twice >= u64::from(of), "half or more"),
            Portion::All => (contributors >= of, "all"),
        };
        let verdict = if holds { "holds" } else { "does not hold" };
        let said = format!(
            "\"{words}\" {verdict} for {contributors} of {of}; the denominator is the States parties in force on {on}"
        );
        Some(PortionCheck { portion, contributors, of, on, holds, said })
    }

    pub(crate) fn counted_otherwise(&self, recorded: &Recorded, it: &Counted) -> Vec<Finding> {
        let state = &self.state().finance;
        let finding = |rule, message| Finding {
            rule,
            message,
            position: recorded.position,
            places: vec![recorded.envelope.source.clone()],
        };
        let check = self.portion_check(state, it).filter(|check| !check.holds);
        let mut findings: Vec<Finding> = check
            .map(|check| {
                finding(
                    FindingRule::PortionDiffers,
                    format!("contributions of {}: {}", it.year, check.said),
                )
            })
            .into_iter()
            .collect();
        let to = Destination::Budget(it.year);
        let paid = state.contributions().iter().filter(|paid| paid.to == to);
        let payers: BTreeSet<StateCode> = paid.filter_map(|paid| paid.state).collect();
        if let Some(counted) = it.contributors
            && payers.len() as u64 > u64::from(counted)
        {
            let message = format!(
                "contributions of {}: the source counts {counted} contributors; {} are recorded",
                it.year,
                payers.len()
            );
            findings.push(finding(FindingRule::ContributorsDiffer, message));
        }
        findings
    }

    pub(crate) fn invoiced_otherwise(&self, recorded: &Recorded, it: &Invoice) -> Option<Finding> {
        let category = it.category.as_ref()?;
        let payers = self.parties(self.state().finance.parties_on(it.year)?);
        let computed = requests(&self.state().finance, it.year, &payers).ok()?;
        let of_category = computed.iter().find(|request| request.category == *category)?;
        let share = of_category.shares.iter().find(|share| share.state == it.state)?;
        (share.amount != it.amount).then(|| Finding {
            rule: FindingRule::InvoiceDiffers,
            message: format!(
                "{} is invoiced {} under {category} for {}; the procedures give {}",
                it.state, it.amount, it.year, share.amount
            ),
            position: recorded.position,
            places: vec![recorded.envelope.source.clone()],
        })
    }

    /// The States parties in force on a day, by code.
    pub(crate) fn parties(&self, day: Date) -> Vec<StateCode> {
        let membership = &self.state().membership;
        let in_force = |who: &StateCode| membership.standing(*who, day) == Some(Standing::InForce);
        membership.participants().keys().copied().filter(in_force).collect()
    }
}
