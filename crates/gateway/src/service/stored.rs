use std::sync::Arc;

use chancery_store::{Body, Commit, Position, ReadError};

use super::Service;

impl Service {
    /// The bytes of the events at these positions as they are stored, in the same order. A position
    /// that holds none is passed over.
    ///
    /// # Errors
    /// A store that cannot be read.
    pub async fn stored(&self, positions: &[u64]) -> Result<Vec<Body>, ReadError> {
        let mut bodies = Vec::new();
        // Neighbours are often of one commit: it is read once.
        let mut last: Option<Arc<Commit>> = None;
        for position in positions.iter().map(|position| Position::new(*position)) {
            let holds = |it: &Arc<Commit>| it.first <= position && position < it.next();
            if !last.as_ref().is_some_and(holds) {
                last = self.store.read(position, 1).await?.into_iter().find(holds);
            }
            let found = last.as_ref().and_then(|commit| {
                let index = position.get().checked_sub(commit.first.get())?;
                commit.events.get(usize::try_from(index).ok()?).cloned()
            });
            bodies.extend(found);
        }
        Ok(bodies)
    }
}
