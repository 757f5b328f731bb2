//! Global ids: what names an object of the schema in the whole register, to be asked for again by
//! `node` and to be kept under by clients' caches.
//!
//! An id is opaque. It holds the type, the convention, what names the object there, and the dials
//! that were turned: the same meeting on two days is two answers, and a cache that keeps one object
//! for each id must not mix them. What no day changes (an event, a finding) bears no day.

use std::borrow::Cow;

use async_graphql::{ID, Result};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use jiff::{Timestamp, civil};

use super::error::bad_input;
use crate::service::{Asked, Dials, Knowledge};

/// Where a dial was not turned.
const UNTURNED: &str = "-";

/// Declares the types that have ids, and how the ids call them.
macro_rules! kinds {
    ($($kind:ident),* $(,)?) => {
        /// A type whose objects have an id.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Kind {
            $($kind,)*
        }

        impl Kind {
            /// The name of the type in the schema.
            pub(super) fn as_str(self) -> &'static str {
                match self {
                    $(Self::$kind => stringify!($kind),)*
                }
            }

            fn named(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($kind) => Some(Self::$kind),)*
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    ArrearsReport, Attendance, Budget, Contribution, ContributionCategory, ContributionCount,
    Convention, CostEstimate, Deadline, Decision, Document, Event, FinancialProcedures, Finding,
    Invoice, Mandate, Meeting, Office, Organisation, Participant, Payments, Reserve, Scale, State,
    Vote,
}

/// What an id says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct GlobalId {
    pub(super) kind: Kind,
    pub(super) convention: String,
    pub(super) dials: Dials,
    /// What names the object in its convention.
    pub(super) key: String,
}

/// The id of an object of a convention whose dials were turned.
pub(super) fn global(kind: Kind, asked: &Asked, key: &str) -> ID {
    let convention = asked.view().convention();
    text(kind, convention.as_str(), asked.dials(), key).into()
}

/// The code that an argument means: written plainly, or given by the global id of an object of the
/// convention. Its dials do not matter: those of the convention hold.
pub(super) fn code<'a>(kind: Kind, asked: &Asked, given: &'a ID) -> Result<Cow<'a, str>> {
    let Some(id) = GlobalId::read(given) else { return Ok(Cow::Borrowed(given)) };
    let convention = asked.view().convention().as_str();
    if id.kind == kind && id.convention == convention {
        return Ok(Cow::Owned(id.key));
    }
    Err(bad_input(format!(
        "`{}` is the id of a {} of `{}`; give one of a {} of `{convention}`, or its code",
        **given,
        id.kind.as_str(),
        id.convention,
        kind.as_str()
    )))
}

impl Kind {
    /// Whether the day that is asked about changes what such an object says.
    fn is_of_a_day(self) -> bool {
        !matches!(self, Self::Event | Self::Finding)
    }
}

impl GlobalId {
    /// What a text says, if it is an id. No code is one: codes do not begin with a capital letter.
    pub(super) fn read(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let text = std::str::from_utf8(&bytes).ok()?;
        let mut parts = text.splitn(5, ' ');
        let mut next = || parts.next();
        let (kind, convention) = (Kind::named(next()?)?, next()?.to_owned());
        let (as_at, knowledge, key) = (next()?, next()?, next()?.to_owned());
        let dials = Dials { as_at: day(as_at)?, knowledge: known(knowledge)? };
        Some(Self { kind, convention, dials, key })
    }
}

fn text(kind: Kind, convention: &str, dials: Dials, key: &str) -> String {
    let as_at = dials.as_at.filter(|_| kind.is_of_a_day());
    let as_at = as_at.map_or_else(|| UNTURNED.to_owned(), |day| day.to_string());
    let knowledge = match dials.knowledge {
        None => UNTURNED.to_owned(),
        Some(Knowledge::At(moment)) => moment.to_string(),
        Some(Knowledge::Position(position)) => position.to_string(),
    };
    URL_SAFE_NO_PAD.encode(format!("{} {convention} {as_at} {knowledge} {key}", kind.as_str()))
}

fn day(text: &str) -> Option<Option<civil::Date>> {
    if text == UNTURNED { Some(None) } else { text.parse().ok().map(Some) }
}

fn known(text: &str) -> Option<Option<Knowledge>> {
    if text == UNTURNED {
        return Some(None);
    }
    let position = text.parse().ok().map(Knowledge::Position);
    let moment = || text.parse::<Timestamp>().ok().map(Knowledge::At);
    position.or_else(moment).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn reads_back(kind: Kind, dials: Dials, key: &str) -> String {
        let id = text(kind, "ccm", dials, key);
        let read = GlobalId::read(&id).unwrap();
        let expected = Dials { as_at: dials.as_at.filter(|_| kind.is_of_a_day()), ..dials };
        assert_eq!(
            read,
            GlobalId { kind, convention: "ccm".into(), dials: expected, key: key.into() }
        );
        id
    }

    fn dials(as_at: Option<&str>, knowledge: Option<Knowledge>) -> Dials {
        Dials { as_at: as_at.map(|day| day.parse().unwrap()), knowledge }
    }

    #[test]
    fn ids_say_what_they_were_made_of() {
        let then = Knowledge::At("2017-09-25T09:00:00Z".parse().unwrap());
        let keys = ["", "7msp", "CCM/MSP/2017/12", "MOZ/clearance//", "a b -"];
        for key in keys {
            for day in [None, Some("2017-09-06")] {
                for knowledge in [None, Some(Knowledge::Position(41)), Some(then)] {
                    reads_back(Kind::Meeting, dials(day, knowledge), key);
                    reads_back(Kind::Event, dials(day, knowledge), key);
                }
            }
        }
    }

    #[test]
    fn one_thing_has_another_id_where_the_dials_say_something_else_of_it() {
        let today = dials(None, None);
        let then = dials(Some("2017-09-06"), None);
        let known = dials(None, Some(Knowledge::Position(41)));
        let of = |kind, dials| reads_back(kind, dials, "1");
        assert_ne!(of(Kind::Meeting, today), of(Kind::Meeting, then));
        assert_ne!(of(Kind::Meeting, today), of(Kind::Meeting, known));
        assert_eq!(of(Kind::Event, today), of(Kind::Event, then));
        assert_ne!(of(Kind::Event, today), of(Kind::Event, known));
    }

    #[test]
    fn codes_and_other_texts_are_no_ids() {
        for text in ["", "ccm", "7msp", "7msp-53", "no such", "TWVldGluZw", "CCM/MSP/2017/12"] {
            assert_eq!(GlobalId::read(text), None, "{text}");
        }
        for made in ["Meeting ccm - -", "Nothing ccm - - 1", "Meeting ccm 2017 - 1"] {
            assert_eq!(GlobalId::read(&URL_SAFE_NO_PAD.encode(made)), None, "{made}");
        }
    }
}
