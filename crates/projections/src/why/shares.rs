use chancery_finance::{Basis, Event as Finance, Settled};
use chancery_meetings::Event as Meetings;
use chancery_register::Event;

use super::{Figure, Sharing, Why};
use crate::{
    at::At,
    finances::{BudgetSum, RequestAt, ShareAt, SharesAt, WhatIf},
};

impl At<'_> {
    /// Why the costs of a meeting are shared out so.
    pub fn why_shares(&self, of: &SharesAt, what_if: &WhatIf) -> Why {
        let why = Why::new(Figure::Shares(sharing(of, what_if)), of.rule.clone()).value(of.total);
        let parties = of.shares.iter().filter_map(|it| self.last_deposit(it.state.code));
        self.with_sharing(why, of)
            .rests_on(self, parties)
            .rests_on(self, self.attendance_events(of))
    }

    /// Why a State would owe what it does of them.
    pub fn why_share(&self, of: &SharesAt, it: &ShareAt, what_if: &WhatIf) -> Why {
        let rule = format!("{}; {}", of.rule, how(it.settled));
        let why = Why::new(Figure::Share(it.state.code, sharing(of, what_if)), rule)
            .value(it.amount)
            .with("rate, in per cent of the scale", it.rate)
            .with("rate, in per cent of the payers' sum", it.adjusted);
        self.with_sharing(why, of).rests_on(self, self.last_deposit(it.state.code))
    }

    /// Why the procedures request so much of a State under a category.
    pub fn why_request(&self, budget: &BudgetSum, of: &RequestAt, it: &ShareAt) -> Why {
        let state = self.finance_state();
        let article = state.rules.budget_costs.as_ref().map(|rule| rule.article.to_string());
        let category = state.procedures().categories.get(&of.category).map(|it| &it.category);
        let basis = category.and_then(|it| it.basis);
        let divided = match basis {
            Some(Basis::EqualShare) => "in equal parts",
            _ => "in the proportion of the scale, and they alone make up the whole",
        };
        let on = state.parties_on(budget.year);
        let on = on.map(|on| format!(" in force on {on}")).unwrap_or_default();
        let rule = format!(
            "a category's part of the budget is divided among the States parties{on} {divided} ({}); {}",
            article.as_deref().unwrap_or("the financial procedures"),
            how(it.settled)
        );
        let figure = Figure::Request(it.state.code, budget.year, of.category.clone());
        Why::new(figure, rule)
            .by_profile(self)
            .value(it.amount)
            .with_known("budget", budget.total)
            .with_known("the category's part, in per cent", category.and_then(|it| it.percentage))
            .with("the category's part", of.total)
            .with("payers", of.shares.len())
            .with("weight", it.rate)
            .with("weight, in per cent of the payers' sum", it.adjusted)
            .with_known("the least that each pays", category.and_then(|it| it.floor))
            .with_known("the most that each pays", category.and_then(|it| it.cap))
            .rests_on(self, self.last_deposit(it.state.code))
            .rests_on(
                self,
                self.money_events(|event| match event {
                    Finance::BudgetApproved(it) => it.years.holds(budget.year),
                    Finance::ProceduresAdopted(_) => true,
                    Finance::ScaleAdopted(it) => {
                        basis == Some(Basis::Scale) && it.years.holds(budget.year)
                    }
                    _ => false,
                }),
            )
    }

    fn with_sharing(&self, why: Why, of: &SharesAt) -> Why {
        let rule = self.view.state().finance.rules.meeting_costs.as_ref();
        let why = why
            .by_profile(self)
            .with("shared out", of.total)
            .with("scale", of.scale)
            .with("States parties that pay", of.parties)
            .with("participating States not party that pay", of.participants)
            .with("sum of the payers' rates", of.sum_of_rates)
            .with_known("the least that each pays", rule.and_then(|rule| rule.floor))
            .with_known("the most that each pays", rule.and_then(|rule| rule.cap));
        self.with_days(why, &of.meeting).rests_on(
            self,
            self.money_events(
                |event| matches!(event, Finance::ScaleAdopted(it) if it.years == of.scale),
            ),
        )
    }

    /// The lists of who took part, where States not party pay by them.
    fn attendance_events(
        &self,
        of: &SharesAt,
    ) -> impl Iterator<Item = std::sync::Arc<chancery_register::Recorded>> {
        let counted = of.participants > 0;
        let events = self.events_of(&of.meeting).filter(move |recorded| {
            counted && matches!(recorded.envelope.event, Event::Meetings(Meetings::Attended(_)))
        });
        events.cloned()
    }
}

fn how(settled: Settled) -> &'static str {
    match settled {
        Settled::Floor => "this State pays the least that each pays",
        Settled::Cap => "this State pays the most that each pays",
        Settled::Down => {
            "this State's part is rounded down; what that leaves over goes to those with the largest remainders"
        }
        Settled::Up => {
            "this State's part is rounded down, and it pays a minor unit more, as one of those with the largest remainders"
        }
    }
}

fn sharing(of: &SharesAt, what_if: &WhatIf) -> Sharing {
    Sharing { meeting: of.meeting.clone(), total: of.total, what_if: what_if.clone() }
}
