use std::sync::Arc;

use async_graphql::{Object, Result, SimpleObject};

use crate::{
    graphql::{
        convention::Convention,
        enums::Standing,
        page::{MANY, cost_of_window, window},
        participant::{State, Status},
    },
    live,
};

/// A change of how States stand towards a convention.
pub(in crate::graphql) struct StatusChange(pub(super) Arc<live::StatusChange>);

/// A State that stands otherwise than before.
#[derive(SimpleObject)]
pub(in crate::graphql) struct StandingChange {
    /// Which State.
    state: State,
    /// How it stood; null if it had no part in the convention.
    before: Option<Standing>,
    /// How it stands; null if it has no part in the convention any more, since what said so was
    /// corrected.
    now: Option<Standing>,
}

/// A change of how States stand towards a convention. Every figure says why beneath `convention`.
#[Object]
impl StatusChange {
    /// The convention as it is now: `known { position }` is the place to go on from.
    async fn convention(&self) -> Convention {
        Convention(self.0.asked.clone())
    }

    /// How many States stood how.
    async fn before(&self) -> Result<Status> {
        Status::of(self.0.before)
    }

    /// How many States stand how.
    async fn now(&self) -> Result<Status> {
        Status::of(self.0.now)
    }

    /// The States that stand otherwise, by their codes.
    #[graphql(complexity = "cost_of_window(limit, MANY, child_complexity)")]
    async fn changes(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<StandingChange>> {
        let at = self.0.asked.at();
        let changes = window(self.0.changes.clone(), limit, offset)?;
        let changes = changes.into_iter().map(|it| StandingChange {
            state: State::of(&self.0.asked, &at.state(it.state)),
            before: it.before.map(Standing::from),
            now: it.now.map(Standing::from),
        });
        Ok(changes.collect())
    }
}
