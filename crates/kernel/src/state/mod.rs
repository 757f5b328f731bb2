//! States: ISO 3166-1 alpha-3 codes, the names they bore on a date, and the ways they are printed.

mod alias;
mod former;
mod name;
mod territory;

use std::{fmt, str::FromStr};

pub use alias::same_name;
pub use name::StateName;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{schema::text_schema, suggest::nearest};

/// A State by its ISO 3166-1 alpha-3 code: the members of the United Nations, the Holy See,
/// Palestine, the Cook Islands and Niue. ISO's codes of territories are not States here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct StateCode([u8; 3]);

/// No State has this code.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` is not the code of a State; {help}")]
pub struct UnknownState {
    text: String,
    help: String,
}

impl StateCode {
    /// The code as three capital letters.
    pub fn as_str(&self) -> &str {
        // Always ASCII: every value comes from the ISO table.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// The short name in use at the United Nations on a date.
    pub fn name_at(&self, date: Date) -> &'static str {
        former::name_before(*self, date).unwrap_or_else(|| self.name())
    }

    /// The first day of each short name that took the place of another.
    pub fn renamed_on(self) -> impl Iterator<Item = Date> {
        former::renamed_on(self)
    }

    /// The short name in use at the United Nations today.
    pub fn name(&self) -> &'static str {
        alias::united_nations_name(self.as_str())
            .or_else(|| rust_iso3166::from_alpha3(self.as_str()).map(|country| country.name))
            .unwrap_or_default()
    }

    /// The State that a printed name means: any name it has borne, or a known variant. Case, the
    /// article "the" and the kind of apostrophe do not matter.
    pub fn from_printed(name: &str) -> Option<Self> {
        let wanted = alias::normal(name);
        alias::VARIANTS
            .iter()
            .find(|(_, variant)| alias::normal(variant) == wanted)
            .and_then(|(code, _)| known(code))
            .or_else(|| former::code_of(&wanted))
            .or_else(|| {
                Self::all().find(|state| {
                    alias::normal(state.name()) == wanted
                        || rust_iso3166::from_alpha3(state.as_str())
                            .is_some_and(|country| alias::normal(country.name) == wanted)
                })
            })
    }

    /// Every State, in the order of the codes.
    pub fn all() -> impl Iterator<Item = Self> {
        let mut states: Vec<Self> =
            rust_iso3166::ALL.iter().filter_map(|country| known(country.alpha3)).collect();
        states.sort_unstable();
        states.into_iter()
    }
}

impl FromStr for StateCode {
    type Err = UnknownState;

    fn from_str(text: &str) -> Result<Self, UnknownState> {
        known(text)
            .ok_or_else(|| UnknownState { text: text.chars().take(80).collect(), help: help(text) })
    }
}

impl TryFrom<String> for StateCode {
    type Error = UnknownState;

    fn try_from(text: String) -> Result<Self, UnknownState> {
        text.parse()
    }
}

impl From<StateCode> for String {
    fn from(state: StateCode) -> Self {
        state.as_str().to_owned()
    }
}

impl fmt::Display for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for StateCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

text_schema!(StateCode, {
    "type": "string",
    "description": "A State by its ISO 3166-1 alpha-3 code.",
    "pattern": "^[A-Z]{3}$",
});

fn known(code: &str) -> Option<StateCode> {
    let letters = code.as_bytes().try_into().ok()?;
    let listed = rust_iso3166::from_alpha3(code).is_some() && !territory::is_territory(code);
    listed.then_some(StateCode(letters))
}

/// What would be right instead of `text`.
fn help(text: &str) -> String {
    if let Some(state) = StateCode::from_printed(text) {
        return format!("{} is `{state}`", state.name());
    }
    if territory::is_territory(text) {
        return "it is the code of a territory, which takes no part of its own".to_owned();
    }
    let upper = text.to_uppercase();
    if let Some(state) = known(&upper) {
        return format!("codes are capital letters: `{state}`");
    }
    if let Some(state) = rust_iso3166::from_alpha2(&upper).and_then(|country| known(country.alpha3))
    {
        return format!("the three-letter code is `{state}`");
    }
    if let Some(name) = nearest(text, StateCode::all().map(|state| state.name()))
        && let Some(state) = StateCode::from_printed(name)
    {
        return format!("{name} is `{state}`");
    }
    "write an ISO 3166-1 alpha-3 code, as `CHE` for Switzerland".to_owned()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn code(text: &str) -> StateCode {
        text.parse().unwrap()
    }

    #[test]
    fn there_are_197_states() {
        // 193 members of the United Nations, the Holy See, Palestine, the Cook Islands and Niue.
        assert_eq!(StateCode::all().count(), 197);
        for observer in ["VAT", "PSE", "COK", "NIU"] {
            code(observer);
        }
        for territory in ["HKG", "GRL", "PRI", "ESH"] {
            assert!(territory.parse::<StateCode>().is_err());
        }
    }

    #[test]
    fn a_state_bears_the_name_of_the_day() {
        for (state, before, after) in [
            ("SWZ", "Swaziland", "Eswatini"),
            ("MKD", "The former Yugoslav Republic of Macedonia", "North Macedonia"),
            ("TUR", "Turkey", "Türkiye"),
            ("CZE", "Czech Republic", "Czechia"),
        ] {
            assert_eq!(code(state).name_at(date(2015, 9, 11)), before);
            assert_eq!(code(state).name_at(date(2023, 9, 11)), after);
        }
        assert_eq!(code("SWZ").name_at(date(2017, 9, 6)), "Swaziland");
    }

    #[test]
    fn printed_names_are_understood() {
        for (printed, state) in [
            ("Bosnia Herzegovina", "BIH"),
            ("The Former Yugoslav Republic of Macedonia", "MKD"),
            ("St. Kitts and Nevis", "KNA"),
            ("Lao People’s Democratic Republic", "LAO"),
            ("the Netherlands", "NLD"),
            ("Côte d'Ivoire", "CIV"),
            ("Swaziland", "SWZ"),
            ("Congo (Democratic Republic of the)", "COD"),
        ] {
            assert_eq!(StateCode::from_printed(printed), Some(code(state)), "{printed}");
        }
        assert_eq!(StateCode::from_printed("Ruritania"), None);
    }

    #[test]
    fn a_wrong_code_is_told_what_would_be_right() {
        for (wrong, says) in [
            ("Zambia", "Zambia is `ZMB`"),
            ("zmb", "codes are capital letters: `ZMB`"),
            ("CH", "the three-letter code is `CHE`"),
            ("Switzerlnd", "Switzerland is `CHE`"),
            ("HKG", "territory"),
            ("???", "ISO 3166-1"),
        ] {
            let message = wrong.parse::<StateCode>().unwrap_err().to_string();
            assert!(message.contains(says), "{wrong}: {message}");
        }
    }
}
