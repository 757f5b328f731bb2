use chancery_gateway::service::{Receipt, Service};

use crate::{
    args::{Global, Record},
    error::Error,
    input::{self, Context},
    print, register,
};

pub(crate) async fn run(global: &Global, args: &Record) -> Result<(), Error> {
    let context =
        Context { convention: args.convention.clone(), recorded_by: args.recorded_by.clone() };
    // Read before the data folder is touched: a mistake leaves no empty register behind.
    let inputs = input::read(&args.files, &context)?;
    let service = register::open(global).await?;
    let done = if args.check { service.check(&inputs) } else { service.record(&inputs).await };
    let closed = service.close().await;
    let receipts = done?;
    closed?;
    if global.json { print::json(&receipts) } else { show(&receipts, args.check) }
}

/// Records a folder and says so: what `demo` does.
pub(crate) async fn folder(
    service: &Service,
    path: &std::path::Path,
) -> Result<Vec<Receipt>, Error> {
    let inputs = input::read(&[path.to_owned()], &Context::default())?;
    let bar = indicatif::ProgressBar::new(inputs.len() as u64);
    let mut receipts = Vec::new();
    // One call would do; one a file lets the bar move.
    service.check(&inputs)?;
    for input in &inputs {
        receipts.extend(service.record(std::slice::from_ref(input)).await?);
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(receipts)
}

pub(crate) fn show(receipts: &[Receipt], check: bool) -> Result<(), Error> {
    let verb = if check { "would record" } else { "recorded" };
    for receipt in receipts {
        let Receipt { file, convention, known, .. } = receipt;
        let (facts, events) = (count(receipt.facts, "fact"), count(receipt.events, "event"));
        let text = match (receipt.facts, known) {
            (0, 0) => format!("{file}: nothing to record for {convention}"),
            (0, _) => format!(
                "{file}: nothing new for {convention}; recorded before: {}",
                count(*known, "fact")
            ),
            (_, 0) => format!("{file}: {verb} {facts} for {convention} ({events})"),
            (_, _) => format!(
                "{file}: {verb} {facts} for {convention} ({events}); recorded before: {known}"
            ),
        };
        print::line(&text)?;
    }
    Ok(())
}

fn count(number: usize, what: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{number} {what}{plural}")
}
