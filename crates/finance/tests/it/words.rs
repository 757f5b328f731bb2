//! Short words for what happens to money: facts as record files write them.

use chancery_finance::{Command, Event, Finance, Rules, State};
use chancery_kernel::{Decider, testing::Given};
use serde_json::Value;
pub(crate) use serde_json::json;

/// A convention that counts in Swiss francs, and tells who pays a budget on 1 January.
pub(crate) fn rules() -> State {
    let budget = json!({ "article": "14", "parties_on": { "month": 1, "day": 1 } });
    State::under(Rules {
        currency: Some("CHF".parse().unwrap()),
        budget_costs: Some(serde_json::from_value(budget).unwrap()),
        ..Rules::default()
    })
}

/// The command of a fact, in the words of a record file.
#[track_caller]
pub(crate) fn asked((key, mut body): Fact) -> Command {
    body["on"].as_str().map(str::to_owned).unwrap_or_else(|| {
        body["on"] = json!("2018-01-15");
        String::new()
    });
    Command::read(key, body).unwrap().unwrap()
}

/// A fact: its key and its body; without a date it is of 15 January 2018.
pub(crate) type Fact = (&'static str, Value);

/// These facts happened.
#[track_caller]
pub(crate) fn given(facts: impl IntoIterator<Item = Fact>) -> Given<Finance> {
    Given::events(State::default(), []).with(facts)
}

/// What a test adds to what was given.
pub(crate) trait With {
    fn with(self, facts: impl IntoIterator<Item = Fact>) -> Self;
}

impl With for Given<Finance> {
    #[track_caller]
    fn with(self, facts: impl IntoIterator<Item = Fact>) -> Self {
        let mut state = match self.state() {
            state if state == State::default() => rules(),
            state => state,
        };
        for fact in facts {
            let events = Finance::decide(&state, asked(fact)).unwrap();
            state = Finance::fold(state, &events);
        }
        Given::events(state, [])
    }
}

/// The fact is refused, and the message says this.
#[track_caller]
pub(crate) fn rejected(before: impl IntoIterator<Item = Fact>, fact: Fact, says: &str) {
    given(before).when(asked(fact)).then_rejected(says);
}

/// The fact is recorded, as one event of its key.
#[track_caller]
pub(crate) fn lawful(before: impl IntoIterator<Item = Fact>, fact: Fact) -> State {
    let key = fact.0;
    let state = given(before).state();
    let events = Finance::decide(&state, asked(fact)).unwrap();
    let kinds: Vec<&str> = events.iter().map(Event::kind).collect();
    assert_eq!(kinds, [format!("finance.{key}")]);
    Finance::fold(state, &events)
}

/// Procedures with two categories of known size, and one of gifts.
pub(crate) fn procedures() -> Fact {
    let categories = json!([
        { "code": "a", "basis": "equal_share", "percentage": "40" },
        { "code": "b", "basis": "scale", "percentage": "60" },
        { "code": "c", "basis": "voluntary" },
    ]);
    (
        "procedures_adopted",
        json!({ "authority": { "body": "First Meeting" }, "categories": categories }),
    )
}

/// A budget of one year.
pub(crate) fn budget(year: &str, total: &str) -> Fact {
    let authority = json!({ "body": "First Meeting" });
    ("budget_approved", json!({ "years": year, "authority": authority, "total": total }))
}

/// A scale for three years.
pub(crate) fn scale(rates: &Value) -> Fact {
    ("scale_adopted", json!({ "years": "2016-2018", "rates": rates }))
}
