//! The dials of a question, as GraphQL says them.

use async_graphql::{Context, Result};

use super::{
    error::{ErrorCode, bad_input},
    scalars::{Date, DateTime, SafeInt},
};
use crate::service::{self, DialError, Knowledge, Moment};

pub(super) use crate::service::Asked;

/// What a question says about time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dials {
    /// The day of legal effect; today if it is not said.
    pub(super) as_at: Option<Date>,
    /// What had been recorded at this moment.
    pub(super) as_known_at: Option<DateTime>,
    /// What had been recorded right after the event at this position.
    pub(super) at_position: Option<SafeInt>,
}

impl Dials {
    /// These, and where they say nothing, others.
    pub(super) fn or(mut self, other: service::Dials) -> Self {
        self.as_at = self.as_at.or(other.as_at.map(Date));
        if (self.as_known_at, self.at_position) == (None, None) {
            match other.knowledge {
                Some(Knowledge::At(moment)) => self.as_known_at = Some(DateTime(moment)),
                Some(Knowledge::Position(position)) => self.at_position = Some(SafeInt(position)),
                None => {}
            }
        }
        self
    }

    /// Turns the dials of one convention; `None` if it is not recorded, or was not by then.
    pub(super) fn on(self, context: &Context<'_>, id: &str) -> Result<Option<Asked>> {
        let Some(moment) = context.data_opt::<Moment>() else { return Ok(None) };
        moment.ask(id, self.said()?).map_err(refused)
    }

    /// Turns the dials of a convention whose dials were turned before; what is known is as it was
    /// there, unless these say it.
    pub(super) fn beside(self, context: &Context<'_>, other: &Asked) -> Result<Option<Asked>> {
        let Some(moment) = context.data_opt::<Moment>() else { return Ok(None) };
        let mut dials = self.said()?;
        dials.knowledge = dials.knowledge.or(other.dials().knowledge);
        moment.ask(other.view().convention().as_str(), dials).map_err(refused)
    }

    /// Turns the dials of every convention, by id.
    pub(super) fn on_all(self, context: &Context<'_>) -> Result<Vec<Asked>> {
        let Some(moment) = context.data_opt::<Moment>() else { return Ok(Vec::new()) };
        moment.ask_all(self.said()?).map_err(refused)
    }

    fn said(self) -> Result<service::Dials> {
        let Self { as_at, as_known_at, at_position } = self;
        service::Dials::new(
            as_at.map(|it| it.0),
            as_known_at.map(|it| it.0),
            at_position.map(|it| it.0),
        )
        .map_err(refused)
    }
}

/// Why dials cannot be turned so, as an error of its field.
fn refused(error: DialError) -> async_graphql::Error {
    match error {
        DialError::Load(error) => ErrorCode::Internal.error(error),
        error => bad_input(error),
    }
}
