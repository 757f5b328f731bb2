//! Which backup to restore.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{Diagnosis, State};
use crate::copies;

/// Looks through a folder of backups for the one that holds most and is whole.
pub(super) fn look(folder: Option<&Path>, diagnosis: &mut Diagnosis) {
    let Some(folder) = folder else {
        diagnosis.advise("Add --backups DIR to have the last whole backup looked for.");
        return;
    };
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) => {
            let text = format!("{} cannot be read: {error}", folder.display());
            diagnosis.add("backups", State::Unknown, text);
            return;
        }
    };
    // Largest first by what they say; the first that is whole will do.
    let mut found: Vec<(u64, PathBuf)> = entries
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let said = path.is_file().then(|| copies::open(&path).ok())??.head();
            Some((said.events, path))
        })
        .collect();
    found.sort();
    for (events, path) in found.iter().rev() {
        match copies::check(path) {
            Ok(head) => {
                let path = path.display();
                let text = format!("{path} is whole and holds {events} events, root {}", head.root);
                diagnosis.add("backups", State::Well, text);
                diagnosis
                    .advise(format!("The command for that: chancery --data NEW restore {path}"));
                return;
            }
            Err(error) => diagnosis.add("backups", State::Wrong, error.to_string()),
        }
    }
    diagnosis.add(
        "backups",
        State::Wrong,
        format!("{} holds no backup that is whole", folder.display()),
    );
}
