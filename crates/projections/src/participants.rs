use chancery_kernel::{Citation, StateCode, StateName};
use chancery_membership::{Event as Membership, Force, Instrument, Standing};
use chancery_register::Event;
use jiff::civil::Date;
use serde::Serialize;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::at::At;

/// A State under the name that it bears on the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StateAt {
    /// Its ISO 3166-1 alpha-3 code.
    pub code: StateCode,
    /// Its name.
    pub name: StateName,
}

/// A State and its part in the convention on the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParticipantAt {
    /// Which State.
    pub state: StateAt,
    /// How it stands.
    pub standing: Standing,
    /// The day of its signature.
    pub signed_on: Option<Date>,
    /// The day of its deposit.
    pub bound_on: Option<Date>,
    /// By which act it is bound.
    pub act: Option<Instrument>,
    /// The day from which the convention is in force for it, also when that lies ahead.
    pub in_force_from: Option<Date>,
    /// The day on which its notice of withdrawal was received.
    pub withdrawal_notified_on: Option<Date>,
    /// The day from which it is, or will be, no longer bound.
    pub withdrawn_on: Option<Date>,
    /// The articles that it applies provisionally, until the convention is in force for it.
    pub provisional_application: Option<String>,
    /// What proves it: each act that counts on the day, in the order of recording.
    pub sources: Vec<Citation>,
}

impl At<'_> {
    /// A State by its code, under the name of the day.
    pub fn state(&self, code: StateCode) -> StateAt {
        StateAt { code, name: self.name(code) }
    }

    /// Every State that has a part in the convention, by name.
    pub fn participants(&self) -> Vec<ParticipantAt> {
        let mut participants: Vec<ParticipantAt> = self
            .standings()
            .filter_map(|(state, standing)| self.participant_as(state, standing))
            .collect();
        participants.sort_by_cached_key(|it| alphabetical(&it.state.name));
        participants
    }

    /// One State's part in the convention; `None` if it has none on the day.
    pub fn participant(&self, state: StateCode) -> Option<ParticipantAt> {
        let standing = self.view.state().membership.standing(state, self.day)?;
        self.participant_as(state, standing)
    }

    fn participant_as(&self, state: StateCode, standing: Standing) -> Option<ParticipantAt> {
        let membership = &self.view.state().membership;
        let participant = membership.participants().get(&state)?;
        let bond = participant.bond_at(self.day);
        let known = |on: Date| on <= self.day;
        let withdrawal =
            bond.filter(|bond| bond.withdrawal_notified.or(bond.withdrawn).is_some_and(known));
        // It ends with entry into force for the State (VCLT article 25), and with its withdrawal.
        let applies = matches!(standing, Standing::Signatory | Standing::Pending);
        let provisional = participant
            .provisional
            .iter()
            .rev()
            .find(|(on, _)| known(*on))
            .map(|(_, articles)| articles);
        Some(ParticipantAt {
            state: self.state(state),
            standing,
            signed_on: participant.signed.filter(|on| known(*on)),
            bound_on: bond.map(|bond| bond.deposited),
            act: bond.map(|bond| bond.instrument),
            in_force_from: self.force(state).map(|force| force.on),
            withdrawal_notified_on: withdrawal.and_then(|bond| bond.withdrawal_notified),
            withdrawn_on: withdrawal.and_then(|bond| bond.withdrawn),
            provisional_application: provisional.filter(|_| applies).map(ToString::to_string),
            sources: self.acts(state),
        })
    }

    /// When the convention enters into force for a State, and by what.
    pub(crate) fn force(&self, state: StateCode) -> Option<Force> {
        let membership = &self.view.state().membership;
        // Before the last instrument is deposited nobody can know the day.
        membership.last_instrument_on().filter(|last| *last <= self.day)?;
        membership.force(membership.participants().get(&state)?.bond_at(self.day)?)
    }

    /// The citations of a State's acts; a name or a day in a list is no act.
    fn acts(&self, state: StateCode) -> Vec<Citation> {
        let indexes = self.view.by_state.get(&state);
        let mut sources: Vec<Citation> = Vec::new();
        for index in indexes.into_iter().flatten() {
            let Some(recorded) = self.event(*index) else {
                continue;
            };
            let only_printed = matches!(
                recorded.envelope.event,
                Event::Membership(Membership::Renamed(_) | Membership::EntryIntoForcePrinted(_))
            );
            let source = &recorded.envelope.source;
            if !only_printed
                && self.counts(recorded.envelope.effective)
                && !sources.contains(source)
            {
                sources.push(source.clone());
            }
        }
        sources
    }
}

/// Names in the order in which people look for them: Côte d'Ivoire before Croatia.
pub(crate) fn alphabetical(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_lowercase();
    }
    name.nfd().filter(|c| !is_combining_mark(*c)).collect::<String>().to_lowercase()
}
