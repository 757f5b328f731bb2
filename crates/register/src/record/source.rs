//! The text of a file as diagnostics show it: shared, not copied, and cut where its lines are long.

use std::sync::Arc;

use miette::{MietteError, MietteSpanContents, SourceCode, SourceSpan, SpanContents};

/// The longest underlining, in bytes.
pub(super) const MAX_UNDERLINED: usize = 200;

/// The most of the lines around a mistake that is shown whole, in bytes.
const MAX_SHOWN: usize = 4096;

/// A file's name and text.
#[derive(Debug, Clone)]
pub(super) struct Source {
    pub(super) name: Arc<str>,
    pub(super) text: Arc<str>,
}

impl Source {
    /// The last boundary between characters that is not after `at`.
    pub(super) fn char_boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

impl SourceCode for Source {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        lines_before: usize,
        lines_after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        let around = self.text.read_span(span, lines_before, lines_after)?;
        let (data, range, line, column) = if around.data().len() <= MAX_SHOWN {
            (around.data(), *around.span(), around.line(), around.column())
        } else {
            // Only what stands right beside the mistake, on its own line.
            let before = &self.text[..span.offset()];
            let line_start = before.rfind('\n').map_or(0, |at| at + 1);
            let start = self.char_boundary(span.offset().saturating_sub(100)).max(line_start);
            let end = self.char_boundary(span.offset() + span.len() + 100);
            let shown = &self.text[start..end];
            let until = shown[span.offset() - start..].find('\n');
            let shown = until.map_or(shown, |at| &shown[..span.offset() - start + at]);
            let line = before.matches('\n').count();
            let column = self.text[line_start..start].chars().count();
            (shown.as_bytes(), (start, shown.len()).into(), line, column)
        };
        let count = around.line_count();
        let name = self.name.to_string();
        Ok(Box::new(MietteSpanContents::new_named(name, data, range, line, column, count)))
    }
}
