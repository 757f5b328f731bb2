//! Every projection after the Seventh Meeting, as at four dates: at its end; when its decisions had
//! taken hold; before the Convention entered into force; and after the last act of the status list.

use chancery_projections::HistoryFilter;
use chancery_tests::ccm;
use jiff::civil::{Date, date};
use serde_json::{Value, json};

const DATES: [Date; 4] = [date(2010, 2, 16), date(2017, 9, 6), date(2018, 10, 1), date(2026, 2, 3)];

/// One snapshot a date, named after it.
fn check(projection: &str, read: impl Fn(&chancery_projections::At<'_>) -> Value) {
    let view = ccm();
    for day in DATES {
        insta::assert_json_snapshot!(format!("{projection}-{day}"), read(&view.at(day)));
    }
}

#[test]
fn status() {
    check(
        "status",
        |at| json!({ "status": at.status(), "entry_into_force": at.entry_into_force() }),
    );
}

/// A line a State: small enough to read, and any change shows.
#[test]
fn participants() {
    check("participants", |at| {
        let line = |it: chancery_projections::ParticipantAt| {
            let day = |on: Option<Date>| on.map_or_else(|| "-".to_owned(), |on| on.to_string());
            format!(
                "{} {} | {:?} | signed {} | bound {} | in force {} | withdrawn {}",
                it.state.code,
                it.state.name,
                it.standing,
                day(it.signed_on),
                day(it.bound_on),
                day(it.in_force_from),
                day(it.withdrawn_on),
            )
        };
        at.participants().into_iter().map(line).collect()
    });
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
            let officers: Vec<String> = at
                .officers(&it.id)
                .iter()
                .map(|it| format!("{}: {}", it.office, holder(it)))
                .collect();
            json!({ "meeting": it, "officers": officers, "attendance": attendance })
        };
        at.meetings().into_iter().map(whole).collect()
    });
}

#[test]
fn offices() {
    check("offices", |at| {
        let line = |it: chancery_projections::OfficeAt| {
            let until = it.until.as_ref().map_or_else(|| "open".to_owned(), moment);
            let theme = it.theme.as_ref().map(|theme| format!(" ({theme})")).unwrap_or_default();
            let sure = if it.certain { "" } else { " possibly" };
            format!("{}{theme}: {}{sure}, {} to {until}", it.office, holder(&it), moment(&it.from))
        };
        at.offices().into_iter().map(line).collect()
    });
}

#[test]
fn decisions() {
    check("decisions", |at| {
        let line = |it: chancery_projections::DecisionAt| {
            let source = it.source.map(|it| it.place.to_string()).unwrap_or_default();
            let apart: Vec<&str> =
                it.dissociations.iter().map(|it| it.state.code.as_str()).collect();
            let apart =
                if apart.is_empty() { String::new() } else { format!(" | apart: {apart:?}") };
            let themes: Vec<&str> =
                it.themes.iter().map(chancery_kernel::ThemeId::as_str).collect();
            format!(
                "{} {source} | {:?} | {} | {}{apart}",
                it.id,
                it.verb,
                themes.join(", "),
                it.summary
            )
        };
        let decisions: Vec<String> = at.decisions().into_iter().map(line).collect();
        json!({ "decisions": decisions, "votes": at.votes() })
    });
}

#[test]
fn documents() {
    check("documents", |at| {
        let line = |it: chancery_projections::DocumentAt| {
            let list = |name: &str, of: Vec<String>| {
                if of.is_empty() { String::new() } else { format!(" | {name} {}", of.join(", ")) }
            };
            format!(
                "{} ({}) {}{}{}{}{}",
                it.symbol,
                it.issued,
                it.title,
                list("revised by", it.revised_by.iter().map(ToString::to_string).collect()),
                list("considered by", it.considered_by.iter().map(ToString::to_string).collect()),
                list("adopted by", it.adopted_by.iter().map(ToString::to_string).collect()),
                list("issued after", it.issued_after.iter().map(ToString::to_string).collect()),
            )
        };
        at.documents().into_iter().map(line).collect()
    });
}

/// The whole of it; of the shares that are requested only what is missing to compute them.
#[test]
fn finances() {
    check("finances", |at| json!(at.finances()));
}

/// Without the yearly reports, of which the fixtures record hardly any: those would be a line or two
/// for each State.
#[test]
fn deadlines() {
    check("deadlines", |at| {
        let line = |it: chancery_projections::DeadlineAt| {
            let done = it.done_on.map(|on| format!(" {on}")).unwrap_or_default();
            let timing = it.timing.map(|it| format!(" {it:?}")).unwrap_or_default();
            let clock = it.clock.map(|it| format!(" ({it})")).unwrap_or_default();
            let (code, standing) = (it.state.code, it.standing);
            format!(
                "{} {code} {}{clock}: {standing:?}{done}{timing} | {}",
                it.due_on, it.obligation, it.rule
            )
        };
        let once = at.deadlines().into_iter().filter(|it| it.year.is_none());
        once.map(line).collect()
    });
}

#[test]
fn mandates() {
    check("mandates", |at| json!(at.mandates()));
}

/// How many events of each type: the events themselves are in the fixtures.
#[test]
fn history() {
    check("history", |at| {
        let mut counts = std::collections::BTreeMap::<&str, u32>::new();
        for recorded in at.history(&HistoryFilter::default()) {
            *counts.entry(recorded.envelope.event.kind()).or_default() += 1;
        }
        json!(counts)
    });
}

#[test]
fn findings() {
    insta::assert_json_snapshot!("findings", ccm().findings());
}

fn holder(it: &chancery_projections::OfficeAt) -> String {
    let name = it.state.as_ref().map(|state| state.name.to_string());
    let name =
        name.or_else(|| it.organisation.as_ref().map(|it| it.name.clone())).unwrap_or_default();
    match &it.person {
        Some(person) => format!("{name} ({person})"),
        None => name,
    }
}

fn moment(it: &chancery_projections::Resolved) -> String {
    match it.date {
        Some(date) => date.to_string(),
        None => format!("[{}]", it.said),
    }
}
