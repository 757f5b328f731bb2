//! Other processes: the test binary runs itself, with one of its tests as the main function.

use std::{
    env,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

const FOLDER: &str = "CHANCERY_STORE_TEST_FOLDER";

/// The folder that a child is to work on. `None` when the test runs as a test, with nothing to do.
pub(crate) fn folder() -> Option<PathBuf> {
    env::var_os(FOLDER).map(PathBuf::from)
}

/// A command that runs one test of this binary as a child on a folder.
pub(crate) fn command(exe: &Path, test: &str, folder: &Path) -> Command {
    let mut command = Command::new(exe);
    command.args([test, "--exact", "--nocapture", "--test-threads=1"]);
    command.env(FOLDER, folder).env("RUST_BACKTRACE", "0");
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

pub(crate) fn start(test: &str, folder: &Path) -> Child {
    command(&env::current_exe().unwrap(), test, folder).spawn().unwrap()
}

/// What the child says after `word`, line by line: the harness writes on the same lines.
pub(crate) fn says(
    child: &mut Child,
    word: &'static str,
) -> impl Iterator<Item = String> + Send + use<> {
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    lines
        .map_while(Result::ok)
        .filter_map(move |line| line.find(word).map(|at| line[at + word.len()..].trim().to_owned()))
}
