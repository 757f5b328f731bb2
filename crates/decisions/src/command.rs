use crate::{
    event::{Adoption, Decided, Dissociation, Event, Vote},
    mandate::{Fulfilment, Mandate},
};

chancery_kernel::commands! {
    /// What somebody asks to record about a decision.
    Command from Event {
        /// A document was adopted, approved or confirmed.
        Adopt(Adoption) = "adopted" from Adopted,
        /// Something was decided, recommended, noted and so on.
        Decide(Decided) = "decided" from Decided,
        /// States put on record that they stand apart from a decision.
        Dissociate(Dissociation) = "dissociated" from Dissociated,
        /// A vote was taken.
        Vote(Vote) = "voted" from Voted,
        /// A decision gives somebody something to do.
        Mandate(Mandate) = "mandated" from Mandated,
        /// What a decision gave somebody to do was done.
        Fulfil(Fulfilment) = "fulfilled" from Fulfilled,
    }
}
