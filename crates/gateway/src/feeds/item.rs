//! What has a date: one item for each entry of a calendar.

use std::collections::BTreeMap;

use chancery_decisions::{Event as Decisions, MandateStanding};
use chancery_kernel::{MandateId, MeetingId, OfficeId, PartialDate, StateCode};
use chancery_meetings::Event as Meetings;
use chancery_offices::Event as Offices;
use chancery_projections::{
    At, DeadlineAt, HistoryFilter, MandateAt, MeetingAt, OfficeAt, Resolved,
};
use chancery_register::{Event, Recorded};
use jiff::{Timestamp, civil::Date};

/// Something with a date.
pub(super) struct Item {
    /// What names it for good within its convention.
    pub(super) key: String,
    /// What kind of thing it is.
    pub(super) category: &'static str,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) place: Option<String>,
    /// The first day, and the last: where the day is not known, the days that it may be.
    pub(super) first: Date,
    pub(super) last: Date,
    /// How many events it rests on, and when the last of them was recorded.
    pub(super) sequence: u64,
    pub(super) recorded_at: Timestamp,
}

/// Everything with a date, of a convention or of one State in it. What has none yet is left out.
pub(super) fn items(at: &At<'_>, state: Option<StateCode>) -> Vec<Item> {
    let log = Log::read(at);
    let of = |code: Option<StateCode>| state.is_none_or(|state| code == Some(state));
    let deadlines = at.deadlines().into_iter().filter(|it| of(Some(it.state.code)));
    let mandates = at.mandates().into_iter();
    let mandates =
        mandates.filter(|it| state.is_none_or(|state| it.states.iter().any(|it| it.code == state)));
    let mut items: Vec<Item> = at.meetings().iter().filter_map(|it| log.meeting(it)).collect();
    items.extend(deadlines.filter_map(|it| log.deadline(&it)));
    items.extend(mandates.filter_map(|it| log.mandate(&it)));
    let terms = at.terms().filter(|it| of(it.state.as_ref().map(|state| state.code)));
    items.extend(terms.filter_map(|it| log.term(&it)));
    items
}

/// What the entries rest on: the events about each thing.
#[derive(Default)]
struct Log {
    /// The law and the corrections: they may change anything.
    general: Rests,
    meetings: BTreeMap<MeetingId, Rests>,
    offices: BTreeMap<OfficeId, Rests>,
    mandates: BTreeMap<MandateId, Rests>,
}

/// How many events something rests on, and when the last of them was recorded. Both only grow, as
/// time goes on and as the log does.
#[derive(Clone, Copy, Default)]
struct Rests {
    events: u64,
    recorded_at: Option<Timestamp>,
}

impl Rests {
    fn and(self, other: Self) -> Self {
        Self {
            events: self.events + other.events,
            recorded_at: self.recorded_at.max(other.recorded_at),
        }
    }

    fn on(self, recorded: &Recorded) -> Self {
        self.and(Self { events: 1, recorded_at: Some(recorded.envelope.recorded_at) })
    }
}

impl Log {
    fn read(at: &At<'_>) -> Self {
        let mut log = Self::default();
        for recorded in at.history(&HistoryFilter::default()) {
            let add = |rests: &mut Rests| *rests = rests.on(recorded);
            match &recorded.envelope.event {
                Event::Meetings(
                    Meetings::Scheduled(_)
                    | Meetings::Rescheduled(_)
                    | Meetings::Convened(_)
                    | Meetings::Opened(_)
                    | Meetings::Closed(_),
                ) => {
                    if let Some(id) = recorded.envelope.event.meeting() {
                        add(log.meetings.entry(id.clone()).or_default());
                    }
                }
                Event::Offices(it) => {
                    if let Some(id) = office(it) {
                        add(log.offices.entry(id.clone()).or_default());
                    }
                }
                Event::Decisions(Decisions::Mandated(it)) => {
                    for id in it.supersedes.iter().chain([&it.id]) {
                        add(log.mandates.entry(id.clone()).or_default());
                    }
                }
                Event::Decisions(Decisions::Fulfilled(it)) => {
                    add(log.mandates.entry(it.mandate.clone()).or_default());
                }
                event if is_general(event) => add(&mut log.general),
                _ => {}
            }
        }
        log
    }

    fn meeting(&self, it: &MeetingAt) -> Option<Item> {
        let (opens, closes) = (it.opens_on?, it.closes_on.or(it.opens_on)?);
        let sources: Vec<String> = it.sources.iter().map(ToString::to_string).collect();
        self.item(
            Named {
                key: format!("meeting/{}", it.id),
                category: "meeting",
                summary: it.title.clone(),
                description: sources.join("\n"),
                place: it.venue.clone(),
            },
            (opens.earliest(), closes.latest()),
            [opens, closes].iter().all(|on| on.day().is_some()),
            self.of_meeting(Some(&it.id)),
        )
    }

    fn deadline(&self, it: &DeadlineAt) -> Option<Item> {
        let clock = it.clock.as_ref().map_or("", |clock| clock.as_str());
        let year = it.year.map(|year| year.to_string()).unwrap_or_default();
        let year_said = if year.is_empty() { String::new() } else { format!(" for {year}") };
        let done = it.done_on.map_or_else(String::new, |on| format!("\nDone: {on}"));
        let sources: Vec<String> = it.sources.iter().map(ToString::to_string).collect();
        self.item(
            Named {
                key: format!("deadline/{}/{}/{clock}/{year}", it.state.code, it.obligation),
                category: "deadline",
                summary: format!("{}: {}{year_said}", it.state.name, it.obligation_name),
                description: format!("{}{done}\n{}", it.rule, sources.join("\n")),
                place: None,
            },
            (it.due_on.earliest(), it.due_on.latest()),
            it.due_on.day().is_some(),
            it.events.iter().fold(Rests::default(), |rests, event| rests.on(event)),
        )
    }

    fn mandate(&self, it: &MandateAt) -> Option<Item> {
        let due = it.due_on?;
        let meeting = it.due.as_ref().and_then(|due| due.said.meeting());
        let done = match it.standing {
            MandateStanding::Fulfilled => "\nDone.",
            MandateStanding::Superseded => "\nAnother mandate took its place.",
            MandateStanding::Open | MandateStanding::Overdue => "",
        };
        let said = it.due.as_ref().map(|due| format!("\nDue: {}", due.said)).unwrap_or_default();
        let source = it.source.as_ref().map(|it| format!("\n{it}")).unwrap_or_default();
        self.item(
            Named {
                key: format!("mandate/{}", it.id),
                category: "mandate",
                summary: format!("{}: {}", it.responsible, it.action),
                description: format!("{}{said}{done}{source}", it.action),
                place: None,
            },
            (due.earliest(), due.latest()),
            due.day().is_some(),
            self.mandates.get(&it.id).copied().unwrap_or_default().and(self.of_meeting(meeting)),
        )
    }

    /// A term that is open or has no end yet is an entry on its first day.
    fn term(&self, it: &OfficeAt) -> Option<Item> {
        let first = it.from.date?;
        let until = it.until.as_ref();
        let end = until.and_then(|until| until.date);
        let said = |moment: Option<&Resolved>| {
            moment.map_or_else(|| "open".to_owned(), |moment| moment.said.to_string())
        };
        let begins = if end.is_some() { "" } else { " (begins)" };
        let theme = it.theme_name.as_ref().map(|it| format!(", {it}")).unwrap_or_default();
        let of = it.of.as_ref().map(|it| format!(" of {it}")).unwrap_or_default();
        let source = it.source.as_ref().map(|it| format!("\n{it}")).unwrap_or_default();
        let meetings = [it.from.said.meeting(), until.and_then(|until| until.said.meeting())];
        let [begins_with, ends_with] = meetings.map(|id| self.of_meeting(id));
        let known = |on: PartialDate| on.day().is_some();
        self.item(
            Named {
                key: format!("term/{}/{}", it.version, holding(it)),
                category: "term",
                summary: format!("{}{of}{theme}: {}{begins}", it.office_name, holder(it)),
                description: format!("From: {}\nUntil: {}{source}", it.from.said, said(until)),
                place: None,
            },
            (first.earliest(), end.map_or(first.latest(), |end| end.latest())),
            known(first) && end.is_none_or(known),
            self.offices
                .get(&it.office)
                .copied()
                .unwrap_or_default()
                .and(begins_with)
                .and(ends_with),
        )
    }

    fn of_meeting(&self, id: Option<&MeetingId>) -> Rests {
        id.and_then(|id| self.meetings.get(id)).copied().unwrap_or_default()
    }

    fn item(
        &self,
        named: Named,
        (first, last): (Date, Date),
        certain: bool,
        rests_on: Rests,
    ) -> Option<Item> {
        let rests_on = rests_on.and(self.general);
        let unsure = if certain { "" } else { " (the day is not known)" };
        Some(Item {
            key: named.key,
            category: named.category,
            summary: named.summary + unsure,
            description: named.description,
            place: named.place,
            first,
            last: last.max(first),
            sequence: rests_on.events,
            recorded_at: rests_on.recorded_at?,
        })
    }
}

/// What an entry says.
struct Named {
    key: String,
    category: &'static str,
    summary: String,
    description: String,
    place: Option<String>,
}

fn is_general(event: &Event) -> bool {
    matches!(event, Event::Profile(_) | Event::Corrections(_))
}

fn office(event: &Offices) -> Option<&OfficeId> {
    Some(match event {
        Offices::Elected(it) | Offices::Designated(it) | Offices::Confirmed(it) => &it.office,
        Offices::Succeeded(it) => &it.office,
        Offices::Ended(it) => &it.office,
        _ => return None,
    })
}

/// Which office is held by whom. A holder may come to one office more than once: each time by
/// another event, whose number goes before.
fn holding(it: &OfficeAt) -> String {
    let theme = it.theme.as_ref().map(ToString::to_string).unwrap_or_default();
    let of = it.of.as_ref().map(ToString::to_string).unwrap_or_default();
    let state = it.state.as_ref().map(|state| state.code.to_string()).unwrap_or_default();
    let organisation = it.organisation.as_ref().map(|it| it.id.to_string()).unwrap_or_default();
    format!("{}/{theme}/{of}/{state}/{organisation}", it.office)
}

fn holder(it: &OfficeAt) -> String {
    let state = it.state.as_ref().map(|state| state.name.to_string());
    let body = state.or_else(|| it.organisation.as_ref().map(|it| it.name.clone()));
    match (&it.person, body) {
        (Some(person), Some(body)) => format!("{body} ({person})"),
        (Some(person), None) => person.clone(),
        (None, body) => body.unwrap_or_default(),
    }
}
