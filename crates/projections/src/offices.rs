use chancery_kernel::{Citation, DateRange, MeetingId, OfficeId, ThemeId};
use chancery_offices::{Accession, Term};
use chancery_register::Recorded;
use serde::Serialize;

use crate::{
    at::{At, Resolved},
    meetings::OrganisationAt,
    participants::StateAt,
};

/// A term of office as it stood on the day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OfficeAt {
    /// Which office.
    pub office: OfficeId,
    /// Its name in the profile.
    pub office_name: String,
    /// Its theme.
    pub theme: Option<ThemeId>,
    /// The theme's name in the profile.
    pub theme_name: Option<String>,
    /// The meeting whose office it is.
    pub of: Option<MeetingId>,
    /// The State that holds it.
    pub state: Option<StateAt>,
    /// The organisation whose person holds it.
    pub organisation: Option<OrganisationAt>,
    /// The person, as printed.
    pub person: Option<String>,
    /// The person's function, as printed.
    pub capacity: Option<String>,
    /// How the holder came to it.
    pub accession: Accession,
    /// The first day.
    pub from: Resolved,
    /// The last day; `None` is open.
    pub until: Option<Resolved>,
    /// Whether the days are known well enough to say for certain that it is held.
    pub certain: bool,
    /// The place that proves it.
    pub source: Option<Citation>,
    /// Its number among all terms, from 0, in the order of recording.
    #[serde(skip)]
    pub number: usize,
    /// The number in its convention of the event that filled it, from 1: with the holder it names
    /// the term for good.
    #[serde(skip)]
    pub version: u64,
}

impl At<'_> {
    /// Who holds which office on the day: certainly, or possibly where dates are not known to the
    /// day. By office, theme and name.
    pub fn offices(&self) -> Vec<OfficeAt> {
        let mut held: Vec<OfficeAt> = self
            .terms_with_event()
            .filter_map(|(number, term, event)| {
                let certain = self.held(term)?;
                Some(self.office(number, term, event, certain))
            })
            .collect();
        held.sort_by(|a, b| key(a).cmp(&key(b)));
        held
    }

    /// Every term by an act done until the day, held then or not, in the order of recording.
    pub fn terms(&self) -> impl Iterator<Item = OfficeAt> {
        self.terms_with_event().map(|(number, term, event)| {
            self.office(number, term, event, self.held(term) == Some(true))
        })
    }

    /// Each term with its number and the event that filled it.
    fn terms_with_event(&self) -> impl Iterator<Item = (usize, &Term, Option<&Recorded>)> {
        let events = self.view.by_term.iter().map(|index| self.event(*index).map(|it| &**it));
        self.view
            .state()
            .offices
            .terms()
            .iter()
            .zip(events)
            .enumerate()
            .map(|(number, (term, event))| (number, term, event))
            .filter(|(_, term, _)| self.counts(term.on))
    }

    /// Whether a term covers the day: certainly, possibly, or (`None`) not.
    pub(crate) fn held(&self, term: &Term) -> Option<bool> {
        let begun = self.range(&term.from)?.by(self.day);
        let eve = self.day.yesterday().ok();
        let past = |end: Option<DateRange>| end.zip(eve).and_then(|(end, eve)| end.by(eve));
        // An end that has no date may have come or not; a term without an end has none.
        let over = term.until.as_ref().map_or(Some(false), |until| past(self.range(until)));
        let ended = term.ended.map_or(Some(false), |on| past(Some(on.range())));
        match (begun, over, ended) {
            (Some(false), _, _) | (_, Some(true), _) | (_, _, Some(true)) => None,
            (Some(true), Some(false), Some(false)) => Some(true),
            _ => Some(false),
        }
    }

    pub(crate) fn office(
        &self,
        number: usize,
        term: &Term,
        event: Option<&Recorded>,
        certain: bool,
    ) -> OfficeAt {
        let rules = &self.view.state().offices.rules;
        let theme_name = |id: &ThemeId| {
            rules.theme(id).map_or_else(|| id.to_string(), |theme| theme.name.to_string())
        };
        OfficeAt {
            office: term.office.clone(),
            office_name: rules
                .office(&term.office)
                .map_or_else(|| term.office.to_string(), |office| office.name.to_string()),
            theme: term.theme.clone(),
            theme_name: term.theme.as_ref().map(theme_name),
            of: term.of.clone(),
            state: term.holder.state.map(|state| self.state(state)),
            organisation: term.holder.organisation.as_ref().map(|id| self.organisation(id)),
            person: term.holder.person.as_ref().map(ToString::to_string),
            capacity: term.holder.capacity.as_ref().map(ToString::to_string),
            accession: term.accession,
            from: self.resolved(&term.from),
            until: term.until.as_ref().map(|until| self.resolved(until)),
            certain,
            source: event.map(|it| it.envelope.source.clone()),
            number,
            version: event.map_or(0, |it| it.envelope.version),
        }
    }
}

fn key(office: &OfficeAt) -> (&OfficeId, Option<&ThemeId>, Option<&MeetingId>, Option<&str>) {
    let name = office.state.as_ref().map(|state| state.name.as_str());
    (&office.office, office.theme.as_ref(), office.of.as_ref(), name)
}
