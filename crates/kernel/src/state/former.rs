//! Names that States bore before, with the last day of their use at the United Nations.

use jiff::civil::{Date, date};

use super::{StateCode, alias::normal, known};

struct Former {
    code: &'static str,
    name: &'static str,
    /// The first day of the next name.
    until: Date,
}

/// Sorted by code, the oldest name first.
const FORMER: [Former; 5] = [
    // Asked for by the State on 24 October 2013.
    Former { code: "CPV", name: "Cape Verde", until: date(2013, 10, 24) },
    // The short name was entered in the United Nations' terminology database in 2016; depositaries
    // went on to print the long one (see `renamed` in the membership domain).
    Former { code: "CZE", name: "Czech Republic", until: date(2016, 7, 5) },
    // The Protocol and Liaison Service switched on 14 February 2019, two days after the Prespa
    // Agreement entered into force.
    Former {
        code: "MKD",
        name: "The former Yugoslav Republic of Macedonia",
        until: date(2019, 2, 14),
    },
    // Proclaimed on 19 April 2018.
    Former { code: "SWZ", name: "Swaziland", until: date(2018, 4, 19) },
    // Asked for by the letter that the United Nations received on 1 June 2022.
    Former { code: "TUR", name: "Turkey", until: date(2022, 6, 1) },
];

pub(super) fn name_before(state: StateCode, date: Date) -> Option<&'static str> {
    FORMER
        .iter()
        .find(|former| former.code == state.as_str() && date < former.until)
        .map(|former| former.name)
}

/// The first day of each name that a State bore after another.
pub(super) fn renamed_on(state: StateCode) -> impl Iterator<Item = Date> {
    FORMER.iter().filter(move |former| former.code == state.as_str()).map(|former| former.until)
}

pub(super) fn code_of(normal_name: &str) -> Option<StateCode> {
    FORMER
        .iter()
        .find(|former| normal(former.name) == normal_name)
        .and_then(|former| known(former.code))
}
