use chancery_kernel::{Calendar as _, nearest};
use chancery_projections::{Change, Difference, Point, View, difference};
use jiff::civil::Date;

use crate::{
    args::{Diff, Global, Read, Turn},
    error::Error,
    print::{self, count},
    register,
};

pub(crate) async fn run(global: &Global, args: &Diff) -> Result<(), Error> {
    let service = register::existing(global).await?;
    let read = Read { convention: args.convention.clone(), as_at: None };
    let (view, today) = register::asked(&service, &read)?;
    let from = day(&view, &args.from)?;
    let to = args.to.as_ref().map_or(Ok(today), |turn| day(&view, turn))?;
    let difference = difference(&view.at(from), &view.at(to));
    if global.json {
        return print::json(&difference);
    }
    print::line(&format!("From {} to {}.", point(&difference.from), point(&difference.to)))?;
    show(&difference)
}

/// The day that is meant: of a meeting its last.
pub(crate) fn day(view: &View, turn: &Turn) -> Result<Date, Error> {
    let id = match turn {
        Turn::Day(day) => return Ok(*day),
        Turn::Meeting(id) => id,
    };
    let meetings = &view.state().meetings;
    if let Some(days) = meetings.days(id) {
        return Ok(days.end.latest());
    }
    if meetings.meetings().contains_key(id) {
        return Err(Error::Misuse(format!(
            "{id} has no date yet; name a day as 2017-09-06 in its place"
        )));
    }
    let known = meetings.meetings().keys().map(chancery_kernel::MeetingId::as_str);
    let help = nearest(id.as_str(), known).map_or_else(
        || "name a day as 2017-09-06, or a meeting that is recorded".to_owned(),
        |near| format!("did you mean `{near}`?"),
    );
    Err(Error::Misuse(format!("no meeting `{id}` is recorded; {help}")))
}

/// The changes, group by group.
pub(crate) fn show(difference: &Difference) -> Result<(), Error> {
    if difference.changes.is_empty() {
        return print::line("Nothing changed.");
    }
    for of_group in difference.changes.chunk_by(|a, b| a.kind.group() == b.kind.group()) {
        let Some(first) = of_group.first() else { continue };
        print::line(&format!("\n{} ({})", first.kind.group(), count(of_group.len(), "change")))?;
        of_group.iter().try_for_each(|it| print::line(&line(it)))?;
    }
    print::line("\nChancery is not the depositary.")
}

/// The sentence, with the places that it rests on.
fn line(change: &Change) -> String {
    let mut places: Vec<String> = Vec::new();
    for event in &change.events {
        let place = event.envelope.source.to_string();
        if !places.contains(&place) {
            places.push(place);
        }
    }
    match places.as_slice() {
        [] => format!("  {}", change.summary),
        places => format!("  {} [{}]", change.summary, places.join("; ")),
    }
}

fn point(point: &Point) -> String {
    match (point.position, point.recorded_at) {
        (Some(position), Some(at)) => {
            format!("{}, as known at position {position} ({at})", point.as_at)
        }
        _ => format!("{}, with nothing recorded", point.as_at),
    }
}
