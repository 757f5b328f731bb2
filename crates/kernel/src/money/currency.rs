use std::{cmp::Ordering, fmt, str::FromStr};

use iso_currency::Currency as Iso;
use serde::{Deserialize, Serialize};

use super::{number::shown, written_as_text};
use crate::{schema::text_schema, suggest::nearest};

/// A currency by its ISO 4217 code: `CHF`. Codes without minor units (gold, testing, no currency)
/// are no currencies here, since nobody pays in them.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency(Iso);

/// No currency has this code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not the code of a currency; {help}")]
pub struct UnknownCurrency {
    text: String,
    help: String,
}

impl Currency {
    /// The code as three capital letters.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// The name in ISO 4217.
    pub fn name(&self) -> &str {
        self.0.name()
    }

    /// How many decimals the currency has: 2 for CHF, none for JPY, 3 for KWD.
    pub fn decimals(self) -> u32 {
        self.0.exponent().map_or(0, u32::from)
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        let known = |code: &str| Iso::from_code(code).filter(|it| it.exponent().is_some());
        if let Some(currency) = known(text) {
            return Ok(Self(currency));
        }
        let upper = text.to_uppercase();
        let help = if known(&upper).is_some() {
            format!("codes are capital letters: `{upper}`")
        } else {
            // Only the ones that these sources use: a near miss of 160 codes helps nobody.
            match nearest(&upper, ["CHF", "EUR", "USD"]) {
                Some(near) => format!("`{near}` is"),
                None => "write an ISO 4217 code, as `CHF`".to_owned(),
            }
        };
        Err(UnknownCurrency { text: shown(text), help })
    }
}

impl Ord for Currency {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code().cmp(other.code())
    }
}

impl PartialOrd for Currency {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

written_as_text!(Currency, UnknownCurrency);

text_schema!(Currency, {
    "type": "string",
    "description": "A currency by its ISO 4217 code.",
    "pattern": "^[A-Z]{3}$",
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_knows_its_decimals() {
        for (code, decimals) in [("CHF", 2), ("USD", 2), ("JPY", 0), ("KWD", 3)] {
            assert_eq!(code.parse::<Currency>().unwrap().decimals(), decimals, "{code}");
        }
    }

    #[test]
    fn a_wrong_code_is_told_what_would_be_right() {
        for (wrong, says) in [
            ("chf", "codes are capital letters: `CHF`"),
            ("CHG", "`CHF` is"),
            ("Francs", "write an ISO 4217 code"),
            ("XXX", "is not the code of a currency"),
            ("XAU", "is not the code of a currency"),
        ] {
            let message = wrong.parse::<Currency>().unwrap_err().to_string();
            assert!(message.contains(says), "{wrong}: {message}");
        }
    }
}
