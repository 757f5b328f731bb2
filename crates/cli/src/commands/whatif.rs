use chancery_gateway::service::{Input, Supposed};
use chancery_kernel::ConventionId;
use chancery_projections::{Difference, difference};
use jiff::{Timestamp, civil::Date, tz::Offset};
use serde::Serialize;

use super::diff;
use crate::{
    args::{Global, Whatif},
    error::Error,
    input::{self, Context},
    print::{self, count},
    register,
};

/// What files would change in one convention.
#[derive(Serialize)]
struct Answer {
    convention: ConventionId,
    /// Facts that are new.
    facts: usize,
    /// Facts that are recorded already.
    known: usize,
    difference: Difference,
}

pub(crate) async fn run(global: &Global, args: &Whatif) -> Result<(), Error> {
    let (convention, recorded_by) = (args.convention.as_ref(), args.recorded_by.as_ref());
    let context = Context::new(global, &args.files, convention, recorded_by).await?;
    let inputs: Vec<Input> = input::read(&args.files, context)?;
    let service = register::to_check(global).await?;
    let supposed = service.suppose(&inputs)?;
    let answers = supposed.iter().map(|it| answer(it, args)).collect::<Result<Vec<_>, Error>>()?;
    if global.json {
        return print::json(&answers);
    }
    for answer in &answers {
        let Answer { convention, facts, known, difference } = answer;
        let known = if *known == 0 {
            String::new()
        } else {
            format!(" (recorded before: {})", count(*known, "fact"))
        };
        print::line(&format!(
            "{convention}: if {}{known} were recorded, this would change as at {}. Nothing is recorded.",
            count(*facts, "fact"),
            difference.to.as_at
        ))?;
        diff::show(difference)?;
    }
    Ok(())
}

fn answer(supposed: &Supposed, args: &Whatif) -> Result<Answer, Error> {
    let day = match &args.as_at {
        Some(turn) => diff::day(&supposed.after, turn)?,
        None => last_day(supposed),
    };
    Ok(Answer {
        convention: supposed.after.convention().clone(),
        facts: supposed.facts,
        known: supposed.known,
        difference: difference(&supposed.before.at(day), &supposed.after.at(day)),
    })
}

/// Today, or the last day that the files speak of: what is supposed for later would not count yet.
fn last_day(supposed: &Supposed) -> Date {
    let today = Offset::UTC.to_datetime(Timestamp::now()).date();
    let before = supposed.before.log().len();
    let new = supposed.after.log().iter().skip(before);
    new.map(|it| it.envelope.effective.earliest()).fold(today, Date::max)
}
