use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use chancery_gateway_macros::{Direct, direct};
use chancery_kernel::DocumentSymbol;
use chancery_projections::{
    self as projections, DecisionFound, FindingStanding, MandateAt, ParticipantFound,
};

use super::{
    budget::Budget,
    decision::{Decision, Vote, decisions},
    dials::Asked,
    difference::{Difference, PointInput},
    document::{Document, documents},
    duty::{Deadline, Mandate, deadlines, mandates},
    enums::{DeadlineStatus, Figure, FindingRule, Payers, Standing, Verb},
    error::bad_input,
    finances::Finances,
    finding::Finding,
    history::{Event, HistoryArgs, events},
    id::{Kind, code, global},
    log,
    meeting::Meeting,
    money::Money,
    office::Office,
    page::{Connection, FEW, MANY, PageArgs, connect, cost, cost_of_window, window},
    participant::{Participant, Status},
    reserve::Reserve,
    scalars::{Date, DateTime, SafeInt, StateCode},
    shares::{Shares, SupposedRate, shares},
    why::Why,
};
use crate::service::Knowledge;

/// One convention with its dials turned.
pub(super) struct Convention(pub(super) Asked);

/// Up to where the register knows.
#[derive(SimpleObject, Direct)]
#[graphql(complex)]
pub(super) struct Known {
    /// The position in the log of the convention's last event.
    position: SafeInt,
    /// When that event was recorded.
    recorded_at: DateTime,
    /// How many events the convention has: what `expectedVersion` of a mutation is compared with.
    version: SafeInt,
}

#[direct]
#[ComplexObject]
impl Known {
    /// The root hash over the log up to that event, in base64 (RFC 6962): two answers with the same
    /// root were computed from the same history.
    async fn root(&self, context: &Context<'_>) -> Result<String> {
        log::root(context, self.position.0).await
    }
}

/// A multilateral convention. Everything beneath is evaluated on `asAt`, from what had been recorded
/// at `asKnownAt` or `atPosition`, or from all that is recorded. The register is not the
/// depositary: what is legally in effect is what the depositary notified.
#[direct]
#[Object]
impl Convention {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Convention, &self.0, "")
    }

    /// Its code: `ccm`.
    async fn code(&self) -> &str {
        self.0.view().convention().as_str()
    }

    /// Its name.
    async fn name(&self) -> &str {
        let id = self.0.view().convention().as_str();
        self.profile().map_or(id, |profile| &profile.name)
    }

    /// Its abbreviation: `CCM`.
    async fn short_name(&self) -> Option<&str> {
        self.profile().map(|profile| &*profile.short_name)
    }

    /// Who keeps the original and receives the instruments.
    async fn depositary(&self) -> Option<&str> {
        self.profile().map(|profile| &*profile.depositary)
    }

    /// The day on which its text was adopted.
    async fn adopted_on(&self) -> Option<Date> {
        self.profile().map(|profile| Date(profile.adopted_on))
    }

    /// The day on which it entered, or will enter, into force, counted from the instruments that
    /// had been deposited by `asAt`; null while there are too few.
    async fn entry_into_force(&self) -> Option<Date> {
        self.0.at().entry_into_force().map(Date)
    }

    /// The day on which everything here is evaluated: what was in legal effect at its end.
    async fn as_at(&self) -> Date {
        Date(self.0.day())
    }

    /// The moment that was asked about: everything here is evaluated from what had been recorded
    /// then. Null if none was named.
    async fn as_known_at(&self) -> Option<DateTime> {
        match self.0.dials().knowledge? {
            Knowledge::At(moment) => Some(DateTime(moment)),
            Knowledge::Position(_) => None,
        }
    }

    /// The position of the log that was asked about: everything here is evaluated from what had been
    /// recorded right after that event. Null if none was named.
    async fn at_position(&self) -> Option<SafeInt> {
        match self.0.dials().knowledge? {
            Knowledge::Position(position) => Some(SafeInt(position)),
            Knowledge::At(_) => None,
        }
    }

    /// Up to where the register knows.
    async fn known(&self) -> Known {
        let known = self.0.known();
        Known {
            position: SafeInt(known.position),
            recorded_at: DateTime(known.recorded_at),
            version: SafeInt(self.0.view().state().version),
        }
    }

    /// How many States stand how.
    async fn status(&self) -> Result<Status> {
        Status::of(self.0.at().status())
    }

    /// Why a figure is what it is.
    async fn why(&self, #[graphql(desc = "Which figure.")] figure: Figure) -> Option<Why> {
        let why = self.0.at().why_status(figure.into());
        why.map(|why| Why::of(&self.0, why))
    }

    /// Why any figure or date is what it is, by its address: what `why { figure }` says of each, and
    /// what the program's `why` takes.
    #[graphql(complexity = "FEW + child_complexity")]
    async fn why_of(
        &self,
        #[graphql(
            desc = "`in-force`, `entry-into-force BEN`, `standing BEN`, `withdrawal LTU`, `meeting 7msp`, `term coordinator DEU general_status`, `deadline MOZ clearance`, `mandate 7msp-41-budget-2019`, `shares 8msp USD 300000`, `share DEU 8msp USD 300000`, `payments DEU 2018`, `budget 2018`, `coverage 2018`, `contributors 2018`, `request DEU 2018 7(a)`, `review`, `reserve`, `shortfall`."
        )]
        figure: String,
    ) -> Result<Why> {
        let figure: projections::Figure = figure.parse().map_err(bad_input)?;
        let why = self.0.at().why(&figure).map_err(bad_input)?;
        Ok(Why::of(&self.0, why))
    }

    /// The States that have a part in the convention, by name.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn participants(
        &self,
        #[graphql(desc = "Only those that stand so; all if left out.")] standing: Option<
            Vec<Standing>,
        >,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Participant>> {
        let page = PageArgs { first, after, last, before };
        let mut participants = self.0.at().participants_found();
        if let Some(wanted) = standing {
            participants.retain(|it| wanted.contains(&it.standing.into()));
        }
        let key = |it: &ParticipantFound| it.state.code.to_string();
        connect("participants", participants, key, &page, |it| Participant::new(&self.0, it))
    }

    /// One State's part in the convention; null if it has none on the day.
    async fn participant(
        &self,
        #[graphql(desc = "Which State.")] state: StateCode,
    ) -> Option<Participant> {
        Participant::of(&self.0, state.0)
    }

    /// The meetings that were at least scheduled, by their first day; those without one last.
    #[graphql(complexity = "cost_of_window(limit, FEW, child_complexity)")]
    async fn meetings(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Meeting>> {
        let meetings = window(self.0.at().meetings(), limit, offset)?;
        let meetings = meetings.into_iter().map(|it| Meeting::new(&self.0, it));
        Ok(meetings.collect())
    }

    /// A meeting; null if nothing of it was decided by the day.
    async fn meeting(
        &self,
        #[graphql(desc = "Its code, `7msp`, or its id.")] id: ID,
    ) -> Result<Option<Meeting>> {
        let code = code(Kind::Meeting, &self.0, &id)?.parse();
        let found = code.ok().and_then(|code| self.0.at().meeting(&code));
        Ok(found.map(|it| Meeting::new(&self.0, it)))
    }

    /// Who holds which office: certainly, or possibly where dates are not known to the day. By
    /// office, theme and name.
    #[graphql(complexity = "cost_of_window(limit, MANY, child_complexity)")]
    async fn offices(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Office>> {
        let offices = window(self.0.at().offices(), limit, offset)?;
        Ok(offices.into_iter().map(|it| Office::new(&self.0, it)).collect())
    }

    /// What was decided, in the order of recording.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments)] // three filters and a page
    async fn decisions(
        &self,
        #[graphql(desc = "Only those of the meeting with this code or id.")] meeting: Option<ID>,
        #[graphql(desc = "Only those about the theme with this code.")] theme: Option<String>,
        #[graphql(desc = "Only those with this verb.")] verb: Option<Verb>,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Decision>> {
        let page = PageArgs { first, after, last, before };
        let at = self.0.at();
        let meeting = meeting.map(|id| code(Kind::Meeting, &self.0, &id).map(|it| it.parse()));
        let mut found = match meeting.transpose()? {
            None => at.decisions_found().collect(),
            Some(Ok(meeting)) => at.decisions_found_of(&meeting).collect(),
            Some(Err(_)) => Vec::new(),
        };
        let about = |it: &DecisionFound, id: &str| {
            it.decision.themes.iter().any(|theme| theme.as_str() == id)
        };
        found.retain(|it| theme.as_ref().is_none_or(|theme| about(it, theme)));
        found.retain(|it| verb.is_none_or(|verb| it.decision.verb == verb.into()));
        decisions(&self.0, found, &page)
    }

    /// A decision; null if it was not taken by the day.
    async fn decision(
        &self,
        #[graphql(desc = "Its code, `7msp-53`, or its id.")] id: ID,
    ) -> Result<Option<Decision>> {
        let code = code(Kind::Decision, &self.0, &id)?.parse();
        let found = code.ok().and_then(|code| self.0.at().decision_found(&code));
        Ok(found.map(|it| Decision::new(&self.0, it)))
    }

    /// The votes that were taken, in the order of recording.
    #[graphql(complexity = "cost_of_window(limit, MANY, child_complexity)")]
    async fn votes(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Vote>> {
        let votes = window(self.0.at().votes(), limit, offset)?;
        Ok(votes.into_iter().map(|it| Vote::new(&self.0, it)).collect())
    }

    /// The documents that were issued, by symbol.
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
        documents(&self.0, self.0.at().documents(), &page)
    }

    /// A document; null if it was not issued by the day.
    async fn document(
        &self,
        #[graphql(desc = "Its symbol as printed: `CCM/MSP/2017/12`.")] symbol: String,
    ) -> Option<Document> {
        let symbol: DocumentSymbol = symbol.parse().ok()?;
        self.0.at().document(&symbol).map(|it| Document::new(&self.0, it))
    }

    /// A year's budget; null while none was approved.
    #[graphql(complexity = "FEW + child_complexity")]
    async fn budget(&self, #[graphql(desc = "The year.")] year: i32) -> Option<Budget> {
        let year = u16::try_from(year).ok()?.try_into().ok()?;
        let found = self.0.at().budget_sum(year)?;
        Some(Budget::new(&self.0, found))
    }

    /// The rest of what is recorded of its money: financial procedures, scales of assessments,
    /// estimated costs of meetings, arrears, contributions.
    async fn finances(&self) -> Finances {
        Finances(self.0.clone())
    }

    /// The reserve of the secretariat; null while nothing is said of one.
    #[graphql(complexity = "FEW + child_complexity")]
    async fn reserve(&self) -> Option<Reserve> {
        let found = self.0.at().reserve()?;
        Some(Reserve::new(&self.0, found))
    }

    /// What each State would owe of the costs of a meeting: a calculation, recorded nowhere. Without
    /// a rate for each payer nothing is computed, and the States without one are listed.
    #[graphql(complexity = "MANY + child_complexity")]
    async fn shares(
        &self,
        #[graphql(
            desc = "The meeting's code or id. Its first day says who pays, its year which scale."
        )]
        meeting: ID,
        #[graphql(desc = "What is shared out.")] total: Money,
        #[graphql(desc = "Suppose these rates, in place of those of the scale.", default)]
        rates: Vec<SupposedRate>,
        #[graphql(desc = "Suppose that these States do not pay.", default)] leave_out: Vec<
            StateCode,
        >,
        #[graphql(desc = "Suppose that these pay; without it whoever the profile says.")]
        payers: Option<Payers>,
    ) -> Result<Shares> {
        shares(&self.0, &meeting, total, rates, leave_out, payers)
    }

    /// What bound States owe by a date or have done, by date and name. Of a yearly report only the
    /// last that fell due and the next are given, unless `reports` asks for all of them.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments)] // three filters and a page
    async fn deadlines(
        &self,
        #[graphql(desc = "Only those that stand so; all if left out.")] status: Option<
            Vec<DeadlineStatus>,
        >,
        #[graphql(desc = "Only those of this State.")] state: Option<StateCode>,
        #[graphql(desc = "Every report, and nothing else.", default)] reports: bool,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Deadline>> {
        let page = PageArgs { first, after, last, before };
        let at = self.0.at();
        let mut found = if reports { at.reports() } else { at.deadlines() };
        found.retain(|it| state.is_none_or(|state| it.state.code == state.0));
        if let Some(wanted) = status {
            found.retain(|it| wanted.contains(&it.standing.into()));
        }
        deadlines(&self.0, found, &page)
    }

    /// What decisions gave somebody to do: those with a date first, by date.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn mandates(
        &self,
        #[graphql(desc = "Only those still to be done, or only the others; all if left out.")]
        open: Option<bool>,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Mandate>> {
        use chancery_decisions::MandateStanding::{Open, Overdue};
        let page = PageArgs { first, after, last, before };
        let mut found = self.0.at().mandates();
        let is_open = |it: &MandateAt| matches!(it.standing, Open | Overdue);
        found.retain(|it| open.is_none_or(|open| is_open(it) == open));
        mandates(&self.0, found, &page)
    }

    /// What contradicts what, in all that is recorded, whatever `asAt`; in the order of recording.
    #[graphql(complexity = "cost_of_window(limit, MANY, child_complexity)")]
    async fn findings(
        &self,
        #[graphql(desc = "Only open ones, or only the others; all if left out.")] open: Option<
            bool,
        >,
        #[graphql(desc = "Only those of these rules; all if left out.")] rule: Option<
            Vec<FindingRule>,
        >,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Finding>> {
        let asked = |it: &&chancery_projections::Finding| {
            let is_open = it.standing == FindingStanding::Open;
            rule.as_ref().is_none_or(|rules| rules.contains(&it.rule.into()))
                && open.is_none_or(|open| is_open == open)
        };
        let found = self.0.view().findings().iter().filter(asked).cloned().collect();
        Ok(window(found, limit, offset)?.into_iter().map(|it| Finding::of(&self.0, it)).collect())
    }

    /// Dismissals that set nothing aside: there is no such finding, or there are several and the
    /// dismissal does not say which.
    #[graphql(complexity = "cost_of_window(limit, FEW, child_complexity)")]
    async fn idle_dismissals(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Event>> {
        let found = window(self.0.view().idle_dismissals(), limit, offset)?;
        Ok(found.into_iter().map(|it| Event::of(&self.0, it)).collect())
    }

    /// What changed from one point to another.
    #[graphql(complexity = "MANY + child_complexity")]
    async fn diff(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The first point.")] from: PointInput,
        #[graphql(desc = "The second point; the convention's own dials if left out.", default)]
        to: PointInput,
    ) -> Result<Difference> {
        let (from, to) = (from.turned(context, &self.0)?, to.turned(context, &self.0)?);
        Ok(Difference::between(&from, to))
    }

    /// The events of acts done by `asAt`, in the order of recording.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[allow(clippy::too_many_arguments)] // ten filters and a page
    async fn history(
        &self,
        #[graphql(
            name = "type",
            desc = "Only of these types, `offices.elected`, or of these domains, `offices`."
        )]
        kinds: Option<Vec<String>>,
        #[graphql(desc = "Only those of the meeting with this code or id, or about its offices.")]
        meeting: Option<ID>,
        #[graphql(desc = "Only those that name this State, and corrections of them.")]
        state: Option<StateCode>,
        #[graphql(
            desc = "Only those that name the document with this symbol, and corrections of them."
        )]
        document: Option<String>,
        #[graphql(desc = "Only what was recorded by this one: `isu`.")] recorded_by: Option<String>,
        #[graphql(desc = "Only acts that were, or may have been, done on this day or later.")]
        effective_from: Option<Date>,
        #[graphql(desc = "Only acts that were, or may have been, done on this day or before.")]
        effective_until: Option<Date>,
        #[graphql(desc = "Only what was recorded at this moment or later.")] recorded_from: Option<
            DateTime,
        >,
        #[graphql(desc = "Only what was recorded at this moment or before.")]
        recorded_until: Option<DateTime>,
        #[graphql(desc = "Only what was corrected or annulled, or only what was not.")]
        corrected: Option<bool>,
        #[graphql(desc = "The first so many, at most 1000; without `first` and `last`: 200.")]
        first: Option<i32>,
        #[graphql(desc = "Only those behind this cursor.")] after: Option<String>,
        #[graphql(desc = "The last so many, at most 1000.")] last: Option<i32>,
        #[graphql(desc = "Only those before this cursor.")] before: Option<String>,
    ) -> Result<Connection<Event>> {
        let page = PageArgs { first, after, last, before };
        let asked = HistoryArgs {
            kinds,
            meeting,
            state,
            document,
            recorded_by,
            effective: (effective_from, effective_until),
            recorded: (recorded_from, recorded_until),
            corrected,
        };
        let found = match asked.filter(Some(&self.0))? {
            Some(filter) => self.0.at().history(&filter).cloned().collect(),
            None => Vec::new(),
        };
        events(&self.0, found, &page)
    }
}

impl Convention {
    fn profile(&self) -> Option<&chancery_register::Profile> {
        self.0.view().state().profile.as_deref()
    }
}
