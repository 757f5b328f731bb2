//! Why figures are what they are: the rule, what they were computed from, and the events behind.

use chancery_projections::{At, Figure, StatusFigure, View, Why, WhyRefused};
use chancery_tests::ccm;
use jiff::civil::{Date, date};

const DAY: Date = date(2017, 9, 6);

fn why(at: At<'_>, figure: &str) -> Why {
    let figure: Figure = figure.parse().unwrap();
    at.why(&figure).unwrap_or_else(|error| panic!("{figure}: {error}"))
}

fn types(why: &Why) -> Vec<&str> {
    why.events.iter().map(|it| it.envelope.event.kind()).collect()
}

fn input<'a>(why: &'a Why, name: &str) -> Option<&'a str> {
    why.inputs.iter().find(|input| input.name == name).map(|input| input.value.as_str())
}

#[test]
fn a_hundred_parties_are_a_hundred_deposits() {
    let view = ccm();
    let why = why(view.at(DAY), "in-force");
    assert_eq!(why.value.as_deref(), Some("100"));
    assert_eq!(why.events.len(), 100);
    let deposits = ["ratified", "accepted", "approved", "acceded", "succeeded"];
    for event in &why.events {
        let kind = event.envelope.event.kind();
        assert!(deposits.iter().any(|it| kind == format!("membership.{it}")), "{kind}");
    }
    assert!(why.rule.contains("article 17(1)") && why.rule.contains("article 17(2)"));
    assert_eq!(why.law.unwrap().envelope.event.kind(), "profile.adopted");
}

#[test]
fn benin_is_a_party_by_its_deposit_of_10_july_2017() {
    let view = ccm();
    let why = why(view.at(DAY), "entry-into-force BEN");
    assert_eq!(why.value.as_deref(), Some("2018-01-01"));
    assert_eq!(
        why.rule,
        "for a State that deposits later, the convention enters into force on the first day of the sixth month after its own deposit (article 17(2))"
    );
    let [deposit] = why.events.as_slice() else { panic!("{:?}", types(&why)) };
    assert_eq!(deposit.envelope.event.kind(), "membership.ratified");
    assert_eq!(deposit.envelope.effective.to_string(), "2017-07-10");
    assert!(deposit.envelope.source.to_string().contains("BEN"), "{}", deposit.envelope.source);
}

#[test]
fn the_first_parties_came_with_the_convention() {
    let view = ccm();
    let why = why(view.at(DAY), "entry-into-force NOR");
    assert_eq!(why.value.as_deref(), Some("2010-08-01"));
    assert!(why.events.len() >= 30, "{}", why.events.len());
    assert!(why.rule.contains("number 30") && why.rule.contains("so it does for each State"));
}

#[test]
fn a_term_moves_with_its_meetings() {
    let view = ccm();
    let why = why(view.at(date(2018, 10, 1)), "term coordinator DEU general_status");
    assert_eq!(input(&why, "from"), Some("the end of 7msp"));
    assert_eq!(input(&why, "from, as a date"), Some("2017-09-06"));
    assert_eq!(
        input(&why, "until, as a date"),
        Some("no date: the dates of 9msp are not recorded yet")
    );
    let types = types(&why);
    assert!(types.contains(&"meetings.closed"), "{types:?}");
    assert!(types.iter().any(|it| it.starts_with("offices.")), "{types:?}");
}

#[test]
fn what_was_rectified_comes_with_its_rectification() {
    let view = ccm();
    let why = why(view.at(date(2026, 1, 1)), "meeting 7msp");
    assert_eq!(input(&why, "opened on"), Some("2017-09-04"));
    let types = types(&why);
    let opened = types.iter().position(|it| *it == "meetings.opened").unwrap();
    let rectified = types.iter().position(|it| *it == "register.rectified").unwrap();
    assert!(opened < rectified, "{types:?}");
    assert_eq!(why.events[opened].envelope.effective.to_string(), "2016-09-04", "as recorded");
}

#[test]
fn a_reserve_is_the_sum_of_what_is_known() {
    let view = ccm();
    let at = view.at(date(2018, 10, 1));
    let why = why(at, "reserve");
    let balance = at.reserve().unwrap().balance.map(|it| it.to_string());
    assert_eq!(why.value, balance.or(Some("not known".to_owned())));
    assert!(types(&why).iter().all(|it| it.starts_with("finance.")), "{:?}", types(&why));
}

/// Every figure of the fixtures on a day, by its address.
pub(crate) fn figures(at: At<'_>) -> Vec<Figure> {
    use StatusFigure::{Bound, EntryIntoForce, InForce, Pending, SignatoriesOnly, Withdrawn};
    // Before the law is recorded there is no figure.
    if at.view().state().profile.is_none() {
        return Vec::new();
    }
    let status = [Bound, InForce, Pending, SignatoriesOnly, Withdrawn, EntryIntoForce];
    let mut figures: Vec<Figure> = status.map(Figure::Status).to_vec();
    for it in at.participants() {
        figures.push(Figure::Standing(it.state.code));
        figures.extend(it.in_force_from.map(|_| Figure::EntryIntoForce(it.state.code)));
        figures.extend(it.withdrawn_on.map(|_| Figure::Withdrawal(it.state.code)));
    }
    figures.extend(at.meetings().into_iter().map(|it| Figure::Meeting(it.id)));
    figures.extend(at.offices().iter().map(|it| at.why_term(it).figure));
    figures.extend(at.deadlines().iter().map(|it| at.why_deadline(it).figure));
    figures.extend(at.mandates().into_iter().map(|it| Figure::Mandate(it.id)));
    for budget in at.finances().budgets {
        figures.extend([Figure::Budget(budget.year), Figure::Coverage(budget.year)]);
        let payments = budget.payments.iter();
        figures.extend(payments.map(|it| Figure::Payments(it.state.code, budget.year)));
        for request in &budget.requests.categories {
            let of = |code| Figure::Request(code, budget.year, request.category.clone());
            figures.extend(request.shares.iter().map(|it| of(it.state.code)));
        }
        let checked = budget.counts.iter().any(|it| it.check.is_some());
        figures.extend(checked.then_some(Figure::Contributors(budget.year)));
    }
    figures.extend(at.procedures().and_then(|it| it.review).map(|_| Figure::Review));
    figures.extend(at.reserve().map(|_| Figure::Reserve));
    figures.extend(at.reserve().map(|_| Figure::Shortfall));
    figures
}

#[track_caller]
fn every_figure_says_why(view: &View, day: Date) {
    let at = view.at(day);
    for figure in figures(at) {
        let address = figure.to_string();
        assert_eq!(address.parse::<Figure>().as_ref(), Ok(&figure), "{address}");
        let why = why(at, &address);
        assert_eq!(why.figure, figure);
        assert!(why.rule.len() > 20 && !why.rule.ends_with('.'), "{address}: {}", why.rule);
        assert!(!why.inputs.is_empty(), "{address}: computed from nothing");
        assert!(why.value.as_deref() == Some("0") || !why.events.is_empty(), "{address}: no event");
        for event in &why.events {
            let counts = event.envelope.effective.earliest() <= day;
            let is_correction = event.envelope.event.kind().starts_with("register.");
            assert!(counts || is_correction, "{address}: position {}", event.position);
        }
        let positions: Vec<u64> = why.events.iter().map(|it| it.position).collect();
        assert!(positions.is_sorted_by(|a, b| a < b), "{address}: {positions:?}");
    }
}

#[test]
fn every_figure_of_the_fixtures_says_why() {
    let view = ccm();
    for day in [date(2010, 8, 1), DAY, date(2026, 2, 3)] {
        every_figure_says_why(&view, day);
    }
}

#[test]
fn every_figure_of_the_example_says_why() {
    for (turn, (_, day)) in chancery_tests::TURNS.iter().enumerate() {
        every_figure_says_why(&chancery_tests::example(turn + 1), *day);
    }
}

#[track_caller]
fn check_refused(figure: &str, phrase: &str) {
    let figure: Figure = figure.parse().unwrap();
    let refused: WhyRefused = ccm().at(DAY).why(&figure).unwrap_err();
    assert!(refused.to_string().contains(phrase), "{figure}: {refused}");
}

#[test]
fn what_there_is_not_says_what_there_is() {
    check_refused(
        "meeting 7mps",
        "no meeting `7mps` is recorded by 2017-09-06; did you mean `7msp`?",
    );
    check_refused(
        "deadline MOZ clearence",
        "no `clearence` of Mozambique is recorded by 2017-09-06; did you mean `clearance`?",
    );
    check_refused(
        "entry-into-force AGO",
        "Angola has deposited no instrument on 2017-09-06; ask of its `standing`",
    );
    check_refused("standing USA", "no act of United States of America");
    check_refused("withdrawal BEN", "Benin has not withdrawn");
    check_refused("mandate no-such", "no mandate `no-such`");
    check_refused("term presidant", "did you mean `president`?");
    check_refused("term coordinator", "ask for one of them");
    check_refused("coverage 1999", "no budget of 1999 is recorded by 2017-09-06; there is one of");
    check_refused("share DEU 8msp USD 300000", "no shares are computed");
    check_refused("payments DEU 1999", "no invoice or contribution of Germany for 1999");
}
