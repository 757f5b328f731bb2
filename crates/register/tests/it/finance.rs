//! Money on top of the other domains: who decided, who pays, in which convention.

use chancery_register::{
    plan,
    record::{TableContext, read_table},
};

use crate::register::{PROFILE, after, facts, history, lawful, rejected, tried};

const HEAD: &str = "iso3,un_name,pct_2007_2009,pct_2010_2012,source\n";

fn context() -> TableContext {
    TableContext { convention: "example".parse().unwrap(), recorded_by: "isu".parse().unwrap() }
}

#[test]
fn a_budget_rests_on_a_decision_or_meeting_that_is_recorded() {
    rejected(
        "budget_approved: { years: 2011, authority: { decision: 1msp-9 } }",
        "no decision `1msp-9` is recorded that could have authority",
    );
    rejected(
        "budget_approved: { years: 2011, authority: { meeting: 2msp } }",
        "no meeting `2msp` is recorded",
    );
    lawful("budget_approved: { years: 2011, authority: { meeting: 1msp }, total: CHF 10 }");
    let (plan, mistakes) = facts(concat!(
        "  - { para: 9, decided: { id: a, verb: decided, summary: a budget } }\n",
        "  - { para: 9, budget_approved: { years: 2011, authority: { decision: a } } }\n",
    ));
    assert_eq!((plan.decided.len(), mistakes.len()), (2, 0));
}

const BUDGET: &str =
    "  - { para: 9, budget_approved: { years: 2010-2012, authority: { meeting: 1msp } } }\n";

#[track_caller]
fn with_a_budget(fact: &str, why: Option<&str>) {
    let (_, mistakes) = facts(&format!("{BUDGET}  - {{ para: 9, {fact} }}\n"));
    match why {
        None => assert!(mistakes.is_empty(), "{mistakes:?}"),
        Some(why) => {
            assert_eq!(mistakes.len(), 1, "{mistakes:?}");
            assert!(mistakes[0].what.contains(why) && mistakes[0].right.is_some(), "{mistakes:?}");
        }
    }
}

#[test]
fn payers_take_part_in_the_convention() {
    with_a_budget("contributed: { state: AUT, to: 2011, amount: CHF 5 }", None);
    with_a_budget(
        "contributed: { state: FRA, to: 2011, amount: CHF 5 }",
        Some("FRA has neither signed, nor deposited, nor attended a meeting by 2010-06-02"),
    );
    with_a_budget("contributed: { organisation: icrc, to: 2011, amount: CHF 5 }", None);
    with_a_budget(
        "contributed: { organisation: icrk, to: 2011, amount: CHF 5 }",
        Some("no organisation `icrk`"),
    );
    with_a_budget("invoiced: { state: DEU, year: 2011, amount: CHF 5 }", None);
    with_a_budget(
        "invoiced: { state: FRA, year: 2011, amount: CHF 5 }",
        Some("FRA is not bound in 2011"),
    );
    rejected(
        "arrears_reported: { summary: late, owed: [{ state: FRA, amount: CHF 5 }] }",
        "FRA has neither signed",
    );
    rejected("arrears_reported: { by: unog, summary: late }", "no organisation `unog`");
    rejected(
        "costs_estimated: { meeting: 2msp, authority: { meeting: 1msp } }",
        "no meeting `2msp`",
    );
}

#[test]
fn bad_money_is_told_where_it_stands() {
    for (amount, why) in [
        ("CHF -5", "`CHF -5` is negative"),
        ("XYZ 5", "`XYZ` is not the code of a currency"),
        ("CHF 0.125", "has more decimals than CHF has"),
        ("CHF 15 714", "is not a sum of money"),
    ] {
        rejected(&format!("contributed: {{ to: reserve, amount: {amount} }}"), why);
    }
    rejected(
        "contributed: { to: 20111, amount: CHF 5 }",
        "neither a budget's year nor the reserve",
    );
    rejected(
        "contributed: { state: AUT, to: 2011, amount: CHF 5 }",
        "no budget of 2011 is recorded",
    );
    rejected(
        "procedures_adopted: { authority: { meeting: 1msp }, categories: [{ code: a, percentage: 101 }] }",
        "`101` is not a percentage",
    );
}

#[test]
fn the_currency_is_the_profiles() {
    let profile = format!("{PROFILE}  finance: {{ currency: EUR }}\n");
    let state = after(history(), &profile);
    let fact = "convention: example\nsource: x\nrecorded_by: isu\non: 2010-06-02\nfacts:\n  - { para: 9, budget_approved: { years: 2011, authority: { meeting: 1msp }, total: CHF 10 } }\n";
    let (_, _, mistakes) = tried(state, fact);
    assert!(
        mistakes[0].what.contains("CHF is not the currency here, which is EUR"),
        "{mistakes:?}"
    );
}

#[test]
fn a_scale_is_recognised_by_its_head_and_becomes_the_rates_of_each_period() {
    let rows = "AUT,Austria,0.887,0.851,a workbook\nDEU,Germany,8.577,8.018,a workbook\nFRA,France,,6.123,a workbook\n";
    let file = read_table("scale", &format!("{HEAD}{rows}"), &context()).unwrap();
    let citations: Vec<String> = file.entries.iter().map(|it| it.citation.to_string()).collect();
    assert_eq!(citations, ["a workbook, entry 2007-2009", "a workbook, entry 2010-2012"]);
    let (plan, state, rejected) = plan(history(), &file);
    assert_eq!((plan.decided.len(), rejected.len()), (2, 0));
    let rates: Vec<usize> = state.finance.scales().values().map(imbl::OrdMap::len).collect();
    assert_eq!(rates, [2, 3]);
    let scale = state.finance.scale(2012.try_into().unwrap()).unwrap().1;
    assert_eq!(scale[&"DEU".parse::<chancery_kernel::StateCode>().unwrap()].to_string(), "8.018");
}

#[test]
fn a_rate_of_another_source_is_a_fact_of_its_own() {
    let rows = "AUT,Austria,0.887,0.851,a workbook\nVAT,Holy See,0.001,,a resolution\n";
    let file = read_table("scale", &format!("{HEAD}{rows}"), &context()).unwrap();
    let (plan, state, _) = plan(history(), &file);
    assert_eq!(plan.decided.len(), 3);
    assert_eq!(state.finance.scale(2007.try_into().unwrap()).unwrap().1.len(), 2);
}

#[test]
fn a_newer_table_repeats_the_older_periods() {
    let rows = "AUT,Austria,0.887,0.851,a workbook\n";
    let state =
        plan(history(), &read_table("old", &format!("{HEAD}{rows}"), &context()).unwrap()).1;
    let head = "iso3,un_name,pct_2007_2009,pct_2010_2012,pct_2013_2015,source\n";
    let newer = |rate: &str| {
        let text = format!("{head}AUT,Austria,0.887,{rate},0.798,a newer workbook\n");
        let (plan, _, rejected) =
            plan(state.clone(), &read_table("new", &text, &context()).unwrap());
        (plan.known, plan.decided.len(), rejected.len())
    };
    assert_eq!(newer("0.851"), (2, 1, 0));
    // Another rate for a period that is recorded is no repetition.
    assert_eq!(newer("0.852"), (1, 1, 1));
}

#[test]
fn mistakes_in_a_scale_are_shown_where_they_stand() {
    for (text, why) in [
        (format!("{HEAD}AUT,Austria,0.8.7,0.851,x\n"), "`0.8.7` is not a percentage"),
        (format!("{HEAD}AUT,Belgium,0.887,0.851,x\n"), "`Belgium` is not Austria"),
        (
            format!("{HEAD}AUS,Australia,1,1,x\nAUS,Australia,1,1,x\n"),
            "AUS stands in this table twice",
        ),
        (
            "iso3,un_name,pct_late,source\nAUT,Austria,1,x\n".to_owned(),
            "`pct_late` names no period",
        ),
        ("iso3,pct_2007_2009,source\nAUT,1,x\n".to_owned(), "the column `un_name` is missing"),
        (
            "iso3,un_name,color,pct_2007_2009,source\nAUT,Austria,x,1,x\n".to_owned(),
            "no column `color` in a scale",
        ),
    ] {
        let mistakes = read_table("scale", &text, &context()).unwrap_err();
        assert!(mistakes.lines().any(|(_, _, it)| it.what.contains(why)), "{text}: {mistakes:?}");
    }
}
