use std::sync::Arc;

use chancery_gateway::service::{
    STATE_ROOT_FORM, Service,
    verify::{Verified, verify},
};
use chancery_ledger::VerifierKey;
use chancery_register::journal::Seal;
use chancery_store::EventStore;
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
    let verified = verified.map_err(Error::Verify)?;
    let replayed = replay(&store, verified.sealed.as_ref()).await?;
    store.close().await?;
    let given = !args.key.is_empty();
    if global.json {
        print::json(&as_json(&verified, &replayed))
    } else {
        report(&verified, &replayed, given, &keys)
    }
}

/// What the last seal says of results, compared with a replay of the same events.
async fn replay(store: &Arc<dyn EventStore>, seal: Option<&Seal>) -> Result<String, Error> {
    let Some(seal) = seal else { return Ok("no results have been sealed yet".to_owned()) };
    let Seal { size, form, .. } = seal;
    if *form != STATE_ROOT_FORM {
        return Ok(format!(
            "seal over {size} events: of form {form}, which this program does not compute; not compared"
        ));
    }
    let service = Service::open(store.clone(), |_, _| ()).await?;
    let found = service.state_root(*size)?.root.to_string();
    if found == *seal.state_root {
        return Ok(format!(
            "seal over {size} events: a replay comes to the same state root {found}"
        ));
    }
    Err(Error::Rejected(format!(
        "the seal over {size} events says the state root {}, but a replay comes to {found}; the results were computed by another version of the program, or the seal is wrong",
        &*seal.state_root
    )))
}

fn as_json(it: &Verified, replayed: &str) -> Value {
    json!({
        "size": it.size,
        "root": it.root.to_string(),
        "streams": it.streams.iter().cloned().collect::<std::collections::BTreeMap<_, _>>(),
        "recorded_at": it.recorded_at,
        "commands": { "computed": it.commands.computed, "by_form": it.commands.by_form },
        "tiles": { "compared": it.tiles, "missing": it.tiles_missing },
        "seal": replayed,
        "rotations": it.rotations,
        "checkpoint": it.checkpoint.as_ref().map(|checked| json!({
            "origin": checked.checkpoint.origin,
            "size": checked.checkpoint.size,
            "root": checked.checkpoint.root.to_string(),
            "key": checked.key.as_ref().map(ToString::to_string),
        })),
    })
}

fn report(it: &Verified, replayed: &str, given: bool, keys: &[VerifierKey]) -> Result<(), Error> {
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
    print::line(&format!("  {replayed}"))?;
    if it.rotations > 0 {
        let times = count_of(it.rotations as u64, "rotation");
        print::line(&format!("  keys: {times}, each endorsed by the key before"))?;
    }
    match &it.checkpoint {
        None => print::line(
            "  no checkpoint that was signed is kept here, so no signature was verified; compare the root with a checkpoint that was kept elsewhere",
        ),
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
