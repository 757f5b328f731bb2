use chancery_decisions::MandateStanding;
use chancery_obligations::{Standing, Timing};

use super::{Figure, Why};
use crate::{at::At, deadlines::DeadlineAt, mandates::MandateAt};

impl At<'_> {
    /// Why something is due when it is, and stands as it does.
    pub fn why_deadline(&self, it: &DeadlineAt) -> Why {
        let figure = Figure::Deadline {
            state: it.state.code,
            obligation: it.obligation.clone(),
            clock: it.clock.clone(),
            year: it.year,
        };
        let in_force = self.force(it.state.code).map(|force| force.on);
        let by_rule = it.by_rule.to_string();
        let extended = by_rule != it.due_on.to_string();
        let late = it.timing.map(|timing| match timing {
            Timing::OnTime => "no".to_owned(),
            Timing::Late { at_least, at_most } if at_least == at_most => format!("{at_least} days"),
            Timing::Late { at_least, at_most } => format!("{at_least} to {at_most} days"),
            Timing::Unknown => "not known".to_owned(),
        });
        let asked = it.requested_until.map(|until| format!("until {until}"));
        let asked = it.extension_requested.then(|| asked.unwrap_or_else(|| "yes".to_owned()));
        Why::new(figure, it.rule.clone())
            .by_profile(self)
            .value(it.due_on)
            .with("obligation", &it.obligation_name)
            .with_known("in force for the State from", in_force)
            .with_known("due by the rule alone", extended.then_some(by_rule))
            .with_known("more time asked for", asked)
            .with_known("done on", it.done_on)
            .with_known("declared complete on", it.declared_on)
            .with_known("late", late)
            .with(format!("how it stands on {}", self.day), standing(it.standing))
            .rests_on(self, it.events.iter().cloned())
    }

    /// Why a mandate is due when it is, and stands as it does.
    pub fn why_mandate(&self, it: &MandateAt) -> Why {
        let rule = match (it.recurs, it.superseded_by.is_some()) {
            (_, true) => "a mandate ends when another takes its place",
            (true, _) => {
                "a mandate that recurs is due next at the first of its times that nothing recorded has fulfilled; one that hangs on a meeting moves with it"
            }
            _ => {
                "a mandate is due when the decision that gave it says, and is done when something recorded fulfils it; one that hangs on a meeting moves with it"
            }
        };
        let why = Why::new(Figure::Mandate(it.id.clone()), rule)
            .value_known(it.due_on)
            .with("decision", &it.decision)
            .with("given on", it.on)
            .with("responsible", &it.responsible);
        let why = match &it.due {
            Some(due) => self.with_moment(why, "due", &due.said),
            None => why.with("due", it.due_as_said.as_deref().unwrap_or("no date is said")),
        };
        let why = it.fulfilments.iter().fold(why, |why, done| why.with("fulfilled on", done.on));
        let index = |index: &usize| self.event(*index).cloned();
        let by = it.superseded_by.as_ref();
        let fulfilments = self.counting(self.view.fulfilments.get(&it.id)).cloned();
        why.with_known("superseded by", by)
            .with(format!("how it stands on {}", self.day), mandate_standing(it.standing))
            .rests_on(self, self.view.by_mandate.get(&it.id).and_then(index))
            .rests_on(self, self.view.by_decision.get(&it.decision).and_then(index))
            .rests_on(self, by.and_then(|by| self.view.by_mandate.get(by)).and_then(index))
            .rests_on(self, fulfilments)
    }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Overdue => "overdue",
        Standing::NotRecorded => "nothing that fulfils it is recorded",
        Standing::Requested => "more time is asked for, and not decided",
        Standing::Due => "due",
        Standing::Extended => "due, extended",
        Standing::Fulfilled => "done",
    }
}

fn mandate_standing(standing: MandateStanding) -> &'static str {
    match standing {
        MandateStanding::Overdue => "overdue",
        MandateStanding::Open => "open",
        MandateStanding::Fulfilled => "done",
        MandateStanding::Superseded => "superseded",
    }
}
