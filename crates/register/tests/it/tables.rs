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
fn the_cells_of_a_table_are_parted_by_commas() {
    for mark in [";", "\t"] {
        let text = format!("{HEAD}FRA,France,,2012-02-01,accession,,,a list\n").replace(',', mark);
        let mistakes = read_table("list", &text, &context()).unwrap_err();
        let (line, _, mistake) = mistakes.lines().next().unwrap();
        assert_eq!((line, mistakes.lines().count()), (1, 1));
        assert!(mistake.what.contains("not parted by commas"), "{mistake:?}");
    }
}

#[track_caller]
fn read(rows: &str) -> Result<usize, Vec<String>> {
    let read = read_table("list", &format!("{HEAD}{rows}"), &context());
    read.map(|file| file.entries.len())
        .map_err(|mistakes| mistakes.lines().map(|(_, _, it)| it.what.clone()).collect())
}

#[test]
fn the_marks_of_a_depositarys_list_are_no_part_of_a_name() {
    for (iso3, name) in [
        ("MNE", "Montenegro 6"),
        ("UKR", "\"Ukraine 10, 11\""),
        ("LTU", "[Lithuania]"),
        ("EST", "[Estonia 3]"),
        ("FIN", "[Finland] ⁴"),
        ("NLD", "Netherlands (Kingdom of the) ²"),
        ("CIV", "Côte d’Ivoire*"),
        // A name that nobody knows passes: the code decides.
        ("MNE", "Crna Gora"),
    ] {
        assert_eq!(read(&format!("{iso3},{name},2008-12-03,,,,,a list\n")), Ok(1), "{name}");
    }
    for (iso3, name, says) in [
        ("GIN", "Guinea-Bissau 3", "`Guinea-Bissau 3` is not Guinea"),
        ("COG", "[Democratic Republic of the Congo]", "is not Congo"),
        ("NER", "Nigeria ¹", "is not Niger"),
    ] {
        let mistakes = read(&format!("{iso3},{name},2008-12-03,,,,,a list\n")).unwrap_err();
        assert!(mistakes.len() == 1 && mistakes[0].contains(says), "{name}: {mistakes:?}");
    }
}

#[test]
fn what_follows_from_a_deposit_needs_one() {
    for (row, says) in [
        ("FRA,France,2008-12-03,,signature only,2012-08-01,,a list\n", "is not in force"),
        ("FRA,France,2008-12-03,,signature only,,2015-03-06,a list\n", "cannot withdraw"),
        // A day that cannot be read is one mistake.
        ("FRA,France,,2012-02-30,accession,2012-08-01,2015-03-06,a list\n", "not a day"),
    ] {
        let mistakes = read(row).unwrap_err();
        assert!(mistakes.len() == 1 && mistakes[0].contains(says), "{row}: {mistakes:?}");
    }
}

#[test]
fn what_spreadsheets_leave_in_a_file_is_no_mistake() {
    let row = " FRA ,\"France\", 2008-12-03 ,2012-02-01,ratification,,, a list ";
    for text in [
        format!("\u{feff}{HEAD}{row}\n"),
        format!("{HEAD}{row}\n").replace('\n', "\r\n"),
        format!("\u{feff}{HEAD}\n\n{row}\n\n"),
        format!("{HEAD}{row}"),
    ] {
        let file = read_table("list", &text, &context()).unwrap();
        assert_eq!(file.entries.len(), 2, "{text:?}");
        assert_eq!(file.entries[0].citation.to_string(), "a list, entry FRA");
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
