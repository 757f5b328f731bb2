//! What the events of a log come to with the corrections among them.

use std::{collections::BTreeMap, sync::Arc};

use imbl::Vector;

use super::event::{Event as Correction, Rectified};
use crate::{Envelope, Event, Recorded};

/// Each event of a whole log as it counts: `None` where it is annulled. What is not corrected is
/// shared with the log.
///
/// The log is one convention's, from its first event on. Total: a correction that cannot be applied
/// leaves its event as it is.
pub fn effective(log: &Vector<Arc<Recorded>>) -> Vec<Option<Arc<Recorded>>> {
    let mut standing: Vec<Option<Arc<Recorded>>> = log.iter().cloned().map(Some).collect();
    // A correction stands after what it corrects, and may be corrected itself: the last comes first.
    let mut corrections: BTreeMap<u64, Vec<Arc<Recorded>>> = BTreeMap::new();
    for place in standing.iter_mut().rev() {
        let Some(recorded) = place else { continue };
        let version = recorded.envelope.version;
        if let Some(mut corrections) = corrections.remove(&version) {
            corrections.reverse();
            *place = corrected(recorded, &corrections);
        }
        let Some(recorded) = place else { continue };
        if let Some(it) = rectified(recorded)
            && it.event.version < version
        {
            corrections.entry(it.event.version).or_default().push(recorded.clone());
        }
    }
    standing
}

/// The rectification that an event is.
pub(super) fn rectified(recorded: &Recorded) -> Option<&Rectified> {
    match &recorded.envelope.event {
        Event::Corrections(Correction::Rectified(it)) => Some(it),
        _ => None,
    }
}

/// An event after its corrections, in the order of recording; `None` if one annuls it.
pub fn corrected(printed: &Arc<Recorded>, corrections: &[Arc<Recorded>]) -> Option<Arc<Recorded>> {
    if corrections.iter().filter_map(|it| rectified(it)).any(|it| it.annulled) {
        return None;
    }
    let with_fields = || {
        let mut data = printed.envelope.event.data().ok()?;
        let fields = data.as_object_mut()?;
        for (field, value) in
            corrections.iter().filter_map(|it| rectified(it)).flat_map(|it| &it.correct)
        {
            if value.is_null() {
                fields.remove(field);
            } else {
                fields.insert(field.clone(), value.clone());
            }
        }
        let event = &printed.envelope.event;
        Event::read(event.kind(), event.schema(), data)?.ok()
    };
    let Some(event) = with_fields() else { return Some(printed.clone()) };
    let envelope = Envelope { effective: event.on(), event, ..printed.envelope.clone() };
    Some(Arc::new(Recorded { position: printed.position, envelope }))
}
