//! GraphQL over HTTP, and the service that records and reads.
//!
//! What it is: [`service`] keeps every convention folded over an event store, records files into
//! it and swaps in what follows; the GraphQL schema ([`graphql`]) and the HTTP endpoints
//! ([`http`]) read from there; [`auth`] says who may write; [`copy`] is the form of backups.
//!
//! What it is not: it knows no storage engine, only the store's contract, and it decides nothing
//! itself.
//!
//! Who builds on it: the program.

pub mod auth;
pub mod copy;
pub mod export;
pub mod feeds;
pub mod graphql;
pub mod http;
mod live;
pub mod service;
pub mod settings;
