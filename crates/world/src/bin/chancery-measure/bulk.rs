//! Recording a whole world. It is made before the clock runs.

use std::{path::Path, sync::Arc, time::Instant};

use chancery_gateway::service::Service;
use chancery_store::SledStore;
use chancery_world::{Size, World, record_all};

use crate::{
    Failure,
    output::{Output, bytes_below, resident_bytes},
};

const SEED: u64 = 1;

pub(crate) async fn run(size: Size, data: &Path, at_once: usize) -> Result<(), Failure> {
    let start = Instant::now();
    let made: Vec<_> = World::new(SEED, size).collect();
    let making = start.elapsed();
    let service = Service::open(Arc::new(SledStore::open(data)?), |_, _| ()).await?;
    let service = Arc::new(service);
    let start = Instant::now();
    let recorded = record_all(&service, made, at_once, |_| ()).await?;
    let time = start.elapsed();
    let resident = resident_bytes();
    service.close().await?;
    Output::default()
        .with("events", recorded.events)
        .with("commits", recorded.commits)
        .time("making", making)
        .time("time", time)
        .with("disk", bytes_below(data)?)
        .with("resident", resident)
        .print();
    Ok(())
}
