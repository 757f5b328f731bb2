use std::{path::PathBuf, process::ExitCode};

use chancery_gateway::{
    auth::{AccessError, KeyFileError, OidcError},
    copy::{CopyError, CopyingError},
    http::ListenError,
    service::{JournalError, LoadError, ProofError, RecordError, verify::VerifyError},
};
use chancery_register::{DecodeError, record::Mistakes};
use chancery_store::{AppendError, CloseError, OpenError, ReadError};
use serde_json::json;

use crate::{print::count, settings::WrongSettings};

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The files have mistakes.
    #[error("{}", counted(.0))]
    Mistakes(Vec<Mistakes>),
    /// Something that was given cannot be recorded or answered.
    #[error("{0}")]
    Rejected(String),
    /// Something was asked for in a way that makes no sense.
    #[error("{0}")]
    Misuse(String),
    /// The settings of a server make no sense.
    #[error("{0}")]
    Settings(WrongSettings),
    /// The data folder cannot be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// There is no register yet.
    #[error("there is no register in `{}`; record something first, or run `chancery demo`", .0.display())]
    NoRegister(PathBuf),
    /// The register cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// The key that signs cannot be used.
    #[error(
        "the signing key {} cannot be used: {why}; the log is not concerned: put the copy of the key in its place, with mode 600", .path.display()
    )]
    Key {
        /// The file.
        path: PathBuf,
        /// Why.
        why: String,
    },
    /// The API keys cannot be used.
    #[error(transparent)]
    Keys(#[from] KeyFileError),
    /// The settings about tokens cannot be meant.
    #[error(transparent)]
    Tokens(#[from] OidcError),
    /// The key that signed is gone.
    #[error(
        "the signing key {} is gone, which has signed a checkpoint of the log {origin} over {size} events; put its copy back, with mode 600 (for one that is lost for good, see `chancery init --help`)", .path.display()
    )]
    LostKey {
        /// Where it belongs.
        path: PathBuf,
        /// The log's name.
        origin: String,
        /// Of how many events the last checkpoint is.
        size: u64,
    },
    /// The log does not stand.
    #[error("{0}{way_back}", way_back = way_back(.0))]
    Verify(VerifyError),
    /// Something cannot be proved.
    #[error(transparent)]
    Proof(#[from] ProofError),
    /// The journal was not written.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// The store refused.
    #[error(transparent)]
    Record(RecordError),
    /// The data folder is in use by a program that can be asked instead.
    #[error(
        "{0}; to copy the log while that program serves it, add --from with its address, as --from http://127.0.0.1:8017"
    )]
    Served(OpenError),
    /// A copy of the log that is not taken.
    #[error("{file}: {source}")]
    Copy {
        /// Which.
        file: String,
        /// Why.
        source: CopyError,
    },
    /// A copy of a log that this program would not have written.
    #[error("{file}: its log does not stand: {source}; nothing was restored, use another copy")]
    Unlawful {
        /// Which.
        file: String,
        /// Why.
        source: VerifyError,
    },
    /// The log cannot be copied.
    #[error(transparent)]
    Copying(#[from] CopyingError),
    /// The store refused what a copy holds.
    #[error("nothing was restored: {0}")]
    Append(AppendError),
    /// A program that serves did not answer as it should.
    #[error(
        "{address} gave no copy of its log: {detail}; look whether `chancery serve` runs there, and whether it is of this version"
    )]
    Ask {
        /// Which.
        address: String,
        /// Why.
        detail: String,
    },
    /// What `doctor` found.
    #[error("{0} wrong with the data folder; what to do stands above")]
    Unwell(String),
    /// The store did not close cleanly.
    #[error(transparent)]
    Close(#[from] CloseError),
    /// Nothing can be served where and as the settings say.
    #[error(transparent)]
    Listen(#[from] ListenError),
    /// Output that cannot be written.
    #[error("{what} cannot be written: {source}")]
    Write {
        /// What.
        what: String,
        /// Why.
        source: std::io::Error,
    },
}

impl Error {
    /// Shows the error to a person, or as JSON to a program, and says how to exit.
    pub(crate) fn report(self, json: bool) -> ExitCode {
        let code = self.code();
        if json {
            eprintln!("{}", self.json());
        } else if let Self::Mistakes(files) = self {
            for mistakes in files {
                eprintln!("{:?}", miette::Report::new(mistakes));
            }
        } else if let Self::Settings(wrong) = self {
            wrong.reports().for_each(|report| eprintln!("{report}"));
            eprintln!("error: {wrong}; nothing was started");
        } else {
            eprintln!("error: {self}");
            if self.is_damage() {
                eprintln!(
                    "help: `chancery doctor` looks closer and changes nothing; `chancery --data NEW restore FILE` makes a register from a backup"
                );
            } else if matches!(
                self,
                Self::Open(OpenError::Io { .. } | OpenError::NotWritable { .. })
            ) {
                eprintln!(
                    "help: `chancery doctor` says what is wrong with the folder and what to do"
                );
            }
        }
        ExitCode::from(code)
    }

    /// Whether bytes that were acknowledged are damaged or gone.
    fn is_damage(&self) -> bool {
        let read = match self {
            Self::Open(OpenError::Corrupt { .. })
            | Self::Proof(ProofError::Forked { .. } | ProofError::RolledBack { .. }) => {
                return true;
            }
            Self::Load(load)
            | Self::Record(RecordError::Load(load))
            | Self::Journal(JournalError::Load(load)) => match load {
                LoadError::Read(error) | LoadError::Proof(ProofError::Read(error)) => error,
                // A newer program wrote it; or it is what is kept beside the log that is wrong.
                LoadError::Decode(DecodeError::Unknown { .. }) | LoadError::Otherwise { .. } => {
                    return false;
                }
                // What was stored is no longer what was written.
                _ => return true,
            },
            Self::Copying(CopyingError::Read(error)) | Self::Proof(ProofError::Read(error)) => {
                error
            }
            Self::Verify(VerifyError::Read(error)) => error,
            Self::Verify(error) => return error.is_damage(),
            _ => return false,
        };
        matches!(read, ReadError::Corrupt { .. })
    }

    fn code(&self) -> u8 {
        match self {
            Self::Journal(JournalError::Rejected(_) | JournalError::Text(_)) => 1,
            Self::Mistakes(_) | Self::Rejected(_) | Self::Copy { .. } | Self::Unlawful { .. } => 1,
            // The log is well: what was asked for is not in it, or nobody signs it.
            Self::Proof(
                ProofError::NoKey
                | ProofError::TooShort { .. }
                | ProofError::Prove(_)
                | ProofError::Note(_),
            ) => 1,
            // The store is well: it is the file that asks for too much, or came too late.
            Self::Record(RecordError::Append {
                source:
                    AppendError::Conflict { .. }
                    | AppendError::TooLarge { .. }
                    | AppendError::CommitTooLarge { .. },
                ..
            }) => 1,
            Self::Misuse(_) | Self::Settings(_) | Self::Tokens(_) | Self::Listen(_) => 2,
            _ => 3,
        }
    }

    fn json(&self) -> serde_json::Value {
        let mistakes: Vec<serde_json::Value> = match self {
            Self::Mistakes(files) => files
                .iter()
                .flat_map(|file| {
                    file.lines().map(|(line, column, mistake)| {
                        json!({
                            "file": file.name(),
                            "line": line,
                            "column": column,
                            "what": mistake.what,
                            "right": mistake.right,
                        })
                    })
                })
                .collect(),
            Self::Settings(wrong) => wrong.json(),
            _ => Vec::new(),
        };
        let position = match self {
            Self::Verify(error) => error.position(),
            _ => None,
        };
        json!({ "error": self.to_string(), "mistakes": mistakes, "position": position, "damaged": self.is_damage() })
    }
}

impl From<AccessError> for Error {
    fn from(error: AccessError) -> Self {
        match error {
            AccessError::Keys(error) => Self::Keys(error),
            AccessError::Tokens(error) => Self::Tokens(error),
        }
    }
}

impl From<RecordError> for Error {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Mistakes(files) => Self::Mistakes(files),
            error => Self::Record(error),
        }
    }
}

fn way_back(error: &VerifyError) -> &'static str {
    if error.is_damage() { "; restore a backup" } else { "" }
}

fn counted(files: &[Mistakes]) -> String {
    let mistakes = count(files.iter().map(Mistakes::count).sum(), "mistake");
    format!("{mistakes} in {}; nothing was recorded", count(files.len(), "file"))
}
