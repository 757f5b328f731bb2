//! Only offices and themes that the profile knows.

use chancery_offices::{Appointment, Command, Ending, Event::Elected, Succession};

use crate::words::{appointment, coordination, ending, given, succession};

#[test]
fn an_office_is_one_that_the_profile_knows() {
    let slip = || "vice_presidnet".parse().unwrap();
    let appoint = || Appointment { office: slip(), ..appointment("vice_president", &["ZMB"]) };
    for command in [
        Command::Elect(appoint()),
        Command::Designate(appoint()),
        Command::Confirm(appoint()),
        Command::Succeed(Succession { office: slip(), ..succession("DEU", "DEU") }),
        Command::End(Ending { office: slip(), ..ending("DEU") }),
    ] {
        given([])
            .when(command)
            .then_rejected("the profile knows no office `vice_presidnet`; `vice_president` is one");
    }
    given([])
        .when(Command::Elect(appointment("rapporteur", &["ZMB"])))
        .then_rejected("no office `rapporteur`; it knows president, vice_president, coordinator");
}

#[test]
fn a_theme_is_one_that_the_profile_knows() {
    given([])
        .when(Command::Elect(coordination("clearence", &["DEU"])))
        .then_rejected("the profile knows no theme `clearence`; `clearance` is one");
    given([])
        .when(Command::Elect(coordination("universalization", &["DEU"])))
        .then_rejected("it knows clearance, victim_assistance");
    let theme = || Some("universalization".parse().unwrap());
    given([])
        .when(Command::End(Ending { theme: theme(), ..ending("DEU") }))
        .then_rejected("the profile knows no theme `universalization`");
    given([])
        .when(Command::Succeed(Succession { theme: theme(), ..succession("DEU", "DEU") }))
        .then_rejected("the profile knows no theme `universalization`");
    given([])
        .when(Command::Elect(coordination("clearance", &["DEU"])))
        .then_events([Elected(coordination("clearance", &["DEU"]).into())]);
}
