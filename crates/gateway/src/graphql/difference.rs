//! What changed between two points.

use async_graphql::{ComplexObject, Context, Enum, InputObject, Result, SimpleObject};
use chancery_gateway_macros::{Direct, direct};
use chancery_projections as projections;

use super::{
    dials::{Asked, Dials},
    error::bad_input,
    history::{Event, events},
    page::{Connection, PageArgs, connect, cost},
    scalars::{Date, DateTime, SafeInt},
};

/// Where a difference starts or ends. What is not said is as the convention's own dials say.
#[derive(InputObject, Default)]
pub(super) struct PointInput {
    /// The day: what was in legal effect at its end.
    pub(super) as_at: Option<Date>,
    /// What had been recorded at this moment.
    pub(super) as_known_at: Option<DateTime>,
    /// What had been recorded right after the event at this position of the log.
    pub(super) at_position: Option<SafeInt>,
}

impl PointInput {
    /// Turns the dials: what is not said is as they are turned already.
    pub(super) fn turned(self, context: &Context<'_>, own: &Asked) -> Result<Asked> {
        let Self { as_at, as_known_at, at_position } = self;
        let dials = Dials { as_at: as_at.or(Some(Date(own.day()))), as_known_at, at_position };
        let convention = own.view().convention();
        dials.beside(context, own)?.ok_or_else(|| {
            bad_input(format!(
                "`{convention}` was not recorded by then; ask for a later moment or position"
            ))
        })
    }
}

/// A point that was compared.
#[derive(SimpleObject, Direct)]
pub(super) struct Point {
    /// The day: what was in legal effect at its end.
    as_at: Date,
    /// The position in the log of the last event that was known; null where nothing was.
    position: Option<SafeInt>,
    /// When that event was recorded.
    recorded_at: Option<DateTime>,
}

/// What changed from one point to another.
#[derive(SimpleObject, Direct)]
#[graphql(complex)]
pub(super) struct Difference {
    /// The first point.
    from: Point,
    /// The second point.
    to: Point,
    #[graphql(skip)]
    found: projections::Difference,
    /// The point that knows more: it is asked what became of events.
    #[graphql(skip)]
    asked: Asked,
}

/// One thing that changed.
#[derive(SimpleObject, Direct)]
#[graphql(complex)]
pub(super) struct Change {
    /// What kind of change it is.
    kind: ChangeKind,
    /// What kinds of its like are about.
    group: ChangeGroup,
    /// The code or symbol of what changed: `BEN`, `8msp`, `CCM/MSP/2017/12`.
    about: String,
    /// The change in one sentence, with names.
    summary: String,
    /// Whether the second point no longer says it: it was taken back, or lies ahead of it.
    gone: bool,
    /// What it was before, and what it is after.
    values: Vec<ChangedValue>,
    #[graphql(skip)]
    found: projections::Change,
    #[graphql(skip)]
    asked: Asked,
}

/// A value that is not the same at both points: a date in ISO 8601, or words.
#[derive(SimpleObject, Direct)]
pub(super) struct ChangedValue {
    /// Which: `opens_on`.
    what: String,
    /// What the first point says; null is nothing.
    before: Option<String>,
    /// What the second point says; null is nothing.
    after: Option<String>,
}

#[direct]
#[ComplexObject]
impl Difference {
    /// What changed, by kind.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments)] // two filters and a page
    async fn changes(
        &self,
        #[graphql(desc = "Only those of these kinds; all if left out.")] kinds: Option<
            Vec<ChangeKind>,
        >,
        #[graphql(desc = "Only those about these; all if left out.")] groups: Option<
            Vec<ChangeGroup>,
        >,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Change>> {
        let page = PageArgs { first, after, last, before };
        let numbered = self.found.changes.iter().enumerate().map(|(at, it)| (at, it.clone()));
        let mut found: Vec<(usize, projections::Change)> = numbered.collect();
        if let Some(kinds) = kinds {
            found.retain(|(_, it)| kinds.contains(&it.kind.into()));
        }
        if let Some(groups) = groups {
            found.retain(|(_, it)| groups.contains(&it.kind.group().into()));
        }
        connect(
            "changes",
            found,
            |(at, _)| at.to_string(),
            &page,
            |(_, it)| Change::of(&self.asked, it),
        )
    }

    /// The events that count at the second point and not, or with other values, at the first, in
    /// the order of recording.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn gained(
        &self,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Event>> {
        let page = PageArgs { first, after, last, before };
        events(&self.asked, self.found.gained.clone(), &page)
    }

    /// The events that count at the first point and not, or with other values, at the second, in
    /// the order of recording.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn lost(
        &self,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Event>> {
        let page = PageArgs { first, after, last, before };
        events(&self.asked, self.found.lost.clone(), &page)
    }
}

#[direct]
#[ComplexObject]
impl Change {
    /// The events that brought it, of those that only one of the points counts; where time alone
    /// brought it, the events that it follows from. In the order of recording.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn events(
        &self,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Event>> {
        let page = PageArgs { first, after, last, before };
        events(&self.asked, self.found.events.clone(), &page)
    }
}

impl Difference {
    /// What changed from one point to the other.
    pub(super) fn between(from: &Asked, to: Asked) -> Self {
        let found = projections::difference(&from.at(), &to.at());
        let point = |it: &projections::Point| Point {
            as_at: Date(it.as_at),
            position: it.position.map(SafeInt),
            recorded_at: it.recorded_at.map(DateTime),
        };
        let (first, second) = (point(&found.from), point(&found.to));
        let asked = if from.known().position > to.known().position { from.clone() } else { to };
        Self { from: first, to: second, found, asked }
    }
}

impl Change {
    fn of(asked: &Asked, found: projections::Change) -> Self {
        let value = |it: &projections::ChangedValue| ChangedValue {
            what: it.what.to_owned(),
            before: it.before.as_ref().map(written),
            after: it.after.as_ref().map(written),
        };
        Self {
            kind: found.kind.into(),
            group: found.kind.group().into(),
            about: found.about.clone(),
            summary: found.summary.clone(),
            gone: found.gone,
            values: found.values.iter().map(value).collect(),
            found,
            asked: asked.clone(),
        }
    }
}

fn written(worth: &projections::Worth) -> String {
    match worth {
        projections::Worth::Date(date) => date.to_string(),
        projections::Worth::Text(text) => text.clone(),
    }
}

/// Kinds of changes, in the order in which they are told.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "projections::ChangeKind")]
pub(super) enum ChangeKind {
    /// The rules in the profile were recorded or amended.
    Law,
    /// The convention's own entry into force was settled.
    EntryIntoForce,
    /// A State signed.
    Signed,
    /// A State consented to be bound.
    Joined,
    /// The convention entered into force for a State.
    EnteredIntoForce,
    /// The day of a State's entry into force changed.
    InForceMoved,
    /// A State declared that it applies the convention provisionally.
    ProvisionallyApplied,
    /// A State gave notice of withdrawal.
    WithdrawalNotified,
    /// A State's withdrawal took effect.
    Withdrew,
    /// A State is listed under another name.
    Renamed,
    /// It was decided to hold a meeting.
    MeetingScheduled,
    /// A meeting's days or place changed.
    MeetingMoved,
    /// A meeting was opened or closed.
    MeetingHeld,
    /// Somebody was chosen for a term that has not begun.
    OfficeFilled,
    /// A term of office began.
    OfficeBegan,
    /// A term of office ended.
    OfficeEnded,
    /// The days of a term of office changed.
    OfficeMoved,
    /// A decision was taken.
    DecisionTaken,
    /// A State stood apart from a decision.
    Dissociated,
    /// A vote was taken.
    Voted,
    /// A document was issued.
    DocumentIssued,
    /// A document was considered by a meeting.
    DocumentConsidered,
    /// A document was adopted.
    DocumentAdopted,
    /// Somebody was given something to do.
    MandateGiven,
    /// The date of a mandate changed.
    MandateMoved,
    /// The date of a mandate passed, and it is not recorded as done.
    MandateOverdue,
    /// A mandate was fulfilled.
    MandateFulfilled,
    /// Another mandate took the place of one.
    MandateSuperseded,
    /// A State owes something by a date.
    DeadlineSet,
    /// The date of a deadline changed, or how it stands.
    DeadlineMoved,
    /// A deadline passed, and it is not done: its record is complete.
    DeadlineOverdue,
    /// A deadline passed, and nothing that fulfils it is recorded; its record is kept only in
    /// part, so it may have been done.
    DeadlineNotRecorded,
    /// A State did what it owed.
    DeadlineFulfilled,
    /// Financial procedures were adopted, completed or amended.
    Procedures,
    /// A scale of assessments was adopted or completed.
    Scale,
    /// A budget was approved, or something came in for it.
    Budget,
    /// A State was asked for its part.
    Invoiced,
    /// Somebody paid.
    Contributed,
    /// A source sums up what was paid.
    Counted,
    /// The reserve's level or balance changed.
    Reserve,
    /// The costs of a meeting were estimated.
    Estimated,
    /// Arrears were reported.
    Arrears,
    /// What was recorded was corrected or annulled.
    Corrected,
    /// Something contradicts something else.
    Finding,
    /// A correction closed a finding, or somebody set it aside.
    FindingSettled,
}

/// What kinds of changes have in common.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "projections::ChangeGroup")]
pub(super) enum ChangeGroup {
    /// The convention's rules.
    Law,
    /// Who is bound.
    States,
    /// Meetings.
    Meetings,
    /// Offices.
    Offices,
    /// Decisions and votes.
    Decisions,
    /// Documents.
    Documents,
    /// Mandates.
    Mandates,
    /// What States owe.
    Deadlines,
    /// Money.
    Money,
    /// What was corrected or annulled.
    Corrections,
    /// What contradicts what.
    Findings,
}
