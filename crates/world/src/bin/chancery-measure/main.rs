//! `chancery-measure WORK`: does one work and tells as one line of JSON what it took. The
//! benchmarks call it, once for each figure; a limit of the machine is measured beside the work,
//! in turns, where both fit in one process.

mod bulk;
mod commands;
mod log;
mod output;
mod serve;

use std::{net::SocketAddr, path::PathBuf, process::ExitCode};

use chancery_world::Size;
use clap::{Parser, Subcommand};

type Failure = Box<dyn std::error::Error + Send + Sync>;

/// Does one work and tells what it took.
#[derive(Debug, Parser)]
#[command(name = "chancery-measure")]
struct Args {
    #[command(subcommand)]
    work: Work,
}

#[derive(Debug, Subcommand)]
enum Work {
    /// Durable commands, in turns with writing and syncing the same bytes into a plain file.
    Commands {
        /// A register; where there is none, one is made.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// How many write at once, each on a convention of its own.
        #[arg(long, default_value_t = 1)]
        writers: usize,
        /// For how long each of the two is done, in all.
        #[arg(long, default_value_t = 3)]
        seconds: u32,
    },
    /// Records a whole world that was made before, from typed facts to synced bytes.
    Bulk {
        /// How large.
        #[arg(value_enum)]
        size: Size,
        /// A new folder.
        #[arg(long, value_name = "DIR")]
        data: PathBuf,
        /// How many conventions are recorded at once.
        #[arg(long, default_value_t = 64)]
        at_once: usize,
    },
    /// Reads the log of a register and decodes it: the limit of a replay.
    Decode(Register),
    /// Opens a register: reads, decodes and folds all of it.
    Replay(Register),
    /// Reads the log of a register and hashes its bytes with SHA-256: the limit of verifying.
    Hash(Register),
    /// Verifies a register.
    Verify(Register),
    /// Writes the events of a register into a file, one canonical JSON a line.
    Events {
        #[command(flatten)]
        register: Register,
        /// The file.
        #[arg(long, value_name = "FILE")]
        to: PathBuf,
    },
    /// Serves a register as `chancery serve` does, while so many commands a second are recorded.
    Serve {
        #[command(flatten)]
        register: Register,
        /// Where.
        #[arg(long, default_value = "127.0.0.1:0")]
        listen: SocketAddr,
        /// Commands a second, to its last convention.
        #[arg(long, default_value_t = 0)]
        appends: u32,
    },
}

/// A register that is there.
#[derive(Debug, clap::Args)]
struct Register {
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

/// Events are many small things, made by some threads and let go by others.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let done = match Args::parse().work {
        Work::Commands { data, writers, seconds } => commands::run(&data, writers, seconds).await,
        Work::Bulk { size, data, at_once } => bulk::run(size, &data, at_once).await,
        Work::Decode(it) => log::decode(&it.data).await,
        Work::Replay(it) => log::replay(&it.data).await,
        Work::Hash(it) => log::hash(&it.data).await,
        Work::Verify(it) => log::verify(&it.data).await,
        Work::Events { register, to } => log::events(&register.data, &to).await,
        Work::Serve { register, listen, appends } => {
            serve::run(&register.data, listen, appends).await
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
