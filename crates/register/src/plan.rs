use std::{ops::Range, sync::Arc};

use chancery_kernel::{
    Citation, ConventionId, Decider, RecorderId,
    canonical::{self, CanonicalError},
};
use jiff::Timestamp;
use serde::{Serialize, Serializer, ser::SerializeMap};
use uuid::Uuid;

use crate::{
    command::Command,
    decide::Register,
    draft::Draft,
    envelope::{Envelope, Recorded},
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
    /// Their stored bytes, in the same order.
    pub(crate) drafts: Vec<Draft>,
}

/// A fact that cannot be recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    /// What to underline.
    pub span: Range<usize>,
    /// Where its whole entry stands.
    pub whole: Range<usize>,
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
    let (mut bytes, mut corrections) = (0, 0);
    for entry in &file.entries {
        let Content::Fact(command) = &entry.content else { continue };
        let mut id = command_id(&file.convention, &entry.citation, command);
        corrections += usize::from(matches!(**command, Command::Corrections(_)));
        let decided = if !in_this_file.insert(id) {
            Err(Rejection::Repeated)
        } else if state.commands.contains(&id) {
            plan.known += 1;
            continue;
        } else if corrections > MAX_FILE_CORRECTIONS {
            Err(Rejection::TooManyCorrections)
        } else if file.is_list {
            let Some(news) = news(&state, command) else {
                plan.known += 1;
                continue;
            };
            id = command_id(&file.convention, &entry.citation, &news);
            Register::decide(&state, news)
        } else {
            Register::decide(&state, (**command).clone())
        };
        let decided = decided.and_then(|events| {
            let (by, source) = (file.recorded_by.clone(), entry.citation.clone());
            let fact = Decided::new(&file.convention, id, by, source, events)
                .map_err(|_| Rejection::TooLarge { bytes: usize::MAX })?;
            bytes += size(&fact.drafts, state.version)?;
            if bytes > MAX_FILE_EVENT_BYTES { Err(Rejection::FileTooLarge) } else { Ok(fact) }
        });
        match decided {
            Ok(fact) => {
                // Their ids and times come later.
                let time = Timestamp::UNIX_EPOCH;
                let sealed = fact.seal(&file.convention, state.version, time, Uuid::nil);
                for envelope in sealed {
                    let position = envelope.version;
                    state = state.after(Arc::new(Recorded { position, envelope }));
                }
                plan.decided.push(fact);
            }
            Err(why) => {
                let (span, whole) = (entry.span.clone(), entry.whole.clone());
                rejected.push(Rejected { span, whole, why });
            }
        }
    }
    (plan, state, rejected)
}

/// Every mistake of a file: those of its form, and the facts that were rejected. A rejection for
/// want of something that a broken or rejected entry would have brought is left out: it says
/// nothing of its own.
pub fn mistakes(text: &str, reading: &Reading, rejected: &[Rejected]) -> Vec<Mistake> {
    let mut mistakes = reading.mistakes.clone();
    let mut failed: Vec<&str> =
        reading.broken.iter().filter_map(|whole| text.get(whole.clone())).collect();
    for it in rejected {
        let follows = it
            .why
            .wants()
            .is_some_and(|want| failed.iter().any(|entry| want.would_come_from(entry)));
        if !follows {
            mistakes.push(Mistake::said(it.span.clone(), &it.why.to_string()));
        }
        failed.extend(text.get(it.whole.clone()));
    }
    mistakes
}

/// The id of a command: the same for the same convention, source and content, so that recording
/// a file again appends nothing.
pub fn command_id(convention: &ConventionId, source: &Citation, command: &Command) -> Uuid {
    // Plain data always serialises.
    let bytes = canonical::to_vec(&Identity { convention, source, command }).unwrap_or_default();
    Uuid::new_v5(&NAMESPACE, &bytes)
}

/// What makes a command the one that it is.
struct Identity<'a> {
    convention: &'a ConventionId,
    source: &'a Citation,
    command: &'a Command,
}

impl Serialize for Identity<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("convention", self.convention)?;
        map.serialize_entry("source", self.source)?;
        map.serialize_entry(self.command.key(), &self.command.body())?;
        map.end()
    }
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
            envelopes.extend(fact.seal(convention, version, recorded_at, &mut next_id));
            version += fact.events.len() as u64;
        }
        envelopes
    }

    /// The stored bytes of the events, in the same order, but for what is known when they are
    /// appended.
    pub fn drafts(&self) -> impl Iterator<Item = &Draft> {
        self.decided.iter().flat_map(|fact| &fact.drafts)
    }
}

impl Decided {
    /// The events of a command, written down.
    ///
    /// # Errors
    /// None in practice: events hold text, whole numbers and truth values only.
    pub fn new(
        convention: &ConventionId,
        command: Uuid,
        recorded_by: RecorderId,
        source: Citation,
        events: Vec<Event>,
    ) -> Result<Self, CanonicalError> {
        let mut fact = Self { command, recorded_by, source, events, drafts: Vec::new() };
        let envelopes = fact.seal(convention, 0, Timestamp::UNIX_EPOCH, Uuid::nil);
        fact.drafts = envelopes.map(|it| Draft::of(&it)).collect::<Result<_, _>>()?;
        Ok(fact)
    }

    /// As [`Plan::seal`].
    fn seal(
        &self,
        convention: &ConventionId,
        version: u64,
        recorded_at: Timestamp,
        mut next_id: impl FnMut() -> Uuid,
    ) -> impl Iterator<Item = Envelope> {
        (version + 1..).zip(&self.events).map(move |(version, event)| Envelope {
            id: next_id(),
            convention: convention.clone(),
            version,
            recorded_at,
            recorded_by: self.recorded_by.clone(),
            effective: event.on(),
            source: self.source.clone(),
            command: self.command,
            event: event.clone(),
        })
    }
}

/// The most that the events of one fact come to when they are stored behind a version.
fn size(drafts: &[Draft], version: u64) -> Result<usize, Rejection> {
    let mut sum = 0;
    for bytes in drafts.iter().zip(version + 1..).map(|(draft, version)| draft.size(version)) {
        if bytes > MAX_EVENT_BYTES {
            return Err(Rejection::TooLarge { bytes });
        }
        sum += bytes;
    }
    Ok(sum)
}

/// What a list says that is not recorded. Lists repeat what is known: the same act of the same State
/// on the same day, the same rates for the same years. Of a deposit that is known, an entry into
/// force that the rule does not give, or that no rule settles, is news.
fn news(state: &State, command: &Command) -> Option<Command> {
    use chancery_membership::{Command as Membership, ForceBy, Instrument, PrintedForce};
    let news = |is_known: bool| (!is_known).then(|| command.clone());
    if let Command::Finance(chancery_finance::Command::AdoptScale(it)) = command {
        let known = state.finance.scales().get(&it.years);
        let same = |(who, rate)| known.is_some_and(|known| known.get(who) == Some(rate));
        return news(it.rates.iter().all(same));
    }
    let Command::Membership(it) = command else { return news(false) };
    let membership = &state.membership;
    let participant = |who| membership.participants().get(who);
    let (who, on, instrument, printed) = match it {
        Membership::Sign(it) => {
            return news(participant(&it.state).is_some_and(|p| p.signed == Some(it.on)));
        }
        Membership::Withdraw(it) => {
            let known = |p: &chancery_membership::Participant| {
                p.bonds.iter().any(|bond| bond.withdrawn == it.takes_effect)
            };
            return news(participant(&it.state).is_some_and(known));
        }
        Membership::Ratify(it) => {
            (it.state, it.on, Instrument::Ratification, it.in_force_as_printed)
        }
        Membership::Accept(it) => (it.state, it.on, Instrument::Acceptance, it.in_force_as_printed),
        Membership::Approve(it) => (it.state, it.on, Instrument::Approval, it.in_force_as_printed),
        Membership::Accede(it) => (it.state, it.on, Instrument::Accession, it.in_force_as_printed),
        // A list prints from when it counts, or nothing.
        Membership::Succeed(it) => {
            (it.state, it.on, Instrument::Succession, (it.from != it.on).then_some(it.from))
        }
        _ => return news(false),
    };
    let bond = participant(&who).and_then(|it| it.of(on));
    let Some(bond) = bond.filter(|bond| bond.instrument == instrument) else { return news(false) };
    let in_force_as_printed = printed.filter(|it| bond.in_force_as_printed != Some(*it))?;
    let settled = membership
        .force(bond)
        .is_some_and(|force| force.on == in_force_as_printed && force.by != ForceBy::Reading);
    let print = PrintedForce { state: who, on, in_force_as_printed };
    (!settled).then_some(Command::Membership(Membership::PrintForce(print)))
}

/// The largest event that is stored, in bytes: the limit of an entry of a transparency log (C2SP
/// tlog-tiles).
const MAX_EVENT_BYTES: usize = 65_535;

/// The most corrections that one file may hold: each decides its convention's stream again.
const MAX_FILE_CORRECTIONS: usize = 1_000;

/// The most that the events of one file may come to, in bytes: a file is one commit.
const MAX_FILE_EVENT_BYTES: usize = 60 << 20;

/// The namespace of Chancery's command ids.
const NAMESPACE: Uuid = uuid::uuid!("6f1f2d57-3c43-5a0e-8f8e-0a1f6a2c9b11");
