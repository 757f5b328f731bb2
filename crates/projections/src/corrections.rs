use std::sync::Arc;

use chancery_register::{Event, Recorded, corrections};

use crate::view::View;

/// What has become of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Standing {
    /// It counts as it was recorded.
    AsRecorded,
    /// It counts with other values: here they are.
    Corrected(Arc<Recorded>),
    /// It counts for nothing.
    Annulled,
}

/// An event of the log with its corrections.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// As it was recorded: this never changes.
    pub recorded: Arc<Recorded>,
    /// How it counts, as far as the view knows.
    pub standing: Standing,
    /// The events that correct or annul it, in the order of recording. One that was annulled itself
    /// is among them.
    pub rectified_by: Vec<Arc<Recorded>>,
    /// The event that it corrects or annuls.
    pub rectifies: Option<Arc<Recorded>>,
    /// The event about which it dismisses a finding.
    pub dismisses: Option<Arc<Recorded>>,
}

impl View {
    /// An event as it was recorded, by its number in the convention, from 1.
    pub fn recorded(&self, version: u64) -> Option<&Arc<Recorded>> {
        let index = usize::try_from(version.checked_sub(1)?).ok()?;
        self.log().get(index)
    }

    /// An event with its corrections, by its number in the convention, from 1.
    pub fn entry(&self, version: u64) -> Option<Entry> {
        let recorded = self.recorded(version)?.clone();
        let (mut rectifies, mut dismisses) = (None, None);
        match &recorded.envelope.event {
            Event::Corrections(corrections::Event::Rectified(it)) => {
                rectifies = self.recorded(it.event.version).cloned();
            }
            Event::Corrections(corrections::Event::Dismissed(it)) => {
                dismisses = self.recorded(it.event.version).cloned();
            }
            _ => {}
        }
        let rectified_by = self.rectifications(version).cloned().collect();
        Some(Entry {
            standing: self.standing(&recorded),
            recorded,
            rectified_by,
            rectifies,
            dismisses,
        })
    }

    /// The events that correct or annul one, in the order of recording.
    pub fn rectifications(&self, version: u64) -> impl Iterator<Item = &Arc<Recorded>> {
        let by = self.state().corrections.get(&version);
        by.into_iter().flatten().filter_map(|version| self.recorded(*version))
    }

    pub(crate) fn standing(&self, recorded: &Arc<Recorded>) -> Standing {
        let version = recorded.envelope.version;
        if !self.state().corrections.contains_key(&version) {
            return Standing::AsRecorded;
        }
        // The events that count are in the order of their numbers.
        let found = self.events().binary_search_by_key(&version, |it| it.envelope.version);
        match found.ok().and_then(|index| self.events().get(index)) {
            None => Standing::Annulled,
            Some(now) if now.envelope.event == recorded.envelope.event => Standing::AsRecorded,
            Some(now) => Standing::Corrected(now.clone()),
        }
    }
}
