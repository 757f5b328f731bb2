use std::ops::Deref;

use chancery_kernel::{Citation, StateCode, StateName};
use chancery_membership::{Event as Membership, Force, Standing};
use chancery_register::Event;
use serde::Serialize;
use unicode_normalization::{UnicodeNormalization as _, char::is_combining_mark};

use crate::{at::At, parts::Part};

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
    /// As it is looked for.
    #[serde(flatten)]
    pub found: ParticipantFound,
    /// The articles that it applies provisionally, until the convention is in force for it.
    pub provisional_application: Option<String>,
    /// What proves it: each act that counts on the day, in the order of recording.
    pub sources: Vec<Citation>,
}

/// A participant as it is looked for: a list is filtered and paged before anything is made of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParticipantFound {
    /// Which State.
    pub state: StateAt,
    /// Its part in the convention.
    #[serde(flatten)]
    pub part: Part,
}

impl Deref for ParticipantAt {
    type Target = ParticipantFound;

    fn deref(&self) -> &ParticipantFound {
        &self.found
    }
}

impl Deref for ParticipantFound {
    type Target = Part;

    fn deref(&self) -> &Part {
        &self.part
    }
}

impl At<'_> {
    /// A State by its code, under the name of the day.
    pub fn state(&self, code: StateCode) -> StateAt {
        StateAt { code, name: self.name(code) }
    }

    /// Every State that has a part in the convention, by name.
    pub fn participants(&self) -> Vec<ParticipantAt> {
        self.participants_found().into_iter().map(|it| self.participant_shown(it)).collect()
    }

    /// Every State that has a part in the convention as it is looked for, by name.
    pub fn participants_found(&self) -> Vec<ParticipantFound> {
        let by_name = self.view.parts.by_name(&self.view.state().membership, self.day);
        let found = by_name
            .into_iter()
            .map(|(code, name, part)| ParticipantFound { state: StateAt { code, name }, part });
        found.collect()
    }

    /// One State's part in the convention; `None` if it has none on the day.
    pub fn participant(&self, state: StateCode) -> Option<ParticipantAt> {
        self.participant_found(state).map(|it| self.participant_shown(it))
    }

    /// One State's part in the convention as it is looked for; `None` if it has none on the day.
    pub fn participant_found(&self, state: StateCode) -> Option<ParticipantFound> {
        self.part(state).map(|part| ParticipantFound { state: self.state(state), part })
    }

    /// One State's part in the convention, without its name; `None` if it has none on the day.
    pub fn part(&self, state: StateCode) -> Option<Part> {
        self.view.parts.part(&self.view.state().membership, state, self.day)
    }

    fn participant_shown(&self, found: ParticipantFound) -> ParticipantAt {
        ParticipantAt {
            provisional_application: self.provisional_application(found.state.code, &found),
            sources: self.acts(found.state.code),
            found,
        }
    }

    /// The articles that a State with this part applies provisionally, as printed.
    pub fn provisional_application(&self, state: StateCode, part: &Part) -> Option<String> {
        // It ends with entry into force for the State (VCLT article 25), and with its withdrawal.
        let applies = matches!(part.standing, Standing::Signatory | Standing::Pending);
        let participants = self.view.state().membership.participants();
        let participant = participants.get(&state).filter(|_| applies)?;
        let said = participant.provisional.iter().rev().find(|(on, _)| *on <= self.day);
        said.map(|(_, articles)| articles.to_string())
    }

    /// When the convention enters into force for a State, and by what.
    pub(crate) fn force(&self, state: StateCode) -> Option<Force> {
        let membership = &self.view.state().membership;
        // Before the last instrument is deposited nobody can know the day.
        membership.last_instrument_on().filter(|last| *last <= self.day)?;
        membership.force(membership.participants().get(&state)?.bond_at(self.day)?)
    }

    /// The citations of a State's acts; a name or a day in a list is no act.
    pub fn acts(&self, state: StateCode) -> Vec<Citation> {
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
