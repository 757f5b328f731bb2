//! Deciding once more what was recorded, on a corrected history.

use std::sync::Arc;

use chancery_kernel::Decider;

use super::error::Rejection as Correction;
use crate::{Command, Event, Recorded, Register, Rejection, State, record::Mistake, rules};

/// Decides each event of a corrected log that a correction touches, or that comes after one that it
/// touches. `before` and `after` are the log as it counts without and with the correction, event by
/// event; `after` may be longer.
///
/// # Errors
/// The rule that a corrected event breaks, or a later event that would not have been recorded.
/// What fails without the correction, too, is not laid to its charge.
pub(super) fn decide_again(
    before: &[Option<Arc<Recorded>>],
    after: &[Option<Arc<Recorded>>],
) -> Result<(), Rejection> {
    let same = before.iter().zip(after).take_while(|(old, new)| same(old, new)).count();
    let mut with = fold(&before[..same]);
    // Asked for only where something fails with it.
    let mut without = Without { events: before, folded: same, state: with.clone() };
    for (index, (old, new)) in before.iter().zip(after).enumerate().skip(same) {
        let Some(new) = new else { continue };
        if let Err(why) = check(&with, &new.envelope.event) {
            let fails_anyway = old
                .as_ref()
                .is_some_and(|old| check(without.before(index), &old.envelope.event).is_err());
            if !fails_anyway {
                return Err(if self::same(old, &Some(new.clone())) {
                    blamed(new, &why)
                } else {
                    why
                });
            }
        }
        with = Register::evolve(with, &new.envelope.event);
    }
    Ok(())
}

/// The log as it counts without the correction, folded as far as somebody asked.
struct Without<'a> {
    events: &'a [Option<Arc<Recorded>>],
    folded: usize,
    state: State,
}

impl Without<'_> {
    /// The state before the event at a place, which is not before one that was asked for earlier.
    fn before(&mut self, index: usize) -> &State {
        let next = self.events.get(self.folded..index).unwrap_or_default().iter().flatten();
        let state = std::mem::take(&mut self.state);
        self.state = Register::fold(state, next.map(|it| &it.envelope.event));
        self.folded = self.folded.max(index);
        &self.state
    }
}

/// The state after events as they count.
pub(super) fn fold(events: &[Option<Arc<Recorded>>]) -> State {
    let events = events.iter().flatten().map(|it| &it.envelope.event);
    Register::fold(State::default(), events)
}

fn same(old: &Option<Arc<Recorded>>, new: &Option<Arc<Recorded>>) -> bool {
    match (old, new) {
        (Some(old), Some(new)) => Arc::ptr_eq(old, new) || old == new,
        (None, None) => true,
        _ => false,
    }
}

fn check(state: &State, event: &Event) -> Result<(), Rejection> {
    let command = Command::from(event.clone());
    if let Command::Corrections(_) = &command {
        // What it corrects was looked at when the log was put together.
        return rules::check(state, &command);
    }
    Register::decide(state, command).map(|_| ())
}

fn blamed(event: &Recorded, why: &Rejection) -> Rejection {
    let it = &event.envelope;
    Correction::LaterEvent {
        version: it.version,
        kind: it.event.kind(),
        source_place: it.source.clone(),
        what: Mistake::said(0..0, &why.to_string()).what,
    }
    .into()
}
