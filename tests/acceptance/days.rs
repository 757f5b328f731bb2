//! What is found for a day is what is computed for it alone, whichever days were asked about before:
//! in the fixtures and in a made village, with corrections in the log.

use std::{collections::BTreeMap, sync::Arc};

use chancery_decisions::Event as Decisions;
use chancery_finance::{Event as Money, Finance, State as FinanceState, Year, Years};
use chancery_kernel::{Decider, StateCode};
use chancery_membership::Standing;
use chancery_projections::{At, Status, View};
use chancery_register::{Event, corrections::Event as Corrections};
use chancery_tests::{ccm, example, record};
use jiff::{ToSpan, civil::Date, civil::date};
use proptest::{prelude::*, test_runner::TestRunner};

/// All that there are, with corrections in each.
fn views() -> Vec<View> {
    let village = (0..3).map(|number| {
        let files = chancery_world::convention(1, number).unwrap();
        let empty = View::empty(chancery_world::id(number).unwrap());
        files.iter().fold(empty, record)
    });
    [ccm(), example(6)].into_iter().chain(village).collect()
}

/// A view of the same log of which nothing was asked yet.
fn unasked(view: &View) -> View {
    View::folded(view.convention().clone(), view.log().iter().cloned())
}

/// Days of half a century, those on which something was done among them.
fn days(view: &View) -> impl Strategy<Value = Date> + use<> {
    let done: Vec<Date> = view.events().iter().map(|it| it.envelope.effective.earliest()).collect();
    let any = (0..18_000_i32).prop_map(|days| date(1995, 1, 1) + days.days());
    let around = (prop::sample::select(done), -1..2_i32).prop_map(|(day, off)| day + off.days());
    prop_oneof![any, around]
}

fn holds(cases: u32, law: impl Fn(&View, Date) -> Result<(), TestCaseError>) {
    let views = views();
    let corrects = |event: &Event| matches!(event, Event::Corrections(Corrections::Rectified(_)));
    let corrected = |view: &&View| view.log().iter().any(|it| corrects(&it.envelope.event));
    assert!(views.iter().filter(corrected).count() >= 3, "corrections are a part of it");
    for view in views {
        let config =
            ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) };
        let mut runner = TestRunner::new(config);
        runner.run(&days(&view), |day| law(&view, day)).unwrap();
    }
}

#[test]
fn how_the_states_stand_is_what_their_acts_say_on_any_day() {
    holds(300, |view, day| {
        let (at, membership) = (view.at(day), &view.state().membership);
        let plain = |state: &StateCode| Some((*state, membership.standing(*state, day)?));
        let plain: BTreeMap<StateCode, Standing> =
            membership.participants().keys().filter_map(plain).collect();
        prop_assert_eq!(at.standings().collect::<BTreeMap<_, _>>(), plain.clone());
        prop_assert_eq!(at.status(), plain.values().copied().collect::<Status>());
        for (state, standing) in &plain {
            let bond = membership.participants()[state].bond_at(day);
            let found = at.participant_found(*state).unwrap();
            prop_assert_eq!(found.standing, *standing);
            prop_assert_eq!(found.bound_on, bond.map(|it| it.deposited));
            let known = membership.last_instrument_on().is_some_and(|last| last <= day);
            let from = bond.filter(|_| known).and_then(|it| membership.in_force_from(it));
            prop_assert_eq!(found.in_force_from, from);
            let notified = bond.filter(|it| it.withdrawal_notified.is_some_and(|on| on <= day));
            let withdrawn = bond.filter(|it| it.withdrawn.is_some_and(|on| on <= day));
            prop_assert!(
                found.withdrawal_notified_on.is_none() || notified.or(withdrawn).is_some()
            );
            prop_assert!(found.withdrawn_on.is_some() || notified.or(withdrawn).is_none());
        }
        Ok(())
    });
}

#[test]
fn names_and_their_order_are_those_of_the_day() {
    holds(12, |view, day| {
        let (asked, fresh) = (view.at(day).participants(), unasked(view));
        prop_assert_eq!(&asked, &fresh.at(day).participants());
        for it in &asked {
            prop_assert_eq!(&it.state.name, &view.state().membership.name_at(it.state.code, day));
        }
        Ok(())
    });
}

#[test]
fn budgets_are_what_the_events_about_them_come_to_on_any_day() {
    holds(60, |view, day| {
        for year in (2004..=2026).filter_map(|year| Year::try_from(year).ok()) {
            let plain = plain_sums(view.at(day), year);
            let found = view.at(day).budget_sum(year);
            prop_assert_eq!(found.map(|it| (it.total, it.received, it.counts.len())), plain);
        }
        Ok(())
    });
}

/// A year's total, what came in, and how many counts of it there are: all money by the day, folded.
type Sums = (Option<chancery_kernel::Amount>, Option<chancery_kernel::Amount>, usize);

fn plain_sums(at: At<'_>, year: Year) -> Option<Sums> {
    let events = at.view().events().iter().filter_map(|it| match &it.envelope.event {
        Event::Finance(event) if it.envelope.effective.earliest() <= at.day() => Some(event),
        _ => None,
    });
    let state = FinanceState::under(at.view().state().finance.rules.clone());
    let state = Finance::fold(state, events.clone());
    let counted = |it: &&Money| {
        matches!(it, Money::ContributionsCounted(_)) && it.budgets() == Some(Years::from(year))
    };
    let counts = events.filter(counted).count();
    state.budget(year).map(|it| (it.total, state.received(year), counts))
}

#[test]
fn decisions_are_those_taken_by_the_day_in_the_order_of_recording() {
    holds(60, |view, day| {
        let (at, state) = (view.at(day), &view.state().decisions);
        let plain = view.events().iter().filter_map(|it| match &it.envelope.event {
            Event::Decisions(Decisions::Adopted(it)) => Some((&it.id, it.on)),
            Event::Decisions(Decisions::Decided(it)) => Some((&it.id, it.on)),
            _ => None,
        });
        let plain: Vec<_> =
            plain.filter(|(_, on)| on.earliest() <= day).map(|(id, _)| id.clone()).collect();
        let found: Vec<_> = at.decisions_found().map(|it| it.decision.id.clone()).collect();
        prop_assert_eq!(found, plain);
        for it in at.decisions() {
            let known = &state.decisions()[&it.id];
            let apart = known.dissociations.iter().filter(|it| it.on.earliest() <= day);
            prop_assert_eq!(it.dissociations.len(), apart.map(|it| it.states.len()).sum::<usize>());
            prop_assert_eq!(it.summary, known.summary.clone());
        }
        Ok(())
    });
}

#[test]
fn money_asked_about_on_many_days_is_that_of_each_day_alone() {
    holds(6, |view, day| {
        let json = |view: &View| serde_json::to_value(view.at(day).finances()).unwrap();
        prop_assert_eq!(json(view), json(&unasked(view)));
        Ok(())
    });
}

#[test]
fn what_was_asked_before_an_event_is_not_answered_after_it() {
    for view in views() {
        let log = view.log();
        let day = date(2026, 1, 1);
        let mut grown = View::empty(view.convention().clone());
        let step = log.len().div_ceil(40);
        for (number, recorded) in log.iter().enumerate() {
            grown = grown.after(Arc::clone(recorded));
            if number % step == 0 {
                let (asked, fresh) = (grown.at(day), unasked(&grown));
                assert_eq!(asked.status(), fresh.at(day).status());
                assert_eq!(asked.participants(), fresh.at(day).participants());
                assert_eq!(asked.decisions(), fresh.at(day).decisions());
                assert_eq!(asked.finances(), fresh.at(day).finances());
                // A copy shares what was asked, as far as the next event lets it.
                grown = grown.clone();
            }
        }
    }
}
