use crate::event::{
    Declaration, Deposit, Event, PrintedForce, ProvisionalApplication, Renaming, Signature,
    Succession, TerritoryChange, Withdrawal,
};

chancery_kernel::commands! {
    /// What somebody asks to record about a State and a convention.
    Command from Event {
        /// A State signed.
        Sign(Signature) = "signed" from Signed,
        /// A State ratified.
        Ratify(Deposit) = "ratified" from Ratified,
        /// A State accepted.
        Accept(Deposit) = "accepted" from Accepted,
        /// A State approved.
        Approve(Deposit) = "approved" from Approved,
        /// A State acceded.
        Accede(Deposit) = "acceded" from Acceded,
        /// A State succeeded to one that was bound.
        Succeed(Succession) = "succeeded" from Succeeded,
        /// A State applies the convention provisionally.
        ApplyProvisionally(ProvisionalApplication) = "provisionally_applied" from ProvisionallyApplied,
        /// A State made a declaration.
        Declare(Declaration) = "declared" from Declared,
        /// A State took a territory in or left one out.
        ChangeTerritory(TerritoryChange) = "territory_changed" from TerritoryChanged,
        /// A State withdrew.
        Withdraw(Withdrawal) = "withdrew" from Withdrew,
        /// The depositary lists a State under another name.
        Rename(Renaming) = "renamed" from Renamed,
        /// A source prints from when the convention is in force for it.
        PrintForce(PrintedForce) = "entry_into_force_printed" from EntryIntoForcePrinted,
    }
}
