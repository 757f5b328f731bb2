use std::{collections::BTreeMap, sync::Arc};

use chancery_kernel::ConventionId;
use chancery_projections::View;
use chancery_register::{Plan, Recorded};
use jiff::Timestamp;
use uuid::Uuid;

use super::{
    Input, Receipt, RecordError, Service,
    once::brought,
    record::{convention_of, receipt},
};

impl Service {
    /// Checks files as recording them in this order would, and records nothing. Each receipt has
    /// the findings that the file would bring.
    ///
    /// # Errors
    /// Every mistake of every file.
    pub fn check(&self, inputs: &[Input]) -> Result<Vec<Receipt>, RecordError> {
        let plans = self.plan(inputs)?;
        let mut views: BTreeMap<&ConventionId, View> = BTreeMap::new();
        let receipts = inputs.iter().zip(&plans).map(|(input, plan)| {
            let convention = convention_of(input);
            let before = match views.remove(convention) {
                Some(before) => Some(before),
                None => self.view(convention.as_str())?.map(|view| (*view).clone()),
            };
            let before = before.unwrap_or_else(|| View::empty(convention.clone()));
            let after = would_be(before.clone(), plan, (self.clock)());
            let findings = brought(Some(&before), &after);
            views.insert(convention, after);
            Ok(Receipt { findings, ..receipt(input, plan, None) })
        });
        receipts.collect()
    }
}

/// The view as it would be if a plan were recorded. Ids and positions are made up.
pub(super) fn would_be(view: View, plan: &Plan, recorded_at: Timestamp) -> View {
    let version = view.state().version;
    let next = view.known().map_or(0, |known| known.position + 1);
    let envelopes = plan.seal(&view.convention().clone(), version, recorded_at, Uuid::nil);
    let recorded = (next..).zip(envelopes);
    view.after_all(recorded.map(|(position, envelope)| Arc::new(Recorded { position, envelope })))
}
