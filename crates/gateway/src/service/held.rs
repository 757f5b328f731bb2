use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use chancery_kernel::ConventionId;
use chancery_projections::{Known, View};
use chancery_store::{EventStore, StreamName, Version};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tokio::{
    runtime::{Handle, RuntimeFlavor},
    task::block_in_place,
};

use super::{LoadError, load};

/// A stream of the log as the register holds it: how far it goes, and its view, which is folded
/// when it is first asked for. A view that was folded stays.
pub(super) struct Held {
    convention: ConventionId,
    extent: Extent,
    view: OnceLock<Arc<View>>,
    /// Where the view is to be folded from; `None` if it was folded from the start.
    log: Option<Arc<dyn EventStore>>,
    /// Of those who ask at once, one folds.
    folding: Mutex<()>,
}

/// How far a stream goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Extent {
    /// How many events it has.
    pub(super) version: u64,
    /// The position of the last.
    pub(super) position: u64,
    /// When the last was recorded.
    pub(super) recorded_at: Timestamp,
    /// When the first was recorded.
    pub(super) since: Timestamp,
}

impl Extent {
    /// How far a view goes; `None` of one that holds nothing.
    pub(super) fn of(view: &View) -> Option<Self> {
        let Known { position, recorded_at } = view.known()?;
        let since = view.log().front()?.envelope.recorded_at;
        Some(Self { version: view.state().version, position, recorded_at, since })
    }

    /// How far a stream goes whose first events another extent is of.
    pub(super) fn after(self, before: Option<&Self>) -> Self {
        Self { since: before.map_or(self.since, |it| it.since), ..self }
    }
}

impl Held {
    /// A stream whose view is there; `None` of one that holds nothing.
    pub(super) fn folded(view: Arc<View>) -> Option<Self> {
        let extent = Extent::of(&view)?;
        let convention = view.convention().clone();
        Some(Self { convention, extent, view: view.into(), log: None, folding: Mutex::default() })
    }

    /// A stream whose view is to be folded when it is asked for.
    pub(super) fn stored(
        convention: ConventionId,
        extent: Extent,
        log: Arc<dyn EventStore>,
    ) -> Self {
        let (view, folding) = (OnceLock::new(), Mutex::default());
        Self { convention, extent, view, log: Some(log), folding }
    }

    /// Which stream.
    pub(super) fn convention(&self) -> &ConventionId {
        &self.convention
    }

    /// How far it goes.
    pub(super) fn extent(&self) -> Extent {
        self.extent
    }

    /// Whether its view is there already.
    pub(super) fn is_folded(&self) -> bool {
        self.view.get().is_some()
    }

    /// Its view. The first time this reads the stream and folds it, and blocks for as long; if it
    /// could not be read, the next time tries again.
    ///
    /// # Errors
    /// A store that cannot be read, or events that this program does not know.
    pub(super) fn view(&self) -> Result<Arc<View>, LoadError> {
        if let Some(view) = self.view.get() {
            return Ok(view.clone());
        }
        apart(|| self.folded_now())
    }

    fn folded_now(&self) -> Result<Arc<View>, LoadError> {
        let _turn = self.folding.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(view) = self.view.get() {
            return Ok(view.clone());
        }
        let view = Arc::new(self.fold()?);
        Ok(self.view.get_or_init(|| view).clone())
    }

    /// The view of what the stream held then: what was appended since is not in it.
    fn fold(&self) -> Result<View, LoadError> {
        let convention = self.convention.clone();
        let Some(log) = &self.log else { return Ok(View::empty(convention)) };
        let stream: StreamName = convention.as_str().parse()?;
        let commits = log.read_stream(&stream, Version::new(self.extent.version))?;
        let mut events = Vec::with_capacity(commits.iter().map(|it| it.events.len()).sum());
        for commit in &commits {
            load::decode(commit, &mut events)?;
        }
        let view = View::folded(convention, events);
        if Extent::of(&view) == Some(self.extent) {
            return Ok(view);
        }
        Err(LoadError::Otherwise { stream: stream.to_string() })
    }
}

/// Does something that takes long. On a thread of the runtime, another one takes over meanwhile what
/// the thread would have answered.
pub(super) fn apart<T>(work: impl FnOnce() -> T) -> T {
    match Handle::try_current() {
        Ok(runtime) if runtime.runtime_flavor() == RuntimeFlavor::MultiThread => {
            block_in_place(work)
        }
        _ => work(),
    }
}
