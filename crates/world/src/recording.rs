//! Recording a world through the service, as everything else is recorded.

use std::sync::Arc;

use chancery_gateway::service::{Input, RecordError, Service};
use chancery_register::record::{Mistakes, RecordFile, write};
use tokio::{
    sync::{Semaphore, mpsc},
    task::JoinSet,
};

use crate::{
    error::{MakeError, RecordingError},
    size::Size,
    world::World,
};

/// What was recorded.
#[derive(Debug, Clone, Copy, Default)]
pub struct Recording {
    /// Conventions.
    pub conventions: usize,
    /// Commits: one for each source.
    pub commits: usize,
    /// Events.
    pub events: usize,
}

/// Makes a world and records it, so many conventions at once. `progress` is told of the events that
/// are durable since it was last told.
///
/// # Errors
/// The first thing that goes wrong.
pub async fn record(
    service: &Arc<Service>,
    seed: u64,
    size: Size,
    at_once: usize,
    progress: impl Fn(u64) + Send + Sync + 'static,
) -> Result<Recording, RecordingError> {
    record_all(service, World::new(seed, size), at_once, progress).await
}

/// Records conventions as they come: each one's sources in their order, so many conventions at
/// once. `progress` is told of the events that are durable since it was last told.
///
/// # Errors
/// The first thing that goes wrong.
pub async fn record_all<I>(
    service: &Arc<Service>,
    conventions: I,
    at_once: usize,
    progress: impl Fn(u64) + Send + Sync + 'static,
) -> Result<Recording, RecordingError>
where
    I: IntoIterator<Item = Result<Vec<RecordFile>, MakeError>> + Send + 'static,
{
    // What is made ahead of the recording is bounded.
    let (sender, mut made) = mpsc::channel::<Result<Vec<RecordFile>, MakeError>>(at_once.max(1));
    let maker = tokio::task::spawn_blocking(move || {
        conventions.into_iter().try_for_each(|files| sender.blocking_send(files))
    });
    let (room, progress) = (Arc::new(Semaphore::new(at_once.max(1))), Arc::new(progress));
    let mut tasks = JoinSet::new();
    let mut recording = Recording::default();
    while let Some(files) = made.recv().await {
        let files = files?;
        while let Some(done) = tasks.try_join_next() {
            recording.add(done??);
        }
        let Ok(place) = room.clone().acquire_owned().await else { break };
        let (service, progress) = (service.clone(), progress.clone());
        tasks.spawn(async move {
            let _place = place;
            convention(&service, files, &*progress).await
        });
    }
    while let Some(done) = tasks.join_next().await {
        recording.add(done??);
    }
    // It ended when its last convention was taken, or when nobody took them any more.
    drop(maker.await);
    Ok(recording)
}

/// Records the sources of one convention.
async fn convention(
    service: &Service,
    files: Vec<RecordFile>,
    progress: &(impl Fn(u64) + Sync),
) -> Result<Recording, RecordingError> {
    let mut recording = Recording { conventions: 1, ..Recording::default() };
    for file in files {
        let name = file.source.as_ref().map(ToString::to_string).unwrap_or_default();
        let input = Input::of_facts(&name, file.clone());
        let receipts = service.record(&[input]).await.map_err(|error| unlawful(&file, error))?;
        for receipt in receipts {
            recording.commits += usize::from(receipt.events > 0);
            recording.events += receipt.events;
            progress(receipt.events as u64);
        }
    }
    Ok(recording)
}

/// Shows the first fact that was refused.
fn unlawful(file: &RecordFile, error: RecordError) -> RecordingError {
    let RecordError::Mistakes(files) = &error else { return error.into() };
    let first = files.iter().flat_map(Mistakes::lines).next();
    let Some((_, _, mistake)) = first else { return error.into() };
    let mut refused = file.clone();
    refused.entries.retain(|entry| entry.span == mistake.span);
    RecordingError::Unlawful {
        convention: file.convention.to_string(),
        source_of: file.source.as_ref().map(ToString::to_string).unwrap_or_default(),
        what: mistake.what.clone(),
        fact: write(&refused).unwrap_or_default(),
    }
}

impl Recording {
    fn add(&mut self, other: Self) {
        self.conventions += other.conventions;
        self.commits += other.commits;
        self.events += other.events;
    }
}

impl From<tokio::task::JoinError> for RecordingError {
    fn from(error: tokio::task::JoinError) -> Self {
        Self::Stopped(error.to_string())
    }
}
