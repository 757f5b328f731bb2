//! Going over a log event by event, to find the first that should not stand where it is.
//!
//! This is what anybody can check who has the stored bytes and this program: that each event is
//! written in the one form, stands in its place, and would be decided again on what was recorded
//! before it.

use std::{
    collections::{BTreeMap, HashSet},
    sync::Arc,
};

use chancery_kernel::{ConventionId, Decider, canonical};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Command, DecodeError, Envelope, Event, Recorded, Register, State, command_id,
    journal::{self, JOURNAL},
};

/// What has been gone over so far.
#[derive(Debug, Default)]
pub struct Audit {
    states: BTreeMap<ConventionId, State>,
    last_stamp: Option<Timestamp>,
    ids: HashSet<Uuid>,
    /// The command of the last event of each stream.
    last_command: BTreeMap<ConventionId, Uuid>,
    next: u64,
    commands: Commands,
}

/// How the ids of commands were checked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Commands {
    /// Computed again from convention, source and content.
    pub computed: u64,
    /// Of corrections, which name their event in the words of their author: these words are not
    /// stored, so that only the form of the id can be checked.
    pub by_form: u64,
}

/// Why an event should not stand where it is.
#[derive(Debug, thiserror::Error)]
pub enum Fault {
    /// It cannot be read.
    #[error(transparent)]
    Decode(#[from] DecodeError),
    /// It is written in another form than the canonical one.
    #[error(
        "it is not written in the canonical form (RFC 8785); no version of chancery writes such bytes"
    )]
    NotCanonical,
    /// Positions have a gap.
    #[error("it stands at position {found}, but the one before it at {before}", before = .expected.saturating_sub(1))]
    Position {
        /// Where it should be.
        expected: u64,
        /// Where it is.
        found: u64,
    },
    /// It says that it stands elsewhere.
    #[error(
        "it says that it is number {said_version} of `{said}`, but it is stored as number {version} of `{stream}`, and {expected} is next"
    )]
    Elsewhere {
        /// The stream that holds it.
        stream: String,
        /// Its number there.
        version: u64,
        /// The convention that it names.
        said: ConventionId,
        /// The number that it names.
        said_version: u64,
        /// The number that would follow.
        expected: u64,
    },
    /// Time went back.
    #[error("it was recorded at {found}, before the one before it ({before})")]
    Time {
        /// When it was recorded.
        found: Timestamp,
        /// When the event before it was.
        before: Timestamp,
    },
    /// Two events have the same id.
    #[error("its id {0} is that of an earlier event")]
    RepeatedId(Uuid),
    /// A command was recorded twice.
    #[error("its command {0} was recorded before")]
    RepeatedCommand(Uuid),
    /// The command's id is not that of its content.
    #[error("its command's id is {found}, but that of its content is {computed}")]
    Command {
        /// What it says.
        found: Uuid,
        /// What follows from convention, source and content.
        computed: Uuid,
    },
    /// It says another date than its content.
    #[error("it says that it was done on {said}, but its content says {content}")]
    Effective {
        /// What the envelope says.
        said: String,
        /// What the content says.
        content: String,
    },
    /// It would not be recorded on what stands before it.
    #[error("it would not be recorded on what stands before it: {0}")]
    Unlawful(String),
}

/// An event as far as it can be judged by itself, without what stands before it.
#[derive(Debug)]
pub struct Looked {
    position: u64,
    envelope: Envelope,
    command: CommandId,
}

/// How the id of an event's command was checked.
#[derive(Debug, Clone, Copy)]
enum CommandId {
    Computed,
    ByForm,
    /// It is not that of its content, which this is.
    Other(Uuid),
}

/// Looks at an event by itself: its form, its date, and the id of its command.
///
/// # Errors
/// What is wrong with its form. What else is wrong is told by [`Audit::check`], in the order in
/// which it is looked for.
pub fn look(position: u64, bytes: &[u8]) -> Result<Looked, Fault> {
    let envelope = Envelope::decode(position, bytes)?;
    // What this program would write is; what an older one wrote is looked at more closely.
    let as_written = envelope.encode().is_ok_and(|again| again == bytes);
    if !as_written && !is_canonical(bytes) {
        return Err(Fault::NotCanonical);
    }
    let command = command_of(&envelope);
    Ok(Looked { position, envelope, command })
}

impl Audit {
    /// Goes over the next event: number `version` of `stream`, as it was [looked at](look).
    ///
    /// # Errors
    /// What is wrong with it. The audit ends there.
    pub fn check(
        &mut self,
        stream: &str,
        version: u64,
        looked: Result<Looked, Fault>,
    ) -> Result<(), Fault> {
        let expected = self.next;
        self.next += 1;
        let Looked { position, envelope, command } = looked?;
        if position != expected {
            return Err(Fault::Position { expected, found: position });
        }
        self.check_place(stream, version, &envelope)?;
        self.check_command(&envelope, command)?;
        let said = envelope.effective;
        let content = envelope.event.on();
        if said != content {
            let (said, content) = (said.to_string(), content.to_string());
            return Err(Fault::Effective { said, content });
        }
        self.check_law(position, envelope)
    }

    /// What each stream comes to so far.
    pub fn states(&self) -> &BTreeMap<ConventionId, State> {
        &self.states
    }

    /// What was done to the log itself, as it was recorded.
    pub fn journal(&self) -> impl Iterator<Item = &Arc<Recorded>> {
        let found = self.states.iter().find(|(id, _)| id.as_str() == JOURNAL);
        found.into_iter().flat_map(|(_, state)| &state.log)
    }

    /// How the ids of commands were checked.
    pub fn commands(&self) -> Commands {
        self.commands
    }

    /// When the last event was recorded.
    pub fn last_stamp(&self) -> Option<Timestamp> {
        self.last_stamp
    }

    fn check_place(
        &mut self,
        stream: &str,
        version: u64,
        envelope: &Envelope,
    ) -> Result<(), Fault> {
        let (said, said_version) = (envelope.convention.clone(), envelope.version);
        let expected = self.states.get(&said).map_or(0, |state| state.version) + 1;
        if said.as_str() != stream || said_version != version || version != expected {
            let stream = stream.to_owned();
            return Err(Fault::Elsewhere { stream, version, said, said_version, expected });
        }
        let found = envelope.recorded_at;
        if let Some(before) = self.last_stamp.filter(|before| found < *before) {
            return Err(Fault::Time { found, before });
        }
        self.last_stamp = Some(found);
        if self.ids.insert(envelope.id) { Ok(()) } else { Err(Fault::RepeatedId(envelope.id)) }
    }

    /// Commands have ids by content, so that recording a file again appends nothing.
    fn check_command(&mut self, envelope: &Envelope, id: CommandId) -> Result<(), Fault> {
        let Envelope { convention, command, .. } = envelope;
        let goes_on = self.last_command.get(convention) == Some(command);
        let known = self.states.get(convention).is_some_and(|it| it.commands.contains(command));
        if known && !goes_on {
            return Err(Fault::RepeatedCommand(*command));
        }
        self.last_command.insert(convention.clone(), *command);
        match id {
            CommandId::Computed => self.commands.computed += 1,
            CommandId::ByForm => self.commands.by_form += 1,
            CommandId::Other(computed) => {
                return Err(Fault::Command { found: *command, computed });
            }
        }
        Ok(())
    }

    /// Decides the event once more, on the state before it.
    fn check_law(&mut self, position: u64, envelope: Envelope) -> Result<(), Fault> {
        let convention = envelope.convention.clone();
        let state = self.states.remove(&convention).unwrap_or_default();
        let event = &envelope.event;
        // What is done to the log stands in the journal, and nothing else does.
        if (convention.as_str() == JOURNAL) != matches!(event, Event::Journal(_)) {
            return Err(Fault::Unlawful("it is of another stream".to_owned()));
        }
        if let Event::Journal(journal::Event::Sealed(seal)) = event
            && seal.size != position
        {
            return Err(Fault::Unlawful("a seal is over all that stands before it".to_owned()));
        }
        let decided = Register::decide(&state, Command::from(event.clone()))
            .map_err(|why| Fault::Unlawful(why.to_string()))?;
        if decided != std::slice::from_ref(event) {
            return Err(Fault::Unlawful("other events follow from what was asked".to_owned()));
        }
        let recorded = Arc::new(Recorded { position, envelope });
        self.states.insert(convention, state.after(recorded));
        Ok(())
    }
}

fn command_of(envelope: &Envelope) -> CommandId {
    let Envelope { convention, command, source, event, .. } = envelope;
    if matches!(event, Event::Corrections(_)) && command.get_version_num() == 5 {
        return CommandId::ByForm;
    }
    let mut computed = None;
    for asked in asked(event) {
        let id = command_id(convention, source, &asked);
        if id == *command {
            return CommandId::Computed;
        }
        computed.get_or_insert(id);
    }
    CommandId::Other(computed.unwrap_or_default())
}

/// What may have been asked for, that an event came from. The event says what was asked, but for
/// the one field that deciding fills: the effect of a withdrawal.
fn asked(event: &Event) -> Vec<Command> {
    use chancery_membership::Command as Membership;
    let mut asked = vec![Command::from(event.clone())];
    if let Some(Command::Membership(Membership::Withdraw(it))) = asked.first() {
        let computed = chancery_membership::Withdrawal { takes_effect: None, ..it.clone() };
        asked.push(Command::Membership(Membership::Withdraw(computed)));
    }
    asked
}

fn is_canonical(bytes: &[u8]) -> bool {
    let value: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
    let again = value.and_then(|value| canonical::to_vec(&value).ok());
    again.is_some_and(|again| again == bytes)
}
