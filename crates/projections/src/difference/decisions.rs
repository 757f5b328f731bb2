use std::{collections::BTreeMap, sync::Arc};

use chancery_decisions::Event as Decisions;
use chancery_kernel::DecisionId;
use chancery_register::{Event, Recorded};

use super::{
    change::ChangeKind,
    statement::{Family, Statement},
    telling::Telling,
    words,
};
use crate::decisions::{DecisionAt, VoteAt};

impl Telling<'_> {
    /// What was decided, who stood apart, what was voted on.
    pub(super) fn decisions(&self) -> Vec<Statement> {
        let mut apart: BTreeMap<&DecisionId, Vec<&Arc<Recorded>>> = BTreeMap::new();
        for recorded in self.at.counted() {
            if let Event::Decisions(Decisions::Dissociated(it)) = &recorded.envelope.event {
                apart.entry(&it.decision).or_default().push(recorded);
            }
        }
        let mut said = Vec::new();
        for it in self.at.decisions() {
            said.push(self.decision(&it));
            let events = apart.get(&it.id).map_or(&[][..], |events| events);
            said.extend(dissociations(&it, events));
        }
        let votes = self.at.view.by_vote.iter().filter(|index| {
            let event = self.at.event(**index);
            event.is_some_and(|it| self.at.counts(it.envelope.effective))
        });
        said.extend(self.at.votes().iter().zip(votes).map(|(it, index)| self.vote(it, *index)));
        said
    }

    fn decision(&self, it: &DecisionAt) -> Statement {
        let who = it
            .meeting
            .as_ref()
            .map_or_else(|| "between meetings it was".to_owned(), |id| self.meeting(id));
        let text = format!("{who} {}: {}", words::verb(&format!("{:?}", it.verb)), it.summary);
        Statement::new(ChangeKind::DecisionTaken, Family::Decision, &it.id)
            .said(words::sentence(&text))
            .value("verb", Some(words::verb(&format!("{:?}", it.verb))))
            .value("summary", Some(it.summary.to_string()))
            .rests_on(self.counting(self.at.view.by_decision.get(&it.id)))
    }

    fn vote(&self, it: &VoteAt, index: usize) -> Statement {
        let number = |what: &str, number: Option<u32>| number.map(|it| format!("{it} {what}"));
        let numbers = [
            number("in favour", it.in_favour),
            number("against", it.against),
            number("abstained", it.abstained),
        ];
        let numbers: Vec<String> = numbers.into_iter().flatten().collect();
        let version = self.at.event(index).map_or(0, |event| event.envelope.version);
        let about = it.document.as_ref().map(ToString::to_string);
        let about = about.or_else(|| it.decision.as_ref().map(ToString::to_string));
        Statement::new(ChangeKind::Voted, Family::Vote, about.unwrap_or_default())
            .keyed(version)
            .said(format!("{} voted on {}: {}", it.body, it.summary, numbers.join(", ")))
            .value("on", Some(it.on))
            .value("votes", Some(numbers.join(", ")))
            .rests_on(self.counting([&index]))
    }
}

fn dissociations(it: &DecisionAt, events: &[&Arc<Recorded>]) -> Vec<Statement> {
    let by = |code| {
        events.iter().filter(move |recorded| {
            matches!(&recorded.envelope.event, Event::Decisions(Decisions::Dissociated(of))
                if of.states.contains(&code))
        })
    };
    let apart = it.dissociations.iter().map(|apart| {
        let (code, name) = (apart.state.code, &apart.state.name);
        Statement::new(ChangeKind::Dissociated, Family::Dissociation, code)
            .keyed(format!("{} {code} {}", it.id, apart.summary))
            .said(format!("{name} stood apart from “{}”: {}", it.summary, apart.summary))
            .value("decision", Some(it.id.to_string()))
            .rests_on(by(code).map(|it| (*it).clone()))
    });
    apart.collect()
}
