//! What the program makes of a folder, within a time.

use std::{
    fs::File,
    path::Path,
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use crate::run::program;

/// How long any command may take on folders as small as these.
const LIMIT: Duration = Duration::from_secs(60);

/// What a command said in time.
pub(super) struct Ended {
    pub(super) status: ExitStatus,
    pub(super) out: String,
    pub(super) err: String,
}

/// How the program came out of it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Outcome {
    /// It answers: this is the whole log, as an export.
    Whole(String),
    /// It says that it cannot answer, and why.
    Refused(String),
    /// None of that: a panic, a hang, a wrong exit. These end the campaign.
    Wrong(String),
}

/// Runs the program on a folder.
pub(super) fn run(data: &Path, args: &[&str]) -> Result<Ended, String> {
    let mut command = program();
    command.arg("--data").arg(data).args(args);
    within(&mut command, LIMIT)
}

/// Opens the folder, verifies it, and reads every event.
pub(super) fn examine(data: &Path) -> Outcome {
    let mut said = String::new();
    for command in ["verify", "export"] {
        let ended = match run(data, &[command]) {
            Ok(ended) => ended,
            Err(hang) => return Outcome::Wrong(hang),
        };
        if let Err(outcome) = judge(&ended) {
            return outcome;
        }
        said = ended.out;
    }
    Outcome::Whole(said)
}

/// Whether a command did what it should, or said plainly why not.
pub(super) fn judge(ended: &Ended) -> Result<(), Outcome> {
    let err = ended.err.trim();
    let all = || format!("{}: {err}", ended.status);
    match ended.status.code() {
        _ if err.contains("panicked") => Err(Outcome::Wrong(all())),
        Some(0) => Ok(()),
        // Store trouble, in words that say what to do about it.
        Some(3) if err.contains("error: ") && err.contains(';') => {
            Err(Outcome::Refused(err.to_owned()))
        }
        _ => Err(Outcome::Wrong(all())),
    }
}

/// Output goes to files: a pipe that nobody empties would look like a hang.
fn within(command: &mut Command, limit: Duration) -> Result<Ended, String> {
    let folder = tempfile::tempdir().unwrap();
    let (out, err) = (folder.path().join("out"), folder.path().join("err"));
    command.stdout(File::create(&out).unwrap()).stderr(File::create(&err).unwrap());
    let mut child = command.stdin(Stdio::null()).spawn().unwrap();
    let start = Instant::now();
    let status = loop {
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None if start.elapsed() > limit => {
                child.kill().unwrap();
                child.wait().unwrap();
                return Err(format!("it hung: {command:?} took more than {} s", limit.as_secs()));
            }
            None => thread::sleep(Duration::from_millis(4)),
        }
    };
    let text = |path| String::from_utf8_lossy(&std::fs::read(path).unwrap()).into_owned();
    Ok(Ended { status, out: text(out), err: text(err) })
}
