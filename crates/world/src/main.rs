//! `chancery-world nation --data DIR`: writes a register of fictional conventions.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
    time::Instant,
};

use chancery_gateway::service::Service;
use chancery_store::SledStore;
use chancery_world::{Size, World, record};
use clap::Parser;
use indicatif::{ProgressBar, ProgressStyle};

/// Writes a register of fictional conventions, to measure and to try on.
#[derive(Debug, Parser)]
#[command(name = "chancery-world")]
struct Args {
    /// How large.
    #[arg(value_enum)]
    size: Size,
    /// Where: a folder that does not exist or is empty. Without it the world is only made.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// Chance: the same seed gives the same conventions.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// How many conventions are recorded at once.
    #[arg(long, value_name = "N", default_value_t = 64)]
    at_once: usize,
}

/// Events are many small things, made by some threads and let go by others.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match run(&Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

type Failure = Box<dyn std::error::Error>;

async fn run(args: &Args) -> Result<(), Failure> {
    let Some(data) = &args.data else { return make(args) };
    if std::fs::read_dir(data).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(format!("{} is not empty; name a new folder", data.display()).into());
    }
    let store = Arc::new(SledStore::open(data)?);
    let service = Arc::new(Service::open(store, |_, _| ()).await?);
    let bar = ProgressBar::new(args.size.events() as u64);
    bar.set_style(ProgressStyle::with_template(
        "{bar:40} {human_pos}/{human_len} events, {per_sec}, {eta} left",
    )?);
    let start = Instant::now();
    let shown = bar.clone();
    let recorded =
        record(&service, args.seed, args.size, args.at_once, move |more| shown.inc(more)).await;
    bar.finish_and_clear();
    let recorded = recorded?;
    let seconds = start.elapsed();
    service.close().await?;
    println!(
        "{} conventions, {} commits, {} events, {} bytes on disk, {:.1} s, {} events/s",
        recorded.conventions,
        recorded.commits,
        recorded.events,
        bytes_below(data)?,
        seconds.as_secs_f64(),
        per_second(recorded.events, seconds)
    );
    Ok(())
}

/// Makes the world without recording it: what making alone costs.
fn make(args: &Args) -> Result<(), Failure> {
    let start = Instant::now();
    let (mut conventions, mut facts) = (0, 0);
    for files in World::new(args.seed, args.size) {
        facts += files?.iter().map(|file| file.entries.len()).sum::<usize>();
        conventions += 1;
    }
    let seconds = start.elapsed();
    println!(
        "{conventions} conventions, {facts} facts made in {:.1} s, {} facts/s; nothing is recorded without --data",
        seconds.as_secs_f64(),
        per_second(facts, seconds)
    );
    Ok(())
}

fn per_second(events: usize, time: std::time::Duration) -> u128 {
    (events as u128 * 1_000_000) / time.as_micros().max(1)
}

/// What a folder holds, in bytes.
fn bytes_below(folder: &Path) -> std::io::Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        sum += if kind.is_dir() { bytes_below(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(sum)
}
