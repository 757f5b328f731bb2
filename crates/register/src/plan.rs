use std::ops::Range;

use chancery_kernel::{Citation, ConventionId, Decider, RecorderId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    command::Command,
    decide::Register,
    envelope::Envelope,
    error::Rejection,
    event::Event,
    record::{Content, Mistake, Reading, RecordFile},
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

/// A fact that cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// What to underline.
    pub span: Range<usize>,
    /// Why.
    pub why: Rejection,
}

/// Decides every fact of a file on top of a state. Facts that were recorded before are passed
/// over; one that is rejected is noted, and the rest is decided all the same.
///
/// Returns the plan, the state after it, and what was rejected. A file with a rejected fact must
/// not be recorded at all.
pub fn plan(mut state: State, file: &RecordFile) -> (Plan, State, Vec<Rejected>) {
    let mut plan = Plan::default();
    let mut rejected = Vec::new();
    let mut in_this_file = std::collections::BTreeSet::new();
    for entry in &file.entries {
        let Content::Fact(command) = &entry.content else { continue };
        let id = command_id(&file.convention, &entry.citation, command);
        let decided = if !in_this_file.insert(id) {
            Err(Rejection::Repeated)
        } else if state.commands.contains(&id) {
            plan.known += 1;
            continue;
        } else {
            Register::decide(&state, (**command).clone())
        };
        match decided {
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
            Err(why) => rejected.push(Rejected { span: entry.span.clone(), why }),
        }
    }
    (plan, state, rejected)
}

/// Every mistake of a file: those of its form, and the facts that were rejected. A rejection for
/// want of something that stands in a broken entry is left out: it says nothing of its own.
pub fn mistakes(text: &str, reading: &Reading, rejected: &[Rejected]) -> Vec<Mistake> {
    let mut mistakes = reading.mistakes.clone();
    let mut broken: Vec<&str> =
        reading.broken.iter().filter_map(|span| text.get(span.clone())).collect();
    for it in rejected {
        let follows =
            it.why.wants().is_some_and(|wanted| broken.iter().any(|entry| entry.contains(&wanted)));
        if !follows {
            mistakes.push(Mistake::said(it.span.clone(), &it.why.to_string()));
        }
        // What hangs on a rejected fact follows from it just as well.
        let line = text.get(it.span.start..).and_then(|rest| rest.lines().next());
        broken.extend(line);
    }
    mistakes
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
