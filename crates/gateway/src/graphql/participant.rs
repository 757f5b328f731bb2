use async_graphql::{ID, Object, Result, SimpleObject};
use chancery_gateway_macros::{Direct, direct};
use chancery_kernel::{self as kernel, StateName};
use chancery_projections::{self as projections, OrganisationAt, Part, ParticipantFound, StateAt};

use super::{
    dials::Asked,
    enums::{Act, Standing},
    id::{Kind, global},
    page::int,
    scalars::{Date, StateCode},
    source::{Source, sources},
    why::{ParticipantFigure, Why},
};

/// A State.
pub(super) struct State {
    asked: Asked,
    it: StateAt,
}

/// A State under the name that it bore on the day asked about.
#[direct]
#[Object]
impl State {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::State, &self.asked, self.it.code.as_str())
    }

    /// Its ISO 3166-1 alpha-3 code.
    async fn code(&self) -> StateCode {
        StateCode(self.it.code)
    }

    /// The name under which the depositary lists it on the day, else its short name in use at the
    /// United Nations: Swaziland until 2018, then Eswatini.
    async fn name(&self) -> &str {
        &self.it.name
    }
}

/// A participant that is no State: a body of the United Nations, an international or a
/// non-governmental organisation.
#[derive(SimpleObject, Direct)]
pub(super) struct Organisation {
    /// Its global id, for `node` and for caches.
    #[graphql(owned)]
    pub(super) id: ID,
    /// Its code in the profile, unique in its convention: `icrc`.
    code: String,
    /// Its name in the profile.
    name: String,
}

impl Organisation {
    /// An organisation, with what its id is made from.
    pub(super) fn of(asked: &Asked, it: &OrganisationAt) -> Self {
        Self {
            id: global(Kind::Organisation, asked, it.id.as_str()),
            code: it.id.to_string(),
            name: it.name.clone(),
        }
    }
}

/// How many States stand how towards the convention on the day asked about.
#[derive(SimpleObject, Direct)]
pub(super) struct Status {
    /// States that have consented to be bound and have not withdrawn: in force and pending.
    bound: i32,
    /// States parties for which the convention is in force.
    in_force: i32,
    /// Bound States for which it is not yet in force.
    pending: i32,
    /// States that have signed and have deposited nothing.
    signatories_only: i32,
    /// States that were bound and have withdrawn.
    withdrawn: i32,
}

/// A State and its part in the convention on the day asked about.
pub(super) struct Participant {
    asked: Asked,
    code: kernel::StateCode,
    /// Its name, where that was found with it.
    name: Option<StateName>,
    part: Part,
}

impl Participant {
    /// A State of a list, with what its reasons are asked of.
    pub(super) fn new(asked: &Asked, it: ParticipantFound) -> Self {
        let ParticipantFound { state: StateAt { code, name }, part } = it;
        Self { asked: asked.clone(), code, name: Some(name), part }
    }

    /// One State, with what its reasons are asked of; `None` if it has no part on the day.
    pub(super) fn of(asked: &Asked, code: kernel::StateCode) -> Option<Self> {
        let part = asked.at().part(code)?;
        Some(Self { asked: asked.clone(), code, name: None, part })
    }

    fn found(&self) -> ParticipantFound {
        let (code, part) = (self.code, self.part);
        let name = self.name.clone().unwrap_or_else(|| self.asked.at().name(code));
        ParticipantFound { state: StateAt { code, name }, part }
    }
}

/// A State and its part in the convention on the day asked about. Acts that came later are left out.
#[direct]
#[Object]
impl Participant {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Participant, &self.asked, self.code.as_str())
    }

    /// Which State.
    async fn state(&self) -> State {
        State::of(&self.asked, &self.found().state)
    }

    /// How it stands.
    async fn standing(&self) -> Standing {
        self.part.standing.into()
    }

    /// The day of its signature; null if it has not signed.
    async fn signed_on(&self) -> Option<Date> {
        self.part.signed_on.map(Date)
    }

    /// The day on which the depositary received its instrument.
    async fn bound_on(&self) -> Option<Date> {
        self.part.bound_on.map(Date)
    }

    /// By which act it is bound.
    async fn act(&self) -> Option<Act> {
        self.part.act.map(Act::from)
    }

    /// The day from which the convention is in force for it, also when that day lies ahead; null
    /// while nobody can know it.
    async fn in_force_from(&self) -> Option<Date> {
        self.part.in_force_from.map(Date)
    }

    /// The day on which its notice of withdrawal was received.
    async fn withdrawal_notified_on(&self) -> Option<Date> {
        self.part.withdrawal_notified_on.map(Date)
    }

    /// The first day on which it is, or will be, no longer bound.
    async fn withdrawn_on(&self) -> Option<Date> {
        self.part.withdrawn_on.map(Date)
    }

    /// The articles that it declared to apply provisionally, as printed.
    async fn provisional_application(&self) -> Option<String> {
        self.asked.at().provisional_application(self.code, &self.part)
    }

    /// What proves it: the place of each of its acts, in the order of recording.
    async fn sources(&self) -> Vec<Source> {
        sources(&self.asked.at().acts(self.code))
    }

    /// Why one of its figures is what it is; null where it has no value.
    async fn why(
        &self,
        #[graphql(desc = "Which figure.", default_with = "ParticipantFigure::Standing")]
        figure: ParticipantFigure,
    ) -> Option<Why> {
        let at = self.asked.at();
        let why = match figure {
            ParticipantFigure::Standing => Some(at.why_standing(&self.found())),
            ParticipantFigure::InForceFrom => at.why_in_force_from(&self.found()).ok(),
            ParticipantFigure::WithdrawnOn => at.why_withdrawn_on(&self.found()).ok(),
        };
        why.map(|why| Why::of(&self.asked, why))
    }
}

impl State {
    /// A State, with what its id is made from.
    pub(super) fn of(asked: &Asked, it: &StateAt) -> Self {
        Self { asked: asked.clone(), it: it.clone() }
    }
}

/// States of a list, as objects of the schema.
pub(super) fn states(asked: &Asked, states: &[StateAt]) -> Vec<State> {
    states.iter().map(|it| State::of(asked, it)).collect()
}

/// Organisations of a list, as objects of the schema.
pub(super) fn organisations(asked: &Asked, found: &[OrganisationAt]) -> Vec<Organisation> {
    found.iter().map(|it| Organisation::of(asked, it)).collect()
}

impl Status {
    /// The figures as `Int`.
    pub(super) fn of(status: projections::Status) -> Result<Self> {
        Ok(Self {
            bound: int(status.bound)?,
            in_force: int(status.in_force)?,
            pending: int(status.pending)?,
            signatories_only: int(status.signatories_only)?,
            withdrawn: int(status.withdrawn)?,
        })
    }
}
