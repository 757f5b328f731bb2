use std::collections::BTreeMap;

use chancery_decisions::{Event as Decisions, MandateStanding};
use chancery_obligations::Standing;
use chancery_register::Event;

use super::{
    change::ChangeKind,
    statement::{Family, Statement},
    telling::Telling,
    words,
};
use crate::{deadlines::DeadlineAt, mandates::MandateAt};

impl Telling<'_> {
    /// Who is to do what by when.
    pub(super) fn mandates(&self) -> Vec<Statement> {
        self.at.mandates().iter().map(|it| self.mandate_said(it)).collect()
    }

    fn mandate_said(&self, it: &MandateAt) -> Statement {
        let what = format!("{}: {}", it.responsible, it.action);
        let by = match (&it.due, &it.due_as_said) {
            (Some(due), _) => match self.moment(due) {
                at if at.starts_with("at ") => format!(", {at}"),
                day => format!(", by {day}"),
            },
            (None, Some(said)) => format!(", {said}"),
            (None, None) => String::new(),
        };
        let last = it.fulfilments.last().map(|it| it.on);
        let (kind, text) = match (it.standing, last) {
            (MandateStanding::Fulfilled, Some(on)) => {
                (ChangeKind::MandateFulfilled, format!("{what}; done {}", words::on(on)))
            }
            (MandateStanding::Fulfilled, None) => {
                (ChangeKind::MandateFulfilled, format!("{what}; done"))
            }
            (MandateStanding::Superseded, _) => {
                (ChangeKind::MandateSuperseded, format!("{what}; another mandate took its place"))
            }
            (MandateStanding::Overdue, _) => {
                (ChangeKind::MandateOverdue, format!("{what}{by}; nothing is recorded of it"))
            }
            (MandateStanding::Open, _) => (ChangeKind::MandateGiven, format!("{what}{by}")),
        };
        let mut events = self.counting(self.at.view.by_mandate.get(&it.id));
        events.extend(self.days_behind(it.due.as_ref().map(|due| &due.said)));
        events.extend(
            self.at
                .counted()
                .filter(|recorded| {
                    let Event::Decisions(event) = &recorded.envelope.event else { return false };
                    match event {
                        Decisions::Fulfilled(done) => done.mandate == it.id,
                        Decisions::Mandated(other) => other.supersedes.contains(&it.id),
                        _ => false,
                    }
                })
                .cloned(),
        );
        Statement::new(kind, Family::Mandate, &it.id)
            .moved(ChangeKind::MandateMoved)
            .said(words::sentence(&text))
            .value("action", Some(it.action.clone()))
            .value("responsible", Some(it.responsible.clone()))
            .moving("due_on", it.due_on)
            .value("fulfilled_on", last)
            .rests_on(events)
    }

    /// What States owe and have done. Yearly reports of which nothing is recorded are said of all
    /// States together: they are most of them.
    pub(super) fn deadlines(&self) -> Vec<Statement> {
        let (mut said, mut missing) = (Vec::new(), BTreeMap::<_, Vec<DeadlineAt>>::new());
        let of_a_year = self.at.reports().into_iter().filter(|it| it.year.is_some());
        let others = self.at.deadlines().into_iter().filter(|it| it.year.is_none());
        for it in others.chain(of_a_year) {
            match (it.year, it.standing) {
                (Some(year), Standing::Overdue | Standing::NotRecorded) => {
                    missing.entry((it.obligation.clone(), year)).or_default().push(it);
                }
                // That another year's report comes due is no news.
                (Some(_), standing) if standing != Standing::Fulfilled => {}
                _ => said.push(deadline(&it)),
            }
        }
        said.extend(missing.into_iter().filter_map(|((obligation, year), of)| {
            let first = of.first()?;
            let mut names: Vec<&str> = of.iter().map(|it| it.state.name.as_str()).collect();
            names.sort_unstable();
            let (name, due) = (&first.obligation_name, words::date(first.due_on));
            let kind = match first.standing {
                Standing::Overdue => ChangeKind::DeadlineOverdue,
                _ => ChangeKind::DeadlineNotRecorded,
            };
            let statement = Statement::new(kind, Family::Reports, &obligation)
                .keyed(format!("{obligation} {year}"))
                .said(format!(
                    "{name} for {year}, due on {due}: nothing is recorded of {} States: {}",
                    names.len(),
                    names.join(", ")
                ))
                .value("due_on", Some(first.due_on))
                .value("States", Some(names.len().to_string()));
            Some(statement)
        }));
        said
    }
}

fn deadline(it: &DeadlineAt) -> Statement {
    let year = it.year.map(|year| format!(" for {year}")).unwrap_or_default();
    let what = format!("{}: {}{year}", it.state.name, it.obligation_name);
    let due = words::date(it.due_on);
    let (kind, text) = match (it.standing, it.done_on) {
        (Standing::Fulfilled, Some(on)) => {
            (ChangeKind::DeadlineFulfilled, format!("{what}, due on {due}, done {}", words::on(on)))
        }
        (Standing::Fulfilled, None) => {
            (ChangeKind::DeadlineFulfilled, format!("{what}, due on {due}, done"))
        }
        (Standing::Overdue, _) => {
            (ChangeKind::DeadlineOverdue, format!("{what} was due on {due}, and is not done"))
        }
        (Standing::NotRecorded, _) => (
            ChangeKind::DeadlineNotRecorded,
            format!("{what} was due on {due}; nothing that fulfils it is recorded"),
        ),
        (Standing::Requested, _) => (
            ChangeKind::DeadlineMoved,
            format!("{what} was due on {due}; an extension is requested and not decided"),
        ),
        (Standing::Extended, _) => {
            (ChangeKind::DeadlineSet, format!("{what} is due on {due}, after an extension"))
        }
        (Standing::Due, _) => (ChangeKind::DeadlineSet, format!("{what} is due on {due}")),
    };
    let clock = it.clock.as_ref().map(ToString::to_string).unwrap_or_default();
    let requested = match (it.extension_requested, it.requested_until) {
        (true, Some(until)) => Some(format!("until {}", words::date(until))),
        (true, None) => Some("without a date".to_owned()),
        (false, _) => None,
    };
    Statement::new(kind, Family::Deadline, it.state.code)
        .keyed(format!("{} {} {clock}{year}", it.state.code, it.obligation))
        .moved(ChangeKind::DeadlineMoved)
        .said(text)
        .value("obligation", Some(it.obligation.to_string()))
        .moving("due_on", Some(it.due_on))
        .moving("extension_requested", requested)
        .value("done_on", it.done_on)
        .value("declared_on", it.declared_on)
        .rests_on(it.events.iter().cloned())
}
