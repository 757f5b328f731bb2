use atom_syndication::{Category, Content, Entry, Feed, Generator, Link, Person, Text};
use chancery_kernel::{MeetingId, ObligationId, StateCode};
use chancery_projections::{At, EventKind, HistoryFilter};
use chancery_register::{Event, Recorded};

use super::{id, moment};
use crate::{
    export::{NOTE, Terms},
    service::Asked,
};

/// How many events one feed holds; the one before it is its `next` (RFC 5005).
const ENTRIES: usize = 200;

/// What a feed is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// Everything of the convention.
    Convention,
    /// One State.
    State(StateCode),
    /// One meeting.
    Meeting(MeetingId),
    /// One obligation of the profile.
    Obligation(ObligationId),
    /// Corrections of what was recorded.
    Corrections,
}

/// A subject that the register does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum UnknownSubject {
    /// A meeting.
    #[error("no meeting `{0}` is recorded by the day asked about; /export/meetings.csv lists them")]
    Meeting(MeetingId),
    /// An obligation.
    #[error("the profile has no obligation `{0}`; /export/deadlines.csv lists them")]
    Obligation(ObligationId),
}

/// The newest events about a subject as an Atom feed (RFC 4287). An entry's id is that of its
/// event, its time that of recording. `path` is the feed's own address, `before` leaves out what
/// has that position or a later one.
///
/// # Errors
/// A subject that the register does not know.
pub fn feed(
    asked: &Asked,
    subject: &Subject,
    terms: &Terms,
    path: &str,
    before: Option<u64>,
) -> Result<String, UnknownSubject> {
    let at = asked.at();
    let title = subject.title(&at)?;
    let filter = subject.filter();
    let earlier = |it: &&std::sync::Arc<Recorded>| before.is_none_or(|end| it.position < end);
    let mut events: Vec<&Recorded> = at
        .history(&filter)
        .filter(earlier)
        .map(|it| &**it)
        .filter(|it| subject.takes(&it.envelope.event))
        .collect();
    events.reverse();
    let more = events.len() > ENTRIES;
    events.truncate(ENTRIES);
    let first = at.view().log().front().map(|it| it.envelope.recorded_at);
    let updated = events.first().map(|it| it.envelope.recorded_at).or(first).unwrap_or_default();
    let mut links = vec![link("self", path.to_owned())];
    if let Some(last) = events.last().filter(|_| more) {
        links.push(link("next", earlier_page(path, last.position)));
    }
    let feed = Feed {
        title: Text::plain(sayable(title)),
        subtitle: Some(Text::plain(NOTE)),
        id: format!("urn:uuid:{}", id(&subject.path(&at))),
        updated: moment(updated).fixed_offset(),
        authors: vec![person("Chancery")],
        generator: Some(Generator {
            value: "Chancery".to_owned(),
            uri: None,
            version: Some(env!("CARGO_PKG_VERSION").to_owned()),
        }),
        rights: Some(Text::plain(terms.licence())),
        links,
        entries: events.into_iter().map(|it| entry(&at, it)).collect(),
        lang: Some("en".to_owned()),
        ..Feed::default()
    };
    let written = feed.write_to(Vec::new()).unwrap_or_default();
    Ok(String::from_utf8(written).unwrap_or_default())
}

impl Subject {
    fn title(&self, at: &At<'_>) -> Result<String, UnknownSubject> {
        let profile = at.view().state().profile.as_deref();
        let name = profile.map_or_else(
            || at.view().convention().to_string(),
            |profile| profile.short_name.to_string(),
        );
        Ok(match self {
            Self::Convention => format!("{name}: all that is recorded"),
            Self::State(state) => format!("{name}: {}", at.name(*state)),
            Self::Meeting(id) => {
                let meeting = at.meeting(id).ok_or_else(|| UnknownSubject::Meeting(id.clone()))?;
                format!("{name}: {}", meeting.title)
            }
            Self::Obligation(id) => {
                let rules = profile.map(|profile| &profile.obligations);
                let rule = rules.and_then(|rules| rules.obligation(id));
                let rule = rule.ok_or_else(|| UnknownSubject::Obligation(id.clone()))?;
                format!("{name}: {}", rule.name)
            }
            Self::Corrections => format!("{name}: corrections of the record"),
        })
    }

    /// What names the subject for good.
    fn path(&self, at: &At<'_>) -> String {
        let convention = at.view().convention();
        match self {
            Self::Convention => format!("feed/{convention}"),
            Self::State(state) => format!("feed/{convention}/state/{state}"),
            Self::Meeting(id) => format!("feed/{convention}/meeting/{id}"),
            Self::Obligation(id) => format!("feed/{convention}/obligation/{id}"),
            Self::Corrections => format!("feed/{convention}/corrections"),
        }
    }

    fn filter(&self) -> HistoryFilter {
        let mut filter = HistoryFilter::default();
        match self {
            Self::Meeting(id) => filter.meeting = Some(id.clone()),
            Self::Corrections => filter.kinds = vec![EventKind::corrections()],
            Self::State(state) => filter.state = Some(*state),
            Self::Convention | Self::Obligation(_) => {}
        }
        filter
    }

    fn takes(&self, event: &Event) -> bool {
        match self {
            Self::Obligation(id) => {
                matches!(event, Event::Obligations(it) if it.duty().obligation == *id)
            }
            Self::Convention | Self::State(_) | Self::Meeting(_) | Self::Corrections => true,
        }
    }
}

fn entry(at: &At<'_>, recorded: &Recorded) -> Entry {
    let it = &recorded.envelope;
    let data = it.event.data().unwrap_or_default();
    let text = format!(
        "Effective: {}\nSource: {}\nRecorded: {} by {}\nPosition: {}\n\n{data:#}\n\n{NOTE}",
        it.effective, it.source, it.recorded_at, it.recorded_by, recorded.position
    );
    let kind = it.event.kind();
    Entry {
        title: Text::plain(sayable(title(at, recorded))),
        id: format!("urn:uuid:{}", it.id),
        updated: moment(it.recorded_at).fixed_offset(),
        published: Some(moment(it.recorded_at).fixed_offset()),
        authors: vec![person(it.recorded_by.as_str())],
        categories: vec![Category { term: kind.to_owned(), scheme: None, label: None }],
        summary: Some(Text::plain(sayable(it.source.to_string()))),
        content: Some(Content {
            value: Some(sayable(text)),
            content_type: Some("text".to_owned()),
            ..Content::default()
        }),
        ..Entry::default()
    }
}

/// What happened, in one line: who or what, the act, the date.
fn title(at: &At<'_>, recorded: &Recorded) -> String {
    let event = &recorded.envelope.event;
    let act = event.kind().rsplit('.').next().unwrap_or_default().replace('_', " ");
    let subject = match event {
        Event::Membership(it) => Some(at.name(it.state()).to_string()),
        Event::Obligations(it) => {
            let duty = it.duty();
            let rules = at.view().state().obligations.rules();
            let name = rules.obligation(&duty.obligation).map(|rule| rule.name.to_string());
            let name = name.unwrap_or_else(|| duty.obligation.to_string());
            Some(format!("{}, {name}", at.name(duty.state)))
        }
        event => event.meeting().and_then(|id| at.meeting(id)).map(|meeting| meeting.title),
    };
    let subject =
        subject.unwrap_or_else(|| event.kind().split('.').next().unwrap_or_default().to_owned());
    format!("{subject}: {act} ({})", recorded.envelope.effective)
}

/// The address of the page that ends before a position.
fn earlier_page(path: &str, position: u64) -> String {
    let (plain, query) = path.split_once('?').unwrap_or((path, ""));
    let kept = query.split('&').filter(|it| !it.is_empty() && !it.starts_with("before="));
    let before = format!("before={position}");
    let query: Vec<&str> = kept.chain([before.as_str()]).collect();
    format!("{plain}?{}", query.join("&"))
}

/// A text without the two characters that texts may hold and XML may not (XML 1.0, section 2.2).
fn sayable(text: String) -> String {
    const NONE: [char; 2] = ['\u{fffe}', '\u{ffff}'];
    if text.contains(NONE) { text.replace(NONE, "\u{fffd}") } else { text }
}

fn link(rel: &str, href: String) -> Link {
    Link {
        href,
        rel: rel.to_owned(),
        mime_type: Some("application/atom+xml".to_owned()),
        ..Link::default()
    }
}

fn person(name: &str) -> Person {
    Person { name: name.to_owned(), ..Person::default() }
}
