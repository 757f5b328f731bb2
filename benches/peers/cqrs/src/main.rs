//! cqrs-es on PostgreSQL: commands on aggregates, one for each writer. Every command loads its
//! aggregate's events, as an event-sourced store without snapshots does; aggregates are therefore
//! changed for a new one after some commands, so that loading stays short.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use clap::Parser;
use cqrs_es::{Aggregate, DomainEvent, event_sink::EventSink};
use postgres_es::{PostgresCqrs, default_postgress_pool, postgres_cqrs};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::task::JoinSet;

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Commands of one aggregate before the next begins.
const COMMANDS: u64 = 20;

/// Executes commands one by one, so many writers at once.
#[derive(Debug, Parser)]
struct Args {
    /// The events, one a line.
    #[arg(long)]
    events: PathBuf,
    /// The database, with the table of postgres-es.
    #[arg(long)]
    database: String,
    /// How many write at once, each on an aggregate of its own.
    #[arg(long, default_value_t = 1)]
    writers: usize,
    /// For how long.
    #[arg(long, default_value_t = 3)]
    seconds: u64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum Event {
    Recorded(serde_json::Value),
}

impl DomainEvent for Event {
    fn event_type(&self) -> String {
        "recorded".to_owned()
    }

    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

#[derive(Debug, thiserror::Error)]
#[error("refused")]
struct Refused;

#[derive(Debug, Default, Serialize, Deserialize)]
struct Register {
    events: u64,
}

impl Aggregate for Register {
    const TYPE: &'static str = "register";
    type Command = serde_json::Value;
    type Event = Event;
    type Error = Refused;
    type Services = ();

    async fn handle(
        &mut self,
        command: Self::Command,
        (): &(),
        sink: &EventSink<Self>,
    ) -> Result<(), Refused> {
        sink.write(Event::Recorded(command), self).await;
        Ok(())
    }

    fn apply(&mut self, _: Event) {
        self.events += 1;
    }
}

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let args = Args::parse();
    let text = std::fs::read_to_string(&args.events)?;
    let events: Vec<serde_json::Value> =
        text.lines().take(1_000).map(serde_json::from_str).collect::<Result<_, _>>()?;
    let (events, pool) = (Arc::new(events), default_postgress_pool(&args.database).await);
    let cqrs: Arc<PostgresCqrs<Register>> = Arc::new(postgres_cqrs(pool, Vec::new(), ()));
    let start = Instant::now();
    let until = start + Duration::from_secs(args.seconds);
    let run = std::process::id();
    let mut writers = JoinSet::new();
    for writer in 0..args.writers {
        let (cqrs, events) = (cqrs.clone(), events.clone());
        writers.spawn(async move {
            let mut times = Vec::new();
            for (number, event) in (0u64..).zip(events.iter().cycle()) {
                let one = Instant::now();
                if one >= until {
                    break;
                }
                let id = format!("{run}-{writer}-{}", number / COMMANDS);
                cqrs.execute(&id, event.clone()).await.map_err(|error| error.to_string())?;
                times.push(one.elapsed());
            }
            Ok::<_, String>(times)
        });
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
