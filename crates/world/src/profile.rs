//! A convention's profile: rules of its own, drawn from those that conventions of this kind have.

use chancery_finance::{BudgetRule, CostRule, DayOfYear, Payers};
use chancery_kernel::{Currency, Text};
use chancery_meetings::MeetingKind;
use chancery_membership::{
    AccessionOpens, Between, Delay, EntryIntoForce, Instrument, Later, LaterThan, Rules,
    SignatureCloses, WithdrawalRule,
};
use chancery_obligations::{
    Clock, DoneBy, Due, EachYear, Extension, Kept, Lead, Obligation, OwedBy, Period, Starts,
};
use chancery_offices::{Holder, OfficeRule, Seat, Theme};
use chancery_register::{Organisation, Profile};
use jiff::{ToSpan, civil::Date};

use crate::{
    chance::Chance,
    error::MakeError,
    words::{self, ORGANISATIONS, SUBJECTS, THEMES, text},
};

/// How many years States have for the inventory, and how many more one extension may add.
pub(crate) const INVENTORY_YEARS: (u16, u16) = (10, 5);

/// How many years States have for the repair; no extension.
pub(crate) const REPAIR_YEARS: u16 = 8;

/// The profile of a convention that is adopted on a day and takes so many instruments.
pub(crate) fn profile(
    chance: &mut Chance,
    number: usize,
    body: &str,
    adopted_on: Date,
    instruments: u32,
) -> Result<Profile, MakeError> {
    let subject = SUBJECTS[number % SUBJECTS.len()];
    let currency: Currency = chance.one(&["CHF", "EUR", "USD"]).parse()?;
    Ok(Profile {
        name: text(format!("Convention on {} {subject} (fictional)", chance.one(&words::ACTS)))?,
        short_name: text(format!("{body} (fictional)"))?,
        adopted_on,
        depositary: text("Keeper of the Archives (fictional)".to_owned())?,
        membership: membership(chance, adopted_on, instruments)?,
        meetings: chancery_meetings::Rules { kinds: kinds()? },
        offices: offices()?,
        finance: Box::new(chancery_finance::Rules {
            currency: Some(currency),
            meeting_costs: Some(CostRule {
                article: article("14(1)")?,
                payers: *chance.one(&[Payers::StatesParties, Payers::StatesPartiesAndParticipants]),
                floor: None,
                cap: None,
            }),
            budget_costs: Some(BudgetRule {
                article: article("14(2)")?,
                parties_on: Some(DayOfYear { month: 1, day: 1 }),
            }),
        }),
        organisations: organisations()?,
        obligations: obligations()?,
    })
}

fn membership(chance: &mut Chance, adopted_on: Date, instruments: u32) -> Result<Rules, MakeError> {
    use Instrument::{Acceptance, Accession, Approval, Ratification};
    let opens = adopted_on.checked_add(chance.between(0, 200).days())?;
    let accession_opens = *chance.one(&[AccessionOpens::AtOnce, AccessionOpens::AtEntryIntoForce]);
    let delays = [Delay::FirstDayOfMonth(6), Delay::FirstDayOfMonth(3), Delay::Days(90)];
    let delay = *chance.one(&delays);
    let notice = [Delay::Months(6), Delay::Months(12), Delay::Days(90)];
    let mut counted = vec![Ratification, Acceptance, Approval];
    if accession_opens == AccessionOpens::AtOnce && chance.percent(50) {
        counted.push(Accession);
    }
    Ok(Rules {
        opens_for_signature: opens,
        signature_closes: match chance.between(0, 2) {
            0 => SignatureCloses::AtEntryIntoForce,
            1 => SignatureCloses::On(opens.checked_add(1.year())?),
            _ => SignatureCloses::Never,
        },
        accession_opens,
        entry_into_force: EntryIntoForce {
            article: article("17(1)")?,
            instruments,
            counted,
            delay,
        },
        later_states: Later { article: article("17(2)")?, than: later_than(chance)?, delay },
        withdrawal: Some(WithdrawalRule { article: article("20")?, notice: *chance.one(&notice) }),
    })
}

fn later_than(chance: &mut Chance) -> Result<LaterThan, MakeError> {
    if chance.percent(50) {
        return Ok(LaterThan::LastInstrument);
    }
    let reading = text("as its secretariat reads it (fictional)".to_owned())?;
    let between = *chance.one(&[Between::OwnDeposit, Between::WithConvention]);
    Ok(LaterThan::EntryIntoForce { between, reading })
}

fn kinds() -> Result<Vec<MeetingKind>, MakeError> {
    let kind = |id: &str, name: &str, provided: &str| {
        Ok::<_, MakeError>(MeetingKind {
            id: text(id.to_owned())?,
            name: text(name.to_owned())?,
            article: article(provided)?,
        })
    };
    Ok(vec![
        kind("mp", "Meeting of the Parties (fictional)", "11")?,
        kind("rc", "Review Conference (fictional)", "12")?,
    ])
}

fn offices() -> Result<chancery_offices::Rules, MakeError> {
    let office = |id: &str, name: &str, seat, holder| {
        Ok::<_, MakeError>(OfficeRule {
            id: id.parse()?,
            name: text(name.to_owned())?,
            seat,
            holder,
        })
    };
    let theme = |(id, name): &(&str, &str)| {
        Ok::<_, MakeError>(Theme { id: id.parse()?, name: text((*name).to_owned())? })
    };
    Ok(chancery_offices::Rules {
        offices: vec![
            office("president", "President", Seat::Meeting, Holder::StateParty)?,
            office("vice_president", "Vice-President", Seat::Meeting, Holder::StateParty)?,
            office("secretary", "Secretary of the Meeting", Seat::Meeting, Holder::Anybody)?,
            office("coordinator", "Coordinator", Seat::Convention, Holder::StateParty)?,
        ],
        themes: THEMES.iter().map(theme).collect::<Result<_, _>>()?,
    })
}

fn organisations() -> Result<Vec<Organisation>, MakeError> {
    let organisation = |(id, name): &(&str, &str)| {
        let name = text((*name).to_owned())?;
        Ok(Organisation { id: id.parse()?, name, short_name: None })
    };
    ORGANISATIONS.iter().map(organisation).collect()
}

fn obligations() -> Result<chancery_obligations::Rules, MakeError> {
    let rule = |id: &str, name: &str, owed_by, done_by, due, extension| {
        let clocks = vec![Clock { article: article("4")?, starts: Starts::EntryIntoForce, due }];
        let (id, name) = (id.parse()?, text(name.to_owned())?);
        Ok::<_, MakeError>(Obligation {
            id,
            name,
            owed_by,
            done_by,
            kept: Kept::Complete,
            clocks,
            extension,
        })
    };
    let (years, more) = INVENTORY_YEARS;
    let extension = Extension {
        article: article("4(5)")?,
        longest: Period::Years(more),
        times: None,
        lead: Some(Lead { article: article("4(6)")?, time: Period::Months(9) }),
        before_due: true,
    };
    let yearly = EachYear { month: 4, day: 30, after: Some("initial_report".parse()?) };
    let (every, declared) = (OwedBy::EveryParty, OwedBy::Declared);
    Ok(chancery_obligations::Rules {
        obligations: vec![
            rule(
                "inventory",
                "Inventory of all structures",
                declared,
                DoneBy::Completion,
                Due::Within(Period::Years(years)),
                Some(extension),
            )?,
            rule(
                "repair",
                "Repair of what is unsafe",
                declared,
                DoneBy::Completion,
                Due::Within(Period::Years(REPAIR_YEARS)),
                None,
            )?,
            rule(
                "initial_report",
                "Initial report",
                every,
                DoneBy::Report,
                Due::Within(Period::Days(180)),
                None,
            )?,
            rule(
                "annual_report",
                "Annual report",
                every,
                DoneBy::Report,
                Due::EachYear(yearly),
                None,
            )?,
        ],
    })
}

fn article(number: &str) -> Result<Text, MakeError> {
    text(number.to_owned())
}
