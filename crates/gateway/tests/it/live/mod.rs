//! What happens, as it happens: over WebSockets and as server-sent events.

mod checkpoints;
pub(crate) mod client;
mod events;
mod limits;
mod protocol;
mod status;
mod stream;
