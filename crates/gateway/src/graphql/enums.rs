//! The closed sets of the domain, as enums of the schema.

use async_graphql::Enum;
use chancery_decisions as decisions;
use chancery_finance as finance;
use chancery_gateway_macros::Direct;
use chancery_meetings as meetings;
use chancery_membership as membership;
use chancery_obligations as obligations;
use chancery_offices as offices;
use chancery_projections as projections;

/// How a State stands towards a convention on one day.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "membership::Standing")]
pub(super) enum Standing {
    /// Has signed, and has deposited nothing.
    Signatory,
    /// Has deposited its instrument; the convention is not yet in force for it.
    Pending,
    /// A State party for which the convention is in force.
    InForce,
    /// Was bound, and its withdrawal has taken effect.
    Withdrawn,
}

/// The act by which a State consented to be bound (Vienna Convention on the Law of Treaties,
/// articles 11 to 16).
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "membership::Instrument")]
pub(super) enum Act {
    /// By a signatory.
    Ratification,
    /// By a signatory, under another name.
    Acceptance,
    /// By a signatory, under another name.
    Approval,
    /// By a State that had not signed.
    Accession,
    /// By a State that takes the place of one that was bound.
    Succession,
}

/// A figure of the status that can say why it is what it is.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "projections::StatusFigure")]
pub(super) enum Figure {
    /// `status.bound`: States that have consented to be bound and have not withdrawn.
    Bound,
    /// `status.inForce`: States parties in force.
    InForce,
    /// `status.pending`: bound, not yet in force.
    Pending,
    /// `status.signatoriesOnly`: signed, nothing deposited.
    SignatoriesOnly,
    /// `status.withdrawn`: were bound and have withdrawn.
    Withdrawn,
    /// `entryIntoForce`: the convention's own entry into force.
    EntryIntoForce,
}

/// The category in which a source lists a participant of a meeting.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "meetings::Category")]
pub(super) enum Category {
    /// A State for which the convention is in force.
    StateParty,
    /// A State that is bound, but for which it is not yet in force.
    NotYetInForce,
    /// A State that has only signed.
    Signatory,
    /// Any other State.
    OtherState,
    /// An organisation.
    Organisation,
}

/// How a holder came to an office.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "offices::Accession")]
pub(super) enum Accession {
    /// By election.
    Elected,
    /// By designation for a later meeting.
    Designated,
    /// By confirmation, or as the source says.
    Confirmed,
    /// In the place of another holder.
    Succeeded,
}

/// How much a decision's verb binds.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "decisions::Weight")]
pub(super) enum Weight {
    /// Settles something: decided, adopted, approved, agreed, determined, confirmed, designated.
    Operative,
    /// Asks for something: recommended, encouraged, underlined.
    Hortatory,
    /// Says what the meeting thinks or saw: noted, welcomed, commended, condemned.
    Declaratory,
}

/// Who bears a cost.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "finance::Payers")]
pub(super) enum Payers {
    /// The States parties in force.
    StatesParties,
    /// The States parties in force, and the States not party that take part in the meeting.
    StatesPartiesAndParticipants,
}

/// A part of the States parties, in words.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "finance::Portion")]
pub(super) enum Portion {
    /// Less than half of them.
    LessThanHalf,
    /// Half of them or more.
    HalfOrMore,
    /// Each of them.
    All,
}

/// How far a budget was covered, in words.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "finance::Coverage")]
pub(super) enum Covered {
    /// The whole of it.
    Fully,
    /// Less than the whole.
    Partly,
}

/// How a category of contributions is divided among the payers.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "finance::Basis")]
pub(super) enum Basis {
    /// In the proportion of the scale of assessments.
    Scale,
    /// The same for each.
    EqualShare,
    /// As each pleases: nothing is requested.
    Voluntary,
}

/// What may be put into a reserve.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "finance::Funding")]
pub(super) enum Funding {
    /// Contributions that nobody is asked for.
    VoluntaryContributions,
    /// What was left of earlier years.
    UnspentFunds,
    /// Contributions that are requested.
    RequestedContributions,
}

/// What a reserve is drawn for.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "finance::Purpose")]
pub(super) enum Purpose {
    /// Contributions that were promised have not come in yet.
    CashFlowShortfall,
    /// A budget is not covered.
    BudgetGap,
    /// Something that no budget foresaw.
    UnforeseenCosts,
    /// The secretariat is wound up.
    Closure,
}

/// How what a State owes stands on one day.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "obligations::Standing")]
pub(super) enum DeadlineStatus {
    /// Its date has passed, and it is not done: nothing that fulfils it is recorded, and the profile
    /// says that its record is complete.
    Overdue,
    /// Its date has passed, and nothing that fulfils it is recorded; since its record is kept only in
    /// part, it may have been done.
    NotRecorded,
    /// Its date has passed, more time is asked for, and no decision on that is recorded.
    Requested,
    /// Its date has not passed.
    Due,
    /// Its date has not passed, and an extension set it.
    Extended,
    /// Done.
    Fulfilled,
}

/// How a mandate stands on one day.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "decisions::MandateStanding")]
pub(super) enum MandateStatus {
    /// To be done, and its date has passed.
    Overdue,
    /// To be done; of one that recurs, the next time.
    Open,
    /// Done.
    Fulfilled,
    /// Another took its place.
    Superseded,
}

/// What is looked for among contradictions.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "projections::FindingRule")]
pub(super) enum FindingRule {
    /// Something in a meeting bears a date outside the meeting's own.
    DateOutsideMeeting,
    /// Something bears a date before that of the act that it follows from.
    PrecedesCause,
    /// A quantity does not follow from the others that are given.
    QuantityDiffers,
    /// A printed entry into force is not what the convention's rule gives.
    EntryIntoForceDiffers,
    /// The entry into force for a State rests on a reading, since the text says nothing of its deposit.
    EntryIntoForceUnsettled,
    /// A State attended in a category in which it did not stand on that day.
    CategoryDiffers,
    /// A State is named in an office of a meeting, or as speaking there, that it did not attend.
    StateAbsent,
    /// A term of office has no end, though others of the same office have one.
    TermWithoutEnd,
    /// A symbol that no document bears, though one bears a near one.
    UnknownSymbol,
    /// A document was considered before it was issued.
    ConsideredBeforeIssued,
    /// A list that is in order but for a few of its rows.
    OutOfOrder,
    /// A State is called by another name than its own on that day.
    NameIsAlias,
    /// An organisation, an office, a theme or a meeting is called by another name than its own.
    NameDiffers,
    /// The name of one person is spelt in two ways.
    PersonSpeltOtherwise,
    /// The function of one person at one meeting is given in two ways that are nearly the same.
    CapacityDiffers,
    /// A part of the States parties in words ("less than half") does not hold for the numbers.
    PortionDiffers,
    /// A source counts fewer contributors than are recorded, or more than there are parties.
    ContributorsDiffer,
    /// An invoice is not what the financial procedures give.
    InvoiceDiffers,
    /// A printed deadline is not what the convention's rule gives.
    DeadlineDiffers,
    /// An extension was asked for too shortly before the meeting that decides.
    RequestedLate,
    /// An extension was asked for when its date had passed.
    RequestedAfterDue,
    /// An extension is longer than what was asked for.
    GrantedBeyondRequest,
    /// An extension rests on a decision that names other States only.
    GrantedToOthers,
}

/// How a finding stands.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "projections::FindingStanding")]
pub(super) enum FindingStanding {
    /// Nothing was done about it.
    Open,
    /// It was so as recorded, and is so no longer as corrected.
    Closed,
    /// It was looked into and set aside.
    Dismissed,
}

/// The verb by which a source says what a meeting did.
#[derive(Enum, Direct, Debug, Clone, Copy, PartialEq, Eq)]
#[graphql(remote = "decisions::Verb")]
pub(super) enum Verb {
    /// "acknowledged": declaratory.
    Acknowledged,
    /// "adopted": operative.
    Adopted,
    /// "agreed": operative.
    Agreed,
    /// "applauded": declaratory.
    Applauded,
    /// "approved": operative.
    Approved,
    /// "commended": declaratory.
    Commended,
    /// "condemned": declaratory.
    Condemned,
    /// "confirmed": operative.
    Confirmed,
    /// "congratulated": declaratory.
    Congratulated,
    /// "considered": declaratory.
    Considered,
    /// "decided": operative.
    Decided,
    /// "designated": operative.
    Designated,
    /// "determined": operative.
    Determined,
    /// "encouraged": hortatory.
    Encouraged,
    /// "expressed its appreciation": declaratory.
    ExpressedAppreciation,
    /// "expressed its concern": declaratory.
    ExpressedConcern,
    /// "heard": declaratory.
    Heard,
    /// "identified": declaratory.
    Identified,
    /// "noted": declaratory.
    Noted,
    /// "recalled": declaratory.
    Recalled,
    /// "recognized": declaratory.
    Recognized,
    /// "recommended": hortatory.
    Recommended,
    /// "took note": declaratory.
    TookNote,
    /// "underlined": hortatory.
    Underlined,
    /// "welcomed": declaratory.
    Welcomed,
}
