use async_graphql::Object;
use chancery_projections::ReserveAt;

use super::{
    enums::{Funding, Purpose},
    money::{BoundedAmount, Money},
    source::{Source, sources},
};

/// The reserve of a convention's secretariat.
pub(super) struct Reserve(pub(super) ReserveAt);

/// A reserve, as far as it is known on the day asked about.
#[Object]
impl Reserve {
    /// The level at which it is to be kept; null while nobody set one.
    async fn target(&self) -> Option<Money> {
        self.0.target.map(Money)
    }

    /// What may be put in.
    async fn funded_by(&self) -> Vec<Funding> {
        self.0.funded_by.iter().map(|it| (*it).into()).collect()
    }

    /// What it may be drawn for, and for nothing else.
    async fn only_for(&self) -> Vec<Purpose> {
        self.0.only_for.iter().map(|it| (*it).into()).collect()
    }

    /// What is in it; null while nothing was put in.
    async fn balance(&self) -> Option<BoundedAmount> {
        self.0.balance.map(Into::into)
    }

    /// What is missing to its level; null while one of the two is not known.
    async fn shortfall(&self) -> Option<BoundedAmount> {
        self.0.shortfall.map(Into::into)
    }

    /// What was drawn and has not been restored; null if nothing.
    async fn to_be_restored(&self) -> Option<Money> {
        self.0.to_be_restored.map(Money)
    }

    /// The places that prove it.
    async fn sources(&self) -> Vec<Source> {
        sources(&self.0.sources)
    }
}
