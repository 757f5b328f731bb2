use chancery_kernel::{MeetingId, PartialDate};
use serde::{Deserializer, Serialize, Serializer};

use crate::{corrections, journal, profile, sources};

/// What was recorded: one act, of any domain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// The law.
    Profile(profile::Event),
    /// Who is bound.
    Membership(chancery_membership::Event),
    /// Meetings.
    Meetings(chancery_meetings::Event),
    /// Offices.
    Offices(chancery_offices::Event),
    /// Decisions.
    Decisions(chancery_decisions::Event),
    /// Money.
    Finance(chancery_finance::Event),
    /// Obligations.
    Obligations(chancery_obligations::Event),
    /// What a source prints.
    Sources(sources::Event),
    /// What was recorded already.
    Corrections(corrections::Event),
    /// The log itself.
    Journal(journal::Event),
}

impl Event {
    /// Stored type and current schema number of every event.
    pub fn types() -> impl Iterator<Item = (&'static str, u32)> {
        [
            profile::Event::TYPES,
            chancery_membership::Event::TYPES,
            chancery_meetings::Event::TYPES,
            chancery_offices::Event::TYPES,
            chancery_decisions::Event::TYPES,
            chancery_finance::Event::TYPES,
            chancery_obligations::Event::TYPES,
            sources::Event::TYPES,
            corrections::Event::TYPES,
            journal::Event::TYPES,
        ]
        .into_iter()
        .flatten()
        .copied()
    }

    /// The stored type: domain, full stop, past tense.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Profile(it) => it.kind(),
            Self::Membership(it) => it.kind(),
            Self::Meetings(it) => it.kind(),
            Self::Offices(it) => it.kind(),
            Self::Decisions(it) => it.kind(),
            Self::Finance(it) => it.kind(),
            Self::Obligations(it) => it.kind(),
            Self::Sources(it) => it.kind(),
            Self::Corrections(it) => it.kind(),
            Self::Journal(it) => it.kind(),
        }
    }

    /// The key of record files that it comes from: its type without the domain, but where two
    /// domains share a word.
    pub fn key(&self) -> &'static str {
        match self.kind() {
            "profile.adopted" | "profile.amended" => "profile",
            "offices.succeeded" => "office_succeeded",
            "obligations.declared" => "obligation_declared",
            kind => kind.split_once('.').map_or(kind, |(_, key)| key),
        }
    }

    /// The number of the schema that it is written in.
    pub fn schema(&self) -> u32 {
        match self {
            Self::Profile(it) => it.schema(),
            Self::Membership(it) => it.schema(),
            Self::Meetings(it) => it.schema(),
            Self::Offices(it) => it.schema(),
            Self::Decisions(it) => it.schema(),
            Self::Finance(it) => it.schema(),
            Self::Obligations(it) => it.schema(),
            Self::Sources(it) => it.schema(),
            Self::Corrections(it) => it.schema(),
            Self::Journal(it) => it.schema(),
        }
    }

    /// The data as JSON.
    ///
    /// # Errors
    /// None in practice: payloads are plain data.
    pub fn data(&self) -> serde_json::Result<serde_json::Value> {
        match self {
            Self::Profile(it) => it.data(),
            Self::Membership(it) => it.data(),
            Self::Meetings(it) => it.data(),
            Self::Offices(it) => it.data(),
            Self::Decisions(it) => it.data(),
            Self::Finance(it) => it.data(),
            Self::Obligations(it) => it.data(),
            Self::Sources(it) => it.data(),
            Self::Corrections(it) => it.data(),
            Self::Journal(it) => it.data(),
        }
    }

    /// The data as it is stored.
    pub(crate) fn stored(&self) -> Data<'_> {
        Data(self)
    }

    /// When the act was done, as the source says.
    pub fn on(&self) -> PartialDate {
        match self {
            Self::Profile(it) => it.on(),
            Self::Membership(it) => it.on(),
            Self::Meetings(it) => it.on(),
            Self::Offices(it) => it.on(),
            Self::Decisions(it) => it.on(),
            Self::Finance(it) => it.on(),
            Self::Obligations(it) => it.on(),
            Self::Sources(it) => it.on(),
            Self::Corrections(it) => it.on(),
            Self::Journal(it) => it.on(),
        }
    }

    /// The meeting that it belongs to.
    pub fn meeting(&self) -> Option<&MeetingId> {
        match self {
            Self::Profile(_)
            | Self::Membership(_)
            | Self::Obligations(_)
            | Self::Corrections(_)
            | Self::Journal(_) => None,
            Self::Meetings(it) => it.meeting(),
            Self::Offices(it) => it.meeting(),
            Self::Decisions(it) => it.meeting(),
            Self::Finance(it) => it.meeting(),
            Self::Sources(it) => it.meeting(),
        }
    }

    /// Reads an event's data by its stored type and schema; `None` if there is no such one. An
    /// older schema gets its own frozen struct and a pure upcaster here.
    pub(crate) fn read<'de, D>(kind: &str, schema: u32, data: D) -> Option<Result<Self, D::Error>>
    where
        D: Deserializer<'de>,
    {
        match kind.split_once('.')?.0 {
            "profile" => profile::Event::read(kind, schema, data).map(|it| it.map(Self::Profile)),
            "membership" => chancery_membership::Event::read(kind, schema, data)
                .map(|it| it.map(Self::Membership)),
            "meetings" => {
                chancery_meetings::Event::read(kind, schema, data).map(|it| it.map(Self::Meetings))
            }
            "offices" => {
                chancery_offices::Event::read(kind, schema, data).map(|it| it.map(Self::Offices))
            }
            "decisions" => chancery_decisions::Event::read(kind, schema, data)
                .map(|it| it.map(Self::Decisions)),
            "finance" => {
                chancery_finance::Event::read(kind, schema, data).map(|it| it.map(Self::Finance))
            }
            "obligations" => chancery_obligations::Event::read(kind, schema, data)
                .map(|it| it.map(Self::Obligations)),
            "sources" => sources::Event::read(kind, schema, data).map(|it| it.map(Self::Sources)),
            "register" => {
                corrections::Event::read(kind, schema, data).map(|it| it.map(Self::Corrections))
            }
            "ledger" => journal::Event::read(kind, schema, data).map(|it| it.map(Self::Journal)),
            _ => None,
        }
    }
}

/// What is stored of an event as its data.
pub(crate) struct Data<'a>(&'a Event);

impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Event::Profile(it) => it.serialize_data(serializer),
            Event::Membership(it) => it.serialize_data(serializer),
            Event::Meetings(it) => it.serialize_data(serializer),
            Event::Offices(it) => it.serialize_data(serializer),
            Event::Decisions(it) => it.serialize_data(serializer),
            Event::Finance(it) => it.serialize_data(serializer),
            Event::Obligations(it) => it.serialize_data(serializer),
            Event::Sources(it) => it.serialize_data(serializer),
            Event::Corrections(it) => it.serialize_data(serializer),
            Event::Journal(it) => it.serialize_data(serializer),
        }
    }
}
