//! Given what happened, when somebody asks, then this follows or is refused: how the tests of every
//! domain speak to its decider.

use std::fmt::Debug;

use crate::Decider;

/// What happened before.
pub struct Given<D: Decider>(D::State);

/// What follows from the command.
pub struct Then<D: Decider>(Result<Vec<D::Event>, D::Rejection>);

impl<D: Decider> Given<D> {
    /// These events, under the rules that a state holds.
    pub fn events(rules: D::State, events: impl IntoIterator<Item = D::Event>) -> Self {
        let evolve = |state, event| D::evolve(state, &event);
        Self(events.into_iter().fold(rules, evolve))
    }

    /// The state that they lead to.
    pub fn state(self) -> D::State {
        self.0
    }

    /// Somebody asks to record something more.
    pub fn when(self, command: D::Command) -> Then<D> {
        Then(D::decide(&self.0, command))
    }
}

impl<D: Decider<Event: Debug + PartialEq>> Then<D> {
    /// It is recorded, as these events.
    ///
    /// # Panics
    /// When it is refused, or others are recorded.
    #[track_caller]
    pub fn then_events<const N: usize>(self, expected: [D::Event; N]) {
        let recorded = self.0.map_err(|rejection| rejection.to_string());
        assert_eq!(recorded, Ok(Vec::from(expected)));
    }

    /// It is refused, and the message says this.
    ///
    /// # Panics
    /// When it is recorded, or the message says something else.
    #[track_caller]
    pub fn then_rejected(self, says: &str) {
        let outcome = self.0.map_err(|rejection| rejection.to_string());
        let as_expected = matches!(&outcome, Err(message) if message.contains(says));
        assert!(as_expected, "`{says}` was expected, not {outcome:?}");
    }
}

/// What commands lead to, one after the other: the state, every event, and every message of those
/// that were refused.
pub fn live<D: Decider>(
    mut state: D::State,
    commands: impl IntoIterator<Item = D::Command>,
) -> (D::State, Vec<D::Event>, Vec<String>) {
    let (mut recorded, mut refused) = (Vec::new(), Vec::new());
    for command in commands {
        match D::decide(&state, command) {
            Ok(events) => {
                state = D::fold(state, &events);
                recorded.extend(events);
            }
            Err(rejection) => refused.push(rejection.to_string()),
        }
    }
    (state, recorded, refused)
}
