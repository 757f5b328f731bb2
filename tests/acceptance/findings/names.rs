//! Names of States, organisations, offices, meetings and people; lists by name.

use chancery_projections::FindingRule::{
    CapacityDiffers, NameDiffers, NameIsAlias, OutOfOrder, PersonSpeltOtherwise,
};

use super::found;

fn named(what: &str) -> String {
    format!("  - {{ para: 1, named: {{ {what}, on: 2004-01-01 }} }}\n")
}

#[test]
fn a_state_by_another_name() {
    assert_eq!(
        found(NameIsAlias, &named("state: SMR, as: Saint Marin")),
        ["¶1 against entry SMR: San Marino"]
    );
    // Where the same source has it right, that is the other place.
    let both = format!(
        "{}  - {{ para: 2, named: {{ state: SMR, as: San Marino, on: 2004-01-01 }} }}\n",
        named("state: SMR, as: Saint Marin")
    );
    assert_eq!(found(NameIsAlias, &both), ["¶1 against ¶2: San Marino"]);
    // The name in the depositary's list and that of the United Nations are both its own.
    for right in ["Andorra (as listed in this fiction)", "Andorra", "the ANDORRA"] {
        let facts = named(&format!("state: AND, as: {right}"));
        assert_eq!(found(NameIsAlias, &facts), [""; 0], "{right}");
    }
    // A name of that day, though not of today.
    let facts = named("state: MKD, as: The Former Yugoslav Republic of Macedonia");
    assert_eq!(found(NameIsAlias, &facts), [""; 0]);
    assert_eq!(found(NameIsAlias, &named("state: MKD, as: North Macedonia")).len(), 1);
}

#[test]
fn an_organisation_an_office_a_theme_or_a_meeting_by_another_name() {
    for (what, right) in [
        (
            "organisation: office, as: Lighthouse Office",
            "¶1 against entry profile: Example Lighthouse Office (fictional)",
        ),
        ("office: secretary, of: 1lm, as: Secretary-General", "¶1 against ¶1: Secretary"),
        ("theme: lamps, as: Lights", "¶1 against entry profile: Lamps"),
        (
            "meeting: 2lm, as: Second Meting of Lighthouse States (fictional)",
            "¶1 against ¶19: Second Meeting of Lighthouse States (fictional)",
        ),
    ] {
        assert_eq!(found(NameDiffers, &named(what)), [right], "{what}");
    }
    for right in [
        "organisation: office, as: the Example Lighthouse Office (fictional)",
        "organisation: office, as: ELO",
        "organisation: office, as: Example Lighthouse Office (fictional) (ELO)",
        "office: secretary, as: Secretary",
        "theme: lamps, as: lamps",
        "meeting: 2lm, as: 2LM",
    ] {
        assert_eq!(found(NameDiffers, &named(right)), [""; 0], "{right}");
    }
}

#[test]
fn a_list_of_states_out_of_order() {
    let attended = |states: &str| {
        let facts = format!(
            "  - {{ para: 1, attended: {{ meeting: 2lm, as: other_state, states: [{states}], on: 2005-06-06 }} }}\n"
        );
        found(OutOfOrder, &facts)
    };
    assert_eq!(
        attended("ALB, AUT, BEL, BRA, CHL, CAN, CIV, HRV, DNK, FIN"),
        ["¶1 against ¶1: Canada, Chile"]
    );
    assert_eq!(attended("ALB, AUT, BEL, BRA, CAN, CHL, CIV, HRV, DNK, FIN"), [""; 0]);
    // Lists that are not by name, or too short to tell.
    assert_eq!(attended("ZMB, CRI, HRV, NLD, ALB, AUT, BEL, BRA, CAN, CHL"), [""; 0]);
    assert_eq!(attended("ZMB, CRI, HRV, NLD"), [""; 0]);
}

fn speeches(first: &str, second: &str) -> String {
    let speech = |para: u32, by: &str| {
        format!(
            "  - {{ para: {para}, spoke: {{ meeting: 2lm, form: statement, by: {{ {by} }}, on: 2005-06-06 }} }}\n"
        )
    };
    format!("{}{}", speech(1, first), speech(2, second))
}

#[test]
fn a_person_spelt_in_two_ways() {
    let of = |first: &str, second: &str| found(PersonSpeltOtherwise, &speeches(first, second));
    let first = "state: LIE, person: Ambassador Maria Lantern-Wick";
    assert_eq!(of(first, "state: LIE, person: Ms. Maria Lanterne Wick"), ["¶2 against ¶1"]);
    // Titles, marks and hyphens are no other name; nor is another person, or one of another State.
    for other in [
        "state: LIE, person: Ms. María Lantern Wick",
        "state: LIE, person: Ms. Mario Lamp",
        "state: MCO, person: Ms. Maria Lanterne Wick",
    ] {
        assert_eq!(of(first, other), [""; 0], "{other}");
    }
    // What is spelt so more often is the suggestion.
    let three = format!(
        "{}  - {{ para: 3, spoke: {{ meeting: 2lm, form: statement, by: {{ {first} }}, on: 2005-06-07 }} }}\n",
        speeches("state: LIE, person: Maria Lanterne-Wick", first)
    );
    assert_eq!(
        found(PersonSpeltOtherwise, &three),
        ["¶1 against ¶2: Ambassador Maria Lantern-Wick"]
    );
}

#[test]
fn a_function_given_in_two_ways() {
    let of = |second: &str| {
        let person = "organisation: office, person: B. Wick (fictional), capacity";
        let first =
            format!("{person}: Director of the Lamps and Conference Support Branch of the Office");
        found(CapacityDiffers, &speeches(&first, &format!("{person}: {second}")))
    };
    assert_eq!(
        of("Director of the Lamp and Conference Support Branch of the Office"),
        ["¶2 against ¶1"]
    );
    for other in [
        "Director of the Lamps and Conference Support Branch of the Office",
        "Director of the Branch",
        "Keeper of the lamps",
    ] {
        assert_eq!(of(other), [""; 0], "{other}");
    }
}
