use std::fmt::Write;

use chancery_kernel::Place;

use super::file::{Content, RecordFile};

/// Writes a record file. Reading it gives the same facts again.
///
/// # Errors
/// None in practice: facts are plain data.
pub fn write(file: &RecordFile) -> serde_json::Result<String> {
    // JSON is YAML: values are written in its flow style, which needs no rules of quoting.
    let mut text = String::new();
    let mut facts = String::new();
    let mut source = None;
    for entry in &file.entries {
        let symbol = serde_json::to_string(&entry.citation.symbol)?;
        let (key, number) = place(&entry.citation.place);
        let number = serde_json::to_string(number)?;
        let content = match &entry.content {
            Content::Fact(command) if command.key() == "profile" => {
                let body = serde_json::to_value(command.body())?;
                let _ = writeln!(text, "on: {}\nprofile: {}", body["on"], body["profile"]);
                source.get_or_insert(symbol);
                continue;
            }
            Content::Fact(command) => {
                format!("{}: {}", command.key(), serde_json::to_value(command.body())?)
            }
            Content::NoFact(why) => format!("no_fact: {}", serde_json::to_string(why)?),
        };
        let _ = writeln!(facts, "  - {key}: {number}\n    source: {symbol}\n    {content}");
        source.get_or_insert(symbol);
    }
    let head = format!(
        "convention: {}\nrecorded_by: {}\nsource: {}\n",
        file.convention,
        file.recorded_by,
        source.unwrap_or_else(|| "none".to_owned()),
    );
    let facts =
        if facts.is_empty() { "facts: []\n".to_owned() } else { format!("facts:\n{facts}") };
    Ok(head + &text + &facts)
}

fn place(place: &Place) -> (&'static str, &str) {
    let key = match place {
        Place::Paragraph(_) => "para",
        Place::Footnote(_) => "footnote",
        Place::Annex(_) => "annex",
        Place::Article(_) => "article",
        Place::Entry(_) => "entry",
    };
    (key, place.number())
}
