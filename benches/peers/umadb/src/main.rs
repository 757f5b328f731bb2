//! UmaDB as its server runs it, without the server: requests go to its writer thread, which commits
//! those that wait together. Each command is appended on the condition that nothing was appended to
//! its stream since it was read. Nothing is spent on gRPC, which is in UmaDB's favour.

use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Parser;
use serde_json::json;
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::JoinSet,
};
use umadb_core::{
    mvcc::{Mvcc, StorageOptions},
    writer_thread_blocking::writer_thread_blocking,
    writer_thread_request::WriterThreadRequest as Request,
};
use umadb_dcb::{DcbAppendCondition, DcbEvent, DcbQuery, DcbQueryItem};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// How many events the server commits together at the most.
const BATCH: usize = 2_048;

/// Appends events one by one, so many writers at once.
#[derive(Debug, Parser)]
struct Args {
    /// The events, one a line.
    #[arg(long)]
    events: PathBuf,
    /// A new folder.
    #[arg(long)]
    data: PathBuf,
    /// How many write at once, each on a stream of its own.
    #[arg(long, default_value_t = 1)]
    writers: usize,
    /// For how long.
    #[arg(long, default_value_t = 3)]
    seconds: u64,
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let args = Args::parse();
    std::fs::create_dir_all(&args.data)?;
    let lines = BufReader::new(File::open(&args.events)?).split(b'\n');
    let events: Arc<[Vec<u8>]> = lines.take(10_000).collect::<Result<Vec<_>, _>>()?.into();
    let mvcc =
        Arc::new(Mvcc::new(false, StorageOptions::default().db_path(args.data.join("uma.db")))?);
    let (requests, waiting) = mpsc::channel(1024);
    let (head, _) = watch::channel(None);
    std::thread::spawn(move || writer_thread_blocking(mvcc, waiting, head, BATCH));

    let start = Instant::now();
    let until = start + Duration::from_secs(args.seconds);
    let mut writers = JoinSet::new();
    for number in 0..args.writers {
        writers.spawn(write(number, events.clone(), requests.clone(), until));
    }
    let mut times = Vec::new();
    while let Some(done) = writers.join_next().await {
        times.extend(done??);
    }
    let time = start.elapsed();
    times.sort_unstable();
    let p50: Duration = times.get(times.len() / 2).copied().unwrap_or_default();
    println!(
        "{}",
        json!({ "commands": times.len(), "time": time.as_micros() as u64, "p50": p50.as_micros() as u64 })
    );
    Ok(())
}

async fn write(
    number: usize,
    events: Arc<[Vec<u8>]>,
    requests: mpsc::Sender<Request>,
    until: Instant,
) -> Result<Vec<Duration>, Failure> {
    let (stream, mut last, mut times) = (format!("stream:{number}"), None, Vec::new());
    for event in events.iter().cycle() {
        let one = Instant::now();
        if one >= until {
            break;
        }
        let appended =
            DcbEvent::default().event_type("recorded").data(event.clone()).tags([stream.clone()]);
        let of_stream = DcbQuery::new().item(DcbQueryItem::new().tags([stream.clone()]));
        let (response_tx, answer) = oneshot::channel();
        let request = Request::Append {
            events: vec![appended],
            condition: Some(DcbAppendCondition::new(of_stream).after(last)),
            tracking_info: None,
            response_tx,
            cancel: None,
        };
        requests.send(request).await.map_err(|_| "the writer thread has ended")?;
        last = Some(answer.await??);
        times.push(one.elapsed());
    }
    Ok(times)
}
