//! The gateway over real HTTP, on the record of the Convention on Cluster Munitions.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // helpers, too, are tests

mod caching;
mod connections;
mod copy;
mod design_query;
mod dials;
mod differences;
mod documented;
mod export;
mod feeds;
mod figures;
mod finance;
mod limits;
mod live;
mod log;
mod metrics;
mod nodes;
mod paging;
mod protocol;
mod reach;
mod schema;
mod server;
mod service;
mod settings;
mod site;
mod tokens;
mod verify;
mod why;
mod writers;
mod writing;
