use std::{collections::BTreeMap, sync::Arc};

use chancery_kernel::{ConventionId, RecorderId};
use chancery_projections::{Finding, View};
use chancery_register::{
    Event, Plan, State, command_id, corrections,
    journal::JOURNAL,
    mistakes, plan,
    record::{self, Content, Entry, Mistake, Mistakes, Reading, RecordFile, TableContext},
};
use chancery_store::Commit;
use serde::Serialize;
use uuid::Uuid;

use super::{CommitError, LoadError, RecordError, Service, check::would_be};

/// A file that was read, with its text for the messages.
#[derive(Debug, Clone)]
pub struct Input {
    name: String,
    text: String,
    file: RecordFile,
    reading: Reading,
}

impl Input {
    /// A record file; `name` is how messages call it. Mistakes below its head are shown together
    /// with what recording it finds.
    ///
    /// # Errors
    /// A head that cannot be read.
    pub fn file(name: &str, text: String) -> Result<Self, Mistakes> {
        let reading = record::attempt(&text);
        Self::new(name, text, reading)
    }

    /// A table.
    ///
    /// # Errors
    /// A head that cannot be read.
    pub fn table(name: &str, text: String, context: &TableContext) -> Result<Self, Mistakes> {
        let reading = record::attempt_table(&text, context);
        Self::new(name, text, reading)
    }

    /// Facts that stand in no text: they were read already, or made by a program. A mistake is told
    /// by the spans of its entry, so whoever makes the entries may number them there.
    pub fn of_facts(name: &str, file: RecordFile) -> Self {
        let reading = Reading { file: None, mistakes: Vec::new(), broken: Vec::new() };
        Self { name: name.to_owned(), text: String::new(), file, reading }
    }

    /// The convention that it is about.
    pub(super) fn convention(&self) -> &ConventionId {
        &self.file.convention
    }

    /// How messages call it.
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    /// Its text; empty where it has none.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Who records.
    pub(super) fn recorded_by(&self) -> &RecorderId {
        &self.file.recorded_by
    }

    /// What it says.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.file.entries
    }

    /// What was found wrong below its head when it was read.
    pub(crate) fn mistakes(&self) -> &[Mistake] {
        &self.reading.mistakes
    }

    fn new(name: &str, text: String, mut reading: Reading) -> Result<Self, Mistakes> {
        match reading.file.take() {
            Some(file) => Ok(Self { name: name.to_owned(), text, file, reading }),
            None => Err(Mistakes::new(name, &text, reading.mistakes)),
        }
    }
}

/// What recording a file came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Receipt {
    /// The file.
    pub file: String,
    /// The convention.
    pub convention: ConventionId,
    /// Facts that are new.
    pub facts: usize,
    /// Events that were, or would be, appended.
    pub events: usize,
    /// Facts that had been recorded before.
    pub known: usize,
    /// The position of the first event, once it is recorded.
    pub first_position: Option<u64>,
    /// Of a check: the findings that recording the file would bring.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<Finding>,
}

impl Service {
    /// Records files, each as one commit, in this order. All are checked first: with one mistake
    /// in any of them nothing is recorded. Facts that were recorded before are passed over.
    ///
    /// # Errors
    /// Every mistake of every file, or the store's refusal.
    pub async fn record(&self, inputs: &[Input]) -> Result<Vec<Receipt>, RecordError> {
        self.record_each(inputs, |_| ()).await
    }

    /// As [`Service::record`], and tells of each file as soon as it is durable.
    ///
    /// # Errors
    /// As [`Service::record`]; files that were told of stay recorded.
    pub async fn record_each(
        &self,
        inputs: &[Input],
        mut durable: impl FnMut(&Receipt) + Send,
    ) -> Result<Vec<Receipt>, RecordError> {
        let mut conventions: Vec<&ConventionId> =
            inputs.iter().map(|input| &input.file.convention).collect();
        // Always in the same order, so that two calls never wait for each other in a ring.
        conventions.sort();
        conventions.dedup();
        let mut held = Vec::new();
        for convention in conventions {
            held.push(self.writer(convention).lock_owned().await);
            self.catch_up(convention).await?;
        }
        let plans = self.plan(inputs)?;
        let mut receipts: Vec<Receipt> = Vec::new();
        for (input, plan) in inputs.iter().zip(&plans) {
            let commit = self.append(input, plan, &receipts).await?;
            let receipt = receipt(input, plan, commit.as_deref());
            durable(&receipt);
            receipts.push(receipt);
        }
        Ok(receipts)
    }

    /// What each file comes to, on top of what is recorded and of the files before it.
    pub(super) fn plan(&self, inputs: &[Input]) -> Result<Vec<Plan>, RecordError> {
        let mut states: BTreeMap<&ConventionId, State> = BTreeMap::new();
        let mut plans: Vec<(&ConventionId, Plan)> = Vec::new();
        let mut wrong = Vec::new();
        for input in inputs {
            let convention = &input.file.convention;
            let state = match states.remove(convention) {
                Some(state) => Some(state),
                None => self.view(convention.as_str())?.map(|view| view.state().clone()),
            };
            let (state, mistakes) = match state {
                _ if convention.as_str() == JOURNAL => {
                    let message = format!(
                        "`{JOURNAL}` is the register's own journal; give the convention another id"
                    );
                    (None, vec![Mistake::said(input.file.convention_span.clone(), &message)])
                }
                // Without a profile every fact would be refused: say it once.
                None if !input.file.has_profile() => {
                    let mut mistakes = input.reading.mistakes.clone();
                    mistakes.push(self.unknown(&input.file));
                    (None, mistakes)
                }
                state => {
                    let (plan, state, rejected) = plan(state.unwrap_or_default(), &input.file);
                    let mut mistakes = mistakes(&input.text, &input.reading, &rejected);
                    if mistakes.is_empty() {
                        mistakes = self.idle_dismissals(&input.file, &plan, &plans)?;
                    }
                    plans.push((convention, plan));
                    (Some(state), mistakes)
                }
            };
            states.extend(state.map(|state| (convention, state)));
            if !mistakes.is_empty() {
                wrong.push(Mistakes::new(&input.name, &input.text, mistakes));
            }
        }
        if wrong.is_empty() {
            Ok(plans.into_iter().map(|(_, plan)| plan).collect())
        } else {
            Err(RecordError::Mistakes(wrong))
        }
    }

    /// Dismissals of a file that would set nothing aside. What a rule finds is for projections to
    /// say, so no decider can refuse them.
    fn idle_dismissals(
        &self,
        file: &RecordFile,
        plan: &Plan,
        before: &[(&ConventionId, Plan)],
    ) -> Result<Vec<Mistake>, LoadError> {
        if !plan.decided.iter().flat_map(|fact| &fact.events).any(dismisses) {
            return Ok(Vec::new());
        }
        let view = self.view(file.convention.as_str())?;
        let view = view.map_or_else(|| View::empty(file.convention.clone()), |it| (*it).clone());
        let earlier = before.iter().filter(|(convention, _)| **convention == file.convention);
        let view = earlier.fold(view, |view, (_, plan)| would_be(view, plan, (self.clock)()));
        let known = view.log().len();
        let view = would_be(view, plan, (self.clock)());
        let idle: BTreeMap<Uuid, String> = view
            .log()
            .iter()
            .skip(known)
            .filter_map(|it| Some((it.envelope.command, view.why_idle(it)?.to_string())))
            .collect();
        let mistakes = file.entries.iter().filter_map(|entry| {
            let Content::Fact(command) = &entry.content else { return None };
            let id = command_id(&file.convention, &entry.citation, command);
            Some(Mistake::said(entry.span.clone(), idle.get(&id)?))
        });
        Ok(mistakes.collect())
    }

    fn unknown(&self, file: &RecordFile) -> Mistake {
        let views = self.views();
        let known: Vec<&str> = views.conventions().map(ConventionId::as_str).collect();
        let known = match known.as_slice() {
            [] => "none is recorded yet".to_owned(),
            known => format!("there is `{}`", known.join("`, `")),
        };
        let message = format!(
            "no convention `{}` is recorded; {known}: record its profile first",
            file.convention
        );
        Mistake::said(file.convention_span.clone(), &message)
    }

    pub(super) async fn append(
        &self,
        input: &Input,
        plan: &Plan,
        before: &[Receipt],
    ) -> Result<Option<Arc<Commit>>, RecordError> {
        if plan.decided.is_empty() {
            return Ok(None);
        }
        let convention = &input.file.convention;
        let refused = |source| RecordError::Append {
            file: input.name.clone(),
            recorded: before.iter().map(|receipt| receipt.file.clone()).collect(),
            source,
        };
        let commit = self.append_plan(convention, plan).await.map_err(|error| match error {
            CommitError::Load(error) => RecordError::Load(error),
            CommitError::Append(source) => refused(source),
            CommitError::Stream(error) => RecordError::Stream(error),
            CommitError::Encode(source) => RecordError::Encode { file: input.name.clone(), source },
        })?;
        Ok(Some(commit))
    }
}

fn dismisses(event: &Event) -> bool {
    matches!(event, Event::Corrections(corrections::Event::Dismissed(_)))
}

/// The convention that a file is about.
pub(super) fn convention_of(input: &Input) -> &ConventionId {
    &input.file.convention
}

pub(super) fn receipt(input: &Input, plan: &Plan, commit: Option<&Commit>) -> Receipt {
    Receipt {
        file: input.name.clone(),
        convention: input.file.convention.clone(),
        facts: plan.decided.len(),
        events: plan.decided.iter().map(|fact| fact.events.len()).sum(),
        known: plan.known,
        first_position: commit.map(|commit| commit.first.get()),
        findings: Vec::new(),
    }
}
