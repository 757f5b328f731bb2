//! The log's key, and what proves that nothing in the log was changed.

use std::path::PathBuf;

use chancery_kernel::{DocumentSymbol, MeetingId, RecorderId, StateCode};
use chancery_ledger::VerifierKey;
use chancery_register::mention::Subject;
use clap::Subcommand;

use super::access::{AddKey, RevokeKey};

#[derive(Debug, clap::Args)]
pub(crate) struct Init {
    /// The log's name, unique in the world: a domain and a path, without a scheme, as
    /// `example.org/register`. One is made up if it is left out.
    #[arg(long, value_name = "NAME", env = crate::key::ORIGIN)]
    pub(crate) origin: Option<String>,
}

/// What a log is verified by.
#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// A public key that may have signed, as it was published; may be given several times. That of
    /// the data folder is taken if it is left out.
    #[arg(long, value_name = "KEY", value_parser = verifier_key)]
    pub(crate) key: Vec<VerifierKey>,
    /// A checkpoint that was kept elsewhere, which the log must continue; may be given several
    /// times.
    #[arg(long, value_name = "FILE")]
    pub(crate) checkpoint: Vec<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Checkpoint {
    /// Over so many events; all if it is left out.
    #[arg(long, value_name = "N")]
    pub(crate) size: Option<u64>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Prove {
    /// The event's position, as `history` shows it.
    pub(crate) position: u64,
    /// In the log of so many events; all if it is left out.
    #[arg(long, value_name = "N")]
    pub(crate) size: Option<u64>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyProof {
    /// The proof.
    pub(crate) file: PathBuf,
    /// A public key of the log, as it was published; given several times where it was changed.
    #[arg(long, required = true, value_name = "KEY", value_parser = verifier_key)]
    pub(crate) key: Vec<VerifierKey>,
    /// The bytes of the entry; those within the proof if it is left out.
    #[arg(long, value_name = "FILE")]
    pub(crate) entry: Option<PathBuf>,
    /// The earlier checkpoint that a proof of growth begins from.
    #[arg(long, value_name = "FILE")]
    pub(crate) old: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct AuditReport {
    /// As a page of HTML; Markdown otherwise.
    #[arg(long)]
    pub(crate) html: bool,
    #[command(flatten)]
    pub(crate) verify: Verify,
}

#[derive(Debug, clap::Args)]
pub(crate) struct ProveComplete {
    #[command(flatten)]
    pub(crate) about: About,
    /// Put every entry of the log into the file: only then does it prove by itself that no event
    /// is left out.
    #[arg(long)]
    pub(crate) with_log: bool,
}

/// What a set of events is about.
#[derive(Debug, clap::Args)]
#[group(required = true, multiple = false)]
pub(crate) struct About {
    /// A meeting: `7msp`.
    #[arg(long, value_name = "ID")]
    meeting: Option<MeetingId>,
    /// A State: `ZMB`.
    #[arg(long, value_name = "CODE")]
    state: Option<StateCode>,
    /// A document: `CCM/MSP/2017/12`.
    #[arg(long, value_name = "SYMBOL")]
    document: Option<DocumentSymbol>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct VerifyComplete {
    /// What `prove-complete` printed.
    pub(crate) file: PathBuf,
    /// A public key of the log, as it was published; given several times where it was changed.
    #[arg(long, required = true, value_name = "KEY", value_parser = verifier_key)]
    pub(crate) key: Vec<VerifierKey>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct StateRoot {
    /// Of the log up to this position; of all if it is left out.
    #[arg(long, value_name = "N")]
    pub(crate) at_position: Option<u64>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Seal {
    /// Who seals.
    #[arg(long, value_name = "ID", env = "CHANCERY_RECORDED_BY")]
    pub(crate) recorded_by: RecorderId,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Key {
    /// The log's name and the public key of what signs it.
    Show,
    /// Make a new key to sign the log, and record that it follows the old one, which endorses it.
    Rotate(RotateKey),
    /// Let somebody write over GraphQL: make an API key and show it, once.
    Add(AddKey),
    /// Who may write over GraphQL, and what.
    List,
    /// Take API keys back, also while the register is served.
    Revoke(RevokeKey),
}

#[derive(Debug, clap::Args)]
pub(crate) struct RotateKey {
    /// Why.
    #[arg(long, value_name = "TEXT")]
    pub(crate) reason: String,
    /// Who changes it.
    #[arg(long, value_name = "ID", env = "CHANCERY_RECORDED_BY")]
    pub(crate) recorded_by: RecorderId,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Consistency {
    /// The earlier size.
    pub(crate) old: u64,
    /// The later size; the present one if it is left out.
    pub(crate) new: Option<u64>,
}

impl About {
    /// What is asked about.
    pub(crate) fn subject(&self) -> Option<Subject> {
        let meeting = self.meeting.clone().map(Subject::Meeting);
        let document = || self.document.clone().map(Subject::Document);
        meeting.or_else(|| self.state.map(Subject::State)).or_else(document)
    }
}

fn verifier_key(text: &str) -> Result<VerifierKey, String> {
    text.parse().map_err(|error: chancery_ledger::NoteError| error.to_string())
}
