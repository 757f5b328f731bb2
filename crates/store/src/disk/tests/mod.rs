//! What needs a look inside: a sync that fails, a tail that was never finished, a disk that loses
//! its power, and where sled puts what is written.

mod power_loss;
mod survey;
mod sync;
mod tail;

use super::*;
use crate::Body;

/// Bytes that no packing makes fewer, the same for the same seed.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut byte = || {
        // Xorshift.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    std::iter::repeat_with(&mut byte).take(length).collect()
}

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
