use chancery_gateway::service::{Input, Receipt, Service};
use indicatif::ProgressBar;

use crate::{
    args::{Global, Record},
    error::Error,
    input::{self, Context},
    print::{self, count},
    register,
};

pub(crate) async fn run(global: &Global, args: &Record) -> Result<(), Error> {
    let (convention, recorded_by) = (args.convention.as_ref(), args.recorded_by.as_ref());
    let context = Context::new(global, &args.files, convention, recorded_by).await?;
    // Read before the data folder is touched: a mistake of form leaves no empty register behind.
    let inputs = input::read(&args.files, context)?;
    let service =
        if args.check { register::to_check(global).await? } else { register::open(global).await? };
    let done = if args.check {
        service.check(&inputs).map_err(Error::from).inspect(|receipts| {
            if !global.json {
                receipts.iter().for_each(|receipt| show(receipt, "would record"));
            }
        })
    } else {
        record(&service, &inputs, global.json).await
    };
    let closed = service.close().await;
    let receipts = done?;
    closed?;
    if global.json { print::json(&receipts) } else { Ok(()) }
}

/// Records files and says of each that it is done, as soon as it is durable.
pub(crate) async fn record(
    service: &Service,
    inputs: &[Input],
    quiet: bool,
) -> Result<Vec<Receipt>, Error> {
    let bar = ProgressBar::new(inputs.len() as u64);
    let done = service.record_each(inputs, |receipt| {
        bar.inc(1);
        if !quiet {
            bar.suspend(|| show(receipt, "recorded"));
        }
    });
    let receipts = done.await;
    bar.finish_and_clear();
    Ok(receipts?)
}

fn show(receipt: &Receipt, verb: &str) {
    let Receipt { file, convention, known, .. } = receipt;
    let (facts, events) = (count(receipt.facts, "fact"), count(receipt.events, "event"));
    let text = match (receipt.facts, known) {
        (0, 0) => format!("{file}: nothing to record for {convention}"),
        (0, _) => format!(
            "{file}: nothing new for {convention}; recorded before: {}",
            count(*known, "fact")
        ),
        (_, 0) => format!("{file}: {verb} {facts} for {convention} ({events})"),
        (_, _) => {
            format!("{file}: {verb} {facts} for {convention} ({events}); recorded before: {known}")
        }
    };
    // Recording goes on when nobody reads: the exit code tells.
    let _ = print::line(&text);
    for it in &receipt.findings {
        let [place, against] = &it.places;
        let _ = print::line(&format!("  finding: {} ({place}; {against})", it.message));
    }
}
