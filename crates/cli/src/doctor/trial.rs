//! Opening a copy in another process: the storage engine mends what it takes for damage, and may
//! hang over it or abort.

use std::{
    fs::{self, File},
    io,
    path::Path,
    process::{Command, ExitStatus, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::fs::statvfs;
use serde_json::Value;

use super::{Diagnosis, Examination, State, folder::Held, size};
use crate::{copies::Unfinished, error::Error, key};

/// How the trial ended.
enum Ended {
    Status(ExitStatus, String),
    TooLate,
}

/// Copies the folder, opens the copy, and reads and checks every event of it.
pub(super) fn open_a_copy(
    examination: &Examination,
    held: &Held,
    diagnosis: &mut Diagnosis,
) -> Result<(), Error> {
    let scratch = &examination.scratch;
    if let Ok(disk) = statvfs(scratch)
        && disk.f_bavail.saturating_mul(disk.f_frsize) < held.bytes
    {
        let text = format!(
            "not looked at: {} has no room for a copy of {}",
            scratch.display(),
            size(held.bytes)
        );
        diagnosis.add("log", State::Unknown, text);
        diagnosis.advise("Name a folder that has room with --scratch.");
        return Ok(());
    }
    let copy = Unfinished::beside(&scratch.join("chancery-doctor"))?;
    let failed = |source| Error::Write { what: copy.path().display().to_string(), source };
    fs::create_dir_all(copy.path()).map_err(failed)?;
    if let Err((path, error)) = copy_files(examination.data, held, copy.path()) {
        diagnosis.add(
            "log",
            State::Wrong,
            format!("not looked at: {path} cannot be copied: {error}"),
        );
        return Ok(());
    }
    let limit = examination.time_limit.unwrap_or(60 + (held.bytes >> 20));
    let keys = public_key(examination.data, diagnosis);
    let ended = run(copy.path(), &keys, Duration::from_secs(limit)).map_err(failed)?;
    judge(examination.data, copy.path(), &ended, limit, diagnosis);
    Ok(())
}

fn copy_files(data: &Path, held: &Held, to: &Path) -> Result<(), (String, io::Error)> {
    // Secret keys stay where they are.
    let secrets = [key::FILE, key::NEXT, chancery_gateway::auth::FILE];
    let files = held.files.iter().filter(|file| !secrets.iter().any(|it| file.ends_with(it)));
    for file in files {
        let target = to.join(file.strip_prefix(data).unwrap_or(file));
        let copied = target.parent().map_or(Ok(()), fs::create_dir_all);
        let copied = copied.and_then(|()| fs::copy(file, &target));
        copied.map_err(|error| (file.display().to_string(), error))?;
    }
    Ok(())
}

/// The public half of the key that signs, which verifies what it signed.
fn public_key(data: &Path, diagnosis: &mut Diagnosis) -> Vec<String> {
    match key::load(data) {
        Ok(Some(key)) => {
            let public = key.public().to_string();
            diagnosis.add("key", State::Well, format!("signs as {public}"));
            vec![public]
        }
        Ok(None) => Vec::new(),
        Err(error) => {
            diagnosis.add("key", State::Wrong, error.to_string());
            diagnosis.advise("Put the key back from where it is kept: the log does not need it to be read, but nothing can be signed without it.");
            Vec::new()
        }
    }
}

/// Runs this program on the copy. What it prints goes to a file: a pipe that nobody empties would
/// look like a hang.
fn run(copy: &Path, keys: &[String], limit: Duration) -> io::Result<Ended> {
    let said = copy.join("doctor.said");
    let mut child = Command::new(std::env::current_exe()?)
        .args(["--json", "--data"])
        .arg(copy)
        .arg("verify")
        .args(keys.iter().flat_map(|key| ["--key", key]))
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(File::create(&said)?)
        .spawn()?;
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait()? {
            let said = fs::read(&said)?;
            return Ok(Ended::Status(status, String::from_utf8_lossy(&said).into_owned()));
        }
        if start.elapsed() > limit {
            child.kill()?;
            child.wait()?;
            return Ok(Ended::TooLate);
        }
        thread::sleep(Duration::from_millis(10));
    }
}

fn judge(data: &Path, copy: &Path, ended: &Ended, limit: u64, diagnosis: &mut Diagnosis) {
    let (text, damaged) = match ended {
        Ended::Status(status, _) if status.success() => {
            diagnosis.add("log", State::Well, "opens, and every event was verified");
            return;
        }
        Ended::Status(status, said) => {
            let said = said.replace(&copy.display().to_string(), &data.display().to_string());
            let error =
                said.lines().rev().find_map(|line| serde_json::from_str::<Value>(line).ok());
            match error {
                Some(error) => (
                    error["error"].as_str().unwrap_or_default().to_owned(),
                    error["damaged"].as_bool().unwrap_or_default(),
                ),
                // It died over the files, whatever it said.
                None => (format!("the program that opened a copy of it ended with {status}"), true),
            }
        }
        Ended::TooLate => (
            format!(
                "opening a copy of it took more than {limit} seconds and was given up (--time-limit gives it more)"
            ),
            true,
        ),
    };
    diagnosis.add("log", State::Wrong, text);
    if damaged {
        diagnosis
            .advise("Keep the folder as it is: do not record into it, and mend nothing by hand.");
        diagnosis.advise("Restore the last backup into a new folder, and record what came after it anew; what is recorded already is passed over: chancery --data NEW restore FILE");
    }
}
