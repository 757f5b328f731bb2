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
        "  - { para: 1, no_fact: nothing, later: finance }\n",
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
