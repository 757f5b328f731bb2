//! Opening the register in the data folder, with progress.

use std::{path::Path, sync::Arc, time::Duration};

use chancery_gateway::service::Service;
use chancery_ledger::SigningKey;
use chancery_projections::View;
use chancery_store::{EventStore, MemoryStore, SledStore};
use indicatif::{ProgressBar, ProgressStyle};
use jiff::{Timestamp, civil::Date, tz::Offset};

use crate::{
    args::{Global, Read},
    error::Error,
    key,
};

/// Opens the register, making an empty one with a key of its own where there is none.
pub(crate) async fn open(global: &Global) -> Result<Arc<Service>, Error> {
    let store = store(global).await?;
    let key = key::load_or_make(&global.data)?;
    folded(store, Some(key)).await
}

/// Opens a register that is there already: reading must not make one.
pub(crate) async fn existing(global: &Global) -> Result<Arc<Service>, Error> {
    if is_empty(&global.data) {
        return Err(Error::NoRegister(global.data.clone()));
    }
    let store = store(global).await?;
    folded(store, key::load(&global.data)?).await
}

/// Opens the store of a register that is there already, and looks at nothing in it.
pub(crate) async fn existing_store(global: &Global) -> Result<Arc<dyn EventStore>, Error> {
    if is_empty(&global.data) {
        return Err(Error::NoRegister(global.data.clone()));
    }
    store(global).await
}

/// Opens a register to check against it. Where there is none, an empty one in memory will do:
/// checking leaves nothing behind.
pub(crate) async fn to_check(global: &Global) -> Result<Arc<Service>, Error> {
    if is_empty(&global.data) {
        return Ok(Arc::new(Service::open(Arc::new(MemoryStore::new()), |_, _| ()).await?));
    }
    existing(global).await
}

/// The view that a reading command is about, and the day.
pub(crate) fn asked(service: &Service, read: &Read) -> Result<(Arc<View>, Date), Error> {
    let day = read.as_at.unwrap_or_else(|| Offset::UTC.to_datetime(Timestamp::now()).date());
    let views = service.views();
    let known = || views.keys().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let view = match &read.convention {
        Some(id) => views.get(id).ok_or_else(|| {
            Error::Misuse(format!("no convention `{id}` is recorded; there is: {}", known()))
        })?,
        None if views.len() == 1 => views.values().next().ok_or_else(nothing)?,
        None if views.is_empty() => return Err(nothing()),
        None => {
            return Err(Error::Misuse(format!(
                "several conventions are recorded; add --convention with one of: {}",
                known()
            )));
        }
    };
    Ok((view.clone(), day))
}

async fn store(global: &Global) -> Result<Arc<dyn EventStore>, Error> {
    let path = global.data.clone();
    let store = tokio::task::spawn_blocking(move || SledStore::open(&path))
        .await
        .map_err(|error| Error::Rejected(format!("opening the data folder failed: {error}")))??;
    Ok(Arc::new(store))
}

async fn folded(
    store: Arc<dyn EventStore>,
    key: Option<SigningKey>,
) -> Result<Arc<Service>, Error> {
    let bar = bar("reading the log");
    let service = Service::open(store, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await;
    bar.finish_and_clear();
    let service = service?;
    if let Some(key) = key {
        service.sign_with(key).await?;
    }
    Ok(Arc::new(service))
}

fn nothing() -> Error {
    Error::Rejected("nothing is recorded yet; record a profile first".to_owned())
}

fn is_empty(path: &Path) -> bool {
    // A path that is there and is no folder is for the store to explain.
    !path.exists() || std::fs::read_dir(path).is_ok_and(|mut entries| entries.next().is_none())
}

/// Shows how far a pass over the log has come.
pub(crate) fn bar(doing: &str) -> ProgressBar {
    let bar = ProgressBar::new(0);
    let template = format!("{doing} {{bar:30}} {{pos}}/{{len}} events");
    if let Ok(style) = ProgressStyle::with_template(&template) {
        bar.set_style(style);
    }
    bar.enable_steady_tick(Duration::from_millis(100));
    bar
}
