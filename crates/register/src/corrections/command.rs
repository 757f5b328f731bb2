use std::{collections::BTreeMap, sync::Arc};

use chancery_finance::Authority;
use chancery_kernel::{DocumentSymbol, PartialDate, Place, Text};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::event::{Dismissed, Event, Rectified};

chancery_kernel::commands! {
    /// What somebody asks to record about an earlier entry.
    Command {
        /// An event that is recorded is corrected, or annulled.
        Rectify(Rectification) = "rectified",
        /// A finding about an event that is recorded is set aside.
        Dismiss(Dismissal) = "dismissed",
    }
}

/// A correction as it is asked for. What is recorded names the event by its number, and says what
/// it had printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rectification {
    /// Which event.
    pub event: Reference,
    /// The fields to change, with their right values, as the fact's own entry would write them;
    /// nothing where the field falls away.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub correct: BTreeMap<String, Value>,
    /// The event counts for nothing.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub annulled: bool,
    /// Why.
    pub reason: Text,
    /// Who decided it.
    pub authority: Authority,
    /// When it was decided.
    pub on: PartialDate,
}

/// The dismissal of a finding as it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    /// The rule that found it: `date_outside_meeting`.
    pub rule: Text,
    /// The event that it is about.
    pub event: Reference,
    /// Which of several, where the rule finds more than one thing in the event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<Text>,
    /// Why it is dismissed.
    pub reason: Text,
    /// Who decided it.
    pub authority: Authority,
    /// When it was decided.
    pub on: PartialDate,
}

/// An event as a person names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "Form", into = "Form")]
pub enum Reference {
    /// By its number in the convention, from 1.
    Version(u64),
    /// By its own id.
    Id(Uuid),
    /// By the place that it rests on.
    Cited {
        /// The document; any if it is not said.
        source: Option<DocumentSymbol>,
        /// The place in it.
        place: Place,
        /// What was recorded, by the key of record files: `opened`.
        fact: Option<Text>,
    },
}

/// Why a reference is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// It says nothing.
    #[error(
        "no event is named; write its place and its fact, `{{ para: 20, fact: opened }}`, or its `version`"
    )]
    Nothing,
    /// It says too much.
    #[error(
        "the event is named in two ways; keep one of `version`, `id`, `para`, `footnote`, `annex`, `article` and `entry`"
    )]
    Twice,
    /// A number or an id stands alone.
    #[error("a `version` or an `id` names one event; leave `source` and `fact` away")]
    More,
}

/// The written form, before it is known to name an event in one way.
#[derive(Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Reference")]
struct Form {
    /// Its number in the convention, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    version: Option<u64>,
    /// Its own id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    id: Option<Uuid>,
    /// The document; any if it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<DocumentSymbol>,
    /// A numbered paragraph.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    para: Option<Text>,
    /// A footnote.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    footnote: Option<Text>,
    /// An item of an annex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    annex: Option<Text>,
    /// An article of a treaty.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    article: Option<Text>,
    /// An entry of a list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entry: Option<Text>,
    /// What was recorded, by the key of record files: `opened`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fact: Option<Text>,
}

impl TryFrom<Form> for Reference {
    type Error = ReferenceError;

    fn try_from(form: Form) -> Result<Self, ReferenceError> {
        let Form { version, id, source, para, footnote, annex, article, entry, fact } = form;
        let alone = source.is_none() && fact.is_none();
        let mut places = [
            para.map(Place::Paragraph),
            footnote.map(Place::Footnote),
            annex.map(Place::Annex),
            article.map(Place::Article),
            entry.map(Place::Entry),
        ]
        .into_iter()
        .flatten();
        match (version, id, places.next(), places.next()) {
            (None, None, None, _) => Err(ReferenceError::Nothing),
            (Some(version), None, None, _) if alone => Ok(Self::Version(version)),
            (None, Some(id), None, _) if alone => Ok(Self::Id(id)),
            (Some(_), None, None, _) | (None, Some(_), None, _) => Err(ReferenceError::More),
            (None, None, Some(place), None) => Ok(Self::Cited { source, place, fact }),
            _ => Err(ReferenceError::Twice),
        }
    }
}

impl From<Reference> for Form {
    fn from(reference: Reference) -> Self {
        let mut form = Self::default();
        match reference {
            Reference::Version(version) => form.version = Some(version),
            Reference::Id(id) => form.id = Some(id),
            Reference::Cited { source, place, fact } => {
                (form.source, form.fact) = (source, fact);
                match place {
                    Place::Paragraph(it) => form.para = Some(it),
                    Place::Footnote(it) => form.footnote = Some(it),
                    Place::Annex(it) => form.annex = Some(it),
                    Place::Article(it) => form.article = Some(it),
                    Place::Entry(it) => form.entry = Some(it),
                }
            }
        }
        form
    }
}

impl From<Event> for Command {
    fn from(event: Event) -> Self {
        match event {
            Event::Rectified(it) => Self::Rectify(Arc::unwrap_or_clone(it).into()),
            Event::Dismissed(it) => Self::Dismiss(Arc::unwrap_or_clone(it).into()),
        }
    }
}

impl From<Rectified> for Rectification {
    fn from(it: Rectified) -> Self {
        Self {
            event: Reference::Version(it.event.version),
            correct: it.correct,
            annulled: it.annulled,
            reason: it.reason,
            authority: it.authority,
            on: it.on,
        }
    }
}

impl From<Dismissed> for Dismissal {
    fn from(it: Dismissed) -> Self {
        Self {
            rule: it.rule,
            event: Reference::Version(it.event.version),
            about: it.about,
            reason: it.reason,
            authority: it.authority,
            on: it.on,
        }
    }
}
