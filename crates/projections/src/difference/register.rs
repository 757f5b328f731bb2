use std::collections::BTreeMap;

use chancery_register::{
    Event,
    corrections::{Event as Correction, Rectified},
};

use super::{
    change::ChangeKind,
    statement::{Family, Statement},
    telling::Telling,
    words,
};
use crate::findings::FindingStanding;

impl Telling<'_> {
    /// That the law was recorded and amended.
    pub(super) fn law(&self) -> Vec<Statement> {
        let laws = self.at.counted().filter_map(|it| match &it.envelope.event {
            Event::Profile(event) => Some((it, event.kind())),
            _ => None,
        });
        laws.map(|(recorded, kind)| {
            let did = kind.rsplit('.').next().unwrap_or_default();
            let text = format!("The rules of the convention were {did}");
            Statement::new(ChangeKind::Law, Family::Law, self.at.view.convention())
                .keyed(recorded.envelope.version)
                .said(text)
                .value("source", Some(recorded.envelope.source.to_string()))
                .rests_on([recorded.clone()])
        })
        .collect()
    }

    /// What was corrected. As findings, corrections have no day: they count from the
    /// moment that they are recorded.
    pub(super) fn corrections(&self) -> Vec<Statement> {
        let corrections = self.at.view.events().iter().filter_map(|it| {
            let Event::Corrections(Correction::Rectified(of)) = &it.envelope.event else {
                return None;
            };
            let statement =
                Statement::new(ChangeKind::Corrected, Family::Correction, of.event.version)
                    .keyed(it.envelope.version)
                    .said(rectified(of))
                    .rests_on([it.clone()]);
            Some(statement)
        });
        corrections.collect()
    }

    /// What contradicts what, and what was done about it. Findings have no day: only what is known
    /// makes a difference.
    pub(super) fn findings(&self) -> Vec<Statement> {
        let findings = self.at.view.findings().iter();
        findings
            .map(|it| {
                let (kind, how) = match it.standing {
                    FindingStanding::Open => (ChangeKind::Finding, None),
                    FindingStanding::Closed => (ChangeKind::FindingSettled, Some("closed")),
                    FindingStanding::Dismissed => (ChangeKind::FindingSettled, Some("set aside")),
                };
                let settled = it.settled.as_ref();
                let why = how.zip(settled).map(|(how, by)| format!("; {how}: {}", by.reason));
                Statement::new(kind, Family::Finding, &it.key)
                    .said(it.message.clone() + &why.unwrap_or_default())
                    .rests_on(settled.map(|by| by.event.clone()))
                    .rests_on(it.events.iter().cloned())
            })
            .collect()
    }
}

/// `CCM/MSP/2017/12, ¶20 (opened) is corrected: on 4 September 2017 in place of 4 September 2016; why`.
fn rectified(it: &Rectified) -> String {
    let what = words::event(&it.event.kind);
    let place = &it.event.source;
    if it.annulled {
        return format!("{place} ({what}) is annulled: {}", it.reason);
    }
    let said = |of: &BTreeMap<String, _>, field: &String| {
        of.get(field).map_or_else(String::new, words::value)
    };
    let fields = it.correct.keys().map(|field| {
        let (now, printed) = (said(&it.correct, field), said(&it.printed, field));
        format!("{} {now} in place of {printed}", field.replace('_', " "))
    });
    let fields: Vec<String> = fields.collect();
    format!("{place} ({what}) is corrected: {}; {}", fields.join(", "), it.reason)
}
