use std::sync::Arc;

use chancery_finance::{Destination, Event as Finance};
use chancery_kernel::Amount;
use chancery_register::{Event, Recorded};

use super::{
    change::ChangeKind,
    statement::{Family, Statement},
    telling::Telling,
    words,
};
use crate::finances::{BudgetAt, ProceduresAt, ReserveAt, ScaleAt};

impl Telling<'_> {
    /// Budgets, procedures, scales, the reserve, what was asked, paid, estimated and reported.
    pub(super) fn money(&self) -> Vec<Statement> {
        let finances = self.at.finances();
        let mut said: Vec<Statement> = Vec::new();
        said.extend(finances.procedures.as_ref().map(|it| self.procedures(it)));
        said.extend(finances.scales.iter().map(|it| self.scale(it)));
        said.extend(finances.budgets.iter().map(|it| self.budget(it)));
        said.extend(finances.reserve.as_ref().map(|it| self.reserve(it)));
        said.extend(finances.estimates.iter().map(|it| {
            let text = format!("The costs of {} are estimated", self.meeting(&it.meeting));
            Statement::new(ChangeKind::Estimated, Family::Estimate, &it.meeting)
                .said(format!("{text} at {}", unless_unknown(it.total)))
                .value("total", it.total.map(|total| total.to_string()))
                .rests_on(self.behind(|event| {
                    matches!(event, Finance::CostsEstimated(of) if of.meeting == it.meeting)
                }))
        }));
        let payments = self.behind(|_| true);
        said.extend(payments.iter().filter_map(|it| self.payment(it)));
        said
    }

    fn budget(&self, it: &BudgetAt) -> Statement {
        let by = it.approvals.iter().map(|it| self.authority(&it.authority));
        let by: Vec<String> = by.collect();
        let mut text = format!(
            "The budget for {}, {}, is approved by {}",
            it.year,
            unless_unknown(it.total),
            by.join(" and ")
        );
        if let Some(received) = it.received {
            text += &format!("; {received} is recorded as received");
        }
        Statement::new(ChangeKind::Budget, Family::Budget, it.year)
            .said(text)
            .value("total", it.total.map(|total| total.to_string()))
            .value("approved_by", Some(by.join(" and ")))
            .value("received", it.received.map(|sum| sum.to_string()))
            .rests_on(self.behind(|event| match event {
                Finance::BudgetApproved(of) => of.years.holds(it.year),
                Finance::Contributed(of) => of.to == Destination::Budget(it.year),
                Finance::UnspentCarried(of) => of.to == Destination::Budget(it.year),
                _ => false,
            }))
    }

    fn procedures(&self, it: &ProceduresAt) -> Statement {
        let by = it.authorities.iter().map(|(who, _)| self.authority(who));
        let mut by: Vec<String> = by.collect();
        by.dedup();
        let category = |it: &crate::finances::CategoryAt| {
            let part = it.percentage.map(|part| format!(" {part} per cent")).unwrap_or_default();
            let floor = it.floor.map(|least| format!(" at least {least}")).unwrap_or_default();
            let cap = it.cap.map(|most| format!(" at most {most}")).unwrap_or_default();
            format!("{}{part}{floor}{cap}", it.code)
        };
        let categories: Vec<String> = it.categories.iter().map(category).collect();
        let categories = categories.join(", ");
        let mut text = format!("The financial procedures rest on {}", by.join("; "));
        if !categories.is_empty() {
            text += &format!("; categories: {categories}");
        }
        Statement::new(ChangeKind::Procedures, Family::Procedures, self.at.view.convention())
            .said(text)
            .value("authorities", Some(by.join("; ")))
            .value("categories", Some(categories))
            .value("review", it.review.as_ref().and_then(|review| review.date))
            .rests_on(self.behind(|event| matches!(event, Finance::ProceduresAdopted(_))))
    }

    fn scale(&self, it: &ScaleAt) -> Statement {
        Statement::new(ChangeKind::Scale, Family::Scale, it.years)
            .said(format!("A scale of assessments holds for {}: {} States", it.years, it.states))
            .value("States", Some(it.states.to_string()))
            .value("sum", Some(it.sum.to_string()))
            .rests_on(
                self.behind(
                    |event| matches!(event, Finance::ScaleAdopted(of) if of.years == it.years),
                ),
            )
    }

    fn reserve(&self, it: &ReserveAt) -> Statement {
        let target = it.target.map(|target| target.to_string());
        let balance = it.balance.map(|balance| balance.to_string());
        let said = |what: Option<&String>| what.map_or("not known", String::as_str).to_owned();
        Statement::new(ChangeKind::Reserve, Family::Reserve, self.at.view.convention())
            .said(format!(
                "The reserve is to be kept at {}; its balance is {}",
                said(target.as_ref()),
                said(balance.as_ref())
            ))
            .value("target", target)
            .value("balance", balance)
            .value("to_be_restored", it.to_be_restored.map(|sum| sum.to_string()))
            .rests_on(self.behind(|event| match event {
                Finance::ReserveTargetSet(_)
                | Finance::ReserveDrawn(_)
                | Finance::ReserveRestored(_) => true,
                Finance::Contributed(of) => of.to == Destination::Reserve,
                Finance::UnspentCarried(of) => of.to == Destination::Reserve,
                _ => false,
            }))
    }

    /// What is not a sum of anything, but one payment, invoice or report.
    fn payment(&self, recorded: &Arc<Recorded>) -> Option<Statement> {
        let Event::Finance(event) = &recorded.envelope.event else { return None };
        let (kind, about, text, sum) = match event {
            Finance::Invoiced(it) => {
                let text = format!(
                    "{} was asked for {} for {}",
                    self.at.name(it.state),
                    it.amount,
                    it.year
                );
                (ChangeKind::Invoiced, it.state.to_string(), text, Some(it.amount.to_string()))
            }
            Finance::Contributed(it) => {
                let organisation = it.organisation.as_ref().map(|id| self.at.organisation(id).name);
                let who = it.state.map(|state| self.at.name(state).to_string()).or(organisation);
                let who = who.unwrap_or_else(|| "Somebody who is not named".to_owned());
                let text = match it.to {
                    Destination::Budget(year) => {
                        format!("{who} paid {} to the budget for {year}", it.amount)
                    }
                    Destination::Reserve => format!("{who} paid {} to the reserve", it.amount),
                };
                let about = it.state.map(|state| state.to_string()).unwrap_or_default();
                (ChangeKind::Contributed, about, text, Some(it.amount.to_string()))
            }
            Finance::ContributionsCounted(it) => {
                let some = it.contributors.map(|number| format!("{number} States"));
                let part = it.portion.map(|part| {
                    format!("{} of the States parties", words::verb(&format!("{part:?}")))
                });
                let who = some.or(part).unwrap_or_else(|| "some States".to_owned());
                let total = it.total.map(|total| format!(", {total} in all")).unwrap_or_default();
                let text = format!("Counted for {}: {who} contributed{total}", it.year);
                (
                    ChangeKind::Counted,
                    it.year.to_string(),
                    text,
                    it.contributors.map(|n| n.to_string()),
                )
            }
            Finance::ArrearsReported(it) => {
                let text = format!("Arrears were reported: {}", it.summary);
                (ChangeKind::Arrears, String::new(), text, it.total.map(|it| it.to_string()))
            }
            _ => return None,
        };
        let statement = Statement::new(kind, Family::Payment, about)
            .keyed(recorded.envelope.version)
            .said(text)
            .value("on", Some(event.on()))
            .value("amount", sum)
            .rests_on([recorded.clone()]);
        Some(statement)
    }

    /// The events about money that are wanted.
    fn behind(&self, wanted: impl Fn(&Finance) -> bool) -> Vec<Arc<Recorded>> {
        let mut events = self.counting(&self.at.view.by_finance);
        events.retain(|it| matches!(&it.envelope.event, Event::Finance(event) if wanted(event)));
        events
    }
}

fn unless_unknown(total: Option<Amount>) -> String {
    total.map_or_else(|| "a sum that is not known".to_owned(), |total| total.to_string())
}
