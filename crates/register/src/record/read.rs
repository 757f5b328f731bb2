use std::ops::Range;

use chancery_kernel::{
    Citation, ConventionId, DocumentSymbol, PartialDate, Place, RecorderId, Text, nearest,
};
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    collect::collect,
    file::{Content, Entry, Reading, RecordFile},
    mistake::{Mistake, Mistakes},
    node::{Key, Node, Value},
    yaml,
};
use crate::{Command, profile};

const HEAD: [&str; 6] = ["convention", "source", "recorded_by", "on", "facts", "profile"];
const PLACES: [&str; 5] = ["para", "footnote", "annex", "article", "entry"];
const OTHERS: [&str; 2] = ["source", "no_fact"];

/// Reads a record file. `name` is how messages call it.
///
/// # Errors
/// Every mistake of the file, each with its place.
pub fn read(name: &str, text: &str) -> Result<RecordFile, Mistakes> {
    attempt(text).whole(name, text)
}

/// Reads what can be read of a record file.
pub fn attempt(text: &str) -> Reading {
    let mut mistakes = Vec::new();
    let mut broken = Vec::new();
    let file = yaml::parse(text)
        .map_err(|mistake| mistakes.push(mistake))
        .ok()
        .and_then(|root| Reader { mistakes: &mut mistakes, broken: &mut broken }.file(&root));
    Reading { file, mistakes, broken }
}

/// Whether a text is a profile: what a folder records first.
pub fn is_profile(text: &str) -> bool {
    yaml::parse(text).is_ok_and(|root| {
        root.map().is_some_and(|map| map.iter().any(|(key, _)| key.name == "profile"))
    })
}

/// The convention and the recorder that a text names at its head, if they can be read.
pub fn convention_of(text: &str) -> Option<(ConventionId, RecorderId)> {
    let root = yaml::parse(text).ok()?;
    let value =
        |name: &str| root.map()?.iter().find(|(key, _)| key.name == name).map(|(_, value)| value);
    let convention = ConventionId::deserialize(value("convention")?).ok()?;
    let recorded_by = RecorderId::deserialize(value("recorded_by")?).ok()?;
    Some((convention, recorded_by))
}

struct Reader<'a> {
    mistakes: &'a mut Vec<Mistake>,
    broken: &'a mut Vec<Range<usize>>,
}

/// What holds for every fact of the file that does not say otherwise.
struct Defaults<'a> {
    source: Option<DocumentSymbol>,
    on: Option<&'a (Key, Node)>,
}

impl Reader<'_> {
    fn file(&mut self, root: &Node) -> Option<RecordFile> {
        let Some(map) = root.map() else {
            self.wrong(
                &(0..0),
                &format!(
                    "a record file is a mapping, and this is {}; begin with `convention: …`",
                    root.kind()
                ),
            );
            return None;
        };
        for (key, _) in map {
            self.known(key, HEAD.into_iter());
        }
        let get = |name: &str| map.iter().find(|(key, _)| key.name == name);
        let start = root.span.start..map.first().map_or(root.span.start, |(key, _)| key.span.end);
        let convention: Option<ConventionId> =
            self.required(get("convention"), "convention", &start);
        let recorded_by: Option<RecorderId> =
            self.required(get("recorded_by"), "recorded_by", &start);
        let source = self.required(get("source"), "source", &start);
        let on = get("on");
        if let Some((key, value)) = on {
            let _: Option<PartialDate> = self.value(&key.span, value);
        }
        let defaults = Defaults { source, on };
        let mut entries = Vec::new();
        if let Some((key, value)) = get("profile") {
            entries.extend(self.profile(key, value, &defaults));
        }
        match get("facts") {
            Some((_, Node { value: Value::List(items), .. })) => {
                for item in items {
                    let before = self.mistakes.len();
                    entries.extend(self.entry(item, &defaults));
                    if self.mistakes.len() > before {
                        self.broken.push(item.span.clone());
                    }
                }
            }
            Some((key, value)) => {
                self.wrong(
                    &key.span,
                    &format!(
                        "`facts` is a list, and this is {}; write `- para: …` lines",
                        value.kind()
                    ),
                );
            }
            None if get("profile").is_none() => {
                self.wrong(
                    &start,
                    "`facts` is missing; write what the source says, paragraph by paragraph",
                );
            }
            None => {}
        }
        let convention_span =
            get("convention").map_or_else(|| start.clone(), |(_, value)| value.span.clone());
        Some(RecordFile {
            convention: convention?,
            convention_span,
            recorded_by: recorded_by?,
            source: defaults.source,
            is_list: false,
            entries,
        })
    }

    fn profile(&mut self, key: &Key, value: &Node, defaults: &Defaults<'_>) -> Option<Entry> {
        let on = self.default_date(&key.span, defaults)?;
        let entries = vec![on, (key.clone(), value.clone())];
        let body = Node { span: value.span.clone(), value: Value::Map(entries) };
        let record = collect(&body, &key.span, self.mistakes, |node| {
            profile::ProfileRecord::deserialize(node)
        })?;
        let place = Place::Entry(Text::try_from("profile").ok()?);
        Some(Entry {
            span: key.span.clone(),
            whole: key.span.start..value.span.end,
            citation: Citation { symbol: defaults.source.clone()?, place },
            content: Content::Fact(Box::new(Command::Profile(profile::Command::Record(record)))),
        })
    }

    fn default_date(
        &mut self,
        span: &Range<usize>,
        defaults: &Defaults<'_>,
    ) -> Option<(Key, Node)> {
        if defaults.on.is_none() {
            self.wrong(span, "`on` is missing; write `on: 2008-05-30` at the head of the file");
        }
        defaults.on.cloned()
    }

    fn entry(&mut self, item: &Node, defaults: &Defaults<'_>) -> Option<Entry> {
        let Some(map) = item.map() else {
            self.wrong(
                &item.span,
                &format!(
                    "an entry is a mapping, and this is {}; write `para: 23` and a fact below it",
                    item.kind()
                ),
            );
            return None;
        };
        let mut unknown = false;
        for (key, _) in map {
            unknown |= !self.known(key, PLACES.into_iter().chain(OTHERS).chain(Command::keys()));
        }
        let head = map.first().map_or(item.span.clone(), |(key, value)| {
            key.span.start..value.span.end.min(key.span.end + 80)
        });
        let citation = self.citation(map, &head, defaults);
        let mut contents = map
            .iter()
            .filter(|(key, _)| key.name == "no_fact" || Command::keys().any(|it| it == key.name));
        let content = contents.next();
        if let Some((second, _)) = contents.next() {
            self.wrong(&second.span, "one entry says one thing; begin another with the same place");
        }
        let Some((key, value)) = content else {
            if !unknown {
                self.wrong(&head, "this entry says nothing; write a fact, or `no_fact: why`");
            }
            return None;
        };
        let content = match key.name.as_str() {
            "no_fact" => self.value(&key.span, value).map(Content::NoFact),
            _ => self.fact(key, value, defaults).map(|fact| Content::Fact(Box::new(fact))),
        };
        Some(Entry {
            span: key.span.clone(),
            whole: item.span.clone(),
            citation: citation?,
            content: content?,
        })
    }

    fn fact(&mut self, key: &Key, value: &Node, defaults: &Defaults<'_>) -> Option<Command> {
        let mut body = value.clone();
        // What a State does for itself always bears its own date; everything else may take the
        // file's.
        let takes_default = !chancery_membership::Command::KEYS.contains(&key.name.as_str())
            && !chancery_obligations::Command::KEYS.contains(&key.name.as_str());
        if let (Value::Map(entries), Some(on), true) = (&mut body.value, defaults.on, takes_default)
            && !entries.iter().any(|(key, _)| key.name == "on")
        {
            entries.push(on.clone());
        }
        collect(&body, &key.span, self.mistakes, |node| {
            Command::read(&key.name, node).unwrap_or_else(|| {
                Err(serde::de::Error::custom(format!("there is no fact `{}`", key.name)))
            })
        })
    }

    fn citation(
        &mut self,
        map: &[(Key, Node)],
        head: &Range<usize>,
        defaults: &Defaults<'_>,
    ) -> Option<Citation> {
        let mut places = map.iter().filter(|(key, _)| PLACES.contains(&key.name.as_str()));
        let Some((key, value)) = places.next() else {
            self.wrong(head, "no place in the source is named; write `para: 23` (or `footnote`, `annex`, `article`, `entry`)");
            return None;
        };
        if let Some((second, _)) = places.next() {
            self.wrong(&second.span, "a fact rests on one place; keep one of them");
        }
        let number: Option<Text> = self.value(&key.span, value);
        let place = match key.name.as_str() {
            "para" => Place::Paragraph,
            "footnote" => Place::Footnote,
            "annex" => Place::Annex,
            "article" => Place::Article,
            _ => Place::Entry,
        };
        let own = map.iter().find(|(key, _)| key.name == "source");
        let symbol = match own {
            Some((key, value)) => self.value(&key.span, value),
            None => defaults.source.clone(),
        };
        Some(Citation { symbol: symbol?, place: place(number?) })
    }

    fn required<T: DeserializeOwned>(
        &mut self,
        entry: Option<&(Key, Node)>,
        name: &str,
        start: &Range<usize>,
    ) -> Option<T> {
        let Some((key, value)) = entry else {
            self.wrong(
                start,
                &format!("`{name}` is missing; write `{name}: …` at the head of the file"),
            );
            return None;
        };
        self.value(&key.span, value)
    }

    fn value<T: DeserializeOwned>(&mut self, key: &Range<usize>, value: &Node) -> Option<T> {
        collect(value, key, self.mistakes, |node| T::deserialize(node))
    }

    /// Whether a key is known; if not, that is a mistake.
    fn known(&mut self, key: &Key, known: impl Iterator<Item = &'static str>) -> bool {
        let known: Vec<&str> = known.collect();
        if known.contains(&key.name.as_str()) {
            return true;
        }
        let right = match nearest(&key.name, known.iter().copied()) {
            Some(near) => format!("`{near}` is meant?"),
            None => format!("there are `{}`", known.join("`, `")),
        };
        self.wrong(&key.span, &format!("there is no key `{}` here; {right}", key.name));
        false
    }

    fn wrong(&mut self, span: &Range<usize>, message: &str) {
        self.mistakes.push(Mistake::said(span.clone(), message));
    }
}
