//! Short words for acts, so that a test reads as what happened.

use chancery_kernel::{StateCode, Text, testing::Given};
use chancery_membership::{
    Deposit, Event, Membership, Rules, Signature, State, Succession, Withdrawal,
};
use jiff::civil::Date;

use crate::conventions;

/// What happened under the rules of the CCM.
pub(crate) fn given(events: impl IntoIterator<Item = Event>) -> Given<Membership> {
    given_under(conventions::ccm(), events)
}

/// What happened under these rules.
pub(crate) fn given_under(
    rules: Rules,
    events: impl IntoIterator<Item = Event>,
) -> Given<Membership> {
    Given::events(State::default().under(rules), events)
}

/// The State of the CCM's participants after these events.
pub(crate) fn after(events: impl IntoIterator<Item = Event>) -> State {
    given(events).state()
}

pub(crate) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(crate) fn state(code: &str) -> StateCode {
    code.parse().unwrap()
}

pub(crate) fn text(text: &str) -> Text {
    text.try_into().unwrap()
}

pub(crate) fn signature(who: &str, on: &str) -> Signature {
    Signature { state: state(who), on: day(on) }
}

pub(crate) fn deposit(who: &str, on: &str) -> Deposit {
    Deposit { state: state(who), on: day(on), in_force_as_printed: None }
}

pub(crate) fn succession(who: &str, on: &str, from: &str) -> Succession {
    Succession {
        state: state(who),
        predecessor: text("its predecessor"),
        on: day(on),
        from: day(from),
    }
}

/// A withdrawal; a day that is not known is empty.
pub(crate) fn withdrawal(who: &str, on: &str, takes_effect: &str) -> Withdrawal {
    let known = |text: &str| (!text.is_empty()).then(|| day(text));
    Withdrawal { state: state(who), on: known(on), takes_effect: known(takes_effect) }
}

/// So many States that no test calls by name ratify, all on one day.
pub(crate) fn others_ratify(count: usize, on: &str) -> Vec<Event> {
    const NAMED: &[&str] = &[
        "BEN", "BFA", "CHE", "FIN", "GIN", "GNQ", "HND", "ISL", "LKA", "LTU", "MDA", "MDG", "MNE",
        "MOZ", "MRT", "NOR", "PHL", "ZAF",
    ];
    let unnamed = StateCode::all().filter(|state| !NAMED.contains(&state.as_str()));
    let ratified: Vec<Event> = unnamed
        .take(count)
        .map(|state| Event::Ratified(deposit(state.as_str(), on).into()))
        .collect();
    assert_eq!(ratified.len(), count);
    ratified
}
