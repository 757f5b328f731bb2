//! Recording over GraphQL: the way of record files, with another syntax.
//!
//! What is given becomes the text of a record file ([`text`]), and from there on everything is as
//! for files: the reader, the rules, the commit. The types of the arguments are made of the JSON
//! Schema of record files ([`shape`]).

mod draft;
mod given;
mod payload;
mod refuse;
mod schema;
mod shape;
#[cfg(test)]
mod tests;
mod text;

use std::sync::Arc;

use async_graphql::{
    Context, Object, Result, Value, Variables,
    parser::types::{ExecutableDocument, Field, OperationDefinition, Selection, SelectionSet},
};

use self::{
    given::{Dismiss, Given, Kind, Record, Rectify},
    payload::RecordPayload,
    refuse::{Refused, rights},
    text::{Text, Wrong},
};
use super::{Answer, ErrorCode};
use crate::{
    auth::{Caller, Writer},
    service::{Input, Service, Terms},
};

/// How many mutations one request may hold: each is a commit of its own.
const MAX_MUTATIONS: usize = 10;

/// How many values the mutations of a request may be given in all. A fact has about ten, and the
/// report of a large meeting five hundred facts. Each value that cannot be meant is looked for among
/// those that could, which the length of the body bounds too loosely.
const MAX_VALUES: usize = 50_000;

/// The longest idempotency key, in characters.
const MAX_KEY_CHARS: usize = 128;

/// The way to record.
pub(super) struct Mutation;

/// Recording: for those who have a key. Each mutation is one commit, all of it or nothing; they are
/// done in their order, and one that fails does not undo those before it. The key's name is who
/// records.
#[Object]
impl Mutation {
    /// Records what a source says, as a record file would. Facts that are recorded already are
    /// passed over.
    async fn record(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The source and what it says.")] input: Given<Record>,
    ) -> Result<Option<RecordPayload>> {
        record(context, &input).await
    }

    /// Corrects or annuls an event that is recorded. The event itself stays in the log.
    async fn rectify(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The correction, and the place that proves it.")] input: Given<Rectify>,
    ) -> Result<Option<RecordPayload>> {
        record(context, &input).await
    }

    /// Sets a finding aside, with the reason.
    async fn dismiss_finding(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "The dismissal, and the place that proves it.")] input: Given<Dismiss>,
    ) -> Result<Option<RecordPayload>> {
        record(context, &input).await
    }
}

async fn record<K: Kind>(context: &Context<'_>, given: &Given<K>) -> Result<Option<RecordPayload>> {
    let service = context.data::<Arc<Service>>()?.clone();
    let writer = context.data::<Caller>()?.writer().map_err(|it| it.code.error(it.message))?;
    let read = Reading::of(K::TYPE, &given.value, writer);
    let (input, text) = match read.input {
        Some(input) if read.refused.is_empty() => (input, read.text),
        _ => return refuse::all(context, read.refused),
    };
    let done = if is_dry_run(&given.value) {
        service.rehearse(&input)
    } else {
        let service = service.clone();
        let terms = terms(&given.value);
        // A task of its own: what was begun is finished, also when the client goes away.
        let recording = tokio::spawn(async move { service.record_once(input, terms).await });
        recording.await.map_err(|error| ErrorCode::Internal.error(error))?
    };
    match done {
        Ok(done) => Ok(Some(RecordPayload::of(service, done))),
        Err(error) => refuse::all(context, refuse::why(error, &text)),
    }
}

/// What was given, as far as it can be read.
struct Reading {
    text: Text,
    /// Nothing if not even the head can be read, or if the writer may not record it.
    input: Option<Input>,
    refused: Vec<Refused>,
}

impl Reading {
    fn of(type_name: &str, given: &Value, writer: &Writer) -> Self {
        let text = Text::of(type_name, given, &writer.name);
        let refused = rights(&text, given, writer);
        if !refused.is_empty() {
            return Self { text, input: None, refused };
        }
        let (input, mut refused) = match Input::file("input", text.as_str().to_owned()) {
            Ok(input) => {
                let refused = told(&text, input.mistakes());
                (Some(input), refused)
            }
            Err(mistakes) => (None, told(&text, mistakes.each())),
        };
        let key = idempotency_key(given).map(|key| key.chars().count());
        if key.is_some_and(|chars| !(1..=MAX_KEY_CHARS).contains(&chars)) {
            refused.push(Refused::wrong(
                ErrorCode::BadUserInput,
                Wrong {
                    at: "idempotencyKey".to_owned(),
                    what: "this is no name for a request".to_owned(),
                    right: Some(format!("write 1 to {MAX_KEY_CHARS} characters")),
                },
            ));
        }
        Self { text, input, refused }
    }
}

fn is_dry_run(given: &Value) -> bool {
    member(given, "dryRun") == Some(&Value::Boolean(true))
}

fn terms(given: &Value) -> Terms {
    let expected = match member(given, "expectedVersion") {
        Some(Value::Number(number)) => number.as_u64(),
        _ => None,
    };
    Terms { expected, idempotency_key: idempotency_key(given).map(str::to_owned) }
}

fn idempotency_key(given: &Value) -> Option<&str> {
    match member(given, "idempotencyKey") {
        Some(Value::String(key)) => Some(key),
        _ => None,
    }
}

fn member<'a>(given: &'a Value, name: &str) -> Option<&'a Value> {
    match given {
        Value::Object(given) => given.get(name),
        _ => None,
    }
}

fn told<'a>(
    text: &Text,
    mistakes: impl IntoIterator<Item = &'a chancery_register::record::Mistake>,
) -> Vec<Refused> {
    text.told(mistakes).into_iter().map(|it| Refused::wrong(ErrorCode::BadUserInput, it)).collect()
}

/// Looks at what the mutations of an operation are given, before the library does: it would tell the
/// first mistake, in its own words, and here all of them are told.
///
/// # Errors
/// What is wrong with the form of any of them. Where there is one alone, what the rules find wrong
/// with the rest of it is told at once.
pub(super) fn check(
    service: &Service,
    document: &ExecutableDocument,
    operation: &OperationDefinition,
    variables: &Variables,
    writer: &Writer,
) -> Result<(), Answer> {
    let mut fields = Vec::new();
    gather(document, &operation.selection_set.node, &mut fields);
    if fields.len() > MAX_MUTATIONS {
        let message = format!(
            "the request holds {} mutations; send at most {MAX_MUTATIONS} at a time",
            fields.len()
        );
        return Err(Answer::refused(ErrorCode::QueryTooLarge, message));
    }
    let mut errors = Vec::new();
    let mut values = 0;
    for field in &fields {
        let type_name = match field.name.node.as_str() {
            "record" => Record::TYPE,
            "rectify" => Rectify::TYPE,
            "dismissFinding" => Dismiss::TYPE,
            _ => continue,
        };
        let Some(given) = argument(field, operation, variables) else { continue };
        values += count(&given);
        if values > MAX_VALUES {
            let message = format!(
                "the request is given more than {MAX_VALUES} values; record fewer facts at a time"
            );
            return Err(Answer::refused(ErrorCode::QueryTooLarge, message));
        }
        let read = Reading::of(type_name, &given, writer);
        let refused = match &read.input {
            Some(input) if fields.len() == 1 && !read.refused.is_empty() => {
                service.rehearse(input).err().map(|error| refuse::why(error, &read.text))
            }
            _ => None,
        };
        let refused = refused.unwrap_or(read.refused);
        errors.extend(refused.into_iter().map(|it| it.in_field(field)));
    }
    match errors.iter().map(|(code, _)| *code).max_by_key(|code| *code == ErrorCode::Forbidden) {
        None => Ok(()),
        Some(code) => {
            Err(Answer::refused_for(code, errors.into_iter().map(|(_, error)| error).collect()))
        }
    }
}

/// How many values something given is made of.
fn count(given: &Value) -> usize {
    1 + match given {
        Value::List(items) => items.iter().map(count).sum(),
        Value::Object(members) => members.values().map(count).sum(),
        _ => 0,
    }
}

/// The fields at the root of an operation, fragments written out. Each fragment is measured before
/// this, and holds no circle.
fn gather<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    fields: &mut Vec<&'a Field>,
) {
    for selection in &set.items {
        match &selection.node {
            // More are refused anyway.
            _ if fields.len() > MAX_MUTATIONS => return,
            Selection::Field(field) => fields.push(&field.node),
            Selection::InlineFragment(inline) => {
                gather(document, &inline.node.selection_set.node, fields);
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.node.fragment_name.node) {
                    gather(document, &fragment.node.selection_set.node, fields);
                }
            }
        }
    }
}

/// The argument `input` of a field, with the values of its variables. What a variable leaves open
/// is not given.
fn argument(
    field: &Field,
    operation: &OperationDefinition,
    variables: &Variables,
) -> Option<Value> {
    let (_, value) = field.arguments.iter().find(|(name, _)| name.node == "input")?;
    let default = |name: &str| {
        let mut definitions = operation.variable_definitions.iter();
        let definition = definitions.find(|it| it.node.name.node == name)?;
        definition.node.default_value.as_ref().map(|value| value.node.clone())
    };
    let value_of = |name: async_graphql::Name| {
        let given = variables.get(&name).cloned();
        Ok::<_, ()>(given.or_else(|| default(&name)).unwrap_or_default())
    };
    value.node.clone().into_const_with(value_of).ok()
}
