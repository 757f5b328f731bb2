//! What those who follow the log need: each commit together with a view that holds it.

use std::sync::Arc;

use chancery_kernel::ConventionId;
use chancery_projections::View;
use chancery_store::{Commit, Position};

use super::{LoadError, Service};

impl Service {
    /// The place in the log up to which everything was in the views from the start.
    pub(crate) fn opened_at(&self) -> Position {
        self.opened_at
    }

    /// The view of a commit's stream, once it holds the commit: a commit can be read a moment
    /// before its view is swapped in. If the view will never be, because whoever appended went away
    /// before the answer, what the store holds is taken in here.
    ///
    /// # Errors
    /// A store that cannot be read, or events that this program does not know.
    pub(crate) async fn holding(&self, commit: &Commit) -> Result<Option<Arc<View>>, LoadError> {
        let Ok(stream) = commit.stream.as_str().parse::<ConventionId>() else { return Ok(None) };
        let mut published = self.published.subscribe();
        let holds = |view: &Arc<View>| view.state().version >= commit.version().get();
        loop {
            if let Some(view) = self.stream_view(&stream)?.filter(holds) {
                return Ok(Some(view));
            }
            tokio::select! {
                // The sender lives as long as this service.
                _ = published.changed() => {}
                _held = self.writer(&stream).lock_owned() => self.catch_up(&stream).await?,
            }
        }
    }
}
