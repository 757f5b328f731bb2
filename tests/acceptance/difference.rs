//! What changed between two points, and the laws of it.

use std::{collections::BTreeSet, sync::OnceLock};

use chancery_kernel::StateCode;
use chancery_membership::Standing;
use chancery_projections::{Change, ChangeGroup, ChangeKind, Difference, View, difference};
use chancery_register::{Event, corrections};
use chancery_tests::{CCM, RECTIFICATIONS, ccm, ccm_and, ccm_file, ccm_id, record};
use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::everything::{Step, a_day, assert_same, grow, grown, rectified, said};

const SIXTH: Date = date(2016, 9, 7);
const SEVENTH: Date = date(2017, 9, 6);

fn between(view: &View, from: Date, to: Date) -> Difference {
    difference(&view.at(from), &view.at(to))
}

fn about(difference: &Difference, kind: ChangeKind) -> BTreeSet<String> {
    let of_kind = difference.changes.iter().filter(|it| it.kind == kind && !it.gone);
    of_kind.map(|it| it.about.clone()).collect()
}

fn summaries(difference: &Difference, group: ChangeGroup) -> Vec<String> {
    let of_group = difference.changes.iter().filter(|it| it.kind.group() == group);
    of_group.map(|it| it.summary.clone()).collect()
}

/// Counted in the status list, row by row, apart from the program.
#[test]
fn every_state_that_joined_or_entered_into_force_is_named() {
    for (from, to) in [
        (SIXTH, SEVENTH),
        (date(2010, 2, 15), date(2010, 8, 1)),
        (date(2017, 9, 6), date(2026, 2, 3)),
    ] {
        let difference = between(&ccm(), from, to);
        for (column, kind) in [
            (2, ChangeKind::Signed),
            (3, ChangeKind::Joined),
            (5, ChangeKind::EnteredIntoForce),
            (6, ChangeKind::Withdrew),
        ] {
            let text = chancery_tests::text("fixtures/ccm/status.csv");
            let rows = text.lines().skip(1).map(|row| row.splitn(8, ',').collect::<Vec<_>>());
            let within =
                |row: &Vec<&str>| row[column].parse::<Date>().is_ok_and(|on| from < on && on <= to);
            let listed: BTreeSet<String> =
                rows.filter(within).map(|row| row[0].to_owned()).collect();
            assert_eq!(about(&difference, kind), listed, "{kind:?} from {from} to {to}");
        }
    }
}

/// Counted in the record files: the report's paragraphs 9 to 12, 23 and 50 to 52, and what UNODA's
/// page on the Sixth Meeting says of its President.
#[test]
fn every_change_of_office_is_named() {
    let difference = between(&ccm(), SIXTH, SEVENTH);
    let told = |kind| difference.changes.iter().filter(|it| it.kind == kind).count();
    // The President of the Seventh Meeting, its four Vice-Presidents, Secretary-General and
    // Secretary, the Director of the ISU, twelve coordinators of six working groups and two of
    // thematic areas.
    assert_eq!(told(ChangeKind::OfficeBegan), 1 + 4 + 2 + 1 + 12 + 2);
    // The President of the Eighth.
    assert_eq!(told(ChangeKind::OfficeFilled), 1);
    // The President of the Sixth.
    assert_eq!(told(ChangeKind::OfficeEnded), 1);
    let text = summaries(&difference, ChangeGroup::Offices).join("\n");
    for name in [
        "Netherlands",
        "Germany",
        "Zambia",
        "Costa Rica",
        "Croatia",
        "Bosnia and Herzegovina",
        "France",
        "Panama",
        "Italy",
        "Ireland",
        "Lao People",
        "Mozambique",
        "Australia",
        "Peru",
        "New Zealand",
        "Nicaragua",
        "Mweemba",
        "Kaspersen",
        "Mercogliano",
    ] {
        assert!(text.contains(name), "{name}");
    }
}

#[test]
fn changes_are_said_in_words_with_names() {
    let difference = between(&ccm(), SIXTH, SEVENTH);
    let mut told = lines(&difference);
    // Decisions and documents have snapshots of their own.
    told.retain(|it| !it.starts_with("Decision") && !it.starts_with("Document"));
    insta::assert_json_snapshot!("difference-6msp-7msp", told);
    assert_eq!(about(&difference, ChangeKind::DecisionTaken).len(), 65);
    let benin = difference
        .changes
        .iter()
        .find(|it| it.kind == ChangeKind::Joined && it.about == "BEN")
        .unwrap();
    assert_eq!(
        benin.summary,
        "Benin ratified the Convention on 10 July 2017; in force for it from 1 January 2018."
    );
    assert_eq!(benin.events.len(), 1);
    assert!(benin.events[0].envelope.source.to_string().contains("BEN"));
}

#[test]
fn equal_points_differ_in_nothing_and_the_way_back_takes_everything_back() {
    let view = ccm();
    let none = between(&view, SEVENTH, SEVENTH);
    assert!(none.changes.is_empty() && none.gained.is_empty() && none.lost.is_empty());
    let (there, back) = (between(&view, SIXTH, SEVENTH), between(&view, SEVENTH, SIXTH));
    assert_eq!(there.gained, back.lost);
    assert_eq!(there.lost, back.gained);
    let keys = |of: &[Change]| of.iter().map(|it| it.about.clone()).collect::<BTreeSet<_>>();
    assert_eq!(keys(&there.changes), keys(&back.changes));
}

#[test]
fn a_moved_meeting_moves_terms_and_mandates() {
    let facts = "  - para: 1
    rescheduled:
      meeting: 8msp
      opens_on: 2018-09-10
      closes_on: 2018-09-12
      venue: { city: Managua, state: NIC }
      on: 2018-02-01
";
    let day = date(2018, 2, 1);
    let (before, after) = (ccm(), ccm_and(facts));
    let moved = difference(&before.at(day), &after.at(day));
    let groups: BTreeSet<ChangeGroup> = moved.changes.iter().map(|it| it.kind.group()).collect();
    assert_eq!(
        groups,
        BTreeSet::from([ChangeGroup::Meetings, ChangeGroup::Offices, ChangeGroup::Mandates])
    );
    insta::assert_json_snapshot!("difference-8msp-in-managua", lines(&moved));
    assert_eq!(moved.gained.len(), 1);
    assert!(moved.changes.iter().all(|it| it.events == moved.gained), "all of it follows from it");
    // Six coordinators and the President.
    assert_eq!(summaries(&moved, ChangeGroup::Offices).len(), 7);
}

#[test]
fn a_correction_is_told_with_what_it_changed() {
    let files = CCM.iter().filter(|name| **name != RECTIFICATIONS);
    let before = files.fold(View::empty(ccm_id()), |view, name| record(view, &ccm_file(name)));
    let after = record(before.clone(), &ccm_file(RECTIFICATIONS));
    let day = date(2018, 1, 1);
    let corrected = difference(&before.at(day), &after.at(day));
    insta::assert_json_snapshot!("difference-rectifications", lines(&corrected));
    let meeting = corrected.changes.iter().find(|it| it.about == "7msp").unwrap();
    let rectifies = |it: &Event| matches!(it, Event::Corrections(corrections::Event::Rectified(_)));
    assert!(meeting.events.iter().any(|it| rectifies(&it.envelope.event)));
    // On a day before the corrections were decided they count all the same: they are known.
    assert!(!corrected.gained.is_empty() && corrected.gained.len() == corrected.lost.len());
}

/// One line a change.
fn lines(difference: &Difference) -> Vec<String> {
    let line = |it: &Change| {
        let mut places: Vec<String> =
            it.events.iter().map(|event| event.envelope.source.place.to_string()).collect();
        places.dedup();
        format!("{:?}: {} [{}]", it.kind, it.summary, places.join("; "))
    };
    difference.changes.iter().map(line).collect()
}

/// What is recorded of two conventions, with corrections of all kinds, event by event: the views
/// after each.
fn prefixes() -> &'static [Vec<View>] {
    static PREFIXES: OnceLock<Vec<Vec<View>>> = OnceLock::new();
    PREFIXES.get_or_init(|| ["ccm", "example"].map(corrected).into())
}

/// A convention's fixtures. Then of every twelfth event one is annulled, one bears another date; and
/// every third correction of these is annulled in its turn, where the rules allow it.
fn corrected(convention: &str) -> Vec<View> {
    let mut views = grown(convention, &[Step::Facts(usize::MAX, None)]);
    let events = views[views.len() - 1].state().version;
    let mut tried = 0;
    for version in (5..events).step_by(6) {
        let what = if version % 12 == 5 { None } else { Some(date(2016, 5, 1)) };
        grow(&mut views, rectified(version, what));
        tried += 1;
    }
    let corrections = events + 1..=views[views.len() - 1].state().version;
    assert!(corrections.clone().count() > 5, "{tried} tried");
    corrections.step_by(3).for_each(|version| grow(&mut views, rectified(version, None)));
    views
}

/// A convention by its number, how much is known of it, and a day.
fn a_point(convention: usize) -> impl Strategy<Value = (usize, Date)> {
    (2..prefixes()[convention].len(), a_day())
}

fn two_points() -> impl Strategy<Value = (usize, (usize, Date), (usize, Date))> {
    (0..prefixes().len())
        .prop_flat_map(|convention| (Just(convention), a_point(convention), a_point(convention)))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    /// The events that count at the first point, without those that were lost and with those that
    /// were gained, are those that count at the second, and say what it says.
    #[test]
    fn a_differences_events_lead_from_one_point_to_the_other(
        (convention, (known, day), (later_known, later)) in two_points(),
    ) {
        let prefixes = &prefixes()[convention];
        let (from, to) = (prefixes[known].at(day), prefixes[later_known].at(later));
        let difference = difference(&from, &to);
        let version = |it: &std::sync::Arc<chancery_register::Recorded>| it.envelope.version;
        let lost: BTreeSet<u64> = difference.lost.iter().map(version).collect();
        let mut events: Vec<_> =
            from.counted().filter(|it| !lost.contains(&version(it))).cloned().collect();
        events.extend(difference.gained.iter().cloned());
        events.sort_by_key(version);
        prop_assert!(events.iter().eq(to.counted()));
        // The law is as it is known, whatever the day (decision 14).
        let law = to.view().events().iter().filter(|it| matches!(it.envelope.event, Event::Profile(_)));
        events.extend(law.cloned());
        events.sort_by_key(version);
        events.dedup();
        let empty = View::empty(to.view().convention().clone());
        // Corrections have done their work: these events have the values that they gave.
        let events = events.into_iter().filter(|it| !matches!(it.envelope.event, Event::Corrections(_)));
        let folded = events.fold(empty, View::after);
        assert_same(&said(&folded.at(later)), &said(&to), &format!("as at {later}"));
    }

    /// A point does not differ from itself, nor from one that was come to in another way.
    #[test]
    fn equal_points_do_not_differ((convention, (known, day), _) in two_points()) {
        let view = &prefixes()[convention][known];
        let folded = View::folded(view.convention().clone(), view.log().iter().cloned());
        for other in [view, &folded] {
            let none = difference(&view.at(day), &other.at(day));
            prop_assert!(none.changes.is_empty(), "{:?}", none.changes);
            prop_assert!(none.gained.is_empty() && none.lost.is_empty());
        }
    }

    /// Who is bound stays bound, but for a withdrawal, whatever else is recorded.
    #[test]
    fn a_deposit_disappears_only_by_withdrawal(
        (convention, (known, a), (_, b)) in two_points(),
    ) {
        let (earlier, later) = (a.min(b), a.max(b));
        let view = &prefixes()[convention][known];
        let bound = |day| -> BTreeSet<StateCode> {
            let participants = view.at(day).participants();
            participants.into_iter().filter(|it| it.bound_on.is_some()).map(|it| it.state.code).collect()
        };
        let (before, after) = (bound(earlier), bound(later));
        prop_assert!(before.is_subset(&after));
        for state in after {
            let standing = view.at(later).participant(state).unwrap().standing;
            let parted = view.at(later).participant(state).unwrap().withdrawn_on;
            prop_assert_eq!(standing == Standing::Withdrawn, parted.is_some_and(|on| on <= later));
        }
        // More knowledge takes a deposit away only by a rectification.
        let sooner = &prefixes()[convention][known / 2];
        let kept = bound(later);
        for it in sooner.at(later).participants().into_iter().filter(|it| it.bound_on.is_some()) {
            let acts = view.log().iter().filter(|recorded| {
                matches!(&recorded.envelope.event, Event::Membership(of) if of.state() == it.state.code)
            });
            let mut acts = acts.map(|recorded| recorded.envelope.version);
            let rectified = acts.any(|version| view.rectifications(version).next().is_some());
            prop_assert!(rectified || kept.contains(&it.state.code));
        }
    }
}
