use crate::event::{
    Arrears, Budget, Carried, Contribution, Counted, Drawdown, Estimate, Invoice, Procedures,
    Restoration, Scale, Target,
};

chancery_kernel::commands! {
    /// What somebody asks to record about money.
    Command {
        /// Financial procedures were adopted, completed or amended.
        AdoptProcedures(Procedures) = "procedures_adopted",
        /// A scale of assessments was adopted for a period.
        AdoptScale(Scale) = "scale_adopted",
        /// A budget was approved.
        ApproveBudget(Budget) = "budget_approved",
        /// A State was asked for its part.
        Invoice(Invoice) = "invoiced",
        /// Somebody paid.
        Contribute(Contribution) = "contributed",
        /// A source sums up what was paid for a year.
        Count(Counted) = "contributions_counted",
        /// The level of the reserve was set, and what it is for.
        SetTarget(Target) = "reserve_target_set",
        /// Money was taken from the reserve.
        Draw(Drawdown) = "reserve_drawn",
        /// What was taken was given back.
        Restore(Restoration) = "reserve_restored",
        /// What was left of earlier years was carried over.
        Carry(Carried) = "unspent_carried",
        /// The costs of a meeting were estimated.
        Estimate(Estimate) = "costs_estimated",
        /// Arrears were reported.
        ReportArrears(Arrears) = "arrears_reported",
    }
}
