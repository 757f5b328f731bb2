//! Copies of the register, and what is wrong with a folder.

use std::path::PathBuf;

use super::{Read, Terms};

#[derive(Debug, clap::Args)]
pub(crate) struct Backup {
    /// A file that does not exist, or a folder, in which the file is named after its content.
    #[arg(value_name = "FILE|DIR")]
    pub(crate) target: PathBuf,
    /// Ask the program that serves the register at this address, as http://127.0.0.1:8017.
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) from: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Restore {
    /// What `backup` or `export` wrote; `-` is standard input.
    pub(crate) file: PathBuf,
    /// The signing key of the register that was, its file `ledger.key`: it is in no backup.
    #[arg(long, value_name = "FILE", conflicts_with = "check")]
    pub(crate) signing_key: Option<PathBuf>,
    /// Only check it, restore nothing.
    #[arg(long)]
    pub(crate) check: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Doctor {
    /// A folder of backups: the last one that is whole is looked for.
    #[arg(long, value_name = "DIR", env = "CHANCERY_BACKUPS")]
    pub(crate) backups: Option<PathBuf>,
    /// Where a copy of the data folder may be made; the system's folder for temporary files if not said.
    #[arg(long, value_name = "DIR")]
    pub(crate) scratch: Option<PathBuf>,
    /// How long opening the copy may take; a minute and a second for each MiB if not said.
    #[arg(long, value_name = "SECONDS")]
    pub(crate) time_limit: Option<u64>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    /// Which list, as CSV: participants, meetings, attendance, decisions and so on. Without one, the
    /// whole log is printed as JSON Lines, with hashes: the form of backups.
    pub(crate) list: Option<String>,
    /// Print CSV, for spreadsheets: what is printed of a list when nothing else is said.
    #[arg(long, requires = "list")]
    pub(crate) csv: bool,
    /// Print JSON Lines, an object for each row.
    #[arg(long, requires = "list", conflicts_with = "csv")]
    pub(crate) jsonl: bool,
    /// Print what the list and its columns are, where it comes from and on which terms.
    #[arg(long, requires = "list", conflicts_with_all = ["csv", "jsonl"])]
    pub(crate) metadata: bool,
    /// Write every list into this new file.
    #[arg(long, value_name = "FILE", conflicts_with = "list")]
    pub(crate) sqlite: Option<PathBuf>,
    /// Ask the program that serves the register at this address for the log, as
    /// http://127.0.0.1:8017.
    #[arg(long, value_name = "ADDRESS", conflicts_with_all = ["list", "sqlite"])]
    pub(crate) from: Option<String>,
    #[command(flatten)]
    pub(crate) read: Read,
    #[command(flatten)]
    pub(crate) terms: Terms,
}
