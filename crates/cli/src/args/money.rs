//! What is owed, paid and kept of money.

use chancery_finance::{Payers, Year};
use chancery_kernel::{MeetingId, Money, Percent, StateCode};
use chancery_projections::WhatIf;

use super::Read;

#[derive(Debug, clap::Args)]
pub(crate) struct Shares {
    #[command(flatten)]
    pub(crate) read: Read,
    /// Which meeting: its first day says who pays, its year which scale.
    #[arg(long, value_name = "ID")]
    pub(crate) meeting: MeetingId,
    /// What is shared out, as "USD 300000".
    #[arg(long, value_name = "AMOUNT")]
    pub(crate) total: Money,
    #[command(flatten)]
    pub(crate) suppose: Suppose,
    /// Print CSV, for spreadsheets.
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Suppose {
    /// Suppose a rate of a State, in per cent: `VAT=0.001`. May be given several times.
    #[arg(long, value_name = "STATE=RATE", value_parser = rate)]
    rate: Vec<(StateCode, Percent)>,
    /// Suppose that these States do not pay: `COK,VAT`.
    #[arg(long, value_name = "STATE", value_delimiter = ',')]
    leave_out: Vec<StateCode>,
    /// Suppose that only States parties pay, whoever else takes part.
    #[arg(long)]
    only_parties: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Invoices {
    #[command(flatten)]
    pub(crate) read: Read,
    /// The budget's year.
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Year,
    /// Print CSV, for spreadsheets.
    #[arg(long, conflicts_with = "json")]
    pub(crate) csv: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Finances {
    #[command(flatten)]
    pub(crate) read: Read,
    /// Only this part; without it all but the rates.
    #[arg(value_enum, value_name = "PART")]
    pub(crate) part: Option<FinancesPart>,
    /// Only the budget of this year, what was paid to it, and the scale that holds in it.
    #[arg(long, value_name = "YEAR")]
    pub(crate) year: Option<Year>,
    /// Print one part as CSV, for spreadsheets.
    #[arg(long, requires = "part", conflicts_with = "json")]
    pub(crate) csv: bool,
}

/// A part of what is recorded of the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum FinancesPart {
    /// Budgets, with what came in and who approved them.
    Budgets,
    /// Contributions of States and of organisations.
    Contributions,
    /// The reserve: its level, what is in it, what is missing.
    Reserve,
    /// The categories of the financial procedures, with everybody who decided on them.
    Procedures,
    /// The scales of assessments, by period.
    Scales,
    /// Each State's rate in the scale of a year; asks for `--year`.
    Rates,
    /// Estimated costs of meetings.
    Estimates,
    /// Reports of arrears.
    Arrears,
}

impl FinancesPart {
    /// What is shown where no part is asked for.
    pub(crate) const OVERVIEW: [Self; 7] = [
        Self::Budgets,
        Self::Contributions,
        Self::Reserve,
        Self::Procedures,
        Self::Scales,
        Self::Estimates,
        Self::Arrears,
    ];
}

impl Suppose {
    /// What is supposed, for the calculation.
    pub(crate) fn what_if(&self) -> WhatIf {
        WhatIf {
            rates: self.rate.iter().copied().collect(),
            leave_out: self.leave_out.iter().copied().collect(),
            payers: self.only_parties.then_some(Payers::StatesParties),
        }
    }

    /// Whether nothing is.
    pub(crate) fn is_empty(&self) -> bool {
        self.what_if() == WhatIf::default()
    }
}

fn rate(text: &str) -> Result<(StateCode, Percent), String> {
    let (state, rate) = text.split_once('=').ok_or_else(|| {
        format!("`{text}` gives no rate; write the State and its rate as VAT=0.001")
    })?;
    let state = state.parse().map_err(|error: chancery_kernel::UnknownState| error.to_string())?;
    let rate = rate.parse().map_err(|error: chancery_kernel::PercentError| error.to_string())?;
    Ok((state, rate))
}
