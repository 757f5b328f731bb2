//! Logs made of a key-value store: each event is an entry of its own, keyed by its position, and so
//! many events are one durable commit. Tells as one line of JSON what it took.

use std::{
    fs::File,
    io::{BufRead as _, BufReader, Write as _},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use clap::{Parser, ValueEnum};
use serde_json::json;

type Failure = Box<dyn std::error::Error>;

/// Appends the events of a file to a log.
#[derive(Debug, Parser)]
struct Args {
    /// Which log.
    #[arg(value_enum)]
    log: Which,
    /// The events, one a line.
    #[arg(long)]
    events: PathBuf,
    /// A new folder.
    #[arg(long)]
    data: PathBuf,
    /// How many events are one commit.
    #[arg(long, default_value_t = 42)]
    commit: usize,
    /// After so many seconds no more is appended.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// A plain file, synced (fdatasync): what the machine can do.
    File,
    /// sled, its flush.
    Sled,
    /// redb, its immediate durability.
    Redb,
    /// fjall, its `SyncData`.
    Fjall,
}

/// A log that takes whole commits and returns when they are durable.
type Append = Box<dyn FnMut(u64, &[Vec<u8>]) -> Result<(), Failure>>;

fn main() -> Result<(), Failure> {
    let args = Args::parse();
    std::fs::create_dir_all(&args.data)?;
    let lines = BufReader::new(File::open(&args.events)?).split(b'\n');
    let events: Vec<Vec<u8>> = lines.collect::<Result<_, _>>()?;
    let mut append = match args.log {
        Which::File => file(&args.data)?,
        Which::Sled => sled(&args.data)?,
        Which::Redb => redb(&args.data)?,
        Which::Fjall => fjall(&args.data)?,
    };
    let (mut position, mut bytes, mut times) = (0, 0, Vec::new());
    let start = Instant::now();
    for commit in events.chunks(args.commit.max(1)) {
        let one = Instant::now();
        append(position, commit)?;
        times.push(one.elapsed());
        position += commit.len() as u64;
        bytes += commit.iter().map(Vec::len).sum::<usize>();
        if start.elapsed() > Duration::from_secs(args.seconds) {
            break;
        }
    }
    let time = start.elapsed();
    times.sort_unstable();
    let p50 = times.get(times.len() / 2).copied().unwrap_or_default();
    println!(
        "{}",
        json!({
            "events": position, "bytes": bytes, "commits": times.len(),
            "time": time.as_micros() as u64, "p50": p50.as_micros() as u64,
        })
    );
    Ok(())
}

fn file(data: &Path) -> Result<Append, Failure> {
    let mut file = File::create(data.join("log"))?;
    Ok(Box::new(move |_, events| {
        file.write_all(&events.concat())?;
        Ok(file.sync_data()?)
    }))
}

fn sled(data: &Path) -> Result<Append, Failure> {
    let db = sled::open(data)?;
    Ok(Box::new(move |first, events| {
        let mut batch = sled::Batch::default();
        for (position, event) in (first..).zip(events) {
            batch.insert(&position.to_be_bytes(), event.as_slice());
        }
        db.apply_batch(batch)?;
        db.flush()?;
        Ok(())
    }))
}

fn redb(data: &Path) -> Result<Append, Failure> {
    const LOG: redb::TableDefinition<u64, &[u8]> = redb::TableDefinition::new("log");
    let db = redb::Database::create(data.join("log.redb"))?;
    Ok(Box::new(move |first, events| {
        let writing = db.begin_write()?;
        let mut table = writing.open_table(LOG)?;
        for (position, event) in (first..).zip(events) {
            table.insert(position, event.as_slice())?;
        }
        drop(table);
        Ok(writing.commit()?)
    }))
}

fn fjall(data: &Path) -> Result<Append, Failure> {
    let db = fjall::Database::builder(data).open()?;
    let log = db.keyspace("log", fjall::KeyspaceCreateOptions::default)?;
    Ok(Box::new(move |first, events| {
        let mut batch = db.batch().durability(Some(fjall::PersistMode::SyncData));
        for (position, event) in (first..).zip(events) {
            batch.insert(&log, position.to_be_bytes(), event.as_slice());
        }
        Ok(batch.commit()?)
    }))
}
