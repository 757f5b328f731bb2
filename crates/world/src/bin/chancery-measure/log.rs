//! Works over a whole log, and the limits that stand beside them.

use std::{
    io::{BufWriter, Write as _},
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use chancery_gateway::service::{
    Service,
    verify::{Trust, verify as whole},
};
use chancery_register::Envelope;
use chancery_store::{Commit, EventStore, Position, SledStore};
use sha2::{Digest, Sha256};

use crate::{
    Failure,
    output::{Output, bytes_below, resident_bytes},
};

/// How many events are read at a time: as the service does.
const BATCH: usize = 4096;

/// Reads a whole log.
async fn each(
    store: &dyn EventStore,
    mut commit: impl FnMut(&Commit) -> Result<(), Failure>,
) -> Result<(u64, u64), Failure> {
    let (mut events, mut bytes, mut from) = (0, 0, Position::default());
    loop {
        let commits = store.read(from, BATCH).await?;
        let Some(last) = commits.last() else { return Ok((events, bytes)) };
        from = last.next();
        for it in &commits {
            events += it.events.len() as u64;
            bytes += it.events.iter().map(|event| event.len() as u64).sum::<u64>();
            commit(it)?;
        }
    }
}

fn open(data: &Path) -> Result<(Arc<SledStore>, Duration), Failure> {
    let start = Instant::now();
    let store = SledStore::open(data)?;
    Ok((Arc::new(store), start.elapsed()))
}

fn output(opening: Duration, time: Duration, (events, bytes): (u64, u64)) -> Output {
    let output = Output::default().with("events", events).with("bytes", bytes);
    output.time("opening", opening).time("time", time).with("resident", resident_bytes())
}

pub(crate) async fn decode(data: &Path) -> Result<(), Failure> {
    let (store, opening) = open(data)?;
    let start = Instant::now();
    let read = each(&*store, |commit| {
        for (position, _, body) in commit.iter() {
            std::hint::black_box(Envelope::decode(position.get(), body)?);
        }
        Ok(())
    })
    .await?;
    output(opening, start.elapsed(), read).print();
    Ok(())
}

pub(crate) async fn replay(data: &Path) -> Result<(), Failure> {
    let (store, opening) = open(data)?;
    let start = Instant::now();
    let service = Service::open(store.clone(), |_, _| ()).await?;
    // Conventions are folded when they are asked for.
    let views = service.views().all()?;
    let time = start.elapsed();
    let resident = resident_bytes();
    let read = each(&*store, |_| Ok(())).await?;
    std::hint::black_box(views.len());
    output(opening, time, read).with("resident", resident).with("disk", bytes_below(data)?).print();
    Ok(())
}

pub(crate) async fn hash(data: &Path) -> Result<(), Failure> {
    let (store, opening) = open(data)?;
    let start = Instant::now();
    let mut hash = Sha256::new();
    let read = each(&*store, |commit| {
        commit.events.iter().for_each(|event| hash.update(event));
        Ok(())
    })
    .await?;
    std::hint::black_box(hash.finalize());
    output(opening, start.elapsed(), read).print();
    Ok(())
}

pub(crate) async fn verify(data: &Path) -> Result<(), Failure> {
    let (store, opening) = open(data)?;
    let start = Instant::now();
    let verified = whole(&*store, &Trust::default(), |_, _| ()).await?;
    output(opening, start.elapsed(), (verified.size, 0)).print();
    Ok(())
}

pub(crate) async fn events(data: &Path, to: &Path) -> Result<(), Failure> {
    let (store, opening) = open(data)?;
    let start = Instant::now();
    let mut file = BufWriter::new(std::fs::File::create(to)?);
    let read = each(&*store, |commit| {
        for event in &commit.events {
            file.write_all(event)?;
            file.write_all(b"\n")?;
        }
        Ok(())
    })
    .await?;
    file.flush()?;
    output(opening, start.elapsed(), read).print();
    Ok(())
}
