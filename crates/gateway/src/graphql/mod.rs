//! The GraphQL schema, and how a request for it is answered.
//!
//! A request reads one moment of the register: the views and the day are taken once, so that all
//! of an answer fits together. Resolvers touch memory only and wait for nothing.

mod answer;
mod budget;
mod convention;
mod decision;
mod dials;
mod difference;
mod direct;
mod document;
mod duty;
mod enums;
mod error;
mod explain;
mod finances;
mod finding;
mod history;
mod id;
mod limits;
mod log;
mod meeting;
mod money;
mod mutation;
mod node;
mod office;
mod page;
mod participant;
mod query;
mod reserve;
mod root;
mod scalars;
mod shares;
mod source;
mod subscription;
mod variables;
mod why;

use std::sync::Arc;

use async_graphql::{
    Data, Name, SDLExportOptions, ServerError, Variables,
    parser::{
        parse_query,
        types::{DocumentOperations, ExecutableDocument, OperationDefinition, OperationType},
    },
};

use self::{
    direct::{Attempt, Document, Environment, Key, Operation, Valid},
    mutation::Mutation,
    query::Query,
    root::Root,
    subscription::Subscription,
};
use crate::{
    auth::Caller,
    service::{Moment, Service},
    settings::Limits,
};

pub use answer::Answer;
pub use error::ErrorCode;
pub(crate) use subscription::{Opened, Payload, Subscribed};

/// The schema over a service. A clone is cheap.
#[derive(Clone)]
pub struct Schema {
    service: Arc<Service>,
    limits: Arc<Limits>,
    library: LibrarySchema,
    environment: Arc<Environment>,
    valid: Arc<Valid>,
}

/// One request.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Request {
    /// The document.
    pub query: String,
    /// Which of its operations to run; may be left out if there is only one.
    pub operation_name: Option<String>,
    /// The values of its variables, by name.
    pub variables: serde_json::Map<String, serde_json::Value>,
    /// Whether nothing may be changed by it, as it must be by GET.
    pub only_queries: bool,
    /// Who asks: it matters for mutations alone.
    pub caller: Caller,
}

type LibrarySchema = async_graphql::Schema<Root, Mutation, Subscription>;

/// The schema that answers from a service, within limits.
pub fn schema(service: Arc<Service>, limits: &Limits) -> Schema {
    let environment = Arc::new(Environment::default());
    let library = library_schema(environment.clone(), limits);
    let (limits, valid) = (Arc::new(limits.clone()), Arc::new(Valid::new()));
    Schema { service, limits, library, environment, valid }
}

/// The schema in the GraphQL schema definition language: the text of `schema/schema.graphql`.
pub fn sdl() -> String {
    let options = SDLExportOptions::new().include_specified_by().use_space_ident();
    let sdl = library_schema(Arc::default(), &Limits::default()).sdl_with_options(options);
    let lines: Vec<&str> = sdl.trim().lines().map(str::trim_end).collect();
    lines.join("\n") + "\n"
}

/// Answers one request within the usual limits, and gives the answer as JSON: `errors` if there are
/// any, and `data` if the query was run.
pub async fn execute(
    service: &Arc<Service>,
    query: &str,
    variables: serde_json::Value,
    operation_name: Option<String>,
) -> serde_json::Value {
    let variables = match variables {
        serde_json::Value::Object(variables) => Ok(variables),
        serde_json::Value::Null => Ok(serde_json::Map::new()),
        other => Err(format!("variables are an object, but these are {other}")),
    };
    let answer = match variables {
        Err(message) => Answer::refused(ErrorCode::BadRequest, message),
        Ok(variables) => {
            let query = query.to_owned();
            let request = Request { query, operation_name, variables, ..Request::default() };
            schema(service.clone(), &Limits::default()).execute(request).await
        }
    };
    serde_json::from_slice(&answer.into_json()).unwrap_or_default()
}

impl Schema {
    /// Answers one request.
    pub async fn execute(&self, request: Request) -> Answer {
        self.execute_at(self.now(), request).await
    }

    /// What a request that comes now reads.
    pub(crate) fn now(&self) -> Moment {
        self.service.moment()
    }

    /// Answers one request from what it reads.
    pub(crate) async fn execute_at(&self, moment: Moment, request: Request) -> Answer {
        let (key, document) = match self.read(&request) {
            Err(refused) => return refused.shortened(&self.limits),
            Ok(read) => read,
        };
        if let Some(operation) = self.valid.get(&key) {
            let variables = Variables::from_json(request.variables.clone().into());
            let data = self.data(moment.clone());
            if let Ok(data) = self.environment.write(&Query, &operation, variables, data) {
                return Answer::written(data);
            }
        }
        let answer = match self.permit(request, document) {
            Err(refused) => refused,
            // What the library keeps while it runs is large, and would be a part of every request.
            Ok(prepared) => Box::pin(self.run(moment, key, prepared)).await,
        };
        answer.shortened(&self.limits)
    }

    /// The document of a request, if it is one and keeps the limits, and what its validity depends
    /// on.
    fn read(&self, request: &Request) -> Result<(Key, Arc<Document>), Answer> {
        let text = Key::of_text(request);
        let document = self.valid.document(&text, || {
            let too_large = |message| Answer::refused(ErrorCode::QueryTooLarge, message);
            limits::check_text(&request.query, &self.limits).map_err(too_large)?;
            let parsed = parse_query(&request.query)
                .map_err(|error| Answer::refused_for(ErrorCode::ParseFailed, vec![error.into()]))?;
            limits::check_document(&parsed, &self.limits)
                .map_err(|excess| Answer::refused(excess.code, excess.message))?;
            let operation = operation(&parsed, request.operation_name.as_deref())?;
            let declared = &operation.variable_definitions;
            let declared = declared.iter().map(|it| it.node.name.node.clone()).collect();
            Ok(Document { parsed, declared })
        })?;
        Ok((text.with(&document, request), document))
    }

    /// What resolvers ask.
    fn data(&self, moment: Moment) -> Data {
        let mut data = Data::default();
        data.insert(moment);
        data.insert(self.service.clone());
        data
    }

    /// Everything that can be refused before the library sees it, cheapest first.
    fn prepare(&self, request: Request) -> Result<Prepared, Answer> {
        let (_, document) = self.read(&request)?;
        self.permit(request, document)
    }

    /// What can be refused of a request whose document keeps the limits.
    fn permit(&self, request: Request, document: Arc<Document>) -> Result<Prepared, Answer> {
        let operation = operation(&document.parsed, request.operation_name.as_deref())?;
        let kind = operation.ty;
        if request.only_queries && kind == OperationType::Mutation {
            let message = "a mutation is taken by POST and answered as JSON alone; send it so";
            return Err(Answer::refused(ErrorCode::MethodNotAllowed, message));
        }
        let variables = Variables::from_json(request.variables.into());
        let mistakes = variables::check(operation, &variables);
        if !mistakes.is_empty() {
            return Err(Answer::refused_for(ErrorCode::BadUserInput, mistakes));
        }
        if kind == OperationType::Mutation {
            let writer = request.caller.writer();
            let writer = writer.map_err(|it| Answer::refused(it.code, it.message))?;
            mutation::check(&self.service, &document.parsed, operation, &variables, writer)?;
        }
        let Request { operation_name, caller, .. } = request;
        Ok(Prepared { document, kind, operation_name, variables, caller })
    }

    async fn run(&self, moment: Moment, key: Key, prepared: Prepared) -> Answer {
        if prepared.kind == OperationType::Subscription {
            let message = "a subscription is answered over a WebSocket, or as `text/event-stream`; accept that";
            return Answer::refused(ErrorCode::NotAcceptable, message);
        }
        let operation =
            Operation::of(&prepared.document.parsed, prepared.operation_name.as_deref());
        let attempt = operation.map(|it| Arc::new(Attempt::new(Arc::new(it))));
        let answer = self.resolve(moment, &prepared, attempt.clone()).await;
        match attempt.as_ref().and_then(|it| it.data()) {
            Some((operation, data)) if !answer.has_errors() => {
                self.valid.insert(key, operation);
                Answer::written(data)
            }
            _ => answer,
        }
    }

    /// Has the library run a request. With an attempt, the root writes the answer if it can, and
    /// the library's is of no use.
    async fn resolve(
        &self,
        moment: Moment,
        prepared: &Prepared,
        attempt: Option<Arc<Attempt>>,
    ) -> Answer {
        let mut request = self.request(moment, prepared);
        if let Some(attempt) = attempt {
            request = request.data(attempt);
        }
        let mut response = self.library.execute(request).await;
        explain::explain(&mut response.errors, &prepared.document.parsed);
        let answer = Answer::of(response, &self.limits);
        match prepared.kind {
            OperationType::Mutation => answer.of_a_change(),
            _ => answer,
        }
    }

    /// A request as the library takes it.
    fn request(&self, moment: Moment, prepared: &Prepared) -> async_graphql::Request {
        // The text has been parsed, and nothing reads it again.
        let mut request = async_graphql::Request::new("").variables(prepared.variables.clone());
        request.data = self.data(moment);
        request.data.insert(prepared.caller.clone());
        request.operation_name = prepared.operation_name.clone();
        request.set_parsed_query(prepared.document.parsed.clone());
        request
    }

    /// The answer as the library alone gives it.
    #[cfg(test)]
    async fn by_library(&self, request: Request) -> Answer {
        match self.prepare(request) {
            Err(refused) => refused,
            Ok(prepared) => self.resolve(self.now(), &prepared, None).await,
        }
    }
}

/// A request that may be run.
struct Prepared {
    document: Arc<Document>,
    kind: OperationType,
    operation_name: Option<String>,
    variables: Variables,
    caller: Caller,
}

fn library_schema(environment: Arc<Environment>, limits: &Limits) -> LibrarySchema {
    LibrarySchema::build(Root { environment }, Mutation, Subscription)
        .limit_depth(limits.depth.get())
        .limit_complexity(limits.complexity.get())
        .limit_directives(limits.directives_per_field.get())
        .limit_recursive_depth(limits.nesting.get())
        .finish()
}

/// The operation that a request means.
fn operation<'a>(
    document: &'a ExecutableDocument,
    name: Option<&str>,
) -> Result<&'a OperationDefinition, Answer> {
    let refused = |message: String| {
        let error = ServerError::new(message, None);
        Answer::refused_for(ErrorCode::OperationNotFound, vec![error])
    };
    let found = match (&document.operations, name) {
        (DocumentOperations::Single(operation), None) => Some(operation),
        (DocumentOperations::Single(_), Some(_)) => None,
        (DocumentOperations::Multiple(operations), Some(name)) => operations.get(&Name::new(name)),
        (DocumentOperations::Multiple(operations), None) if operations.len() == 1 => {
            operations.values().next()
        }
        (DocumentOperations::Multiple(operations), None) => {
            let message = format!(
                "the document holds {} operations; say by `operationName` which one to run",
                operations.len()
            );
            return Err(refused(message));
        }
    };
    found.map(|operation| &operation.node).ok_or_else(|| {
        let name: String = name.unwrap_or_default().chars().take(80).collect();
        refused(format!("the document holds no operation `{name}`"))
    })
}
