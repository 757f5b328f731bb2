use std::sync::Arc;

use chancery_finance::{CategoryCode, Year};
use chancery_kernel::{ClockId, MandateId, MeetingId, ObligationId, StateCode};

use super::{Figure, Sharing, Why, WhyRefused, refused::there_is};
use crate::{
    at::At,
    deadlines::DeadlineAt,
    finances::{BudgetSum, ReserveAt},
    participants::ParticipantFound,
};

impl At<'_> {
    /// Why a figure is what it is on the day.
    ///
    /// # Errors
    /// What is not recorded by the day, has no value on it, or fits several, with what there is.
    pub fn why(&self, figure: &Figure) -> Result<Why, WhyRefused> {
        match figure {
            Figure::Status(it) => self
                .why_status(*it)
                .ok_or_else(|| self.nothing("profile", "record it first".to_owned())),
            Figure::Standing(state) => Ok(self.why_standing(&self.participant_known(*state)?)),
            Figure::EntryIntoForce(state) => {
                self.why_in_force_from(&self.participant_known(*state)?)
            }
            Figure::Withdrawal(state) => self.why_withdrawn_on(&self.participant_known(*state)?),
            Figure::Meeting(id) => self.why_of_meeting(id),
            Figure::Term(it) => Ok(self.why_term(&self.term_at(it)?)),
            Figure::Deadline { state, obligation, clock, year } => {
                let found = self.deadline_at(figure, *state, obligation, clock.as_ref(), *year)?;
                Ok(self.why_deadline(&found))
            }
            Figure::Mandate(id) => self.why_of_mandate(id),
            Figure::Shares(it) => {
                let shares = self.shares(&it.meeting, it.total, &it.what_if)?;
                Ok(self.why_shares(&shares, &it.what_if))
            }
            Figure::Share(state, it) => self.why_of_share(*state, it),
            Figure::Payments(state, year) => self.why_of_payments(*state, *year),
            Figure::Budget(year) => Ok(self.why_budget(&self.budget_at(*year)?)),
            Figure::Coverage(year) => Ok(self.why_coverage(&self.budget_at(*year)?)),
            Figure::Contributors(year) => self.why_of_contributors(*year),
            Figure::Request(state, year, category) => self.why_of_request(*state, *year, category),
            Figure::Review => {
                let procedures = self.procedures().as_ref().and_then(|it| self.why_review(it));
                procedures.ok_or_else(|| {
                    self.nothing("review of financial procedures", "ask of a later day".to_owned())
                })
            }
            Figure::Reserve => Ok(self.why_reserve(&self.reserve_at()?)),
            Figure::Shortfall => Ok(self.why_shortfall(&self.reserve_at()?)),
        }
    }

    fn participant_known(&self, state: StateCode) -> Result<ParticipantFound, WhyRefused> {
        self.participant_found(state).ok_or_else(|| {
            let what = format!("act of {}", self.name(state));
            self.nothing(&what, "ask of a later day, or of another State".to_owned())
        })
    }

    fn why_of_meeting(&self, id: &MeetingId) -> Result<Why, WhyRefused> {
        let found = self.meeting(id).map(|it| self.why_meeting(&it));
        found.ok_or_else(|| {
            let known: Vec<String> = self.meetings().iter().map(|it| it.id.to_string()).collect();
            self.nothing(&format!("meeting `{id}`"), there_is(id.as_str(), &known))
        })
    }

    fn why_of_mandate(&self, id: &MandateId) -> Result<Why, WhyRefused> {
        let found = self.mandate(id).map(|it| self.why_mandate(&it));
        found.ok_or_else(|| {
            let known: Vec<String> = self.mandates().iter().map(|it| it.id.to_string()).collect();
            self.nothing(&format!("mandate `{id}`"), there_is(id.as_str(), &known))
        })
    }

    fn deadline_at(
        &self,
        figure: &Figure,
        state: StateCode,
        obligation: &ObligationId,
        clock: Option<&ClockId>,
        year: Option<i16>,
    ) -> Result<DeadlineAt, WhyRefused> {
        // A year names one report of all; without it, the last and the next are meant.
        let mut all = if year.is_some() { self.reports() } else { self.deadlines() };
        let part = self.participant_known(state)?;
        all.retain(|it| it.state.code == state);
        let mut known: Vec<String> = all.iter().map(|it| it.obligation.to_string()).collect();
        known.sort();
        known.dedup();
        all.retain(|it| {
            it.obligation == *obligation
                && clock.is_none_or(|clock| it.clock.as_ref() == Some(clock))
                && year.is_none_or(|year| it.year == Some(year))
        });
        if all.len() > 1 {
            return Err(WhyRefused::Several {
                text: figure.to_string(),
                found: all.iter().map(|it| self.why_deadline(it).figure.to_string()).collect(),
            });
        }
        all.pop().ok_or_else(|| {
            let what = format!("`{obligation}` of {}", part.state.name);
            let help = if known.iter().any(|id| id == obligation.as_str()) {
                "leave the clock and the year away to see which there are".to_owned()
            } else {
                there_is(obligation.as_str(), &known)
            };
            self.nothing(&what, help)
        })
    }

    fn why_of_share(&self, state: StateCode, it: &Sharing) -> Result<Why, WhyRefused> {
        let shares = self.shares(&it.meeting, it.total, &it.what_if)?;
        let share = shares.shares.iter().find(|share| share.state.code == state);
        share.map(|share| self.why_share(&shares, share, &it.what_if)).ok_or_else(|| {
            let what = format!("{} pays nothing for {}", self.name(state), it.meeting);
            WhyRefused::NoValue { what, day: self.day, help: "ask of one of the payers" }
        })
    }

    fn why_of_payments(&self, state: StateCode, year: Year) -> Result<Why, WhyRefused> {
        let payments = self.payments(year);
        let found = payments.iter().find(|it| it.state.code == state);
        found.map(|it| self.why_payments(year, it)).ok_or_else(|| {
            let known: Vec<String> =
                payments.iter().map(|it| format!("payments {} {year}", it.state.code)).collect();
            let what = format!("invoice or contribution of {} for {year}", self.name(state));
            self.nothing(&what, there_is(&format!("payments {state} {year}"), &known))
        })
    }

    fn why_of_request(
        &self,
        state: StateCode,
        year: Year,
        category: &CategoryCode,
    ) -> Result<Why, WhyRefused> {
        let budget = self.budget_of_states(self.budget_at(year)?);
        if let Some(missing) = budget.requests.missing.first() {
            let what =
                format!("nothing can be computed of what is requested for {year}: {missing}");
            return Err(WhyRefused::NoValue {
                what,
                day: self.day,
                help: "ask of the budget's `missing` for the rest",
            });
        }
        let requests = budget.requests.categories.iter();
        let known: Vec<String> = requests.clone().map(|it| it.category.to_string()).collect();
        let request = requests.clone().find(|it| it.category == *category).ok_or_else(|| {
            let what = format!("request under `{category}` for {year}");
            self.nothing(&what, there_is(category.as_str(), &known))
        })?;
        let share = request.shares.iter().find(|it| it.state.code == state);
        share.map(|share| self.why_request(&budget, request, share)).ok_or_else(|| {
            let what = format!("nothing is requested of {} for {year}", self.name(state));
            WhyRefused::NoValue { what, day: self.day, help: "ask of one of the payers" }
        })
    }

    fn budget_at(&self, year: Year) -> Result<BudgetSum, WhyRefused> {
        self.budget_sum(year).map(Arc::unwrap_or_clone).ok_or_else(|| {
            let known: Vec<String> = self.budgets().iter().map(|it| it.year.to_string()).collect();
            let help = match known.as_slice() {
                [] => "there is none; ask of a later day".to_owned(),
                known => format!("there is one of {}", known.join(", ")),
            };
            self.nothing(&format!("budget of {year}"), help)
        })
    }

    fn why_of_contributors(&self, year: Year) -> Result<Why, WhyRefused> {
        let budget = self.budget_at(year)?;
        let found = budget.counts.iter().rev().find_map(|it| self.why_count(year, it));
        found.ok_or_else(|| WhyRefused::NoValue {
            what: format!("no source sets words against numbers for the contributors of {year}"),
            day: self.day,
            help: "ask of its `coverage`",
        })
    }

    fn reserve_at(&self) -> Result<ReserveAt, WhyRefused> {
        self.reserve().ok_or_else(|| self.nothing("reserve", "ask of a later day".to_owned()))
    }

    fn nothing(&self, what: &str, help: String) -> WhyRefused {
        WhyRefused::Nothing { what: what.to_owned(), day: self.day, help }
    }
}
