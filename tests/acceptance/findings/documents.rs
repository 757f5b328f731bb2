//! Symbols, and the order in which documents were issued, considered and listed.

use chancery_projections::FindingRule::{ConsideredBeforeIssued, OutOfOrder, UnknownSymbol};

use super::found;

#[test]
fn a_symbol_that_no_document_bears() {
    let decided = |symbol: &str| {
        let fact = format!(
            "  - {{ para: 1, decided: {{ id: d, meeting: 1lm, verb: noted, summary: s, documents: [{symbol}], on: 2003-06-12 }} }}\n"
        );
        found(UnknownSymbol, &fact)
    };
    // Not of the form.
    assert_eq!(decided("ECL/LM/LM/2003/2"), ["¶1 against annex 2: ECL/LM/2003/2"]);
    // Of the form, and not among the documents of the meeting's own session.
    assert_eq!(decided("ECL/LM/2003/22"), ["¶1 against annex 2: ECL/LM/2003/2"]);
    for possible in [
        "ECL/LM/2003/1",
        // Of sessions of which nothing is recorded, and of other bodies.
        "ECL/LM/2001/1",
        "ECL/RC/2003/1",
        "A/RES/58/1",
        "AB/LM/LM/2003/2",
        // Of another form, with none near it.
        "ECL/SR/4",
    ] {
        assert_eq!(decided(possible), [""; 0], "{possible}");
    }
}

#[test]
fn a_document_considered_before_it_was_issued() {
    let considered = |issued: &str| {
        let facts = format!(
            "  - {{ para: 1, considered: {{ meeting: 2lm, document: ECL/LM/2005/7, on: 2005-06-07 }} }}
  - {{ annex: 1, issued: {{ document: ECL/LM/2005/7, title: Notes, meeting: 2lm, on: {issued} }} }}\n"
        );
        found(ConsideredBeforeIssued, &facts)
    };
    assert_eq!(considered("2005-06-08"), ["¶1 against annex 1"]);
    for possible in ["2005-06-07", "2005-06", "2005"] {
        assert_eq!(considered(possible), [""; 0], "{possible}");
    }
}

#[test]
fn a_document_considered_that_was_yet_to_be_issued() {
    let considered = |document: &str, on: &str| {
        let facts = format!(
            "  - {{ annex: 1, issued: {{ document: ECL/LM/2005/7, title: Notes, meeting: 2lm, on: 2005 }} }}
  - {{ annex: 1, issued: {{ document: ECL/LM/2005/7/Rev.1, title: Notes (Rev.1), meeting: 2lm, on: 2005 }} }}
  - {{ para: 1, opened: {{ meeting: 2lm, on: 2005-06-06 }} }}
  - {{ para: 2, considered: {{ meeting: 2lm, document: {document}, on: {on} }} }}
  - {{ para: 3, adopted: {{ id: a, meeting: 2lm, document: ECL/LM/2005/7, summary: notes, as_orally_amended: true, to_be_issued_as: ECL/LM/2005/7/Rev.1, on: 2005-06-06 }} }}\n"
        );
        found(ConsideredBeforeIssued, &facts)
    };
    assert_eq!(considered("ECL/LM/2005/7/Rev.1", "2005-06-06"), ["¶2 against ¶3: ECL/LM/2005/7"]);
    assert_eq!(considered("ECL/LM/2005/7/Rev.1", "2005-06-07"), [""; 0]);
    assert_eq!(considered("ECL/LM/2005/7", "2005-06-06"), [""; 0]);
}

#[test]
fn a_list_of_documents_out_of_order() {
    let listed = |symbols: &[&str]| {
        let row = |(at, symbol): (usize, &&str)| {
            let row = at + 1;
            format!(
                "  - {{ annex: II.{row}, issued: {{ document: ECL/LM/2005/{symbol}, title: T{row}, on: 2005 }} }}\n"
            )
        };
        found(OutOfOrder, &symbols.iter().enumerate().map(row).collect::<String>())
    };
    assert_eq!(
        listed(&["1", "2", "INF.1", "MISC.1", "INF.2"]),
        ["annex II.5 against annex II.3: near ECL/LM/2005/INF.1"]
    );
    assert_eq!(
        listed(&["1", "3", "2", "INF.1"]),
        ["annex II.3 against annex II.2: near ECL/LM/2005/3"]
    );
    assert_eq!(listed(&["INF.1", "INF.2", "1", "2", "2/Rev.1", "10", "CRP.1"]), [""; 0]);
    // A list with no such order.
    assert_eq!(listed(&["1", "INF.1", "2", "INF.2", "3", "INF.3"]), [""; 0]);
}
