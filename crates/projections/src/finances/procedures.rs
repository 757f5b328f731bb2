use chancery_finance::{Basis, CategoryCode, Event as Finance, State as FinanceState, Years};
use chancery_kernel::{Citation, Decimal, Money, Percent};
use serde::Serialize;

use super::as_text;
use crate::{
    at::{At, Resolved},
    participants::{StateAt, alphabetical},
};

/// The financial procedures as they stand.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ProceduresAt {
    /// Who adopted, completed and amended them, with the place that proves it.
    pub authorities: Vec<(String, Citation)>,
    /// The categories, by code.
    pub categories: Vec<CategoryAt>,
    /// When they are to be reviewed next.
    pub review: Option<Resolved>,
}

/// A category of contributions.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CategoryAt {
    /// Its code.
    pub code: CategoryCode,
    /// What it is.
    pub name: Option<String>,
    /// How it is divided; `None` is not known.
    pub basis: Option<Basis>,
    /// Which part of the budget it bears; `None` is not known.
    pub percentage: Option<Percent>,
    /// The least that a payer pays.
    pub floor: Option<Money>,
    /// The most that a payer pays.
    pub cap: Option<Money>,
    /// Who had a say in it.
    pub decided_by: Vec<String>,
}

/// A scale of assessments.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ScaleAt {
    /// The years that it holds for.
    pub years: Years,
    /// How many States have a rate.
    pub states: usize,
    /// What the rates add up to, in per cent.
    #[serde(serialize_with = "as_text")]
    pub sum: Decimal,
    /// The places that prove it.
    pub sources: Vec<Citation>,
    /// Each State's rate, by name.
    #[serde(skip)]
    pub rates: Vec<RateAt>,
}

/// A State's rate in a scale.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RateAt {
    /// Which State.
    pub state: StateAt,
    /// Its rate, in per cent of the scale's own whole.
    pub rate: Percent,
}

impl At<'_> {
    /// The financial procedures; `None` while there are none.
    pub fn procedures(&self) -> Option<ProceduresAt> {
        self.procedures_in(&self.finance_state())
    }

    pub(super) fn procedures_in(&self, state: &FinanceState) -> Option<ProceduresAt> {
        let authorities: Vec<(String, Citation)> = self
            .money()
            .filter_map(|(recorded, event)| match event {
                Finance::ProceduresAdopted(it) => {
                    Some((it.authority.said(), recorded.envelope.source.clone()))
                }
                _ => None,
            })
            .collect();
        if authorities.is_empty() {
            return None;
        }
        let procedures = state.procedures();
        let categories = procedures.categories.values().map(|known| CategoryAt {
            code: known.category.code.clone(),
            name: known.category.name.as_ref().map(ToString::to_string),
            basis: known.category.basis,
            percentage: known.category.percentage,
            floor: known.category.floor,
            cap: known.category.cap,
            decided_by: known.decided_by.iter().map(chancery_finance::Authority::said).collect(),
        });
        Some(ProceduresAt {
            authorities,
            categories: categories.collect(),
            review: procedures.review.as_ref().map(|when| self.resolved(when)),
        })
    }

    /// The scales of assessments, by period.
    pub fn scales(&self) -> Vec<ScaleAt> {
        self.scales_in(&self.finance_state())
    }

    pub(super) fn scales_in(&self, state: &FinanceState) -> Vec<ScaleAt> {
        let scale = |years: &Years| {
            let rates = state.scales().get(years)?;
            let sources = self.money().filter_map(|(recorded, event)| match event {
                Finance::ScaleAdopted(it) if it.years == *years => {
                    Some(recorded.envelope.source.clone())
                }
                _ => None,
            });
            let sum: Decimal = rates.values().map(|rate| rate.number()).sum();
            let mut by_name: Vec<RateAt> = rates
                .iter()
                .map(|(who, rate)| RateAt { state: self.state(*who), rate: *rate })
                .collect();
            by_name.sort_by_cached_key(|it| alphabetical(&it.state.name));
            Some(ScaleAt {
                years: *years,
                states: rates.len(),
                sum: sum.normalize(),
                sources: sources.collect(),
                rates: by_name,
            })
        };
        state.scales().keys().filter_map(scale).collect()
    }
}
