//! The dials of a question, evaluated in one place.

use std::sync::Arc;

use async_graphql::Context;
use chancery_kernel::ConventionId;
use chancery_projections::{At, Known, View};
use imbl::OrdMap;
use jiff::{Timestamp, civil, tz::TimeZone};

use super::scalars::Date;
use crate::service::Service;

/// What one request reads: taken once, so that all of its answer fits together.
pub(crate) struct Moment {
    views: Arc<OrdMap<ConventionId, Arc<View>>>,
    today: civil::Date,
}

/// What a question says about time.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Dials {
    /// The day of legal effect; today if it is not said.
    pub(super) as_at: Option<Date>,
}

/// One convention with its dials turned: everything beneath is evaluated here.
#[derive(Clone)]
pub(super) struct Asked {
    view: Arc<View>,
    known: Known,
    day: civil::Date,
}

impl Moment {
    /// The present.
    pub(super) fn now(service: &Service) -> Self {
        Self { views: service.views(), today: TimeZone::UTC.to_datetime(Timestamp::now()).date() }
    }

    /// The day that questions mean which name none, in UTC.
    pub(crate) fn today(&self) -> civil::Date {
        self.today
    }

    /// The position of the last event that can be read; `None` while nothing is recorded.
    pub(crate) fn position(&self) -> Option<u64> {
        self.views.values().filter_map(|view| view.known()).map(|known| known.position).max()
    }
}

impl Dials {
    /// Turns the dials of one convention; `None` if it is not recorded.
    pub(super) fn on(self, context: &Context<'_>, id: &str) -> Option<Asked> {
        let moment = context.data_opt::<Moment>()?;
        self.evaluate(moment, moment.views.get(id)?)
    }

    /// Turns the dials of every convention, by id.
    pub(super) fn on_all(self, context: &Context<'_>) -> Vec<Asked> {
        let Some(moment) = context.data_opt::<Moment>() else {
            return Vec::new();
        };
        let asked = moment.views.values();
        asked.filter_map(|view| self.evaluate(moment, view)).collect()
    }

    /// The one place where dials meet a view.
    fn evaluate(self, moment: &Moment, view: &Arc<View>) -> Option<Asked> {
        Some(Asked {
            view: view.clone(),
            known: view.known()?,
            day: self.as_at.map_or(moment.today, |date| date.0),
        })
    }
}

impl Asked {
    /// The convention on the day.
    pub(super) fn at(&self) -> At<'_> {
        self.view.at(self.day)
    }

    /// The view that is read.
    pub(super) fn view(&self) -> &View {
        &self.view
    }

    /// Up to where it knows.
    pub(super) fn known(&self) -> Known {
        self.known
    }
}
