use std::fmt;

/// How large a world is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, clap::ValueEnum)]
pub enum Size {
    /// 10 thousand events: a few conventions.
    Village,
    /// 100 thousand events.
    Town,
    /// 1 million events: some hundred conventions.
    Nation,
    /// 10 million events.
    World,
}

impl Size {
    /// How many events: one for each fact.
    pub fn events(self) -> usize {
        match self {
            Self::Village => 10_000,
            Self::Town => 100_000,
            Self::Nation => 1_000_000,
            Self::World => 10_000_000,
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Village => "village",
            Self::Town => "town",
            Self::Nation => "nation",
            Self::World => "world",
        })
    }
}
