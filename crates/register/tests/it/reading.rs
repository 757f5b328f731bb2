//! Reading record files: what people may write, and what they are told.

use crate::register::facts;

/// What is said of these facts: line by line of the messages.
#[track_caller]
fn check(lines: &str, said: &[&str]) {
    let (_, mistakes) = facts(lines);
    let found: Vec<String> = mistakes
        .into_iter()
        .map(|mistake| match mistake.right {
            Some(right) => format!("{}; {right}", mistake.what),
            None => mistake.what,
        })
        .collect();
    assert_eq!(found, said);
}

#[test]
fn a_list_may_be_written_as_its_one_item() {
    check("  - { para: 1, elected: { meeting: 1msp, office: vice_president, state: AUT } }\n", &[]);
    check(
        "  - { para: 1, elected: { meeting: 1msp, office: vice_president, states: AUT } }\n",
        &[],
    );
}

#[test]
fn several_mistakes_of_one_fact_are_all_found() {
    check(
        "  - { para: 1, elected: { meetin: 1msp, office: vice_president, states: [AUT, XXX, Belgium], on: 2010-02-29 } }\n",
        &[
            "there is no key `meetin` here; `meeting` is meant?",
            "`XXX` is not the code of a State; write an ISO 3166-1 alpha-3 code, as `CHE` for Switzerland",
            "`Belgium` is not the code of a State; Belgium is `BEL`",
            "`2010-02-29` is not a day of the calendar; February 2010 has 28 days",
        ],
    );
}

#[test]
fn what_only_follows_from_another_mistake_is_not_said() {
    // The second meeting is misspelt, so its opening is not to blame.
    check(
        concat!(
            "  - { para: 1, scheduled: { meeting: 2msp, kind: mps, title: Second Meeting } }\n",
            "  - { para: 2, opened: { meeting: 2msp, on: 2011-06-01 } }\n",
            "  - { para: 3, opened: { meeting: 7msp, on: 2011-06-01 } }\n",
        ),
        &[
            "the profile knows no kind of meeting `mps`; it knows `msp`",
            "no meeting `7msp` is recorded; `1msp` is",
        ],
    );
}

#[test]
fn an_entry_names_one_place_and_says_one_thing() {
    check(
        "  - { no_fact: nothing }\n",
        &[
            "no place in the source is named; write `para: 23` (or `footnote`, `annex`, `article`, `entry`)",
        ],
    );
    check(
        "  - { para: 1, footnote: 2, no_fact: nothing }\n",
        &["a fact rests on one place; keep one of them"],
    );
    check(
        "  - { para: 1, no_fact: nothing, decided: {} }\n",
        &["one entry says one thing; begin another with the same place"],
    );
    check("  - { para: 1 }\n", &["this entry says nothing; write a fact, or `no_fact: why`"]);
    check(
        "  - just words\n",
        &["an entry is a mapping, and this is a text; write `para: 23` and a fact below it"],
    );
}

#[test]
fn the_same_fact_twice_is_found() {
    let fact = "  - { para: 1, decided: { id: a, verb: noted, summary: x } }\n";
    check(
        &fact.repeat(2),
        &["the same fact stands above in this file, with the same source; leave one away"],
    );
}

#[test]
fn values_of_the_wrong_shape_are_explained() {
    check(
        "  - { para: 1, voted: { body: x, document: y, summary: z, in_favour: -1 } }\n",
        &["`-1` is not a count; write a whole number from 0"],
    );
    check("  - { para: 1, opened: [1msp] }\n", &["a list stands here; write `key: value` pairs"]);
    check(
        "  - { para: 1, adopted: { id: a, meeting: 1msp, document: EC/MSP/2010/1, summary: x, as_orally_amended: perhaps } }\n",
        &["`perhaps` is neither; write true or false"],
    );
    check(
        "  - { para: 1, decided: { id: A b, verb: noted, summary: '' } }\n",
        &[
            "`A b` is not a decision's id; write 1 to 64 of the characters a–z, 0–9 and ._-, beginning with a letter or a digit",
            "this text is empty; write it out or leave the key away",
        ],
    );
    check(
        "  - { para: 1, spoke: { meeting: 1msp, form: statement, by: { person: Nobody } } }\n",
        &["nobody is named; write `state: XXX` or `organisation: id`"],
    );
    check(
        "  - { para: 1, acceded: { state: FRA, on: 2010 } }\n",
        &["`2010` names no day, and here the day matters; write year-month-day as 2017-09-04"],
    );
}

#[test]
fn a_mistake_of_its_own_is_said_beside_others() {
    // The first entry names the meeting too, but would not have opened it.
    check(
        concat!(
            "  - { para: 1, attended: { meeting: 2msp, as: organisation, organisation: icrk } }\n",
            "  - { para: 2, opened: { meeting: 2msp, on: 2011-06-01 } }\n",
        ),
        &[
            "the profile knows no organisation `icrk`; `icrc` is known",
            "no meeting `2msp` is recorded; `1msp` is",
        ],
    );
}

#[test]
fn what_people_wrote_is_quoted_whole() {
    check(
        "  - { para: 1, acceded: { state: 'Foo; Bar', on: 2012-01-01 } }\n",
        &[
            "`Foo; Bar` is not the code of a State; write an ISO 3166-1 alpha-3 code, as `CHE` for Switzerland",
        ],
    );
}

#[test]
fn numbers_beyond_counting_are_refused() {
    check(
        "  - { para: 1, voted: { body: x, document: y, summary: z, abstained: 99999999999 } }\n",
        &["99999999999 is too large a number; check it"],
    );
}

#[test]
fn a_fact_that_no_log_entry_holds_is_refused() {
    let documents: Vec<String> = (0..5000).map(|n| format!("EC/MSP/2010/{n}")).collect();
    let fact = format!(
        "  - {{ para: 1, considered: {{ meeting: 1msp, documents: [{}] }} }}\n",
        documents.join(", ")
    );
    let (plan, mistakes) = facts(&fact);
    assert!(plan.decided.is_empty());
    assert!(mistakes[0].what.contains("an event has 65,535 at most"), "{mistakes:?}");
}

#[test]
fn many_mistakes_and_long_lines_cost_little() {
    let wrong = "  - { para: 1, decidedd: x }\n".repeat(4000);
    let head = "convention: example\nsource: x\nrecorded_by: isu\nfacts:\n";
    let mistakes = chancery_register::record::read("many", &format!("{head}{wrong}")).unwrap_err();
    assert_eq!((mistakes.count(), mistakes.lines().count()), (4000, 100));
    assert!(mistakes.to_string().contains("the first 100 are shown"));

    let long = format!("{head}  - {{ para: 1, no_fact: {}, wrong: 1 }}\n", "x".repeat(7000));
    let mistakes = chancery_register::record::read("long", &long).unwrap_err();
    let mut shown = String::new();
    miette::NarratableReportHandler::new().render_report(&mut shown, &mistakes).unwrap();
    assert!(shown.len() < 3000 && shown.contains("`wrong`"), "{} bytes: {shown}", shown.len());
}
