use chancery_kernel::StateCode;
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};
use jiff::civil::Date;

use super::{
    id,
    item::{Item, items},
    moment,
};
use crate::{export::NOTE, service::Asked};

/// What has a date, as iCalendar (RFC 5545): the meetings, deadlines, mandates and terms of office
/// of a convention, or of one State in it.
///
/// An entry's UID stays for good. Its SEQUENCE is how many events it rests on, and its DTSTAMP when
/// the last of them was recorded: both grow when a meeting moves or a fact is corrected, and are the
/// same whenever the same log is asked.
pub fn calendar(asked: &Asked, state: Option<StateCode>) -> String {
    let at = asked.at();
    let profile = at.view().state().profile.as_deref();
    let convention = asked.view().convention();
    let name = profile.map_or_else(|| convention.to_string(), |it| it.short_name.to_string());
    let name = match state {
        Some(state) => format!("{name}: {}", at.name(state)),
        None => name,
    };
    let mut calendar = Calendar::empty();
    calendar
        .append_property(Property::new("VERSION", "2.0"))
        .append_property(Property::new("PRODID", "-//Chancery//Register//EN"))
        .append_property(Property::new("CALSCALE", "GREGORIAN"))
        .name(&name)
        .description(NOTE);
    for item in items(&at, state) {
        calendar.push(event(convention.as_str(), &item));
    }
    calendar.done().to_string()
}

fn event(convention: &str, item: &Item) -> Event {
    let uid = id(&format!("calendar/{convention}/{}", item.key)).to_string();
    let mut event = Event::with_uid(&uid);
    let stamp = moment(item.recorded_at);
    event
        .summary(&item.summary)
        .description(&format!("{}\n\n{NOTE}", item.description))
        .timestamp(stamp)
        .last_modified(stamp)
        .sequence(u32::try_from(item.sequence).unwrap_or(u32::MAX))
        .add_property("CATEGORIES", item.category)
        // Nobody is busy because a State owes a report.
        .add_property("TRANSP", "TRANSPARENT");
    if let (Some(first), Some(behind)) = (day(item.first), item.last.tomorrow().ok().and_then(day))
    {
        // The end is the first day that is no longer part of it.
        event.starts(first).ends(behind);
    }
    if let Some(place) = &item.place {
        event.location(place);
    }
    event.done()
}

fn day(date: Date) -> Option<chrono::NaiveDate> {
    let (month, day) = (u32::try_from(date.month()).ok()?, u32::try_from(date.day()).ok()?);
    chrono::NaiveDate::from_ymd_opt(i32::from(date.year()), month, day)
}
