use chancery_gateway::service::{ProofError, ProvedEntry, Service};
use chancery_register::mention::Subject;
use serde::{Deserialize, Serialize};

use crate::{
    args::{Global, ProveComplete},
    error::Error,
    print, register,
};

/// How many events are read at a time.
const BATCH: usize = 4096;

/// The form of the file.
pub(crate) const FORM: &str = "chancery complete set 1";

/// All events about one thing, as a file that can be judged elsewhere.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct CompleteSet {
    /// What this file is.
    pub(crate) form: String,
    /// `meeting`, `state` or `document`.
    pub(crate) about: String,
    /// Which.
    pub(crate) id: String,
    /// Which events belong to the set, in words.
    pub(crate) rule: String,
    /// What this file proves, in words.
    pub(crate) proves: Vec<String>,
    /// What it does not prove, in words.
    pub(crate) does_not_prove: Vec<String>,
    /// The log's signed checkpoint.
    pub(crate) checkpoint: String,
    /// How many events are in the log.
    pub(crate) size: u64,
    /// How many of them belong to the set.
    pub(crate) count: usize,
    /// These events.
    pub(crate) events: Vec<Proved>,
    /// Every entry of the log, if the file is to prove completeness by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) log: Option<Vec<String>>,
}

/// An event with what proves that it is in the log.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Proved {
    pub(crate) position: u64,
    /// Its stored bytes, which are JSON in UTF-8.
    pub(crate) entry: String,
    /// The hashes that lead to the root.
    pub(crate) path: Vec<String>,
}

/// Prints all events about something, each with its proof.
pub(crate) async fn run(global: &Global, args: &ProveComplete) -> Result<(), Error> {
    let nothing =
        || Error::Misuse("say what the set is about: --meeting, --state or --document".to_owned());
    let subject = args.about.subject().ok_or_else(nothing)?;
    let service = register::signing(global).await?;
    let made = complete_set(&service, &subject, args.with_log).await;
    service.close().await?;
    print::json(&made?)
}

async fn complete_set(
    service: &Service,
    subject: &Subject,
    with_log: bool,
) -> Result<CompleteSet, Error> {
    let signed = service.checkpoint().await?;
    let size = signed.checkpoint.size;
    // Batch by batch: only what is to be printed is held.
    let (mut positions, mut log) = (Vec::new(), Vec::new());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut next = 0;
    while next < size {
        let count = usize::try_from(size - next).unwrap_or(BATCH).min(BATCH);
        let entries = service.log_entries(next, count).await?;
        if entries.is_empty() {
            return Err(ProofError::TooShort { asked: size, size: next }.into());
        }
        for (position, entry) in (next..).zip(&entries) {
            if subject.is_in(entry) {
                positions.push(position);
            }
            if with_log {
                log.push(text(entry));
            }
        }
        next += entries.len() as u64;
    }
    let proved = service.prove_events(&positions, size).await?;
    let events = proved.iter().map(|it: &ProvedEntry| Proved {
        position: it.position,
        entry: text(&it.entry),
        path: it.path.iter().map(ToString::to_string).collect(),
    });
    Ok(CompleteSet {
        form: FORM.to_owned(),
        about: subject.kind().to_owned(),
        id: subject.text().to_owned(),
        rule: subject.rule(),
        proves: proves(with_log),
        does_not_prove: does_not_prove(with_log),
        checkpoint: signed.note,
        size,
        count: proved.len(),
        events: events.collect(),
        log: with_log.then_some(log),
    })
}

/// What a file proves, by whether it holds the whole log.
pub(crate) fn proves(with_log: bool) -> Vec<String> {
    let mut proves = vec![
        "each event listed is in the log that the checkpoint signs, at its position, byte for byte"
            .to_owned(),
        "each event listed belongs to the set by the rule".to_owned(),
    ];
    if with_log {
        proves.push("the list is complete: the file holds every entry of the log, their root is the signed one, and the rule applied to all of them gives these events and no others".to_owned());
    }
    proves
}

/// What a file does not prove.
pub(crate) fn does_not_prove(with_log: bool) -> Vec<String> {
    let mut not = Vec::new();
    if !with_log {
        not.push("that the list is complete: the tree shows what is in the log, not what is not; to check it, apply the rule to every entry of the log (served at /log/tile/entries, or in this file with --with-log), whose root the checkpoint signs".to_owned());
    }
    not.push(
        "that no listed event was corrected: a correction is listed only if the rule finds it by its own text; look for `register.rectified` entries that name a listed event"
            .to_owned(),
    );
    not.push(
        "that everything that happened was recorded, or that what was recorded is true".to_owned(),
    );
    not.push("that nothing was recorded after the checkpoint was signed".to_owned());
    not.push("that the register shows everybody the same log; compare checkpoints".to_owned());
    not
}
