//! What needs a look inside: a sync that fails, a tail that was never finished, a disk that loses
//! its power, and where sled puts what is written.

mod power_loss;
mod sync;
mod tail;

use super::*;
use crate::Body;

fn append(stream: &str, expected: u64, events: Vec<Vec<u8>>) -> Append {
    Append {
        stream: stream.parse().unwrap(),
        expected: Version::new(expected),
        events: events.into_iter().map(Body::from).collect(),
    }
}

async fn texts(store: &SledStore) -> Vec<String> {
    let log = store.read(Position::START, usize::MAX).await.unwrap();
    let events = log.iter().flat_map(|commit| &commit.events);
    events.map(|body| String::from_utf8_lossy(&body[..body.len().min(20)]).into_owned()).collect()
}
