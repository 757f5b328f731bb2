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

    /// What was corrected and set aside. As findings, corrections have no day: they count from the
    /// moment that they are recorded.
    pub(super) fn corrections(&self) -> Vec<Statement> {
        let corrections = self.at.view.events().iter().filter_map(|it| {
            let (kind, about, text) = match &it.envelope.event {
                Event::Corrections(Correction::Rectified(of)) => {
                    (ChangeKind::Corrected, &of.event, rectified(of))
                }
                Event::Corrections(Correction::Dismissed(of)) => {
                    let place = &of.event.source;
                    let text = format!("A finding about {place} is set aside: {}", of.reason);
                    (ChangeKind::Dismissed, &of.event, text)
                }
                _ => return None,
            };
            let statement = Statement::new(kind, Family::Correction, about.version)
                .keyed(it.envelope.version)
                .said(text)
                .rests_on([it.clone()]);
            Some(statement)
        });
        corrections.collect()
    }

    /// What contradicts what. Findings have no day: only what is known makes a difference.
    pub(super) fn findings(&self) -> Vec<Statement> {
        let findings = self.at.view.findings();
        let events = self.at.view.events();
        findings
            .into_iter()
            .map(|it| {
                let found = events.binary_search_by_key(&it.position, |event| event.position);
                let event = found.ok().and_then(|index| events.get(index));
                Statement::new(ChangeKind::Finding, Family::Finding, it.position)
                    .keyed(format!("{} {}", it.position, it.message))
                    .said(it.message)
                    .rests_on(event.cloned())
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
