use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::{
    currency::Currency,
    number::shown,
    sum::{Money, MoneyError},
    written_as_text,
};
use crate::schema::text_schema;

/// As much money as is known of an amount: a sum, or bounds that it lies within. `CHF 400000`,
/// `more than CHF 350000`, `less than CHF 34286`, `between CHF 1 and CHF 2`, `at least CHF 5 and
/// less than CHF 9`. Without an upper bound it may be anything above; it is never below nought.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Amount {
    pub(super) lower: Bound,
    pub(super) upper: Option<Bound>,
}

/// One end of what an amount may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bound {
    /// Where it lies.
    pub money: Money,
    /// Whether the amount may be just that: not so for *more than* and *less than*.
    pub included: bool,
}

/// Why a text is not an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AmountError {
    /// A sum in it is none.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// Two currencies.
    #[error("`{0}` speaks of two currencies; write both ends in one")]
    TwoCurrencies(String),
    /// No sum can lie there.
    #[error("nothing can be `{0}`; swap or correct the ends")]
    Empty(String),
}

impl Amount {
    /// A sum that is known.
    pub fn exactly(money: Money) -> Self {
        let at = Bound { money, included: true };
        Self { lower: at, upper: Some(at) }
    }

    /// Above a sum, and nobody says how much.
    pub fn more_than(money: Money) -> Self {
        Self { lower: Bound { money, included: false }, upper: None }
    }

    /// As much as a sum or more.
    pub fn at_least(money: Money) -> Self {
        Self { lower: Bound { money, included: true }, upper: None }
    }

    /// Within two ends; `None` for two currencies or where nothing can lie.
    pub fn within(lower: Bound, upper: Option<Bound>) -> Option<Self> {
        let Some(end) = upper else { return Some(Self { lower, upper }) };
        let ordered = end.money.covers(lower.money)?;
        let point = lower.money == end.money;
        (ordered && (!point || (lower.included && end.included))).then_some(Self { lower, upper })
    }

    /// The currency.
    pub fn currency(self) -> Currency {
        self.lower.money.currency()
    }

    /// What it is at the least.
    pub fn lower(self) -> Bound {
        self.lower
    }

    /// What it is at the most; `None` where nobody says.
    pub fn upper(self) -> Option<Bound> {
        self.upper
    }

    /// The sum, where it is known.
    pub fn exact(self) -> Option<Money> {
        self.upper.filter(|upper| *upper == self.lower).map(|upper| upper.money)
    }
}

impl FromStr for Amount {
    type Err = AmountError;

    fn from_str(text: &str) -> Result<Self, AmountError> {
        let bound = |text: &str, included| text.parse().map(|money| Bound { money, included });
        let lower =
            |text: &str| match (text.strip_prefix("more than "), text.strip_prefix("at least ")) {
                (Some(rest), _) => Some(bound(rest, false)),
                (_, Some(rest)) => Some(bound(rest, true)),
                _ => None,
            };
        let upper =
            |text: &str| match (text.strip_prefix("less than "), text.strip_prefix("at most ")) {
                (Some(rest), _) => Some(bound(rest, false)),
                (_, Some(rest)) => Some(bound(rest, true)),
                _ => None,
            };
        let (from, to) = if let Some(rest) = text.strip_prefix("between ") {
            let form = || MoneyError::Form(shown(text));
            let (from, to) = rest.split_once(" and ").ok_or_else(form)?;
            (bound(from, true)?, Some(bound(to, true)?))
        } else if let Some((from, to)) = text.split_once(" and ")
            && let (Some(from), Some(to)) = (lower(from), upper(to))
        {
            (from?, Some(to?))
        } else if let Some(from) = lower(text) {
            (from?, None)
        } else if let Some(to) = upper(text) {
            let to = to?;
            (Bound { money: Money::nought(to.money.currency()), included: true }, Some(to))
        } else {
            return Ok(Self::exactly(text.strip_prefix("exactly ").unwrap_or(text).parse()?));
        };
        if to.is_some_and(|to| to.money.currency() != from.money.currency()) {
            return Err(AmountError::TwoCurrencies(shown(text)));
        }
        Self::within(from, to).ok_or_else(|| AmountError::Empty(shown(text)))
    }
}

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Bound { money: from, included } = self.lower;
        let more = if included { "at least" } else { "more than" };
        let Some(upper) = self.upper else { return write!(f, "{more} {from}") };
        let less = if upper.included { "at most" } else { "less than" };
        if *self == Self::exactly(from) {
            from.fmt(f)
        } else if included && from.is_nought() {
            write!(f, "{less} {}", upper.money)
        } else if included && upper.included {
            write!(f, "between {from} and {}", upper.money)
        } else {
            write!(f, "{more} {from} and {less} {}", upper.money)
        }
    }
}

written_as_text!(Amount, AmountError);

text_schema!(Amount, {
    "type": "string",
    "description": "A sum of money, or the bounds that are known of it: `CHF 400000`, `more than CHF 350000`, `less than CHF 34286`, `at least CHF 5`, `at most CHF 9`, `between CHF 1 and CHF 2`.",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_written_as_it_is_said() {
        for text in [
            "CHF 400000",
            "more than CHF 350000",
            "less than CHF 34286",
            "at least CHF 5",
            "at most CHF 9",
            "between CHF 1 and CHF 2",
            "more than CHF 5 and less than CHF 8.50",
            "at least CHF 5 and less than CHF 8",
            "more than CHF 5 and at most CHF 8",
        ] {
            assert_eq!(text.parse::<Amount>().unwrap().to_string(), text);
        }
        assert_eq!("exactly CHF 4".parse::<Amount>().unwrap().to_string(), "CHF 4");
    }

    #[test]
    fn what_is_no_amount_is_told_what_would_be_right() {
        for (wrong, says) in [
            ("more than 350000", "is not a sum of money"),
            ("about CHF 5", "is not a sum of money"),
            ("between CHF 1 and USD 2", "two currencies"),
            ("between CHF 2 and CHF 1", "swap or correct"),
            ("less than CHF 0", "swap or correct"),
            ("more than CHF 5 and less than CHF 5", "swap or correct"),
            ("more than CHF 0.001", "more decimals than CHF"),
            ("less than CHF -1", "is negative"),
        ] {
            let message = wrong.parse::<Amount>().unwrap_err().to_string();
            assert!(message.contains(says), "{wrong}: {message}");
        }
    }
}
