//! What a meeting comes to: who holds which office, what was decided, what is to be done.

use chancery_decisions::{
    Adoption, AdoptionVerb, Command as Act, Decided, Dissociation, Fulfilment, Mandate, Verb, Vote,
};
use chancery_finance::{Authority, Command as Finance, Estimate};
use chancery_kernel::{
    Actor, Amount, Anchor, DecisionId, DocumentSymbol, Money, StateCode, ThemeId, Unit, When,
};
use chancery_meetings::{Closing, Command as Meeting};
use chancery_offices::{Appointment, Command as Office, Manner, Succession};
use chancery_register::Command;
use jiff::{ToSpan, civil::Date};

use super::{Meetings, Planned, session::Attending};
use crate::{
    convention::Making,
    error::MakeError,
    source::Source,
    words::{self, THEMES, text},
};

const VERBS: [Verb; 16] = [
    Verb::Decided,
    Verb::Decided,
    Verb::Decided,
    Verb::Agreed,
    Verb::Recommended,
    Verb::Encouraged,
    Verb::Underlined,
    Verb::Welcomed,
    Verb::Welcomed,
    Verb::Noted,
    Verb::TookNote,
    Verb::Recognized,
    Verb::ExpressedConcern,
    Verb::Commended,
    Verb::Considered,
    Verb::Recalled,
];

/// Tells of the meeting from its elections to its closing.
pub(super) fn of(
    meetings: &mut Meetings,
    making: &mut Making,
    index: usize,
    attending: &Attending,
    source: &mut Source,
) -> Result<(), MakeError> {
    let meeting = meetings.planned[index].clone();
    let next = meetings.planned.get(index + 1).cloned();
    let mut telling = Telling { making, meeting: &meeting, attending, source, number: 0 };
    telling.offices_of_the_meeting()?;
    for (document, summary) in
        attending.documents.iter().zip(["the agenda", "the rules of procedure"])
    {
        telling.adopt(document.clone(), summary, None)?;
    }
    telling.coordinators(meetings, index)?;
    telling.fulfil(meetings)?;
    telling.decide(meetings, next.as_ref())?;
    telling.grant()?;
    if let Some(next) = &next {
        telling.prepare(meetings, next)?;
    }
    if let Some(draft) = attending.documents.last() {
        let report = meeting.symbol(&telling.making.body, "20").parse()?;
        telling.adopt(draft.clone(), "the report of the meeting", Some(report))?;
    }
    let on = meeting.closes.into();
    let closing = Closing { meeting: meeting.id.clone(), on };
    source.fact(Command::Meetings(Meeting::Close(closing)))?;
    Ok(())
}

struct Telling<'a> {
    making: &'a mut Making,
    meeting: &'a Planned,
    attending: &'a Attending,
    source: &'a mut Source,
    /// How many decisions have been told.
    number: u32,
}

impl Telling<'_> {
    fn next_id(&mut self) -> Result<DecisionId, MakeError> {
        self.number += 1;
        Ok(format!("{}-{}", self.meeting.id, self.number).parse()?)
    }

    fn closes(&self) -> Date {
        self.meeting.closes
    }

    fn appoint(&mut self, office: &str, states: Vec<StateCode>) -> Result<Appointment, MakeError> {
        Ok(Appointment {
            office: office.parse()?,
            theme: None,
            meeting: Some(self.meeting.id.clone()),
            of: None,
            states,
            organisation: None,
            person: None,
            capacity: None,
            by: Some(Manner::Acclamation),
            from: None,
            until: Some(When::At(Anchor::End(self.meeting.id.clone()))),
            on: self.meeting.opens.into(),
        })
    }

    fn offices_of_the_meeting(&mut self) -> Result<(), MakeError> {
        if self.attending.president.is_none() {
            let somebody = self.making.chance.some(1, &self.attending.parties);
            let elected = self.appoint("president", somebody)?;
            self.source.fact(Command::Offices(Office::Elect(elected)))?;
        }
        let many = self.making.chance.count(3, 6);
        let vice = self.making.chance.some(many, &self.attending.parties);
        let elected = self.appoint("vice_president", vice)?;
        self.source.fact(Command::Offices(Office::Elect(elected)))?;
        let secretary = Appointment {
            organisation: Some("secretariat".parse()?),
            person: Some(words::person(&mut self.making.chance)?),
            by: None,
            ..self.appoint("secretary", Vec::new())?
        };
        self.source.fact(Command::Offices(Office::Confirm(secretary)))?;
        Ok(())
    }

    fn adopt(
        &mut self,
        document: DocumentSymbol,
        summary: &str,
        to_be_issued_as: Option<DocumentSymbol>,
    ) -> Result<(), MakeError> {
        let at_the_end = to_be_issued_as.is_some();
        let adoption = Adoption {
            id: self.next_id()?,
            meeting: self.meeting.id.clone(),
            verb: AdoptionVerb::Adopted,
            documents: vec![document],
            summary: text(summary.to_owned())?,
            as_orally_amended: at_the_end && self.making.chance.percent(50),
            to_be_issued_as,
            themes: Vec::new(),
            on: if at_the_end { self.closes() } else { self.meeting.opens }.into(),
        };
        self.source.fact(Command::Decisions(Act::Adopt(adoption)))?;
        Ok(())
    }

    /// Half of the themes get new coordinators at each meeting; now and then one steps down.
    fn coordinators(&mut self, meetings: &mut Meetings, index: usize) -> Result<(), MakeError> {
        let until = meetings.planned.get(index + 2).map(|it| When::At(Anchor::End(it.id.clone())));
        for (number, (theme, _)) in THEMES.iter().enumerate() {
            let theme: ThemeId = theme.parse()?;
            let before = meetings.coordinators[number];
            if index > 0 && (number + index) % 2 == 1 {
                let successor =
                    *self.making.chance.one_of(&self.attending.parties).unwrap_or(&self.any()?);
                if let Some(predecessor) = before.filter(|it| *it != successor)
                    && self.making.chance.percent(8)
                {
                    meetings.coordinators[number] = Some(successor);
                    self.source.fact(Command::Offices(Office::Succeed(Succession {
                        office: "coordinator".parse()?,
                        theme: Some(theme),
                        of: None,
                        predecessor,
                        successor: Actor::state(successor),
                        on: self.meeting.opens.into(),
                    })))?;
                }
                continue;
            }
            let states = self.making.chance.some(1, &self.attending.parties);
            meetings.coordinators[number] = states.first().copied();
            let welcomed = Appointment {
                theme: Some(theme),
                by: Some(Manner::Welcome),
                from: Some(self.meeting.day_after()),
                until: until.clone(),
                on: self.closes().into(),
                ..self.appoint("coordinator", states)?
            };
            self.source.fact(Command::Offices(Office::Elect(welcomed)))?;
        }
        Ok(())
    }

    fn any(&self) -> Result<StateCode, MakeError> {
        self.attending.parties.first().copied().ok_or(MakeError::State)
    }

    /// What the meeting before asked for is done, most of it.
    fn fulfil(&mut self, meetings: &mut Meetings) -> Result<(), MakeError> {
        for mandate in std::mem::take(&mut meetings.mandates) {
            if self.making.chance.percent(75) {
                let on = self.meeting.opens.checked_sub(40.days())?.into();
                let done = Fulfilment { mandate, summary: None, documents: Vec::new(), on };
                self.source.fact(Command::Decisions(Act::Fulfil(done)))?;
            }
        }
        Ok(())
    }

    fn decide(&mut self, meetings: &mut Meetings, next: Option<&Planned>) -> Result<(), MakeError> {
        let most = self.making.character.decisions;
        for _ in 0..self.making.chance.count(most * 3 / 4, most) {
            let id = self.next_id()?;
            let chance = &mut self.making.chance;
            let themes = [*chance.one(&THEMES)]
                .iter()
                .map(|(id, _)| id.parse())
                .collect::<Result<_, _>>()?;
            let documents = chance.count(0, 4).saturating_sub(2);
            let states = chance.count(0, 12).saturating_sub(9);
            let decided = Decided {
                id: id.clone(),
                meeting: Some(self.meeting.id.clone()),
                verb: *chance.one(&VERBS),
                summary: words::action(chance)?,
                themes,
                documents: chance.some(documents, &self.attending.documents),
                states: chance.some(states, &self.attending.parties),
                organisations: Vec::new(),
                on: self.meeting.closes.into(),
            };
            let binds = decided.verb.weight() == chancery_decisions::Weight::Operative;
            self.source.fact(Command::Decisions(Act::Decide(decided)))?;
            if binds {
                self.dispute(&id)?;
                self.mandate(meetings, &id, next)?;
            }
        }
        Ok(())
    }

    /// A few stand apart from a decision, and now and then it is put to the vote.
    fn dispute(&mut self, decision: &DecisionId) -> Result<(), MakeError> {
        let (chance, on) = (&mut self.making.chance, self.meeting.closes.into());
        if chance.percent(6) {
            let states = chance.some(2, &self.attending.parties);
            let (decision, summary) =
                (decision.clone(), text("the wording goes too far (fictional)".to_owned())?);
            let apart = Dissociation { decision, states, summary, on };
            self.source.fact(Command::Decisions(Act::Dissociate(apart)))?;
        }
        if chance.percent(5) {
            let present = u32::try_from(self.attending.parties.len()).unwrap_or(0);
            let against = u32::try_from(chance.between(0, 9)).unwrap_or(0).min(present);
            self.source.fact(Command::Decisions(Act::Vote(Vote {
                body: text(format!("the meeting {} (fictional)", self.meeting.id))?,
                document: None,
                decision: Some(decision.clone()),
                summary: text("by a show of cards".to_owned())?,
                in_favour: Some(present - against),
                against: Some(against),
                abstained: None,
                on,
            })))?;
        }
        Ok(())
    }

    fn mandate(
        &mut self,
        meetings: &mut Meetings,
        decision: &DecisionId,
        next: Option<&Planned>,
    ) -> Result<(), MakeError> {
        if !self.making.chance.percent(40) {
            return Ok(());
        }
        let chance = &mut self.making.chance;
        let due = match next {
            Some(next) if chance.percent(70) => {
                let anchor = Anchor::Opening(next.id.clone());
                Some(When::Offset { amount: -60, unit: Unit::Day, anchor })
            }
            Some(next) if chance.percent(50) => Some(When::At(Anchor::During(next.id.clone()))),
            _ => None,
        };
        let by_office = chance.percent(40);
        let mandate = Mandate {
            id: format!("{decision}-m").parse()?,
            decision: decision.clone(),
            action: words::action(chance)?,
            states: Vec::new(),
            organisations: if by_office { Vec::new() } else { vec!["secretariat".parse()?] },
            office: if by_office { Some("coordinator".parse()?) } else { None },
            body: None,
            due,
            due_as_said: None,
            supersedes: Vec::new(),
            on: self.meeting.closes.into(),
        };
        meetings.mandates.push(mandate.id.clone());
        self.source.fact(Command::Decisions(Act::Mandate(mandate)))?;
        Ok(())
    }

    /// The decisions by which States get more time.
    fn grant(&mut self) -> Result<(), MakeError> {
        for grant in &self.meeting.grants {
            self.source.fact(Command::Decisions(Act::Decide(Decided {
                id: grant.decision.clone(),
                meeting: Some(self.meeting.id.clone()),
                verb: Verb::Decided,
                summary: text(format!(
                    "to grant {} more time for {}",
                    grant.state.name(),
                    grant.obligation
                ))?,
                themes: vec!["inventory".parse()?],
                documents: Vec::new(),
                states: vec![grant.state],
                organisations: Vec::new(),
                on: self.meeting.closes.into(),
            })))?;
        }
        Ok(())
    }

    /// The next meeting: when, who presides, what it costs.
    fn prepare(&mut self, meetings: &mut Meetings, next: &Planned) -> Result<(), MakeError> {
        next.scheduled(self.source, self.closes())?;
        let states = self.making.chance.some(1, &self.attending.parties);
        meetings.president = states.first().copied();
        let designated = Appointment {
            of: Some(next.id.clone()),
            by: None,
            from: Some(self.meeting.day_after()),
            until: Some(When::At(Anchor::End(next.id.clone()))),
            on: self.closes().into(),
            ..self.appoint("president", states)?
        };
        self.source.fact(Command::Offices(Office::Designate(designated)))?;
        let units = self.making.chance.between(150_000, 900_000).unsigned_abs();
        let total = Money::of_minor_units(u128::from(units) * 100, "USD".parse()?);
        self.source.fact(Command::Finance(Finance::Estimate(Estimate {
            meeting: next.id.clone(),
            authority: Authority { meeting: Some(self.meeting.id.clone()), ..Authority::default() },
            total: total.map(Amount::exactly),
            on: self.closes().into(),
        })))?;
        Ok(())
    }
}
