//! Depositaries' lists as they come: what the text of a convention leaves open, what a list prints,
//! and what cannot be true by one convention though it can by another. The rows are test data; the
//! days of the Arms Trade Treaty are its own.

use chancery_projections::{Figure, FindingRule, View};
use chancery_register::plan;
use chancery_tests::{profiled, record};

use crate::conventions::{day, listed, others, table};

/// Deposited between the fiftieth instrument and the entry into force, with the day that is ninety
/// days later.
const BETWEEN: [(&str, &str, &str); 8] = [
    ("GIN", "2014-10-21", "2015-01-19"),
    ("SRB", "2014-12-05", "2015-03-05"),
    ("KNA", "2014-12-15", "2015-03-15"),
    ("LIE", "2014-12-16", "2015-03-16"),
    ("POL", "2014-12-17", "2015-03-17"),
    ("LTU", "2014-12-18", "2015-03-18"),
    ("NLD", "2014-12-18", "2015-03-18"),
    ("ZAF", "2014-12-22", "2015-03-22"),
];

/// On the day of the fiftieth: the 46th to the 53rd.
const EIGHT: [&str; 8] = ["ARG", "BHS", "BIH", "CZE", "PRT", "SEN", "LCA", "URY"];

/// The list of the Arms Trade Treaty up to its entry into force, as it prints the day for those
/// between.
fn arms_trade_treaty(printed: impl Fn(&str, &str) -> String) -> View {
    let row = |state: &str, bound_on: &str, in_force: &str| {
        format!("{state},,2013-06-03,{bound_on},ratification,{in_force},,a list\n")
    };
    let mut rows: String = others(45).iter().map(|state| row(state, "2014-06-03", "")).collect();
    rows.extend(EIGHT.map(|state| row(state, "2014-09-25", "2014-12-24")));
    rows.extend(BETWEEN.map(|(state, on, from)| row(state, on, &printed(state, from))));
    listed("att", &rows)
}

fn found(view: &View, rule: FindingRule) -> Vec<String> {
    let findings = view.findings().iter().filter(|it| it.rule == rule);
    findings.map(|it| it.message.clone()).collect()
}

#[test]
fn what_the_arms_trade_treaty_leaves_open_is_dated_by_a_reading_and_said_to_be() {
    let view = arms_trade_treaty(|_, _| String::new());
    let at = view.at(day("2016-01-01"));
    assert_eq!(at.entry_into_force(), Some(day("2014-12-24")));
    for (state, _, from) in BETWEEN {
        let participant = at.participant(state.parse().unwrap()).unwrap();
        assert_eq!(participant.in_force_from, Some(day(from)), "{state}");
        let figure = Figure::EntryIntoForce(state.parse().unwrap());
        let why = at.why(&figure).unwrap();
        assert!(why.rule.contains("article 22(2) says nothing of a deposit"), "{}", why.rule);
        let reading = why.inputs.iter().find(|it| it.name == "the reading").unwrap();
        assert!(reading.value.contains("thearmstradetreaty.org"), "{}", reading.value);
    }
    let open = found(&view, FindingRule::EntryIntoForceUnsettled);
    assert_eq!(open.len(), BETWEEN.len());
    assert!(open[0].starts_with("Guinea deposited on 2014-10-21"), "{}", open[0]);
    // On the last day before the entry into force nobody is in force, and on it only the first 53.
    let in_force = |on: &str| view.at(day(on)).status().in_force;
    assert_eq!(
        (in_force("2014-12-23"), in_force("2014-12-24"), in_force("2015-03-22")),
        (0, 53, 61)
    );
}

#[test]
fn a_list_that_prints_the_days_settles_them_or_contradicts_the_reading() {
    let confirmed = arms_trade_treaty(|_, from| from.to_owned());
    assert!(confirmed.findings().is_empty(), "{:?}", confirmed.findings());
    let otherwise =
        arms_trade_treaty(
            |state, from| {
                if state == "GIN" { "2014-12-24".to_owned() } else { from.to_owned() }
            },
        );
    let differs = found(&otherwise, FindingRule::EntryIntoForceDiffers);
    assert_eq!(
        differs,
        [
            "the source prints 2014-12-24 as the entry into force for Guinea; the profile's reading gives 2015-01-19 for a deposit on 2014-10-21"
        ]
    );
    assert_eq!(found(&otherwise, FindingRule::EntryIntoForceUnsettled), [""; 0]);
}

#[test]
fn a_newer_list_that_prints_the_days_is_news_where_no_rule_gives_them() {
    let older = arms_trade_treaty(|_, _| String::new());
    let row = |(state, on, from): (&str, &str, &str)| {
        format!("{state},,2013-06-03,{on},ratification,{from},,a newer list\n")
    };
    // What the rule gives is no news: that of the eight on one day, and of Guinea only what it is.
    let mut rows: String = BETWEEN.map(row).concat();
    rows += &EIGHT.map(|state| row((state, "2014-09-25", "2014-12-24"))).concat();
    let newer = table("att", &rows);
    let (planned, state, rejected) = plan(older.state().clone(), &newer);
    assert_eq!((planned.decided.len(), rejected.len()), (BETWEEN.len(), 0));
    // And none any more once it is recorded.
    let (again, _, rejected) = plan(state, &newer);
    assert_eq!((again.decided.len(), rejected.len()), (0, 0));
    let confirmed = record(older.clone(), &newer);
    assert_eq!(confirmed.findings(), []);
    let otherwise = table("att", &row(("GIN", "2014-10-21", "2014-12-24")));
    let view = record(older, &otherwise);
    assert_eq!(found(&view, FindingRule::EntryIntoForceDiffers).len(), 1);
    assert_eq!(found(&view, FindingRule::EntryIntoForceUnsettled).len(), BETWEEN.len() - 1);
    // It is no act, and proves nothing.
    let guinea = view.at(day("2016-01-01")).participant("GIN".parse().unwrap()).unwrap();
    assert_eq!(guinea.in_force_from, Some(day("2015-01-19")));
    let sources: Vec<&str> = guinea.sources.iter().map(|it| it.symbol.as_str()).collect();
    assert_eq!(sources, ["a list"]);
}

#[test]
fn a_newer_list_that_prints_another_day_than_the_rule_gives_is_not_lost() {
    let list = |in_force: &str| format!("MNE,,,2012-02-01,accession,{in_force},,a list\n");
    let filler: String =
        others(40).iter().map(|it| format!("{it},,,1998-09-16,accession,,,a list\n")).collect();
    let older = listed("apmbc", &(filler + &list("") + "SSD,,,2011-11-11,succession,,,a list\n"));
    for (row, differs) in [
        (list("2012-08-01"), 0),
        (list("2012-07-01"), 1),
        // A succession counts from the day that its list prints; where none was printed, from its own.
        ("SSD,,,2011-11-11,succession,,,a newer list\n".to_owned(), 0),
        ("SSD,,,2011-11-11,succession,2011-11-11,,a newer list\n".to_owned(), 0),
        ("SSD,,,2011-11-11,succession,2011-07-09,,a newer list\n".to_owned(), 1),
    ] {
        let newer = table("apmbc", &row);
        assert_eq!(plan(older.state().clone(), &newer).2, [], "{row}");
        let view = record(older.clone(), &newer);
        assert_eq!(found(&view, FindingRule::EntryIntoForceDiffers).len(), differs, "{row}");
    }
}

#[test]
fn other_texts_leave_nothing_open() {
    for (convention, before, count, last, next) in [
        ("ccm", "2009-06-01", 29, "2010-02-16", "2010-02-17"),
        ("apmbc", "1998-06-01", 39, "1998-09-16", "1998-09-17"),
        ("tpnw", "2019-09-26", 49, "2020-10-24", "2020-12-11"),
    ] {
        let row = |state: &str, on: &str| format!("{state},,,{on},accession,,,a list\n");
        let mut rows: String = others(count).iter().map(|state| row(state, before)).collect();
        rows += &row("HND", last);
        rows += &row("GIN", next);
        assert_eq!(listed(convention, &rows).findings(), [], "{convention}");
    }
}

/// What is wrong with one row, on top of what makes the convention enter into force.
fn refused(convention: &str, row: &str) -> Vec<String> {
    let (count, signed, last) = match convention {
        "ccm" => (30, "2008-12-03", "2010-02-16"),
        "apmbc" => (40, "1997-12-03", "1998-09-16"),
        "att" => (50, "2013-06-03", "2014-09-25"),
        _ => (50, "2017-09-20", "2020-10-24"),
    };
    let rows: String = others(count)
        .iter()
        .map(|state| format!("{state},,{signed},{last},ratification,,,a list\n"))
        .collect();
    let (_, state, rejected) =
        plan(profiled(convention).state().clone(), &table(convention, &rows));
    assert_eq!(rejected, []);
    let (_, _, rejected) = plan(state, &table(convention, &format!("{row}\n")));
    rejected.into_iter().map(|it| it.why.to_string()).collect()
}

#[test]
fn each_convention_refuses_what_its_own_text_rules_out() {
    for (convention, row, expected) in [
        // Signature closes with the entry into force, but never for the TPNW.
        ("ccm", "USA,,2010-08-02,,signature only,,,x", Some("signature closed on 2010-08-01")),
        ("apmbc", "USA,,1999-03-02,,,,,x", Some("signature closed on 1999-03-01")),
        ("att", "USA,,2014-12-25,,,,,x", Some("signature closed on 2014-12-24")),
        ("tpnw", "USA,,2021-01-23,,,,,x", None),
        // Accession is open from the start, but for the ATT from its entry into force.
        ("ccm", "USA,,,2010-07-31,accession,,,x", None),
        ("apmbc", "USA,,,1999-02-28,accession,,,x", None),
        ("att", "USA,,,2014-12-23,accession,,,x", Some("accession opens when")),
        ("att", "USA,,,2014-12-24,accession,,,x", None),
        ("tpnw", "USA,,,2021-01-21,accession,,,x", None),
        // Nobody signs or accedes before the opening.
        ("ccm", "USA,,2008-12-02,,,,,x", Some("opened for signature on 2008-12-03")),
        ("tpnw", "USA,,,2017-09-19,accession,,,x", Some("opened for signature on 2017-09-20")),
        // A withdrawal takes its time: six months, ninety days, twelve months from a day after the
        // deposit.
        ("ccm", "USA,,,2012-01-10,accession,,2012-07-09,x", Some("2012-07-10 at the earliest")),
        ("apmbc", "USA,,,2012-01-10,accession,,2012-07-10,x", None),
        ("att", "USA,,,2015-01-10,accession,,2015-04-09,x", Some("2015-04-10 at the earliest")),
        ("tpnw", "USA,,,2022-01-10,accession,,2023-01-09,x", Some("2023-01-10 at the earliest")),
        // An instrument of a signatory needs its signature, and no signatory accedes.
        ("att", "USA,,,2015-01-10,approval,,,x", Some("a State that has not signed accedes")),
        ("tpnw", "USA,,2018-01-10,2019-01-10,accession,,,x", Some("so it cannot accede")),
    ] {
        let refused = refused(convention, row);
        let fits = match expected {
            Some(says) => refused.len() == 1 && refused[0].contains(says),
            None => refused.is_empty(),
        };
        assert!(fits, "{convention}: {row}: {refused:?}");
    }
}
