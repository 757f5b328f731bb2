use chancery_gateway::service::LoadError;
use chancery_projections::HistoryFilter;
use chancery_register::Recorded;
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
    if global.json {
        let events = events.into_iter().map(whole).collect::<Result<Vec<_>, _>>();
        return print::json(&events.map_err(|error| Error::Write {
            what: "the history".to_owned(),
            source: error.into(),
        })?);
    }
    print::table(
        &["position", "effective", "type", "source", "recorded", "by"],
        events.iter().map(|event| row(event)),
    )
}

fn row(event: &Recorded) -> Vec<String> {
    let it = &event.envelope;
    vec![
        event.position.to_string(),
        it.effective.to_string(),
        it.event.kind().to_owned(),
        it.source.to_string(),
        it.recorded_at.to_string(),
        it.recorded_by.to_string(),
    ]
}

/// The event as it is stored, with its position beside it.
fn whole(event: &Recorded) -> serde_json::Result<Value> {
    let stored: Value = serde_json::from_slice(&event.envelope.encode()?)?;
    Ok(json!({ "position": event.position, "event": stored }))
}
