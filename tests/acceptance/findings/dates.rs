//! Dates outside their meeting, and before what they follow from.

use chancery_projections::FindingRule::{DateOutsideMeeting, PrecedesCause};

use super::found;

#[test]
fn a_date_outside_its_meeting() {
    let opened = |on: &str| {
        let fact = format!("  - {{ para: 1, opened: {{ meeting: 2lm, on: {on} }} }}\n");
        found(DateOutsideMeeting, &fact)
    };
    assert_eq!(opened("2004-06-06"), ["¶1 against ¶19: 2005-06-06"]);
    // The same day of the right year would not do either.
    assert_eq!(opened("2005-07-06"), ["¶1 against ¶19"]);
    for possible in ["2005-06-06", "2005-06-07", "2005-06", "2005"] {
        assert_eq!(opened(possible), [""; 0], "{possible}");
    }
}

#[test]
fn a_date_before_what_it_follows_from() {
    let convened = |on: &str| {
        format!(
            "  - {{ para: 1, convened: {{ meeting: 2lm, by: {{ organisation: office }}, on: {on} }} }}\n"
        )
    };
    assert_eq!(found(PrecedesCause, &convened("2003-06-11")), ["¶1 against ¶19"]);
    for possible in ["2003-06-12", "2003-06", "2003", "2004-01-01"] {
        assert_eq!(found(PrecedesCause, &convened(possible)), [""; 0], "{possible}");
    }
    let mandated = "  - { para: 2, mandated: { id: more, decision: 1lm-15, action: count, organisation: office, on: 2003-06-11 } }\n";
    assert_eq!(found(PrecedesCause, mandated), ["¶2 against ¶15"]);
    let invoiced = |on: &str| {
        format!(
            "  - {{ para: 3, budget_approved: {{ years: 2005, authority: {{ body: all }}, total: EUR 10, on: 2004-12-01 }} }}
  - {{ para: 4, invoiced: {{ state: AND, year: 2005, amount: EUR 5, on: {on} }} }}\n"
        )
    };
    assert_eq!(found(PrecedesCause, &invoiced("2004-11-30")), ["¶4 against ¶3"]);
    assert_eq!(found(PrecedesCause, &invoiced("2004-12-01")), [""; 0]);
}

#[test]
fn one_wrong_date_is_one_finding() {
    // Before the meeting was decided on, too.
    let opened = "  - { para: 1, opened: { meeting: 2lm, on: 2002-06-06 } }\n";
    assert_eq!(found(DateOutsideMeeting, opened).len(), 1);
    assert_eq!(found(PrecedesCause, opened), [""; 0]);
}
