//! Acceptance tests over the whole program.
