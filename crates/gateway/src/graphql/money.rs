//! Money as the schema writes it: text, since JSON's numbers are not exact.

use async_graphql::{InputValueError, InputValueResult, Scalar, ScalarType, SimpleObject, Value};
use chancery_gateway_macros::{Direct, direct};
use chancery_kernel as kernel;

/// A sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Money(pub(super) kernel::Money);

/// What is known of a sum.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Amount(pub(super) kernel::Amount);

/// A part of a hundred.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Percent(pub(super) kernel::Decimal);

/// What is wrong with a value of one of these scalars, and what would be right; `None` if nothing
/// is, or if the type is none of them.
pub(super) fn mistake(type_name: &str, value: &Value) -> Option<String> {
    match type_name {
        "Money" => Money::read(value).err(),
        "Percent" => Percent::read(value).err(),
        _ => None,
    }
}

/// What is known of a sum, with its bounds apart.
#[derive(SimpleObject, Direct)]
pub(super) struct BoundedAmount {
    /// In words: `more than CHF 365714`.
    said: Amount,
    /// The sum; null where only bounds are known.
    exact: Option<Money>,
    /// The lower bound.
    lower: Money,
    /// Whether it may be just the lower bound: false for "more than".
    lower_included: bool,
    /// The upper bound; null where nobody knows one.
    upper: Option<Money>,
    /// Whether it may be just the upper bound: false for "less than"; null without one.
    upper_included: Option<bool>,
}

impl From<kernel::Amount> for BoundedAmount {
    fn from(it: kernel::Amount) -> Self {
        Self {
            said: Amount(it),
            exact: it.exact().map(Money),
            lower: Money(it.lower().money),
            lower_included: it.lower().included,
            upper: it.upper().map(|bound| Money(bound.money)),
            upper_included: it.upper().map(|bound| bound.included),
        }
    }
}

/// An exact sum of one currency (ISO 4217), nought or more, with no more decimals than the currency
/// has: `CHF 365714`, `USD 12.50`.
#[direct(plain)]
#[Scalar]
impl ScalarType for Money {
    fn parse(value: Value) -> InputValueResult<Self> {
        Self::read(&value).map_err(InputValueError::custom)
    }

    fn is_valid(value: &Value) -> bool {
        Self::read(value).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// What is known of a sum: `CHF 400000`, `more than CHF 350000`, `less than CHF 34286`, `between CHF
/// 1 and CHF 2`. Sums of bounded amounts are bounded; nothing is invented.
#[direct(plain)]
#[Scalar]
impl ScalarType for Amount {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::String(text) => Ok(Self(text.parse().map_err(InputValueError::custom)?)),
            _ => Err(InputValueError::expected_type(value)),
        }
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

/// A percentage from 0 to 100 without the sign, exact, as a string: `6.389`.
#[direct(plain)]
#[Scalar]
impl ScalarType for Percent {
    fn parse(value: Value) -> InputValueResult<Self> {
        Self::read(&value).map_err(InputValueError::custom)
    }

    fn is_valid(value: &Value) -> bool {
        Self::read(value).is_ok()
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.to_string())
    }
}

impl Money {
    fn read(value: &Value) -> Result<Self, String> {
        let Value::String(text) = value else {
            return Err(format!(
                "{value} is not a sum of money; write it as a string, \"USD 300000\""
            ));
        };
        text.parse().map(Self).map_err(|error: kernel::MoneyError| error.to_string())
    }
}

impl Percent {
    fn read(value: &Value) -> Result<Self, String> {
        let Value::String(text) = value else {
            return Err(format!("{value} is not a percentage; write it as a string, \"6.389\""));
        };
        let percent = text.parse().map_err(|error: kernel::PercentError| error.to_string());
        percent.map(|percent: kernel::Percent| Self(percent.number()))
    }
}
