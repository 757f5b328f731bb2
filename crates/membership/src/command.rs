use crate::event::{
    Declaration, Deposit, Event, PrintedForce, ProvisionalApplication, Renaming, Signature,
    Succession, TerritoryChange, Withdrawal,
};

chancery_kernel::commands! {
    /// What somebody asks to record about a State and a convention.
    Command from Event {
        /// It signed.
        Sign(Signature) = "signed" from Signed,
        /// It ratified.
        Ratify(Deposit) = "ratified" from Ratified,
        /// It accepted.
        Accept(Deposit) = "accepted" from Accepted,
        /// It approved.
        Approve(Deposit) = "approved" from Approved,
        /// It acceded.
        Accede(Deposit) = "acceded" from Acceded,
        /// It succeeded to a State that was bound.
        Succeed(Succession) = "succeeded" from Succeeded,
        /// It applies the convention provisionally.
        ApplyProvisionally(ProvisionalApplication) = "provisionally_applied" from ProvisionallyApplied,
        /// It made a declaration.
        Declare(Declaration) = "declared" from Declared,
        /// It took a territory in or left one out.
        ChangeTerritory(TerritoryChange) = "territory_changed" from TerritoryChanged,
        /// It withdrew.
        Withdraw(Withdrawal) = "withdrew" from Withdrew,
        /// The depositary lists it under another name.
        Rename(Renaming) = "renamed" from Renamed,
        /// A source prints from when the convention is in force for it.
        PrintForce(PrintedForce) = "entry_into_force_printed" from EntryIntoForcePrinted,
    }
}
