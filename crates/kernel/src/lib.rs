//! The words that every domain of Chancery shares.
//!
//! What it is: States with their dated names, dates with precision, event-relative time, exact
//! money with bounds, citations, document symbols, identifiers, and the [`Decider`] trait that
//! every domain follows.
//!
//! What it is not: it knows no convention, no storage and no time of day. It reads no clock and
//! makes no random id.
//!
//! Who builds on it: every domain crate, and `chancery-register` above them.

mod actor;
pub mod canonical;
mod citation;
mod decider;
mod id;
mod money;
mod one_or_many;
mod schema;
mod state;
mod suggest;
mod symbol;
mod text;
mod time;
mod vocabulary;

pub use actor::{Actor, ActorError};
pub use citation::{Citation, Place};
pub use decider::Decider;
pub use id::{
    ClockId, ConventionId, DecisionId, IdError, MandateId, MeetingId, ObligationId, OfficeId,
    OrganisationId, RecorderId, ThemeId,
};
pub use money::{
    Amount, AmountError, Bound, Currency, Decimal, ExchangeRate, ExchangeRateError, Money,
    MoneyError, Percent, PercentError, UnknownCurrency,
};
pub use one_or_many::one_or_many;
pub use state::{StateCode, StateName, UnknownState, same_name};
pub use suggest::nearest;
pub use symbol::{DepositaryNotification, DocumentSymbol, Modifier, Session, SymbolForm};
pub use text::{Text, TextError};
pub use time::{
    Anchor, Calendar, DateError, DateRange, Days, PartialDate, Unit, Unresolved, When, WhenError,
    day, optional_day,
};

#[cfg(feature = "testing")]
#[doc(hidden)]
pub mod testing;

#[doc(hidden)]
pub mod __private {
    pub use serde;
    pub use serde_json;
}
