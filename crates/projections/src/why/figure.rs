use std::{fmt, str::FromStr};

use chancery_finance::{CategoryCode, Year};
use chancery_kernel::{ClockId, MandateId, MeetingId, Money, ObligationId, OfficeId, StateCode};

use super::refused::{WhyRefused, there_is};
use crate::finances::WhatIf;

/// A figure or date that can say why, by its address. Programs and people write it as text, and it
/// is read the same everywhere: `in-force`, `deadline MOZ clearance`, `coverage 2016`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Figure {
    /// How many States stand so, and the convention's own entry into force: `in-force`.
    Status(StatusFigure),
    /// How a State stands: `standing BEN`.
    Standing(StateCode),
    /// The entry into force for a State: `entry-into-force BEN`.
    EntryIntoForce(StateCode),
    /// The day from which a State is no longer bound: `withdrawal LTU`.
    Withdrawal(StateCode),
    /// The days of a meeting: `meeting 7msp`.
    Meeting(MeetingId),
    /// A term of office: `term coordinator DEU general_status`.
    Term(TermFigure),
    /// What a State owes by a date: `deadline MOZ clearance`.
    Deadline {
        /// Who.
        state: StateCode,
        /// What.
        obligation: ObligationId,
        /// The clock that an event started.
        clock: Option<ClockId>,
        /// The year that a yearly report covers.
        year: Option<i16>,
    },
    /// What a decision gave somebody to do: `mandate 7msp-41-budget-2019`.
    Mandate(MandateId),
    /// What all would owe of a meeting's costs: `shares 8msp USD 300000`.
    Shares(Sharing),
    /// What a State would owe of them: `share DEU 8msp USD 300000`.
    Share(StateCode, Sharing),
    /// What a State was asked for and paid for a year: `payments DEU 2018`.
    Payments(StateCode, Year),
    /// A year's budget: `budget 2018`.
    Budget(Year),
    /// How much of it is covered: `coverage 2018`.
    Coverage(Year),
    /// Whether the words on its contributors hold: `contributors 2016`.
    Contributors(Year),
    /// What the procedures request of a State under a category: `request DEU 2018 7(a)`.
    Request(StateCode, Year, CategoryCode),
    /// When the financial procedures are reviewed: `review`.
    Review,
    /// What is in the reserve: `reserve`.
    Reserve,
    /// What is missing to its level: `shortfall`.
    Shortfall,
}

/// A figure of the status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StatusFigure {
    /// States that have consented to be bound.
    Bound,
    /// States parties in force.
    InForce,
    /// Bound, not yet in force.
    Pending,
    /// Signed only.
    SignatoriesOnly,
    /// Withdrawn.
    Withdrawn,
    /// The convention's own entry into force.
    EntryIntoForce,
}

/// Which term of office: an office, and as many other words as it takes to tell it apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermFigure {
    /// The office.
    pub office: OfficeId,
    /// Codes and ids of its holder, its theme, its meeting.
    pub words: Vec<String>,
    /// The position of the event behind it: `@312`.
    pub position: Option<u64>,
}

/// The costs of a meeting, shared out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sharing {
    /// Which meeting.
    pub meeting: MeetingId,
    /// What is shared out.
    pub total: Money,
    /// What is supposed. It has no place in the text.
    pub what_if: WhatIf,
}

/// The first word of each figure, and how it is written.
const FORMS: [(&str, &str); 22] = [
    ("bound", "bound"),
    ("in-force", "in-force"),
    ("pending", "pending"),
    ("signatories-only", "signatories-only"),
    ("withdrawn", "withdrawn"),
    ("entry-into-force", "entry-into-force, or entry-into-force BEN"),
    ("standing", "standing BEN"),
    ("withdrawal", "withdrawal LTU"),
    ("meeting", "meeting 7msp"),
    ("term", "term coordinator DEU general_status"),
    ("deadline", "deadline MOZ clearance, with the clock or the year where there are several"),
    ("mandate", "mandate 7msp-41-budget-2019"),
    ("shares", "shares 8msp USD 300000"),
    ("share", "share DEU 8msp USD 300000"),
    ("payments", "payments DEU 2018"),
    ("budget", "budget 2018"),
    ("coverage", "coverage 2018"),
    ("contributors", "contributors 2018"),
    ("request", "request DEU 2018 7(a)"),
    ("review", "review"),
    ("reserve", "reserve"),
    ("shortfall", "shortfall"),
];

impl FromStr for Figure {
    type Err = WhyRefused;

    fn from_str(text: &str) -> Result<Self, WhyRefused> {
        let mut words = text.split_whitespace();
        // As an enum of a schema writes it, too: `IN_FORCE`.
        let first = words.next().unwrap_or_default().to_ascii_lowercase().replace('_', "-");
        let shown = || text.chars().take(80).collect::<String>();
        let Some((_, form)) = FORMS.iter().find(|(name, _)| *name == first) else {
            let known: Vec<String> = FORMS.iter().map(|(name, _)| (*name).to_owned()).collect();
            return Err(WhyRefused::Unknown { text: shown(), help: there_is(&first, &known) });
        };
        let rest: Vec<&str> = words.collect();
        let read = Reader { text: &shown(), form };
        read.figure(&first, &rest)?.ok_or_else(|| WhyRefused::Form { text: shown(), form })
    }
}

struct Reader<'a> {
    text: &'a str,
    form: &'static str,
}

impl Reader<'_> {
    fn figure(&self, name: &str, rest: &[&str]) -> Result<Option<Figure>, WhyRefused> {
        Ok(Some(match (name, rest) {
            ("bound", []) => Figure::Status(StatusFigure::Bound),
            ("in-force", []) => Figure::Status(StatusFigure::InForce),
            ("pending", []) => Figure::Status(StatusFigure::Pending),
            ("signatories-only", []) => Figure::Status(StatusFigure::SignatoriesOnly),
            ("withdrawn", []) => Figure::Status(StatusFigure::Withdrawn),
            ("entry-into-force", []) => Figure::Status(StatusFigure::EntryIntoForce),
            ("entry-into-force", [state]) => Figure::EntryIntoForce(state.parse()?),
            ("standing", [state]) => Figure::Standing(state.parse()?),
            ("withdrawal", [state]) => Figure::Withdrawal(state.parse()?),
            ("meeting", [id]) => Figure::Meeting(self.word(id)?),
            ("term", [office, words @ ..]) => Figure::Term(self.term(office, words)?),
            ("deadline", [state, obligation, more @ ..]) if more.len() <= 2 => {
                let is_year = |word: &&&str| word.parse::<i16>().is_ok();
                let clock = more.iter().find(|word| !is_year(word));
                Figure::Deadline {
                    state: state.parse()?,
                    obligation: self.word(obligation)?,
                    clock: clock.map(|word| self.word(word)).transpose()?,
                    year: more.iter().find_map(|word| word.parse().ok()),
                }
            }
            ("mandate", [id]) => Figure::Mandate(self.word(id)?),
            ("shares", [meeting, total @ ..]) if !total.is_empty() => {
                Figure::Shares(self.sharing(meeting, total)?)
            }
            ("share", [state, meeting, total @ ..]) if !total.is_empty() => {
                Figure::Share(state.parse()?, self.sharing(meeting, total)?)
            }
            ("payments", [state, year]) => Figure::Payments(state.parse()?, self.word(year)?),
            ("budget", [year]) => Figure::Budget(self.word(year)?),
            ("coverage", [year]) => Figure::Coverage(self.word(year)?),
            ("contributors", [year]) => Figure::Contributors(self.word(year)?),
            ("request", [state, year, category]) => {
                Figure::Request(state.parse()?, self.word(year)?, self.word(category)?)
            }
            ("review", []) => Figure::Review,
            ("reserve", []) => Figure::Reserve,
            ("shortfall", []) => Figure::Shortfall,
            _ => return Ok(None),
        }))
    }

    fn term(&self, office: &str, words: &[&str]) -> Result<TermFigure, WhyRefused> {
        let position = |word: &str| word.strip_prefix('@').map(|number| self.word(number));
        Ok(TermFigure {
            office: self.word(office)?,
            words: words
                .iter()
                .filter(|word| !word.starts_with('@'))
                .map(|word| (*word).to_owned())
                .collect(),
            position: words.iter().find_map(|word| position(word)).transpose()?,
        })
    }

    fn sharing(&self, meeting: &str, total: &[&str]) -> Result<Sharing, WhyRefused> {
        let (meeting, total) = (self.word(meeting)?, self.word(&total.join(" "))?);
        Ok(Sharing { meeting, total, what_if: WhatIf::default() })
    }

    fn word<T: FromStr<Err: fmt::Display>>(&self, word: &str) -> Result<T, WhyRefused> {
        word.parse().map_err(|error: T::Err| WhyRefused::Word {
            text: self.text.to_owned(),
            what: error.to_string(),
            form: self.form,
        })
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Status(it) => f.write_str(match it {
                StatusFigure::Bound => "bound",
                StatusFigure::InForce => "in-force",
                StatusFigure::Pending => "pending",
                StatusFigure::SignatoriesOnly => "signatories-only",
                StatusFigure::Withdrawn => "withdrawn",
                StatusFigure::EntryIntoForce => "entry-into-force",
            }),
            Self::Standing(state) => write!(f, "standing {state}"),
            Self::EntryIntoForce(state) => write!(f, "entry-into-force {state}"),
            Self::Withdrawal(state) => write!(f, "withdrawal {state}"),
            Self::Meeting(id) => write!(f, "meeting {id}"),
            Self::Term(it) => it.fmt(f),
            Self::Deadline { state, obligation, clock, year } => {
                write!(f, "deadline {state} {obligation}")?;
                clock.iter().try_for_each(|clock| write!(f, " {clock}"))?;
                year.iter().try_for_each(|year| write!(f, " {year}"))
            }
            Self::Mandate(id) => write!(f, "mandate {id}"),
            Self::Shares(it) => write!(f, "shares {} {}", it.meeting, it.total),
            Self::Share(state, it) => write!(f, "share {state} {} {}", it.meeting, it.total),
            Self::Payments(state, year) => write!(f, "payments {state} {year}"),
            Self::Budget(year) => write!(f, "budget {year}"),
            Self::Coverage(year) => write!(f, "coverage {year}"),
            Self::Contributors(year) => write!(f, "contributors {year}"),
            Self::Request(state, year, category) => write!(f, "request {state} {year} {category}"),
            Self::Review => f.write_str("review"),
            Self::Reserve => f.write_str("reserve"),
            Self::Shortfall => f.write_str("shortfall"),
        }
    }
}

impl fmt::Display for TermFigure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "term {}", self.office)?;
        self.words.iter().try_for_each(|word| write!(f, " {word}"))?;
        self.position.iter().try_for_each(|position| write!(f, " @{position}"))
    }
}

#[cfg(test)]
mod tests {
    use super::Figure;

    #[test]
    fn what_is_written_is_read_again() {
        for text in [
            "in-force",
            "entry-into-force",
            "entry-into-force BEN",
            "withdrawal LTU",
            "term vice_president ZMB 7msp @41",
            "deadline LAO clearance end_of_hostilities",
            "deadline DEU annual_report 2016",
            "share DEU 8msp USD 300000",
            "contributors 2016",
            "request DEU 2018 7(a)",
            "shortfall",
        ] {
            assert_eq!(text.parse::<Figure>().unwrap().to_string(), text);
        }
        assert_eq!("IN_FORCE".parse::<Figure>().unwrap().to_string(), "in-force");
    }

    #[track_caller]
    fn check(text: &str, message: &str) {
        assert_eq!(text.parse::<Figure>().unwrap_err().to_string(), message);
    }

    #[test]
    fn what_is_no_figure_says_what_would_be() {
        check("in-forc", "`in-forc` is no figure; did you mean `in-force`?");
        check(
            "deadline MOZ",
            "`deadline MOZ` does not say which one; write it as `deadline MOZ clearance, with the clock or the year where there are several`",
        );
        check(
            "standing XXX",
            &"XXX".parse::<chancery_kernel::StateCode>().unwrap_err().to_string(),
        );
        let error = "coverage soon".parse::<Figure>().unwrap_err().to_string();
        assert!(error.ends_with("write it as `coverage 2018`"), "{error}");
        assert!("".parse::<Figure>().unwrap_err().to_string().contains("there is `bound`"));
    }
}
