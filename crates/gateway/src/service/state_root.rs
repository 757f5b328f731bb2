//! The state root: what the log comes to, as one hash.

use std::collections::BTreeMap;

use chancery_kernel::ConventionId;
use chancery_ledger::Hash;
use chancery_projections::{View, Whole};
use serde::Serialize;

use super::Service;

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
    /// None in practice: projections are plain data.
    pub fn state_root(&self, size: u64) -> serde_json::Result<StateRoot> {
        let mut conventions = BTreeMap::new();
        for (id, view) in self.views().iter() {
            let known = view.log().iter().take_while(|event| event.position < size);
            let known: Vec<_> = known.cloned().collect();
            let view = if known.len() == view.log().len() {
                (**view).clone()
            } else {
                View::folded(id.clone(), known)
            };
            if let Some(whole) = view.whole() {
                conventions.insert(id.clone(), hash(&whole)?);
            }
        }
        let root = over(&conventions)?;
        Ok(StateRoot { size, root, conventions })
    }
}

fn hash(whole: &Whole) -> serde_json::Result<Hash> {
    Ok(Hash::of(&serde_json_canonicalizer::to_vec(whole)?))
}

fn over(conventions: &BTreeMap<ConventionId, Hash>) -> serde_json::Result<Hash> {
    #[derive(Serialize)]
    struct All<'a> {
        form: u32,
        conventions: BTreeMap<&'a ConventionId, String>,
    }
    let conventions = conventions.iter().map(|(id, hash)| (id, hash.to_string())).collect();
    Ok(Hash::of(&serde_json_canonicalizer::to_vec(&All { form: FORM, conventions })?))
}
