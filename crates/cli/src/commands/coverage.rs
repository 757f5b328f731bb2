use chancery_register::{
    coverage::{Covered, coverage},
    record::read,
};
use serde_json::json;

use crate::{
    args::{Coverage, Global},
    error::Error,
    input, print,
};

pub(crate) fn run(global: &Global, args: &Coverage) -> Result<(), Error> {
    let text = input::text(&args.file)?;
    let file = read(&args.file.display().to_string(), &text)
        .map_err(|mistakes| Error::Mistakes(vec![mistakes]))?;
    let source = input::text(&args.source)?;
    let coverage = coverage(&file, &source);
    let left = coverage.left().count();
    let total = coverage.places.len();
    if global.json {
        print::json(&json!({
            "places": coverage.places,
            "unknown": coverage.unknown,
            "total": total,
            "done": total - left,
            "facts": coverage.facts(),
        }))?;
    } else {
        print::table(&["place", "begins", "recorded"], coverage.places.iter().map(row))?;
        print::line(&format!(
            "{} of {total} places done, {left} left; {} facts",
            total - left,
            coverage.facts(),
        ))?;
    }
    if !coverage.unknown.is_empty() {
        return Err(Error::Rejected(format!(
            "the source has no {}; correct the places in the record file",
            coverage.unknown.join(", ")
        )));
    }
    if total == 0 {
        return Err(Error::Rejected(format!(
            "no paragraph was found in {}; its paragraphs begin with their number, as `23. `",
            args.source.display()
        )));
    }
    if left > 0 {
        return Err(Error::Rejected(format!("{left} places of the source are left")));
    }
    Ok(())
}

fn row(place: &Covered) -> Vec<String> {
    let mut said: Vec<String> = place.facts.iter().map(|fact| (*fact).to_owned()).collect();
    said.extend(place.no_fact.as_ref().map(|why| format!("no fact: {why}")));
    if said.is_empty() {
        said.push(if place.done { "no entry of its own".to_owned() } else { "LEFT".to_owned() });
    }
    vec![place.place.clone(), place.begins.clone(), said.join(", ")]
}
