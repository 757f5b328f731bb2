use std::ops::Range;

use miette::{Diagnostic, LabeledSpan, SourceCode};

use super::source::{MAX_UNDERLINED, Source};

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
    /// A mistake from a message of the form "what is wrong; what would be right". What is quoted
    /// in it between backticks is somebody's text, and may hold a semicolon of its own.
    pub fn said(span: Range<usize>, message: &str) -> Self {
        let mut quoted = false;
        let split = message.char_indices().find(|(at, character)| {
            quoted ^= *character == '`';
            !quoted && message[*at..].starts_with("; ")
        });
        let (what, right) = match split {
            Some((at, _)) => (message[..at].to_owned(), Some(message[at + 2..].to_owned())),
            None => (message.to_owned(), None),
        };
        Self { span, what, right }
    }
}

/// The most mistakes of one file that are shown: nobody reads more in one go.
const MAX_SHOWN: usize = 100;

/// All mistakes of one file, shown as a compiler shows them. Nothing of the file is recorded.
#[derive(Debug, Clone)]
pub struct Mistakes {
    source: Source,
    shown: Vec<Shown>,
    count: usize,
}

impl Mistakes {
    /// The mistakes of the file `name` with the content `text`, in the order of the text.
    pub fn new(name: &str, text: &str, mut mistakes: Vec<Mistake>) -> Self {
        mistakes.sort_by_key(|mistake| (mistake.span.start, mistake.span.end));
        mistakes.dedup();
        let count = mistakes.len();
        let source = Source { name: name.into(), text: text.into() };
        let shown = mistakes
            .into_iter()
            .take(MAX_SHOWN)
            .map(|mistake| Shown { source: source.clone(), mistake })
            .collect();
        Self { source, shown, count }
    }

    /// The file's name.
    pub fn name(&self) -> &str {
        &self.source.name
    }

    /// Each mistake that is shown, with its line and column, from 1.
    pub fn lines(&self) -> impl Iterator<Item = (usize, usize, &Mistake)> {
        self.shown.iter().map(|shown| {
            let before = &self.source.text[..shown.mistake.span.start.min(self.source.text.len())];
            let line = before.matches('\n').count() + 1;
            let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
            (line, column, &shown.mistake)
        })
    }

    /// Each mistake that is shown.
    pub fn each(&self) -> impl Iterator<Item = &Mistake> {
        self.shown.iter().map(|shown| &shown.mistake)
    }

    /// How many there are, shown or not.
    pub fn count(&self) -> usize {
        self.count
    }
}

impl std::fmt::Display for Mistakes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mistakes = match self.count {
            1 => "1 mistake".to_owned(),
            n if n > MAX_SHOWN => format!("{n} mistakes, of which the first {MAX_SHOWN} are shown"),
            n => format!("{n} mistakes"),
        };
        write!(f, "{}: {mistakes}; nothing was recorded", self.name())
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
    source: Source,
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
        let Range { start, end } = self.mistake.span;
        let end = self.source.char_boundary(end.min(start + MAX_UNDERLINED));
        Some(Box::new(std::iter::once(LabeledSpan::underline(start..end.max(start)))))
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        Some(&self.source)
    }
}
