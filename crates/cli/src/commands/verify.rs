use chancery_gateway::service::verify::{Verified, verify};
use chancery_ledger::VerifierKey;
use serde_json::{Value, json};

use crate::{
    args::{Global, Verify},
    error::Error,
    key,
    print::{self, count},
    register,
};

/// Verifies the whole log, and says what was checked.
pub(crate) async fn run(global: &Global, args: &Verify) -> Result<(), Error> {
    let keys = match &args.key {
        keys if !keys.is_empty() => keys.clone(),
        _ => key::load(&global.data)?.iter().map(|key| key.public().clone()).collect(),
    };
    let store = register::existing_store(global).await?;
    let bar = register::bar("verifying", 0);
    let verified = verify(&*store, &keys, |done, total| {
        bar.set_length(total);
        bar.set_position(done);
    })
    .await;
    bar.finish_and_clear();
    store.close().await?;
    let verified = verified.map_err(Error::Verify)?;
    let given = !args.key.is_empty();
    if global.json { print::json(&as_json(&verified)) } else { report(&verified, given, &keys) }
}

fn as_json(it: &Verified) -> Value {
    json!({
        "size": it.size,
        "root": it.root.to_string(),
        "streams": it.streams.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        "recorded_at": it.recorded_at,
        "commands": { "computed": it.commands.computed, "by_form": it.commands.by_form },
        "tiles": { "compared": it.tiles, "missing": it.tiles_missing },
        "checkpoint": it.checkpoint.as_ref().map(|checked| json!({
            "origin": checked.checkpoint.origin,
            "size": checked.checkpoint.size,
            "root": checked.checkpoint.root.to_string(),
            "key": checked.key.as_ref().map(ToString::to_string),
        })),
    })
}

fn report(it: &Verified, given: bool, keys: &[VerifierKey]) -> Result<(), Error> {
    let streams: Vec<String> =
        it.streams.iter().map(|(name, events)| format!("{name} {events}")).collect();
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
    match &it.checkpoint {
        None => print::line("  no checkpoint has been signed yet"),
        Some(checked) => {
            let size = checked.checkpoint.size;
            let key = match &checked.key {
                None => "its signature was not verified: no key was given".to_owned(),
                Some(key) if given => format!("signed by the key given, {key}"),
                // Said, since a key from the same folder shows less than one from elsewhere.
                Some(key) => format!("signed by the key in the data folder, {key}"),
            };
            print::line(&format!("  checkpoint at size {size}: of this log; {key}"))
        }
    }?;
    if !given && !keys.is_empty() {
        print::line(
            "The key was taken from the data folder. With --key, the one that was published, nobody who can write to the folder can stand in for it.",
        )?;
    }
    Ok(())
}

fn count_of(number: u64, what: &str) -> String {
    count(usize::try_from(number).unwrap_or(usize::MAX), what)
}
