use crate::event::{
    Arrears, Budget, Carried, Contribution, Counted, Drawdown, Estimate, Event, Invoice,
    Procedures, Restoration, Scale, Target,
};

chancery_kernel::commands! {
    /// What somebody asks to record about money.
    Command from Event {
        /// Financial procedures were adopted, completed or amended.
        AdoptProcedures(Procedures) = "procedures_adopted" from ProceduresAdopted,
        /// A scale of assessments was adopted for a period.
        AdoptScale(Scale) = "scale_adopted" from ScaleAdopted,
        /// A budget was approved.
        ApproveBudget(Budget) = "budget_approved" from BudgetApproved,
        /// A State was asked for its part of a budget.
        Invoice(Invoice) = "invoiced" from Invoiced,
        /// Somebody paid.
        Contribute(Contribution) = "contributed" from Contributed,
        /// A source sums up what was paid for a year.
        Count(Counted) = "contributions_counted" from ContributionsCounted,
        /// The level of the reserve was set, and what it is for.
        SetTarget(Target) = "reserve_target_set" from ReserveTargetSet,
        /// Money was taken from the reserve.
        Draw(Drawdown) = "reserve_drawn" from ReserveDrawn,
        /// What was taken from the reserve was given back.
        Restore(Restoration) = "reserve_restored" from ReserveRestored,
        /// What was left of earlier years was carried over.
        Carry(Carried) = "unspent_carried" from UnspentCarried,
        /// The costs of a meeting were estimated.
        Estimate(Estimate) = "costs_estimated" from CostsEstimated,
        /// Arrears were reported.
        ReportArrears(Arrears) = "arrears_reported" from ArrearsReported,
    }
}
