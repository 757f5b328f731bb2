mod access;
mod changes;
mod keep;
mod money;
mod proof;
mod settings;

use std::path::PathBuf;

use chancery_kernel::{ConventionId, MeetingId, Money, RecorderId, StateCode};
use chancery_projections::FindingRule;
use clap::{Parser, Subcommand};
use jiff::{Span, Timestamp, civil::Date};

pub(crate) use access::{AddKey, RevokeKey};
pub(crate) use changes::{Diff, History, Turn, Whatif};
pub(crate) use keep::{Backup, Doctor, Export, Restore};
pub(crate) use money::{Finances, FinancesPart, Invoices, Shares, Suppose};
pub(crate) use proof::{
    AuditReport, Checkpoint, Consistency, Init, Key, Prove, ProveComplete, RotateKey, Seal,
    StateRoot, Verify, VerifyComplete, VerifyProof,
};
pub(crate) use settings::{Given, Settings};

/// The register of a multilateral convention: every act an event, with the paragraph that proves
/// it. Chancery is not the depositary.
#[derive(Debug, Parser)]
#[command(version, after_help = "Exit codes: 0 done, 1 rejected, 2 misuse, 3 store trouble.")]
pub(crate) struct Args {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Global {
    /// The data folder.
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        env = "CHANCERY_DATA",
        default_value = ".chancery"
    )]
    pub(crate) data: PathBuf,
    /// Print JSON, for programs.
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Record the fixtures and serve them.
    Demo(Demo),
    /// Serve the register over GraphQL.
    Serve(Serve),
    /// Print the settings of a server that hold, each with where it is from.
    Settings(Settings),
    /// Record files, tables and whole folders; each file is one commit.
    Record(Record),
    /// How many States are bound, in force, pending, signatories only and withdrawn.
    Status(Read),
    /// Who holds which office.
    Offices(Read),
    /// What States owe by when, and how it stands.
    Deadlines(Deadlines),
    /// Who must do what by when.
    Mandates(Mandates),
    /// What contradicts what.
    Findings(Findings),
    /// What each State would owe of a meeting's costs: a calculation, recorded nowhere.
    Shares(Shares),
    /// What is due, paid and outstanding for a year, State by State.
    Invoices(Invoices),
    /// What is recorded of the money: budgets, contributions, the reserve, procedures, scales.
    Finances(Finances),
    /// Why a figure or a date is what it is: the rule, what it was computed from, and the events.
    Why(Why),
    /// Every event, in the order of recording.
    History(History),
    /// What changed between two points.
    Diff(Diff),
    /// What files would change: nothing is recorded.
    Whatif(Whatif),
    /// Run a GraphQL query and print the response as JSON.
    Query(Query),
    /// What of a source is recorded and what is left, place by place.
    Coverage(Coverage),
    /// Make the key that signs the register's log.
    ///
    /// In a register whose key is lost for good, too: the log goes on under the new one, if it is
    /// still what was signed last. Nothing leads from the old key to the new one, so that those who
    /// trusted the old one must be told; give the log another name.
    Init(Init),
    /// Verify the whole log: every stored byte, every rule, the tree and what was signed.
    Verify(Verify),
    /// Print the log's signed checkpoint.
    Checkpoint(Checkpoint),
    /// Print a proof that an event is in the log; it stands alone in one file.
    Prove(Prove),
    /// Judge a proof by a public key, without a register.
    VerifyProof(VerifyProof),
    /// Verify the log and print a report of it for people who read no code.
    AuditReport(AuditReport),
    /// Print all events about a meeting, a State or a document, with proofs, and what they prove.
    ProveComplete(ProveComplete),
    /// Judge what `prove-complete` printed by a public key, without a register.
    VerifyComplete(VerifyComplete),
    /// Print the hash over everything that the log comes to.
    StateRoot(StateRoot),
    /// Record the state root in the log, so that a checkpoint vouches for results, too.
    Seal(Seal),
    /// The key that signs the log, and the API keys of those who may write over GraphQL.
    #[command(subcommand)]
    Key(Key),
    /// Print a proof that the log has only grown since it had a size.
    Consistency(Consistency),
    /// Copy the whole log into a file, also while the register is served.
    Backup(Backup),
    /// Print the whole log as JSON Lines, or a list as CSV, or write every list into an SQLite file.
    Export(Export),
    /// Make a register from a backup or an export, once all of it has been checked.
    #[command(visible_alias = "import")]
    Restore(Restore),
    /// Say what is wrong with a data folder and what to do; nothing in it is changed.
    Doctor(Doctor),
    /// The schemas: GraphQL, and JSON Schema of record files, profiles and events.
    Schema(Schema),
}

#[derive(Debug, clap::Args)]
pub(crate) struct Demo {
    /// The folder to record.
    #[arg(long, value_name = "DIR", default_value = "fixtures/ccm")]
    pub(crate) fixtures: PathBuf,
    #[command(flatten)]
    pub(crate) settings: Given,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    pub(crate) settings: Given,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Terms {
    /// On which terms the data are given: the address of a licence, or words.
    #[arg(long, value_name = "LICENCE", env = "CHANCERY_LICENCE")]
    pub(crate) licence: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Record {
    /// Record files (YAML), tables (CSV), or folders: the profile first, then tables, then records.
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Only check, record nothing.
    #[arg(long)]
    pub(crate) check: bool,
    /// The convention of a table that stands alone.
    #[arg(long, value_name = "ID")]
    pub(crate) convention: Option<ConventionId>,
    /// Who records a table that stands alone; whoever recorded the convention's profile when it is
    /// not said.
    #[arg(long, value_name = "ID", env = "CHANCERY_RECORDED_BY")]
    pub(crate) recorded_by: Option<RecorderId>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Read {
    /// Which convention; not needed when only one is recorded.
    #[arg(long, value_name = "ID")]
    pub(crate) convention: Option<ConventionId>,
    /// The day asked about, as 2017-09-06; today (UTC) when it is not said.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub(crate) as_at: Option<Date>,
    /// What had been recorded at a moment, as 2017-09-25T09:00:00Z; all when it is not said.
    #[arg(long, value_name = "MOMENT", value_parser = moment)]
    pub(crate) as_known_at: Option<Timestamp>,
    /// What had been recorded right after the event at this position of the log.
    #[arg(long, value_name = "N", conflicts_with = "as_known_at")]
    pub(crate) at_position: Option<u64>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Why {
    /// Which figure: `in-force`, `entry-into-force BEN`, `standing BEN`, `withdrawal LTU`,
    /// `meeting 7msp`, `term coordinator DEU general_status`, `deadline MOZ clearance`,
    /// `mandate ID`, `share DEU 8msp USD 300000`, `shares …`, `payments DEU 2018`, `budget 2018`,
    /// `coverage 2018`, `contributors 2018`, `request DEU 2018 7(a)`, `review`, `reserve`,
    /// `shortfall`.
    #[arg(required = true, value_name = "FIGURE")]
    pub(crate) figure: Vec<String>,
    /// The meeting of shares, or of a term.
    #[arg(long, value_name = "ID")]
    pub(crate) meeting: Option<MeetingId>,
    /// What is shared out, as "USD 300000".
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) total: Option<Money>,
    #[command(flatten)]
    pub(crate) suppose: Suppose,
    #[command(flatten)]
    pub(crate) read: Read,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Deadlines {
    #[command(flatten)]
    pub(crate) read: Read,
    /// Only what falls due in this time, as 180d, 26w, 6m or 1y.
    #[arg(long, value_name = "TIME", value_parser = time)]
    pub(crate) within: Option<Span>,
    /// Only what is past its date and not done, by a record that the profile calls complete.
    #[arg(long, conflicts_with_all = ["within", "not_recorded"])]
    pub(crate) overdue: bool,
    /// Only what is past its date with nothing recorded, where the record is kept in part.
    #[arg(long, conflicts_with = "within")]
    pub(crate) not_recorded: bool,
    /// Everything of one State, also what it has done.
    #[arg(long, value_name = "CODE")]
    pub(crate) state: Option<StateCode>,
    /// Every report, also past and fulfilled ones.
    #[arg(long)]
    pub(crate) reports: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Mandates {
    #[command(flatten)]
    pub(crate) read: Read,
    /// Only what is still to be done.
    #[arg(long)]
    pub(crate) open: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Findings {
    #[command(flatten)]
    pub(crate) read: Read,
    /// Only what nobody has corrected or set aside.
    #[arg(long)]
    pub(crate) open: bool,
    /// Only what this rule found: `date_outside_meeting`. May be given several times.
    #[arg(long, value_name = "RULE")]
    pub(crate) rule: Vec<FindingRule>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Query {
    /// The query, or `-` to read it from standard input.
    pub(crate) query: String,
    /// Its variables, as a JSON object.
    #[arg(long, value_name = "JSON", default_value = "{}")]
    pub(crate) variables: String,
    /// Which operation of the query to run.
    #[arg(long, value_name = "NAME")]
    pub(crate) operation: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Coverage {
    /// The record file.
    pub(crate) file: PathBuf,
    /// The text of its source.
    #[arg(long, value_name = "TEXT")]
    pub(crate) source: PathBuf,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Schema {
    /// Which one to print.
    #[arg(value_enum, default_value = "graphql")]
    pub(crate) which: SchemaKind,
    /// Write all of them into this folder instead.
    #[arg(long, value_name = "DIR", num_args = 0..=1, default_missing_value = "schema")]
    pub(crate) write: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum SchemaKind {
    /// The GraphQL schema.
    Graphql,
    /// JSON Schema of record files.
    Record,
    /// JSON Schema of profiles.
    Profile,
    /// JSON Schema of stored events.
    Event,
}

impl From<&Terms> for chancery_gateway::export::Terms {
    fn from(terms: &Terms) -> Self {
        terms.licence.as_ref().map_or_else(Self::default, Self::new)
    }
}

fn day(text: &str) -> Result<Date, String> {
    let date: chancery_kernel::PartialDate =
        text.parse().map_err(|error: chancery_kernel::DateError| error.to_string())?;
    date.day().ok_or_else(|| format!("`{text}` names no day; write year-month-day as 2017-09-06"))
}

fn moment(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|_| format!("`{text}` is not a moment; write it as 2017-09-25T09:00:00Z"))
}

/// A length of time: a number and its unit.
fn time(text: &str) -> Result<Span, String> {
    let wrong = || format!("`{text}` is not a length of time; write it as 180d, 26w, 6m or 1y");
    let (at, unit) = text.char_indices().next_back().ok_or_else(wrong)?;
    let number: u16 = text[..at].parse().map_err(|_| wrong())?;
    let span = match unit {
        'd' => Span::new().try_days(number),
        'w' => Span::new().try_weeks(number),
        'm' => Span::new().try_months(number),
        'y' => Span::new().try_years(number),
        _ => return Err(wrong()),
    };
    span.map_err(|_| wrong())
}
