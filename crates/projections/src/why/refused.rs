use chancery_kernel::UnknownState;
use jiff::civil::Date;

use crate::finances::SharesRefused;

/// Why a figure cannot say why it is what it is.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WhyRefused {
    /// A text that names no figure.
    #[error("`{text}` is no figure; {help}")]
    Unknown {
        /// What was written.
        text: String,
        /// What would be right.
        help: String,
    },
    /// A figure that needs other words.
    #[error("`{text}` does not say which one; write it as `{form}`")]
    Form {
        /// What was written.
        text: String,
        /// How it is written.
        form: &'static str,
    },
    /// A word that is not what stands there.
    #[error("in `{text}`: {what}; write it as `{form}`")]
    Word {
        /// What was written.
        text: String,
        /// What is wrong with it.
        what: String,
        /// How it is written.
        form: &'static str,
    },
    /// No such State.
    #[error(transparent)]
    State(#[from] UnknownState),
    /// Nothing of this name by the day.
    #[error("no {what} is recorded by {day}; {help}")]
    Nothing {
        /// What was asked for.
        what: String,
        /// The day asked about.
        day: Date,
        /// What there is.
        help: String,
    },
    /// A figure that has no value on the day.
    #[error("{what} on {day}; {help}")]
    NoValue {
        /// What is so.
        what: String,
        /// The day asked about.
        day: Date,
        /// What can be asked.
        help: &'static str,
    },
    /// Several of them.
    #[error("`{text}` fits {}; ask for one of them", listed(.found))]
    Several {
        /// What was asked for.
        text: String,
        /// The figures that fit.
        found: Vec<String>,
    },
    /// Shares that are not computed.
    #[error("no shares are computed: {0}")]
    Shares(#[from] SharesRefused),
}

/// What there is: the nearest, or all of it.
pub(super) fn there_is(word: &str, known: &[String]) -> String {
    match chancery_kernel::nearest(word, known.iter().map(String::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none; ask of a later day".to_owned(),
        None => format!("there is {}", listed(known)),
    }
}

fn listed(names: &[String]) -> String {
    const MOST: usize = 24;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{name}`")).collect();
    match names.len().saturating_sub(MOST) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
