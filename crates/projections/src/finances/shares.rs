use std::collections::{BTreeMap, BTreeSet};

use chancery_finance::{
    CategoryCode, CategoryRequest, CostRule, Limits, Missing, Payers, RatesMissing, Settled, Share,
    SharesError, State as FinanceState, Year, Years, requests, shares,
};
use chancery_kernel::{Decimal, MeetingId, Money, PartialDate, Percent, StateCode};
use chancery_meetings::Category;
use jiff::civil::Date;
use serde::Serialize;

use super::as_text;
use crate::{
    at::At,
    participants::{StateAt, alphabetical},
};

/// What is supposed beside what is recorded. Nothing of it is recorded.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Rates of States, in place of those of the scale or where it has none.
    pub rates: BTreeMap<StateCode, Percent>,
    /// States that are left out of the payers.
    pub leave_out: BTreeSet<StateCode>,
    /// Who pays, in place of what the profile says.
    pub payers: Option<Payers>,
}

/// What each State would owe of the costs of a meeting.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SharesAt {
    /// Which meeting.
    pub meeting: MeetingId,
    /// The day by which the payers are told: the meeting's first.
    pub on: PartialDate,
    /// What is shared out.
    pub total: Money,
    /// The period of the scale.
    pub scale: Years,
    /// Who pays and how, in one sentence, with the article.
    pub rule: String,
    /// How many States parties pay.
    pub parties: usize,
    /// How many participating States not party pay.
    pub participants: usize,
    /// What the payers' rates add up to, in per cent of the scale's own whole.
    #[serde(serialize_with = "as_text")]
    pub sum_of_rates: Decimal,
    /// What each owes, by name.
    pub shares: Vec<ShareAt>,
}

/// What one State would owe.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ShareAt {
    /// Who.
    pub state: StateAt,
    /// Its rate, in per cent of the scale's own whole.
    pub rate: Percent,
    /// Its rate in per cent of the payers' sum, rounded to six decimals.
    #[serde(serialize_with = "as_text")]
    pub adjusted: Decimal,
    /// What it owes.
    pub amount: Money,
    /// What settled that.
    #[serde(skip)]
    pub settled: Settled,
}

/// What is requested for a year, or what is missing to compute it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RequestsAt {
    /// What is missing, a sentence each; empty when everything is known.
    pub missing: Vec<String>,
    /// What each category asks of each payer; empty while something is missing.
    pub categories: Vec<RequestAt>,
}

/// What one category asks of each payer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RequestAt {
    /// Which category.
    pub category: CategoryCode,
    /// Its part of the budget.
    pub total: Money,
    /// What each payer owes of it, by name.
    pub shares: Vec<ShareAt>,
}

/// Why no shares are computed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SharesRefused {
    /// No such meeting.
    #[error(
        "no meeting `{0}` is recorded by the day asked about; check its id, or ask of a later day"
    )]
    Meeting(MeetingId),
    /// A meeting without a first day.
    #[error(
        "the first day of {0} is not recorded, and the payers are told by it; record `rescheduled`"
    )]
    Dates(MeetingId),
    /// Nobody says who pays.
    #[error(
        "the profile does not say who bears the costs of meetings; add `finance: meeting_costs` to it"
    )]
    Rule,
    /// Supposed of one who does not pay.
    #[error("{0} is not among the payers, so nothing can be supposed of it; check the code")]
    NotAPayer(StateCode),
    /// Supposed to pay, and not to.
    #[error("{0} is left out and has a rate supposed; choose one of the two")]
    LeftOutWithRate(StateCode),
    /// States without a rate.
    #[error(transparent)]
    Rates(#[from] RatesMissing),
    /// A total that cannot be shared out.
    #[error(transparent)]
    Shares(#[from] SharesError),
}

impl At<'_> {
    /// What each State would owe of a total for a meeting, by the rule of the profile and the scale
    /// of the meeting's year: a calculation, recorded nowhere.
    ///
    /// Who pays: the States parties in force on the meeting's first day and, where the rule says so
    /// and attendance is recorded, the other States that took part.
    ///
    /// # Errors
    /// What [`SharesRefused`] says. States without a rate are listed, and nothing is computed.
    pub fn shares(
        &self,
        meeting: &MeetingId,
        total: Money,
        what_if: &WhatIf,
    ) -> Result<SharesAt, SharesRefused> {
        let state = self.finance_state();
        let rule = state.rules.meeting_costs.as_ref().ok_or(SharesRefused::Rule)?;
        let known = self.meeting_state(meeting);
        let known = known.ok_or_else(|| SharesRefused::Meeting(meeting.clone()))?;
        let days = known.days().ok_or_else(|| SharesRefused::Dates(meeting.clone()))?;
        let opening = days.opening.latest();
        let mut parties = self.parties_by(opening);
        let others = known.states.iter().filter(|(who, category)| {
            **category != Category::Organisation && !parties.contains(who)
        });
        let mut others: Vec<StateCode> = match what_if.payers.unwrap_or(rule.payers) {
            Payers::StatesParties => Vec::new(),
            Payers::StatesPartiesAndParticipants => others.map(|(who, _)| *who).collect(),
        };
        let supposed = what_if.rates.keys().chain(&what_if.leave_out);
        let mut strangers = supposed.filter(|who| !parties.contains(who) && !others.contains(who));
        if let Some(who) = strangers.next() {
            return Err(SharesRefused::NotAPayer(*who));
        }
        if let Some(who) = what_if.rates.keys().find(|who| what_if.leave_out.contains(*who)) {
            return Err(SharesRefused::LeftOutWithRate(*who));
        }
        parties.retain(|who| !what_if.leave_out.contains(who));
        others.retain(|who| !what_if.leave_out.contains(who));
        let year = year_of(opening).ok_or_else(|| SharesRefused::Dates(meeting.clone()))?;
        let payers: Vec<StateCode> = parties.iter().chain(&others).copied().collect();
        let rates = rates(&state, year, payers, what_if)?;
        let (scale, _) = state.scale(year).ok_or(RatesMissing::Scale(year))?;
        let limits = Limits { floor: rule.floor, cap: rule.cap };
        let sum_of_rates: Decimal = rates.iter().map(|(_, rate)| rate.number()).sum();
        Ok(SharesAt {
            meeting: meeting.clone(),
            on: days.opening,
            total,
            scale: *scale,
            rule: said(rule, what_if, opening, !known.states.is_empty()),
            parties: parties.len(),
            participants: others.len(),
            sum_of_rates: sum_of_rates.normalize(),
            shares: self.by_name(shares(total, &rates, limits)?),
        })
    }

    /// What is requested of each payer for a year, before it is put into words.
    pub(crate) fn requested(
        &self,
        state: &FinanceState,
        year: Year,
    ) -> Result<Vec<CategoryRequest>, Vec<Missing>> {
        let payers = state.parties_on(year).map(|day| self.parties_by(day)).unwrap_or_default();
        requests(state, year, &payers)
    }

    pub(super) fn requests_in(&self, state: &FinanceState, year: Year) -> RequestsAt {
        match self.requested(state, year) {
            Err(missing) => RequestsAt {
                missing: missing.iter().map(Missing::to_string).collect(),
                categories: Vec::new(),
            },
            Ok(found) => RequestsAt {
                missing: Vec::new(),
                categories: found
                    .into_iter()
                    .map(|it| RequestAt {
                        category: it.category,
                        total: it.total,
                        shares: self.by_name(it.shares),
                    })
                    .collect(),
            },
        }
    }

    /// The States parties in force on another day, as far as their acts had been done by the day
    /// asked about: of a day that lies ahead, what would hold if nothing more happened.
    fn parties_by(&self, day: Date) -> Vec<StateCode> {
        let membership = &self.view.state().membership;
        if membership.last_instrument_on().is_none_or(|last| last > self.day) {
            return Vec::new();
        }
        let party = |participant: &chancery_membership::Participant| {
            let bond = participant.bond_at(day.min(self.day))?;
            let notified = bond.withdrawal_notified.or(bond.withdrawn);
            let out = bond.withdrawn.filter(|_| notified.is_some_and(|on| on <= self.day));
            let in_force = membership.in_force_from(bond).is_some_and(|from| from <= day);
            (in_force && out.is_none_or(|out| out > day)).then_some(())
        };
        let participants = membership.participants().iter();
        participants.filter(|(_, it)| party(it).is_some()).map(|(who, _)| *who).collect()
    }

    fn by_name(&self, shares: Vec<Share>) -> Vec<ShareAt> {
        let share = |it: Share| ShareAt {
            state: self.state(it.state),
            rate: it.rate,
            adjusted: it.adjusted,
            amount: it.amount,
            settled: it.settled,
        };
        let mut shares: Vec<ShareAt> = shares.into_iter().map(share).collect();
        shares.sort_by_cached_key(|it| alphabetical(&it.state.name));
        shares
    }
}

/// Each payer's rate: the one that is supposed, else that of the scale. In the order of the codes,
/// so that equal remainders always fall to the same States.
fn rates(
    state: &FinanceState,
    year: Year,
    mut payers: Vec<StateCode>,
    what_if: &WhatIf,
) -> Result<Vec<(StateCode, Percent)>, RatesMissing> {
    payers.retain(|who| !what_if.rates.contains_key(who));
    let mut rates = state.rates(year, &payers)?;
    rates.extend(what_if.rates.iter().map(|(who, rate)| (*who, *rate)));
    rates.sort_by_key(|(who, _)| *who);
    Ok(rates)
}

fn year_of(day: Date) -> Option<Year> {
    u16::try_from(day.year()).ok()?.try_into().ok()
}

fn said(rule: &CostRule, what_if: &WhatIf, opening: Date, attended: bool) -> String {
    let others = match what_if.payers.unwrap_or(rule.payers) {
        Payers::StatesParties => "",
        Payers::StatesPartiesAndParticipants if attended => {
            ", and the States not party that took part,"
        }
        Payers::StatesPartiesAndParticipants => {
            " (and the States not party that take part: no attendance is recorded, so none is counted)"
        }
    };
    let mut said = format!(
        "the States parties in force on {opening}{others} bear the costs in the proportion of the scale, and they alone make up the whole (article {})",
        rule.article
    );
    let supposed: Vec<String> =
        what_if.rates.iter().map(|(who, rate)| format!("{who} has a rate of {rate}")).collect();
    let left_out = what_if.leave_out.iter().map(|who| format!("{who} does not pay"));
    let supposed: Vec<String> = supposed.into_iter().chain(left_out).collect();
    if !supposed.is_empty() {
        said.push_str("; supposed, and recorded nowhere: ");
        said.push_str(&supposed.join(", "));
    }
    said
}
