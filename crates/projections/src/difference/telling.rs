use std::{collections::BTreeMap, sync::Arc};

use chancery_kernel::{MeetingId, When};
use chancery_register::Recorded;

use super::{statement::Statement, words};
use crate::at::{At, Resolved};

/// A point, with what its sentences need.
pub(super) struct Telling<'a> {
    pub(super) at: &'a At<'a>,
    titles: BTreeMap<MeetingId, String>,
}

impl<'a> Telling<'a> {
    pub(super) fn new(at: &'a At<'a>) -> Self {
        let titles = at.meetings().into_iter().map(|it| (it.id, it.title)).collect();
        Self { at, titles }
    }

    /// All that the point says of its day.
    pub(super) fn of_the_day(&self) -> Vec<Statement> {
        [
            self.law(),
            self.states(),
            self.meetings(),
            self.terms(),
            self.decisions(),
            self.documents(),
            self.mandates(),
            self.deadlines(),
            self.money(),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// All that the point says of the record itself, whatever the day.
    pub(super) fn of_the_record(&self) -> Vec<Statement> {
        self.corrections().into_iter().chain(self.findings()).collect()
    }

    /// `the Eighth Meeting of States Parties`.
    pub(super) fn meeting(&self, id: &MeetingId) -> String {
        match self.titles.get(id) {
            Some(title) => format!("the {title}"),
            None => id.to_string().to_uppercase(),
        }
    }

    /// On whose word something holds, with meetings by name: a decision is its meeting's.
    pub(super) fn authority(&self, said: &str) -> String {
        let mut words: Vec<String> = Vec::new();
        for part in said.split(", ") {
            let decision = part.parse().ok().and_then(|id| self.at.decision(&id));
            let meeting = part.parse().ok().filter(|id| self.titles.contains_key(id));
            let meeting = meeting.or_else(|| decision.and_then(|it| it.meeting));
            let word = meeting.map_or_else(|| part.to_owned(), |id| self.meeting(&id));
            if !words.contains(&word) {
                words.push(word);
            }
        }
        words.join(", ")
    }

    /// `5 September 2018 (the end of the Eighth Meeting of States Parties)`.
    pub(super) fn moment(&self, moment: &Resolved) -> String {
        let Some(id) = moment.said.meeting() else {
            return moment.date.map_or_else(|| moment.said.to_string(), words::date);
        };
        let said = moment.said.to_string().replace(id.as_str(), &self.meeting(id));
        match moment.date {
            Some(date) => format!("{} ({said})", words::date(date)),
            None => format!("{said}, which has no date yet"),
        }
    }

    /// The events that set the days on which a moment hangs.
    pub(super) fn days_behind(&self, when: Option<&When>) -> Vec<Arc<Recorded>> {
        let indexes = when.and_then(When::meeting).and_then(|id| self.at.view.days_of.get(id));
        self.counting(indexes.into_iter().flatten())
    }

    /// Of these events those that count on the day.
    pub(super) fn counting<'b>(
        &self,
        indexes: impl IntoIterator<Item = &'b usize>,
    ) -> Vec<Arc<Recorded>> {
        let events = indexes.into_iter().filter_map(|index| self.at.event(*index));
        events.filter(|it| self.at.counts(it.envelope.effective)).cloned().collect()
    }
}
