//! Record files and tables: the way in for people, checked like code.
//!
//! A record file is YAML 1.2 without anchors, aliases and tags; a table is CSV. Both become the
//! same [`RecordFile`]: facts, each with its citation and the place in the text where it stands,
//! so that every mistake of a file can be shown at once, where it is.

mod cells;
mod collect;
mod fact;
mod file;
mod mistake;
mod node;
mod read;
mod scale;
mod source;
mod table;
mod values;
mod write;
mod yaml;

pub(crate) use fact::fact;
pub use file::{Content, Entry, Reading, RecordFile};
pub use mistake::{Mistake, Mistakes};
pub use read::{attempt, convention_of, is_profile, read};
pub use table::{TableContext, attempt_table, read_table};
pub use write::write;

/// The largest file that is read, in bytes: a report of a thousand pages as records is smaller.
pub const MAX_FILE_BYTES: u64 = 8 * 1024 * 1024;
