use async_graphql::{ID, Object};
use chancery_gateway_macros::direct;
use chancery_kernel::{MeetingId, ThemeId};
use chancery_projections::OfficeAt;

use super::{
    dials::Asked,
    enums::Accession,
    id::{Kind, global},
    participant::{Organisation, State},
    scalars::PartialDate,
    source::Source,
    why::Why,
};

/// A term of office.
pub(super) struct Office {
    asked: Asked,
    it: OfficeAt,
}

impl Office {
    /// A term, with what its reasons are asked of.
    pub(super) fn new(asked: &Asked, it: OfficeAt) -> Self {
        Self { asked: asked.clone(), it }
    }
}

/// A term of office as it stood on the day asked about.
#[direct]
#[Object]
impl Office {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Office, &self.asked, &key(&self.it))
    }

    /// Which office, by its code in the convention's profile: `vice_president`.
    async fn office(&self) -> &str {
        self.it.office.as_str()
    }

    /// The office's name in the profile: `Vice-President`.
    async fn office_name(&self) -> &str {
        &self.it.office_name
    }

    /// The theme that it is about, by its code in the profile: `victim_assistance`.
    async fn theme(&self) -> Option<&str> {
        self.it.theme.as_ref().map(ThemeId::as_str)
    }

    /// The theme's name in the profile.
    async fn theme_name(&self) -> Option<&str> {
        self.it.theme_name.as_deref()
    }

    /// The State that holds it.
    async fn state(&self) -> Option<State> {
        self.it.state.as_ref().map(|it| State::of(&self.asked, it))
    }

    /// The organisation whose person holds it.
    async fn organisation(&self) -> Option<Organisation> {
        self.it.organisation.as_ref().map(|it| Organisation::of(&self.asked, it))
    }

    /// The person with title, as printed.
    async fn person(&self) -> Option<&str> {
        self.it.person.as_deref()
    }

    /// The person's function, as printed.
    async fn capacity(&self) -> Option<&str> {
        self.it.capacity.as_deref()
    }

    /// How the holder came to it.
    async fn accession(&self) -> Accession {
        self.it.accession.into()
    }

    /// The first day of the term, as precisely as it is known; null while it has no date, or one
    /// that no day, month or year expresses.
    async fn from(&self) -> Option<PartialDate> {
        self.it.from.date.map(PartialDate)
    }

    /// The first day in the words of the source: `the end of 7msp`.
    async fn from_said(&self) -> String {
        self.it.from.said.to_string()
    }

    /// The last day of the term; null if it is open, or has no date yet.
    async fn until(&self) -> Option<PartialDate> {
        let until = self.it.until.as_ref()?;
        until.date.map(PartialDate)
    }

    /// The last day in the words of the source; null if the term is open.
    async fn until_said(&self) -> Option<String> {
        self.it.until.as_ref().map(|until| until.said.to_string())
    }

    /// Whether the dates are known well enough to say for certain that it is held on the day.
    async fn certain(&self) -> bool {
        self.it.certain
    }

    /// The code of the meeting whose office it is; null for an office of the convention.
    async fn of(&self) -> Option<&str> {
        self.it.of.as_ref().map(MeetingId::as_str)
    }

    /// The place that proves it.
    async fn source(&self) -> Option<Source> {
        self.it.source.as_ref().map(Source::from)
    }

    /// Why it begins and ends when it does.
    async fn why(&self) -> Why {
        Why::of(&self.asked, self.asked.at().why_term(&self.it))
    }
}

/// What names a term in its convention: the event that filled it, and the holder, of whom an event
/// may name several.
pub(super) fn key(it: &OfficeAt) -> String {
    let state = it.state.as_ref().map(|state| state.code.to_string());
    format!("{}/{}", it.version, state.unwrap_or_default())
}
