use chancery_kernel::{Citation, ConventionId, Decider, RecorderId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    command::Command,
    decide::Register,
    envelope::Envelope,
    event::Event,
    record::{Content, Entry, Mistake, RecordFile},
    state::State,
};

/// What recording a file comes to: the events of every fact that is new.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// The new facts, in order.
    pub decided: Vec<Decided>,
    /// How many facts were recorded before.
    pub known: usize,
}

/// One fact and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    /// The command's id.
    pub command: Uuid,
    /// Who asks.
    pub recorded_by: RecorderId,
    /// The place that proves it.
    pub source: Citation,
    /// The events.
    pub events: Vec<Event>,
}

/// Decides every fact of a file on top of a state. Facts that were recorded before are passed
/// over; a fact that is rejected becomes a mistake, and the rest is checked all the same.
///
/// Returns the plan, the state after it, and the mistakes. A file with a mistake must not be
/// recorded at all.
pub fn plan(mut state: State, file: &RecordFile) -> (Plan, State, Vec<Mistake>) {
    let mut plan = Plan::default();
    let mut mistakes = Vec::new();
    let mut in_this_file = std::collections::BTreeSet::new();
    for entry in &file.entries {
        let Content::Fact(command) = &entry.content else {
            continue;
        };
        let id = command_id(&file.convention, &entry.citation, command);
        if !in_this_file.insert(id) {
            mistakes.push(twice(entry));
        } else if state.commands.contains(&id) {
            plan.known += 1;
        } else {
            match Register::decide(&state, (**command).clone()) {
                Ok(events) => {
                    state = Register::fold(state, &events);
                    state.commands.insert(id);
                    plan.decided.push(Decided {
                        command: id,
                        recorded_by: file.recorded_by.clone(),
                        source: entry.citation.clone(),
                        events,
                    });
                }
                Err(rejection) => {
                    mistakes.push(Mistake::said(entry.span.clone(), &rejection.to_string()));
                }
            }
        }
    }
    (plan, state, mistakes)
}

/// The id of a command: the same for the same convention, source and content, so that recording
/// a file again appends nothing.
pub fn command_id(convention: &ConventionId, source: &Citation, command: &Command) -> Uuid {
    // Plain data always serialises.
    let body = command.body().unwrap_or_default();
    let content = serde_json::json!({
        "convention": convention,
        "source": source,
        command.key(): body,
    });
    let bytes = serde_json_canonicalizer::to_vec(&content).unwrap_or_default();
    Uuid::new_v5(&NAMESPACE, &bytes)
}

impl Plan {
    /// The events as they will be stored.
    ///
    /// `version` is the stream's before them; `recorded_at` and the ids come from outside.
    pub fn seal(
        &self,
        convention: &ConventionId,
        mut version: u64,
        recorded_at: Timestamp,
        mut next_id: impl FnMut() -> Uuid,
    ) -> Vec<Envelope> {
        let mut envelopes = Vec::new();
        for fact in &self.decided {
            for event in &fact.events {
                version += 1;
                envelopes.push(Envelope {
                    id: next_id(),
                    convention: convention.clone(),
                    version,
                    recorded_at,
                    recorded_by: fact.recorded_by.clone(),
                    effective: event.on(),
                    source: fact.source.clone(),
                    command: fact.command,
                    event: event.clone(),
                });
            }
        }
        envelopes
    }
}

/// The namespace of Chancery's command ids.
const NAMESPACE: Uuid = uuid::uuid!("6f1f2d57-3c43-5a0e-8f8e-0a1f6a2c9b11");

fn twice(entry: &Entry) -> Mistake {
    Mistake::said(
        entry.span.clone(),
        "the same fact stands above in this file, with the same source; leave one away",
    )
}
