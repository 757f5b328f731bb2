//! Declarations and territories are recorded as they come: no rule stands in their way.

use chancery_membership::{
    Command::{ChangeTerritory, Declare},
    Declaration,
    Event::{Declared, TerritoryChanged},
    TerritoryChange, TerritoryChangeKind,
};

use crate::words::{after, day, given, state, text};

#[test]
fn a_state_declares() {
    let declaration = || Declaration {
        state: state("SLV"),
        summary: text("reads the preamble so and so"),
        on: day("2011-01-10"),
    };
    given([]).when(Declare(declaration())).then_events([Declared(declaration().into())]);
    let after = after([Declared(declaration().into()), Declared(declaration().into())]);
    assert_eq!(after.participants()[&state("SLV")].declarations.len(), 2);
}

#[test]
fn a_state_leaves_a_territory_out_and_takes_it_in() {
    let change = |on: &str, change| TerritoryChange {
        state: state("DNK"),
        territory: text("Faroe Islands"),
        change,
        on: on.parse().unwrap(),
    };
    let out = change("2010-02-12", TerritoryChangeKind::Excluded);
    let back = change("2019", TerritoryChangeKind::Extended);
    given([TerritoryChanged(out.clone().into())])
        .when(ChangeTerritory(back.clone()))
        .then_events([TerritoryChanged(back.clone().into())]);
    let after = after([TerritoryChanged(out.into()), TerritoryChanged(back.into())]);
    let changes = &after.participants()[&state("DNK")].territories;
    assert_eq!(changes[1].2, TerritoryChangeKind::Extended);
}
