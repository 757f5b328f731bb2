//! The two dials: which day is asked about, and up to where what is recorded counts as known.

use std::{cmp::Ordering, sync::Arc};

use chancery_kernel::ConventionId;
use chancery_projections::{At, Known, View};
use jiff::{Timestamp, civil::Date, tz::TimeZone};

use super::{LoadError, Service, Views, past::PastViews};

/// What one question reads: taken once, so that all of its answer fits together.
#[derive(Clone)]
pub struct Moment {
    views: Arc<Views>,
    today: Date,
    past: Arc<PastViews>,
}

/// What a question says about time.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Dials {
    /// The day of legal effect; today if it is not said.
    pub as_at: Option<Date>,
    /// Up to where what is recorded counts as known; all of it if it is not said.
    pub knowledge: Option<Knowledge>,
}

/// Up to where what is recorded counts as known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Knowledge {
    /// What had been recorded at a moment.
    At(Timestamp),
    /// What had been recorded right after the event at this position of the log.
    Position(u64),
}

/// One convention with its dials turned: everything beneath is evaluated here. Every object of an
/// answer holds it, so a clone is shared among those of one answer alone.
#[derive(Clone)]
pub struct Asked(Arc<Turned>);

struct Turned {
    view: Arc<View>,
    known: Known,
    day: Date,
    dials: Dials,
}

/// Why dials cannot be turned so.
#[derive(Debug, thiserror::Error)]
pub enum DialError {
    /// What is recorded cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// Both ways to say what is known.
    #[error(
        "a moment and a position both say up to where what is recorded counts as known; keep one of them"
    )]
    Both,
    /// Nothing can have been known.
    #[error("nothing is recorded yet; record a profile first")]
    Empty,
    /// A position that the log does not have.
    #[error(
        "the log has no position {position} yet, its last is {head}; ask for that one or an earlier one"
    )]
    BeyondHead {
        /// The position.
        position: u64,
        /// The last one.
        head: u64,
    },
    /// A moment before the first event.
    #[error(
        "nothing was recorded by {moment}, the first event was at {first}; ask for a later moment"
    )]
    BeforeFirst {
        /// The moment.
        moment: Timestamp,
        /// When the first event was recorded.
        first: Timestamp,
    },
    /// A day on which the convention's text was not adopted.
    #[error(
        "`{convention}` was adopted on {adopted}, so it did not exist on {day}; ask for a later day"
    )]
    BeforeAdoption {
        /// Which convention.
        convention: ConventionId,
        /// When it was adopted.
        adopted: Date,
        /// The day.
        day: Date,
    },
}

impl Service {
    /// The present, to be asked.
    pub fn moment(&self) -> Moment {
        Moment { views: self.views(), today: self.today(), past: self.past.clone() }
    }

    /// A view as a question meets it that turns no dial; `None` while it holds nothing.
    pub(crate) fn present(&self, view: Arc<View>) -> Option<Asked> {
        let known = view.known()?;
        Some(Asked(Arc::new(Turned { view, known, day: self.today(), dials: Dials::default() })))
    }

    /// The day that it is now, in UTC.
    pub(crate) fn today(&self) -> Date {
        TimeZone::UTC.to_datetime((self.clock)()).date()
    }
}

impl Dials {
    /// The dials as somebody says them.
    ///
    /// # Errors
    /// Both a moment and a position.
    pub fn new(
        as_at: Option<Date>,
        as_known_at: Option<Timestamp>,
        at_position: Option<u64>,
    ) -> Result<Self, DialError> {
        let knowledge = match (as_known_at, at_position) {
            (Some(_), Some(_)) => return Err(DialError::Both),
            (Some(moment), None) => Some(Knowledge::At(moment)),
            (None, position) => position.map(Knowledge::Position),
        };
        Ok(Self { as_at, knowledge })
    }
}

impl Moment {
    /// Turns the dials of one convention; `None` if it is not recorded, or was not by then.
    ///
    /// # Errors
    /// Dials that cannot be turned so.
    pub fn ask(&self, convention: &str, dials: Dials) -> Result<Option<Asked>, DialError> {
        self.check(dials)?;
        let Some(view) = self.views.get(convention)? else { return Ok(None) };
        self.evaluate(&view, dials).transpose()
    }

    /// Turns the dials of every convention that was recorded by then and adopted by the day, by id.
    ///
    /// # Errors
    /// Dials that cannot be turned so.
    pub fn ask_all(&self, dials: Dials) -> Result<Vec<Asked>, DialError> {
        self.check(dials)?;
        let views = self.views.all()?;
        let asked = views.iter().filter_map(|view| self.evaluate(view, dials));
        Ok(asked.filter_map(Result::ok).collect())
    }

    /// A view that is no register's own, to be asked about today; `None` if it holds nothing.
    pub fn ask_view(&self, view: Arc<View>) -> Option<Asked> {
        let known = view.known()?;
        Some(Asked(Arc::new(Turned { view, known, day: self.today, dials: Dials::default() })))
    }

    /// The conventions that are recorded, by id.
    pub fn conventions(&self) -> impl Iterator<Item = &ConventionId> {
        self.views.conventions()
    }

    /// The day that questions mean which name none, in UTC.
    pub fn today(&self) -> Date {
        self.today
    }

    /// The position of the last event of the log that is in it, the journal's among them; `None`
    /// while nothing is recorded.
    pub fn position(&self) -> Option<u64> {
        self.views.position()
    }

    /// Whether it holds every event up to its position. Of two that are recorded at one time, for
    /// two conventions, the second may be seen first: until the other one is, what is answered
    /// does not follow from the position.
    pub(crate) fn is_whole(&self) -> bool {
        self.views.is_whole()
    }

    /// Whether anything at all was known, whatever the convention.
    fn check(&self, dials: Dials) -> Result<(), DialError> {
        let Some(knowledge) = dials.knowledge else { return Ok(()) };
        let head = self.position().ok_or(DialError::Empty)?;
        match knowledge {
            Knowledge::Position(position) if position > head => {
                Err(DialError::BeyondHead { position, head })
            }
            Knowledge::Position(_) => Ok(()),
            Knowledge::At(moment) => match self.views.since() {
                Some(first) if moment < first => Err(DialError::BeforeFirst { moment, first }),
                _ => Ok(()),
            },
        }
    }

    /// The one place where dials meet a view.
    fn evaluate(&self, now: &Arc<View>, dials: Dials) -> Option<Result<Asked, DialError>> {
        let view = match dials.knowledge {
            None => now.clone(),
            Some(knowledge) => self.past.view(now, known(now, knowledge)),
        };
        let known = view.known()?;
        let day = dials.as_at.unwrap_or(self.today);
        let adopted = view.state().profile.as_deref().map(|profile| profile.adopted_on);
        if let (Some(day), Some(adopted)) = (dials.as_at, adopted)
            && day < adopted
        {
            let convention = view.convention().clone();
            return Some(Err(DialError::BeforeAdoption { convention, adopted, day }));
        }
        Some(Ok(Asked(Arc::new(Turned { view, known, day, dials }))))
    }
}

/// How many of a convention's events were known. Positions and times never decrease along a log.
fn known(view: &View, knowledge: Knowledge) -> usize {
    let is_known = |position: u64, recorded_at: Timestamp| match knowledge {
        Knowledge::At(moment) => recorded_at <= moment,
        Knowledge::Position(last) => position <= last,
    };
    let found = view.log().binary_search_by(|it| {
        if is_known(it.position, it.envelope.recorded_at) {
            Ordering::Less
        } else {
            Ordering::Greater
        }
    });
    found.unwrap_or_else(|first_unknown| first_unknown)
}

impl Asked {
    /// The convention on the day.
    pub fn at(&self) -> At<'_> {
        self.0.view.at(self.0.day)
    }

    /// The view that is read.
    pub fn view(&self) -> &Arc<View> {
        &self.0.view
    }

    /// Up to where it knows.
    pub fn known(&self) -> Known {
        self.0.known
    }

    /// The day that is asked about.
    pub fn day(&self) -> Date {
        self.0.day
    }

    /// The dials as they were said.
    pub fn dials(&self) -> Dials {
        self.0.dials
    }
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use chancery_register::journal::JOURNAL;
    use chancery_store::MemoryStore;

    use super::*;
    use crate::service::Input;

    /// Of two conventions that are recorded at one time, the one with the later position may be
    /// seen first.
    #[tokio::test]
    async fn a_moment_knows_whether_it_lacks_something_before_its_position() {
        let service = Service::open(Arc::new(MemoryStore::new()), |_, _| {}).await.unwrap();
        assert!(service.moment().is_whole(), "nothing is all of nothing");
        for convention in ["ccm", "example"] {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
            let profile = fs::read_to_string(folder.join(convention).join("profile.yaml")).unwrap();
            service.record(&[Input::file("profile.yaml", profile).unwrap()]).await.unwrap();
        }
        let (seal, _) = service.seal("isu".parse().unwrap()).await.unwrap();
        let moment = service.moment();
        assert_eq!(moment.position(), seal);
        assert!(moment.is_whole());
        let without = |left_out: &str| {
            let all =
                moment.views.all().unwrap().into_iter().chain(moment.views.journal().cloned());
            let kept = all.filter(|view| view.convention().as_str() != left_out);
            let views = kept.fold(Views::default(), |views, view| views.with(view));
            Moment { views: Arc::new(views), ..moment.clone() }
        };
        for convention in ["ccm", "example"] {
            assert!(!without(convention).is_whole(), "{convention}");
        }
        assert!(without(JOURNAL).is_whole(), "without its end, it ends before");
    }
}
