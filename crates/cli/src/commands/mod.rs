//! One file a command.

pub(crate) mod backup;
pub(crate) mod checkpoint;
pub(crate) mod consistency;
pub(crate) mod coverage;
pub(crate) mod deadlines;
pub(crate) mod demo;
pub(crate) mod doctor;
pub(crate) mod export;
pub(crate) mod finances;
pub(crate) mod findings;
pub(crate) mod history;
pub(crate) mod init;
pub(crate) mod invoices;
pub(crate) mod mandates;
pub(crate) mod offices;
pub(crate) mod prove;
pub(crate) mod query;
pub(crate) mod record;
pub(crate) mod restore;
pub(crate) mod schema;
pub(crate) mod serve;
pub(crate) mod shares;
pub(crate) mod status;
pub(crate) mod verify;
pub(crate) mod verify_proof;
pub(crate) mod why;
