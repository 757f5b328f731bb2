//! What has become of a contradiction: a correction closed it, or somebody looked into it and set it
//! aside.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use chancery_kernel::{Citation, Text};
use chancery_register::{
    Event, Recorded,
    corrections::{Dismissed, Event as Corrections, Rectified},
};
use serde::Serialize;

use super::{Finding, FindingRule, UnknownRule, contradictions};
use crate::view::View;

/// How a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingStanding {
    /// Nothing was done about it.
    Open,
    /// It was so as recorded, and is so no longer as corrected.
    Closed,
    /// It was looked into and set aside.
    Dismissed,
}

/// By what a finding was closed or set aside.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Settlement {
    /// The position of the event that did it.
    pub position: u64,
    /// The place that it rests on.
    pub source: Citation,
    /// Why.
    pub reason: Text,
    /// The event itself.
    #[serde(skip)]
    pub event: Arc<Recorded>,
}

/// Why a dismissal sets nothing aside.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdleDismissal {
    /// Its rule is none.
    #[error(transparent)]
    Rule(#[from] UnknownRule),
    /// The rule finds nothing in the event that is still open.
    #[error(
        "no open finding of `{rule}` is about event {version} ({source_place}), so there is nothing to dismiss; `chancery findings --open` shows what there is"
    )]
    Nothing {
        /// Which rule.
        rule: String,
        /// Which event.
        version: u64,
        /// Where it stands.
        source_place: Citation,
    },
    /// The rule finds several things in the event.
    #[error(
        "`{rule}` finds more than one thing in event {version}; say which by `about`, one of `{found}`"
    )]
    Several {
        /// Which rule.
        rule: String,
        /// Which event.
        version: u64,
        /// What it finds.
        found: String,
    },
    /// The rule finds something in the event, and not this.
    #[error("`{rule}` finds nothing about `{about}` in event {version}; {help}")]
    AboutOthers {
        /// Which rule.
        rule: String,
        /// Which event.
        version: u64,
        /// What was meant.
        about: String,
        /// What would be right.
        help: String,
    },
}

impl View {
    /// Every contradiction, in the order of recording: the open ones, those that a correction
    /// closed, and those that were set aside.
    ///
    /// They are computed when they are first asked for.
    pub fn findings(&self) -> &[Finding] {
        self.findings.get(|| self.find())
    }

    fn find(&self) -> Vec<Finding> {
        let mut findings = contradictions(self);
        let mut closed = self.closed(&findings);
        for (event, it) in self.events().iter().filter_map(dismissed) {
            if let Some(finding) = meant(&mut findings, it) {
                finding.settle(FindingStanding::Dismissed, event, &it.reason);
            }
        }
        findings.append(&mut closed);
        findings.sort_by(|a, b| (a.position, &a.key).cmp(&(b.position, &b.key)));
        findings
    }

    /// What the events contradicted before they were corrected, and do no longer.
    fn closed(&self, open: &[Finding]) -> Vec<Finding> {
        let corrections: Vec<_> = self.log().iter().filter_map(rectified).collect();
        if corrections.is_empty() {
            return Vec::new();
        }
        let open = keys(open);
        let mut closed = contradictions(&self.as_printed());
        closed.retain(|it| !open.contains(&it.key));
        let mut steps = Steps { view: self, corrections: &corrections, known: BTreeMap::new() };
        for finding in &mut closed {
            let about = |(_, it): &&(&Arc<Recorded>, &Rectified)| {
                finding.events.iter().any(|event| event.envelope.version == it.event.version)
            };
            let mut about = corrections.iter().filter(about);
            // The only correction of the two is easily told; of several, or where a third event was
            // corrected, it takes a look at what each led to.
            let by = match (about.next(), about.next()) {
                (Some(only), None) => Some(only),
                _ => corrections.get(steps.after_which_it_is_gone(&finding.key)),
            };
            if let Some((event, it)) = by {
                finding.settle(FindingStanding::Closed, event, &it.reason);
            }
        }
        closed
    }

    /// Why a dismissal sets nothing aside; `None` where it does.
    pub fn why_idle(&self, dismissal: &Recorded) -> Option<IdleDismissal> {
        let Event::Corrections(Corrections::Dismissed(it)) = &dismissal.envelope.event else {
            return None;
        };
        let settles = |finding: &Finding| {
            finding.settled.as_ref().is_some_and(|by| by.position == dismissal.position)
        };
        if self.findings().iter().any(settles) {
            return None;
        }
        if let Err(unknown) = it.rule.parse::<FindingRule>() {
            return Some(unknown.into());
        }
        let open = self.findings().iter().filter(|it| it.standing == FindingStanding::Open);
        let found: Vec<&Finding> = open.filter(|of| of.is_of(it)).collect();
        let subjects: Vec<&str> = found.iter().filter_map(|of| of.subject.as_deref()).collect();
        let (rule, version) = (it.rule.to_string(), it.event.version);
        let subjects = subjects.join("`, `");
        Some(match &it.about {
            _ if found.is_empty() => {
                IdleDismissal::Nothing { rule, version, source_place: it.event.source.clone() }
            }
            None => IdleDismissal::Several { rule, version, found: subjects },
            Some(about) => {
                let help = if subjects.is_empty() {
                    "leave `about` away".to_owned()
                } else {
                    format!("it finds `{subjects}`")
                };
                IdleDismissal::AboutOthers { rule, version, about: about.to_string(), help }
            }
        })
    }

    /// Dismissals that set nothing aside: there is no such finding, or there are several and the
    /// dismissal does not say which.
    pub fn idle_dismissals(&self) -> Vec<Arc<Recorded>> {
        let settled = self.findings().iter().filter_map(|it| it.settled.as_ref());
        let busy: BTreeSet<u64> = settled.map(|it| it.position).collect();
        let all = self.events().iter().filter_map(dismissed).map(|(event, _)| event);
        all.filter(|event| !busy.contains(&event.position)).cloned().collect()
    }
}

/// What was found as one correction came after the other.
struct Steps<'a> {
    view: &'a View,
    corrections: &'a [(&'a Arc<Recorded>, &'a Rectified)],
    known: BTreeMap<usize, BTreeSet<String>>,
}

impl Steps<'_> {
    /// The correction before which a finding was there, and after which it was not: there is one,
    /// since it is there before the first and not after the last.
    fn after_which_it_is_gone(&mut self, key: &str) -> usize {
        let (mut there, mut gone) = (0, self.corrections.len());
        while gone - there > 1 {
            let middle = there + (gone - there) / 2;
            if self.found_before(middle).contains(key) {
                there = middle;
            } else {
                gone = middle;
            }
        }
        there
    }

    fn found_before(&mut self, correction: usize) -> &BTreeSet<String> {
        let version =
            self.corrections.get(correction).map_or(u64::MAX, |(it, _)| it.envelope.version);
        let view = self.view;
        self.known
            .entry(correction)
            .or_insert_with(|| keys(&contradictions(&view.corrected_before(version))))
    }
}

fn keys(findings: &[Finding]) -> BTreeSet<String> {
    findings.iter().map(|it| it.key.clone()).collect()
}

impl Finding {
    /// Whether a dismissal names its rule and its event.
    fn is_of(&self, it: &Dismissed) -> bool {
        self.rule.id() == &*it.rule && self.events[0].envelope.version == it.event.version
    }

    fn settle(&mut self, standing: FindingStanding, event: &Arc<Recorded>, reason: &Text) {
        self.standing = standing;
        self.settled = Some(Settlement {
            position: event.position,
            source: event.envelope.source.clone(),
            reason: reason.clone(),
            event: event.clone(),
        });
    }
}

fn rectified(recorded: &Arc<Recorded>) -> Option<(&Arc<Recorded>, &Rectified)> {
    match &recorded.envelope.event {
        Event::Corrections(Corrections::Rectified(it)) => Some((recorded, it)),
        _ => None,
    }
}

fn dismissed(recorded: &Arc<Recorded>) -> Option<(&Arc<Recorded>, &Dismissed)> {
    match &recorded.envelope.event {
        Event::Corrections(Corrections::Dismissed(it)) => Some((recorded, it)),
        _ => None,
    }
}

/// The finding that a dismissal means: without saying which, the only one of its rule in the event.
fn meant<'a>(findings: &'a mut [Finding], it: &Dismissed) -> Option<&'a mut Finding> {
    let mut could_be = findings.iter_mut().filter(|finding| {
        finding.is_of(it)
            && it.about.as_ref().is_none_or(|about| finding.subject.as_deref() == Some(about))
    });
    let only = could_be.next()?;
    could_be.next().is_none().then_some(only)
}
