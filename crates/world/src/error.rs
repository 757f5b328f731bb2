use chancery_finance::{CategoryCodeError, YearError};
use chancery_gateway::service::{LoadError, RecordError};
use chancery_kernel::{IdError, MoneyError, PercentError, TextError, UnknownCurrency, WhenError};

/// A word that the generator made and that is none: a mistake of the generator.
#[derive(Debug, thiserror::Error)]
pub enum MakeError {
    /// An id.
    #[error(transparent)]
    Id(#[from] IdError),
    /// A text.
    #[error(transparent)]
    Text(#[from] TextError),
    /// A day.
    #[error("there is no such day: {0}; correct the generator")]
    Day(#[from] jiff::Error),
    /// A moment.
    #[error(transparent)]
    When(#[from] WhenError),
    /// A sum.
    #[error(transparent)]
    Money(#[from] MoneyError),
    /// A rate.
    #[error(transparent)]
    Percent(#[from] PercentError),
    /// A currency.
    #[error(transparent)]
    Currency(#[from] UnknownCurrency),
    /// A year.
    #[error(transparent)]
    Year(#[from] YearError),
    /// A State that is wanted is not there.
    #[error("a State that is wanted is not there; correct the generator")]
    State,
    /// A sum or a period that cannot be.
    #[error("a sum or a period cannot be; correct the generator")]
    Sum,
    /// A category of contributions.
    #[error(transparent)]
    Category(#[from] CategoryCodeError),
}

/// Why a world is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum RecordingError {
    /// It could not be made.
    #[error(transparent)]
    Make(#[from] MakeError),
    /// What is recorded cannot be read.
    #[error(transparent)]
    Load(#[from] LoadError),
    /// It was refused by the store, or for another reason than its facts.
    #[error(transparent)]
    Record(#[from] RecordError),
    /// A fact is unlawful: a mistake of the generator.
    #[error("{convention}, {source_of}: {what}; correct the generator: {fact}")]
    Unlawful {
        /// Of which convention.
        convention: String,
        /// In which source.
        source_of: String,
        /// Why.
        what: String,
        /// The fact.
        fact: String,
    },
    /// The recording was ended by something else.
    #[error("the recording stopped: {0}")]
    Stopped(String),
}
