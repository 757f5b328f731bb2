//! The register's own journal: what was done to the log itself, in a stream of its own that is no
//! convention's.

use std::collections::BTreeMap;

use chancery_kernel::{Citation, ConventionId, PartialDate, Place, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The name of the journal's stream. No convention can have it.
pub const JOURNAL: &str = "chancery";

chancery_kernel::events! {
    /// What was done to the log.
    Event in "ledger" {
        /// Another key signs from here on.
        KeyRotated(KeyRotation) = "key_rotated" @ 1,
        /// What the log comes to was computed and is vouched for.
        Sealed(Seal) = "sealed" @ 1,
    }
}

chancery_kernel::commands! {
    /// What somebody asks to record about the log.
    Command from Event {
        /// Let another key sign.
        RotateKey(KeyRotation) = "key_rotated" from KeyRotated,
        /// Vouch for what the log comes to.
        Seal(Seal) = "sealed" from Sealed,
    }
}

/// The change from one signing key to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyRotation {
    /// The day.
    pub on: PartialDate,
    /// The public key that signed until then (a vkey of c2sp.org/signed-note).
    pub from: Text,
    /// The public key that signs from then on.
    pub to: Text,
    /// A signed note by the old key that names the new one: who trusts the old can trust the new.
    pub endorsement: String,
    /// Why.
    pub reason: Text,
}

/// What the log came to at a size: whoever replays the same events finds the same root.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Seal {
    /// The day.
    pub on: PartialDate,
    /// Of how many events.
    pub size: u64,
    /// The root hash over these events (RFC 6962), in base64.
    pub root: Text,
    /// The number of the form in which results were hashed.
    pub form: u32,
    /// The hash over all conventions' results, in base64.
    pub state_root: Text,
    /// The hash over each convention's results, in base64.
    pub conventions: BTreeMap<ConventionId, Text>,
}

/// What the journal comes to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct State {
    /// The rotations, in their order.
    pub rotations: Vec<KeyRotation>,
    /// The last seal.
    pub sealed: Option<Seal>,
}

/// Why something cannot be recorded in the journal.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// The key does not change.
    #[error("the key stays the same; make a new one to rotate to")]
    SameKey,
    /// The rotation begins from a key that does not sign any more.
    #[error("`{from}` was retired by an earlier rotation; `{signs}` signs")]
    Retired {
        /// The key that the rotation begins from.
        from: Text,
        /// The key that signs.
        signs: Text,
    },
    /// A seal over less than was sealed.
    #[error("{size} events are to be sealed, but {sealed} are sealed already; seal them all")]
    Earlier {
        /// How many were to be sealed.
        size: u64,
        /// How many are.
        sealed: u64,
    },
}

impl State {
    /// The key that signs, once a rotation has named one.
    pub fn key(&self) -> Option<&Text> {
        self.rotations.last().map(|last| &last.to)
    }

    /// Whether another key was put in the place of this one, and it has not come back.
    pub fn is_retired(&self, key: &str) -> bool {
        let named = |it: &&KeyRotation| *it.from == *key || *it.to == *key;
        self.rotations.iter().rev().find(named).is_some_and(|last| *last.from == *key)
    }
}

impl Event {
    /// The day.
    pub fn on(&self) -> PartialDate {
        match self {
            Self::KeyRotated(it) => it.on,
            Self::Sealed(it) => it.on,
        }
    }
}

impl Command {
    /// What the entry rests on: the act itself, which no document proves. Always there.
    pub fn source(&self) -> Option<Citation> {
        let symbol = JOURNAL.parse().ok()?;
        Some(Citation { symbol, place: Place::Entry(Text::try_from(self.key().to_owned()).ok()?) })
    }
}

/// Decides what follows from a command.
///
/// # Errors
/// Why it cannot be recorded.
pub(crate) fn decide(state: &State, command: Command) -> Result<Event, Rejection> {
    match command {
        Command::RotateKey(it) if it.from == it.to => Err(Rejection::SameKey),
        // A key that no rotation names may be that of a register whose key was lost.
        Command::RotateKey(it) => match state.key() {
            Some(signs) if state.is_retired(&it.from) => {
                Err(Rejection::Retired { from: it.from, signs: signs.clone() })
            }
            _ => Ok(Event::KeyRotated(it.into())),
        },
        Command::Seal(it) => match &state.sealed {
            Some(last) if it.size < last.size => {
                Err(Rejection::Earlier { size: it.size, sealed: last.size })
            }
            _ => Ok(Event::Sealed(it.into())),
        },
    }
}

/// What the journal comes to after an event.
pub(crate) fn evolve(mut state: State, event: &Event) -> State {
    match event {
        Event::KeyRotated(it) => state.rotations.push((**it).clone()),
        Event::Sealed(it) => state.sealed = Some((**it).clone()),
    }
    state
}
