//! Mandates: who must do what by when. The date may hang on a meeting, and moves with it.

use std::sync::Arc;

use chancery_kernel::{
    Calendar, DecisionId, DocumentSymbol, MandateId, OfficeId, OrganisationId, PartialDate,
    StateCode, Text, When, nearest, one_or_many,
};
use imbl::Vector;
use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{error::Rejection, state::State};

/// A decision gives somebody something to do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Mandate {
    /// The mandate's id.
    pub id: MandateId,
    /// The decision that gives it.
    pub decision: DecisionId,
    /// What is to be done, in short and in your own words.
    pub action: Text,
    /// The States that are to do it.
    #[serde(
        default,
        alias = "state",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub states: Vec<StateCode>,
    /// The organisations that are to do it.
    #[serde(
        default,
        alias = "organisation",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub organisations: Vec<OrganisationId>,
    /// The office whose holder is to do it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office: Option<OfficeId>,
    /// Whoever else is to do it, as printed: `the Second Review Conference`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub body: Option<Text>,
    /// By when; absent where no date follows from the source.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<When>,
    /// When, in the source's words, where they say more than a date does: `as soon as possible`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_as_said: Option<Text>,
    /// Earlier mandates that this one takes the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty", deserialize_with = "one_or_many")]
    pub supersedes: Vec<MandateId>,
    /// When it was given.
    pub on: PartialDate,
}

/// What a mandate asked for was done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fulfilment {
    /// Which mandate.
    pub mandate: MandateId,
    /// How, in short.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<Text>,
    /// Documents that came of it.
    #[serde(
        default,
        alias = "document",
        skip_serializing_if = "Vec::is_empty",
        deserialize_with = "one_or_many"
    )]
    pub documents: Vec<DocumentSymbol>,
    /// When.
    pub on: PartialDate,
}

/// What is known of a mandate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MandateRecord {
    /// The mandate as it was given.
    pub given: Mandate,
    /// Each time that it was fulfilled: once, or again and again if it recurs.
    pub fulfilments: Vector<Arc<Fulfilment>>,
    /// The mandate that took its place, and when.
    pub superseded: Option<(MandateId, PartialDate)>,
}

/// How a mandate stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum MandateStanding {
    /// To be done, and its date has passed.
    Overdue,
    /// To be done; of one that recurs, the next time.
    Open,
    /// Done.
    Fulfilled,
    /// Another took its place.
    Superseded,
}

impl MandateRecord {
    /// Whether it is to be done again and again.
    pub fn recurs(&self) -> bool {
        matches!(self.given.due, Some(When::Every { .. }))
    }

    /// How often it had been fulfilled by a day.
    pub fn times(&self, day: Date) -> usize {
        self.fulfilments.iter().filter(|it| it.on.earliest() <= day).count()
    }

    /// By when it is due, on a day: of one that recurs, the first time that is not yet fulfilled.
    pub fn due(&self, day: Date) -> Option<When> {
        match self.given.due.as_ref()? {
            When::Every { amount, unit, anchor } => {
                let nth = i32::try_from(self.times(day)).ok()?.checked_add(1)?;
                let amount = amount.checked_mul(nth)?;
                Some(When::Offset { amount, unit: *unit, anchor: anchor.clone() })
            }
            once => Some(once.clone()),
        }
    }

    /// How it stands on a day, given when meetings are. One without a date is open until it is
    /// fulfilled, and so is one whose meeting has no date yet.
    pub fn standing(&self, day: Date, calendar: &dyn Calendar) -> MandateStanding {
        if self.times(day) > 0 && !self.recurs() {
            return MandateStanding::Fulfilled;
        }
        if self.superseded.as_ref().is_some_and(|(_, on)| on.earliest() <= day) {
            return MandateStanding::Superseded;
        }
        match self.due(day).and_then(|due| due.resolve(calendar).ok()) {
            Some(due) if due.latest() < day => MandateStanding::Overdue,
            _ => MandateStanding::Open,
        }
    }
}

pub(crate) fn give(state: &State, it: &Mandate) -> Result<(), Rejection> {
    if state.mandates.contains_key(&it.id) {
        return Err(Rejection::MandateTaken(it.id.clone()));
    }
    let nobody = it.states.is_empty()
        && it.organisations.is_empty()
        && it.office.is_none()
        && it.body.is_none();
    if nobody {
        return Err(Rejection::NobodyMandated(it.id.clone()));
    }
    for mandate in &it.supersedes {
        if let Some((by, _)) = &known(state, mandate)?.superseded {
            let (mandate, by) = (mandate.clone(), by.clone());
            return Err(Rejection::SupersededAlready { mandate, by });
        }
    }
    Ok(())
}

pub(crate) fn fulfil(state: &State, it: &Fulfilment) -> Result<(), Rejection> {
    let record = known(state, &it.mandate)?;
    let (mandate, on, given) = (it.mandate.clone(), it.on, record.given.on);
    if it.on.latest() < given.earliest() {
        return Err(Rejection::FulfilledBeforeGiven { mandate, on, given });
    }
    if let Some((by, since)) = &record.superseded
        && it.on.earliest() > since.latest()
    {
        let (by, since) = (by.clone(), *since);
        return Err(Rejection::FulfilledAfterSuperseded { mandate, on, by, since });
    }
    match record.fulfilments.last() {
        Some(before) if !record.recurs() => {
            Err(Rejection::FulfilledAlready { mandate, on: before.on })
        }
        _ => Ok(()),
    }
}

pub(crate) fn given(state: &mut State, it: &Mandate) {
    for id in &it.supersedes {
        if let Some(earlier) = state.mandates.get_mut(id) {
            earlier.superseded = Some((it.id.clone(), it.on));
        }
    }
    let record = MandateRecord { given: it.clone(), fulfilments: Vector::new(), superseded: None };
    state.mandates.insert(it.id.clone(), record);
}

fn known<'a>(state: &'a State, id: &MandateId) -> Result<&'a MandateRecord, Rejection> {
    state.mandates.get(id).ok_or_else(|| Rejection::UnknownMandate {
        mandate: id.clone(),
        help: match nearest(id.as_str(), state.mandates.keys().map(MandateId::as_str)) {
            Some(near) => format!("`{near}` is"),
            None => "record it first".to_owned(),
        },
    })
}
