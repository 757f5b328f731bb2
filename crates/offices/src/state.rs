use chancery_kernel::{Actor, MeetingId, OfficeId, PartialDate, ThemeId, When};
use imbl::Vector;
use serde::Serialize;

use crate::{
    event::{Appointment, Manner},
    rules::{Rules, Seat},
};

/// Every term of office of one convention, in the order of recording.
///
/// A clone is cheap and shares what has not changed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct State {
    /// The offices and themes, from the profile.
    pub rules: Rules,
    pub(crate) terms: Vector<Term>,
}

/// One holder's term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Which office.
    pub office: OfficeId,
    /// Its theme.
    pub theme: Option<ThemeId>,
    /// The meeting whose office it is.
    pub of: Option<MeetingId>,
    /// Who holds it.
    pub holder: Actor,
    /// How the holder came to it.
    pub accession: Accession,
    /// In which manner.
    pub manner: Option<Manner>,
    /// The first day.
    pub from: When,
    /// The last day; `None` is open.
    pub until: Option<When>,
    /// When it was filled.
    pub on: PartialDate,
    /// The last day of a term that ended before its time.
    pub ended: Option<PartialDate>,
}

/// How a holder came to an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Accession {
    /// By election.
    Elected,
    /// By designation for a later meeting.
    Designated,
    /// By confirmation, or as the source says.
    Confirmed,
    /// In the place of another.
    Succeeded,
}

impl State {
    /// Every term, in the order of recording.
    pub fn terms(&self) -> &Vector<Term> {
        &self.terms
    }

    /// The meeting whose office an appointment fills; `None` for an office of the convention.
    pub fn seat_of(&self, it: &Appointment) -> Option<MeetingId> {
        match self.rules.office(&it.office)?.seat {
            Seat::Meeting => it.of.clone().or_else(|| it.meeting.clone()),
            Seat::Convention => None,
        }
    }
}
