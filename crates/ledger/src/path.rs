use std::{fmt, str::FromStr};

use crate::{PathError, TILE_WIDTH, TileId};

/// The path of a tile or an entry bundle below `tile/` (`c2sp.org/tlog-tiles`): `0/x001/234` or
/// `entries/000.p/12`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TilePath {
    /// What it holds.
    pub content: Content,
    /// Its number, from 0.
    pub index: u64,
    /// How many hashes or entries it has: 1 to 256.
    pub width: usize,
}

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Content {
    /// Hashes of a level, 0 to 63.
    Hashes(u8),
    /// The entries themselves.
    Entries,
}

impl TilePath {
    /// Which tile it belongs to: of an entry bundle, the one with the entries' hashes.
    pub fn tile(&self) -> TileId {
        let level = match self.content {
            Content::Hashes(level) => level,
            Content::Entries => 0,
        };
        TileId { level, index: self.index }
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.content {
            Content::Hashes(level) => write!(f, "{level}")?,
            Content::Entries => f.write_str("entries")?,
        }
        let mut groups = vec![format!("/{:03}", self.index % 1000)];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(format!("/x{:03}", rest % 1000));
            rest /= 1000;
        }
        groups.iter().rev().try_for_each(|group| f.write_str(group))?;
        if self.width < TILE_WIDTH { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

impl FromStr for TilePath {
    type Err = PathError;

    fn from_str(text: &str) -> Result<Self, PathError> {
        let (content, rest) = text.split_once('/').ok_or(PathError)?;
        let content = match content {
            "entries" => Content::Entries,
            level => Content::Hashes(level.parse().ok().filter(|it| *it < 64).ok_or(PathError)?),
        };
        let (number, width) = match rest.split_once(".p/") {
            Some((number, width)) => (number, width.parse().map_err(|_| PathError)?),
            None => (rest, TILE_WIDTH),
        };
        let mut index: u64 = 0;
        for group in number.split('/') {
            let group: u64 =
                group.strip_prefix('x').unwrap_or(group).parse().map_err(|_| PathError)?;
            index = index
                .checked_mul(1000)
                .and_then(|index| index.checked_add(group))
                .ok_or(PathError)?;
        }
        let path = Self { content, index, width };
        // One way to write each: what does not come out the same is none.
        (1..=TILE_WIDTH)
            .contains(&width)
            .then_some(path)
            .filter(|path| path.to_string() == text)
            .ok_or(PathError)
    }
}
