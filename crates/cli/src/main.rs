//! The program `chancery`: record, query and serve the register of a multilateral convention.
//!
//! What it is: arguments, files, progress, tables and messages. Everything it records goes through
//! the same service as everything else, and everything it shows through the same projections.

mod args;
mod commands;
mod copies;
mod doctor;
mod error;
mod input;
mod key;
mod lists;
mod log;
mod print;
mod register;
mod settings;

use std::process::ExitCode;

use clap::Parser;

use crate::args::{Args, Command};

/// Events are many small things, made by some threads and let go by others.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let args = Args::parse();
    // A server logs as its settings say.
    if !matches!(args.command, Command::Serve(_) | Command::Demo(_)) {
        log::quiet();
    }
    let global = args.global;
    let done = match args.command {
        Command::Demo(it) => commands::demo::run(&global, &it).await,
        Command::Serve(it) => commands::serve::run(&global, &it).await,
        Command::Settings(it) => commands::settings::run(&it),
        Command::Record(it) => commands::record::run(&global, &it).await,
        Command::Status(it) => commands::status::run(&global, &it).await,
        Command::Offices(it) => commands::offices::run(&global, &it).await,
        Command::Deadlines(it) => commands::deadlines::run(&global, &it).await,
        Command::Mandates(it) => commands::mandates::run(&global, &it).await,
        Command::Findings(it) => commands::findings::run(&global, &it).await,
        Command::Shares(it) => commands::shares::run(&global, &it).await,
        Command::Finances(it) => commands::finances::run(&global, &it).await,
        Command::Invoices(it) => commands::invoices::run(&global, &it).await,
        Command::Why(it) => commands::why::run(&global, &it).await,
        Command::History(it) => commands::history::run(&global, &it).await,
        Command::Diff(it) => commands::diff::run(&global, &it).await,
        Command::Whatif(it) => commands::whatif::run(&global, &it).await,
        Command::Query(it) => commands::query::run(&global, &it).await,
        Command::Coverage(it) => commands::coverage::run(&global, &it),
        Command::Init(it) => commands::init::run(&global, &it).await,
        Command::Verify(it) => commands::verify::run(&global, &it).await,
        Command::Checkpoint(it) => commands::checkpoint::run(&global, &it).await,
        Command::Prove(it) => commands::prove::run(&global, &it).await,
        Command::VerifyProof(it) => commands::verify_proof::run(&global, &it),
        Command::AuditReport(it) => commands::audit_report::run(&global, &it).await,
        Command::ProveComplete(it) => commands::prove_complete::run(&global, &it).await,
        Command::VerifyComplete(it) => commands::verify_complete::run(&global, &it),
        Command::StateRoot(it) => commands::state_root::run(&global, &it).await,
        Command::Seal(it) => commands::seal::run(&global, &it).await,
        Command::Key(it) => commands::key::run(&global, &it).await,
        Command::Consistency(it) => commands::consistency::run(&global, &it).await,
        Command::Backup(it) => commands::backup::run(&global, &it).await,
        Command::Export(it) => commands::export::run(&global, &it).await,
        Command::Doctor(it) => commands::doctor::run(&global, &it),
        Command::Restore(it) => commands::restore::run(&global, &it).await,
        Command::Schema(it) => commands::schema::run(&it),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => error.report(global.json),
    }
}
