use crate::event::{
    Attendance, Closing, Consideration, Convocation, Event, Issue, Opening, Plenary, Rescheduling,
    Scheduling, Speech,
};

chancery_kernel::commands! {
    /// What somebody asks to record about a meeting.
    Command from Event {
        /// It was decided to hold it.
        Schedule(Scheduling) = "scheduled" from Scheduled,
        /// Its dates or venue were set or changed.
        Reschedule(Rescheduling) = "rescheduled" from Rescheduled,
        /// It was called.
        Convene(Convocation) = "convened" from Convened,
        /// It was opened.
        Open(Opening) = "opened" from Opened,
        /// Participants took part.
        Attend(Attendance) = "attended" from Attended,
        /// A plenary meeting was held.
        HoldPlenary(Plenary) = "plenary_held" from PlenaryHeld,
        /// Somebody spoke.
        Speak(Speech) = "spoke" from Spoke,
        /// A document was issued.
        IssueDocument(Issue) = "issued" from Issued,
        /// Documents were considered.
        Consider(Consideration) = "considered" from Considered,
        /// It was closed.
        Close(Closing) = "closed" from Closed,
    }
}
