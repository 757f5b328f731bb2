use std::{collections::BTreeMap, sync::Arc};

use chancery_kernel::Decider;
use serde_json::Value;

use super::{
    again,
    command::{Command, Dismissal, Rectification},
    effective::{effective, rectified},
    error::Rejection as Correction,
    event::{Dismissed, Event, EventRef, Rectified},
    fields, find,
};
use crate::{Envelope, Event as Recordable, Recorded, Register, Rejection, State, profile};

/// What follows from a correction.
pub(crate) fn decide(state: &State, command: Command) -> Result<Event, Rejection> {
    match command {
        Command::Rectify(it) => rectify(state, it).map(|it| Event::Rectified(it.into())),
        Command::Dismiss(it) => Ok(Event::Dismissed(dismiss(state, it)?.into())),
    }
}

fn rectify(state: &State, asked: Rectification) -> Result<Rectified, Rejection> {
    if !asked.authority.names_somebody() {
        return Err(Correction::NoAuthority.into());
    }
    match (asked.correct.is_empty(), asked.annulled) {
        (true, false) => return Err(Correction::Nothing.into()),
        (false, true) => return Err(Correction::Both.into()),
        _ => {}
    }
    let printed = find::find(state, &asked.event)?;
    let event = named(printed);
    let before = effective(&state.log);
    let index = usize::try_from(event.version.saturating_sub(1)).unwrap_or(usize::MAX);
    let Some(Some(now)) = before.get(index) else {
        let by = annulled_by(&before, event.version).unwrap_or_default();
        return Err(Correction::Annulled { version: event.version, by }.into());
    };
    let (correct, printed) = if asked.annulled {
        if let Recordable::Profile(profile::Event::Adopted(_)) = now.envelope.event {
            return Err(Correction::Profile.into());
        }
        Default::default()
    } else {
        values(state, &before[..index], printed, now, &asked.correct)?
    };
    let Rectification { annulled, reason, authority, on, .. } = asked;
    let rectified = Rectified { event, correct, printed, annulled, reason, authority, on };
    // The log with this correction at its end, as it would be recorded.
    let mut log = state.log.clone();
    if let Some(last) = state.log.last() {
        let envelope = Envelope {
            version: last.envelope.version + 1,
            event: Recordable::Corrections(Event::Rectified(Arc::new(rectified.clone()))),
            ..last.envelope.clone()
        };
        log.push_back(Arc::new(Recorded { position: last.position, envelope }));
    }
    again::decide_again(&before, &effective(&log))?;
    Ok(rectified)
}

type Fields = BTreeMap<String, Value>;

/// The fields that change, with their right values in the form that is stored, and what the event
/// itself says there. `before` is what counts of the log before the event.
fn values(
    state: &State,
    before: &[Option<Arc<Recorded>>],
    printed: &Recorded,
    now: &Recorded,
    asked: &Fields,
) -> Result<(Fields, Fields), Rejection> {
    let now = &now.envelope.event;
    if let Recordable::Corrections(_) = now {
        for field in ["event", "printed", "rule", "about"] {
            if asked.contains_key(field) {
                return Err(Correction::Fixed { field }.into());
            }
        }
    }
    let command = fields::with(now, asked)?;
    let mut base = again::fold(before);
    base.log = state.log.take(before.len());
    // A withdrawal's effect is computed anew; everything else comes out as it went in.
    let decided = Register::decide(&base, command)?.into_iter().next();
    let Some(decided) = decided else { return Err(Correction::Unchanged.into()) };
    let (own, now, decided) =
        (fields::of(&printed.envelope.event), fields::of(now), fields::of(&decided));
    let correct = fields::changes(&now, &decided);
    if correct.is_empty() {
        return Err(Correction::Unchanged.into());
    }
    let printed = correct
        .keys()
        .map(|field| (field.clone(), own.get(field).cloned().unwrap_or_default()))
        .collect();
    Ok((correct, printed))
}

fn dismiss(state: &State, asked: Dismissal) -> Result<Dismissed, Correction> {
    if !asked.authority.names_somebody() {
        return Err(Correction::NoAuthority);
    }
    let event = named(find::find(state, &asked.event)?);
    let Dismissal { rule, about, reason, authority, on, .. } = asked;
    let again = effective(&state.log).into_iter().flatten().find(|it| {
        matches!(&it.envelope.event, Recordable::Corrections(Event::Dismissed(it))
            if it.rule == rule && it.event.version == event.version && it.about == about)
    });
    match again {
        Some(before) => Err(Correction::Dismissed { by: before.envelope.version }),
        None => Ok(Dismissed { rule, event, about, reason, authority, on }),
    }
}

/// What stays of a reference once the event is found: what never changes.
fn named(recorded: &Recorded) -> EventRef {
    let it = &recorded.envelope;
    EventRef {
        version: it.version,
        kind: it.event.kind().to_owned(),
        schema: it.event.schema(),
        source: it.source.clone(),
    }
}

/// The event that annuls another.
fn annulled_by(standing: &[Option<Arc<Recorded>>], version: u64) -> Option<u64> {
    let by = |it: &&Arc<Recorded>| {
        rectified(it).is_some_and(|it| it.annulled && it.event.version == version)
    };
    standing.iter().flatten().find(by).map(|it| it.envelope.version)
}
