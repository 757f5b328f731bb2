use async_graphql::{Context, ID, Object, Result};
use chancery_gateway_macros::direct;

use super::{
    convention::Convention,
    dials::Dials,
    error::bad_input,
    id::{GlobalId, Kind},
    log::Log,
    node::{self, Node},
    page::{FEW, cost_of_nodes, cost_of_window, window},
    scalars::{Date, DateTime, SafeInt},
};

/// The way into the schema.
pub(super) struct Query;

/// The register of multilateral conventions. It is not the depositary of any of them.
#[direct]
#[Object]
impl Query {
    /// A convention; null if none of this id is recorded, or was by then.
    async fn convention(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "Its code, `ccm`, or its id, whose dials hold where these arguments turn none."
        )]
        id: ID,
        #[graphql(
            desc = "The day on which everything beneath is evaluated: what was in legal effect at its end. Today in UTC if left out."
        )]
        as_at: Option<Date>,
        #[graphql(
            desc = "A moment: everything beneath is evaluated from what had been recorded then. Without this and `atPosition`, from all that is recorded."
        )]
        as_known_at: Option<DateTime>,
        #[graphql(
            desc = "A position of the log, as `known { position }` gives it: everything beneath is evaluated from what had been recorded right after that event."
        )]
        at_position: Option<SafeInt>,
    ) -> Result<Option<Convention>> {
        let dials = Dials { as_at, as_known_at, at_position };
        let Some(id) = GlobalId::read(&id) else {
            return Ok(dials.on(context, &id)?.map(Convention));
        };
        if id.kind != Kind::Convention {
            let kind = id.kind.as_str();
            return Err(bad_input(format!(
                "this is the id of a {kind}; give the code of a convention, `{}`, or its id",
                id.convention
            )));
        }
        Ok(dials.or(id.dials).on(context, &id.convention)?.map(Convention))
    }

    /// The object with this id, as it was on the dials that the id bears; null if there is none, or
    /// was none by then.
    #[graphql(complexity = "FEW + child_complexity")]
    async fn node(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Its global id.")] id: ID,
    ) -> Result<Option<Node>> {
        Node::find(context, &id)
    }

    /// The objects with these ids, in their order: null for each of which there is none.
    #[graphql(complexity = "cost_of_nodes(ids.len(), child_complexity)")]
    async fn nodes(
        &self,
        context: &Context<'_>,
        #[graphql(desc = "Their global ids, at most 100.")] ids: Vec<ID>,
    ) -> Result<Vec<Option<Node>>> {
        if ids.len() > node::MAX {
            return Err(bad_input(format!(
                "these are {} ids; ask for at most {} at once",
                ids.len(),
                node::MAX
            )));
        }
        ids.iter().map(|id| Node::find(context, id)).collect()
    }

    /// The log behind this answer; null if nobody signs for it.
    async fn log(&self, context: &Context<'_>) -> Result<Option<Log>> {
        Log::of(context).await
    }

    /// Every convention that is recorded, by id; without those that were not yet, or not yet adopted.
    #[graphql(complexity = "cost_of_window(limit, FEW, child_complexity)")]
    async fn conventions(
        &self,
        context: &Context<'_>,
        #[graphql(
            desc = "The day on which everything beneath is evaluated: what was in legal effect at its end. Today in UTC if left out."
        )]
        as_at: Option<Date>,
        #[graphql(
            desc = "A moment: everything beneath is evaluated from what had been recorded then. Without this and `atPosition`, from all that is recorded."
        )]
        as_known_at: Option<DateTime>,
        #[graphql(
            desc = "A position of the log, as `known { position }` gives it: everything beneath is evaluated from what had been recorded right after that event."
        )]
        at_position: Option<SafeInt>,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Convention>> {
        let dials = Dials { as_at, as_known_at, at_position };
        let asked = window(dials.on_all(context)?, limit, offset)?;
        Ok(asked.into_iter().map(Convention).collect())
    }
}
