//! A small convention, and the one helper that the tests ask.

use chancery_register::{
    Plan, State, mistakes, plan,
    record::{Mistake, attempt},
};

/// Two instruments bring it into force, a month later.
pub(crate) const PROFILE: &str = "\
convention: example
source: the treaty
recorded_by: isu
on: 2008-01-01
profile:
  name: Example Convention
  short_name: EC
  adopted_on: 2008-01-01
  depositary: Example
  membership:
    opens_for_signature: 2008-01-01
    signature_closes: never
    accession_opens: at_once
    entry_into_force: { article: '1', instruments: 2, counted: [ratification, accession], delay: { months: 1 } }
    later_states: { article: '2', than: last_instrument, delay: { months: 1 } }
  meetings:
    kinds: [{ id: msp, name: Meeting, article: '3' }]
  offices:
    offices:
      - { id: president, name: President, seat: meeting, holder: anybody }
      - { id: vice_president, name: Vice-President, seat: meeting, holder: state_party }
      - { id: coordinator, name: Coordinator, seat: convention, holder: state_party }
    themes: [{ id: clearance, name: Clearance }]
  organisations: [{ id: icrc, name: Committee }]
  obligations:
    - id: clearance
      name: Clearance
      owed_by: declared
      done_by: completion
      clocks: [{ article: '4', starts: entry_into_force, due: { within: { years: 10 } } }]
      extension: { article: '5', longest: { years: 2 } }
    - id: initial_report
      name: Initial report
      owed_by: every_party
      done_by: report
      clocks: [{ article: '7', starts: entry_into_force, due: { within: { days: 30 } } }]
    - id: annual_report
      name: Annual report
      owed_by: every_party
      done_by: report
      clocks: [{ article: '8', starts: entry_into_force, due: { each_year: { month: 4, day: 30, after: initial_report } } }]
";

const HEAD: &str =
    "convention: example\nsource: a report\nrecorded_by: isu\non: 2010-06-02\nfacts:\n";

/// Three States are parties, one has only just acceded; the first meeting is open.
const HISTORY: &str = "
  - { para: 1, acceded: { state: AUT, on: 2009-01-01 } }
  - { para: 1, acceded: { state: BEL, on: 2009-01-01 } }
  - { para: 1, acceded: { state: CHE, on: 2009-06-01 } }
  - { para: 1, acceded: { state: DEU, on: 2010-06-01 } }
  - { para: 2, scheduled: { meeting: 1msp, kind: msp, ordinal: 1, title: First Meeting, opens_on: 2010-06-01, closes_on: 2010-06-03 } }
  - { para: 3, opened: { meeting: 1msp, on: 2010-06-01 } }
  - { para: 4, attended: { meeting: 1msp, as: state_party, states: [AUT, BEL] } }
  - { para: 4, attended: { meeting: 1msp, as: not_yet_in_force, states: [DEU] } }
  - { para: 5, issued: { document: EC/MSP/2010/1, title: Agenda, meeting: 1msp } }
";

/// The convention after its first facts.
pub(crate) fn history() -> State {
    after(after(State::default(), PROFILE), &format!("{HEAD}{HISTORY}"))
}

/// The state after a file that has no mistakes.
pub(crate) fn after(state: State, text: &str) -> State {
    let (_, state, mistakes) = tried(state, text);
    assert!(mistakes.is_empty(), "{mistakes:?}");
    state
}

/// What recording a file comes to.
pub(crate) fn tried(state: State, text: &str) -> (Plan, State, Vec<Mistake>) {
    let reading = attempt(text);
    let Some(file) = &reading.file else {
        return (Plan::default(), state, reading.mistakes);
    };
    let (plan, state, rejected) = plan(state, file);
    (plan, state, mistakes(text, &reading, &rejected))
}

/// Facts on top of the history, as the lines of a record file.
pub(crate) fn facts(facts: &str) -> (Plan, Vec<Mistake>) {
    let (plan, _, mistakes) = tried(history(), &format!("{HEAD}{facts}"));
    (plan, mistakes)
}

/// One fact is lawful.
#[track_caller]
pub(crate) fn lawful(fact: &str) {
    let (plan, mistakes) = facts(&format!("  - {{ para: 9, {fact} }}\n"));
    assert!(mistakes.is_empty(), "{mistakes:?}");
    assert_eq!(plan.decided.len(), 1);
}

/// One fact is rejected, for this reason and no other.
#[track_caller]
pub(crate) fn rejected(fact: &str, why: &str) {
    let (_, mistakes) = facts(&format!("  - {{ para: 9, {fact} }}\n"));
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    assert!(mistakes[0].what.contains(why), "{:?}", mistakes[0]);
    assert!(mistakes[0].right.is_some(), "what would be right? {:?}", mistakes[0]);
}
