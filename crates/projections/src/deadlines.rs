use std::sync::Arc;

use chancery_kernel::{Citation, ClockId, DateRange, ObligationId, PartialDate, StateCode};
use chancery_membership::Standing;
use chancery_obligations::{DutyKey, Event as Obligations, Owed, Standing as Duty, Timing};
use chancery_register::{Event, Recorded};
use jiff::civil::Date;
use serde::Serialize;

use crate::{
    at::{At, partial},
    participants::{StateAt, alphabetical},
};

/// What a State owes or has done, as it stood on the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeadlineAt {
    /// Who.
    pub state: StateAt,
    /// What, by its id in the profile.
    pub obligation: ObligationId,
    /// Its name in the profile.
    pub obligation_name: String,
    /// The clock, where an event started it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub clock: Option<ClockId>,
    /// The calendar year that a yearly report covers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year: Option<i16>,
    /// The last day on which it is in time, as precisely as that is known.
    pub due_on: PartialDate,
    /// How it stands. Overdue is said only where the profile says that the record is complete.
    pub standing: Duty,
    /// When it was done; `None` while it is not.
    pub done_on: Option<PartialDate>,
    /// When completion was declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub declared_on: Option<PartialDate>,
    /// Whether it was done in time; `None` while it is not done.
    pub timing: Option<Timing>,
    /// Whether an extension is asked for and not decided.
    pub extension_requested: bool,
    /// Until when, if that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub requested_until: Option<PartialDate>,
    /// The rule that gave the date, in one sentence with its article.
    pub rule: String,
    /// What proves it: the State's deposit, then each fact about the duty.
    pub sources: Vec<Citation>,
    /// The events behind it, in the order of recording.
    #[serde(skip)]
    pub events: Vec<Arc<Recorded>>,
    /// The last day on which it can be in time.
    #[serde(skip)]
    pub last_day: Date,
    /// The date that the rule gives, whatever was extended.
    #[serde(skip)]
    pub by_rule: DateRange,
}

impl At<'_> {
    /// What every bound State owes or has done, by date and name. Of a yearly report only the last
    /// that fell due and the one that comes next are given; [`At::reports`] has all.
    pub fn deadlines(&self) -> Vec<DeadlineAt> {
        let mut all = self.everything(self.standings(), |_| true);
        let day = self.day;
        let past = |it: &DeadlineAt| it.last_day < day;
        let newest: std::collections::BTreeMap<_, _> = all
            .iter()
            .filter(|it| past(it))
            .map(|it| ((it.state.code, it.obligation.clone()), it.year))
            .collect();
        all.retain(|it| {
            let newest = newest.get(&(it.state.code, it.obligation.clone()));
            it.year.is_none() || !past(it) || newest == Some(&it.year)
        });
        all
    }

    /// Every report that bound States owe or have handed in, by date and name: on time, late by so
    /// many days, missing (which is an overdue one), or not recorded.
    pub fn reports(&self) -> Vec<DeadlineAt> {
        let obligations = &self.view.state().obligations;
        self.everything(self.standings(), |it| {
            let rule = obligations.rules().obligation(&it.obligation);
            rule.is_some_and(|rule| rule.done_by == chancery_obligations::DoneBy::Report)
        })
    }

    /// Everything that one State owes or has done, each report among it, by date.
    pub fn owed_by(&self, state: StateCode) -> Vec<DeadlineAt> {
        let standing = self.view.state().membership.standing(state, self.day);
        self.everything(standing.map(|standing| (state, standing)), |_| true)
    }

    fn everything(
        &self,
        states: impl IntoIterator<Item = (StateCode, Standing)>,
        wanted: impl Fn(&Owed) -> bool,
    ) -> Vec<DeadlineAt> {
        let membership = &self.view.state().membership;
        // Before the last instrument is deposited nobody can know the day of entry into force.
        if membership.last_instrument_on().is_none_or(|last| last > self.day) {
            return Vec::new();
        }
        let mut found = Vec::new();
        for (code, standing) in states {
            if !matches!(standing, Standing::InForce | Standing::Pending) {
                continue;
            }
            let participant = membership.participants().get(&code);
            let bond = participant.and_then(|it| it.bond_at(self.day));
            let Some(in_force) = bond.and_then(|bond| membership.in_force_from(bond)) else {
                continue;
            };
            let owed = self.view.state().obligations.owed(code, in_force, self.day);
            found.extend(owed.into_iter().filter(&wanted).map(|it| self.deadline(it)));
        }
        found.sort_by_cached_key(|it| (it.last_day, alphabetical(&it.state.name), it.year));
        found
    }

    fn deadline(&self, it: Owed) -> DeadlineAt {
        let rules = self.view.state().obligations.rules();
        let name = rules.obligation(&it.obligation).map(|rule| rule.name.to_string());
        let events = self.behind(&it);
        let last_day = it.due.latest();
        DeadlineAt {
            state: self.state(it.state),
            obligation_name: name.unwrap_or_else(|| it.obligation.to_string()),
            obligation: it.obligation,
            clock: it.clock,
            year: it.year,
            due_on: partial(it.due).unwrap_or(PartialDate::Day(last_day)),
            standing: it.standing,
            done_on: it.done,
            declared_on: it.declared_on,
            timing: it.timing,
            extension_requested: it.requested.is_some(),
            requested_until: it.requested.flatten(),
            rule: it.rule,
            sources: events.iter().map(|it| it.envelope.source.clone()).collect(),
            events,
            last_day,
            by_rule: it.by_rule,
        }
    }

    /// The deposit that started the clock, and every fact about the duty; of a yearly report, only
    /// what is about its year.
    fn behind(&self, owed: &Owed) -> Vec<Arc<Recorded>> {
        let key = DutyKey {
            state: owed.state,
            obligation: owed.obligation.clone(),
            clock: owed.clock.clone(),
        };
        let facts = self.view.by_duty.get(&key).into_iter().flatten();
        let facts = facts.filter_map(|index| self.event(*index)).filter(|recorded| {
            let of_another_year = matches!(
                &recorded.envelope.event,
                Event::Obligations(Obligations::Reported(it)) if it.year != owed.year
            );
            self.counts(recorded.envelope.effective) && !of_another_year
        });
        self.last_deposit(owed.state).into_iter().chain(facts.cloned()).collect()
    }
}
