use chancery_register::Event;

use super::{
    change::ChangeKind,
    statement::{Family, Statement},
    telling::Telling,
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
