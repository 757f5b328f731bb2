//! The settings of a server, from their file, the environment and flags.

use std::{fs::File, io::Read as _, path::Path};

use chancery_gateway::settings::{Effective, Place, Wrong, read};
use miette::{LabeledSpan, MietteDiagnostic, NamedSource};

use crate::{args::Given, error::Error};

/// The longest file of settings, in bytes.
const MAX_BYTES: u64 = 1 << 20;

/// A file of settings.
#[derive(Debug, Default)]
pub(crate) struct Source {
    name: String,
    text: String,
}

/// Reads the settings that hold, and the text of their file.
pub(crate) fn effective(given: &Given) -> Result<(Effective, Source), Error> {
    let source = given.config.as_deref().map(source).transpose()?;
    // What is not text is no setting of ours, and no name of one.
    let variables =
        std::env::vars_os().filter_map(|(name, text)| Some((name.into_string().ok()?, text)));
    let variables = variables.map(|(name, text)| (name, text.to_string_lossy().into_owned()));
    let text = source.as_ref().map(|source| source.text.as_str());
    let result = read(text, variables, given.flags.iter().cloned());
    let source = source.unwrap_or_default();
    match result {
        Ok(effective) => Ok((effective, source)),
        Err(mut wrong) => {
            wrong.sort_by_key(|wrong| match &wrong.place {
                Place::File(span) => (0, span.start),
                Place::Variable(_) => (1, 0),
                Place::Flag(_) => (2, 0),
            });
            Err(Error::Settings(WrongSettings { source, wrong }))
        }
    }
}

fn source(path: &Path) -> Result<Source, Error> {
    let name = path.display().to_string();
    let unreadable = |error: std::io::Error| {
        Error::Misuse(format!("the settings cannot be read from {name}: {error}"))
    };
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(unreadable)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Error::Misuse(format!(
            "{name} has more than {MAX_BYTES} bytes, which no file of settings has; name another with --config"
        )));
    }
    let text = String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Error::Misuse(format!("{name} is not UTF-8 text, from byte {at} on; save it as UTF-8"))
    })?;
    Ok(Source { name, text })
}

impl Source {
    /// Where a setting was given, as people look for it.
    pub(crate) fn says(&self, place: Option<&Place>) -> String {
        match place {
            None => "default".to_owned(),
            Some(Place::File(span)) => format!("{}:{}", self.name, self.position(span.start).0),
            Some(Place::Variable(variable)) => variable.clone(),
            Some(Place::Flag(flag)) => format!("--{flag}"),
        }
    }

    /// Line and column of a byte, from 1.
    fn position(&self, byte: usize) -> (usize, usize) {
        let before = self.text.get(..byte).unwrap_or(&self.text);
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        (line, column)
    }
}

/// Settings that make no sense, with the file that they may stand in.
#[derive(Debug)]
pub(crate) struct WrongSettings {
    source: Source,
    wrong: Vec<Wrong>,
}

impl std::fmt::Display for WrongSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} in the settings", crate::print::count(self.wrong.len(), "mistake"))
    }
}

impl WrongSettings {
    /// Each mistake as a compiler shows it, or by the name of its variable or flag.
    pub(crate) fn reports(&self) -> impl Iterator<Item = String> {
        self.wrong.iter().map(|wrong| {
            let mut shown = MietteDiagnostic::new(&wrong.what);
            shown.help.clone_from(&wrong.right);
            let Place::File(span) = &wrong.place else {
                shown.message = format!("{}: {}", self.source.says(Some(&wrong.place)), wrong.what);
                return format!("{:?}", miette::Report::new(shown));
            };
            shown.labels = Some(vec![LabeledSpan::new_with_span(None, span.clone())]);
            let text = NamedSource::new(&self.source.name, self.source.text.clone());
            format!("{:?}", miette::Report::new(shown).with_source_code(text))
        })
    }

    /// Each mistake for programs.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        let each = self.wrong.iter().map(|wrong| {
            let (place, name, at) = match &wrong.place {
                Place::File(span) => {
                    ("file", &self.source.name, Some(self.source.position(span.start)))
                }
                Place::Variable(name) => ("variable", name, None),
                Place::Flag(name) => ("flag", name, None),
            };
            let (line, column) = at.unzip();
            serde_json::json!({
                place: name,
                "line": line,
                "column": column,
                "what": wrong.what,
                "right": wrong.right,
            })
        });
        each.collect()
    }
}
