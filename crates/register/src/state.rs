use std::sync::Arc;

use chancery_kernel::Decider;
use imbl::{OrdMap, OrdSet, Vector};
use uuid::Uuid;

use crate::{
    corrections, decide::Register, envelope::Recorded, event::Event, journal, profile::Profile,
};

/// The state of one convention: all domains together, as far as deciding needs them.
///
/// A clone is cheap and shares what has not changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// The law, once it is recorded.
    pub profile: Option<Arc<Profile>>,
    /// Who is bound.
    pub membership: chancery_membership::State,
    /// Meetings and documents.
    pub meetings: chancery_meetings::State,
    /// Terms of office.
    pub offices: chancery_offices::State,
    /// Decisions and votes.
    pub decisions: chancery_decisions::State,
    /// Money.
    pub finance: chancery_finance::State,
    /// What States owe.
    pub obligations: chancery_obligations::State,
    /// What was done to the log itself: in the journal alone.
    pub journal: journal::State,
    /// How many events the stream holds.
    pub version: u64,
    /// The commands that were recorded: asking again changes nothing.
    pub commands: OrdSet<Uuid>,
    /// Every event as it was recorded: what a correction names. The first has the version 1.
    pub log: Vector<Arc<Recorded>>,
    /// The versions of the events that correct an event, by its version.
    pub corrections: OrdMap<u64, Vector<u64>>,
}

impl State {
    /// The state after one more event of the stream. A rectification takes effect here: it leads to
    /// the state that the whole log comes to with it.
    #[must_use]
    pub fn after(mut self, recorded: Arc<Recorded>) -> Self {
        let rectifies = matches!(
            &recorded.envelope.event,
            Event::Corrections(corrections::Event::Rectified(_))
        );
        if !rectifies {
            self = Register::evolve(self, &recorded.envelope.event);
            self.note(recorded);
            return self;
        }
        self.note(recorded);
        let standing = corrections::effective(&self.log);
        let events = standing.iter().flatten().map(|it| &it.envelope.event);
        Register::fold(Self::default(), events).with_log_of(self)
    }

    /// Keeps an event for corrections to name, without its effect on anything else.
    pub fn note(&mut self, recorded: Arc<Recorded>) {
        let it = &recorded.envelope;
        self.version = it.version;
        self.commands.insert(it.command);
        if let Event::Corrections(corrections::Event::Rectified(rectified)) = &it.event {
            let by = self.corrections.entry(rectified.event.version).or_default();
            by.push_back(it.version);
        }
        self.log.push_back(recorded);
    }

    /// This state with what another keeps of the log.
    #[must_use]
    pub fn with_log_of(self, other: Self) -> Self {
        let Self { version, commands, log, corrections, .. } = other;
        Self { version, commands, log, corrections, ..self }
    }
}
