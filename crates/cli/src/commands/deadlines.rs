use chancery_obligations::{Standing, Timing};
use chancery_projections::DeadlineAt;

use crate::{
    args::{Deadlines, Global},
    error::Error,
    print, register,
};

pub(crate) async fn run(global: &Global, args: &Deadlines) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let (view, day) = register::asked(&service, &args.read)?;
    let at = view.at(day);
    let mut deadlines = if args.reports { at.reports() } else { at.deadlines() };
    if let Some(state) = args.state {
        deadlines.retain(|it| it.state.code == state);
    } else if !args.reports {
        deadlines.retain(|it| it.standing != Standing::Fulfilled);
    }
    let unknown = deadlines.iter().filter(|it| it.standing == Standing::NotRecorded).count();
    if args.overdue {
        deadlines.retain(|it| it.standing == Standing::Overdue);
    }
    if args.not_recorded {
        deadlines.retain(|it| it.standing == Standing::NotRecorded);
    }
    if let Some(within) = args.within {
        let last = day.saturating_add(within);
        let open = |it: &DeadlineAt| matches!(it.standing, Standing::Due | Standing::Extended);
        deadlines.retain(|it| open(it) && it.due_on.earliest() <= last);
    }
    if global.json {
        return print::json(&deadlines);
    }
    print::table(&["due", "State", "what", "how it stands", "rule"], deadlines.iter().map(row))?;
    print::line(&said(args.overdue, unknown))
}

/// What the words mean, and what a list of the overdue leaves out.
fn said(overdue: bool, unknown: usize) -> String {
    let left_out = if overdue && unknown > 0 {
        let dates = print::count(unknown, "date");
        format!("{dates} passed with nothing recorded: `--not-recorded` lists them.\n")
    } else {
        String::new()
    };
    format!(
        "{left_out}Overdue and missing are said only where the profile says that the record is complete; \
         \"not recorded\" may have been done. Chancery is not the depositary."
    )
}

fn row(it: &DeadlineAt) -> Vec<String> {
    let what = match it.year {
        Some(year) => format!("{} for {year}", it.obligation_name),
        None => it.obligation_name.clone(),
    };
    vec![it.due_on.to_string(), it.state.name.to_string(), what, standing(it), it.rule.clone()]
}

fn standing(it: &DeadlineAt) -> String {
    let until = it.requested_until.map(|until| format!(" until {until}")).unwrap_or_default();
    let done = it.done_on.map(|on| on.to_string()).unwrap_or_default();
    let mut said = match (it.standing, it.timing) {
        (Standing::Overdue, _) if it.year.is_some() => "missing".to_owned(),
        (Standing::Overdue, _) => "overdue".to_owned(),
        (Standing::NotRecorded, _) => "not recorded".to_owned(),
        (Standing::Requested, _) => return format!("extension requested{until}, not decided"),
        (Standing::Due, _) => "due".to_owned(),
        (Standing::Extended, _) => "extended".to_owned(),
        (Standing::Fulfilled, Some(Timing::OnTime)) => format!("done {done}, on time"),
        (Standing::Fulfilled, Some(Timing::Late { at_least, at_most })) if at_least == at_most => {
            let days = print::count(usize::try_from(at_least).unwrap_or_default(), "day");
            format!("done {done}, late by {days}")
        }
        (Standing::Fulfilled, Some(Timing::Late { at_least, at_most })) => {
            format!("done {done}, late by {at_least} to {at_most} days")
        }
        (Standing::Fulfilled, _) => format!("done {done}, in time or not is not known"),
    };
    if it.extension_requested && it.standing != Standing::Fulfilled {
        said += &format!("; extension requested{until}");
    }
    said
}
