//! Durable commands, one by one, in turns with the limit: the same bytes, written into a plain file
//! and synced (fdatasync).

use std::{
    fs::File,
    io::Write as _,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use chancery_gateway::service::{Input, Service};
use chancery_kernel::{ConventionId, StateCode};
use chancery_membership::{Command as Act, Declaration};
use chancery_register::{
    Command,
    record::{Content, Entry, RecordFile},
};
use chancery_store::SledStore;
use chancery_world::{convention, id};
use jiff::civil::date;
use tokio::task::JoinSet;

use crate::{
    Failure,
    output::{Output, median},
};

/// How long one turn lasts.
const TURN: Duration = Duration::from_millis(250);

pub(crate) async fn run(data: &Path, writers: usize, seconds: u32) -> Result<(), Failure> {
    let service = Service::open(Arc::new(SledStore::open(data)?), |_, _| ()).await?;
    let service = Arc::new(service);
    for number in 0..writers {
        if service.view(id(number)?.as_str())?.is_none() {
            let law = convention(1, number)?.into_iter().next().ok_or("no profile")?;
            service.record(&[Input::of_facts("profile", law)]).await?;
        }
    }
    let plain = data.with_extension("plain");
    let mut file = File::create(&plain)?;
    let (mut times, mut syncs) = (Vec::new(), Vec::new());
    let (mut commanding, mut writing) = (Duration::ZERO, Duration::ZERO);
    let (mut number, mut bytes) = (0u64, 0u64);
    while commanding < Duration::from_secs(seconds.into()) {
        let start = Instant::now();
        let mut tasks = JoinSet::new();
        for writer in 0..writers {
            let (service, convention) = (service.clone(), id(writer)?);
            let first = number + writer as u64 * (1 << 20);
            tasks.spawn(async move { turn(&service, &convention, first).await });
        }
        while let Some(done) = tasks.join_next().await {
            times.extend(done??);
        }
        commanding += start.elapsed();
        number += 1 << 32;

        let body = last_body(&service).await?;
        bytes = body.len() as u64;
        let start = Instant::now();
        while start.elapsed() < TURN {
            let one = Instant::now();
            file.write_all(&body)?;
            file.sync_data()?;
            syncs.push(one.elapsed());
        }
        writing += start.elapsed();
    }
    service.close().await?;
    std::fs::remove_file(&plain)?;
    Output::default()
        .with("commands", times.len())
        .time("time", commanding)
        .time("p50", median(&mut times))
        .with("bytes", bytes)
        .with("syncs", syncs.len())
        .time("sync_time", writing)
        .time("sync_p50", median(&mut syncs))
        .print();
    Ok(())
}

/// Records one command after the other for one turn, and tells what each took.
async fn turn(
    service: &Service,
    convention: &ConventionId,
    first: u64,
) -> Result<Vec<Duration>, Failure> {
    let (start, mut times) = (Instant::now(), Vec::new());
    while start.elapsed() < TURN {
        let input = Input::of_facts("command", command(convention, first + times.len() as u64)?);
        let one = Instant::now();
        service.record(&[input]).await?;
        times.push(one.elapsed());
    }
    Ok(times)
}

/// A command that is lawful at any time, and that no other is the same as.
pub(crate) fn command(convention: &ConventionId, number: u64) -> Result<RecordFile, Failure> {
    let state: StateCode = "AFG".parse()?;
    let stamp = jiff::Timestamp::now().as_nanosecond();
    let summary = format!("declares for the {number}th time, at {stamp} (fictional)").try_into()?;
    let declare = Act::Declare(Declaration { state, summary, on: date(2025, 6, 1) });
    let citation = serde_json::from_value(
        serde_json::json!({ "symbol": "a letter (fictional)", "entry": number.to_string() }),
    )?;
    let content = Content::Fact(Box::new(Command::Membership(declare)));
    Ok(RecordFile {
        convention: convention.clone(),
        convention_span: 0..0,
        recorded_by: "secretariat".parse()?,
        source: None,
        is_list: false,
        entries: vec![Entry { span: 0..0, whole: 0..0, citation, content }],
    })
}

async fn last_body(service: &Service) -> Result<Vec<u8>, Failure> {
    let (size, _) = service.log_head().await?;
    let bodies = service.stored(&[size - 1]).await?;
    Ok(bodies.first().map(|body| body.to_vec()).ok_or("the log is empty")?)
}
