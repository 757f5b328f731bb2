use std::{fmt, str::FromStr};

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::{
    currency::{Currency, UnknownCurrency},
    number::{MAX_WHOLE_DIGITS, read, shown},
    written_as_text,
};
use crate::schema::text_schema;

/// An exact sum of one currency, nought or more: `CHF 365714`, `USD 0.50`. Never more decimals than
/// the currency has; as text either none of them or all.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Money {
    currency: Currency,
    sum: Decimal,
}

/// Why a text is not a sum of money.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not of the form.
    #[error(
        "`{0}` is not a sum of money; write the currency and the number without separators, as `CHF 365714` or `CHF 12.50`"
    )]
    Form(String),
    /// More digits than are counted.
    #[error(
        "`{0}` is too large; a sum has at most {MAX_WHOLE_DIGITS} digits before the point, so check it"
    )]
    TooLarge(String),
    /// No such currency.
    #[error(transparent)]
    Currency(#[from] UnknownCurrency),
    /// Below nought.
    #[error("`{0}` is negative; a sum is nought or more, and what it does is said by the fact")]
    Negative(String),
    /// Parts that do not exist.
    #[error(
        "`{text}` has more decimals than {currency} has, which are {decimals}; round it as the source does"
    )]
    Decimals {
        /// What was written.
        text: String,
        /// In which currency.
        currency: Currency,
        /// How many decimals that has.
        decimals: u32,
    },
}

impl Money {
    /// Nothing of a currency.
    pub fn nought(currency: Currency) -> Self {
        Self { currency, sum: Decimal::ZERO }
    }

    /// So many of the currency's smallest unit (centimes for CHF); `None` past what is exact.
    pub fn of_minor_units(units: u128, currency: Currency) -> Option<Self> {
        let units = i128::try_from(units).ok()?;
        let sum = Decimal::try_from_i128_with_scale(units, currency.decimals()).ok()?;
        Some(Self { currency, sum: sum.normalize() })
    }

    /// How many of the currency's smallest unit.
    pub fn minor_units(self) -> u128 {
        let mut sum = self.sum;
        sum.rescale(self.currency.decimals());
        sum.mantissa().unsigned_abs()
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.currency
    }

    /// The number, in whole units of the currency.
    pub fn number(self) -> Decimal {
        self.sum
    }

    /// Whether it is nothing.
    pub fn is_nought(self) -> bool {
        self.sum.is_zero()
    }

    /// Both together; `None` for two currencies, or past what is exact.
    pub fn plus(self, other: Self) -> Option<Self> {
        let sum = self.same(other)?.sum.checked_add(other.sum)?;
        Some(Self { sum: sum.normalize(), ..self })
    }

    /// What is left after taking `other` away; `None` for two currencies, or below nought.
    pub fn minus(self, other: Self) -> Option<Self> {
        let sum = self.same(other)?.sum.checked_sub(other.sum)?;
        (!sum.is_sign_negative() || sum.is_zero()).then(|| Self { sum: sum.normalize(), ..self })
    }

    /// Whether it is as much as `other` or more; `None` for two currencies.
    pub fn covers(self, other: Self) -> Option<bool> {
        self.same(other).map(|it| it.sum >= other.sum)
    }

    /// So much of it, multiplied exactly and rounded once, half to even, to the decimals of
    /// `currency`; `None` past what is exact.
    pub(super) fn times(self, factor: Decimal, currency: Currency) -> Option<Self> {
        let exact = self.sum.checked_mul(factor)?;
        let strategy = RoundingStrategy::MidpointNearestEven;
        let sum = exact.round_dp_with_strategy(currency.decimals(), strategy).normalize();
        Some(Self { currency, sum })
    }

    fn same(self, other: Self) -> Option<Self> {
        (self.currency == other.currency).then_some(self)
    }
}

impl FromStr for Money {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let form = || MoneyError::Form(shown(text));
        let (code, number) = text.split_once(' ').ok_or_else(form)?;
        if code.is_empty() || !code.bytes().all(|b| b.is_ascii_alphabetic()) {
            return Err(form());
        }
        let digits = number.split('.').next().unwrap_or_default();
        if digits.len() > MAX_WHOLE_DIGITS && digits.bytes().all(|b| b.is_ascii_digit()) {
            return Err(MoneyError::TooLarge(shown(text)));
        }
        let sum = read(number).ok_or_else(form)?;
        let currency: Currency = code.parse()?;
        if sum.is_sign_negative() && !sum.is_zero() {
            return Err(MoneyError::Negative(shown(text)));
        }
        let decimals = currency.decimals();
        if sum.scale() > decimals {
            return Err(MoneyError::Decimals { text: shown(text), currency, decimals });
        }
        Ok(Self { currency, sum: sum.abs() })
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut sum = self.sum;
        if sum.scale() > 0 {
            sum.rescale(self.currency.decimals());
        }
        write!(f, "{} {sum}", self.currency)
    }
}

written_as_text!(Money, MoneyError);

text_schema!(Money, {
    "type": "string",
    "description": "An exact sum of one currency: `CHF 365714`, `CHF 12.50`.",
    "pattern": "^[A-Z]{3} [0-9]{1,15}(\\.[0-9]{1,4})?$",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn is_written_one_way() {
        for (text, written) in [
            ("CHF 365714", "CHF 365714"),
            ("CHF 365714.00", "CHF 365714"),
            ("CHF 12.5", "CHF 12.50"),
            ("JPY 100", "JPY 100"),
            ("KWD 0.125", "KWD 0.125"),
            ("CHF 0", "CHF 0"),
            ("CHF 007", "CHF 7"),
            ("CHF -0", "CHF 0"),
        ] {
            assert_eq!(money(text).to_string(), written);
        }
        assert_eq!(money("CHF 12.5"), money("CHF 12.50"));
    }

    #[test]
    fn what_is_no_sum_is_told_what_would_be_right() {
        for (wrong, says) in [
            ("CHF 15,714", "without separators"),
            ("CHF 400'000", "without separators"),
            ("400000", "is not a sum of money"),
            ("CHF", "is not a sum of money"),
            ("CHF 1e6", "is not a sum of money"),
            ("CHF 1.", "is not a sum of money"),
            ("CHF 1000000000000000", "at most 15 digits before the point"),
            ("CHF -5", "is negative"),
            ("CHF 0.125", "more decimals than CHF has, which are 2"),
            ("JPY 0.5", "more decimals than JPY has, which are 0"),
            ("XYZ 5", "`XYZ` is not the code of a currency"),
        ] {
            let message = wrong.parse::<Money>().unwrap_err().to_string();
            assert!(message.contains(says), "{wrong}: {message}");
        }
    }

    #[test]
    fn currencies_are_never_mixed_and_nothing_goes_below_nought() {
        assert_eq!(money("CHF 1.50").plus(money("CHF 0.5")), Some(money("CHF 2")));
        assert_eq!(money("CHF 1").plus(money("USD 1")), None);
        assert_eq!(money("CHF 1").minus(money("CHF 1")), Some(money("CHF 0")));
        assert_eq!(money("CHF 1").minus(money("CHF 1.01")), None);
        assert_eq!(money("CHF 1").covers(money("USD 1")), None);
    }

    proptest::proptest! {
        #[test]
        fn what_is_written_is_read_again(units in 0..u128::from(u32::MAX), code in 0..3usize) {
            let currency = ["CHF", "JPY", "KWD"][code].parse().unwrap();
            let money = Money::of_minor_units(units, currency).unwrap();
            proptest::prop_assert_eq!(money.to_string().parse::<Money>().unwrap(), money);
            proptest::prop_assert_eq!(money.minor_units(), units);
        }
    }
}
