//! The event store contract, its conformance suite, and the memory and sled backends.
