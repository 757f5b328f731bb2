//! Reckoning with bounds: what is known of a sum or a difference is what its parts allow, no more.

use super::{
    amount::{Amount, Bound},
    sum::Money,
};

impl Amount {
    /// Both together; `None` for two currencies, or past what is exact.
    pub fn plus(self, other: Self) -> Option<Self> {
        let lower = self.lower.plus(other.lower)?;
        let upper = match (self.upper, other.upper) {
            (Some(a), Some(b)) => Some(a.plus(b)?),
            _ => None,
        };
        Some(Self { lower, upper })
    }

    /// What is left after taking a known sum away; `None` for two currencies, or where it is not
    /// certain that so much is there.
    pub fn minus(self, taken: Money) -> Option<Self> {
        let less = |bound: Bound| bound.money.minus(taken).map(|money| Bound { money, ..bound });
        let upper = match self.upper {
            Some(upper) => Some(less(upper)?),
            None => None,
        };
        Some(Self { lower: less(self.lower)?, upper })
    }

    /// What is missing to reach a known sum, nought once it is reached; `None` for two currencies.
    pub fn short_of(self, target: Money) -> Option<Self> {
        let nought = Bound { money: Money::nought(target.currency()), included: true };
        let missing = |bound: Bound| -> Option<Bound> {
            // `covers` first: two currencies are no shortfall.
            bound.money.covers(target)?;
            let gap = target.minus(bound.money).filter(|gap| !gap.is_nought());
            Some(gap.map_or(nought, |money| Bound { money, ..bound }))
        };
        let lower = match self.upper {
            Some(upper) => missing(upper)?,
            None => nought,
        };
        Some(Self { lower, upper: Some(missing(self.lower)?) })
    }

    /// The same bounds, each end changed; `None` when one cannot be, or when they cross.
    pub(super) fn map(self, change: impl Fn(Money) -> Option<Money>) -> Option<Self> {
        let ended = |bound: Bound| change(bound.money).map(|money| Bound { money, ..bound });
        let upper = match self.upper {
            Some(upper) => Some(ended(upper)?),
            None => None,
        };
        Self::within(ended(self.lower)?, upper)
    }
}

impl Bound {
    fn plus(self, other: Self) -> Option<Self> {
        let money = self.money.plus(other.money)?;
        Some(Self { money, included: self.included && other.included })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn amount(text: &str) -> Amount {
        text.parse().unwrap()
    }

    #[track_caller]
    fn money(text: &str) -> Money {
        text.parse().unwrap()
    }

    #[test]
    fn sums_of_bounded_amounts_are_bounded() {
        for (a, b, sum) in [
            ("CHF 15714", "more than CHF 350000", "more than CHF 365714"),
            ("less than CHF 5", "CHF 3", "at least CHF 3 and less than CHF 8"),
            ("less than CHF 5", "more than CHF 3", "more than CHF 3"),
            ("between CHF 1 and CHF 2", "at most CHF 1", "between CHF 1 and CHF 3"),
        ] {
            assert_eq!(amount(a).plus(amount(b)), Some(amount(sum)), "{a} + {b}");
        }
        assert_eq!(amount("CHF 1").plus(amount("USD 1")), None);
    }

    #[test]
    fn what_is_taken_is_certainly_there() {
        let balance = amount("more than CHF 365714");
        assert_eq!(balance.minus(money("CHF 65714")), Some(amount("more than CHF 300000")));
        assert_eq!(balance.minus(money("CHF 365714.01")), None);
        assert_eq!(balance.minus(money("USD 1")), None);
    }

    #[test]
    fn a_shortfall_has_the_bounds_turned_round() {
        let target = money("CHF 400000");
        for (balance, shortfall) in [
            ("more than CHF 365714", "less than CHF 34286"),
            ("CHF 300000", "CHF 100000"),
            ("CHF 400000", "CHF 0"),
            ("more than CHF 500000", "CHF 0"),
            ("at most CHF 100000", "between CHF 300000 and CHF 400000"),
            ("less than CHF 100000", "more than CHF 300000 and at most CHF 400000"),
        ] {
            assert_eq!(amount(balance).short_of(target), Some(amount(shortfall)), "{balance}");
        }
        assert_eq!(amount("USD 1").short_of(target), None);
    }

    fn centimes(units: u32) -> Money {
        Money::of_minor_units(units.into(), "CHF".parse().unwrap()).unwrap()
    }

    fn amounts() -> impl Strategy<Value = (Amount, u32)> {
        // Bounds around a true sum: what is known of it must stay true.
        (0..1000u32, 0..1000u32, 0..1000u32, any::<bool>(), any::<bool>(), any::<bool>()).prop_map(
            |(truth, below, above, low, high, open)| {
                let lower = Bound {
                    money: centimes(truth.saturating_sub(below)),
                    included: low || below == 0 || truth <= below,
                };
                let upper = Bound { money: centimes(truth + above), included: high || above == 0 };
                let upper = (!open).then_some(upper);
                (Amount::within(lower, upper).unwrap(), truth)
            },
        )
    }

    fn holds(amount: Amount, truth: u32) -> bool {
        let truth = centimes(truth).number();
        let lower = amount.lower();
        let above = lower.money.number() < truth || lower.included && lower.money.number() == truth;
        above
            && amount.upper().is_none_or(|upper| {
                truth < upper.money.number() || upper.included && upper.money.number() == truth
            })
    }

    proptest! {
        #[test]
        fn nothing_is_invented((a, true_a) in amounts(), (b, true_b) in amounts(), target in 0..2000u32) {
            prop_assert!(holds(a, true_a));
            prop_assert!(holds(a.plus(b).unwrap(), true_a + true_b));
            let short = a.short_of(centimes(target)).unwrap();
            prop_assert!(holds(short, target.saturating_sub(true_a)), "{a} short of {target}: {short}");
            if let Some(left) = a.minus(centimes(target)) {
                prop_assert!(holds(left, true_a - target));
            }
            prop_assert_eq!(a.to_string().parse::<Amount>().unwrap(), a);
        }
    }
}
