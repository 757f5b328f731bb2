use crate::event::{
    Attendance, Closing, Consideration, Convocation, Issue, Opening, Plenary, Rescheduling,
    Scheduling, Speech,
};

chancery_kernel::commands! {
    /// What somebody asks to record about a meeting.
    Command {
        /// It was decided to hold it.
        Schedule(Scheduling) = "scheduled",
        /// Its dates or venue were set or changed.
        Reschedule(Rescheduling) = "rescheduled",
        /// It was called.
        Convene(Convocation) = "convened",
        /// It was opened.
        Open(Opening) = "opened",
        /// Participants took part.
        Attend(Attendance) = "attended",
        /// A plenary meeting was held.
        HoldPlenary(Plenary) = "plenary_held",
        /// Somebody spoke.
        Speak(Speech) = "spoke",
        /// A document was issued.
        IssueDocument(Issue) = "issued",
        /// Documents were considered.
        Consider(Consideration) = "considered",
        /// It was closed.
        Close(Closing) = "closed",
    }
}
