//! Only a State that has signed or deposited has something to apply provisionally.

use chancery_membership::{
    Command::ApplyProvisionally,
    Event::{Acceded, ProvisionallyApplied, Signed},
    ProvisionalApplication,
};

use crate::words::{after, day, deposit, given, signature, state, text};

fn application(who: &str, on: &str) -> ProvisionalApplication {
    ProvisionalApplication { state: state(who), articles: text("1"), on: day(on) }
}

#[test]
fn is_not_for_strangers() {
    given([])
        .when(ApplyProvisionally(application("NOR", "2008-12-03")))
        .then_rejected("NOR has neither signed nor deposited by 2008-12-03");
}

#[test]
fn is_declared_at_signature_or_deposit_or_later() {
    let signed = Signed(signature("NOR", "2008-12-03").into());
    let acceded = Acceded(deposit("NOR", "2008-12-03").into());
    for act in [signed, acceded] {
        given([act.clone()])
            .when(ApplyProvisionally(application("NOR", "2008-12-02")))
            .then_rejected("record that first");
        for lawful in ["2008-12-03", "2009-06-01"] {
            given([act.clone()])
                .when(ApplyProvisionally(application("NOR", lawful)))
                .then_events([ProvisionallyApplied(application("NOR", lawful).into())]);
        }
    }
}

#[test]
fn is_kept_with_its_articles() {
    let after = after([ProvisionallyApplied(application("NOR", "2008-12-03").into())]);
    let kept = &after.participants()[&state("NOR")].provisional;
    assert_eq!(kept[0], (day("2008-12-03"), text("1")));
}
