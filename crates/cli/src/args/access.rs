//! Who may write over GraphQL.

use chancery_gateway::auth::Role;
use chancery_kernel::{ConventionId, RecorderId};
use jiff::civil::Date;

#[derive(Debug, clap::Args)]
pub(crate) struct AddKey {
    /// Whose it is, an id as `isu`: what is recorded with the key is recorded by this name.
    pub(crate) name: RecorderId,
    /// What it may record: depositary, secretariat, treasurer or editor; may be given several
    /// times.
    #[arg(long, required = true, value_name = "ROLE")]
    pub(crate) role: Vec<Role>,
    /// The one convention that it is for; every one if it is left out.
    #[arg(long, value_name = "ID")]
    pub(crate) convention: Option<ConventionId>,
    /// The last day on which it counts, in UTC, as 2027-01-31.
    #[arg(long, value_name = "DATE", value_parser = super::day)]
    pub(crate) expires: Option<Date>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct RevokeKey {
    /// Whose keys.
    pub(crate) name: RecorderId,
    /// Only this one of several, by the id that `key list` shows.
    #[arg(long, value_name = "ID")]
    pub(crate) id: Option<String>,
}
