use chancery_finance::RatesMissing;
use chancery_projections::{SharesAt, SharesRefused};

use crate::{
    args::{Global, Shares},
    error::Error,
    print, register,
};

pub(crate) async fn run(global: &Global, args: &Shares) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (view, day) = register::asked(&service, &args.read)?;
    let shares = view
        .at(day)
        .shares(&args.meeting, args.total, &args.suppose.what_if())
        .map_err(|why| Error::Rejected(format!("no shares are computed: {}", helped(&why))))?;
    if global.json {
        return print::json(&shares);
    }
    let head = ["code", "State", "rate", "adjusted", "share"];
    if args.csv {
        return print::csv(&head, shares.shares.iter().map(row));
    }
    print::line(&said(&shares))?;
    print::table(&head, shares.shares.iter().map(row))?;
    print::line("A calculation: nothing of it is recorded. Chancery is not the depositary.")
}

/// Without a rate nothing is computed; what is only to be tried out need not be recorded.
fn helped(why: &SharesRefused) -> String {
    let more = match why {
        SharesRefused::Rates(RatesMissing::Rates { .. }) => {
            ", or suppose one: `--rate VAT=0.001`, `--leave-out VAT`"
        }
        _ => "",
    };
    format!("{why}{more}")
}

fn row(share: &chancery_projections::ShareAt) -> Vec<String> {
    vec![
        share.state.code.to_string(),
        share.state.name.to_string(),
        share.rate.to_string(),
        share.adjusted.to_string(),
        share.amount.to_string(),
    ]
}

/// Who pays, by which scale, and what the rates add up to.
fn said(it: &SharesAt) -> String {
    format!(
        "{} for {} (opening {}), scale of {}\n{}\n{} States parties and {} participating States not party; their rates add up to {} %",
        it.total,
        it.meeting,
        it.on,
        it.scale,
        it.rule,
        it.parties,
        it.participants,
        it.sum_of_rates,
    )
}
