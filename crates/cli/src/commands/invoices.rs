use chancery_kernel::Amount;
use chancery_projections::{BudgetAt, PaymentsAt};
use serde_json::json;

use crate::{
    args::{Global, Invoices},
    error::Error,
    print, register,
};

pub(crate) async fn run(global: &Global, args: &Invoices) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (view, day) = register::asked(&service, &args.read)?;
    let budget = view.at(day).budget(args.year).ok_or_else(|| {
        Error::Rejected(format!(
            "no budget of {} is recorded by {day}; record `budget_approved`, or ask of another year",
            args.year
        ))
    })?;
    if global.json {
        return print::json(&json!({
            "year": budget.year,
            "as_at": day,
            "total": budget.total,
            "received": budget.received,
            "coverage": budget.coverage,
            "counts": budget.counts,
            "requests": budget.requests,
            "states": budget.payments,
        }));
    }
    let head = ["code", "State", "due", "pay by", "paid", "outstanding"];
    if args.csv {
        return print::csv(&head, budget.payments.iter().map(row));
    }
    print::line(&said(&budget))?;
    if budget.payments.is_empty() {
        return print::line("No invoice to a State and no contribution of one is recorded.");
    }
    print::table(&head, budget.payments.iter().map(row))
}

fn row(it: &PaymentsAt) -> Vec<String> {
    let text = |it: Option<String>| it.unwrap_or_default();
    // That a day has passed matters as long as something may be outstanding.
    let settled = it.outstanding.and_then(Amount::upper).is_some_and(|it| it.money.is_nought());
    let mut pay_by: Vec<String> = Vec::new();
    for invoice in &it.invoices {
        let Some(moment) = &invoice.pay_by else { continue };
        let day = moment.date.map_or_else(|| moment.said.to_string(), |date| date.to_string());
        let past = invoice.past_due == Some(true) && !settled;
        let day = if past { format!("{day} (past)") } else { day };
        if !pay_by.contains(&day) {
            pay_by.push(day);
        }
    }
    vec![
        it.state.code.to_string(),
        it.state.name.to_string(),
        text(it.due.map(|due| due.to_string())),
        pay_by.join(", "),
        text(it.paid.map(|paid| paid.to_string())),
        text(it.outstanding.map(|left| left.to_string())),
    ]
}

/// The budget, what is known of its cover, and what is missing to compute its shares.
fn said(it: &BudgetAt) -> String {
    let known = |it: Option<String>| it.unwrap_or_else(|| "not known".to_owned());
    let mut lines = vec![format!(
        "Budget of {}: {}; received as far as recorded: {}",
        it.year,
        known(it.total.map(|total| total.to_string())),
        it.received.map_or_else(|| "nothing".to_owned(), |received| received.to_string()),
    )];
    for count in &it.counts {
        let contributors = count.contributors.map(|n| format!("{n} contributors"));
        let coverage = count.coverage.map(|it| format!("{it:?} covered").to_lowercase());
        let check = count.check.as_ref().map(|check| check.said.clone());
        let said: Vec<String> = [contributors, coverage, check].into_iter().flatten().collect();
        lines.push(format!("As printed ({}): {}", count.source, said.join(", ")));
    }
    if !it.requests.missing.is_empty() {
        lines.push("What each State owes cannot be computed:".to_owned());
        lines.extend(it.requests.missing.iter().map(|missing| format!("- {missing}")));
    }
    lines.join("\n")
}
