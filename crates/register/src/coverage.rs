//! What of a source is recorded, and what is left: place by place.
//!
//! A source is done when every paragraph, footnote and annex line has a fact or a stated reason
//! for none.

use std::collections::BTreeMap;

use chancery_kernel::Place;
use serde::Serialize;

use crate::record::{Content, RecordFile};

/// What a source says and what of it is recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Every place of the source, in its order.
    pub places: Vec<Covered>,
    /// Places that the record file names and the source does not have.
    pub unknown: Vec<String>,
}

/// One place of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Covered {
    /// The place: `¶23`, `footnote 5`, `annex I.3`.
    pub place: String,
    /// How its text begins.
    pub begins: String,
    /// The facts recorded from it, by key.
    pub facts: Vec<&'static str>,
    /// Why there is nothing to record.
    pub no_fact: Option<String>,
    /// Whether something is said about it at all.
    pub done: bool,
}

impl Coverage {
    /// The places about which nothing is said.
    pub fn left(&self) -> impl Iterator<Item = &Covered> {
        self.places.iter().filter(|place| !place.done)
    }

    /// How many facts are recorded.
    pub fn facts(&self) -> usize {
        self.places.iter().map(|place| place.facts.len()).sum()
    }
}

/// Compares a record file with the text of its source.
///
/// The text is plain or Markdown: paragraphs begin with their number and a full stop (`23. `),
/// sub-paragraphs with a letter (`(a) `), footnotes with `<sup>5</sup>`; annexes have a heading
/// that begins with `Annex` and its number, which is a place as well, and within them numbered paragraphs or rows with a
/// tabulator count.
pub fn coverage(file: &RecordFile, source: &str) -> Coverage {
    let outline = outline(source);
    let mut said: BTreeMap<&Place, Covered> = BTreeMap::new();
    // The report itself, not what single facts cite besides.
    let cites =
        |entry: &&crate::record::Entry| file.source.as_ref() == Some(&entry.citation.symbol);
    for entry in file.entries.iter().filter(cites) {
        let covered =
            said.entry(&entry.citation.place).or_insert_with(|| nothing(&entry.citation.place, ""));
        match &entry.content {
            Content::Fact(command) => covered.facts.push(command.key()),
            Content::NoFact(why) => covered.no_fact = Some(why.to_string()),
        }
        covered.done = true;
    }
    let unknown = said
        .keys()
        .filter(|place| !outline.iter().any(|line| line.place == ***place))
        .map(ToString::to_string)
        .collect();
    let places = outline.iter().map(|line| covered(line, &outline, &said)).collect();
    Coverage { places, unknown }
}

/// A place in a source, as its text has it.
struct Line {
    place: Place,
    begins: String,
    /// The paragraph that a sub-paragraph belongs to, the annex of a line of it.
    parent: Option<Place>,
}

/// A place is done when something is said about it, about all of its parts, or when there is a
/// reason why the whole that it is part of holds no fact.
fn covered(line: &Line, outline: &[Line], said: &BTreeMap<&Place, Covered>) -> Covered {
    let own = said.get(&line.place).cloned();
    let mut covered = own.unwrap_or_else(|| nothing(&line.place, ""));
    covered.begins.clone_from(&line.begins);
    if !covered.done {
        let mut parts =
            outline.iter().filter(|part| part.parent.as_ref() == Some(&line.place)).peekable();
        let has_parts = parts.peek().is_some();
        // A reason for nothing covers the parts; a fact of the whole says nothing of them.
        let whole = line.parent.as_ref().and_then(|whole| said.get(whole));
        let whole = whole.is_some_and(|whole| whole.facts.is_empty());
        covered.done = whole || has_parts && parts.all(|part| said.contains_key(&part.place));
    }
    covered
}

fn nothing(place: &Place, begins: &str) -> Covered {
    Covered {
        place: place.to_string(),
        begins: begins.to_owned(),
        facts: Vec::new(),
        no_fact: None,
        done: false,
    }
}

fn outline(source: &str) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut annex: Option<String> = None;
    let mut paragraph = 0u32;
    let mut row = 0u32;
    for line in source.lines().map(str::trim) {
        let bare = line.trim_start_matches(['#', '*', ' ']);
        if line.starts_with('#')
            && let Some(number) = annex_number(bare)
        {
            push(&mut lines, Place::Annex, &number, bare, None);
            annex = Some(number);
            (paragraph, row) = (0, 0);
        } else if let Some((number, text)) = footnote(line) {
            push(&mut lines, Place::Footnote, number, text, None);
        } else if let Some((number, text)) = numbered(line).filter(|(n, _)| *n == paragraph + 1) {
            paragraph = number;
            match &annex {
                None => push(&mut lines, Place::Paragraph, &number.to_string(), text, None),
                Some(annex) => {
                    let whole = part_of(annex, Place::Annex);
                    push(&mut lines, Place::Annex, &format!("{annex}.{number}"), text, whole);
                }
            }
        } else if let (None, Some((letter, text))) = (&annex, lettered(line))
            && paragraph > 0
        {
            let whole = part_of(&paragraph.to_string(), Place::Paragraph);
            push(&mut lines, Place::Paragraph, &format!("{paragraph}({letter})"), text, whole);
        } else if let Some(annex) = &annex
            && line.contains('\t')
            && !line.starts_with('<')
        {
            row += 1;
            let whole = part_of(annex, Place::Annex);
            push(&mut lines, Place::Annex, &format!("{annex}.{row}"), line, whole);
        }
    }
    lines
}

fn push(
    lines: &mut Vec<Line>,
    kind: fn(chancery_kernel::Text) -> Place,
    number: &str,
    text: &str,
    parent: Option<Place>,
) {
    let Ok(number) = chancery_kernel::Text::try_from(number) else {
        return;
    };
    let begins: String = text.replace('\t', " ").chars().take(60).collect();
    lines.push(Line { place: kind(number), begins: begins.trim_end().to_owned(), parent });
}

/// The paragraph or annex that something is a part of.
fn part_of(number: &str, kind: fn(chancery_kernel::Text) -> Place) -> Option<Place> {
    chancery_kernel::Text::try_from(number).ok().map(kind)
}

fn annex_number(heading: &str) -> Option<String> {
    let number = heading.strip_prefix("Annex ")?.split_whitespace().next()?.trim_end_matches('*');
    number.bytes().all(|b| b.is_ascii_alphanumeric()).then(|| number.to_owned())
}

fn numbered(line: &str) -> Option<(u32, &str)> {
    let (number, text) = line.split_once(". ")?;
    Some((number.parse().ok()?, text))
}

fn lettered(line: &str) -> Option<(char, &str)> {
    let rest = line.trim_start_matches("- ").strip_prefix('(')?;
    let (letter, text) = rest.split_once(") ")?;
    let mut letters = letter.chars();
    let letter = letters.next().filter(char::is_ascii_lowercase)?;
    letters.next().is_none().then_some((letter, text))
}

fn footnote(line: &str) -> Option<(&str, &str)> {
    let (number, text) = line.strip_prefix("<sup>")?.split_once("</sup>")?;
    number.bytes().all(|b| b.is_ascii_digit()).then_some((number, text.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
# Report
1. One begins
 - (a) first part
 - (b) second part

<sup>1</sup> a note
2. Two
in 2017. Not a paragraph
## **Annex I**
1. A measure
## Annex II
<i>Symbol</i>\t<i>Title</i>
X/1\tAgenda
";

    #[track_caller]
    fn check(facts: &str, left: &[&str], unknown: &[&str]) {
        let text = format!("convention: ccm\nsource: X/2\nrecorded_by: isu\nfacts:\n{facts}");
        let file = crate::record::read("test", &text).unwrap();
        let coverage = coverage(&file, SOURCE);
        let found: Vec<&str> = coverage.left().map(|place| place.place.as_str()).collect();
        assert_eq!(found, left);
        assert_eq!(coverage.unknown, unknown);
    }

    #[test]
    fn every_place_of_the_source_is_asked_for() {
        check(
            "  - { para: 2, no_fact: nothing new }\n",
            &[
                "¶1",
                "¶1(a)",
                "¶1(b)",
                "footnote 1",
                "annex I",
                "annex I.1",
                "annex II",
                "annex II.1",
            ],
            &[],
        );
    }

    #[test]
    fn a_reason_for_the_whole_covers_its_parts_and_all_parts_the_whole() {
        let rest = "  - { para: 2, no_fact: x }\n  - { footnote: 1, no_fact: x }\n  - { annex: I.1, no_fact: x }\n  - { annex: II.1, no_fact: x }\n";
        check(&format!("{rest}  - {{ para: 1, no_fact: x }}\n"), &[], &[]);
        check(&format!("{rest}  - {{ para: 1(a), no_fact: x }}\n"), &["¶1", "¶1(b)"], &[]);
        let fact = "  - { para: 1, decided: { id: a, verb: noted, summary: x, on: 2017 } }\n";
        check(&format!("{rest}{fact}"), &["¶1(a)", "¶1(b)"], &[]);
        let parts = "  - { para: 1(a), no_fact: x }\n  - { para: 1(b), no_fact: x }\n";
        check(&format!("{rest}{parts}"), &[], &[]);
        // So it is with an annex; what its heading says can be a fact, too.
        let rest = "  - { para: 1, no_fact: x }\n  - { para: 2, no_fact: x }\n  - { footnote: 1, no_fact: x }\n  - { annex: II, no_fact: x }\n";
        check(&format!("{rest}  - {{ annex: I, no_fact: x }}\n"), &[], &[]);
        let heading = fact.replace("para: 1", "annex: I");
        check(&format!("{rest}{heading}"), &["annex I.1"], &[]);
    }

    #[test]
    fn a_place_that_the_source_lacks_is_named() {
        check(
            "  - { para: 7, no_fact: x }\n",
            &[
                "¶1",
                "¶1(a)",
                "¶1(b)",
                "footnote 1",
                "¶2",
                "annex I",
                "annex I.1",
                "annex II",
                "annex II.1",
            ],
            &["¶7"],
        );
    }
}
