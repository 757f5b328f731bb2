use chancery_kernel::{Decider, PartialDate, nearest};
use jiff::civil::Date;

use crate::{
    command::Command,
    duty::{Duty, DutyKey, Step},
    error::{Rejection, StartFault},
    event::{Completion, Declaration, Event, ExtensionGrant, ExtensionRequest, Reopening, Report},
    rules::{Clock, DoneBy, Due, Extension, Obligation, OwedBy, Starts},
    state::State,
};

/// The decider of obligations.
#[derive(Debug, Clone, Copy)]
pub struct Obligations;

impl Decider for Obligations {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        let (who, obligation, clock, _) = command.about();
        let key = DutyKey { state: who, obligation: obligation.clone(), clock: clock.cloned() };
        let asked = Asked::new(state, &key)?;
        let event = match command {
            Command::Declare(it) => asked.declare(&it).map(|()| Event::Declared(it.into())),
            Command::Report(it) => asked.report(&it).map(|()| Event::Reported(it.into())),
            Command::RequestExtension(it) => {
                asked.request(&it).map(|()| Event::ExtensionRequested(it.into()))
            }
            Command::GrantExtension(it) => {
                asked.grant(&it).map(|()| Event::ExtensionGranted(it.into()))
            }
            Command::Complete(it) => asked.complete(&it).map(|()| Event::Completed(it.into())),
            Command::Reopen(it) => asked.reopen(&it).map(|()| Event::Reopened(it.into())),
        };
        event.map(|event| vec![event])
    }

    fn evolve(mut state: State, event: &Event) -> State {
        let step = match event {
            Event::Reported(it) => {
                let key = (it.state, it.obligation.clone(), it.year);
                state.reports.entry(key).or_default().push_back(it.clone());
                return state;
            }
            Event::Declared(it) => Step::Declared(it.clone()),
            Event::ExtensionRequested(it) => Step::Requested(it.clone()),
            Event::ExtensionGranted(it) => Step::Granted(it.clone()),
            Event::Completed(it) => Step::Completed(it.clone()),
            Event::Reopened(it) => Step::Reopened(it.clone()),
        };
        state.duties.entry(event.duty()).or_default().steps.push_back(step);
        state
    }
}

/// What a command is about: the rule, the clock, and what is recorded of the duty.
struct Asked<'a> {
    state: &'a State,
    key: &'a DutyKey,
    rule: &'a Obligation,
    clock: &'a Clock,
    duty: Option<&'a Duty>,
}

impl<'a> Asked<'a> {
    fn new(state: &'a State, key: &'a DutyKey) -> Result<Self, Rejection> {
        let id = &key.obligation;
        let rule = state.rules().obligation(id).ok_or_else(|| {
            let known = state.rules().obligations.iter().map(|it| it.id.as_str());
            let help = nearest(id.as_str(), known).map_or_else(
                || "add it to the profile's `obligations`".to_owned(),
                |near| format!("`{near}` is known"),
            );
            Rejection::UnknownObligation { obligation: id.clone(), help }
        })?;
        let clock = rule.clock(key.clock.as_ref()).ok_or_else(|| {
            let known: Vec<&str> =
                rule.clocks.iter().filter_map(|it| Some(it.id()?.as_str())).collect();
            let help = match known.as_slice() {
                [] => "leave `clock` away".to_owned(),
                known => format!("there are `{}`", known.join("`, `")),
            };
            Rejection::UnknownClock { obligation: id.clone(), clock: key.clock.clone(), help }
        })?;
        Ok(Self { state, key, rule, clock, duty: state.duties.get(key) })
    }

    fn declare(&self, it: &Declaration) -> Result<(), Rejection> {
        if self.rule.owed_by == OwedBy::EveryParty && self.clock.id().is_none() {
            return Err(Rejection::OwedAnyway(self.rule.id.clone()));
        }
        match (self.clock.id(), it.started) {
            (Some(id), None) => return Err(Rejection::Start(StartFault::Missing(id.clone()))),
            (None, Some(_)) => {
                return Err(Rejection::Start(StartFault::Computed(self.rule.id.clone())));
            }
            _ => {}
        }
        self.after_entry_into_force(it)?;
        let Some(since) = self.declared() else { return Ok(()) };
        let help = match self.duty.is_some_and(Duty::is_done) {
            true => "record `reopened` instead",
            false => "record it once",
        };
        let (state, obligation) = (self.key.state, self.rule.id.clone());
        Err(Rejection::OwesAlready { state, obligation, since, help })
    }

    /// An event from before starts no clock that only later ones do.
    fn after_entry_into_force(&self, it: &Declaration) -> Result<(), Rejection> {
        let Starts::Event { id, after_entry_into_force: true, .. } = &self.clock.starts else {
            return Ok(());
        };
        match (it.started, self.state.in_force_from(it.state)) {
            (Some(started), Some(in_force)) if started.latest() < in_force => {
                Err(Rejection::Start(StartFault::Before { clock: id.clone(), started, in_force }))
            }
            _ => Ok(()),
        }
    }

    fn report(&self, it: &Report) -> Result<(), Rejection> {
        let obligation = || self.rule.id.clone();
        if self.rule.done_by != DoneBy::Report {
            return Err(Rejection::NotByReport(obligation()));
        }
        self.owes()?;
        let in_force =
            self.state.in_force_from(it.state).ok_or(Rejection::NotInForce { state: it.state })?;
        let (before, period) = match (&self.clock.due, it.year) {
            (Due::EachYear(_), None) => return Err(Rejection::NoYear(obligation())),
            (Due::Within(_) | Due::WithinFirst(_), Some(_)) => {
                return Err(Rejection::NotYearly(obligation()));
            }
            (Due::EachYear(_), Some(year)) => (year < in_force.year(), year.to_string()),
            (Due::Within(_) | Due::WithinFirst(_), None) => {
                (it.on.latest() < in_force, it.on.to_string())
            }
        };
        if before {
            let (state, obligation) = (it.state, obligation());
            return Err(Rejection::BeforeEntryIntoForce { state, obligation, period, in_force });
        }
        if let Some(year) = it.year.filter(|year| it.on.latest().year() < *year) {
            return Err(Rejection::YearAhead { on: it.on, year });
        }
        let key = (it.state, obligation(), it.year);
        match self.state.report(&key, in_force, Date::MAX) {
            Some(before) => Err(Rejection::ReportedAlready {
                state: it.state,
                obligation: obligation(),
                year: it.year,
                on: before.on,
            }),
            None => Ok(()),
        }
    }

    fn request(&self, it: &ExtensionRequest) -> Result<(), Rejection> {
        let state = it.state;
        self.extension()?;
        if it.counts_from().is_none() {
            return Err(Rejection::Undated { state, what: "the request", other: "seen_on" });
        }
        self.open()?;
        let due = self.due()?;
        match it.until {
            Some(until) if until.latest() <= due.earliest() => Err(self.extends_nothing(until)?),
            _ => Ok(()),
        }
    }

    fn grant(&self, it: &ExtensionGrant) -> Result<(), Rejection> {
        let extension = self.extension()?;
        self.open()?;
        let due = self.due()?;
        if it.until.latest() <= due.earliest() {
            return Err(self.extends_nothing(it.until)?);
        }
        let granted = self.duty.map_or(0, |duty| duty.now().extensions);
        if let Some(times) = extension.times.filter(|times| granted >= *times) {
            return Err(Rejection::TooOften {
                state: it.state,
                obligation: self.rule.id.clone(),
                times,
                article: extension.article.clone(),
            });
        }
        let last = extension.longest.after(PartialDate::Day(due.latest()));
        match last.filter(|last| it.until.earliest() > last.latest()) {
            Some(last) => Err(Rejection::TooLong {
                obligation: self.rule.id.clone(),
                until: it.until,
                article: extension.article.clone(),
                longest: extension.longest,
                last: last.to_string(),
            }),
            None => Ok(()),
        }
    }

    fn complete(&self, it: &Completion) -> Result<(), Rejection> {
        // A yearly report that only some owe ends when its reason does.
        let ends = self.rule.done_by == DoneBy::Completion || self.rule.owed_by == OwedBy::Declared;
        if !ends {
            return Err(Rejection::NotByCompletion(self.rule.id.clone()));
        }
        let state = it.state;
        if it.counts_from().is_none() {
            return Err(Rejection::Undated { state, what: "the completion", other: "declared_on" });
        }
        if let (Some(on), Some(declared_on)) = (it.on, it.declared_on)
            && declared_on.latest() < on.earliest()
        {
            return Err(Rejection::DeclaredBeforeDone { state, on, declared_on });
        }
        self.open()
    }

    fn reopen(&self, it: &Reopening) -> Result<(), Rejection> {
        let done = self.duty.and_then(|duty| duty.now().done).and_then(Completion::counts_from);
        let (state, obligation, on) = (it.state, self.rule.id.clone(), it.on);
        if done.is_none_or(|done| done.earliest() > on.latest()) {
            return Err(Rejection::NotDone { state, obligation, on });
        }
        match it.due {
            Some(due) if due.latest() < on.earliest() => {
                Err(Rejection::DueBeforeReopened { state, obligation, on, due })
            }
            _ => Ok(()),
        }
    }

    fn declared(&self) -> Option<PartialDate> {
        self.duty.and_then(|duty| duty.now().declared).map(|it| it.on)
    }

    /// The State owes it, as every State does or as it declared.
    fn owes(&self) -> Result<(), Rejection> {
        let anyway = self.rule.owed_by == OwedBy::EveryParty && self.clock.id().is_none();
        if anyway || self.declared().is_some() {
            return Ok(());
        }
        Err(Rejection::DoesNotOwe { state: self.key.state, obligation: self.rule.id.clone() })
    }

    /// The State owes it and has not done it.
    fn open(&self) -> Result<(), Rejection> {
        self.owes()?;
        let done = self.duty.and_then(|duty| duty.now().done).and_then(Completion::counts_from);
        match done {
            Some(by) => {
                let (state, obligation) = (self.key.state, self.rule.id.clone());
                Err(Rejection::DoneAlready { state, obligation, by })
            }
            None => Ok(()),
        }
    }

    fn extension(&self) -> Result<&'a Extension, Rejection> {
        let rule = self.rule.extension.as_ref();
        rule.ok_or_else(|| Rejection::NoExtension(self.rule.id.clone()))
    }

    fn due(&self) -> Result<chancery_kernel::DateRange, Rejection> {
        let state = self.key.state;
        self.state.due_now(self.key).ok_or(Rejection::NotInForce { state })
    }

    fn extends_nothing(&self, until: PartialDate) -> Result<Rejection, Rejection> {
        Ok(Rejection::ExtendsNothing {
            state: self.key.state,
            obligation: self.rule.id.clone(),
            due: self.due()?.to_string(),
            until,
        })
    }
}
