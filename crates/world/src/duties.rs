//! What States owe and do: reports, declarations, extensions, completions.

use std::collections::BTreeMap;

use chancery_obligations::{
    Command as Act, Completion, Declaration, ExtensionGrant, ExtensionRequest, Reopening, Report,
};
use chancery_register::{Command, record::RecordFile};
use jiff::{ToSpan, civil::Date};

use crate::{
    convention::{LAST, Making},
    error::MakeError,
    meetings::{Grant, Meetings},
    profile::{INVENTORY_YEARS, REPAIR_YEARS},
    states::Member,
    words::text,
};

/// Everything that States do about their duties, by year.
#[derive(Debug, Default)]
pub(crate) struct Duties {
    acts: BTreeMap<i16, Vec<(Date, Act)>>,
}

impl Duties {
    /// Decides all of it, and lets meetings grant the time that is asked for.
    pub(crate) fn new(making: &mut Making, meetings: &mut Meetings) -> Result<Self, MakeError> {
        let mut duties = Self::default();
        for member in making.states.members.clone() {
            let Some(in_force) = member.in_force.filter(|from| *from <= LAST) else { continue };
            duties.reports(making, &member, in_force)?;
            // Whoever leaves would leave work undone: that is told of nobody here.
            if member.until.is_none() {
                if making.chance.percent(14) {
                    duties.inventory(making, meetings, &member, in_force)?;
                }
                if making.chance.percent(10) {
                    duties.repair(making, &member, in_force)?;
                }
            }
        }
        for acts in duties.acts.values_mut() {
            acts.sort_by_key(|(on, _)| *on);
        }
        Ok(duties)
    }

    /// What States did in a year, by day.
    pub(crate) fn year(
        &mut self,
        making: &mut Making,
        year: i16,
    ) -> Result<Option<RecordFile>, MakeError> {
        let mut source =
            making.source(&format!("{}, reports of {year} (fictional)", making.body))?;
        for (_, act) in self.acts.remove(&year).unwrap_or_default() {
            source.fact(Command::Obligations(act))?;
        }
        Ok(source.finish())
    }

    fn act(&mut self, on: Date, act: Act) {
        if on <= LAST {
            self.acts.entry(on.year()).or_default().push((on, act));
        }
    }

    fn reports(
        &mut self,
        making: &mut Making,
        member: &Member,
        in_force: Date,
    ) -> Result<(), MakeError> {
        let reporting = making.character.reporting;
        let (chance, state) = (&mut making.chance, member.state);
        let report = |obligation: &str, year, on: Date| {
            let obligation = obligation.parse()?;
            Ok::<_, MakeError>(Act::Report(Report {
                state,
                obligation,
                year,
                document: None,
                on: on.into(),
            }))
        };
        let on = in_force.checked_add(chance.between(40, 420).days())?;
        if member.party_on(on) && chance.percent(85) {
            self.act(on, report("initial_report", None, on)?);
        }
        for year in in_force.year()..LAST.year() {
            let on = Date::new(year + 1, 1, 10)?.checked_add(chance.between(0, 200).days())?;
            if member.party_on(on) && chance.percent(reporting) {
                self.act(on, report("annual_report", Some(year), on)?);
            }
        }
        Ok(())
    }

    /// An inventory that is asked more time for up to three times, and then mostly done.
    fn inventory(
        &mut self,
        making: &mut Making,
        meetings: &mut Meetings,
        member: &Member,
        in_force: Date,
    ) -> Result<(), MakeError> {
        let (state, chance) = (member.state, &mut making.chance);
        let obligation = || "inventory".parse();
        let (years, more) = INVENTORY_YEARS;
        let mut due = in_force.checked_add(i32::from(years).years())?;
        let mut last = self.declare(member, "inventory", in_force)?;
        for _ in 0..chance.count(0, 3) {
            let Some(meeting) = meetings.before(due).cloned() else { break };
            let asked = meeting.opens.checked_sub(chance.between(280, 330).days())?;
            if asked <= last || meeting.closes > LAST {
                break;
            }
            let decision: chancery_kernel::DecisionId =
                format!("{}-more-{}", meeting.id, state.as_str().to_lowercase()).parse()?;
            let until = due.checked_add(chance.between(1, i32::from(more)).years())?;
            self.act(
                asked,
                Act::RequestExtension(ExtensionRequest {
                    state,
                    obligation: obligation()?,
                    clock: None,
                    until: Some(until.into()),
                    to: Some(meeting.id.clone()),
                    on: Some(asked.into()),
                    seen_on: None,
                }),
            );
            self.act(
                meeting.closes,
                Act::GrantExtension(ExtensionGrant {
                    state,
                    obligation: obligation()?,
                    clock: None,
                    until: until.into(),
                    decision: decision.clone(),
                    on: meeting.closes.into(),
                }),
            );
            meetings.grant(&meeting.id, Grant { decision, state, obligation: obligation()? });
            (due, last) = (until, meeting.closes);
        }
        if making.chance.percent(60) {
            let between = last.until(due)?.get_days();
            self.complete(making, member, "inventory", last, between)?;
        }
        Ok(())
    }

    fn repair(
        &mut self,
        making: &mut Making,
        member: &Member,
        in_force: Date,
    ) -> Result<(), MakeError> {
        let declared = self.declare(member, "repair", in_force)?;
        if making.chance.percent(70) {
            let days = i32::from(REPAIR_YEARS) * 365;
            self.complete(making, member, "repair", declared, days)?;
        }
        Ok(())
    }

    /// The State owes it from soon after the entry into force on.
    fn declare(
        &mut self,
        member: &Member,
        obligation: &str,
        in_force: Date,
    ) -> Result<Date, MakeError> {
        let on = in_force.checked_add(60.days())?;
        let declaration = Declaration {
            state: member.state,
            obligation: obligation.parse()?,
            clock: None,
            started: None,
            due_as_printed: None,
            on: on.into(),
        };
        self.act(on, Act::Declare(declaration));
        Ok(on)
    }

    /// It is done some time after a day; of some, more is found later.
    fn complete(
        &mut self,
        making: &mut Making,
        member: &Member,
        obligation: &str,
        after: Date,
        most_days: i32,
    ) -> Result<(), MakeError> {
        let (state, chance) = (member.state, &mut making.chance);
        let on = after.checked_add(chance.between(20, most_days.max(40)).days())?;
        let declared_on = on.checked_add(chance.between(0, 100).days())?;
        self.act(
            on,
            Act::Complete(Completion {
                state,
                obligation: obligation.parse()?,
                clock: None,
                on: Some(on.into()),
                declared_on: Some(declared_on.into()),
            }),
        );
        if chance.percent(5) && on <= LAST {
            let again = declared_on.checked_add(chance.between(200, 900).days())?;
            self.act(
                again,
                Act::Reopen(Reopening {
                    state,
                    obligation: obligation.parse()?,
                    clock: None,
                    due: Some(again.checked_add(3.years())?.into()),
                    reason: Some(text("another structure was found (fictional)".to_owned())?),
                    on: again.into(),
                }),
            );
        }
        Ok(())
    }
}
