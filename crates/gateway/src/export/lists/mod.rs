//! Every list with its columns. A column is added at the end of its list; none is renamed, moved or
//! given another meaning.

mod decisions;
mod duties;
mod meetings;
mod membership;
mod money;
mod offices;
mod procedures;
mod record;

use super::List;

/// Every list, in the order in which the SQLite file makes them: what others refer to first.
pub static LISTS: &[&dyn List] = &[
    &record::CONVENTIONS,
    &membership::STATES,
    &membership::PARTICIPANTS,
    &meetings::MEETINGS,
    &meetings::ATTENDANCE,
    &meetings::DOCUMENTS,
    &offices::OFFICES,
    &offices::TERMS,
    &decisions::DECISIONS,
    &decisions::DISSOCIATIONS,
    &decisions::VOTES,
    &duties::DEADLINES,
    &duties::REPORTS,
    &duties::MANDATES,
    &money::BUDGETS,
    &money::INVOICES,
    &money::CONTRIBUTIONS,
    &money::COUNTS,
    &procedures::CATEGORIES,
    &procedures::SCALES,
    &procedures::RATES,
    &procedures::RESERVES,
    &procedures::ESTIMATES,
    &procedures::ARREARS,
    &record::FINDINGS,
    &record::HISTORY,
];

/// A list by its name.
pub fn list(name: &str) -> Option<&'static dyn List> {
    LISTS.iter().copied().find(|list| list.name() == name)
}
