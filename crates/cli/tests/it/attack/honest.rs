use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use super::wire;

const QUESTION: &str =
    "%7Bconvention(id:%22ccm%22,asAt:%222017-09-06%22)%7Bstatus%7BinForce%7D%7D%7D";

/// How long an answer may take while an attack is under way. Usually it takes some milliseconds;
/// the rest is for a machine that runs other tests at the same time.
const PATIENCE: Duration = Duration::from_secs(3);

/// Somebody who asks an honest question, again and again.
pub(crate) struct Honest {
    stop: Arc<AtomicBool>,
    asked: JoinHandle<Vec<Duration>>,
}

impl Honest {
    pub(crate) fn start(address: &str) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let (address, stopped) = (address.to_owned(), stop.clone());
        let asked = thread::spawn(move || {
            let mut times = Vec::new();
            while !stopped.load(Ordering::Relaxed) || times.is_empty() {
                times.push(Self::ask(&address));
                thread::sleep(Duration::from_millis(20));
            }
            times
        });
        Self { stop, asked }
    }

    /// Asks once and says how long it took.
    #[track_caller]
    pub(crate) fn ask(address: &str) -> Duration {
        let start = Instant::now();
        let head = format!("GET /graphql?query={QUESTION}");
        let reply = wire::send(address, &wire::request(&head, &[], b""));
        assert_eq!(reply.status, 200, "{}", reply.body);
        assert!(reply.body.contains("\"inForce\":100"), "{}", reply.body);
        start.elapsed()
    }

    /// Every question was answered, and in time.
    #[track_caller]
    pub(crate) fn was_answered(self) {
        self.stop.store(true, Ordering::Relaxed);
        let times = self.asked.join().expect("an honest question was not answered");
        let slowest = times.iter().max().unwrap();
        assert!(*slowest < PATIENCE, "an honest question took {slowest:?}");
    }
}
