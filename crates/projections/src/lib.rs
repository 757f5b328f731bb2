//! Read models over the events of a convention, at any date.
//!
//! What it is: a [`View`] is one convention folded once, immutable and cheap to clone; [`View::at`]
//! gives everything that can be asked of it on a day: [`status`](At::status),
//! [`participants`](At::participants), [`meetings`](At::meetings), [`offices`](At::offices),
//! [`decisions`](At::decisions), [`documents`](At::documents), [`finances`](At::finances), what a
//! meeting would cost each State ([`shares`](At::shares)), [`deadlines`](At::deadlines),
//! [`reports`](At::reports), [`mandates`](At::mandates), and what contradicts what
//! ([`View::findings`]). [`difference`] says what changed between two points.
//!
//! What it is not: it does no I/O, and it decides nothing. The state that deciding needs is
//! `chancery-register`'s; a view shares it.
//!
//! **What counts on a day.** A fact counts from the day on which it happened. One known to the
//! month or the year counts from its first possible day; the answer shows how precisely it is
//! known, and never a day that the source does not give.

mod at;
mod corrections;
mod deadlines;
mod decisions;
mod difference;
mod documents;
mod finances;
mod findings;
mod history;
mod mandates;
mod meetings;
mod memo;
mod named;
mod offices;
mod participants;
mod parts;
mod status;
mod view;
mod whole;
mod why;

pub use at::{At, Resolved};
pub use corrections::{Entry, Standing};
pub use deadlines::DeadlineAt;
pub use decisions::{DecisionAt, DecisionFound, DissociationAt, VoteAt};
pub use difference::{
    Change, ChangeGroup, ChangeKind, ChangedValue, Difference, Point, Worth, difference,
};
pub use documents::DocumentAt;
pub use finances::{
    ApprovalAt, ArrearsAt, BudgetAt, BudgetSum, CategoryAt, ContributionAt, CountAt, CoverageAt,
    EstimateAt, FinancesAt, InvoiceAt, OwedAt, PaidAt, PaymentsAt, PortionCheck, ProceduresAt,
    RateAt, RequestAt, RequestsAt, ReserveAt, ScaleAt, ShareAt, SharesAt, SharesRefused, WhatIf,
};
pub use findings::{Finding, FindingRule, FindingStanding, IdleDismissal, Settlement, UnknownRule};
pub use history::{EventKind, HistoryFilter, UnknownEventKind};
pub use mandates::{FulfilmentAt, MandateAt};
pub use meetings::{AttendanceAt, MeetingAt, OrganisationAt, Participation};
pub use offices::OfficeAt;
pub use participants::{ParticipantAt, ParticipantFound, StateAt};
pub use parts::Part;
pub use status::{StandingChange, Standings, Status, standing_changes};
pub use view::{Known, View};
pub use whole::Whole;
pub use why::{Figure, Input, Sharing, StatusFigure, TermFigure, Why, WhyRefused};
