use std::ops::Range;

use miette::{Diagnostic, LabeledSpan, NamedSource, SourceCode};

/// One mistake in a file: where, what is wrong, what would be right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    /// The bytes of the text that are wrong.
    pub span: Range<usize>,
    /// What is wrong.
    pub what: String,
    /// What would be right.
    pub right: Option<String>,
}

impl Mistake {
    /// A mistake from a message of the form "what is wrong; what would be right".
    pub fn said(span: Range<usize>, message: &str) -> Self {
        let (what, right) = match message.split_once("; ") {
            Some((what, right)) => (what.to_owned(), Some(right.to_owned())),
            None => (message.to_owned(), None),
        };
        Self { span, what, right }
    }
}

/// All mistakes of one file, shown as a compiler shows them. Nothing of the file is recorded.
#[derive(Debug, Clone)]
pub struct Mistakes {
    name: String,
    text: String,
    shown: Vec<Shown>,
}

impl Mistakes {
    /// The mistakes of the file `name` with the content `text`, in the order of the text.
    pub fn new(name: &str, text: &str, mut mistakes: Vec<Mistake>) -> Self {
        mistakes.sort_by_key(|mistake| (mistake.span.start, mistake.span.end));
        mistakes.dedup();
        let shown = mistakes
            .into_iter()
            .map(|mistake| Shown { source: NamedSource::new(name, text.to_owned()), mistake })
            .collect();
        Self { name: name.to_owned(), text: text.to_owned(), shown }
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Each mistake with its line and column, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, usize, &Mistake)> {
        self.shown.iter().map(|shown| {
            let before = &self.text[..shown.mistake.span.start.min(self.text.len())];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            (line, column, &shown.mistake)
        })
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.shown.len()
    }
}

impl std::fmt::Display for Mistakes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mistakes = match self.shown.len() {
            1 => "1 mistake".to_owned(),
            n => format!("{n} mistakes"),
        };
        write!(f, "{}: {mistakes}; nothing was recorded", self.name)
    }
}

impl std::error::Error for Mistakes {}

impl Diagnostic for Mistakes {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.shown.iter().map(|shown| -> &dyn Diagnostic { shown })))
    }
}

#[derive(Debug, Clone)]
struct Shown {
    source: NamedSource<String>,
    mistake: Mistake,
}

impl std::fmt::Display for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.mistake.what)
    }
}

impl std::error::Error for Shown {}

impl Diagnostic for Shown {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        let right = self.mistake.right.as_ref()?;
        Some(Box::new(right))
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.mistake.span.clone();
        Some(Box::new(std::iter::once(LabeledSpan::underline(span))))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }
}
