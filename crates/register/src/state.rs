use std::sync::Arc;

use imbl::OrdSet;
use uuid::Uuid;

use crate::profile::Profile;

/// The state of one convention: all domains together, as far as deciding needs them.
///
/// A clone is cheap and shares what has not changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// The law, once it is recorded.
    pub profile: Option<Arc<Profile>>,
    /// Who is bound.
    pub membership: chancery_membership::State,
    /// Meetings and documents.
    pub meetings: chancery_meetings::State,
    /// Terms of office.
    pub offices: chancery_offices::State,
    /// Decisions and votes.
    pub decisions: chancery_decisions::State,
    /// Money.
    pub finance: chancery_finance::State,
    /// What States owe.
    pub obligations: chancery_obligations::State,
    /// How many events the stream holds.
    pub version: u64,
    /// The commands that were recorded: asking again changes nothing.
    pub commands: OrdSet<Uuid>,
}
