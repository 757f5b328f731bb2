use std::sync::Arc;

use serde::{Deserializer, Serialize, Serializer};

use crate::{corrections, event::Event, journal, profile, sources};

/// What somebody asks to record: one fact, of any domain. Record files, tables, the program and
/// the gateway all come to this.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Command {
    /// The law.
    Profile(profile::Command),
    /// Who is bound.
    Membership(chancery_membership::Command),
    /// Meetings.
    Meetings(chancery_meetings::Command),
    /// Offices.
    Offices(chancery_offices::Command),
    /// Decisions.
    Decisions(chancery_decisions::Command),
    /// Money.
    Finance(chancery_finance::Command),
    /// Obligations.
    Obligations(chancery_obligations::Command),
    /// What a source prints.
    Sources(sources::Command),
    /// What is recorded already.
    Corrections(corrections::Command),
    /// The log itself. No record file can ask for it.
    Journal(journal::Command),
}

/// What a fact is about: a domain of the register.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Domain {
    /// The law.
    Profile,
    /// Who is bound.
    Membership,
    /// Meetings.
    Meetings,
    /// Offices.
    Offices,
    /// Decisions.
    Decisions,
    /// Money.
    Finance,
    /// Obligations.
    Obligations,
    /// What a source prints.
    Sources,
    /// What is recorded already.
    Corrections,
    /// The log itself.
    Journal,
}

impl Domain {
    /// Every domain.
    pub const ALL: [Self; 10] = [
        Self::Profile,
        Self::Membership,
        Self::Meetings,
        Self::Offices,
        Self::Decisions,
        Self::Finance,
        Self::Obligations,
        Self::Sources,
        Self::Corrections,
        Self::Journal,
    ];

    /// Of a fact, by its key in record files.
    pub fn of(key: &str) -> Option<Self> {
        let domains = [(Self::Profile, profile::Command::KEYS)];
        let found = domains.into_iter().chain(KEYS).find(|(_, keys)| keys.contains(&key));
        found.map(|(domain, _)| domain)
    }
}

/// The keys of facts in record files, domain by domain.
const KEYS: [(Domain, &[&str]); 8] = [
    (Domain::Membership, chancery_membership::Command::KEYS),
    (Domain::Meetings, chancery_meetings::Command::KEYS),
    (Domain::Offices, chancery_offices::Command::KEYS),
    (Domain::Decisions, chancery_decisions::Command::KEYS),
    (Domain::Finance, chancery_finance::Command::KEYS),
    (Domain::Obligations, chancery_obligations::Command::KEYS),
    (Domain::Sources, sources::Command::KEYS),
    (Domain::Corrections, corrections::Command::KEYS),
];

impl Command {
    /// What it is about.
    pub fn domain(&self) -> Domain {
        match self {
            Self::Profile(_) => Domain::Profile,
            Self::Membership(_) => Domain::Membership,
            Self::Meetings(_) => Domain::Meetings,
            Self::Offices(_) => Domain::Offices,
            Self::Decisions(_) => Domain::Decisions,
            Self::Finance(_) => Domain::Finance,
            Self::Obligations(_) => Domain::Obligations,
            Self::Sources(_) => Domain::Sources,
            Self::Corrections(_) => Domain::Corrections,
            Self::Journal(_) => Domain::Journal,
        }
    }

    /// The keys of facts in record files.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        KEYS.into_iter().flat_map(|(_, keys)| keys).copied()
    }

    /// This command's key in record files.
    pub fn key(&self) -> &'static str {
        match self {
            Self::Profile(it) => it.key(),
            Self::Membership(it) => it.key(),
            Self::Meetings(it) => it.key(),
            Self::Offices(it) => it.key(),
            Self::Decisions(it) => it.key(),
            Self::Finance(it) => it.key(),
            Self::Obligations(it) => it.key(),
            Self::Sources(it) => it.key(),
            Self::Corrections(it) => it.key(),
            Self::Journal(it) => it.key(),
        }
    }

    /// Reads the command that `key` stands for; `None` if there is none.
    pub fn read<'de, D>(key: &str, body: D) -> Option<Result<Self, D::Error>>
    where
        D: Deserializer<'de> + Copy,
    {
        let profile = || profile::Command::read(key, body).map(|it| it.map(Self::Profile));
        let membership =
            || chancery_membership::Command::read(key, body).map(|it| it.map(Self::Membership));
        let meetings =
            || chancery_meetings::Command::read(key, body).map(|it| it.map(Self::Meetings));
        let offices = || chancery_offices::Command::read(key, body).map(|it| it.map(Self::Offices));
        let decisions =
            || chancery_decisions::Command::read(key, body).map(|it| it.map(Self::Decisions));
        let finance = || chancery_finance::Command::read(key, body).map(|it| it.map(Self::Finance));
        let obligations =
            || chancery_obligations::Command::read(key, body).map(|it| it.map(Self::Obligations));
        let sources = || sources::Command::read(key, body).map(|it| it.map(Self::Sources));
        let corrections =
            || corrections::Command::read(key, body).map(|it| it.map(Self::Corrections));
        membership()
            .or_else(meetings)
            .or_else(offices)
            .or_else(decisions)
            .or_else(finance)
            .or_else(obligations)
            .or_else(sources)
            .or_else(corrections)
            .or_else(profile)
    }

    /// The body as a record file would hold it.
    pub fn body(&self) -> Body<'_> {
        Body(self)
    }
}

/// What stands behind a command's key in a record file.
#[derive(Debug, Clone, Copy)]
pub struct Body<'a>(&'a Command);

impl Serialize for Body<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            Command::Profile(it) => it.serialize_body(serializer),
            Command::Membership(it) => it.serialize_body(serializer),
            Command::Meetings(it) => it.serialize_body(serializer),
            Command::Offices(it) => it.serialize_body(serializer),
            Command::Decisions(it) => it.serialize_body(serializer),
            Command::Finance(it) => it.serialize_body(serializer),
            Command::Obligations(it) => it.serialize_body(serializer),
            Command::Sources(it) => it.serialize_body(serializer),
            Command::Corrections(it) => it.serialize_body(serializer),
            Command::Journal(it) => it.serialize_body(serializer),
        }
    }
}

/// What somebody would ask for to record an event: what rests on a corrected one is decided again.
impl From<Event> for Command {
    fn from(event: Event) -> Self {
        match event {
            Event::Profile(profile::Event::Adopted(it) | profile::Event::Amended(it)) => {
                Self::Profile(profile::Command::Record(Arc::unwrap_or_clone(it)))
            }
            Event::Membership(it) => Self::Membership(it.into()),
            Event::Meetings(it) => Self::Meetings(it.into()),
            Event::Offices(it) => Self::Offices(it.into()),
            Event::Decisions(it) => Self::Decisions(it.into()),
            Event::Finance(it) => Self::Finance(it.into()),
            Event::Obligations(it) => Self::Obligations(it.into()),
            Event::Sources(sources::Event::Named(it)) => {
                Self::Sources(sources::Command::Name(Arc::unwrap_or_clone(it)))
            }
            Event::Corrections(it) => Self::Corrections(it.into()),
            Event::Journal(it) => Self::Journal(it.into()),
        }
    }
}
