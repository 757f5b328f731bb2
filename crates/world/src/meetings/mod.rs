//! Meetings: planned once for all years, then told report by report.

mod outcome;
mod session;

use chancery_kernel::{
    Anchor, DecisionId, MandateId, MeetingId, ObligationId, StateCode, Unit, When,
};
use chancery_meetings::{Command as Act, Rescheduling, Scheduling, Venue};
use chancery_register::{Command, record::RecordFile};
use jiff::{ToSpan, civil::Date};

use crate::{
    convention::{LAST, Making},
    error::MakeError,
    source::Source,
    words::{self, text},
};

/// A meeting as it will have been.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) id: MeetingId,
    kind: &'static str,
    ordinal: u32,
    pub(crate) opens: Date,
    pub(crate) closes: Date,
    /// By how many days it was put off after it had been scheduled.
    moved: i32,
    city: (&'static str, &'static str),
    /// The extensions that it grants.
    grants: Vec<Grant>,
}

/// More time for a State.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) decision: DecisionId,
    pub(crate) state: StateCode,
    pub(crate) obligation: ObligationId,
}

/// All meetings of a convention, and what one leaves to the next.
#[derive(Debug)]
pub(crate) struct Meetings {
    planned: Vec<Planned>,
    mandates: Vec<MandateId>,
    president: Option<StateCode>,
    /// Who coordinates which theme, by the theme's number.
    coordinators: Vec<Option<StateCode>>,
}

impl Meetings {
    pub(crate) fn new(making: &mut Making) -> Result<Self, MakeError> {
        let mut planned = Vec::new();
        let first = making.states.entry_into_force.map_or(i16::MAX, |from| from.year() + 1);
        let (mut meetings, mut reviews) = (0, 0);
        let month = making.chance.between(5, 11);
        for year in
            (first..=LAST.year()).step_by(usize::from(making.character.cadence.unsigned_abs()))
        {
            let chance = &mut making.chance;
            let is_review = planned.len() % 5 == 4;
            let (kind, ordinal) = if is_review {
                reviews += 1;
                ("rc", reviews)
            } else {
                meetings += 1;
                ("mp", meetings)
            };
            let month = i8::try_from(month).unwrap_or(9);
            let opens = Date::new(year, month, 1)?.checked_add(chance.between(0, 20).days())?;
            planned.push(Planned {
                id: format!("{ordinal}{kind}").parse()?,
                kind,
                ordinal,
                opens,
                closes: opens.checked_add(chance.between(2, 4).days())?,
                moved: if chance.percent(12) { chance.between(7, 60) } else { 0 },
                city: *chance.one(&words::CITIES),
                grants: Vec::new(),
            });
        }
        let coordinators = vec![None; words::THEMES.len()];
        Ok(Self { planned, mandates: Vec::new(), president: None, coordinators })
    }

    /// The last meeting that opens before a day, but never the first, which is known of only in its
    /// own year: nothing can be asked of it before.
    pub(crate) fn before(&self, day: Date) -> Option<&Planned> {
        self.planned.iter().skip(1).rfind(|it| it.opens < day)
    }

    /// Lets a meeting grant more time.
    pub(crate) fn grant(&mut self, meeting: &MeetingId, grant: Grant) {
        if let Some(meeting) = self.planned.iter_mut().find(|it| it.id == *meeting) {
            meeting.grants.push(grant);
        }
    }

    /// The report of the year's meeting; `None` if there is none.
    pub(crate) fn year(
        &mut self,
        making: &mut Making,
        year: i16,
    ) -> Result<Option<RecordFile>, MakeError> {
        let Some(index) = self.planned.iter().position(|it| it.opens.year() == year) else {
            return Ok(None);
        };
        let meeting = self.planned[index].clone();
        let mut source = making.source(&meeting.symbol(&making.body, "20"))?;
        if index == 0 {
            meeting.scheduled(&mut source, meeting.opens.checked_sub(300.days())?)?;
        }
        meeting.moved(&mut source)?;
        let attending = session::of(making, &meeting, &mut source, self.president)?;
        outcome::of(self, making, index, &attending, &mut source)?;
        Ok(source.finish())
    }
}

impl Planned {
    /// The symbol of one of its documents.
    fn symbol(&self, body: &str, number: &str) -> String {
        format!("{body}/{}/{}/{number}", self.kind.to_uppercase(), self.opens.year())
    }

    fn scheduled(&self, source: &mut Source, on: Date) -> Result<(), MakeError> {
        let (city, state) = self.city;
        let days = self.opens.until(self.closes)?.get_days() + 1;
        let opens_on = self.opens.checked_sub(self.moved.days())?;
        let kind = if self.kind == "rc" { "Review Conference" } else { "Meeting of the Parties" };
        source.fact(Command::Meetings(Act::Schedule(Scheduling {
            meeting: self.id.clone(),
            kind: text(self.kind.to_owned())?,
            ordinal: Some(self.ordinal),
            title: text(format!("{kind} no. {} (fictional)", self.ordinal))?,
            days: u32::try_from(days).ok(),
            opens_on: Some(opens_on.into()),
            closes_on: None,
            venue: Some(Venue { city: text(city.to_owned())?, state: code(state)? }),
            alternative_venue: None,
            on: on.into(),
        })))?;
        Ok(())
    }

    fn moved(&self, source: &mut Source) -> Result<(), MakeError> {
        if self.moved == 0 {
            return Ok(());
        }
        let on = self.opens.checked_sub(120.days())?;
        source.fact(Command::Meetings(Act::Reschedule(Rescheduling {
            meeting: self.id.clone(),
            opens_on: Some(self.opens.into()),
            closes_on: Some(self.closes.into()),
            venue: None,
            reason: Some(text("the halls were not free (fictional)".to_owned())?),
            on: on.into(),
        })))?;
        Ok(())
    }

    /// The day after its end, from which its coordinators serve.
    fn day_after(&self) -> When {
        When::Offset { amount: 1, unit: Unit::Day, anchor: Anchor::End(self.id.clone()) }
    }
}

pub(crate) fn code(state: &str) -> Result<StateCode, MakeError> {
    // The cities lie in States that are known.
    StateCode::all().find(|it| it.as_str() == state).ok_or(MakeError::State)
}
