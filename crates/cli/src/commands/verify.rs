use std::path::PathBuf;

use chancery_gateway::service::{
    Signed,
    verify::{CheckedCheckpoint, Sealed, Trust, Verified, verify},
};
use serde_json::{Value, json};

use crate::{
    args::{Global, Verify},
    commands::verify_proof::{MAX_BYTES, read_up_to},
    error::Error,
    key,
    print::{self, count},
    register,
};

/// Verifies the whole log, and says what was checked.
pub(crate) async fn run(global: &Global, args: &Verify) -> Result<(), Error> {
    let trust = trust(global, args)?;
    let store = register::existing_store(global).await?;
    let bar = register::bar("verifying", 0);
    let verified = verify(&*store, &trust, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await;
    bar.finish_and_clear();
    let verified = verified.map_err(Error::Verify)?;
    store.close().await?;
    let given = !args.key.is_empty();
    if global.json { print::json(&as_json(&verified)) } else { report(&verified, &trust, given) }
}

/// What a log is verified by: the keys that are given, or else the one in the data folder, and
/// checkpoints that were kept elsewhere.
pub(super) fn trust(global: &Global, args: &Verify) -> Result<Trust, Error> {
    let keys = match args.key.as_slice() {
        [] => key::load(&global.data)?.iter().map(|key| key.public().clone()).collect(),
        given => given.to_vec(),
    };
    let held = |path: &PathBuf| {
        let wrong = |why: &dyn std::fmt::Display| {
            Error::Rejected(format!("{} is no checkpoint: {why}", path.display()))
        };
        let text = read_up_to(path, MAX_BYTES)?;
        let text = String::from_utf8(text).map_err(|_| wrong(&"it is not text"))?;
        Signed::read(text).map_err(|error| wrong(&error))
    };
    Ok(Trust { keys, checkpoints: args.checkpoint.iter().map(held).collect::<Result<_, _>>()? })
}

/// What was found of the last seal.
pub(super) fn seal(sealed: Option<&Sealed>) -> String {
    match sealed {
        None => "no results have been sealed yet".to_owned(),
        Some(Sealed { size, form, state_root: None }) => format!(
            "seal over {size} events: of form {form}, which this program does not compute; not compared"
        ),
        Some(Sealed { size, state_root: Some(found), .. }) => {
            format!("seal over {size} events: a replay comes to the same state root {found}")
        }
    }
}

fn as_json(it: &Verified) -> Value {
    let checkpoint = |checked: &CheckedCheckpoint| {
        json!({
            "origin": checked.checkpoint.origin,
            "size": checked.checkpoint.size,
            "root": checked.checkpoint.root.to_string(),
            "key": checked.key.as_ref().map(ToString::to_string),
        })
    };
    json!({
        "size": it.size,
        "root": it.root.to_string(),
        "streams": it.streams.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        "recorded_at": it.recorded_at,
        "commands": { "computed": it.commands.computed, "by_form": it.commands.by_form },
        "tiles": { "compared": it.tiles, "missing": it.tiles_missing },
        "seal": seal(it.sealed.as_ref()),
        "rotations": it.rotations,
        "checkpoint": it.checkpoint.as_ref().map(checkpoint),
        "held": it.held.iter().map(checkpoint).collect::<Vec<_>>(),
    })
}

fn report(it: &Verified, trust: &Trust, given: bool) -> Result<(), Error> {
    let streams: Vec<String> = match it.streams.as_slice() {
        [] => vec!["none yet".to_owned()],
        streams => streams.iter().map(|(name, events)| format!("{name} {events}")).collect(),
    };
    print::line(&format!("verified: {}, root {}", count_of(it.size, "event"), it.root))?;
    let last = it.recorded_at.map_or_else(String::new, |at| format!(", last at {at}"));
    print::line(&format!("  events of each stream, without gaps: {}{last}", streams.join(", ")))?;
    print::line(
        "  every event: canonical form, place, time, date, lawful on what stands before it",
    )?;
    let by_form = match it.commands.by_form {
        0 => String::new(),
        some => format!("; {} only by their form", count_of(some, "id of a correction's command")),
    };
    let computed = it.commands.computed;
    print::line(&format!("  commands: {} computed again{by_form}", count_of(computed, "id")))?;
    let missing = match it.tiles_missing {
        0 => String::new(),
        some => format!("; {some} not kept, made again when needed"),
    };
    print::line(&format!("  tree: {} as kept{missing}", count_of(it.tiles, "full tile")))?;
    print::line(&format!("  {}", seal(it.sealed.as_ref())))?;
    if it.rotations > 0 {
        let times = count_of(it.rotations as u64, "rotation");
        print::line(&format!("  keys: {times}, each endorsed by the key before"))?;
    }
    let signed = |what: &str, checked: &CheckedCheckpoint| {
        let size = checked.checkpoint.size;
        let key = match &checked.key {
            None => "its signature was not verified: no key was given".to_owned(),
            Some(key) if given => format!("signed by the key given, {key}"),
            // Said, since a key from the same folder shows less than one from elsewhere.
            Some(key) => format!("signed by the key in the data folder, {key}"),
        };
        print::line(&format!("  {what} at size {size}: of this log; {key}"))
    };
    match &it.checkpoint {
        Some(checked) => signed("checkpoint", checked)?,
        None if it.held.is_empty() => print::line(
            "  no checkpoint that was signed is kept here, so no signature was verified; give one that was kept elsewhere with --checkpoint",
        )?,
        None => print::line("  no checkpoint that was signed is kept here")?,
    }
    it.held.iter().try_for_each(|checked| signed("checkpoint given,", checked))?;
    if !given && !trust.keys.is_empty() {
        print::line(
            "The key was taken from the data folder. With --key, the one that was published, nobody who can write to the folder can stand in for it.",
        )?;
    }
    Ok(())
}

fn count_of(number: u64, what: &str) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), what)
}
