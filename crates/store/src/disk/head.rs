//! The acknowledged head: how many events the log is known to hold.
//!
//! sled cuts a log whose tail it cannot read, and opens what is left without a word
//! (`pagecache/iterator.rs`: an unreadable message ends the log). So the number of acknowledged
//! events is kept outside it. A log that holds fewer has lost some, and is not served.
//!
//! A group commit writes the log and makes it durable, then writes the new number here and makes
//! it durable, then acknowledges. A crash in between leaves a number that is too low, which is
//! harmless; it is never too high.
//!
//! ```text
//! block 0   "chancery log, format 1\n"
//! block 1   a record    } written by turns, so that a write that is cut off
//! block 2   a record    } leaves the one before
//!
//! record    its turn         8 bytes, big-endian
//!           events           8 bytes
//!           checksum         4 bytes, CRC-32 of both
//! ```

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Seek, SeekFrom, Write},
    path::Path,
};

use super::folder;
use crate::Position;

/// The file in the data folder.
pub(super) const HEAD_FILE: &str = "chancery.head";

/// The form of the whole data folder that this program writes and reads.
pub(super) const FORMAT: &str = "format 1";

const BLOCK: usize = 4096;
const RECORD: usize = 20;

/// The file, open for the next number.
#[derive(Debug)]
pub(super) struct HeadFile {
    file: File,
    turn: u64,
    acknowledged: Position,
}

/// Why there is no head.
#[derive(Debug)]
pub(super) enum HeadError {
    /// There is no such file.
    Missing,
    /// The file says that the folder has this other format.
    Format(String),
    /// Both records, or what stands before them, are damaged.
    Damaged(String),
    Io(io::Error),
}

impl HeadFile {
    /// Writes the file of an empty log, whole or not at all.
    pub(super) fn create(folder: &Path) -> io::Result<()> {
        let mut bytes = vec![0; 3 * BLOCK];
        let title = format!("chancery log, {FORMAT}\n");
        bytes[..title.len()].copy_from_slice(title.as_bytes());
        for turn in [0_u8, 1] {
            let at = block(u64::from(turn));
            bytes[at..at + RECORD].copy_from_slice(&record(u64::from(turn), Position::START));
        }
        let new = folder.join(format!("{HEAD_FILE}.new"));
        let mut file = File::create(&new)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        fs::rename(new, folder.join(HEAD_FILE))?;
        folder::sync(folder)
    }

    /// Reads the file and keeps it open.
    pub(super) fn open(folder: &Path) -> Result<Self, HeadError> {
        let path = folder.join(HEAD_FILE);
        let bytes = fs::read(&path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => HeadError::Missing,
            _ => HeadError::Io(error),
        })?;
        let title = bytes.split(|byte| *byte == b'\n').next().unwrap_or_default();
        let format = std::str::from_utf8(title).ok().and_then(|t| t.strip_prefix("chancery log, "));
        match format {
            Some(FORMAT) => {}
            Some(other) if other.starts_with("format ") && other.len() < 20 => {
                return Err(HeadError::Format(other.to_owned()));
            }
            _ => {
                return Err(HeadError::Damaged(format!("{HEAD_FILE} has lost its title")));
            }
        }
        let records = [0, 1].map(|turn| read_record(&bytes, turn));
        let [Some((turn, acknowledged)), ..] = newest_first(records) else {
            return Err(HeadError::Damaged(format!("both records of {HEAD_FILE} are damaged")));
        };
        if records.contains(&None) {
            tracing::warn!(file = %path.display(), "one of two records is damaged, the other is used");
        }
        let file = OpenOptions::new().write(true).open(&path).map_err(HeadError::Io)?;
        Ok(Self { file, turn, acknowledged })
    }

    /// How many events have been acknowledged, at the least.
    pub(super) fn acknowledged(&self) -> Position {
        self.acknowledged
    }

    /// Records, durably, that the events before `next` are.
    pub(super) fn advance(&mut self, next: Position) -> io::Result<()> {
        let turn = self.turn.wrapping_add(1);
        self.file.seek(SeekFrom::Start(block(turn) as u64))?;
        self.file.write_all(&record(turn, next))?;
        self.file.sync_data()?;
        self.turn = turn;
        self.acknowledged = next;
        Ok(())
    }
}

type Record = Option<(u64, Position)>;

/// Where the record of a turn stands.
const fn block(turn: u64) -> usize {
    if turn.is_multiple_of(2) { BLOCK } else { 2 * BLOCK }
}

fn record(turn: u64, next: Position) -> [u8; RECORD] {
    let mut record = [0; RECORD];
    record[..8].copy_from_slice(&turn.to_be_bytes());
    record[8..16].copy_from_slice(&next.get().to_be_bytes());
    let checksum = crc32fast::hash(&record[..16]);
    record[16..].copy_from_slice(&checksum.to_be_bytes());
    record
}

fn read_record(bytes: &[u8], turn: u64) -> Record {
    let (content, rest) = bytes.get(block(turn)..)?.split_first_chunk::<16>()?;
    let checksum = rest.first_chunk::<4>()?;
    if crc32fast::hash(content) != u32::from_be_bytes(*checksum) {
        return None;
    }
    let (turn, next) = content.split_at(8);
    let number = |bytes: &[u8]| bytes.try_into().ok().map(u64::from_be_bytes);
    Some((number(turn)?, Position::new(number(next)?)))
}

fn newest_first(mut records: [Record; 2]) -> [Record; 2] {
    records.sort_by(|one, other| other.cmp(one));
    records
}
