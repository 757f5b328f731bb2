use std::{fmt, str::FromStr};

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{
    number::{read, shown},
    sum::Money,
    written_as_text,
};
use crate::schema::text_schema;

/// An exact percentage from 0 to 100 with at most six decimals, written without the sign: `6.389`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Percent(Decimal);

/// Why a text is not a percentage.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not a percentage; write a number from 0 to 100 with at most {max} decimals, as `6.389`", max = Percent::DECIMALS)]
pub struct PercentError {
    text: String,
}

impl Percent {
    /// The most decimals: twice what the scale of assessments of the United Nations has.
    pub const DECIMALS: u32 = 6;

    /// Nothing.
    pub const NOUGHT: Self = Self(Decimal::ZERO);

    /// One in a hundred: the weight of each where all weigh the same.
    pub const ONE: Self = Self(Decimal::ONE);

    /// This part of a sum, multiplied exactly and rounded once, half to even, to the currency's
    /// decimals; `None` past what is exact.
    pub fn of(self, money: Money) -> Option<Money> {
        let part = self.0.checked_div(Decimal::ONE_HUNDRED)?;
        money.times(part, money.currency())
    }

    /// The number.
    pub fn number(self) -> Decimal {
        self.0
    }

    /// How many millionths of a per cent it is: whole numbers, so that shares can be exact.
    pub fn millionths(self) -> u64 {
        let mut number = self.0;
        number.rescale(Self::DECIMALS);
        u64::try_from(number.mantissa()).unwrap_or_default()
    }
}

impl FromStr for Percent {
    type Err = PercentError;

    fn from_str(text: &str) -> Result<Self, PercentError> {
        read(text)
            .filter(|it| !it.is_sign_negative() && *it <= Decimal::ONE_HUNDRED)
            .filter(|it| it.scale() <= Self::DECIMALS)
            .map(Self)
            .ok_or_else(|| PercentError { text: shown(text) })
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

written_as_text!(Percent, PercentError);

text_schema!(Percent, {
    "type": ["string", "number"],
    "description": "An exact percentage from 0 to 100 with at most six decimals, as `6.389`.",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_sum_is_rounded_once() {
        for (percent, of, part) in [
            ("40", "CHF 1000", "CHF 400"),
            ("33.333333", "CHF 100", "CHF 33.33"),
            ("50", "CHF 0.01", "CHF 0"),
            ("50", "CHF 0.03", "CHF 0.02"),
        ] {
            let (percent, of): (Percent, Money) = (percent.parse().unwrap(), of.parse().unwrap());
            assert_eq!(percent.of(of), Some(part.parse().unwrap()));
        }
    }

    #[test]
    fn is_exact_and_within_bounds() {
        assert_eq!("6.389".parse::<Percent>().unwrap().millionths(), 6_389_000);
        assert_eq!("0.010".parse::<Percent>().unwrap().to_string(), "0.01");
        assert_eq!("100".parse::<Percent>().unwrap().to_string(), "100");
        for wrong in ["", "-1", "100.001", "0.0000001", "5 %", "6,389", "1e1"] {
            let message = wrong.parse::<Percent>().unwrap_err().to_string();
            assert!(message.contains("is not a percentage; write"), "{wrong}");
        }
    }
}
