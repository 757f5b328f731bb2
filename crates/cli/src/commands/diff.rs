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
    let point = |as_at, as_known_at, at_position| {
        let convention = args.convention.clone();
        register::dialled(&service, &Read { convention, as_at, as_known_at, at_position })
    };
    // A meeting's days are those that are known now.
    let now = point(None, None, None)?;
    let day = |turn: &Option<Turn>| turn.as_ref().map(|turn| day(now.view(), turn)).transpose();
    let to = day(&args.to)?.unwrap_or_else(|| now.day());
    let from = day(&args.from)?.unwrap_or(to);
    let from = point(Some(from), args.from_known_at, args.from_position)?;
    let to = point(Some(to), args.to_known_at, args.to_position)?;
    let difference = difference(&from.at(), &to.at());
    if global.json {
        return print::json(&difference);
    }
    let (from, to) = (said(&difference.from), said(&difference.to));
    print::line(&format!("From {from} to {to}."))?;
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

fn said(point: &Point) -> String {
    match (point.position, point.recorded_at) {
        (Some(position), Some(at)) => {
            format!("{}, as known at position {position} ({at})", point.as_at)
        }
        _ => format!("{}, with nothing recorded", point.as_at),
    }
}
