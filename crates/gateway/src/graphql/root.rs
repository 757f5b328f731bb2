use std::{borrow::Cow, sync::Arc};

use async_graphql::{
    ContainerType, Context, ContextSelectionSet, ObjectType, OutputType, Positioned, ServerResult,
    Value, parser::types::Field, registry::Registry, resolver_utils::resolve_container,
};

use super::{
    direct::{Attempt, Environment},
    query::Query,
};

/// The root of queries: [`Query`], written directly where that can be done.
pub(super) struct Root {
    pub(super) environment: Arc<Environment>,
}

impl ContainerType for Root {
    async fn resolve_field(&self, context: &Context<'_>) -> ServerResult<Option<Value>> {
        let Context { schema_env, query_env, .. } = *context;
        self.environment.keep(schema_env, query_env);
        let attempt = context.data_opt::<Arc<Attempt>>();
        if attempt.is_some_and(|it| it.written(&Query, schema_env, query_env)) {
            // All of the answer is written by now, and this is not looked at.
            return Ok(None);
        }
        Query.resolve_field(context).await
    }
}

impl OutputType for Root {
    fn type_name() -> Cow<'static, str> {
        Query::type_name()
    }

    fn create_type_info(registry: &mut Registry) -> String {
        Query::create_type_info(registry)
    }

    async fn resolve(
        &self,
        context: &ContextSelectionSet<'_>,
        _: &Positioned<Field>,
    ) -> ServerResult<Value> {
        resolve_container(context, self).await
    }
}

impl ObjectType for Root {}
