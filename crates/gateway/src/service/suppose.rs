use std::{
    collections::{BTreeMap, btree_map::Entry},
    sync::Arc,
};

use chancery_kernel::ConventionId;
use chancery_projections::View;
use chancery_register::Recorded;
use uuid::Uuid;

use super::{Input, RecordError, Service};

/// A convention as it is, and as it would be.
#[derive(Debug, Clone)]
pub struct Supposed {
    /// As it is recorded.
    pub before: View,
    /// As it would be. Its last events are in no store.
    pub after: View,
    /// Facts that would be new.
    pub facts: usize,
    /// Facts that are recorded already.
    pub known: usize,
}

impl Service {
    /// What recording files in this order would come to, convention by convention. Nothing is
    /// recorded: the events are folded into copies of the views, which share all that does not
    /// change.
    ///
    /// # Errors
    /// Every mistake of every file, as [`Service::record`] finds them.
    pub fn suppose(&self, inputs: &[Input]) -> Result<Vec<Supposed>, RecordError> {
        let plans = self.plan(inputs)?;
        let views = self.views();
        let mut next = views.position().map_or(0, |last| last + 1);
        let now = (self.clock)();
        let mut supposed: BTreeMap<ConventionId, Supposed> = BTreeMap::new();
        for (input, plan) in inputs.iter().zip(&plans) {
            let convention = input.convention();
            let it = match supposed.entry(convention.clone()) {
                Entry::Occupied(it) => it.into_mut(),
                Entry::Vacant(it) => {
                    let view = views.get(convention.as_str())?;
                    let empty = || View::empty(convention.clone());
                    let before = view.map_or_else(empty, |view| (*view).clone());
                    it.insert(Supposed { after: before.clone(), before, facts: 0, known: 0 })
                }
            };
            let version = it.after.state().version;
            let last = it.after.known().map_or(now, |known| known.recorded_at.max(now));
            let envelopes = plan.seal(convention, version, last, Uuid::now_v7);
            let recorded = envelopes.into_iter().map(|envelope| {
                let position = next;
                next += 1;
                Arc::new(Recorded { position, envelope })
            });
            it.after = it.after.clone().after_all(recorded.collect::<Vec<_>>());
            it.facts += plan.decided.len();
            it.known += plan.known;
        }
        Ok(supposed.into_values().collect())
    }
}
