//! Opening the register in the data folder, with progress.

use std::{path::Path, sync::Arc, time::Duration};

use chancery_gateway::service::{Asked, DialError, Dials, ProofError, Service};
use chancery_kernel::{ConventionId, RecorderId};
use chancery_projections::View;
use chancery_store::{EventStore, MemoryStore, OpenError, SledStore};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::civil::Date;

use crate::{
    args::{Global, Read},
    error::Error,
    key,
};

/// Opens the register, making an empty one with a key of its own where there is none.
pub(crate) async fn open(global: &Global) -> Result<Arc<Service>, Error> {
    let service = at(&global.data).await?;
    // A key that has signed and is gone is not replaced unasked.
    if service.last_checkpoint().await.is_none() {
        key::make_if_none(&global.data)?;
    }
    sign(&service, &global.data).await?;
    Ok(service)
}

/// Has what a service says signed with the register's key from now on.
pub(crate) async fn sign(service: &Service, data: &Path) -> Result<(), Error> {
    key::settle(data, service.journal().key().map(|key| &**key))?;
    if let Some(key) = key::load(data)? {
        return Ok(service.sign_with(key).await?);
    }
    match service.last_checkpoint().await {
        None => Err(ProofError::NoKey.into()),
        Some(last) => Err(key::lost(data, &last.checkpoint)),
    }
}

/// Opens the register in a folder.
pub(crate) async fn at(path: &Path) -> Result<Arc<Service>, Error> {
    let store = store(path).await?;
    let bar = bar("reading the log", 0);
    let service = Service::open(Arc::new(store), |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await;
    bar.finish_and_clear();
    Ok(Arc::new(service?))
}

/// Opens the store in a folder, away from the threads that have other things to do.
pub(crate) async fn store(path: &Path) -> Result<SledStore, Error> {
    let path = path.to_owned();
    let opened = tokio::task::spawn_blocking(move || SledStore::open(&path)).await;
    let failed = |error| Error::Rejected(format!("opening the data folder failed: {error}"));
    Ok(opened.map_err(failed)??)
}

/// Opens a register to copy it. One that is served can be copied as well, in another way.
pub(crate) async fn to_copy(global: &Global) -> Result<Arc<Service>, Error> {
    existing(global).await.map_err(|error| match error {
        Error::Open(in_use @ OpenError::InUse { .. }) => Error::Served(in_use),
        error => error,
    })
}

/// Opens a register that is there already: reading must not make one.
pub(crate) async fn existing(global: &Global) -> Result<Arc<Service>, Error> {
    if is_empty(&global.data) {
        return Err(Error::NoRegister(global.data.clone()));
    }
    at(&global.data).await
}

/// Opens a register that is there already, to sign what it says with its key.
pub(crate) async fn signing(global: &Global) -> Result<Arc<Service>, Error> {
    if is_empty(&global.data) {
        return Err(Error::NoRegister(global.data.clone()));
    }
    let service = at(&global.data).await?;
    sign(&service, &global.data).await?;
    Ok(service)
}

/// Opens the store of a register that is there already, and looks at nothing in it.
pub(crate) async fn existing_store(global: &Global) -> Result<Arc<dyn EventStore>, Error> {
    if is_empty(&global.data) {
        return Err(Error::NoRegister(global.data.clone()));
    }
    Ok(Arc::new(store(&global.data).await?))
}

/// Opens a register to check against it. Where there is none, an empty one in memory will do:
/// checking leaves nothing behind.
pub(crate) async fn to_check(global: &Global) -> Result<Arc<Service>, Error> {
    if is_empty(&global.data) {
        return Ok(Arc::new(Service::open(Arc::new(MemoryStore::new()), |_, _| ()).await?));
    }
    existing(global).await
}

/// Who keeps a convention's record: whoever recorded its profile. `None` while none is recorded.
pub(crate) async fn keeper(
    global: &Global,
    convention: &ConventionId,
) -> Result<Option<RecorderId>, Error> {
    let service = to_check(global).await?;
    let view = service.view(convention.as_str())?;
    let keeper = view.and_then(|view| Some(view.log().front()?.envelope.recorded_by.clone()));
    service.close().await?;
    Ok(keeper)
}

/// The view that a reading command is about, and the day.
pub(crate) fn asked(service: &Service, read: &Read) -> Result<(Arc<View>, Date), Error> {
    let asked = dialled(service, read)?;
    Ok((asked.view().clone(), asked.day()))
}

/// The convention that a reading command is about, with its dials turned.
pub(crate) fn dialled(service: &Service, read: &Read) -> Result<Asked, Error> {
    let dials = Dials::new(read.as_at, read.as_known_at, read.at_position).map_err(refused)?;
    let moment = service.moment();
    let known: Vec<&str> = moment.conventions().map(ConventionId::as_str).collect();
    let id = match (&read.convention, known.as_slice()) {
        (_, []) => return Err(nothing()),
        (Some(id), _) => id.as_str(),
        (None, [id]) => id,
        (None, _) => {
            return Err(Error::Misuse(format!(
                "several conventions are recorded; add --convention with one of: {}",
                known.join(", ")
            )));
        }
    };
    let asked = moment.ask(id, dials).map_err(refused)?;
    asked.ok_or_else(|| {
        Error::Misuse(if known.contains(&id) {
            format!("`{id}` was not recorded by then; ask for a later moment or position")
        } else {
            format!("no convention `{id}` is recorded; there is: {}", known.join(", "))
        })
    })
}

/// What an export is about, with its dials turned: one convention, or every one.
pub(crate) fn each_dialled(service: &Service, read: &Read) -> Result<Vec<Asked>, Error> {
    let moment = service.moment();
    if read.convention.is_some() || moment.conventions().next().is_none() {
        return Ok(vec![dialled(service, read)?]);
    }
    let dials = Dials::new(read.as_at, read.as_known_at, read.at_position).map_err(refused)?;
    moment.ask_all(dials).map_err(refused)
}

fn refused(error: DialError) -> Error {
    match error {
        DialError::Load(error) => error.into(),
        error => Error::Misuse(error.to_string()),
    }
}

fn nothing() -> Error {
    Error::Rejected("nothing is recorded yet; record a profile first".to_owned())
}

/// Whether there is nothing at a path, or an empty folder.
pub(crate) fn is_empty(path: &Path) -> bool {
    // A path that is there and is no folder is for the store to explain.
    !path.exists() || std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Progress through so many events.
pub(crate) fn bar(doing: &'static str, events: u64) -> ProgressBar {
    let bar = ProgressBar::new(events).with_message(doing);
    if let Ok(style) = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len} events") {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
