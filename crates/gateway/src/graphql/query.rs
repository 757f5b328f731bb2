use async_graphql::{Context, ID, Object, Result};
use chancery_gateway_macros::direct;

use super::{
    convention::Convention,
    dials::Dials,
    log::Log,
    page::{FEW, cost_of_window, window},
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
        #[graphql(desc = "Its id: `ccm`.")] id: ID,
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
        Ok(dials.on(context, &id)?.map(Convention))
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
