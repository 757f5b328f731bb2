//! A process that records from several sides at once, and serves what it records: the test binary
//! runs itself, with one of its tests as the main function.

use std::{
    env,
    io::{BufRead as _, BufReader, Write as _},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    sync::Arc,
};

use chancery_gateway::{
    http::{self, Listeners},
    service::{Input, Service},
    settings::{Address, Settings},
};
use chancery_store::SledStore;
use tokio::task::JoinSet;

const FOLDER: &str = "CHANCERY_TEST_WORKER_FOLDER";
const ROUND: &str = "CHANCERY_TEST_WORKER_ROUND";

/// Who records what: two of them wait for one another, the others do not.
const WRITERS: [&str; 5] = ["ccm", "ccm", "example", "att", "tpnw"];

/// How many facts each file has, none of which may be there without the others.
pub(crate) const FACTS: usize = 6;

/// A worker, killed when the test is over, however that is.
pub(crate) struct Worker {
    pub(crate) child: Child,
}

impl Worker {
    pub(crate) fn start(folder: &Path, round: usize) -> Self {
        let mut command = Command::new(env::current_exe().unwrap());
        command.args(["faults::worker::child", "--exact", "--nocapture", "--test-threads=1"]);
        command.env(FOLDER, folder).env(ROUND, round.to_string()).env("RUST_BACKTRACE", "0");
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        Self { child: command.spawn().unwrap() }
    }

    /// What it says: `SERVING` an address once, then `ACK` and a file's name for each that is
    /// recorded. A line that the kill cut off is left out.
    pub(crate) fn says(&mut self) -> impl Iterator<Item = (String, String)> + Send + use<> {
        let mut out: BufReader<ChildStdout> = BufReader::new(self.child.stdout.take().unwrap());
        std::iter::from_fn(move || {
            loop {
                let mut line = String::new();
                if out.read_line(&mut line).unwrap_or_default() == 0 {
                    return None;
                }
                // The harness writes on the same lines.
                let said = ["SERVING ", "ACK "].into_iter().find_map(|word| {
                    let (_, rest) = line.split_once(word)?;
                    let rest = rest.strip_suffix(".\n")?;
                    Some((word.trim().to_owned(), rest.to_owned()))
                });
                if said.is_some() {
                    return said;
                }
            }
        })
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn child() {
    let (Some(folder), Ok(round)) = (env::var_os(FOLDER), env::var(ROUND)) else { return };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(work(Path::new(&folder), &round));
}

/// Records until it is killed.
async fn work(folder: &Path, round: &str) {
    let store = Arc::new(SledStore::open(folder).unwrap());
    let service = Arc::new(Service::open(store, |_, _| ()).await.unwrap());
    let settings = Settings { listen: Address::loopback(0), ..Settings::default() };
    let listeners = Listeners::bind(&settings).await.unwrap();
    say("SERVING", &listeners.address().to_string());
    let mut tasks = JoinSet::new();
    tasks.spawn(http::serve(listeners, service.clone(), None, settings, std::future::pending()));
    for convention in WRITERS {
        profile(&service, convention).await;
    }
    for (writer, convention) in WRITERS.into_iter().enumerate() {
        let (service, round) = (service.clone(), round.to_owned());
        tasks.spawn(async move {
            for turn in 0.. {
                let name = format!("round-{round}-{writer}-{turn}");
                let file = Input::file(&name, content(convention, &name)).unwrap();
                service.record(&[file]).await.unwrap();
                say("ACK", &name);
            }
        });
    }
    let ended = tasks.join_next().await;
    panic!("a writer ended: {ended:?}");
}

async fn profile(service: &Service, convention: &str) {
    let manifest = env!("CARGO_MANIFEST_DIR");
    let path = format!("{manifest}/../../fixtures/{convention}/profile.yaml");
    let text = std::fs::read_to_string(path).unwrap();
    service.record(&[Input::file("profile", text).unwrap()]).await.unwrap();
}

fn content(convention: &str, name: &str) -> String {
    let head = format!(
        "convention: {convention}\nsource: {name}\nrecorded_by: isu\non: 2020-01-01\nfacts:\n"
    );
    let facts = (0..FACTS).map(|fact| {
        format!(
            "  - {{ para: {fact}, decided: {{ id: {name}-{fact}, verb: noted, summary: fact {fact} }} }}\n"
        )
    });
    head + &facts.collect::<String>()
}

fn say(word: &str, what: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "{word} {what}.").and_then(|()| out.flush()).unwrap();
}
