use crate::event::{
    Attendance, Closing, Consideration, Convocation, Event, Issue, Opening, Plenary, Rescheduling,
    Scheduling, Speech,
};

chancery_kernel::commands! {
    /// What somebody asks to record about a meeting.
    Command from Event {
        /// It was decided to hold a meeting.
        Schedule(Scheduling) = "scheduled" from Scheduled,
        /// The dates or the venue of a meeting were set or changed.
        Reschedule(Rescheduling) = "rescheduled" from Rescheduled,
        /// A meeting was called.
        Convene(Convocation) = "convened" from Convened,
        /// A meeting was opened.
        Open(Opening) = "opened" from Opened,
        /// Participants took part in a meeting.
        Attend(Attendance) = "attended" from Attended,
        /// A plenary meeting was held.
        HoldPlenary(Plenary) = "plenary_held" from PlenaryHeld,
        /// Somebody spoke at a meeting.
        Speak(Speech) = "spoke" from Spoke,
        /// A document was issued.
        IssueDocument(Issue) = "issued" from Issued,
        /// A meeting considered documents.
        Consider(Consideration) = "considered" from Considered,
        /// A meeting was closed.
        Close(Closing) = "closed" from Closed,
    }
}
