//! The depositary's name for a State, from the day on which it is used.

use chancery_membership::{Command::Rename, Event::Renamed, Renaming};

use crate::words::{after, day, given, state, text};

fn renaming(name: &str, on: &str) -> Renaming {
    Renaming { state: state("NLD"), name: text(name), on: day(on) }
}

#[test]
fn is_used_from_its_day() {
    let first = renaming("Kingdom of the Netherlands", "2023-01-01");
    given([]).when(Rename(first.clone())).then_events([Renamed(first.clone().into())]);
    let later = renaming("Netherlands (Kingdom of the)", "2024-01-01");
    // The order of recording is not that of the days.
    let after = after([Renamed(later.into()), Renamed(first.into())]);
    for (on, name) in [
        ("2022-12-31", state("NLD").name()),
        ("2023-01-01", "Kingdom of the Netherlands"),
        ("2023-12-31", "Kingdom of the Netherlands"),
        ("2024-01-01", "Netherlands (Kingdom of the)"),
    ] {
        assert_eq!(after.name_at(state("NLD"), day(on)), name, "{on}");
    }
}

#[test]
fn is_else_the_name_that_the_united_nations_used_that_day() {
    let after = after([]);
    let name = |on| after.name_at(state("SWZ"), day(on)).to_owned();
    assert_eq!(name("2017-09-06"), "Swaziland");
    assert_eq!(name("2023-01-01"), "Eswatini");
}
