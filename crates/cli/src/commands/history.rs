use std::{collections::BTreeMap, sync::Arc};

use chancery_gateway::service::LoadError;
use chancery_projections::{Entry, HistoryFilter, Standing};
use chancery_register::{Event, Recorded, corrections::Event as Correction};
use serde_json::{Value, json};

use crate::{
    args::{Global, History},
    error::Error,
    print, register,
};

pub(crate) async fn run(global: &Global, args: &History) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (view, _) = register::asked(&service, &args.read)?;
    // The whole log, unless a day is asked for: an event may be recorded before its date.
    let day = args.read.as_at.unwrap_or(jiff::civil::Date::MAX);
    let filter = HistoryFilter {
        kinds: args.kinds.clone(),
        meeting: args.meeting.clone(),
        state: args.state,
        document: args.document.clone(),
        recorded_by: args.recorded_by.clone(),
        effective_from: args.effective_from,
        effective_until: args.effective_until,
        recorded_from: args.recorded_from,
        recorded_until: args.recorded_until,
        corrected: args.corrected,
    };
    let at = view.at(day);
    let mut events: Vec<&Recorded> = at.history(&filter).map(|event| &**event).collect();
    if let Some(last) = args.last {
        events.drain(..events.len().saturating_sub(last));
    }
    if args.raw {
        let positions: Vec<u64> = events.iter().map(|event| event.position).collect();
        let bodies = service.stored(&positions).await.map_err(LoadError::from)?;
        return bodies.iter().try_for_each(|body| print::line(&String::from_utf8_lossy(body)));
    }
    let entries = events.iter().filter_map(|event| view.entry(event.envelope.version));
    let entries: Vec<Entry> = entries.collect();
    if global.json {
        let events = entries.iter().map(whole).collect::<Result<Vec<_>, _>>();
        return print::json(&events.map_err(|error| Error::Write {
            what: "the history".to_owned(),
            source: error.into(),
        })?);
    }
    let mut head = vec!["position", "version", "effective", "type", "source", "recorded", "by"];
    // Most of a history was never corrected.
    let corrections: Vec<String> = entries.iter().map(correction).collect();
    let any = corrections.iter().any(|it| !it.is_empty());
    head.extend(any.then_some("correction"));
    print::table(
        &head,
        entries.iter().zip(corrections).map(|(entry, correction)| {
            let mut row = row(&entry.recorded);
            row.extend(any.then_some(correction));
            row
        }),
    )
}

fn row(event: &Recorded) -> Vec<String> {
    let it = &event.envelope;
    vec![
        event.position.to_string(),
        it.version.to_string(),
        it.effective.to_string(),
        it.event.kind().to_owned(),
        it.source.to_string(),
        it.recorded_at.to_string(),
        it.recorded_by.to_string(),
    ]
}

/// What an event corrects, with both values and the reason, and what corrects it.
fn correction(entry: &Entry) -> String {
    let mut said = Vec::new();
    if let Event::Corrections(it) = &entry.recorded.envelope.event {
        let about = entry.rectifies.as_ref().or(entry.dismisses.as_ref());
        let about =
            about.map_or_else(String::new, |about| format!(" event {}", about.envelope.version));
        said.push(match it {
            Correction::Rectified(it) if it.annulled => format!("annuls{about}: {}", it.reason),
            Correction::Rectified(it) => {
                let value = |values: &BTreeMap<String, Value>, field: &str| match values.get(field)
                {
                    None | Some(Value::Null) => "nothing".to_owned(),
                    Some(Value::String(text)) => text.clone(),
                    Some(value) => value.to_string(),
                };
                let fields = it.correct.keys().map(|field| {
                    let (was, is) = (value(&it.printed, field), value(&it.correct, field));
                    format!("{field} is {is}, not {was}")
                });
                let fields: Vec<String> = fields.collect();
                format!("corrects{about}, {}: {}", fields.join(", "), it.reason)
            }
            Correction::Dismissed(it) => format!("dismisses {} of{about}: {}", it.rule, it.reason),
            _ => it.reason().to_owned(),
        });
    }
    let by: Vec<String> =
        entry.rectified_by.iter().map(|by| format!("event {}", by.envelope.version)).collect();
    let by = by.join(", ");
    match entry.standing {
        _ if by.is_empty() => {}
        Standing::AsRecorded => said.push(format!("stands again after {by}")),
        Standing::Corrected(_) => said.push(format!("corrected by {by}")),
        Standing::Annulled => said.push(format!("annulled by {by}")),
    }
    said.join("; ")
}

/// The event as it is stored, with its position and its corrections beside it.
fn whole(entry: &Entry) -> serde_json::Result<Value> {
    let recorded = &entry.recorded;
    let stored = recorded.envelope.encode().map_err(serde::ser::Error::custom)?;
    let stored: Value = serde_json::from_slice(&stored)?;
    let mut whole = json!({ "position": recorded.position, "event": stored });
    let position = |it: &Arc<Recorded>| it.position;
    match &entry.standing {
        Standing::AsRecorded => {}
        Standing::Corrected(now) => whole["corrected"] = now.envelope.event.data()?,
        Standing::Annulled => whole["annulled"] = true.into(),
    }
    if !entry.rectified_by.is_empty() {
        whole["rectified_by"] = entry.rectified_by.iter().map(position).collect();
    }
    for (name, about) in [("rectifies", &entry.rectifies), ("dismisses", &entry.dismisses)] {
        if let Some(about) = about {
            whole[name] = about.position.into();
        }
    }
    Ok(whole)
}
