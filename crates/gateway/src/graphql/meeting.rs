use async_graphql::{ID, Object, Result, SimpleObject};
use chancery_gateway_macros::{Direct, direct};
use chancery_kernel::MeetingId;
use chancery_projections::{AttendanceAt, MeetingAt, Participation};

use super::{
    decision::{Decision, decisions},
    dials::Asked,
    document::{Document, documents},
    enums::Category,
    id::{Kind, global},
    office::Office,
    page::{Connection, MANY, PageArgs, cost, cost_of_window, int, window},
    participant::{Organisation, State},
    scalars::PartialDate,
    source::{Source, sources},
    why::Why,
};

/// A meeting of a convention.
pub(super) struct Meeting {
    asked: Asked,
    it: MeetingAt,
}

impl Meeting {
    /// A meeting, with what its lists are asked of.
    pub(super) fn new(asked: &Asked, it: MeetingAt) -> Self {
        let asked = asked.clone();
        Self { asked, it }
    }
}

/// A formal meeting as it stood on the day asked about: what was set or done later is left out.
#[direct]
#[Object]
impl Meeting {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Meeting, &self.asked, self.it.id.as_str())
    }

    /// Its code, unique in its convention: `7msp`.
    async fn code(&self) -> &str {
        self.it.id.as_str()
    }

    /// Its kind, by its code in the profile: `msp`.
    async fn kind(&self) -> &str {
        &self.it.kind
    }

    /// Its number among those of its kind.
    async fn ordinal(&self) -> Result<Option<i32>> {
        self.it.ordinal.map(int).transpose()
    }

    /// Its title.
    async fn title(&self) -> &str {
        &self.it.title
    }

    /// The first day that was set.
    async fn opens_on(&self) -> Option<PartialDate> {
        self.it.opens_on.map(PartialDate)
    }

    /// The last day that was set.
    async fn closes_on(&self) -> Option<PartialDate> {
        self.it.closes_on.map(PartialDate)
    }

    /// City and State, under the State's name of the day.
    async fn venue(&self) -> Option<&str> {
        self.it.venue.as_deref()
    }

    /// Where instead, and on what condition.
    async fn alternative_venue(&self) -> Option<&str> {
        self.it.alternative_venue.as_deref()
    }

    /// When it was opened, as printed.
    async fn opened_on(&self) -> Option<PartialDate> {
        self.it.opened_on.map(PartialDate)
    }

    /// When it was closed, as printed.
    async fn closed_on(&self) -> Option<PartialDate> {
        self.it.closed_on.map(PartialDate)
    }

    /// How many plenary meetings it held, as far as that is recorded.
    async fn plenaries(&self) -> Result<Option<i32>> {
        self.it.plenaries.map(int).transpose()
    }

    /// What proves it: the places of its scheduling, calling, opening and closing.
    async fn sources(&self) -> Vec<Source> {
        sources(&self.it.sources)
    }

    /// Why it is when and where it is.
    async fn why(&self) -> Why {
        Why::of(&self.asked, self.asked.at().why_meeting(&self.it))
    }

    /// Who held its offices, in the order of recording.
    #[graphql(complexity = "cost_of_window(limit, MANY, child_complexity)")]
    async fn officers(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Office>> {
        let officers = window(self.asked.at().officers(&self.it.id), limit, offset)?;
        Ok(officers.into_iter().map(|it| Office::new(&self.asked, it)).collect())
    }

    /// Who attended, by category and name.
    #[graphql(complexity = "cost_of_window(limit, MANY, child_complexity)")]
    async fn attendance(
        &self,
        #[graphql(desc = "Only those listed in this category.")] category: Option<Category>,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Attendance>> {
        let mut attendance = self.asked.at().attendance(&self.it.id);
        if let Some(category) = category {
            attendance.retain(|it| it.category == category.into());
        }
        let attendance = window(attendance, limit, offset)?;
        Ok(attendance.into_iter().map(|it| Attendance::of(&self.asked, &self.it.id, it)).collect())
    }

    /// Its decisions, in the order of recording.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn decisions(
        &self,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Decision>> {
        let page = PageArgs { first, after, last, before };
        let found = self.asked.at().decisions_found_of(&self.it.id).collect();
        decisions(&self.asked, found, &page)
    }

    /// The documents issued for it, by symbol.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn documents(
        &self,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Document>> {
        let page = PageArgs { first, after, last, before };
        documents(&self.asked, self.asked.at().documents_of(&self.it.id), &page)
    }
}

/// That somebody attended a meeting. Either `state` or `organisation` is set.
#[derive(SimpleObject, Direct)]
pub(super) struct Attendance {
    /// Its global id, for `node` and for caches.
    #[graphql(owned)]
    pub(super) id: ID,
    /// The State.
    state: Option<State>,
    /// The organisation.
    organisation: Option<Organisation>,
    /// In which category the source lists it.
    category: Category,
    /// The rule of procedure under which it took part, as printed.
    rule: Option<String>,
    /// The place that says so.
    source: Source,
}

impl Attendance {
    /// An attendance of a meeting, with what its ids are made from.
    pub(super) fn of(asked: &Asked, meeting: &MeetingId, it: AttendanceAt) -> Self {
        let id = global(Kind::Attendance, asked, &key_of_attendance(meeting, &it));
        let (state, organisation) = match &it.participant {
            Participation::State(state) => (Some(State::of(asked, state)), None),
            Participation::Organisation(organisation) => {
                (None, Some(Organisation::of(asked, organisation)))
            }
        };
        Self {
            id,
            state,
            organisation,
            category: it.category.into(),
            rule: it.rule,
            source: (&it.source).into(),
        }
    }
}

/// What names an attendance in its convention: the meeting, the event that says so, and who.
pub(super) fn key_of_attendance(meeting: &MeetingId, it: &AttendanceAt) -> String {
    let who = match &it.participant {
        Participation::State(state) => state.code.as_str(),
        Participation::Organisation(organisation) => organisation.id.as_str(),
    };
    format!("{meeting}/{}/{who}", it.version)
}
