//! Judging a complete set with nothing but the file and a public key: no register is opened.

use chancery_ledger::{Checkpoint, Hash, Tree, check, leaf_hash};
use chancery_register::mention::Subject;

use crate::{
    args::{Global, VerifyComplete},
    commands::{
        prove_complete::{CompleteSet, FORM, does_not_prove, proves},
        verify_proof::read_up_to,
    },
    error::Error,
    print,
};

/// The longest file that is read, in bytes.
const MAX_BYTES: u64 = 1 << 30;

pub(crate) fn run(global: &Global, args: &VerifyComplete) -> Result<(), Error> {
    let refused =
        |why: String| Error::Rejected(format!("{} proves nothing: {why}", args.file.display()));
    let bytes = read_up_to(&args.file, MAX_BYTES)?;
    let set: CompleteSet = serde_json::from_slice(&bytes)
        .map_err(|error| refused(format!("it is no complete set: {error}")))?;
    if set.form != FORM {
        return Err(refused(format!("it is of the form `{}`, not `{FORM}`", set.form)));
    }
    let (checkpoint, _) =
        Checkpoint::open(&set.checkpoint, &args.key).map_err(|error| refused(error.to_string()))?;
    judge(&set, &checkpoint).map_err(refused)?;
    let whole = set.log.is_some();
    if global.json {
        return print::json(&serde_json::json!({
            "about": set.about, "id": set.id, "count": set.count, "size": checkpoint.size,
            "complete": whole, "proves": proves(whole), "does_not_prove": does_not_prove(whole),
        }));
    }
    print::line(&format!(
        "{} of the {} events of the log {} are about the {} {}",
        set.count, checkpoint.size, checkpoint.origin, set.about, set.id
    ))?;
    for line in proves(whole) {
        print::line(&format!("  proved: {line}"))?;
    }
    for line in does_not_prove(whole) {
        print::line(&format!("  not proved: {line}"))?;
    }
    Ok(())
}

fn judge(set: &CompleteSet, checkpoint: &Checkpoint) -> Result<(), String> {
    let subject = Subject::named(&set.about, &set.id).ok_or("it does not say what it is about")?;
    if set.size != checkpoint.size || set.count != set.events.len() || set.rule != subject.rule() {
        return Err("its size, count or rule is not that of its content".to_owned());
    }
    for event in &set.events {
        let at = |why: String| format!("the event at position {}: {why}", event.position);
        let path = event.path.iter().map(|hash| hash.parse()).collect::<Result<Vec<Hash>, _>>();
        let path = path.map_err(|error| at(error.to_string()))?;
        let leaf = leaf_hash(event.entry.as_bytes());
        check::inclusion(&path, event.position, leaf, checkpoint.size, checkpoint.root)
            .map_err(|error| at(error.to_string()))?;
        if !subject.is_in(event.entry.as_bytes()) {
            return Err(at("it does not belong to the set by the rule".to_owned()));
        }
    }
    if !set.events.is_sorted_by(|a, b| a.position < b.position) {
        return Err("an event is listed twice or out of order".to_owned());
    }
    let Some(log) = &set.log else { return Ok(()) };
    let mut tree = Tree::default();
    log.iter().for_each(|entry| drop(tree.push(leaf_hash(entry.as_bytes()))));
    if (tree.size(), tree.root()) != (checkpoint.size, checkpoint.root) {
        return Err("the entries that it holds are not those of the checkpoint".to_owned());
    }
    let found = (0..).zip(log).filter(|(_, entry)| subject.is_in(entry.as_bytes()));
    let found = found.map(|(position, _): (u64, _)| position);
    if found.eq(set.events.iter().map(|event| event.position)) {
        Ok(())
    } else {
        Err("the rule gives other events than are listed".to_owned())
    }
}
