//! Organisations, offices and themes that a fact names stand in the profile; meetings are recorded.

use chancery_decisions::Command as Decisions;
use chancery_finance::Command as Finance;
use chancery_kernel::{MeetingId, OfficeId, OrganisationId, ThemeId, nearest};
use chancery_meetings::Command as Meetings;
use chancery_obligations::Command as Obligations;
use chancery_offices::Command as Offices;

use super::authorities_exist;
use crate::{Rejection, State, command::Command, sources};

pub(super) fn check(state: &State, command: &Command) -> Result<(), Rejection> {
    let named = Named::by(command);
    named.organisations.into_iter().try_for_each(|id| organisation(state, id))?;
    named.offices.into_iter().try_for_each(|id| office(state, id))?;
    named.themes.into_iter().try_for_each(|id| theme(state, id))?;
    named.meetings.into_iter().try_for_each(|id| meeting(state, id))
}

#[derive(Default)]
struct Named<'a> {
    organisations: Vec<&'a OrganisationId>,
    offices: Vec<&'a OfficeId>,
    themes: Vec<&'a ThemeId>,
    meetings: Vec<&'a MeetingId>,
}

impl<'a> Named<'a> {
    fn by(command: &'a Command) -> Self {
        let mut named = Self::default();
        match command {
            Command::Meetings(Meetings::Convene(it)) => {
                named.organisations.extend(&it.by.organisation);
            }
            Command::Meetings(Meetings::Open(it)) => {
                named.organisations.extend(it.by.iter().flat_map(|by| &by.organisation));
            }
            Command::Meetings(Meetings::Attend(it)) => {
                named.organisations.extend(&it.organisations);
            }
            Command::Meetings(Meetings::Speak(it)) => {
                named.organisations.extend(&it.by.organisation);
            }
            Command::Offices(
                Offices::Elect(it) | Offices::Designate(it) | Offices::Confirm(it),
            ) => {
                named.organisations.extend(&it.organisation);
                named.meetings.extend(&it.meeting);
            }
            Command::Offices(Offices::Succeed(it)) => {
                named.organisations.extend(&it.successor.organisation);
            }
            Command::Decisions(Decisions::Decide(it)) => {
                named.organisations.extend(&it.organisations);
                named.themes.extend(&it.themes);
                named.meetings.extend(&it.meeting);
            }
            Command::Decisions(Decisions::Adopt(it)) => {
                named.themes.extend(&it.themes);
                named.meetings.push(&it.meeting);
            }
            Command::Finance(Finance::Contribute(it)) => {
                named.organisations.extend(&it.organisation);
            }
            Command::Finance(Finance::ReportArrears(it)) => named.organisations.extend(&it.by),
            Command::Finance(Finance::Estimate(it)) => named.meetings.push(&it.meeting),
            Command::Decisions(Decisions::Mandate(it)) => {
                named.organisations.extend(&it.organisations);
                named.offices.extend(&it.office);
            }
            Command::Obligations(Obligations::RequestExtension(it)) => {
                named.meetings.extend(&it.to);
            }
            Command::Sources(sources::Command::Name(it)) => {
                named.organisations.extend(&it.organisation);
                named.offices.extend(&it.office);
                named.themes.extend(&it.theme);
                named.meetings.extend(it.meeting.iter().chain(&it.of));
            }
            _ => {}
        }
        named
            .meetings
            .extend(authorities_exist::authority(command).and_then(|it| it.meeting.as_ref()));
        named
    }
}

fn organisation(state: &State, id: &OrganisationId) -> Result<(), Rejection> {
    let Some(profile) = &state.profile else {
        return Ok(());
    };
    if profile.organisation(id).is_some() {
        return Ok(());
    }
    let known = profile.organisations.iter().map(|it| it.id.as_str());
    let help = near(id.as_str(), known, "add it to the profile's `organisations`");
    Err(Rejection::UnknownOrganisation { organisation: id.clone(), help })
}

fn office(state: &State, id: &OfficeId) -> Result<(), Rejection> {
    let rules = &state.offices.rules;
    if rules.office(id).is_some() {
        return Ok(());
    }
    let known = rules.offices.iter().map(|it| it.id.as_str());
    let help = near(id.as_str(), known, "add it to the profile's `offices: offices`");
    Err(Rejection::UnknownOffice { office: id.clone(), help })
}

fn theme(state: &State, id: &ThemeId) -> Result<(), Rejection> {
    let rules = &state.offices.rules;
    if rules.theme(id).is_some() {
        return Ok(());
    }
    let known = rules.themes.iter().map(|it| it.id.as_str());
    let help = near(id.as_str(), known, "add it to the profile's `offices: themes`");
    Err(Rejection::UnknownTheme { theme: id.clone(), help })
}

fn meeting(state: &State, id: &MeetingId) -> Result<(), Rejection> {
    let meetings = state.meetings.meetings();
    if meetings.contains_key(id) {
        return Ok(());
    }
    let known = meetings.keys().map(MeetingId::as_str);
    let help = near(id.as_str(), known, "record `scheduled` first");
    Err(Rejection::UnknownMeeting { meeting: id.clone(), help })
}

fn near<'a>(word: &str, known: impl Iterator<Item = &'a str>, otherwise: &str) -> String {
    nearest(word, known).map_or_else(|| otherwise.to_owned(), |near| format!("`{near}` is known"))
}
