use std::{fmt::Write as _, ops::Range};

/// A text that is being written, and where the pieces of it come from.
pub(super) struct Draft {
    pub(super) text: String,
    pieces: Vec<Piece>,
}

/// A piece of what was given.
struct Piece {
    /// Its bytes in the text, its name included.
    span: Range<usize>,
    /// The piece that it is in; the first is in itself.
    within: usize,
    step: Step,
    /// What is wrong with it has been told.
    told: bool,
}

/// How a piece is found in the one that it is in.
pub(super) enum Step {
    Whole,
    Field(Box<str>),
    Item(usize),
}

impl Draft {
    pub(super) fn new() -> Self {
        let whole = Piece { span: 0..0, within: 0, step: Step::Whole, told: false };
        Self { text: "{".to_owned(), pieces: vec![whole] }
    }

    pub(super) fn begin(&mut self, within: usize, step: Step) -> usize {
        let at = self.text.len();
        self.pieces.push(Piece { span: at..at, within, step, told: false });
        self.pieces.len() - 1
    }

    pub(super) fn end(&mut self, piece: usize) {
        self.pieces[piece].span.end = self.text.len();
    }

    /// What is wrong with a piece has been told.
    pub(super) fn tell(&mut self, piece: usize) {
        self.pieces[piece].told = true;
    }

    pub(super) fn is_told(&self, piece: usize) -> bool {
        self.pieces[piece].told
    }

    /// Where a piece begins, in bytes.
    pub(super) fn start(&self, piece: usize) -> usize {
        self.pieces[piece].span.start
    }

    /// The key of the next member of a mapping.
    pub(super) fn key(&mut self, key: &str) {
        if !self.text.ends_with('{') {
            self.text.push_str(", ");
        }
        self.quoted(key);
        self.text.push_str(": ");
    }

    pub(super) fn quoted(&mut self, text: &str) {
        self.json(&text.into());
    }

    /// JSON; what YAML takes for a break of lines, or does not let stand, as its number.
    pub(super) fn json(&mut self, json: &serde_json::Value) {
        for letter in json.to_string().chars() {
            match letter {
                '\u{7f}'..='\u{9f}'
                | '\u{2028}'
                | '\u{2029}'
                | '\u{feff}'
                | '\u{fffe}'
                | '\u{ffff}' => {
                    let _ = write!(self.text, "\\u{:04x}", u32::from(letter));
                }
                _ => self.text.push(letter),
            }
        }
    }

    /// The innermost piece that holds a span. Pieces stand in the order in which they begin: one
    /// that holds it is the last that begins before, or around that one.
    pub(super) fn innermost(&self, span: &Range<usize>) -> usize {
        let begun = self.pieces.partition_point(|it| it.span.start <= span.start);
        let mut piece = begun.saturating_sub(1);
        while piece > 0 && self.pieces[piece].span.end < span.end {
            piece = self.pieces[piece].within;
        }
        piece
    }

    pub(super) fn path(&self, mut piece: usize) -> String {
        let mut steps = Vec::new();
        while piece > 0 {
            steps.push(&self.pieces[piece].step);
            piece = self.pieces[piece].within;
        }
        steps.iter().rev().fold(String::new(), |mut path, step| {
            let _ = match step {
                Step::Whole => Ok(()),
                Step::Field(name) if path.is_empty() => write!(path, "{name}"),
                Step::Field(name) => write!(path, ".{name}"),
                Step::Item(number) => write!(path, "[{number}]"),
            };
            path
        })
    }
}
