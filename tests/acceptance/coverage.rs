//! Every paragraph, footnote and annex line of the report is accounted for.

use chancery_register::coverage::coverage;
use chancery_tests::{ccm_file, text};

#[test]
fn nothing_of_the_report_is_left() {
    let source = text("fixtures/ccm/source/CCM-MSP-2017-12.txt");
    let coverage = coverage(&ccm_file("records/7msp.yaml"), &source);
    let left: Vec<&str> = coverage.left().map(|place| place.place.as_str()).collect();
    assert_eq!(left, [""; 0]);
    assert_eq!(coverage.unknown, [""; 0]);
    // 55 paragraphs with 14 sub-paragraphs, 5 footnotes, two annexes: 3 measures, 16 rows of
    // documents.
    let count =
        |kind: &str| coverage.places.iter().filter(|place| place.place.starts_with(kind)).count();
    assert_eq!(
        (count("¶"), count("footnote"), count("annex I."), count("annex II.")),
        (69, 5, 3, 16)
    );
}
