use chancery_kernel::{
    Actor, ActorError, Decider, MeetingId, OfficeId, StateCode, ThemeId, When, nearest,
};

use crate::{
    command::Command,
    error::Rejection,
    event::{Appointment, Event},
    rules::{Rules, Seat},
    state::{Accession, State, Term},
};

/// The decider of offices.
#[derive(Debug, Clone, Copy)]
pub struct Offices;

impl Decider for Offices {
    type State = State;
    type Command = Command;
    type Event = Event;
    type Rejection = Rejection;

    fn decide(state: &State, command: Command) -> Result<Vec<Event>, Rejection> {
        let event = match command {
            Command::Elect(it) => {
                appoint(state, &it)?;
                Event::Elected(it.into())
            }
            Command::Designate(it) => {
                appoint(state, &it)?;
                Event::Designated(it.into())
            }
            Command::Confirm(it) => {
                appoint(state, &it)?;
                Event::Confirmed(it.into())
            }
            Command::Succeed(it) => {
                known(&state.rules, &it.office, it.theme.as_ref())?;
                let seat =
                    Seating { office: &it.office, theme: it.theme.as_ref(), of: it.of.as_ref() };
                held(state, &seat, it.predecessor)?;
                Event::Succeeded(it.into())
            }
            Command::End(it) => {
                known(&state.rules, &it.office, it.theme.as_ref())?;
                let seat =
                    Seating { office: &it.office, theme: it.theme.as_ref(), of: it.of.as_ref() };
                held(state, &seat, it.state)?;
                Event::Ended(it.into())
            }
        };
        Ok(vec![event])
    }

    fn evolve(mut state: State, event: &Event) -> State {
        match event {
            Event::Elected(it) => seat(&mut state, it, Accession::Elected),
            Event::Designated(it) => seat(&mut state, it, Accession::Designated),
            Event::Confirmed(it) => seat(&mut state, it, Accession::Confirmed),
            Event::Succeeded(it) => {
                let seat =
                    Seating { office: &it.office, theme: it.theme.as_ref(), of: it.of.as_ref() };
                if let Some(term) = current(&mut state, &seat, it.predecessor) {
                    // The successor's first day is the predecessor's last.
                    term.ended = Some(it.on);
                    let next = Term {
                        holder: it.successor.clone(),
                        accession: Accession::Succeeded,
                        manner: None,
                        from: When::At(chancery_kernel::Anchor::Date(it.on)),
                        on: it.on,
                        ended: None,
                        ..term.clone()
                    };
                    state.terms.push_back(next);
                }
            }
            Event::Ended(it) => {
                let seat =
                    Seating { office: &it.office, theme: it.theme.as_ref(), of: it.of.as_ref() };
                if let Some(term) = current(&mut state, &seat, it.state) {
                    term.ended = Some(it.on);
                }
            }
        }
        state
    }
}

/// Which chair is meant.
struct Seating<'a> {
    office: &'a OfficeId,
    theme: Option<&'a ThemeId>,
    of: Option<&'a MeetingId>,
}

impl Seating<'_> {
    fn is_of(&self, term: &Term, state: StateCode) -> bool {
        term.office == *self.office
            && term.theme.as_ref() == self.theme
            && term.of.as_ref() == self.of
            && term.holder.state == Some(state)
            && term.ended.is_none()
    }
}

fn appoint(state: &State, it: &Appointment) -> Result<(), Rejection> {
    known(&state.rules, &it.office, it.theme.as_ref())?;
    if it.states.is_empty() == it.organisation.is_none() {
        return Err(Rejection::NoHolder);
    }
    if it.person.is_some() && it.states.len() > 1 {
        return Err(Rejection::OnePersonForMany(it.states.len()));
    }
    if it.capacity.is_some() && it.person.is_none() {
        return Err(ActorError::CapacityAlone.into());
    }
    let of = state.seat_of(it);
    let seat = state.rules.office(&it.office).map(|office| office.seat);
    if seat == Some(Seat::Meeting) && of.is_none() {
        return Err(Rejection::NoMeeting(it.office.clone()));
    }
    let seat = Seating { office: &it.office, theme: it.theme.as_ref(), of: of.as_ref() };
    let first = first_day(it);
    for (index, who) in it.states.iter().enumerate() {
        let again = |term: &Term| seat.is_of(term, *who) && term.from == first;
        if state.terms.iter().any(again) || it.states[..index].contains(who) {
            return Err(Rejection::HoldsAlready { state: *who });
        }
    }
    Ok(())
}

fn known(rules: &Rules, office: &OfficeId, theme: Option<&ThemeId>) -> Result<(), Rejection> {
    if rules.office(office).is_none() {
        let names: Vec<&str> = rules.offices.iter().map(|it| it.id.as_str()).collect();
        return Err(Rejection::UnknownOffice {
            office: office.clone(),
            help: one_of(office.as_str(), &names),
        });
    }
    if let Some(theme) = theme.filter(|theme| rules.theme(theme).is_none()) {
        let names: Vec<&str> = rules.themes.iter().map(|it| it.id.as_str()).collect();
        return Err(Rejection::UnknownTheme {
            theme: theme.clone(),
            help: one_of(theme.as_str(), &names),
        });
    }
    Ok(())
}

fn one_of(word: &str, names: &[&str]) -> String {
    match nearest(word, names.iter().copied()) {
        Some(near) => format!("`{near}` is one"),
        None => format!("it knows {}", names.join(", ")),
    }
}

fn held(state: &State, seat: &Seating<'_>, who: StateCode) -> Result<(), Rejection> {
    if state.terms.iter().any(|term| seat.is_of(term, who)) {
        Ok(())
    } else {
        Err(Rejection::DoesNotHold { state: who })
    }
}

/// The latest term that has not ended.
fn current<'a>(state: &'a mut State, seat: &Seating<'_>, who: StateCode) -> Option<&'a mut Term> {
    let index = state.terms.iter().rposition(|term| seat.is_of(term, who))?;
    state.terms.get_mut(index)
}

fn seat(state: &mut State, it: &Appointment, accession: Accession) {
    let of = state.seat_of(it);
    let holder = |state: Option<StateCode>| Actor {
        state,
        organisation: it.organisation.clone(),
        person: it.person.clone(),
        capacity: it.capacity.clone(),
    };
    let holders: Vec<Actor> = match it.states.as_slice() {
        [] => vec![holder(None)],
        states => states.iter().map(|state| holder(Some(*state))).collect(),
    };
    for holder in holders {
        state.terms.push_back(Term {
            office: it.office.clone(),
            theme: it.theme.clone(),
            of: of.clone(),
            holder,
            accession,
            manner: it.by,
            from: first_day(it),
            until: it.until.clone(),
            on: it.on,
            ended: None,
        });
    }
}

fn first_day(it: &Appointment) -> When {
    it.from.clone().unwrap_or(When::At(chancery_kernel::Anchor::Date(it.on)))
}
