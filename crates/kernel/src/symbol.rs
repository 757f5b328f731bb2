use std::{fmt, str::FromStr};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Text, TextError};

/// A document's symbol, or its description where it has none. What was printed is kept to the
/// letter.
#[derive(
    Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct DocumentSymbol(Text);

/// What a symbol says, as far as it could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SymbolForm {
    /// `CCM/MSP/2017/CRP.1/Rev.1`: a document of a body's session.
    Session(Session),
    /// `C.N.347.2024.TREATIES-XXVI-6`: a notification by the depositary.
    Depositary(DepositaryNotification),
    /// Anything else: `A/RES/71/45`, `UNTC MTDSG XXVI-6`.
    Other,
}

/// A document of a body's session: `body "/" session "/" [series] number {modifier}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// `CCM`.
    pub body: String,
    /// `MSP/2017`, `CONF/2015/PM.1`.
    pub session: String,
    /// The calendar year that the session is numbered by.
    pub year: i16,
    /// `CRP` (conference room paper), `INF`, `MISC`, `WP`, `SR`, `L`; `None` is the main series.
    pub series: Option<String>,
    /// The number in its series.
    pub number: u32,
    /// Revisions, addenda and so on, in the order printed: they stack.
    pub modifiers: Vec<(Modifier, u32)>,
}

/// How a document relates to the one whose symbol it extends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modifier {
    /// Supersedes it.
    Revision,
    /// Supplements it.
    Addendum,
    /// Fixes it.
    Corrigendum,
    /// Amends it.
    Amendment,
    /// Its limited form.
    Limited,
}

/// A depositary notification: `C.N.<number>.<year>.TREATIES-<chapter>[-.]<item>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DepositaryNotification {
    /// The number within the year.
    pub number: u32,
    /// The year.
    pub year: i16,
    /// The chapter of *Multilateral Treaties Deposited with the Secretary-General*: `XXVI`.
    pub chapter: Option<String>,
    /// The treaty's number in the chapter.
    pub item: Option<u32>,
}

impl DocumentSymbol {
    /// The symbol as printed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the symbol says.
    pub fn form(&self) -> SymbolForm {
        if let Some(session) = session(&self.0) {
            SymbolForm::Session(session)
        } else if let Some(notification) = notification(&self.0) {
            SymbolForm::Depositary(notification)
        } else {
            SymbolForm::Other
        }
    }

    /// The symbol without its last modifier: what this document revises, adds to or corrects.
    pub fn base(&self) -> Option<(Self, Modifier)> {
        let (base, last) = self.0.rsplit_once('/')?;
        let (modifier, _) = modifier(last)?;
        Some((base.parse().ok()?, modifier))
    }
}

impl FromStr for DocumentSymbol {
    type Err = TextError;

    fn from_str(text: &str) -> Result<Self, TextError> {
        Text::try_from(text).map(Self)
    }
}

impl fmt::Display for DocumentSymbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn session(symbol: &str) -> Option<Session> {
    let mut parts = symbol.split('/').peekable();
    let body = parts.next().filter(|body| is_name(body))?.to_owned();
    let kind = parts.next().filter(|kind| is_name(kind))?;
    let year_part = parts.next()?;
    let year = year_part.parse().ok().filter(|year| (1945..=2200).contains(year))?;
    let mut session = format!("{kind}/{year_part}");
    if let Some(part) = parts.next_if(|part| part.starts_with("PM.")) {
        session = format!("{session}/{part}");
    }
    let document = parts.next()?;
    let (series, number) = match document.split_once('.') {
        Some((series, number)) if is_name(series) => (Some(series.to_owned()), number),
        _ => (None, document),
    };
    let number = number.parse().ok()?;
    let modifiers = parts.map(modifier).collect::<Option<_>>()?;
    Some(Session { body, session, year, series, number, modifiers })
}

fn modifier(part: &str) -> Option<(Modifier, u32)> {
    let (name, number) = part.split_once('.')?;
    let modifier = match name.to_ascii_lowercase().as_str() {
        "rev" => Modifier::Revision,
        "add" => Modifier::Addendum,
        "corr" => Modifier::Corrigendum,
        "amend" => Modifier::Amendment,
        "l" => Modifier::Limited,
        _ => return None,
    };
    Some((modifier, number.parse().ok()?))
}

fn notification(symbol: &str) -> Option<DepositaryNotification> {
    // Seen in the wild with and without the second full stop, and with either separator.
    let rest = symbol.strip_prefix("C.N.").or_else(|| symbol.strip_prefix("CN."))?;
    let mut parts = rest.split(['.', '-']);
    let number = parts.next()?.parse().ok()?;
    let year = parts.next()?.parse().ok()?;
    parts.next().filter(|word| word.eq_ignore_ascii_case("treaties"))?;
    let mut chapter = None;
    let mut item = None;
    for part in parts {
        match part.parse() {
            Ok(n) => item = Some(n),
            Err(_) => chapter = Some(part.to_owned()),
        }
    }
    Some(DepositaryNotification { number, year, chapter, item })
}

fn is_name(part: &str) -> bool {
    !part.is_empty() && part.bytes().all(|b| b.is_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_session(symbol: &str, series: Option<&str>, number: u32, modifiers: &[Modifier]) {
        let SymbolForm::Session(session) = symbol.parse::<DocumentSymbol>().unwrap().form() else {
            panic!("{symbol} was not read");
        };
        assert_eq!((session.series.as_deref(), session.number), (series, number), "{symbol}");
        let read: Vec<Modifier> = session.modifiers.into_iter().map(|(m, _)| m).collect();
        assert_eq!(read, modifiers, "{symbol}");
    }

    #[test]
    fn reads_symbols_seen_in_the_wild() {
        use Modifier::{Amendment, Revision};
        check_session("CCM/MSP/2017/12", None, 12, &[]);
        check_session("CCM/MSP/2017/11/Rev.1", None, 11, &[Revision]);
        check_session("CCM/MSP/2017/CRP.1/Rev.1", Some("CRP"), 1, &[Revision]);
        check_session("CCM/MSP/2011/WP.3/Rev.1/Amend.1", Some("WP"), 3, &[Revision, Amendment]);
        check_session("CCM/CONF/2015/PM.1/2", None, 2, &[]);
    }

    #[test]
    fn reads_depositary_notifications_however_printed() {
        for (symbol, number, year, chapter, item) in [
            ("C.N.776.2008.TREATIES-2", 776, 2008, None, Some(2)),
            ("C.N.347.2024.TREATIES-XXVI-6", 347, 2024, Some("XXVI"), Some(6)),
            ("C.N.266.2013.TREATIES.XXVI-8", 266, 2013, Some("XXVI"), Some(8)),
            ("CN.475.2017.TREATIES-XXVI.9", 475, 2017, Some("XXVI"), Some(9)),
        ] {
            let symbol: DocumentSymbol = symbol.parse().unwrap();
            let chapter = chapter.map(str::to_owned);
            let expected = DepositaryNotification { number, year, chapter, item };
            assert_eq!(symbol.form(), SymbolForm::Depositary(expected), "{symbol}");
        }
    }

    #[test]
    fn keeps_what_it_cannot_read() {
        for symbol in ["A/RES/71/45", "A/C.1/73/L.39", "ST/ADM/SER.B/992", "CCM/SR/4", "a letter"] {
            let parsed: DocumentSymbol = symbol.parse().unwrap();
            assert_eq!((parsed.as_str(), parsed.form()), (symbol, SymbolForm::Other));
        }
    }

    #[test]
    fn a_revision_knows_what_it_revises() {
        let symbol: DocumentSymbol = "CCM/MSP/2017/11/Rev.1".parse().unwrap();
        let base = "CCM/MSP/2017/11".parse().unwrap();
        assert_eq!(symbol.base(), Some((base, Modifier::Revision)));
    }
}
