//! The state root: what the log comes to, as one hash.

use std::collections::BTreeMap;

use chancery_kernel::{
    ConventionId,
    canonical::{self, CanonicalError},
};
use chancery_ledger::Hash;
use chancery_projections::{View, Whole};
use serde::Serialize;

use super::{JournalError, Service};

/// The number of the form in which results are hashed. It changes with what a projection shows: a
/// seal of another form is compared by the program that made it.
pub const FORM: u32 = 2;

/// What the first events of a log come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StateRoot {
    /// How many events.
    pub size: u64,
    /// The hash over all conventions' results.
    pub root: Hash,
    /// The hash over each convention's results.
    pub conventions: BTreeMap<ConventionId, Hash>,
}

impl Service {
    /// The state root over the first `size` events. Every projection of each convention is
    /// computed on the day on which its last event was recorded, written as canonical JSON (RFC
    /// 8785) and hashed; no clock, place or language has a part in it.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub fn state_root(&self, size: u64) -> Result<StateRoot, JournalError> {
        let views = self.views().all()?;
        let views = views.iter().map(|view| {
            let log = view.log();
            let known = log.iter().take_while(|event| event.position < size).count();
            if known == log.len() {
                return (**view).clone();
            }
            View::folded(view.convention().clone(), log.take(known))
        });
        Ok(StateRoot::of(size, views)?)
    }
}

impl StateRoot {
    /// The state root over what some views hold, which are those of the first `size` events.
    pub(super) fn of(
        size: u64,
        views: impl IntoIterator<Item = View>,
    ) -> Result<Self, CanonicalError> {
        let mut conventions = BTreeMap::new();
        for view in views {
            if let Some(whole) = view.whole() {
                conventions.insert(view.convention().clone(), hash(&whole)?);
            }
        }
        let root = over(&conventions)?;
        Ok(Self { size, root, conventions })
    }
}

fn hash(whole: &Whole) -> Result<Hash, CanonicalError> {
    Ok(Hash::of(&canonical::to_vec(whole)?))
}

fn over(conventions: &BTreeMap<ConventionId, Hash>) -> Result<Hash, CanonicalError> {
    #[derive(Serialize)]
    struct All<'a> {
        form: u32,
        conventions: BTreeMap<&'a ConventionId, String>,
    }
    let conventions = conventions.iter().map(|(id, hash)| (id, hash.to_string())).collect();
    Ok(Hash::of(&canonical::to_vec(&All { form: FORM, conventions })?))
}
