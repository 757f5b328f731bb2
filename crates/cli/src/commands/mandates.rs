use chancery_decisions::MandateStanding;
use chancery_projections::MandateAt;

use crate::{
    args::{Global, Mandates},
    error::Error,
    print, register,
};

pub(crate) async fn run(global: &Global, args: &Mandates) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (view, day) = register::asked(&service, &args.read)?;
    let mut mandates = view.at(day).mandates();
    if args.open {
        let open = [MandateStanding::Open, MandateStanding::Overdue];
        mandates.retain(|it| open.contains(&it.standing));
    }
    if global.json {
        return print::json(&mandates);
    }
    print::table(
        &["due", "as said", "who", "what", "how it stands", "source"],
        mandates.iter().map(row),
    )?;
    print::line(
        "Overdue: the date has passed and nothing that fulfils it is recorded; it may have been done.",
    )
}

fn row(it: &MandateAt) -> Vec<String> {
    let said = it.due.as_ref().map(|due| due.said.to_string());
    let said: Vec<String> = said.into_iter().chain(it.due_as_said.clone()).collect();
    let fulfilled: Vec<String> = it.fulfilments.iter().map(|done| done.on.to_string()).collect();
    let standing = match (it.standing, &it.superseded_by) {
        (MandateStanding::Overdue, _) if it.recurs => "overdue, recurs".to_owned(),
        (MandateStanding::Overdue, _) => "overdue".to_owned(),
        (MandateStanding::Open, _) if it.recurs => "open, recurs".to_owned(),
        (MandateStanding::Open, _) => "open".to_owned(),
        (MandateStanding::Fulfilled, _) => format!("fulfilled {}", fulfilled.join(", ")),
        (MandateStanding::Superseded, Some(by)) => format!("superseded by {by}"),
        (MandateStanding::Superseded, None) => "superseded".to_owned(),
    };
    vec![
        it.due_on.map_or_else(|| "no date".to_owned(), |due| due.to_string()),
        said.join("; "),
        it.responsible.clone(),
        it.action.clone(),
        standing,
        it.source.as_ref().map(ToString::to_string).unwrap_or_default(),
    ]
}
