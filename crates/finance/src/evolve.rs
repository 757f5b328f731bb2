//! What each event changes. Total: a recorded event is never refused.

use chancery_kernel::Amount;

use crate::{
    destination::Destination,
    event::{Event, Procedures},
    reserve::Movement,
    state::{CategoryState, ProceduresState, State},
};

impl State {
    pub(crate) fn after(mut self, event: &Event) -> Self {
        match event {
            Event::ProceduresAdopted(it) => self.procedures.take(it),
            Event::ScaleAdopted(it) => {
                let rates = self.scales.entry(it.years).or_default();
                rates.extend(it.rates.iter().map(|(state, rate)| (*state, *rate)));
            }
            Event::BudgetApproved(it) => {
                self.budgets.entry(it.years).or_default().push_back(it.clone());
            }
            Event::Invoiced(it) => {
                let key = (it.year, it.state, it.category.clone());
                self.invoices.insert(key, it.clone());
            }
            Event::Contributed(it) => {
                if it.to == Destination::Reserve
                    && let Some(amount) = self.counted(it)
                {
                    self.reserve.movements.push_back(Movement::In(it.on, amount));
                }
                self.contributions.push_back(it.clone());
            }
            Event::ContributionsCounted(it) => self.counts.push_back(it.clone()),
            Event::ReserveTargetSet(it) => self.reserve.targets.push_back(it.clone()),
            Event::ReserveDrawn(it) => {
                self.reserve.movements.push_back(Movement::Drawn(it.on, it.amount));
            }
            Event::ReserveRestored(it) => {
                self.reserve.movements.push_back(Movement::Restored(it.on, it.amount));
            }
            Event::UnspentCarried(it) => {
                if it.to == Destination::Reserve {
                    self.reserve.movements.push_back(Movement::In(it.on, it.amount));
                }
                self.carried.push_back(it.clone());
            }
            Event::CostsEstimated(it) => {
                self.estimates.entry(it.meeting.clone()).or_default().push_back(it.clone());
            }
            Event::ArrearsReported(it) => self.arrears.push_back(it.clone()),
        }
        self
    }

    /// What came in for a year, as far as it is recorded: contributions and what was carried over;
    /// `None` when nothing is, or past what is exact.
    pub fn received(&self, year: crate::years::Year) -> Option<Amount> {
        let to = Destination::Budget(year);
        let contributed = self.contributions.iter().filter(|it| it.to == to);
        let carried = self.carried.iter().filter(|it| it.to == to).map(|it| it.amount);
        let amounts = contributed.filter_map(|it| self.counted(it)).chain(carried);
        amounts.map(Some).reduce(|sum, next| sum?.plus(next?))?
    }
}

impl ProceduresState {
    fn take(&mut self, it: &Procedures) {
        self.authorities.push_back(it.authority.clone());
        for category in &it.categories {
            let known = self.categories.get(&category.code);
            let mut decided_by = known.map(|it| it.decided_by.clone()).unwrap_or_default();
            decided_by.push_back(it.authority.clone());
            let category = category.clone();
            self.categories.insert(category.code.clone(), CategoryState { category, decided_by });
        }
        if it.review.is_some() {
            self.review.clone_from(&it.review);
        }
    }
}
