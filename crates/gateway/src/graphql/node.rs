//! Objects asked for again by their ids, as Relay wants it (relay.dev/graphql/objectidentification).

use async_graphql::{Context, ID, Interface, Result};
use chancery_gateway_macros::Direct;
use chancery_projections::{At, StateAt};

use super::{
    budget::{Budget, Contribution, ContributionCount, Invoice, Payments},
    convention::Convention,
    decision::{Decision, Vote},
    dials::Asked,
    document::Document,
    duty::{self, Deadline, Mandate},
    error::bad_input,
    finances::{
        ArrearsReport, ContributionCategory, CostEstimate, Finances, FinancialProcedures, Scale,
    },
    finding::Finding,
    history::Event,
    id::{GlobalId, Kind},
    meeting::{self, Attendance, Meeting},
    office::{self, Office},
    participant::{Organisation, Participant, State},
    reserve::Reserve,
};
use crate::service::Moment;

/// How many objects `nodes` gives at once.
pub(super) const MAX: usize = 100;

/// What has an identity of its own, and so can be asked for again by its `id` alone (Relay's global
/// object identification). Clients' caches keep one object for each id; types that are no `Node`
/// are values, to be kept within the object that holds them.
#[derive(Interface, Direct)]
#[graphql(field(
    name = "id",
    ty = "ID",
    desc = "Its global id: opaque, unique in the whole register. It bears the dials where they were turned, so that `node` gives the same answer again, and that a cache keeps what was in effect on two days apart."
))]
pub(super) enum Node {
    ArrearsReport(ArrearsReport),
    Attendance(Attendance),
    Budget(Budget),
    Contribution(Contribution),
    ContributionCategory(ContributionCategory),
    ContributionCount(ContributionCount),
    Convention(Convention),
    CostEstimate(CostEstimate),
    Deadline(Deadline),
    Decision(Decision),
    Document(Document),
    Event(Event),
    FinancialProcedures(FinancialProcedures),
    Finding(Finding),
    Invoice(Invoice),
    Mandate(Mandate),
    Meeting(Meeting),
    Office(Office),
    Organisation(Organisation),
    Participant(Participant),
    Payments(Payments),
    Reserve(Reserve),
    Scale(Scale),
    State(State),
    Vote(Vote),
}

impl Node {
    /// The object with an id; `None` if there is none, or was none by then.
    pub(super) fn find(context: &Context<'_>, id: &ID) -> Result<Option<Self>> {
        let Some(id) = GlobalId::read(id) else {
            let shown: String = id.chars().take(80).collect();
            return Err(bad_input(format!(
                "`{shown}` is no global id; give the `id` of an object as it was answered, or ask for a code by its own field, as `convention(id: \"ccm\")`"
            )));
        };
        let Some(moment) = context.data_opt::<Moment>() else { return Ok(None) };
        let asked = moment.ask(&id.convention, id.dials).map_err(bad_input)?;
        Ok(asked.and_then(|asked| Self::within(asked, id.kind, &id.key)))
    }

    fn within(asked: Asked, kind: Kind, key: &str) -> Option<Self> {
        let at = asked.at();
        Some(match kind {
            Kind::ArrearsReport => {
                let it = at.arrears().into_iter().find(|it| it.version.to_string() == key)?;
                ArrearsReport::of(&asked, it).into()
            }
            Kind::Attendance => {
                let (of, _) = key.split_once('/')?;
                let of = of.parse().ok()?;
                let mut found = at.attendance(&of).into_iter();
                let it = found.find(|it| meeting::key_of_attendance(&of, it) == key)?;
                Attendance::of(&asked, &of, it).into()
            }
            Kind::Budget => budget(&asked, key)?.into(),
            Kind::Contribution => {
                let mut found = at.contributions().into_iter();
                let it = found.find(|it| it.paid.version.to_string() == key)?;
                Contribution::of(&asked, &it).into()
            }
            Kind::ContributionCategory => Finances::procedures_of(&asked)?.category(key)?.into(),
            Kind::ContributionCount => {
                let (year, version) = key.split_once('/')?;
                budget(&asked, year)?.count(version.parse().ok()?)?.into()
            }
            Kind::Convention => Convention(asked).into(),
            Kind::CostEstimate => {
                let it = at.estimates().into_iter().find(|it| it.meeting.as_str() == key)?;
                CostEstimate::of(&asked, it).into()
            }
            Kind::Deadline => {
                let (state, _) = key.split_once('/')?;
                let mut found = at.owed_by(state.parse().ok()?).into_iter();
                Deadline::new(&asked, found.find(|it| duty::key(it) == key)?).into()
            }
            Kind::Decision => Decision::new(&asked, at.decision_found(&key.parse().ok()?)?).into(),
            Kind::Document => Document::new(&asked, at.document(&key.parse().ok()?)?).into(),
            Kind::Event => {
                let recorded = asked.view().recorded(key.parse().ok()?)?.clone();
                Event::of(&asked, recorded).into()
            }
            Kind::FinancialProcedures => Finances::procedures_of(&asked)?.into(),
            Kind::Finding => {
                let it = asked.view().findings().iter().find(|it| it.key == key)?;
                Finding::of(&asked, it.clone()).into()
            }
            Kind::Invoice => {
                let (year, version) = key.split_once('/')?;
                budget(&asked, year)?.invoice(version.parse().ok()?)?.into()
            }
            Kind::Mandate => Mandate::new(&asked, at.mandate(&key.parse().ok()?)?).into(),
            Kind::Meeting => Meeting::new(&asked, at.meeting(&key.parse().ok()?)?).into(),
            Kind::Office => {
                let it = at.terms().find(|it| office::key(it) == key)?;
                Office::new(&asked, it).into()
            }
            Kind::Organisation => {
                let id = key.parse().ok()?;
                at.view().state().profile.as_deref()?.organisation(&id)?;
                Organisation::of(&asked, &at.organisation(&id)).into()
            }
            Kind::Participant => Participant::of(&asked, key.parse().ok()?)?.into(),
            Kind::Payments => {
                let (year, state) = key.split_once('/')?;
                budget(&asked, year)?.paid_by(state.parse().ok()?)?.into()
            }
            Kind::Reserve => Reserve::new(&asked, at.reserve()?).into(),
            Kind::Scale => {
                let it = at.scales().into_iter().find(|it| it.years.to_string() == key)?;
                Scale::new(&asked, it).into()
            }
            Kind::State => State::of(&asked, &state(&at, key)?).into(),
            Kind::Vote => {
                let it = at.votes().into_iter().find(|it| it.version.to_string() == key)?;
                Vote::new(&asked, it).into()
            }
        })
    }
}

fn budget(asked: &Asked, year: &str) -> Option<Budget> {
    let year = year.parse::<u16>().ok()?.try_into().ok()?;
    Some(Budget::new(asked, asked.at().budget_sum(year)?))
}

fn state(at: &At<'_>, code: &str) -> Option<StateAt> {
    Some(at.state(code.parse().ok()?))
}
