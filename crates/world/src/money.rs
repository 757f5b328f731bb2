//! The accounts of each year: budget, invoices, contributions, the reserve.

use std::collections::{BTreeMap, BTreeSet};

use chancery_finance::{
    Allocation, Arrears, Authority, Basis, Budget, Carried, Category, CategoryCode, Command as Act,
    Contribution, Counted, Coverage, Destination, Drawdown, Funding, Invoice, Owed, Procedures,
    Purpose, Restoration, Scale, Target, Year, Years,
};
use chancery_kernel::{Amount, Currency, Money as Sum, Percent, StateCode};
use chancery_register::{Command, record::RecordFile};
use jiff::civil::Date;

use crate::{
    convention::Making, error::MakeError, meetings::Meetings, source::Source, words::text,
};

/// How many years a scale holds for.
const SCALE_YEARS: i16 = 3;

/// The money of a convention.
#[derive(Debug)]
pub(crate) struct Money {
    /// The first year that has a budget; none if the convention has no money of its own.
    first: Option<i16>,
    currency: Currency,
}

impl Money {
    pub(crate) fn new(making: &Making) -> Result<Self, MakeError> {
        let currency = making.profile.finance.currency.ok_or(MakeError::State)?;
        let in_force = making.states.entry_into_force.filter(|_| making.character.invoiced > 0);
        Ok(Self { first: in_force.map(|from| from.year() + 1), currency })
    }

    /// The accounts of a year.
    pub(crate) fn year(
        &self,
        making: &mut Making,
        meetings: &Meetings,
        year: i16,
    ) -> Result<Option<RecordFile>, MakeError> {
        let Some(first) = self.first.filter(|first| *first <= year) else { return Ok(None) };
        let mut source =
            making.source(&format!("{}, accounts of {year} (fictional)", making.body))?;
        let number = u16::try_from(year).unwrap_or_default();
        let mut accounts = Accounts {
            making,
            source: &mut source,
            year: Year::try_from(number)?,
            currency: self.currency,
            new_year: Date::new(year, 1, 1)?,
        };
        let authority = match meetings.before(accounts.new_year) {
            Some(meeting) => {
                Authority { meeting: Some(meeting.id.clone()), ..Authority::default() }
            }
            None => Authority {
                body: Some(text("the signatories, in writing (fictional)".to_owned())?),
                ..Authority::default()
            },
        };
        if year == first {
            accounts.procedures(&authority)?;
        }
        if (year - first) % SCALE_YEARS == 0 {
            accounts.scale()?;
        }
        let total = accounts.budget(authority)?;
        accounts.reserve()?;
        accounts.invoices(total)?;
        Ok(source.finish())
    }
}

struct Accounts<'a> {
    making: &'a mut Making,
    source: &'a mut Source,
    year: Year,
    currency: Currency,
    new_year: Date,
}

impl Accounts<'_> {
    fn fact(&mut self, act: Act) -> Result<(), MakeError> {
        self.source.fact(Command::Finance(act)).map(|_| ())
    }

    fn sum(&self, whole: u32) -> Result<Sum, MakeError> {
        let minor = 10u128.pow(self.currency.decimals());
        Sum::of_minor_units(u128::from(whole) * minor, self.currency).ok_or(MakeError::Sum)
    }

    fn day(&self, month: i8, day: i8) -> Result<Date, MakeError> {
        Ok(Date::new(self.new_year.year(), month, day)?)
    }

    fn amount(&mut self, from: i32, to: i32) -> u32 {
        self.making.chance.between(from, to).unsigned_abs()
    }

    fn procedures(&mut self, authority: &Authority) -> Result<(), MakeError> {
        let category = |code: &str, name: &str, basis| {
            Ok::<_, MakeError>(Category {
                code: code.parse()?,
                name: Some(text(name.to_owned())?),
                basis: Some(basis),
                // Nobody says which part each bears: what is requested is then computed nowhere.
                percentage: None,
                floor: None,
                cap: None,
            })
        };
        let on = self.new_year.into();
        self.fact(Act::AdoptProcedures(Procedures {
            authority: authority.clone(),
            summary: Some(text(
                "what the secretariat costs is borne by its States (fictional)".to_owned(),
            )?),
            categories: vec![
                category("a", "by the scale", Basis::Scale)?,
                category("b", "the same for each", Basis::EqualShare)?,
                category("c", "gifts", Basis::Voluntary)?,
            ],
            review: None,
            on,
        }))?;
        let level = self.sum(100_000)?;
        self.fact(Act::SetTarget(Target {
            authority: authority.clone(),
            level,
            funded_by: vec![Funding::VoluntaryContributions, Funding::UnspentFunds],
            only_for: vec![Purpose::CashFlowShortfall],
            on,
        }))
    }

    fn scale(&mut self) -> Result<(), MakeError> {
        let states: Vec<StateCode> = self.making.states.members.iter().map(|it| it.state).collect();
        let weights: Vec<u64> =
            states.iter().map(|_| u64::from(self.amount(1, 1_000) * self.amount(1, 40))).collect();
        let all: u64 = weights.iter().sum::<u64>().max(1);
        let mut rates = BTreeMap::new();
        for (state, weight) in states.into_iter().zip(weights) {
            let thousandths = (weight * 100_000 / all).clamp(1, 20_000);
            let rate: Percent =
                format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000).parse()?;
            rates.insert(state, rate);
        }
        // The least rates were raised: take what that adds from the highest.
        let sum: u64 = rates.values().map(|it| it.millionths()).sum();
        if let Some(over) = sum.checked_sub(100_000_000).filter(|over| *over > 0)
            && let Some(highest) = rates.values_mut().max()
        {
            let left = highest.millionths().saturating_sub(over) / 1_000;
            *highest = format!("{}.{:03}", left / 1_000, left % 1_000).parse()?;
        }
        let last = Year::try_from(self.year.number() + SCALE_YEARS.unsigned_abs() - 1)?;
        let years = Years::new(self.year, last).ok_or(MakeError::Sum)?;
        self.fact(Act::AdoptScale(Scale { years, rates, on: self.new_year.into() }))
    }

    fn budget(&mut self, authority: Authority) -> Result<Sum, MakeError> {
        let whole = self.amount(300, 900) * 1_000;
        let total = self.sum(whole)?;
        self.fact(Act::ApproveBudget(Budget {
            years: self.year.into(),
            authority,
            total: Some(Amount::exactly(total)),
            work_plan: self.year.number().is_multiple_of(2),
            revises: false,
            on: self.new_year.into(),
        }))?;
        Ok(total)
    }

    /// Something is put into the reserve; in one year of three it helps out until autumn.
    fn reserve(&mut self) -> Result<(), MakeError> {
        let from = Year::try_from(self.year.number() - 1)?.into();
        let saved = self.amount(4_000, 30_000);
        let amount = Amount::exactly(self.sum(saved)?);
        let on = self.day(1, 31)?.into();
        self.fact(Act::Carry(Carried { from, to: Destination::Reserve, amount, on }))?;
        if self.making.chance.percent(33) {
            let amount = self.sum(saved / 2)?;
            let (purpose, on) = (Purpose::CashFlowShortfall, self.day(3, 15)?.into());
            self.fact(Act::Draw(Drawdown { amount, purpose, on }))?;
            let on = self.day(10, 1)?.into();
            self.fact(Act::Restore(Restoration { amount, on }))?;
        }
        Ok(())
    }

    fn invoices(&mut self, total: Sum) -> Result<(), MakeError> {
        let (invoiced, new_year) = (self.making.character.invoiced, self.new_year);
        let parties = self.making.states.members.iter().filter(|it| it.party_on(new_year));
        let parties: Vec<StateCode> = parties.map(|it| it.state).collect();
        let scale: CategoryCode = "a".parse()?;
        let (mut asked, mut came, mut paid) =
            (Vec::new(), Sum::nought(self.currency), BTreeSet::new());
        for state in parties {
            if !self.making.chance.percent(invoiced) {
                continue;
            }
            let whole = self.amount(100, 20_000);
            let amount = self.sum(whole)?;
            let (category, pay_by) = (Some(scale.clone()), Some(self.day(3, 31)?.into()));
            let (year, on) = (self.year, self.day(1, 5)?.into());
            self.fact(Act::Invoice(Invoice { state, year, category, amount, pay_by, on }))?;
            asked.push((state, amount));
        }
        let mut owed = Vec::new();
        for (state, amount) in asked {
            if !self.making.chance.percent(70) {
                owed.push(Owed { state, amount: Amount::exactly(amount) });
                continue;
            }
            let on =
                self.new_year.checked_add(jiff::Span::new().try_days(self.amount(20, 330))?)?;
            let allocation = vec![Allocation { category: scale.clone(), amount }];
            self.contribute(Some(state), amount, allocation, on)?;
            came = came.plus(amount).ok_or(MakeError::Sum)?;
            paid.insert(state);
        }
        if self.making.chance.percent(50) {
            let gift = self.amount(50, 5_000);
            let (gift, on) = (self.sum(gift)?, self.day(6, 1)?);
            self.contribute(
                None,
                gift,
                vec![Allocation { category: "c".parse()?, amount: gift }],
                on,
            )?;
            came = came.plus(gift).ok_or(MakeError::Sum)?;
        }
        self.close(total, came, &paid, owed)
    }

    fn contribute(
        &mut self,
        state: Option<StateCode>,
        amount: Sum,
        allocation: Vec<Allocation>,
        on: Date,
    ) -> Result<(), MakeError> {
        let organisation = if state.is_none() { Some("fund".parse()?) } else { None };
        self.fact(Act::Contribute(Contribution {
            state,
            organisation,
            to: Destination::Budget(self.year),
            amount: Amount::exactly(amount),
            rate: None,
            allocation,
            on: on.into(),
        }))
    }

    /// What the secretariat says of the year at its end.
    fn close(
        &mut self,
        total: Sum,
        came: Sum,
        paid: &BTreeSet<StateCode>,
        mut owed: Vec<Owed>,
    ) -> Result<(), MakeError> {
        let on = self.day(12, 20)?.into();
        let covered = came.covers(total) == Some(true);
        self.fact(Act::Count(Counted {
            year: self.year,
            contributors: u32::try_from(paid.len()).ok(),
            portion: None,
            coverage: Some(if covered { Coverage::Fully } else { Coverage::Partly }),
            total: None,
            mostly_by: Vec::new(),
            some_in_excess: false,
            on,
        }))?;
        owed.truncate(10);
        if owed.is_empty() {
            return Ok(());
        }
        self.fact(Act::ReportArrears(Arrears {
            by: Some("secretariat".parse()?),
            summary: text("these have paid nothing yet (fictional)".to_owned())?,
            total: None,
            owed,
            on,
        }))
    }
}
