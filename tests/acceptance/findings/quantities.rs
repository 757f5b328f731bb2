//! Quantities that do not follow from the others.

use chancery_projections::FindingRule::{InvoiceDiffers, QuantityDiffers};

use super::found;

#[test]
fn a_length_that_is_not_the_one_between_the_days() {
    let scheduled = |days: u32| {
        let facts = format!(
            "  - {{ para: 1, scheduled: {{ meeting: 3lm, kind: lm, ordinal: 3, title: T, days: {days}, on: 2005-01-01 }} }}
  - {{ para: 2, rescheduled: {{ meeting: 3lm, opens_on: 2007-06-04, closes_on: 2007-06-05, on: 2006 }} }}\n"
        );
        found(QuantityDiffers, &facts)
    };
    assert_eq!(scheduled(3), ["¶1 against ¶2: 2 days"]);
    assert_eq!(scheduled(2), [""; 0]);
}

#[test]
fn two_counts_of_plenary_meetings() {
    let held = |of: u32| {
        let facts = format!(
            "  - {{ para: 1, plenary_held: {{ meeting: 2lm, number: 1, of: 3, on: 2005-06-06 }} }}
  - {{ para: 2, plenary_held: {{ meeting: 2lm, number: 2, of: {of}, on: 2005-06-07 }} }}\n"
        );
        found(QuantityDiffers, &facts)
    };
    assert_eq!(held(4), ["¶2 against ¶1"]);
    assert_eq!(held(3), [""; 0]);
}

#[test]
fn a_sum_that_is_less_than_its_parts() {
    let counted = |total: &str, coverage: &str| {
        let facts = format!(
            "  - {{ para: 1, budget_approved: {{ years: 2005, authority: {{ body: all }}, total: EUR 100, on: 2004-12-01 }} }}
  - {{ para: 2, contributed: {{ state: AND, to: 2005, amount: EUR 60, on: 2005-02-01 }} }}
  - {{ para: 3, contributions_counted: {{ year: 2005, total: {total}, coverage: {coverage}, on: 2006-01-01 }} }}\n"
        );
        found(QuantityDiffers, &facts)
    };
    assert_eq!(counted("EUR 59", "partly"), ["¶3 against ¶2"]);
    // Less than the budget, and said to cover it; or the whole of it, and said to cover a part.
    assert_eq!(counted("EUR 99", "fully"), ["¶3 against ¶1"]);
    assert_eq!(counted("EUR 100", "partly"), ["¶3 against ¶1"]);
    for (total, coverage) in
        [("EUR 60", "partly"), ("EUR 100", "fully"), ("more than EUR 50", "fully")]
    {
        assert_eq!(counted(total, coverage), [""; 0], "{total} {coverage}");
    }
    let arrears = |total: &str| {
        let facts = format!(
            "  - {{ para: 1, arrears_reported: {{ summary: s, total: {total}, owed: [{{ state: AND, amount: EUR 7 }}, {{ state: LIE, amount: EUR 8 }}], on: 2006-01-01 }} }}\n"
        );
        found(QuantityDiffers, &facts)
    };
    assert_eq!(arrears("EUR 14"), ["¶1 against ¶1"]);
    assert_eq!(arrears("EUR 15"), [""; 0]);
    assert_eq!(arrears("more than EUR 10"), [""; 0]);
}

#[test]
fn an_invoice_that_is_not_what_the_procedures_gave_on_its_day() {
    let invoiced = |state: &str, amount: &str| {
        let facts = format!(
            "  - {{ para: 1, procedures_adopted: {{ authority: {{ body: all }}, categories: [{{ code: a, basis: equal_share, percentage: 30 }}], on: 2004-01-01 }} }}
  - {{ para: 2, budget_approved: {{ years: 2005, authority: {{ body: all }}, total: EUR 60000, on: 2004-01-01 }} }}
  - {{ para: 3, acceded: {{ state: DEU, on: 2004-12-31 }} }}
  - {{ para: 4, invoiced: {{ state: {state}, year: 2005, category: a, amount: {amount}, on: 2005-01 }} }}
  - {{ para: 5, procedures_adopted: {{ authority: {{ body: all }}, categories: [{{ code: a, basis: equal_share, percentage: 60 }}], on: 2006-01-01 }} }}
  - {{ para: 6, budget_approved: {{ years: 2005, authority: {{ body: all }}, total: EUR 50000, revises: true, on: 2006-01-01 }} }}\n"
        );
        found(InvoiceDiffers, &facts)
    };
    // Six States pay; that a later decision asks for more makes no invoice wrong.
    assert_eq!(invoiced("AND", "EUR 3000"), [""; 0]);
    assert_eq!(invoiced("AND", "EUR 3000.01"), ["¶4 against ¶1: EUR 3000"]);
    assert_eq!(invoiced("AND", "EUR 5000"), ["¶4 against ¶1: EUR 3000"]);
    // In force for it only after the day that tells who pays.
    assert_eq!(invoiced("DEU", "EUR 3000"), ["¶4 against ¶1"]);
}
