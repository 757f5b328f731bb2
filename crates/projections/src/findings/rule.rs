use std::{fmt, str::FromStr};

use chancery_kernel::nearest;
use serde::Serialize;

/// Declares the rules: each with its id and what it looks for, in one sentence.
macro_rules! rules {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal,)*) => {
        /// What is looked for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum FindingRule { $($(#[doc = $doc])+ $name,)* }

        impl FindingRule {
            /// Every rule.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// Its id: `date_outside_meeting`.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// What it looks for, in one sentence.
            pub fn says(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_ascii_start(),)* }
            }
        }
    };
}

rules! {
    /// Something in a meeting bears a date outside the meeting's own.
    DateOutsideMeeting = "date_outside_meeting",
    /// Something bears a date before that of the act that it follows from.
    PrecedesCause = "precedes_cause",
    /// A quantity does not follow from the others that are given.
    QuantityDiffers = "quantity_differs",
    /// A printed entry into force is not what the profile's rule gives.
    EntryIntoForceDiffers = "entry_into_force_differs",
    /// The entry into force for a State rests on a reading, since the text says nothing of its deposit.
    EntryIntoForceUnsettled = "entry_into_force_unsettled",
    /// A State attended in a category in which it did not stand on that day.
    CategoryDiffers = "category_differs",
    /// A State is named in an office of a meeting, or as speaking there, that it did not attend.
    StateAbsent = "state_absent",
    /// A term of office has no end, though others of the same office have one.
    TermWithoutEnd = "term_without_end",
    /// A symbol that no document bears, though one bears a near one.
    UnknownSymbol = "unknown_symbol",
    /// A document was considered before it was issued.
    ConsideredBeforeIssued = "considered_before_issued",
    /// A list that is in order but for a few of its rows.
    OutOfOrder = "out_of_order",
    /// A State is called by another name than its own on that day.
    NameIsAlias = "name_is_alias",
    /// An organisation, an office, a theme or a meeting is called by another name than its own.
    NameDiffers = "name_differs",
    /// The name of one person is spelt in two ways.
    PersonSpeltOtherwise = "person_spelt_otherwise",
    /// The function of one person at one meeting is given in two ways that are nearly the same.
    CapacityDiffers = "capacity_differs",
    /// A part of the States parties in words ("less than half") does not hold for the numbers.
    PortionDiffers = "portion_differs",
    /// A source counts fewer contributors than are recorded, or more than there are parties.
    ContributorsDiffer = "contributors_differ",
    /// An invoice is not what the procedures give.
    InvoiceDiffers = "invoice_differs",
    /// A printed deadline is not what the profile's rule gives.
    DeadlineDiffers = "deadline_differs",
    /// An extension was asked for too shortly before the meeting that decides.
    RequestedLate = "requested_late",
    /// An extension was asked for when its date had passed.
    RequestedAfterDue = "requested_after_due",
    /// An extension is longer than what was asked for.
    GrantedBeyondRequest = "granted_beyond_request",
    /// An extension rests on a decision that names other States only.
    GrantedToOthers = "granted_to_others",
}

/// No rule has this id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no rule `{id}`; {help}")]
pub struct UnknownRule {
    id: String,
    help: String,
}

impl fmt::Display for FindingRule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl FromStr for FindingRule {
    type Err = UnknownRule;

    fn from_str(text: &str) -> Result<Self, UnknownRule> {
        if let Some(rule) = Self::ALL.iter().find(|rule| rule.id() == text) {
            return Ok(*rule);
        }
        let ids = || Self::ALL.iter().map(|rule| rule.id());
        let help = match nearest(text, ids()) {
            Some(near) => format!("`{near}` is one"),
            None => format!("there are `{}`", ids().collect::<Vec<_>>().join("`, `")),
        };
        Err(UnknownRule { id: text.chars().take(80).collect(), help })
    }
}

impl Serialize for FindingRule {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}
