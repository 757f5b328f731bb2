use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chancery_register::Recorded;

use super::{
    change::{Change, ChangeKind, ChangedValue},
    statement::Statement,
};

/// What one point says and the other does not, or says otherwise.
pub(super) fn compare(
    before: Vec<Statement>,
    after: Vec<Statement>,
    gained: &[Arc<Recorded>],
    lost: &[Arc<Recorded>],
) -> Vec<Change> {
    let turned = gained.iter().chain(lost).map(|it| it.envelope.version).collect();
    let mut before_by: BTreeMap<_, Statement> =
        before.into_iter().map(|it| (it.key.clone(), it)).collect();
    let mut changes: Vec<Change> = after
        .into_iter()
        .filter_map(|now| changed(before_by.remove(&now.key), now, &turned))
        .collect();
    // What is left, the second point does not say.
    changes.extend(before_by.into_values().filter_map(|was| gone(was, &turned)));
    changes.sort_by_key(|it| it.kind);
    changes
}

fn changed(was: Option<Statement>, now: Statement, turned: &BTreeSet<u64>) -> Option<Change> {
    let values = values(was.as_ref(), Some(&now));
    let (kind, summary) = match &was {
        None if now.silent => return None,
        None => (now.kind, format!("{}.", now.text)),
        Some(was) if was.kind != now.kind => (now.kind, format!("{}.", now.text)),
        Some(_) if values.is_empty() => return None,
        Some(was) => {
            let moves = |it: &ChangedValue| now.get(it.what).or(was.get(it.what));
            let moved = values
                .iter()
                .any(|it| it.before.is_some() && moves(it).is_some_and(|it| it.moving));
            let kind = if moved { now.moved } else { now.kind };
            (kind, otherwise(&now, &values))
        }
    };
    let events = was.map(|it| it.events).unwrap_or_default();
    Some(Change {
        kind,
        about: now.about,
        summary,
        gone: false,
        values,
        events: brought(events, now.events, turned),
    })
}

fn gone(was: Statement, turned: &BTreeSet<u64>) -> Option<Change> {
    if was.silent {
        return None;
    }
    Some(Change {
        kind: was.kind,
        summary: format!("No longer so: {}.", was.text),
        gone: true,
        values: values(Some(&was), None),
        about: was.about,
        events: brought(Vec::new(), was.events, turned),
    })
}

/// The sentence of a change from one value to another.
fn otherwise(now: &Statement, values: &[ChangedValue]) -> String {
    if let (ChangeKind::Renamed, [ChangedValue { before: Some(before), after: Some(after), .. }]) =
        (now.kind, values)
    {
        return format!("{before} is now listed as {after}.");
    }
    let before = values.iter().filter_map(|it| {
        let before = it.before.as_ref()?;
        Some(format!("{} {before}", it.what.replace('_', " ")))
    });
    let before: Vec<String> = before.collect();
    if before.is_empty() {
        format!("{}.", now.text)
    } else {
        format!("{} (before: {}).", now.text, before.join(", "))
    }
}

/// The values that differ; of a statement that only one point makes, all of them.
fn values(was: Option<&Statement>, now: Option<&Statement>) -> Vec<ChangedValue> {
    let (old, new) = (was.map_or(&[][..], |it| &it.values), now.map_or(&[][..], |it| &it.values));
    let only_before = old.iter().filter(|it| !new.iter().any(|other| other.what == it.what));
    let named = new.iter().chain(only_before).map(|it| it.what);
    let find = |of: Option<&Statement>, what| of.and_then(|it| it.get(what)).cloned();
    named
        .map(|what| (what, find(was, what), find(now, what)))
        .map(|(what, before, after)| ChangedValue {
            what,
            before: before.map(|it| it.worth),
            after: after.map(|it| it.worth),
        })
        .filter(|it| it.before != it.after)
        .collect()
}

/// The events that brought a change, in the order of recording.
fn brought(
    before: Vec<Arc<Recorded>>,
    after: Vec<Arc<Recorded>>,
    turned: &BTreeSet<u64>,
) -> Vec<Arc<Recorded>> {
    let of = |events: Vec<Arc<Recorded>>| events.into_iter().map(|it| (it.envelope.version, it));
    let mut all: BTreeMap<u64, Arc<Recorded>> = of(before).collect();
    all.extend(of(after));
    if all.keys().any(|version| turned.contains(version)) {
        all.retain(|version, _| turned.contains(version));
    }
    all.into_values().collect()
}
