use crate::event::{Appointment, Ending, Event, Succession};

chancery_kernel::commands! {
    /// What somebody asks to record about an office.
    Command from Event {
        /// Somebody was elected to an office.
        Elect(Appointment) = "elected" from Elected,
        /// Somebody was designated for a later meeting.
        Designate(Appointment) = "designated" from Designated,
        /// Somebody was confirmed, or served as the source says.
        Confirm(Appointment) = "confirmed" from Confirmed,
        /// Somebody took the place of a holder.
        Succeed(Succession) = "office_succeeded" from Succeeded,
        /// A term ended before its time.
        End(Ending) = "ended" from Ended,
    }
}
