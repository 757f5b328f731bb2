//! A meeting from its call to the end of the debate.

use chancery_kernel::{Actor, DocumentSymbol, OrganisationId, PartialDate, StateCode, Text};
use chancery_meetings::{
    Attendance, Category, Command as Act, Consideration, Convocation, Issue, Opening, Plenary,
    Speech, SpeechForm,
};
use chancery_register::Command;
use jiff::{ToSpan, civil::Date};

use super::Planned;
use crate::{
    convention::Making,
    error::MakeError,
    source::Source,
    words::{self, ORGANISATIONS, text},
};

/// Who was there, and what lay before them.
pub(super) struct Attending {
    /// The States parties.
    pub(super) parties: Vec<StateCode>,
    pub(super) president: Option<StateCode>,
    pub(super) documents: Vec<DocumentSymbol>,
}

/// Tells of the meeting up to its decisions. `president` was designated by the meeting before.
pub(super) fn of(
    making: &mut Making,
    meeting: &Planned,
    source: &mut Source,
    president: Option<StateCode>,
) -> Result<Attending, MakeError> {
    let id = &meeting.id;
    source.fact(Command::Meetings(Act::Convene(Convocation {
        meeting: id.clone(),
        by: organisation("un")?,
        invited: Vec::new(),
        on: meeting.opens.checked_sub(90.days())?.into(),
    })))?;
    let documents = documents(making, meeting, source)?;
    source.fact(Command::Meetings(Act::Open(Opening {
        meeting: id.clone(),
        by: president.map(Actor::state),
        on: meeting.opens.into(),
    })))?;
    let parties = attend(making, meeting, source, president)?;
    let president = president.filter(|it| parties.contains(it));
    debate(making, meeting, source, &parties)?;
    for some in documents.chunks(5) {
        source.fact(Command::Meetings(Act::Consider(Consideration {
            meeting: id.clone(),
            documents: some.to_vec(),
            as_printed: None,
            on: meeting.opens.into(),
        })))?;
    }
    Ok(Attending { parties, president, documents })
}

/// The meeting's documents: the agenda first, the rules of procedure second, the draft report last.
fn documents(
    making: &mut Making,
    meeting: &Planned,
    source: &mut Source,
) -> Result<Vec<DocumentSymbol>, MakeError> {
    let most = making.character.documents;
    let many = making.chance.count(most / 2 + 2, most + 2);
    let parties: Vec<StateCode> = making.states.members.iter().map(|it| it.state).collect();
    let mut documents = Vec::with_capacity(many);
    for number in 0..many {
        let chance = &mut making.chance;
        let name = match number {
            _ if number + 1 == many => "CRP.1".to_owned(),
            0..=9 => (number + 1).to_string(),
            _ => format!("WP.{}", number - 9),
        };
        let document: DocumentSymbol = meeting.symbol(&making.body, &name).parse()?;
        let states = if number > 9 { chance.some(1, &parties) } else { Vec::new() };
        let month = meeting.opens.first_of_month().checked_sub(chance.between(1, 3).months())?;
        source.fact(Command::Meetings(Act::IssueDocument(Issue {
            document: document.clone(),
            title: words::title(chance, number)?,
            meeting: Some(meeting.id.clone()),
            states,
            on: PartialDate::Month(month),
        })))?;
        documents.push(document);
    }
    Ok(documents)
}

fn attend(
    making: &mut Making,
    meeting: &Planned,
    source: &mut Source,
    president: Option<StateCode>,
) -> Result<Vec<StateCode>, MakeError> {
    let (day, chance) = (meeting.opens, &mut making.chance);
    let members = &making.states.members;
    let of = |wanted: &dyn Fn(&crate::states::Member) -> bool| -> Vec<StateCode> {
        members.iter().filter(|it| wanted(it)).map(|it| it.state).collect()
    };
    let in_force = of(&|it| it.party_on(day));
    let many = in_force.len() * chance.count(55, 85) / 100 + 5;
    let mut parties = chance.some(many, &in_force);
    if let Some(president) = president.filter(|it| in_force.contains(it) && !parties.contains(it)) {
        parties.push(president);
    }
    let bound = |it: &crate::states::Member| it.bound.is_some_and(|(on, _)| on <= day);
    let pending = of(&|it| bound(it) && it.in_force.is_none_or(|from| from > day));
    let signatories = of(&|it| it.signed.is_some_and(|on| on <= day) && !bound(it));
    let others: Vec<StateCode> =
        StateCode::all().filter(|it| !members.iter().any(|member| member.state == *it)).collect();
    let categories = [
        (Category::StateParty, parties.clone()),
        (Category::NotYetInForce, chance.some(pending.len() / 2, &pending)),
        (Category::Signatory, chance.some(signatories.len() / 3, &signatories)),
        (Category::OtherState, chance.some(others.len() / 4, &others)),
    ];
    let all: Vec<&str> = ORGANISATIONS.iter().map(|(id, _)| *id).collect();
    let many = chance.count(3, 6);
    let organisations = chance.some(many, &all);
    let attended = |category, states, organisations, rule| {
        let on = day.into();
        let meeting = meeting.id.clone();
        Command::Meetings(Act::Attend(Attendance {
            meeting,
            category,
            states,
            organisations,
            rule,
            on,
        }))
    };
    for (category, states) in categories.into_iter().filter(|(_, states)| !states.is_empty()) {
        source.fact(attended(category, states, Vec::new(), None))?;
    }
    let organisations: Vec<OrganisationId> =
        organisations.iter().map(|it| it.parse()).collect::<Result<_, _>>()?;
    let rule: Option<Text> = Some(text("1(2)".to_owned())?);
    source.fact(attended(Category::Organisation, Vec::new(), organisations, rule))?;
    Ok(parties)
}

/// Plenary meetings, and who spoke in them.
fn debate(
    making: &mut Making,
    meeting: &Planned,
    source: &mut Source,
    parties: &[StateCode],
) -> Result<(), MakeError> {
    let days = i32::from(meeting.opens.until(meeting.closes)?.get_days() as i16) + 1;
    let plenaries = u32::try_from(days * 2).unwrap_or(4);
    let day_of = |number: u32| -> Result<Date, MakeError> {
        Ok(meeting.opens.checked_add(i64::from((number - 1) / 2).days())?)
    };
    for number in 1..=plenaries {
        source.fact(Command::Meetings(Act::HoldPlenary(Plenary {
            meeting: meeting.id.clone(),
            number,
            of: (number == 1).then_some(plenaries),
            on: day_of(number)?.into(),
        })))?;
    }
    let chance = &mut making.chance;
    let most = making.character.speeches;
    for _ in 0..chance.count(most / 2, most) {
        let plenary = chance.count(1, plenaries as u16) as u32;
        let form =
            if chance.percent(85) { SpeechForm::Statement } else { SpeechForm::Presentation };
        let by = match chance.one_of(parties) {
            Some(state) if !chance.percent(12) => {
                let person = chance.percent(60).then(|| words::person(chance)).transpose()?;
                Actor { person, ..Actor::state(*state) }
            }
            _ => organisation("un")?,
        };
        let summary = chance.percent(40).then(|| words::action(chance)).transpose()?;
        source.fact(Command::Meetings(Act::Speak(Speech {
            meeting: meeting.id.clone(),
            plenary: Some(plenary),
            form,
            by,
            on_behalf_of: None,
            summary,
            on: day_of(plenary)?.into(),
        })))?;
    }
    Ok(())
}

fn organisation(id: &str) -> Result<Actor, MakeError> {
    Ok(Actor { state: None, organisation: Some(id.parse()?), person: None, capacity: None })
}
