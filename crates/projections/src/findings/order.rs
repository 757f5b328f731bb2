//! Lists that are in order but for a few of their rows: what stands at the wrong place is easily
//! taken for missing.

use std::{collections::BTreeMap, sync::Arc};

use chancery_kernel::{Citation, Place, StateCode, SymbolForm};
use chancery_meetings::{Attendance, Event as Meetings, Issue};
use chancery_register::{Event, Recorded, sources::Event as Sources};

use super::{Contradiction, FindingRule};
use crate::{participants::alphabetical, view::View};

/// The shortest list of States of which an order can be told.
const SHORTEST: usize = 8;

/// One row in so many may be out of order; with more of them the list has no such order.
const ROWS: usize = 10;

pub(super) fn check(view: &View) -> Vec<Contradiction<'_>> {
    let mut names = Printed::new();
    for recorded in view.events() {
        if let Event::Sources(Sources::Named(it)) = &recorded.envelope.event
            && let Some(state) = it.state
        {
            names.entry((&recorded.envelope.source, state)).or_insert(&it.printed);
        }
    }
    let mut found: Vec<Contradiction<'_>> = view
        .events()
        .iter()
        .flat_map(|recorded| match &recorded.envelope.event {
            Event::Meetings(Meetings::Attended(it)) => states(view, &names, recorded, it),
            _ => Vec::new(),
        })
        .collect();
    found.extend(documents(view));
    found
}

/// By which name a place calls a State, where that is recorded.
type Printed<'a> = BTreeMap<(&'a Citation, StateCode), &'a str>;

/// States that stand before one that the alphabet puts before them.
fn states<'a>(
    view: &'a View,
    printed: &Printed<'_>,
    recorded: &'a Arc<Recorded>,
    it: &Attendance,
) -> Vec<Contradiction<'a>> {
    if it.states.len() < SHORTEST {
        return Vec::new();
    }
    let name = |state: &StateCode| match printed.get(&(&recorded.envelope.source, *state)) {
        Some(printed) => (*printed).to_owned(),
        None => view.called(*state, recorded).to_string(),
    };
    let names: Vec<String> = it.states.iter().map(name).collect();
    let pairs = names.iter().zip(names.iter().skip(1)).zip(it.states.iter().skip(1));
    let wrong: Vec<_> = pairs.filter(|((a, b), _)| alphabetical(a) > alphabetical(b)).collect();
    if wrong.len() > names.len() / ROWS {
        return Vec::new();
    }
    let finding = |((a, b), state): ((&String, &String), &StateCode)| {
        let message = format!(
            "{a} stands before {b} in a list of {} States that is otherwise in alphabetical order",
            names.len()
        );
        Contradiction::new(FindingRule::OutOfOrder, recorded, recorded, message)
            .about(state)
            .suggesting(Some(format!("{b}, {a}")))
    };
    wrong.into_iter().map(finding).collect()
}

/// Documents of a list that stand apart from their series, or before a lower number of it.
fn documents(view: &View) -> Vec<Contradiction<'_>> {
    let mut lists: BTreeMap<(&str, &str), Vec<Row<'_>>> = BTreeMap::new();
    for recorded in view.events() {
        let Event::Meetings(Meetings::Issued(it)) = &recorded.envelope.event else { continue };
        let source = &recorded.envelope.source;
        let Place::Annex(place) = &source.place else { continue };
        let Some((annex, row)) = place.split_once('.') else { continue };
        let Ok(row) = row.parse::<u32>() else { continue };
        let list = lists.entry((source.symbol.as_str(), annex)).or_default();
        list.push(Row { row, recorded, issue: it });
    }
    lists.into_values().flat_map(misplaced).collect()
}

/// A row of a list of documents.
struct Row<'a> {
    row: u32,
    recorded: &'a Arc<Recorded>,
    issue: &'a Issue,
}

fn misplaced(mut list: Vec<Row<'_>>) -> Vec<Contradiction<'_>> {
    list.sort_by_key(|it| it.row);
    let mut last: BTreeMap<String, (usize, u32, &Row<'_>)> = BTreeMap::new();
    let (mut found, mut at, mut current) = (Vec::new(), 0, String::new());
    for row in &list {
        let SymbolForm::Session(form) = row.issue.document.form() else { continue };
        let series = format!("{}/{} {}", form.body, form.session, form.series.unwrap_or_default());
        if series != current {
            at += 1;
            current.clone_from(&series);
        }
        if let Some((run, number, before)) = last.get(&series)
            && (*run != at || *number > form.number)
        {
            let (document, other) = (&row.issue.document, &before.issue.document);
            let apart = if *run == at { "stands behind" } else { "stands apart from" };
            let message = format!("{document} {apart} {other} in a list by series and number");
            let found_here =
                Contradiction::new(FindingRule::OutOfOrder, row.recorded, before.recorded, message);
            found.push(found_here.about(document).suggesting(Some(format!("near {other}"))));
        }
        last.insert(series, (at, form.number, row));
    }
    // A list with many such rows follows another order.
    if found.len() > (list.len() / ROWS).max(1) { Vec::new() } else { found }
}
