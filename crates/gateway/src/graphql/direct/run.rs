//! Running a query that the library has found valid.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, OnceLock, PoisonError},
};

use async_graphql::{
    Data, Name, Pos, Positioned, QueryEnv, QueryEnvInner, SchemaEnv, Variables,
    extensions::Extensions,
    parser::types::{
        DocumentOperations, ExecutableDocument, Field, FragmentDefinition, OperationDefinition,
        OperationType, VariableDefinition,
    },
};

use super::{Declined, Fields, Out, Place, Planned, Written, object};

/// What is asked, without the values of its variables.
pub(in crate::graphql) struct Operation {
    operation: OperationDefinition,
    /// A field that holds the operation's selection.
    root: Positioned<Field>,
    pub(super) fragments: HashMap<Name, Positioned<FragmentDefinition>>,
}

/// One request as it is run.
#[derive(Clone, Copy)]
pub(in crate::graphql) struct Run<'q> {
    pub(super) schema: &'q SchemaEnv,
    pub(super) query: &'q QueryEnv,
    pub(super) operation: &'q Operation,
}

/// A request that the library validates, and that is written when it comes to the first field.
pub(in crate::graphql) struct Attempt {
    operation: Arc<Operation>,
    written: Mutex<Option<Written<Vec<u8>>>>,
}

/// What the library keeps to itself, as it handed it out with the first request.
#[derive(Default)]
pub(in crate::graphql) struct Environment(OnceLock<(SchemaEnv, Extensions)>);

impl Operation {
    /// The operation of a document that is to be run, if it is a query.
    pub(in crate::graphql) fn of(
        document: &ExecutableDocument,
        name: Option<&str>,
    ) -> Option<Self> {
        let operation = match (&document.operations, name) {
            (DocumentOperations::Single(it), _) => it,
            (DocumentOperations::Multiple(all), Some(name)) => all.get(name)?,
            (DocumentOperations::Multiple(all), None) => all.values().next()?,
        };
        if operation.node.ty != OperationType::Query {
            return None;
        }
        let mut operation = operation.node.clone();
        let selection_set = std::mem::take(&mut operation.selection_set);
        let nowhere = Pos::default();
        let root = Field {
            alias: None,
            name: Positioned::new(Name::new("data"), nowhere),
            arguments: Vec::new(),
            directives: Vec::new(),
            selection_set,
        };
        let fragments = document.fragments.clone();
        Some(Self { operation, root: Positioned::new(root, nowhere), fragments })
    }

    pub(super) fn variables(&self) -> &[Positioned<VariableDefinition>] {
        &self.operation.variable_definitions
    }
}

impl Attempt {
    pub(in crate::graphql) fn new(operation: Arc<Operation>) -> Self {
        Self { operation, written: Mutex::new(None) }
    }

    /// Writes the answer, unless that was tried before. Whether it is written.
    pub(in crate::graphql) fn written<T: Fields>(
        &self,
        query: &T,
        schema: &SchemaEnv,
        environment: &QueryEnv,
    ) -> bool {
        let mut written = self.written.lock().unwrap_or_else(PoisonError::into_inner);
        let run = Run { schema, query: environment, operation: &self.operation };
        written.get_or_insert_with(|| run.write(query)).is_ok()
    }

    /// The operation and its data, if they were written.
    pub(in crate::graphql) fn data(&self) -> Option<(Arc<Operation>, Vec<u8>)> {
        let written = self.written.lock().unwrap_or_else(PoisonError::into_inner).take();
        Some((self.operation.clone(), written?.ok()?))
    }
}

impl Environment {
    /// Keeps what a request that the library runs is run in.
    pub(in crate::graphql) fn keep(&self, schema: &SchemaEnv, query: &QueryEnv) {
        self.0.get_or_init(|| (schema.clone(), query.extensions.clone()));
    }

    /// The schema as the library keeps it, once a query was run.
    #[cfg(test)]
    pub(super) fn schema(&self) -> Option<&SchemaEnv> {
        self.0.get().map(|(schema, _)| schema)
    }

    /// Writes the answer to an operation that the library has found valid before.
    ///
    /// # Errors
    /// [`Declined`], also before the first request.
    pub(in crate::graphql) fn write<T: Fields>(
        &self,
        query: &T,
        operation: &Operation,
        variables: Variables,
        data: Data,
    ) -> Written<Vec<u8>> {
        let (schema, extensions) = self.0.get().ok_or(Declined)?;
        let environment = QueryEnv::new(QueryEnvInner {
            extensions: extensions.clone(),
            variables,
            operation_name: None,
            operation: Positioned::new(operation.operation.clone(), Pos::default()),
            fragments: HashMap::new(),
            uploads: Vec::new(),
            session_data: Arc::default(),
            query_data: Arc::new(data),
            http_headers: Mutex::default(),
            introspection_mode: async_graphql::IntrospectionMode::Enabled,
            errors: Mutex::default(),
        });
        Run { schema, query: &environment, operation }.write(query)
    }
}

impl Run<'_> {
    /// The operation's data as JSON.
    fn write<T: Fields>(self, query: &T) -> Written<Vec<u8>> {
        let mut out = Out::default();
        let planned = Planned::root(&self.operation.root);
        object(query, &Place { run: &self, planned: &planned }, &mut out)?;
        Ok(out.into_bytes())
    }
}
