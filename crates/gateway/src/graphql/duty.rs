use async_graphql::{ID, Object, Result, SimpleObject};
use chancery_gateway_macros::{Direct, direct};
use chancery_kernel::{MandateId, OfficeId};
use chancery_obligations::Timing;
use chancery_projections::{DeadlineAt, FulfilmentAt, MandateAt};

use super::{
    dials::Asked,
    enums::{DeadlineStatus, MandateStatus},
    id::{Kind, global},
    page::{Connection, PageArgs, connect},
    participant::{Organisation, State, organisations, states},
    scalars::PartialDate,
    source::{Source, sources},
    why::Why,
};

/// A deadline.
pub(super) struct Deadline {
    asked: Asked,
    it: DeadlineAt,
}

impl Deadline {
    /// A deadline, with what its reasons are asked of.
    pub(super) fn new(asked: &Asked, it: DeadlineAt) -> Self {
        Self { asked: asked.clone(), it }
    }
}

/// What a State owes by a date, or has done, as it stood on the day asked about.
#[direct]
#[Object]
impl Deadline {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Deadline, &self.asked, &key(&self.it))
    }

    /// Which State.
    async fn state(&self) -> State {
        State::of(&self.asked, &self.it.state)
    }

    /// What it owes, by its code in the profile: `clearance`.
    async fn obligation(&self) -> &str {
        self.it.obligation.as_str()
    }

    /// The obligation's name in the profile.
    async fn obligation_name(&self) -> &str {
        &self.it.obligation_name
    }

    /// The clock that an event started, by its code in the profile: `end_of_hostilities`; null for the
    /// one that the entry into force started.
    async fn clock(&self) -> Option<&str> {
        self.it.clock.as_ref().map(chancery_kernel::ClockId::as_str)
    }

    /// The calendar year that a yearly report covers.
    async fn year(&self) -> Option<i32> {
        self.it.year.map(i32::from)
    }

    /// The last day on which it is in time, as precisely as that is known.
    async fn due_on(&self) -> PartialDate {
        PartialDate(self.it.due_on)
    }

    /// How it stands.
    async fn status(&self) -> DeadlineStatus {
        self.it.standing.into()
    }

    /// When it was done, as precisely as that is known; null while nothing is recorded.
    async fn done_on(&self) -> Option<PartialDate> {
        self.it.done_on.map(PartialDate)
    }

    /// When completion was declared.
    async fn declared_on(&self) -> Option<PartialDate> {
        self.it.declared_on.map(PartialDate)
    }

    /// Whether it was done in time; null while it is not done, or where the dates are not known well
    /// enough to say.
    async fn on_time(&self) -> Option<bool> {
        match self.it.timing? {
            Timing::OnTime => Some(true),
            Timing::Late { .. } => Some(false),
            Timing::Unknown => None,
        }
    }

    /// By how many days it was late, at least: less than `daysLateAtMost` where its dates are not
    /// known to the day; null unless it was late.
    async fn days_late(&self) -> Option<i32> {
        match self.it.timing? {
            Timing::Late { at_least, .. } => Some(at_least),
            _ => None,
        }
    }

    /// By how many days it was late, at most; null unless it was late.
    async fn days_late_at_most(&self) -> Option<i32> {
        match self.it.timing? {
            Timing::Late { at_most, .. } => Some(at_most),
            _ => None,
        }
    }

    /// Whether an extension is asked for and not decided.
    async fn extension_requested(&self) -> bool {
        self.it.extension_requested
    }

    /// Until when an extension is asked for, if that is known.
    async fn requested_until(&self) -> Option<PartialDate> {
        self.it.requested_until.map(PartialDate)
    }

    /// Why it is due then, and stands so.
    async fn why(&self) -> Why {
        Why::of(&self.asked, self.asked.at().why_deadline(&self.it))
    }

    /// What proves it: the State's deposit, then each fact about the duty.
    async fn sources(&self) -> Vec<Source> {
        sources(&self.it.sources)
    }
}

/// A mandate.
pub(super) struct Mandate {
    asked: Asked,
    it: MandateAt,
}

impl Mandate {
    /// A mandate, with what its reasons are asked of.
    pub(super) fn new(asked: &Asked, it: MandateAt) -> Self {
        Self { asked: asked.clone(), it }
    }
}

/// What a decision gave somebody to do, as it stood on the day asked about.
#[direct]
#[Object]
impl Mandate {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Mandate, &self.asked, self.it.id.as_str())
    }

    /// Its code, unique in its convention: `7msp-41-budget-2019`.
    async fn code(&self) -> &str {
        self.it.id.as_str()
    }

    /// The code of the decision that gave it.
    async fn decision(&self) -> &str {
        self.it.decision.as_str()
    }

    /// What is to be done, in short. Where this and the source differ, the source is right.
    async fn action(&self) -> &str {
        &self.it.action
    }

    /// Who is to do it, in one line.
    async fn responsible(&self) -> &str {
        &self.it.responsible
    }

    /// The States among them.
    async fn states(&self) -> Vec<State> {
        states(&self.asked, &self.it.states)
    }

    /// The organisations among them.
    async fn organisations(&self) -> Vec<Organisation> {
        organisations(&self.asked, &self.it.organisations)
    }

    /// The code of the office whose holder is to do it; null for none.
    async fn office(&self) -> Option<&str> {
        self.it.office.as_ref().map(OfficeId::as_str)
    }

    /// When it was given, as precisely as that is known.
    async fn given_on(&self) -> PartialDate {
        PartialDate(self.it.on)
    }

    /// The last day on which it is in time, as precisely as that is known; null while it has no date.
    /// It moves with the meeting that it hangs on; of a mandate that recurs it is the next time.
    async fn due_on(&self) -> Option<PartialDate> {
        self.it.due_on.map(PartialDate)
    }

    /// By when, in the words that the date was computed from: `60 days before the opening of 8msp`.
    async fn due_said(&self) -> Option<String> {
        self.it.due.as_ref().map(|due| due.said.to_string())
    }

    /// By when, in the source's words, where they say more than a date does.
    async fn due_as_said(&self) -> Option<&str> {
        self.it.due_as_said.as_deref()
    }

    /// Whether it recurs.
    async fn recurs(&self) -> bool {
        self.it.recurs
    }

    /// How it stands.
    async fn status(&self) -> MandateStatus {
        self.it.standing.into()
    }

    /// When it was fulfilled: once, or each time.
    async fn fulfilled_on(&self) -> Vec<PartialDate> {
        self.it.fulfilments.iter().map(|it| PartialDate(it.on)).collect()
    }

    /// Each time that it was fulfilled, with what proves it.
    async fn fulfilments(&self) -> Vec<Fulfilment> {
        self.it.fulfilments.iter().map(Fulfilment::from).collect()
    }

    /// The code of the mandate that took its place.
    async fn superseded_by(&self) -> Option<&str> {
        self.it.superseded_by.as_ref().map(MandateId::as_str)
    }

    /// The place that proves it.
    async fn source(&self) -> Option<Source> {
        self.it.source.as_ref().map(Source::from)
    }

    /// Why it is due then, and stands so.
    async fn why(&self) -> Why {
        Why::of(&self.asked, self.asked.at().why_mandate(&self.it))
    }
}

/// What a mandate asked for was done.
#[derive(SimpleObject, Direct)]
pub(super) struct Fulfilment {
    /// When, as precisely as that is known.
    on: PartialDate,
    /// How, in short. Where this and the source differ, the source is right.
    summary: Option<String>,
    /// Symbols of documents that came of it.
    documents: Vec<String>,
    /// The place that proves it.
    source: Source,
}

impl From<&FulfilmentAt> for Fulfilment {
    fn from(it: &FulfilmentAt) -> Self {
        Self {
            on: PartialDate(it.on),
            summary: it.summary.clone(),
            documents: it.documents.iter().map(ToString::to_string).collect(),
            source: Source::from(&it.source),
        }
    }
}

/// A page of deadlines.
pub(super) fn deadlines(
    asked: &Asked,
    found: Vec<DeadlineAt>,
    page: &PageArgs,
) -> Result<Connection<Deadline>> {
    connect("deadlines", found, key, page, |it| Deadline::new(asked, it))
}

/// A page of mandates.
pub(super) fn mandates(
    asked: &Asked,
    found: Vec<MandateAt>,
    page: &PageArgs,
) -> Result<Connection<Mandate>> {
    connect("mandates", found, |it| it.id.to_string(), page, |it| Mandate::new(asked, it))
}

/// What names a deadline in its convention.
pub(super) fn key(it: &DeadlineAt) -> String {
    let clock = it.clock.as_ref().map_or("", |clock| clock.as_str());
    let year = it.year.map(|year| year.to_string()).unwrap_or_default();
    format!("{}/{}/{clock}/{year}", it.state.code, it.obligation)
}
