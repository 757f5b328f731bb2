use crate::event::{
    Declaration, Deposit, ProvisionalApplication, Renaming, Signature, Succession, TerritoryChange,
    Withdrawal,
};

chancery_kernel::commands! {
    /// What somebody asks to record about a State and a convention.
    Command {
        /// It signed.
        Sign(Signature) = "signed",
        /// It ratified.
        Ratify(Deposit) = "ratified",
        /// It accepted.
        Accept(Deposit) = "accepted",
        /// It approved.
        Approve(Deposit) = "approved",
        /// It acceded.
        Accede(Deposit) = "acceded",
        /// It succeeded to a State that was bound.
        Succeed(Succession) = "succeeded",
        /// It applies the convention provisionally.
        ApplyProvisionally(ProvisionalApplication) = "provisionally_applied",
        /// It made a declaration.
        Declare(Declaration) = "declared",
        /// It took a territory in or left one out.
        ChangeTerritory(TerritoryChange) = "territory_changed",
        /// It withdrew.
        Withdraw(Withdrawal) = "withdrew",
        /// The depositary lists it under another name.
        Rename(Renaming) = "renamed",
    }
}
