use std::{fmt, str::FromStr};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    amount::Amount,
    currency::Currency,
    number::{read, shown},
    written_as_text,
};
use crate::schema::text_schema;

/// How much one unit of the currency that was paid is worth in the currency that is counted in:
/// `0.9713`. Above nought, with at most nine decimals.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ExchangeRate(Decimal);

/// Why a text is not a rate of exchange.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{text}` is not a rate of exchange; write what one unit is worth, a number above 0 as `0.9713`"
)]
pub struct ExchangeRateError {
    text: String,
}

impl ExchangeRate {
    /// An amount of another currency in `currency`: multiplied exactly and rounded once, half to
    /// even, to the decimals of `currency`; `None` past what is exact.
    pub fn convert(self, amount: Amount, currency: Currency) -> Option<Amount> {
        amount.map(|money| money.times(self.0, currency))
    }
}

impl FromStr for ExchangeRate {
    type Err = ExchangeRateError;

    fn from_str(text: &str) -> Result<Self, ExchangeRateError> {
        read(text)
            .filter(|it| it.is_sign_positive() && !it.is_zero())
            .map(Self)
            .ok_or_else(|| ExchangeRateError { text: shown(text) })
    }
}

impl fmt::Display for ExchangeRate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

written_as_text!(ExchangeRate, ExchangeRateError);

text_schema!(ExchangeRate, {
    "type": ["string", "number"],
    "description": "What one unit of the currency that was paid is worth in the one that is counted in, as `0.9713`.",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_exact_until_it_is_rounded_once() {
        let chf: Currency = "CHF".parse().unwrap();
        for (rate, paid, counted) in [
            ("0.9713", "USD 1000", "CHF 971.30"),
            ("0.5", "USD 0.05", "CHF 0.02"),
            ("0.5", "USD 0.07", "CHF 0.04"),
            ("0.9", "more than USD 100", "more than CHF 90"),
            ("0.0089", "JPY 100", "CHF 0.89"),
        ] {
            let rate: ExchangeRate = rate.parse().unwrap();
            let counted: Amount = counted.parse().unwrap();
            assert_eq!(rate.convert(paid.parse().unwrap(), chf), Some(counted));
        }
        for wrong in ["0", "-1", "1/2", ""] {
            assert!(wrong.parse::<ExchangeRate>().is_err(), "{wrong}");
        }
    }
}
