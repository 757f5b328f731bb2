use async_graphql::{ID, Object};
use chancery_gateway_macros::direct;
use chancery_projections::ReserveAt;

use super::{
    dials::Asked,
    enums::{Funding, Purpose},
    id::{Kind, global},
    money::{BoundedAmount, Money},
    source::{Source, sources},
    why::{ReserveFigure, Why},
};

/// The reserve of a convention's secretariat.
pub(super) struct Reserve {
    asked: Asked,
    it: ReserveAt,
}

impl Reserve {
    /// A reserve, with what its reasons are asked of.
    pub(super) fn new(asked: &Asked, it: ReserveAt) -> Self {
        Self { asked: asked.clone(), it }
    }
}

/// A reserve, as far as it is known on the day asked about.
#[direct]
#[Object]
impl Reserve {
    /// Its global id, for `node` and for caches.
    pub(super) async fn id(&self) -> ID {
        global(Kind::Reserve, &self.asked, "")
    }

    /// The level at which it is to be kept; null while nobody set one.
    async fn target(&self) -> Option<Money> {
        self.it.target.map(Money)
    }

    /// What may be put in.
    async fn funded_by(&self) -> Vec<Funding> {
        self.it.funded_by.iter().map(|it| (*it).into()).collect()
    }

    /// What it may be drawn for, and for nothing else.
    async fn only_for(&self) -> Vec<Purpose> {
        self.it.only_for.iter().map(|it| (*it).into()).collect()
    }

    /// What is in it; null while nothing was put in.
    async fn balance(&self) -> Option<BoundedAmount> {
        self.it.balance.map(Into::into)
    }

    /// What is missing to its level; null while one of the two is not known.
    async fn shortfall(&self) -> Option<BoundedAmount> {
        self.it.shortfall.map(Into::into)
    }

    /// What was drawn and has not been restored; null if nothing.
    async fn to_be_restored(&self) -> Option<Money> {
        self.it.to_be_restored.map(Money)
    }

    /// The places that prove it.
    async fn sources(&self) -> Vec<Source> {
        sources(&self.it.sources)
    }

    /// Why one of its figures is what it is.
    async fn why(
        &self,
        #[graphql(desc = "Which figure.", default_with = "ReserveFigure::Balance")]
        figure: ReserveFigure,
    ) -> Why {
        let at = self.asked.at();
        let why = match figure {
            ReserveFigure::Balance => at.why_reserve(&self.it),
            ReserveFigure::Shortfall => at.why_shortfall(&self.it),
        };
        Why::of(&self.asked, why)
    }
}
