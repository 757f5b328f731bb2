//! States bear the names of the day.

use chancery_kernel::StateCode;
use chancery_tests::ccm;
use jiff::civil::date;

#[test]
fn names_at_the_seventh_meeting_are_those_of_2017() {
    let view = ccm();
    let (then, now) = (view.at(date(2017, 9, 6)), view.at(date(2026, 2, 3)));
    for (code, name_then, name_now) in [
        ("SWZ", "Swaziland", "Eswatini"),
        ("TUR", "Turkey", "Türkiye"),
        ("MKD", "The former Yugoslav Republic of Macedonia", "North Macedonia"),
        ("NLD", "Netherlands", "Netherlands (Kingdom of the)"),
        // The depositary's list goes on to print the long form.
        ("CZE", "Czech Republic", "Czech Republic"),
    ] {
        let code: StateCode = code.parse().unwrap();
        assert_eq!(then.name(code), name_then);
        assert_eq!(now.name(code), name_now);
    }
}
