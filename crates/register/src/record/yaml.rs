//! YAML text to a tree with spans. Anchors, aliases and tags are refused: record files need none,
//! and without them no small file can stand for a large one.

use std::collections::HashSet;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::{
    mistake::Mistake,
    node::{Key, Node, Value},
};

/// Deeper nesting than any record has.
const MAX_DEPTH: usize = 32;
const TOO_DEEP: &str = "this is nested too deeply; records need no more than a few levels";

pub(super) fn parse(text: &str) -> Result<Node, Mistake> {
    let offsets = Offsets::of(text);
    let mut builder = Builder::default();
    for event in Parser::new_from_str(text) {
        let (event, span) = event.map_err(|error| {
            let at = offsets.byte(error.marker().index());
            let span = at..(at + 1).min(text.len()).max(at);
            // The parser's own limit on brackets; ours counts every kind of nesting.
            if error.info().contains("recursion limit") {
                return Mistake::said(span, TOO_DEEP);
            }
            let info = error.info().replace("; ", ", ");
            let help = "check the indentation, the quotation marks and the brackets before it";
            Mistake::said(span, &format!("this is not YAML: {info}; {help}"))
        })?;
        builder.take(event, offsets.range(span, text))?;
    }
    builder.root.ok_or_else(|| {
        Mistake::said(
            0..0,
            "this file is empty; write `convention`, `source`, `recorded_by` and `facts`",
        )
    })
}

#[derive(Default)]
struct Builder {
    open: Vec<Open>,
    root: Option<Node>,
    documents: usize,
}

enum Open {
    List(usize, Vec<Node>),
    Map { start: usize, entries: Vec<(Key, Node)>, names: HashSet<String>, key: Option<Key> },
}

impl Builder {
    fn take(&mut self, event: Event<'_>, span: std::ops::Range<usize>) -> Result<(), Mistake> {
        match event {
            Event::DocumentStart(_) => {
                self.documents += 1;
                if self.documents > 1 {
                    return Err(Mistake::said(
                        span,
                        "a second document begins here; write one file for each source",
                    ));
                }
            }
            Event::Alias(_) => {
                return Err(Mistake::said(
                    span,
                    "record files know no aliases (`*name`); write it out",
                ));
            }
            Event::Scalar(text, style, anchor, tag) => {
                plain_only(&span, anchor, tag.is_some())?;
                let plain = style == ScalarStyle::Plain;
                let nothing = plain && matches!(&*text, "" | "~" | "null");
                let value = if nothing {
                    Value::Nothing
                } else {
                    Value::Scalar { text: text.into_owned(), plain }
                };
                return self.put(Node { span, value });
            }
            Event::SequenceStart(anchor, tag) => {
                plain_only(&span, anchor, tag.is_some())?;
                self.open(Open::List(span.start, Vec::new()), span)?;
            }
            Event::MappingStart(anchor, tag) => {
                plain_only(&span, anchor, tag.is_some())?;
                self.open(
                    Open::Map {
                        start: span.start,
                        entries: Vec::new(),
                        names: HashSet::new(),
                        key: None,
                    },
                    span,
                )?;
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let node = match self.open.pop() {
                    Some(Open::List(start, items)) => {
                        Node { span: start..span.end.max(start), value: Value::List(items) }
                    }
                    Some(Open::Map { start, entries, .. }) => {
                        Node { span: start..span.end.max(start), value: Value::Map(entries) }
                    }
                    None => return Ok(()),
                };
                return self.put(node);
            }
            _ => {}
        }
        Ok(())
    }

    fn open(&mut self, open: Open, span: std::ops::Range<usize>) -> Result<(), Mistake> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Mistake::said(span, TOO_DEEP));
        }
        self.open.push(open);
        Ok(())
    }

    fn put(&mut self, node: Node) -> Result<(), Mistake> {
        match self.open.last_mut() {
            None => self.root = Some(node),
            Some(Open::List(_, items)) => items.push(node),
            Some(Open::Map { entries, names, key, .. }) => match key.take() {
                Some(name) => entries.push((name, node)),
                None => {
                    let Value::Scalar { text, .. } = node.value else {
                        return Err(Mistake::said(
                            node.span,
                            "a key is a word; write `key: value`",
                        ));
                    };
                    if !names.insert(text.clone()) {
                        let message =
                            format!("`{text}` stands twice in the same mapping; keep one of them");
                        return Err(Mistake::said(node.span, &message));
                    }
                    *key = Some(Key { span: node.span, name: text });
                }
            },
        }
        Ok(())
    }
}

fn plain_only(span: &std::ops::Range<usize>, anchor: usize, tagged: bool) -> Result<(), Mistake> {
    if anchor != 0 {
        return Err(Mistake::said(
            span.clone(),
            "record files know no anchors (`&name`); write it out where it is needed",
        ));
    }
    if tagged {
        return Err(Mistake::said(
            span.clone(),
            "record files know no tags (`!name`); leave it away",
        ));
    }
    Ok(())
}

/// The parser counts characters; spans are bytes.
struct Offsets {
    /// The byte of each character; empty when the text is ASCII and they are the same.
    bytes: Vec<usize>,
    len: usize,
}

impl Offsets {
    fn of(text: &str) -> Self {
        let bytes = if text.is_ascii() {
            Vec::new()
        } else {
            text.char_indices().map(|(at, _)| at).collect()
        };
        Self { bytes, len: text.len() }
    }

    fn byte(&self, character: usize) -> usize {
        if self.bytes.is_empty() {
            character.min(self.len)
        } else {
            self.bytes.get(character).copied().unwrap_or(self.len)
        }
    }

    /// The bytes of a span, without the white space that the parser counts to its end.
    fn range(&self, span: Span, text: &str) -> std::ops::Range<usize> {
        let start = self.byte(span.start.index());
        let end = self.byte(span.end.index()).max(start);
        let trimmed = text.get(start..end).map_or(end, |part| start + part.trim_end().len());
        start..trimmed
    }
}
