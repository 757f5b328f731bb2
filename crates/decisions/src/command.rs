use crate::{
    event::{Adoption, Decided, Dissociation, Vote},
    mandate::{Fulfilment, Mandate},
};

chancery_kernel::commands! {
    /// What somebody asks to record about a decision.
    Command {
        /// A document was adopted, approved or confirmed.
        Adopt(Adoption) = "adopted",
        /// Something was decided, recommended, noted and so on.
        Decide(Decided) = "decided",
        /// States put on record that they stand apart from a decision.
        Dissociate(Dissociation) = "dissociated",
        /// A vote was taken.
        Vote(Vote) = "voted",
        /// A decision gives somebody something to do.
        Mandate(Mandate) = "mandated",
        /// It was done.
        Fulfil(Fulfilment) = "fulfilled",
    }
}
