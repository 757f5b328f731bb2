use chancery_kernel::{Decider, MeetingId, PartialDate, nearest};
use imbl::OrdMap;

use crate::{
    command::Command,
    error::Rejection,
    event::{Attendance, Category, Event, Plenary, Rescheduling, Scheduling},
    state::{Document, Meeting, State},
};

/// The decider of meetings.
#[derive(Debug, Clone, Copy)]
pub struct Meetings;

impl Decider for Meetings {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        let event = match command {
            Command::Schedule(it) => {
                schedule(state, &it)?;
                Event::Scheduled(it.into())
            }
            Command::Reschedule(it) => {
                reschedule(known(state, &it.meeting)?, &it)?;
                Event::Rescheduled(it.into())
            }
            Command::Convene(it) => {
                known(state, &it.meeting)?;
                Event::Convened(it.into())
            }
            Command::Open(it) => match known(state, &it.meeting)?.opened {
                Some(on) => {
                    return Err(Rejection::AlreadyOpened { meeting: it.meeting, on });
                }
                None => Event::Opened(it.into()),
            },
            Command::Attend(it) => {
                attend(known(state, &it.meeting)?, &it)?;
                Event::Attended(it.into())
            }
            Command::HoldPlenary(it) => {
                hold_plenary(known(state, &it.meeting)?, &it)?;
                Event::PlenaryHeld(it.into())
            }
            Command::Speak(it) => {
                known(state, &it.meeting)?;
                Event::Spoke(it.into())
            }
            Command::IssueDocument(it) => {
                if let Some(meeting) = &it.meeting {
                    known(state, meeting)?;
                }
                if state.documents.contains_key(&it.document) {
                    return Err(Rejection::AlreadyIssued(it.document));
                }
                Event::Issued(it.into())
            }
            Command::Consider(it) => {
                known(state, &it.meeting)?;
                Event::Considered(it.into())
            }
            Command::Close(it) => match known(state, &it.meeting)? {
                Meeting { closed: Some(on), .. } => {
                    return Err(Rejection::AlreadyClosed { meeting: it.meeting, on: *on });
                }
                Meeting { opened: None, .. } => return Err(Rejection::NotOpened(it.meeting)),
                Meeting { opened: Some(opens), .. } if it.on < *opens => {
                    return Err(Rejection::ClosesBeforeItOpens {
                        meeting: it.meeting,
                        opens: *opens,
                        closes: it.on,
                    });
                }
                _ => Event::Closed(it.into()),
            },
        };
        Ok(vec![event])
    }

    fn evolve(mut state: State, event: &Event) -> State {
        match event {
            Event::Scheduled(it) => {
                state.meetings.insert(it.meeting.clone(), scheduled(it));
            }
            Event::Issued(it) => {
                state.documents.insert(it.document.clone(), Document::from(&**it));
            }
            Event::Considered(it) => {
                for document in &it.documents {
                    let meetings = state.considered.entry(document.clone()).or_default();
                    meetings.insert(it.meeting.clone(), it.on);
                }
            }
            Event::Convened(_) | Event::Spoke(_) => {}
            Event::Rescheduled(_)
            | Event::Opened(_)
            | Event::Attended(_)
            | Event::PlenaryHeld(_)
            | Event::Closed(_) => {
                if let Some(meeting) = event.meeting().and_then(|id| state.meetings.get_mut(id)) {
                    continued(meeting, event);
                }
            }
        }
        state
    }
}

fn continued(meeting: &mut Meeting, event: &Event) {
    match event {
        Event::Rescheduled(it) => {
            meeting.opens_on = it.opens_on.or(meeting.opens_on);
            meeting.closes_on = it.closes_on.or(meeting.closes_on);
            if let Some(venue) = &it.venue {
                meeting.venue = Some(venue.clone());
                meeting.alternative_venue = None;
            }
        }
        Event::Opened(it) => meeting.opened = Some(it.on),
        Event::Closed(it) => meeting.closed = Some(it.on),
        Event::PlenaryHeld(it) => {
            meeting.plenaries.insert(it.number, it.on);
            meeting.plenary_count = it.of.or(meeting.plenary_count);
        }
        Event::Attended(it) => {
            for state in &it.states {
                meeting.states.insert(*state, it.category);
            }
            for organisation in &it.organisations {
                meeting.organisations.insert(organisation.clone(), it.rule.clone());
            }
        }
        _ => {}
    }
}

fn scheduled(it: &Scheduling) -> Meeting {
    Meeting {
        kind: it.kind.clone(),
        ordinal: it.ordinal,
        title: it.title.clone(),
        length: it.days,
        opens_on: it.opens_on,
        closes_on: it.closes_on,
        venue: it.venue.clone(),
        alternative_venue: it.alternative_venue.clone(),
        opened: None,
        closed: None,
        plenaries: OrdMap::new(),
        plenary_count: None,
        states: OrdMap::new(),
        organisations: OrdMap::new(),
    }
}

fn known<'a>(state: &'a State, id: &MeetingId) -> Result<&'a Meeting, Rejection> {
    state.meetings.get(id).ok_or_else(|| Rejection::UnknownMeeting {
        meeting: id.clone(),
        help: match nearest(id.as_str(), state.meetings.keys().map(MeetingId::as_str)) {
            Some(near) => format!("`{near}` is"),
            None => "record `scheduled` first".to_owned(),
        },
    })
}

fn schedule(state: &State, it: &Scheduling) -> Result<(), Rejection> {
    if state.meetings.contains_key(&it.meeting) {
        return Err(Rejection::AlreadyScheduled(it.meeting.clone()));
    }
    let kinds = || state.rules.kinds.iter().map(|kind| &*kind.id);
    if !kinds().any(|kind| kind == &*it.kind) {
        let known: Vec<String> = kinds().map(|kind| format!("`{kind}`")).collect();
        let help = format!("it knows {}", known.join(", "));
        return Err(Rejection::UnknownKind { kind: it.kind.clone(), help });
    }
    in_order(&it.meeting, it.opens_on, it.closes_on)
}

fn reschedule(meeting: &Meeting, it: &Rescheduling) -> Result<(), Rejection> {
    if it.opens_on.is_none() && it.closes_on.is_none() && it.venue.is_none() {
        return Err(Rejection::NothingChanged(it.meeting.clone()));
    }
    in_order(&it.meeting, it.opens_on.or(meeting.opens_on), it.closes_on.or(meeting.closes_on))
}

fn in_order(
    meeting: &MeetingId,
    opens: Option<PartialDate>,
    closes: Option<PartialDate>,
) -> Result<(), Rejection> {
    match (opens, closes) {
        (Some(opens), Some(closes)) if closes < opens => {
            Err(Rejection::ClosesBeforeItOpens { meeting: meeting.clone(), opens, closes })
        }
        _ => Ok(()),
    }
}

fn attend(meeting: &Meeting, it: &Attendance) -> Result<(), Rejection> {
    if it.states.is_empty() && it.organisations.is_empty() {
        return Err(Rejection::NobodyAttends(it.meeting.clone()));
    }
    if it.category == Category::Organisation && !it.states.is_empty() {
        return Err(Rejection::WrongParticipants {
            category: "organisation",
            right: "organisations",
        });
    }
    if it.category != Category::Organisation && !it.organisations.is_empty() {
        return Err(Rejection::WrongParticipants {
            category: "a category of States",
            right: "states",
        });
    }
    for (index, state) in it.states.iter().enumerate() {
        if meeting.states.contains_key(state) || it.states[..index].contains(state) {
            return Err(Rejection::AttendsAlready { meeting: it.meeting.clone(), state: *state });
        }
    }
    for (index, organisation) in it.organisations.iter().enumerate() {
        if meeting.organisations.contains_key(organisation)
            || it.organisations[..index].contains(organisation)
        {
            return Err(Rejection::OrganisationAttendsAlready {
                meeting: it.meeting.clone(),
                organisation: organisation.clone(),
            });
        }
    }
    Ok(())
}

fn hold_plenary(meeting: &Meeting, it: &Plenary) -> Result<(), Rejection> {
    if it.number == 0 {
        return Err(Rejection::PlenaryNought(it.meeting.clone()));
    }
    // The source may say how many there were when some are recorded already.
    let held = meeting.plenaries.get_max().map(|(number, _)| *number);
    let highest = held.map_or(it.number, |held| held.max(it.number));
    if let Some(of) = it.of.or(meeting.plenary_count)
        && highest > of
    {
        return Err(Rejection::NoSuchPlenary { meeting: it.meeting.clone(), number: highest, of });
    }
    if meeting.plenaries.contains_key(&it.number) {
        return Err(Rejection::PlenaryHeldAlready {
            meeting: it.meeting.clone(),
            number: it.number,
        });
    }
    Ok(())
}
