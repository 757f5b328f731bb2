//! Other conventions, by their profiles alone. The lists are test data: the days that decide are
//! those of the treaties, the States that only fill the number are any.

use chancery_kernel::StateCode;
use chancery_projections::View;
use chancery_register::{
    plan,
    record::{TableContext, read_table},
};
use chancery_tests::{profiled, record};
use jiff::civil::Date;

const HEAD: &str = "iso3,name,signed,bound_on,kind,in_force,withdrawn,source\n";

/// States of which no test speaks by name.
pub(crate) fn others(count: usize) -> Vec<String> {
    const NAMED: [&str; 24] = [
        "BFA", "GNQ", "GIN", "ZAF", "HND", "ARG", "PRT", "EST", "USA", "MNE", "SSD", "KAZ", "BHS",
        "BIH", "CZE", "SEN", "LCA", "URY", "SRB", "KNA", "LIE", "POL", "LTU", "NLD",
    ];
    let all = StateCode::all().map(|it| it.to_string());
    all.filter(|it| !NAMED.contains(&it.as_str())).take(count).collect()
}

/// A row of a list; what is not known is empty.
fn row(state: &str, signed: &str, bound_on: &str, kind: &str, withdrawn: &str) -> String {
    let name = state.parse::<StateCode>().unwrap().name();
    format!("{state},\"{name}\",{signed},{bound_on},{kind},,{withdrawn},test data\n")
}

fn many(count: usize, signed: &str, bound_on: &str, kind: &str) -> String {
    others(count).iter().map(|state| row(state, signed, bound_on, kind, "")).collect()
}

pub(crate) fn listed(convention: &str, rows: &str) -> View {
    record(profiled(convention), &table(convention, rows))
}

pub(crate) fn table(convention: &str, rows: &str) -> chancery_register::record::RecordFile {
    let convention = convention.parse().unwrap();
    let context = TableContext { convention, recorded_by: "isu".parse().unwrap() };
    read_table("list.csv", &format!("{HEAD}{rows}"), &context).unwrap()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

#[track_caller]
fn enters(view: &View, treaty: &str, states: &[(&str, &str)]) {
    let at = view.at(day("2026-02-03"));
    assert_eq!(at.entry_into_force(), Some(day(treaty)));
    for (state, from) in states {
        let participant = at.participant(state.parse().unwrap()).unwrap();
        assert_eq!(participant.in_force_from, Some(day(from)), "{state}");
    }
}

#[test]
fn the_apmbc_enters_into_force_by_its_fortieth_instrument() {
    // Burkina Faso and Equatorial Guinea deposited the 39th and the 40th on one day.
    let rows = many(38, "1997-12-03", "1998-07-01", "ratification")
        + &row("BFA", "1997-12-03", "1998-09-16", "ratification", "")
        + &row("GNQ", "", "1998-09-16", "accession", "")
        + &row("ZAF", "1997-12-03", "1998-09-17", "ratification", "")
        + &row("EST", "", "2004-05-12", "accession", "2025-12-27")
        + &row("SSD", "", "2011-11-11", "succession", "");
    let view = listed("apmbc", &rows);
    enters(
        &view,
        "1999-03-01",
        &[
            ("BFA", "1999-03-01"),
            ("GNQ", "1999-03-01"),
            ("ZAF", "1999-03-01"),
            ("SSD", "2011-11-11"),
        ],
    );
    assert_eq!(view.at(day("2025-12-26")).status().in_force, 43);
    let status = view.at(day("2025-12-27")).status();
    assert_eq!((status.in_force, status.withdrawn), (42, 1));
    // Nobody signs after the entry into force.
    let late = table("apmbc", &row("ARG", "1999-03-02", "", "signature only", ""));
    assert_eq!(plan(view.state().clone(), &late).2.len(), 1);
    let last = table("apmbc", &row("ARG", "1999-03-01", "", "signature only", ""));
    assert!(plan(view.state().clone(), &last).2.is_empty());
}

#[test]
fn the_att_counts_no_accessions_and_dates_deposits_before_it_from_themselves() {
    // Eight deposits on 25 September 2014 were the 46th to the 53rd.
    let eight = ["ARG", "PRT", "HND", "BFA", "MNE"];
    let mut rows = many(48, "2013-06-03", "2014-04-02", "ratification");
    rows = rows.replacen(",ratification,", ",acceptance,", 2);
    for state in eight {
        rows += &row(state, "2013-06-03", "2014-09-25", "ratification", "");
    }
    rows += &row("GIN", "2013-07-29", "2014-10-21", "ratification", "");
    rows += &row("ZAF", "2014-09-25", "2014-12-22", "ratification", "");
    rows += &row("KAZ", "", "2017-12-08", "accession", "");
    rows += &row("USA", "2013-09-25", "", "signature only", "");
    let view = listed("att", &rows);
    enters(
        &view,
        "2014-12-24",
        &[
            ("ARG", "2014-12-24"),
            ("GIN", "2015-01-19"),
            ("ZAF", "2015-03-22"),
            ("KAZ", "2018-03-08"),
        ],
    );
    assert_eq!(view.at(day("2019-07-18")).status().signatories_only, 1);
    // The first year, and the first 31 May after it.
    let at = view.at(day("2015-06-01"));
    let owed: Vec<String> = at
        .deadlines()
        .iter()
        .filter(|it| it.state.code.as_str() == "ARG")
        .map(|it| format!("{} {}", it.obligation, it.due_on))
        .collect();
    assert_eq!(owed, ["initial_report 2015-12-23", "annual_report 2016-05-31"]);
}

#[test]
fn accession_to_the_att_opens_at_its_entry_into_force() {
    let fifty = many(50, "2013-06-03", "2014-09-25", "ratification");
    let view = listed("att", &fifty);
    for (on, refused) in [("2014-12-23", 1), ("2014-12-24", 0)] {
        let file = table("att", &row("KAZ", "", on, "accession", ""));
        assert_eq!(plan(view.state().clone(), &file).2.len(), refused, "{on}");
    }
    // Forty-nine, however many accessions: none can count.
    let short = listed("att", &many(49, "2013-06-03", "2014-09-25", "ratification"));
    assert_eq!(short.at(day("2026-02-03")).entry_into_force(), None);
}

#[test]
fn the_tpnw_never_closes_for_signature() {
    // Honduras alone was the fiftieth, on 24 October 2020.
    let rows = many(30, "2017-09-20", "2019-09-26", "ratification")
        + &others(49)[30..]
            .iter()
            .map(|state| row(state, "", "2020-08-06", "accession", ""))
            .collect::<String>()
        + &row("HND", "2017-09-20", "2020-10-24", "ratification", "")
        + &row("GIN", "2021-06-01", "2022-06-01", "ratification", "")
        + &row("BFA", "2023-09-19", "", "signature only", "");
    let view = listed("tpnw", &rows);
    enters(&view, "2021-01-22", &[("HND", "2021-01-22"), ("GIN", "2022-08-30")]);
    let status = view.at(day("2026-02-03")).status();
    assert_eq!((status.bound, status.signatories_only), (51, 1));
    let at = view.at(day("2021-01-22"));
    let honduras = at.deadlines().into_iter().find(|it| it.state.code.as_str() == "HND").unwrap();
    assert_eq!(honduras.due_on.to_string(), "2021-02-21");
}

#[test]
fn the_apmbc_gives_no_more_time_for_stockpiles_and_ten_years_for_clearance() {
    let view = listed("apmbc", &many(40, "1997-12-03", "1998-09-16", "ratification"));
    let state = others(1).remove(0);
    let facts = |fact: &str| {
        let text = format!(
            "convention: apmbc\nsource: test data\nrecorded_by: isu\nfacts:\n  - {{ entry: 1, decided: {{ id: d, verb: decided, summary: more time, on: 2008-11 }} }}\n  - {{ entry: 2, obligation_declared: {{ state: {state}, obligation: clearance, on: 1999-03-01 }} }}\n  - {{ entry: 3, obligation_declared: {{ state: {state}, obligation: stockpile, on: 1999-03-01 }} }}\n  - {{ entry: 4, {fact} }}\n"
        );
        let file = chancery_tests::file_of("facts.yaml", &text);
        let rejected = plan(view.state().clone(), &file).2;
        rejected.iter().map(|it| it.why.to_string()).collect::<Vec<_>>()
    };
    let grant = |what: &str, until: &str| {
        facts(&format!(
            "extension_granted: {{ state: {state}, obligation: {what}, until: {until}, decision: d, on: 2008-11 }}"
        ))
    };
    assert!(grant("stockpile", "2009-03-01")[0].contains("allows no extension of `stockpile`"));
    assert_eq!(grant("clearance", "2019-03-01"), [""; 0]);
    assert!(grant("clearance", "2019-03-02")[0].contains("article 5(3) allows 10 years at most"));
}

#[test]
fn the_initial_report_to_the_att_is_due_within_the_first_year() {
    // For those bound from the entry into force on, the Secretariat gives 23 December 2015.
    let rows = many(50, "2013-06-03", "2014-09-25", "ratification");
    let view = listed("att", &rows);
    let reports = view.at(day("2014-12-24")).reports();
    let initial = reports.iter().find(|it| it.obligation.as_str() == "initial_report").unwrap();
    assert_eq!(initial.due_on.to_string(), "2015-12-23");
    let annual: Vec<String> = view
        .at(day("2016-01-01"))
        .deadlines()
        .iter()
        .filter(|it| it.obligation.as_str() == "annual_report")
        .map(|it| format!("{} for {:?}", it.due_on, it.year.unwrap()))
        .collect();
    assert_eq!(annual.len(), 50);
    assert!(annual.iter().all(|it| it == "2016-05-31 for 2015"), "{annual:?}");
}
