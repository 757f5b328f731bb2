//! Status lists as CSV.

use chancery_register::{
    plan,
    record::{Content, TableContext, read_table},
};

use crate::register::history;

const HEAD: &str = "iso3,name,signed,bound_on,kind,in_force,withdrawn,source\n";

fn context() -> TableContext {
    TableContext { convention: "example".parse().unwrap(), recorded_by: "isu".parse().unwrap() }
}

#[test]
fn rows_become_facts_in_the_order_of_their_dates() {
    let rows = "FRA,France,2008-12-03,2012-02-01,ratification,,,\"a list, with a comma\"\nGRC,Greece,2008-12-01,,signature only,,,a list\n";
    let file = read_table("list", &format!("{HEAD}{rows}"), &context()).unwrap();
    let said: Vec<String> = file
        .entries
        .iter()
        .filter_map(|entry| match &entry.content {
            Content::Fact(fact) => Some(format!("{} {}", fact.key(), entry.citation)),
            _ => None,
        })
        .collect();
    assert_eq!(
        said,
        [
            "signed a list, entry GRC",
            "signed a list, with a comma, entry FRA",
            "ratified a list, with a comma, entry FRA",
        ]
    );
}

#[test]
fn columns_may_stand_in_any_order() {
    let text = "source,name,iso3,kind,bound_on,signed,withdrawn,in_force\na list,France,FRA,accession,2012-02-01,,,\n";
    let file = read_table("list", text, &context()).unwrap();
    assert_eq!(plan(history(), &file).0.decided.len(), 1);
}

#[test]
fn a_withdrawal_takes_effect_on_the_day_given() {
    let rows = "FRA,France,,2012-02-01,accession,,2015-03-06,a list\n";
    let file = read_table("list", &format!("{HEAD}{rows}"), &context()).unwrap();
    let (_, state, rejected) = plan(history(), &file);
    assert!(rejected.is_empty());
    let france: chancery_kernel::StateCode = "FRA".parse().unwrap();
    let bond = state.membership.participants()[&france].bonds[0];
    assert_eq!(bond.withdrawn, Some("2015-03-06".parse().unwrap()));
}

#[test]
fn a_succession_counts_from_the_entry_into_force_that_is_printed_or_from_its_own_day() {
    let rows = "FRA,France,,2012-02-01,succession,2011-07-09,,a list\nGRC,Greece,,2012-02-01,succession,,,a list\n";
    let file = read_table("list", &format!("{HEAD}{rows}"), &context()).unwrap();
    let (_, state, rejected) = plan(history(), &file);
    assert!(rejected.is_empty());
    for (code, from) in [("FRA", "2011-07-09"), ("GRC", "2012-02-01")] {
        let code: chancery_kernel::StateCode = code.parse().unwrap();
        let bond = state.membership.participants()[&code].bonds[0];
        assert_eq!(state.membership.in_force_from(&bond), Some(from.parse().unwrap()), "{code}");
    }
}

#[test]
fn an_empty_table_and_one_of_other_columns_are_refused() {
    for (text, why) in
        [("", "empty"), ("a,b\n1,2\n", "no column `a`"), ("iso3,name\n", "is missing")]
    {
        let mistakes = read_table("list", text, &context()).unwrap_err();
        assert!(mistakes.lines().any(|(_, _, it)| it.what.contains(why)), "{text}: {mistakes:?}");
    }
}

#[test]
fn a_newer_list_repeats_what_is_known_and_adds_what_is_new() {
    let list = |source: &str, more: &str| {
        let rows = format!("FRA,France,2008-12-03,2012-02-01,ratification,,2015-03-06,{source}\n");
        read_table("list", &format!("{HEAD}{rows}{more}"), &context()).unwrap()
    };
    let (_, state, _) = plan(history(), &list("a list of May", ""));
    let june = list("a list of June", "GRC,Greece,,2013-01-01,accession,,,a list of June\n");
    let (plan, _, rejected) = plan(state, &june);
    assert!(rejected.is_empty(), "{rejected:?}");
    assert_eq!((plan.known, plan.decided.len()), (3, 1));
}

#[test]
fn quotation_marks_are_read_as_csv_reads_them() {
    let row = "FRA,\"Fran\"\"ce\"\"\",,2012-02-01,accession,,,\"list of \"\"2012\"\"\"\n";
    let file = read_table("list", &format!("{HEAD}{row}"), &context()).unwrap();
    assert_eq!(file.entries[0].citation.symbol.as_str(), "list of \"2012\"");
    let inside = "FRA,Fran\"ce,,2012-02-01,accession,,,a list\n";
    assert_eq!(
        read_table("list", &format!("{HEAD}{inside}"), &context()).unwrap().entries.len(),
        1
    );
}

#[test]
fn a_quotation_mark_that_is_never_closed_loses_no_row_in_silence() {
    let rows =
        "FRA,France,,2012-02-01,accession,,,\"a list\nGRC,Greece,,2013-01-01,accession,,,a list\n";
    let mistakes = read_table("list", &format!("{HEAD}{rows}"), &context()).unwrap_err();
    let (line, column, mistake) = mistakes.lines().next().unwrap();
    assert_eq!((line, column), (2, 36));
    assert!(mistake.what.contains("never closed"), "{mistake:?}");
}
