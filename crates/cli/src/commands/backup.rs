use std::{
    fs::File,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

use chancery_gateway::copy::{Copying, Head};
use serde_json::json;

use crate::{
    args::{Backup, Global},
    copies::{self, Unfinished},
    error::Error,
    print::{self, count},
    register,
};

pub(crate) async fn run(global: &Global, args: &Backup) -> Result<(), Error> {
    let given = &args.target;
    if !given.is_dir() && given.exists() {
        return Err(Error::Misuse(format!(
            "`{}` is there already; name a new file, or a folder, in which each backup gets a name of its own",
            given.display()
        )));
    }
    let unfinished = Unfinished::beside(&name(given, None))?;
    let path = unfinished.path();
    let failed = |source| Error::Write { what: path.display().to_string(), source };
    let mut file = File::create_new(path).map_err(failed)?;
    match &args.from {
        Some(address) => {
            let mut answer = copies::ask(address)?;
            // Which side failed does not matter: nothing is kept.
            io::copy(&mut answer, &mut file).map_err(failed)?;
        }
        None => {
            let service = register::to_copy(global).await?;
            let mut copying = Copying::begin(&service).await?;
            while let Some(lines) = copying.lines().await? {
                file.write_all(&lines).map_err(failed)?;
            }
            service.close().await?;
        }
    }
    file.sync_all().map_err(failed)?;
    // What was written is read again: a backup that cannot be restored is none.
    let head = copies::check(path)?;
    let target = name(given, Some(head));
    unfinished.put(&target)?;
    let Head { events, root } = head;
    if global.json {
        return print::json(&json!({ "file": target, "events": events, "root": root.to_string() }));
    }
    let events = count(usize::try_from(events).unwrap_or(usize::MAX), "event");
    print::line(&format!("{}: {events}, root {root}; read again and found whole", target.display()))
}

/// The file's name. In a folder it follows from what is in the file, so that a backup of the same
/// events replaces itself, and no other.
fn name(given: &Path, head: Option<Head>) -> PathBuf {
    match head {
        _ if !given.is_dir() => given.to_owned(),
        None => given.join("chancery"),
        Some(Head { events, root }) => {
            let begin: String =
                root.bytes()[..4].iter().map(|byte| format!("{byte:02x}")).collect();
            given.join(format!("chancery-{events:09}-{begin}.jsonl"))
        }
    }
}
