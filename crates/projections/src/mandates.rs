use chancery_decisions::{Event as Decisions, MandateRecord, MandateStanding};
use chancery_kernel::{Citation, DecisionId, DocumentSymbol, MandateId, OfficeId, PartialDate};
use chancery_register::Event;
use serde::Serialize;

use crate::{
    at::{At, Resolved, partial},
    meetings::OrganisationAt,
    participants::StateAt,
};

/// What somebody was to do, as it stood on the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MandateAt {
    /// Its id.
    pub id: MandateId,
    /// The decision that gave it.
    pub decision: DecisionId,
    /// What is to be done, in short.
    pub action: String,
    /// Who is to do it, in one line.
    pub responsible: String,
    /// The States among them.
    pub states: Vec<StateAt>,
    /// The organisations among them.
    pub organisations: Vec<OrganisationAt>,
    /// The office whose holder is to do it.
    pub office: Option<OfficeId>,
    /// By when, as said and as it comes to; `None` where no date follows from the source. Of one
    /// that recurs, the next time.
    pub due: Option<Resolved>,
    /// The last day on which it is in time, as precisely as that is known.
    pub due_on: Option<PartialDate>,
    /// When, in the source's words, where they say more than a date does.
    pub due_as_said: Option<String>,
    /// Whether it recurs.
    pub recurs: bool,
    /// How it stands.
    pub standing: MandateStanding,
    /// Each time that it was fulfilled by the day: once, or again and again if it recurs.
    pub fulfilments: Vec<FulfilmentAt>,
    /// The mandate that took its place by the day.
    pub superseded_by: Option<MandateId>,
    /// When it was given.
    pub on: PartialDate,
    /// The place that proves it.
    pub source: Option<Citation>,
}

/// What a mandate asked for was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FulfilmentAt {
    /// When.
    pub on: PartialDate,
    /// How, in short.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Documents that came of it.
    pub documents: Vec<DocumentSymbol>,
    /// The place that proves it.
    pub source: Citation,
}

impl At<'_> {
    /// Every mandate that had been given by the day: those with a date first, by date; then in the
    /// order of their ids.
    pub fn mandates(&self) -> Vec<MandateAt> {
        let records = self.view.state().decisions.mandates().values();
        let given = records.filter(|record| self.counts(record.given.on));
        let mut mandates: Vec<MandateAt> = given.map(|record| self.mandate_at(record)).collect();
        mandates.sort_by_key(|it| {
            let last = it.due_on.map(|due| due.latest());
            (last.is_none(), last, it.id.clone())
        });
        mandates
    }

    /// One mandate; `None` if it had not been given by the day.
    pub fn mandate(&self, id: &MandateId) -> Option<MandateAt> {
        let record = self.view.state().decisions.mandates().get(id)?;
        self.counts(record.given.on).then(|| self.mandate_at(record))
    }

    fn mandate_at(&self, record: &MandateRecord) -> MandateAt {
        let given = &record.given;
        let due = record.due(self.day);
        let range = due.as_ref().and_then(|due| self.range(due));
        let source = self.view.by_mandate.get(&given.id);
        let states: Vec<StateAt> = given.states.iter().map(|state| self.state(*state)).collect();
        let organisations: Vec<OrganisationAt> =
            given.organisations.iter().map(|id| self.organisation(id)).collect();
        let office = given.office.as_ref().map(|id| {
            let rule = self.view.state().offices.rules.office(id);
            rule.map_or_else(|| id.to_string(), |rule| rule.name.to_string())
        });
        let names = states.iter().map(|it| it.name.to_string());
        let names = names.chain(organisations.iter().map(|it| it.name.clone())).chain(office);
        let names: Vec<String> =
            names.chain(given.body.as_ref().map(ToString::to_string)).collect();
        let superseded = record.superseded.as_ref().filter(|(_, on)| self.counts(*on));
        MandateAt {
            id: given.id.clone(),
            decision: given.decision.clone(),
            action: given.action.to_string(),
            responsible: names.join(", "),
            states,
            organisations,
            office: given.office.clone(),
            due_on: range.map(|it| partial(it).unwrap_or(PartialDate::Day(it.latest()))),
            due: due.as_ref().map(|due| self.resolved(due)),
            due_as_said: given.due_as_said.as_ref().map(ToString::to_string),
            recurs: record.recurs(),
            standing: record.standing(self.day, self),
            fulfilments: self.fulfilments(&given.id),
            superseded_by: superseded.map(|(id, _)| id.clone()),
            on: given.on,
            source: source.and_then(|index| self.source(*index)).cloned(),
        }
    }

    fn fulfilments(&self, id: &MandateId) -> Vec<FulfilmentAt> {
        let done = self.counting(self.view.fulfilments.get(id)).filter_map(|recorded| {
            let Event::Decisions(Decisions::Fulfilled(it)) = &recorded.envelope.event else {
                return None;
            };
            Some(FulfilmentAt {
                on: it.on,
                summary: it.summary.as_ref().map(ToString::to_string),
                documents: it.documents.clone(),
                source: recorded.envelope.source.clone(),
            })
        });
        done.collect()
    }
}
