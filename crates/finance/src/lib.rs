//! Who pays for a convention, how much is asked for, and what has come in.
//!
//! What it is: financial procedures with their categories, the scale of assessments by period,
//! budgets by year, invoices, contributions as they were allocated, aggregate reports as printed,
//! the reserve, estimated costs of meetings, arrears; and, as pure functions, what each payer owes
//! of a total ([`shares`], [`requests`]).
//!
//! What it is not: it does not know who is bound or who attends, so it is told who pays; and it
//! guesses nothing. A percentage that nobody recorded stays unset, and whatever needs it says so.
//!
//! Who builds on it: `chancery-register`, which holds the rules that cross domains, and
//! `chancery-projections`.

mod category;
mod command;
mod decide;
mod destination;
mod error;
mod event;
mod evolve;
mod requests;
mod reserve;
mod rules;
mod shares;
mod state;
mod years;

pub use category::{Basis, Category, CategoryCode, CategoryCodeError};
pub use command::Command;
pub use decide::Finance;
pub use destination::{Destination, DestinationError};
pub use error::Rejection;
pub use event::{
    Allocation, Arrears, Authority, Budget, Carried, Contribution, Counted, Coverage, Drawdown,
    Estimate, Event, Invoice, Owed, Portion, Procedures, Restoration, Scale, Target,
};
pub use requests::{CategoryRequest, Missing, requests};
pub use reserve::{Funding, Purpose, Reserve};
pub use rules::{BudgetRule, CostRule, DayOfYear, Payers, Rules};
pub use shares::{Limits, Settled, Share, SharesError, shares};
pub use state::{CategoryState, InvoiceKey, ProceduresState, RatesMissing, State};
pub use years::{Year, YearError, Years, YearsError};
