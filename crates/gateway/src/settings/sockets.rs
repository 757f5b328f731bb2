use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Count, Seconds};

/// WebSockets, and answers that come as streams of events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Sockets {
    /// How many sockets and streams may be open at a time; 0 refuses all.
    pub number: Count<0, 100_000>,
    /// How many of them one client may have.
    pub per_client: Count<1, 100_000>,
    /// How many operations one socket may have under way.
    pub subscriptions: Count<1, 1_000>,
    /// The longest message that is read, in bytes.
    pub message_bytes: Count<1_024, { 16 << 20 }>,
    /// The longest answer that is sent, in bytes. This much may wait in memory for each client who
    /// is slow.
    pub answer_bytes: Count<{ 64 << 10 }, { 64 << 20 }>,
    /// How long a client may take to begin, in seconds.
    pub init_seconds: Seconds,
    /// How long a socket may be silent, in seconds, before it is asked whether anybody is there;
    /// silent for as long again, it is closed.
    pub idle_seconds: Seconds,
}

impl Default for Sockets {
    fn default() -> Self {
        Self {
            number: Count::clamped(1_000),
            per_client: Count::clamped(50),
            subscriptions: Count::clamped(20),
            message_bytes: Count::clamped(64 << 10),
            answer_bytes: Count::clamped(1 << 20),
            init_seconds: Seconds::new(10),
            idle_seconds: Seconds::new(60),
        }
    }
}
