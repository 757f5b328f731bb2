use std::sync::Arc;

use async_graphql::{ComplexObject, ID, InputObject, Object, Result, SimpleObject};
use chancery_gateway_macros::{Direct, direct};
use chancery_kernel::Percent as Rate;
use chancery_projections::{RequestAt, ShareAt, SharesAt, WhatIf};

use super::{
    budget::Budget,
    dials::Asked,
    enums::Payers,
    error::bad_input,
    id::{Kind, code},
    money::{Money, Percent},
    page::{MANY, cost_of_window, int, window},
    participant::State,
    scalars::{PartialDate, StateCode},
    why::Why,
};

/// A rate that is supposed of a State.
#[derive(InputObject)]
pub(super) struct SupposedRate {
    /// Which State.
    state: StateCode,
    /// Its rate in per cent, as those of the scale: `0.001`.
    rate: Percent,
}

/// What a State owes of a total.
#[derive(SimpleObject, Direct)]
#[graphql(complex)]
pub(super) struct Share {
    /// Which State.
    state: State,
    /// Its rate, in per cent of the scale's own whole.
    rate: Percent,
    /// Its rate in per cent of the payers' sum, rounded to six decimals; before any floor or cap.
    adjusted: Percent,
    /// What it owes, to the last minor unit of the currency (cents of a dollar).
    amount: Money,
    #[graphql(skip)]
    of: Of,
    #[graphql(skip)]
    it: ShareAt,
}

#[direct]
#[ComplexObject]
impl Share {
    /// Why it owes so much.
    async fn why(&self) -> Why {
        match &self.of {
            Of::Meeting(of) => {
                Why::of(&of.asked, of.asked.at().why_share(&of.it, &self.it, &of.what_if))
            }
            Of::Budget(of, request) => of.why_request(request, &self.it),
        }
    }
}

/// What a share is one of.
#[derive(Clone)]
pub(super) enum Of {
    /// The costs of a meeting.
    Meeting(Shares),
    /// A budget, under a category.
    Budget(Budget, Arc<RequestAt>),
}

impl Share {
    /// A share, with what its reasons are asked of.
    pub(super) fn new(asked: &Asked, of: Of, it: ShareAt) -> Self {
        Self {
            state: State::of(asked, &it.state),
            rate: Percent(it.rate.number()),
            adjusted: Percent(it.adjusted),
            amount: Money(it.amount),
            of,
            it,
        }
    }
}

/// What each State would owe of a total.
#[derive(Clone)]
pub(super) struct Shares {
    asked: Asked,
    what_if: Arc<WhatIf>,
    it: Arc<SharesAt>,
}

/// What each State would owe of the costs of a meeting: a calculation, recorded nowhere.
#[direct]
#[Object]
impl Shares {
    /// The meeting's code.
    async fn meeting(&self) -> &str {
        self.it.meeting.as_str()
    }

    /// The meeting's first day, by which the payers are told.
    async fn on(&self) -> PartialDate {
        PartialDate(self.it.on)
    }

    /// What is shared out. The shares add up to it exactly.
    async fn total(&self) -> Money {
        Money(self.it.total)
    }

    /// The years of the scale that holds: `2016-2018`.
    async fn scale(&self) -> String {
        self.it.scale.to_string()
    }

    /// Who pays and how, in one sentence, with the article and with what was supposed.
    async fn rule(&self) -> &str {
        &self.it.rule
    }

    /// How many States parties pay.
    async fn parties(&self) -> Result<i32> {
        int(self.it.parties)
    }

    /// How many participating States not party pay.
    async fn participants(&self) -> Result<i32> {
        int(self.it.participants)
    }

    /// What the payers' rates add up to, in per cent of the scale's own whole.
    async fn sum_of_rates(&self) -> Percent {
        Percent(self.it.sum_of_rates)
    }

    /// Why they are shared out so.
    async fn why(&self) -> Why {
        Why::of(&self.asked, self.asked.at().why_shares(&self.it, &self.what_if))
    }

    /// What each State owes, by name.
    #[graphql(complexity = "cost_of_window(limit, MANY, child_complexity)")]
    async fn shares(
        &self,
        #[graphql(desc = "So many, at most 1000.", default = 1000)] limit: i32,
        #[graphql(desc = "Without the first so many.", default = 0)] offset: i32,
    ) -> Result<Vec<Share>> {
        let shares = window(self.it.shares.clone(), limit, offset)?;
        let share = |it| Share::new(&self.asked, Of::Meeting(self.clone()), it);
        Ok(shares.into_iter().map(share).collect())
    }
}

/// What each State would owe, or why that cannot be computed.
pub(super) fn shares(
    asked: &Asked,
    meeting: &ID,
    total: Money,
    rates: Vec<SupposedRate>,
    leave_out: Vec<StateCode>,
    payers: Option<Payers>,
) -> Result<Shares> {
    let meeting = code(Kind::Meeting, asked, meeting)?.parse().map_err(bad_input)?;
    let mut what_if = WhatIf {
        leave_out: leave_out.into_iter().map(|it| it.0).collect(),
        payers: payers.map(Into::into),
        ..WhatIf::default()
    };
    for it in rates {
        let rate: Rate = it.rate.0.to_string().parse().map_err(bad_input)?;
        what_if.rates.insert(it.state.0, rate);
    }
    let it = asked.at().shares(&meeting, total.0, &what_if).map_err(bad_input)?;
    Ok(Shares { asked: asked.clone(), what_if: Arc::new(what_if), it: Arc::new(it) })
}
