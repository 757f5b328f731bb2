mod changes;

use std::{net::SocketAddr, path::PathBuf};

use chancery_finance::{Payers, Year};
use chancery_kernel::{
    ConventionId, DocumentSymbol, MeetingId, Money, Percent, RecorderId, StateCode,
};
use chancery_ledger::VerifierKey;
use chancery_projections::{FindingRule, WhatIf};
use chancery_register::mention::Subject;
use clap::{Parser, Subcommand};
use jiff::{Span, Timestamp, civil::Date};

pub(crate) use changes::{Diff, History, Turn, Whatif};

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
    /// Show or change the key that signs the log.
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
    pub(crate) serve: Serve,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Serve {
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDRESS", env = "CHANCERY_LISTEN", default_value = "127.0.0.1:8017")]
    pub(crate) listen: SocketAddr,
    #[command(flatten)]
    pub(crate) terms: Terms,
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
    /// Who records a table that stands alone.
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
pub(crate) struct Shares {
    #[command(flatten)]
    pub(crate) read: Read,
    /// Which meeting: its first day says who pays, its year which scale.
    #[arg(long, value_name = "ID")]
    pub(crate) meeting: MeetingId,
    /// What is shared out, as "USD 300000".
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) total: Money,
    #[command(flatten)]
    pub(crate) suppose: Suppose,
    /// Print CSV, for spreadsheets.
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Suppose {
    /// Suppose a rate of a State, in per cent: `VAT=0.001`. May be given several times.
    #[arg(long, value_name = "STATE=RATE", value_parser = rate)]
    rate: Vec<(StateCode, Percent)>,
    /// Suppose that these States do not pay: `COK,VAT`.
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    leave_out: Vec<StateCode>,
    /// Suppose that only States parties pay, whoever else takes part.
    #[arg(long)]
    only_parties: bool,
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
pub(crate) struct Invoices {
    #[command(flatten)]
    pub(crate) read: Read,
    /// The budget's year.
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Year,
    /// Print CSV, for spreadsheets.
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Finances {
    #[command(flatten)]
    pub(crate) read: Read,
    /// Only this part; without it all but the rates.
    #[arg(value_enum, value_name = "PART")]
    pub(crate) part: Option<FinancesPart>,
    /// Only the budget of this year, what was paid to it, and the scale that holds in it.
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<Year>,
    /// Print one part as CSV, for spreadsheets.
    #[arg(long, requires = "part", conflicts_with = "json")]
    pub(crate) csv: bool,
}

/// A part of what is recorded of the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum FinancesPart {
    /// Budgets, with what came in and who approved them.
    Budgets,
    /// Contributions of States and of organisations.
    Contributions,
    /// The reserve: its level, what is in it, what is missing.
    Reserve,
    /// The categories of the financial procedures, with everybody who decided on them.
    Procedures,
    /// The scales of assessments, by period.
    Scales,
    /// Each State's rate in the scale of a year; asks for `--year`.
    Rates,
    /// Estimated costs of meetings.
    Estimates,
    /// Reports of arrears.
    Arrears,
}

impl FinancesPart {
    /// What is shown where no part is asked for.
    pub(crate) const OVERVIEW: [Self; 7] = [
        Self::Budgets,
        Self::Contributions,
        Self::Reserve,
        Self::Procedures,
        Self::Scales,
        Self::Estimates,
        Self::Arrears,
    ];
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
pub(crate) struct Init {
    /// The log's name, unique in the world: a domain and a path, without a scheme, as
    /// `example.org/register`. One is made up if it is left out.
    #[arg(long, value_name = "NAME", env = crate::key::ORIGIN)]
    pub(crate) origin: Option<String>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Verify {
    /// A public key that may have signed, as it was published; may be given several times. That of
    /// the data folder is taken if it is left out.
    #[arg(long, value_name = "KEY", value_parser = verifier_key)]
    pub(crate) key: Vec<VerifierKey>,
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
    /// A public key that may have signed, as it was published; may be given several times. That of
    /// the data folder is taken if it is left out.
    #[arg(long, value_name = "KEY", value_parser = verifier_key)]
    pub(crate) key: Vec<VerifierKey>,
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
    /// The log's name and its public key.
    Show,
    /// Make a new key, and record that it follows the old one, which endorses it.
    Rotate(RotateKey),
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

impl Suppose {
    /// What is supposed, for the calculation.
    pub(crate) fn what_if(&self) -> WhatIf {
        WhatIf {
            rates: self.rate.iter().copied().collect(),
            leave_out: self.leave_out.iter().copied().collect(),
            payers: self.only_parties.then_some(Payers::StatesParties),
        }
    }

    /// Whether nothing is.
    pub(crate) fn is_empty(&self) -> bool {
        self.what_if() == WhatIf::default()
    }
}

fn rate(text: &str) -> Result<(StateCode, Percent), String> {
    let (state, rate) = text.split_once('=').ok_or_else(|| {
        format!("`{text}` gives no rate; write the State and its rate as VAT=0.001")
    })?;
    let state = state.parse().map_err(|error: chancery_kernel::UnknownState| error.to_string())?;
    let rate = rate.parse().map_err(|error: chancery_kernel::PercentError| error.to_string())?;
    Ok((state, rate))
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
