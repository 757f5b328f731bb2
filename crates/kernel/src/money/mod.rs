//! Exact money: decimals in one currency, amounts known within bounds, percentages, rates of
//! exchange. No floats: a sum that cannot be exact is not given.

mod amount;
mod currency;
mod exchange;
mod interval;
mod number;
mod percent;
mod sum;

pub use amount::{Amount, AmountError, Bound};
pub use currency::{Currency, UnknownCurrency};
pub use exchange::{ExchangeRate, ExchangeRateError};
pub use percent::{Percent, PercentError};
pub use rust_decimal::Decimal;
pub use sum::{Money, MoneyError};

/// Gives a type that is written as text its serde forms and its `Debug`.
macro_rules! written_as_text {
    ($name:ident, $error:ty) => {
        impl TryFrom<String> for $name {
            type Error = $error;

            fn try_from(text: String) -> Result<Self, $error> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                value.to_string()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Display::fmt(self, f)
            }
        }
    };
}

use written_as_text;
