use crate::event::{Appointment, Ending, Succession};

chancery_kernel::commands! {
    /// What somebody asks to record about an office.
    Command {
        /// Somebody was elected.
        Elect(Appointment) = "elected",
        /// Somebody was designated for a later meeting.
        Designate(Appointment) = "designated",
        /// Somebody was confirmed, or served as the source says.
        Confirm(Appointment) = "confirmed",
        /// Somebody took the place of a holder.
        Succeed(Succession) = "office_succeeded",
        /// A term ended before its time.
        End(Ending) = "ended",
    }
}
