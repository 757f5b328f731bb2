//! The fictional convention: every projection before and after each of its turns, on the day at which
//! the turn ends.

use std::collections::BTreeSet;

use chancery_projections::{At, DeadlineAt, MandateAt, OfficeAt, Resolved};
use chancery_register::Event;
use chancery_tests::{TURNS, example};
use jiff::civil::date;
use serde_json::{Value, json};

/// One snapshot a turn, named after it.
fn check(projection: &str, read: impl Fn(&At<'_>) -> Value) {
    for (turn, (_, day)) in TURNS.iter().enumerate() {
        let (before, after) = (example(turn), example(turn + 1));
        let both = json!({ "before": read(&before.at(*day)), "after": read(&after.at(*day)) });
        insta::assert_json_snapshot!(format!("example-{projection}-{}", turn + 1), both);
    }
}

#[test]
fn status() {
    check(
        "status",
        |at| json!({ "status": at.status(), "entry_into_force": at.entry_into_force() }),
    );
}

#[test]
fn participants() {
    check("participants", |at| json!(at.participants()));
}

#[test]
fn meetings() {
    check("meetings", |at| {
        let whole = |it: chancery_projections::MeetingAt| {
            let attendance: Vec<String> = at
                .attendance(&it.id)
                .iter()
                .map(|it| format!("{:?}: {}", it.category, it.participant.name()))
                .collect();
            json!({ "meeting": it, "attendance": attendance })
        };
        at.meetings().into_iter().map(whole).collect()
    });
}

#[test]
fn offices() {
    let moment = |it: &Resolved| it.date.map_or_else(|| it.said.to_string(), |on| on.to_string());
    check("offices", |at| {
        let line = |it: OfficeAt| {
            let holder =
                it.state.map(|it| it.name.to_string()).or(it.organisation.map(|it| it.name));
            let until = it.until.as_ref().map_or_else(|| "open".to_owned(), moment);
            format!(
                "{} {:?}: {}, {} to {until}",
                it.office,
                it.theme,
                holder.unwrap_or_default(),
                moment(&it.from)
            )
        };
        at.offices().into_iter().map(line).collect()
    });
}

#[test]
fn decisions() {
    check("decisions", |at| json!({ "decisions": at.decisions(), "votes": at.votes() }));
}

#[test]
fn documents() {
    check("documents", |at| json!(at.documents()));
}

fn line(it: &DeadlineAt) -> String {
    let year = it.year.map(|year| format!(" {year}")).unwrap_or_default();
    let done = it.done_on.map(|on| format!(" {on}")).unwrap_or_default();
    let timing = it.timing.map(|it| format!(" {it:?}")).unwrap_or_default();
    let asked = if it.extension_requested { " (asked)" } else { "" };
    format!(
        "{} {}{year}: {} {:?}{done}{timing}{asked} | {}",
        it.state.code, it.obligation, it.due_on, it.standing, it.rule
    )
}

#[test]
fn deadlines() {
    check("deadlines", |at| at.deadlines().iter().map(line).collect());
}

#[test]
fn reports() {
    check("reports", |at| at.reports().iter().map(line).collect());
}

#[test]
fn mandates() {
    check("mandates", |at| {
        let line = |it: MandateAt| {
            let due = it.due_on.map_or_else(|| "no date".to_owned(), |due| due.to_string());
            let said = it.due.map(|due| due.said.to_string());
            let done: Vec<_> = it.fulfilments.iter().map(|done| done.on).collect();
            format!(
                "{}: {due} {said:?} {:?} | {}: {} | {:?} {:?}",
                it.id, it.standing, it.responsible, it.action, done, it.superseded_by
            )
        };
        at.mandates().into_iter().map(line).collect()
    });
}

#[test]
fn finances() {
    check("finances", |at| json!(at.finances()));
}

/// Six States owe EUR 60,000 by an equal share and by the scale, with a floor and a cap.
#[test]
fn what_is_requested_adds_up_and_the_reserve_is_drawn_and_restored() {
    // Before the amendment, by which other days tell who pays.
    let view = example(5);
    let budget = view.at(date(2005, 4, 15)).budget(2005.try_into().unwrap()).unwrap();
    let amounts: Vec<Vec<String>> = budget
        .requests
        .categories
        .iter()
        .map(|it| it.shares.iter().map(|it| it.amount.to_string()).collect())
        .collect();
    assert_eq!(amounts[0], ["EUR 3000"; 6]);
    let by_scale =
        ["EUR 3541.67", "EUR 3541.67", "EUR 20000", "EUR 9916.66", "EUR 2500", "EUR 2500"];
    assert_eq!(amounts[1], by_scale);
    let reserve = |day| {
        let reserve = view.at(day).reserve().unwrap();
        let open = reserve.to_be_restored.map(|it| it.to_string()).unwrap_or_default();
        (reserve.balance.unwrap().to_string(), open)
    };
    let said = |balance: &str, open: &str| (balance.to_owned(), open.to_owned());
    assert_eq!(reserve(date(2005, 3, 24)), said("more than EUR 6763.40", ""));
    assert_eq!(reserve(date(2005, 3, 25)), said("more than EUR 1763.40", "EUR 5000"));
    assert_eq!(reserve(date(2005, 10, 15)), said("more than EUR 3763.40", "EUR 3000"));
    assert_eq!(reserve(date(2005, 12, 1)), said("more than EUR 6763.40", ""));
}

#[test]
fn findings() {
    check("findings", |at| json!(at.view().findings()));
}

/// Every type of event but corrections and the journal's, which have tests of their own.
#[test]
fn every_kind_of_fact_is_recorded() {
    let view = example(TURNS.len());
    let recorded: BTreeSet<&str> =
        view.events().iter().map(|it| it.envelope.event.kind()).collect();
    let known: BTreeSet<&str> = Event::types().map(|(kind, _)| kind).collect();
    let missing: Vec<&&str> = known.difference(&recorded).collect();
    assert_eq!(
        missing,
        [&"ledger.key_rotated", &"ledger.sealed", &"register.dismissed", &"register.rectified"]
    );
}

/// An amendment reads past days anew: what was only not recorded is overdue where the record is now
/// called complete, and nothing that was done changes.
#[test]
fn an_amended_profile_holds_from_its_recording_on() {
    let last = |turns: usize| {
        let view = example(turns);
        let reports = view.at(date(2007, 4, 1)).reports();
        let spare = reports.into_iter().filter(|it| it.obligation.as_str() == "spare_report");
        spare.map(|it| it.standing).collect::<Vec<_>>()
    };
    use chancery_obligations::Standing::{NotRecorded, Overdue};
    let (before, after) = (last(5), last(6));
    assert!(before.contains(&NotRecorded) && !before.contains(&Overdue), "{before:?}");
    assert!(after.contains(&Overdue) && !after.contains(&NotRecorded), "{after:?}");
    assert_eq!(before.len(), after.len());
}

#[test]
fn every_file_says_that_it_is_fictional() {
    let mut files: Vec<String> =
        TURNS.iter().map(|(name, _)| format!("fixtures/example/{name}")).collect();
    files.push("fixtures/example/profile.yaml".to_owned());
    for file in files {
        assert!(chancery_tests::text(&file).starts_with("# FICTIONAL."), "{file}");
    }
}
