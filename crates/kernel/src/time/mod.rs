//! Dates as sources give them: known to the day, the month or the year, or tied to a meeting.

mod partial;
mod range;
mod when;

pub use partial::{DateError, PartialDate, day, optional_day};
pub use range::DateRange;
pub use when::{Anchor, Calendar, Days, Unit, Unresolved, When, WhenError};
