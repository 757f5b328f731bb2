//! What has become of a contradiction: a correction closed it, or somebody looked into it and set it
//! aside.

use std::{collections::BTreeSet, sync::Arc};

use chancery_kernel::{Citation, Text};
use chancery_register::{
    Event, Recorded,
    corrections::{Dismissed, Event as Corrections, Rectified},
};
use serde::Serialize;

use super::{Finding, contradictions};
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

impl View {
    /// Every contradiction, in the order of recording: the open ones, those that a correction
    /// closed, and those that were set aside.
    pub fn findings(&self) -> Vec<Finding> {
        let mut findings = contradictions(self);
        let found: BTreeSet<&str> = findings.iter().map(|it| it.key.as_str()).collect();
        let rectified: Vec<_> = self.events().iter().filter_map(rectified).collect();
        let mut closed = Vec::new();
        if !rectified.is_empty() {
            closed = contradictions(&self.as_printed());
            closed.retain(|it| !found.contains(it.key.as_str()));
        }
        for finding in &mut closed {
            let about = |it: &Rectified| {
                finding.events.iter().any(|event| event.envelope.version == it.event.version)
            };
            // Where neither of the two was corrected, the last correction made the difference.
            let by = rectified.iter().rev().find(|(_, it)| about(it)).or(rectified.last());
            if let Some((event, it)) = by {
                finding.settle(FindingStanding::Closed, event, &it.reason);
            }
        }
        for (event, it) in self.events().iter().filter_map(dismissed) {
            if let Some(finding) = meant(&mut findings, it) {
                finding.settle(FindingStanding::Dismissed, event, &it.reason);
            }
        }
        findings.append(&mut closed);
        findings.sort_by(|a, b| (a.position, &a.key).cmp(&(b.position, &b.key)));
        findings
    }

    /// Dismissals that set nothing aside: there is no such finding, or there are several and the
    /// dismissal does not say which.
    pub fn idle_dismissals(&self) -> Vec<Arc<Recorded>> {
        let findings = self.findings();
        let busy = |event: &Arc<Recorded>| {
            findings.iter().filter_map(|it| it.settled.as_ref()).any(|it| it.event == *event)
        };
        let all = self.events().iter().filter_map(dismissed).map(|(event, _)| event);
        all.filter(|event| !busy(event)).cloned().collect()
    }
}

impl Finding {
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
    let mut of_the_rule = findings.iter_mut().filter(|finding| {
        let about = it.about.as_ref().is_none_or(|about| finding.subject.as_deref() == Some(about));
        about
            && finding.rule.id() == &*it.rule
            && finding.events[0].envelope.version == it.event.version
    });
    let only = of_the_rule.next()?;
    of_the_rule.next().is_none().then_some(only)
}
